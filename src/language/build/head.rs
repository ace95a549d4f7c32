//! Heads and templates from pairs.

use super::super::grammar::Rule;
use super::super::tree::{Head, Level, Method, Number, Spanned, Statement, Template, Unit};
use super::{Builder, P, children};
use crate::diagnostic::{Both, Diagnostic, Structure, Text};

/// The level that a pair's keyword names.
pub(super) fn level(rule: Rule) -> Level {
    match rule {
        Rule::kw_area | Rule::kw_area_count => Level::Area,
        Rule::kw_criterion | Rule::kw_criterion_count => Level::Criterion,
        Rule::kw_bonus => Level::Bonus,
        Rule::kw_penalty => Level::Penalty,
        _ => Level::SubCriterion,
    }
}

impl Builder<'_> {
    /// A head, or what an amendment writes anew of one: then its name may be left out, and is empty.
    pub(super) fn head(&mut self, pair: P<'_>) -> Option<Head> {
        let mut parts = children(pair).peekable();
        let level = level(parts.next()?.into_inner().next()?.as_rule());
        let code = self.code(&parts.next()?);
        let title = match parts.next_if(|part| part.as_rule() == Rule::string) {
            Some(title) => self.quoted(&title),
            None => Spanned::new(String::new(), code.span.after()),
        };
        let mut head = Head { level, code, title, ..Head::default() };
        for part in parts {
            if part.as_rule() == Rule::block_points {
                let own = self.block_points(part, &head.block_points)?;
                head.block_points.push(own);
                continue;
            }
            let inner = part.into_inner().next()?;
            let span = self.span(&inner);
            let method = match inner.as_rule() {
                Rule::points | Rule::number => {
                    head.points = Some(self.head_points(inner)?);
                    continue;
                }
                Rule::weight => {
                    self.once(head.weight.is_some(), &inner);
                    head.weight = Some(self.number(children(inner).next()?)?);
                    continue;
                }
                Rule::floor => {
                    self.once(head.floor.is_some(), &inner);
                    head.floor = Some(self.number(children(inner).next()?)?);
                    continue;
                }
                Rule::kw_survey => Method::Survey,
                Rule::kw_external => Method::External,
                _ => Method::AppraiserOnly,
            };
            self.once(head.method.is_some(), &inner);
            head.method = Some(Spanned::new(method, span));
        }
        Some(head)
    }

    /// A penalty below zero: told, and read as what was meant.
    pub(super) fn negative_penalty(&mut self, pair: P<'_>) -> Option<Head> {
        let mut sign = None;
        let mut parts = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::dash | Rule::kw_minus => sign = Some(self.span(&part)),
                Rule::code | Rule::string | Rule::points => parts.push(part),
                _ => {}
            }
        }
        let mut parts = parts.into_iter();
        let (code, title, points) = (parts.next()?, parts.next()?, parts.next()?);
        let (code, title) = (self.code(&code), self.quoted(&title));
        let points = self.number(points)?;
        let problem = Structure::PenaltyNegative { code: code.value.clone() };
        let finding = Diagnostic::new(problem, points.span);
        self.findings.push(match sign {
            Some(sign) => finding.fix(crate::diagnostic::Span { end: points.span.start, ..sign }, String::new()),
            None => finding,
        });
        let (level, points) = (Level::Penalty, Some(points));
        Some(Head { level, code, title, points, ..Head::default() })
    }

    /// The points of a head; a bare number is a finding, and is read as points.
    fn head_points(&mut self, pair: P<'_>) -> Option<Number> {
        let bare = pair.as_rule() == Rule::number;
        let written = self.written(&pair);
        let number = self.number(pair)?;
        if bare {
            let word = if written == "1" { "point" } else { "points" };
            let expected = Both::new(format!("`{written} điểm`"), format!("`{written} {word}`"));
            let problem = Text::EndsTooSoon { expected };
            let fix = format!(" {}", self.language.pick("điểm", word));
            self.findings.push(Diagnostic::new(problem, number.span.after()).fix(number.span.after(), fix));
        }
        Some(Number { unit: Unit::Points, ..number })
    }

    pub(super) fn template(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair);
        let name = self.spanned(&parts.next()?);
        let parameters = parts.map(|parameter| self.spanned(&parameter)).collect();
        Some(Statement::Template(Template { name, parameters }))
    }
}
