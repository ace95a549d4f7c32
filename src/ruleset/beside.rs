//! Second places of findings: where stands what the line that is told only reads, or what nothing reads since.

use std::collections::BTreeSet;

use super::draft::{Draft, Placed};
use super::lower;
use super::parameters::Read;
use crate::diagnostic::{Diagnostic, Names, Problem, Span, Survey};
use crate::language::tree::{Bound, FormKind, MetTest, Spanned, Statement};

/// Adds to findings the places that they hang on.
pub(super) fn add(draft: &Draft<'_>, reads: &[Read], findings: &mut [Diagnostic]) {
    for finding in findings.iter_mut().filter(|finding| finding.is_error()) {
        match &finding.problem {
            Problem::Bands(_) | Problem::Budget(_) | Problem::Expressions(_) => values(reads, finding),
            Problem::Names(Names::UnknownFigure { .. }) if finding.labels.is_empty() => unread_figure(draft, finding),
            Problem::Survey(Survey::Unknown { .. }) if finding.labels.is_empty() => unread_question(draft, finding),
            _ => {}
        }
    }
}

fn within(outer: Span, inner: Span) -> bool {
    outer.source == inner.source && outer.start <= inner.start && inner.end <= outer.end
}

fn label(finding: &mut Diagnostic, place: Span, vietnamese: &str, english: &str) {
    let told = Diagnostic::new(finding.problem.clone(), finding.span).label(place, vietnamese, english);
    finding.labels.extend(told.labels);
}

/// The values of the parameters that a line reads.
fn values(reads: &[Read], finding: &mut Diagnostic) {
    let place = finding.span;
    for read in reads.iter().filter(|read| within(read.line, place)) {
        label(finding, read.value, "giá trị của tham số", "the parameter's value");
    }
}

/// What a head or a template declares and none of its lines reads, where that is one figure: it may be the one meant.
fn unread_figure(draft: &Draft<'_>, finding: &mut Diagnostic) {
    let among = |lines: &[Placed<'_>]| lines.iter().any(|(_, line)| within(*line, finding.span));
    let mut unread: Vec<Span> = Vec::new();
    for head in draft.heads.iter().filter(|head| among(&head.lines)) {
        let declared = head.lines.iter().filter_map(|(statement, _)| match statement {
            Statement::Figure(figure) => Some(&figure.name),
            _ => None,
        });
        // A script may read any of them.
        let script = head.lines.iter().any(|(statement, _)| matches!(statement, Statement::Script(_)));
        unread.extend(not_read(declared, &head.lines).filter(|_| !script));
    }
    for template in draft.templates.iter().filter(|template| among(&template.lines)) {
        unread.extend(not_read(template.template.parameters.iter(), &template.lines));
    }
    if let [only] = unread.as_slice() {
        label(finding, *only, "không dòng nào đọc tên này", "no line reads this name");
    }
}

/// The places of names that no line reads.
fn not_read<'a>(
    declared: impl Iterator<Item = &'a Spanned<String>>,
    lines: &[Placed<'_>],
) -> impl Iterator<Item = Span> {
    let mut read: BTreeSet<String> = BTreeSet::new();
    for (statement, _) in lines {
        lower::each_name_of(statement, &mut |name, _| {
            read.insert(name.to_owned());
        });
        let bounds: &[Bound] = match statement {
            Statement::Figure(figure) => &figure.bounds,
            Statement::Met(met) => {
                if let MetTest::Figure { name, .. } = &met.test {
                    read.insert(name.value.clone());
                }
                &[]
            }
            _ => &[],
        };
        for bound in bounds {
            let (one, other) = match bound {
                Bound::AtLeast(one) | Bound::AtMost(one) => (one, None),
                Bound::Between(one, other) => (one, Some(other)),
            };
            for expression in std::iter::once(one).chain(other) {
                lower::each_name(expression, &mut |name, _| {
                    read.insert(name.to_owned());
                });
            }
        }
    }
    declared.filter(move |name| !read.contains(&name.value)).map(|name| name.span).collect::<Vec<_>>().into_iter()
}

/// The question that no leaf reads, where it is one: it may be the one meant.
fn unread_question(draft: &Draft<'_>, finding: &mut Diagnostic) {
    let forms = draft.heads.iter().flat_map(|head| &head.lines).filter_map(|(statement, _)| match statement {
        Statement::Form(form) => match &form.kind {
            FormKind::Survey(survey) => Some(survey),
            _ => None,
        },
        _ => None,
    });
    let forms: Vec<_> = forms.collect();
    let asking = |wanted: &Span| forms.iter().find(|form| form.questions.iter().any(|asked| asked.span == *wanted));
    let Some(form) = asking(&finding.span) else { return };
    let name = &form.questionnaire.value;
    let of = forms.iter().filter(|form| form.questionnaire.value == *name);
    let read: BTreeSet<&str> = of.flat_map(|form| &form.questions).map(|asked| asked.value.as_str()).collect();
    let written = draft.questionnaires.iter().filter(|written| written.questionnaire.name.value == *name);
    let questions = written.flat_map(|written| &written.lines).filter_map(|(statement, _)| match statement {
        Statement::Question(question) => Some(&question.name),
        _ => None,
    });
    let unread: Vec<Span> =
        questions.filter(|name| !read.contains(name.value.as_str())).map(|name| name.span).collect();
    if let [only] = unread.as_slice() {
        label(finding, *only, "không tiêu chí nào đọc câu này", "no criterion reads this question");
    }
}
