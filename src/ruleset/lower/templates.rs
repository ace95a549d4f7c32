//! Templates: a form with parameters, written once, used by many leaves.

use std::collections::BTreeMap;

use super::super::draft::{Draft, Placed, TemplateDraft, first_form};
use super::super::header;
use super::substitute;
use crate::diagnostic::{Diagnostic, Names, Span, Structure, nearest};
use crate::language::fold;
use crate::language::tree::{Expression, ExpressionKind, FormKind, Met, MetTest, Spanned, Statement};

/// The templates of a file, and which of them are used.
pub(in super::super) struct Templates<'a> {
    known: BTreeMap<&'a str, &'a TemplateDraft<'a>>,
    used: BTreeMap<&'a str, bool>,
    /// Some template could not be read.
    lost: bool,
}

/// A template's own lines, with arguments put in.
pub(super) struct Instance {
    pub(super) lines: Vec<(Statement, Span)>,
    /// The lines of each template on the way that uses the next one, the outermost first.
    pub(super) uses: Vec<Vec<(Statement, Span)>>,
    pub(super) damaged: bool,
}

/// Looks at every template by itself: its names, its lines.
pub(in super::super) fn check<'a>(draft: &'a Draft<'a>, findings: &mut Vec<Diagnostic>) -> Templates<'a> {
    let mut known: BTreeMap<&str, &TemplateDraft<'_>> = BTreeMap::new();
    for template in &draft.templates {
        let name = &template.template.name;
        let alike = known.values().find(|other| fold(&other.template.name.value) == fold(&name.value));
        if let Some(other) = alike {
            let there = other.template.name.span;
            findings.push(if other.template.name.value == name.value {
                let problem = Names::DuplicateTemplate { name: name.value.clone() };
                Diagnostic::new(problem, name.span).label(there, "khai lần đầu ở đây", "first declared here")
            } else {
                let problem = Names::FoldAlike { name: name.value.clone(), other: other.template.name.value.clone() };
                Diagnostic::new(problem, name.span).label(there, "tên kia ở đây", "the other name is here")
            });
        }
        let mut seen: Vec<&Spanned<String>> = Vec::new();
        for parameter in &template.template.parameters {
            if let Some(first) = seen.iter().find(|other| fold(&other.value) == fold(&parameter.value)) {
                let finding = Diagnostic::new(Names::DuplicateFigure { name: parameter.value.clone() }, parameter.span);
                findings.push(finding.label(first.span, "khai lần đầu ở đây", "first declared here"));
            }
            seen.push(parameter);
        }
        names(template, findings);
        let mut seen = Vec::new();
        template.lines.iter().for_each(|&(line, span)| header::once(line, span, &mut seen, findings));
        if !template.damaged && !template.lines.iter().any(|(statement, _)| matches!(statement, Statement::Form(_))) {
            findings.push(Diagnostic::new(Structure::NoForm { code: name.value.clone() }, name.span));
        }
        known.insert(&name.value, template);
    }
    let used = known.keys().map(|&name| (name, false)).collect();
    Templates { known, used, lost: draft.lost_template }
}

/// A template reads its parameters and nothing else.
fn names(template: &TemplateDraft<'_>, findings: &mut Vec<Diagnostic>) {
    let parameters = &template.template.parameters;
    for (statement, _) in &template.lines {
        if let Statement::Met(Met { test: MetTest::Figure { name, .. }, .. }) = statement {
            // No leaf would ask for it, and its points would be lost.
            findings.push(Diagnostic::new(Names::TemplateAsks { name: name.value.clone() }, name.span));
        }
        each_name_of(statement, &mut |name, span| {
            if !parameters.iter().any(|parameter| parameter.value == name) {
                let near = nearest(name, parameters.iter().map(|parameter| parameter.value.as_str()), fold);
                let problem = Names::UnknownFigure { name: name.to_owned(), nearest: near };
                findings.push(Diagnostic::new(problem, span));
            }
        });
    }
}

/// Every name that a line of a form reads.
pub(in super::super) fn each_name_of(statement: &Statement, see: &mut impl FnMut(&str, Span)) {
    each_expression(statement, &mut |expression| each_name(expression, see));
}

/// Every expression of a line of a form.
pub(in super::super) fn each_expression(statement: &Statement, see: &mut impl FnMut(&Expression)) {
    use crate::language::tree::{AwardKind, Effect, EffectKind};
    let award = |kind: &AwardKind, see: &mut dyn FnMut(&Expression)| {
        if let AwardKind::ProportionalTo(target) = kind {
            see(target);
        }
    };
    let effect = |effect: &Effect, see: &mut dyn FnMut(&Expression)| {
        if let EffectKind::Award(kind) = &effect.kind {
            award(kind, see);
        }
    };
    match statement {
        Statement::Form(form) => {
            match &form.kind {
                FormKind::Choice(inner)
                | FormKind::Rate(inner)
                | FormKind::Count(inner)
                | FormKind::Amount(inner)
                | FormKind::Formula(inner) => {
                    see(inner);
                }
                FormKind::Deadline { figure, .. } => see(figure),
                FormKind::Compared(compared) => compared.expressions().into_iter().for_each(&mut *see),
                FormKind::Template { arguments, .. } => arguments.iter().for_each(&mut *see),
                _ => {}
            }
            if let Some(inner) = &form.award {
                award(&inner.kind, see);
            }
        }
        Statement::Band(band) => {
            for (at, _) in [&band.edge.lower, &band.edge.upper].into_iter().flatten() {
                see(at);
            }
            award(&band.award.kind, see);
        }
        Statement::When(when) => {
            see(&when.test);
            effect(&when.effect, see);
        }
        Statement::Otherwise(inner)
        | Statement::NotDone(inner)
        | Statement::AllEqual(inner)
        | Statement::NoRowsLeft(inner) => effect(inner, see),
        Statement::Option(line) => effect(&line.effect, see),
        Statement::Timed(line) => award(&line.award.kind, see),
        Statement::Cap(cap) => award(&cap.limit, see),
        Statement::NoRowCase(case) => {
            see(&case.test);
            if let Some(inner) = &case.award {
                award(&inner.kind, see);
            }
        }
        Statement::NotApplicable(rule) => {
            see(&rule.test);
            effect(&rule.effect, see);
        }
        Statement::Each(each) => see(&each.what),
        Statement::Met(met) => {
            if let MetTest::Condition(test) = &met.test {
                see(test);
            }
            award(&met.award.kind, see);
        }
        _ => {}
    }
}

/// Every name that an expression reads.
pub(in super::super) fn each_name(expression: &Expression, see: &mut impl FnMut(&str, Span)) {
    match &expression.kind {
        ExpressionKind::Name(name) => see(name, expression.span),
        ExpressionKind::Derived(derived) => derived.names().into_iter().for_each(|name| see(&name.value, name.span)),
        ExpressionKind::Call { arguments, .. } => arguments.iter().for_each(|part| each_name(part, see)),
        ExpressionKind::Negate(inner) => each_name(inner, see),
        ExpressionKind::Binary(_, left, right) | ExpressionKind::Compare(_, left, right) => {
            each_name(left, see);
            each_name(right, see);
        }
        ExpressionKind::And(parts) | ExpressionKind::Or(parts) => parts.iter().for_each(|part| each_name(part, see)),
        _ => {}
    }
}

impl Templates<'_> {
    /// The lines that a use of a template stands for; templates inside templates are followed.
    pub(super) fn instantiate(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Expression],
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Instance> {
        let mut path: Vec<Spanned<String>> = Vec::new();
        let mut uses = Vec::new();
        let mut damaged = false;
        let mut name = name.clone();
        let mut arguments = arguments.to_vec();
        loop {
            let Some((&key, &template)) = self.known.get_key_value(name.value.as_str()) else {
                if self.lost {
                    return None;
                }
                let near = nearest(&name.value, self.known.keys().copied(), fold);
                // The one that was meant is not told to be unused.
                if let Some(used) = near.0.as_deref().and_then(|near| self.used.get_mut(near)) {
                    *used = true;
                }
                let problem = Names::UnknownTemplate { name: name.value.clone(), nearest: near };
                findings.push(Diagnostic::new(problem, name.span));
                return None;
            };
            self.used.insert(key, true);
            if let Some(first) = path.iter().position(|used| used.value == name.value) {
                path.push(name);
                findings.extend(circle(&path, first));
                return None;
            }
            path.push(name.clone());
            let parameters = &template.template.parameters;
            if parameters.len() != arguments.len() {
                let problem = Names::TemplateArity {
                    name: name.value.clone(),
                    expected: parameters.len(),
                    found: arguments.len(),
                };
                findings.push(Diagnostic::new(problem, name.span).label(
                    template.template.name.span,
                    "mẫu khai ở đây",
                    "declared here",
                ));
                return None;
            }
            let meanings: substitute::Meanings<'_> =
                parameters.iter().map(|parameter| parameter.value.as_str()).zip(&arguments).collect();
            let (kept, twice) = first_form(&template.lines);
            let lines: Vec<(Statement, Span)> = kept
                .into_iter()
                .map(|(line, span)| (substitute::statement(line, &meanings).into_owned(), span))
                .collect();
            let inner = lines.iter().find_map(|(line, _)| match line {
                Statement::Form(form) => match &form.kind {
                    FormKind::Template { name, arguments } => Some((name.clone(), arguments.clone())),
                    _ => None,
                },
                _ => None,
            });
            damaged |= template.damaged || twice;
            match inner {
                Some((next, given)) => {
                    (name, arguments) = (next, given);
                    uses.push(lines);
                }
                None => return Some(Instance { lines, uses, damaged }),
            }
        }
    }

    /// Findings for templates that nothing uses.
    pub(in super::super) fn unused(&self, findings: &mut Vec<Diagnostic>) {
        for (name, template) in &self.known {
            if !self.used.get(name).copied().unwrap_or(true) {
                let problem = Names::UnusedTemplate { name: (*name).to_owned() };
                findings.push(Diagnostic::new(problem, template.template.name.span));
            }
        }
    }
}

/// Templates that come back to the one at `first`, told where the circle closes, each use at its line.
fn circle(path: &[Spanned<String>], first: usize) -> Option<Diagnostic> {
    let names: Vec<&str> = path.iter().map(|used| used.value.as_str()).collect();
    let told = path.last()?.span;
    let finding = Diagnostic::new(Names::TemplateCycle { path: names.join(" → ") }, told);
    let edges = path.iter().skip(first).zip(path.iter().skip(first + 1)).filter(|(_, to)| to.span != told);
    Some(edges.fold(finding, |finding, (from, to)| {
        let (from, to, at) = (&from.value, &to.value, to.span);
        finding.label(at, format!("`{from}` gọi `{to}` ở đây"), format!("`{from}` calls `{to}` here"))
    }))
}

/// Borrowed lines of a template.
pub(super) fn borrowed(lines: &[(Statement, Span)]) -> Vec<Placed<'_>> {
    lines.iter().map(|(statement, span)| (statement, *span)).collect()
}
