//! Meaning and reasons in sentences, in either language: the one place that words a result.

mod award;
mod checklist;
mod deadline;
mod derived;
mod figure;
mod gate;
mod next;
mod numbers;
mod reason;
mod rows;
pub(super) mod survey;
mod script;
mod sourced;
mod test;
mod working;

pub(super) use derived::derived as disputed;
pub use derived::origin;
pub use figure::{bounds, kind};
pub use reason::{Explanation, explain};
pub use sourced::{own_sources, sources};

use crate::diagnostic::{Language, Say, SourceMap, Span};
use crate::language::tree::{ExpressionKind, Parameter, Unit};
use crate::number::Points;
use crate::ruleset::meaning::{FigureId, Guard, Kind, Meaning, Outcome};
use crate::ruleset::{Form, Head, HeadId, Leaf, Ruleset, Scoring, interval_words};

/// What sentences are made with.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The ruleset.
    pub ruleset: &'a Ruleset,
    /// Its text.
    pub sources: &'a SourceMap,
    /// The language to speak.
    pub language: Language,
}

impl<'a> Context<'a> {
    /// One of two wordings.
    pub fn pick<T>(&self, vietnamese: T, english: T) -> T {
        self.language.pick(vietnamese, english)
    }

    /// The line of a place, from 1.
    pub fn line(&self, span: Span) -> usize {
        self.sources.position(span).map_or(0, |position| position.line)
    }

    /// The line as written, without its margin and comment.
    pub fn line_text(&self, span: Span) -> String {
        let text = self.sources.get(span.source).map_or("", |source| source.line_text(span.start as usize));
        text.trim().to_owned()
    }

    /// A head of the ruleset.
    pub fn head(&self, id: HeadId) -> Option<&'a Head> {
        self.ruleset.head(id)
    }

    /// The name of a figure, as the sheet knows it.
    fn figure_name(leaf: &Leaf, id: FigureId) -> String {
        leaf.figures.get(id.0).map_or_else(String::new, |figure| figure.name.clone())
    }
}

/// What a leaf's rule says, line by line, as an appendix prints it.
pub fn rule(context: &Context<'_>, leaf: &Leaf, maximum: &Points) -> Vec<String> {
    let outcome = |outcome: &Outcome| match outcome {
        Outcome::Points(expr) => award::printed(context, leaf, maximum, expr),
        other => self::outcome(context, leaf, other),
    };
    let mut lines = Vec::new();
    match &leaf.scoring {
        Scoring::Declared(Form::Deadline, Meaning::Cases { subject: Some(subject), arms }) => {
            lines.extend(deadline::rule(context, leaf, subject, arms, &outcome));
        }
        Scoring::Declared(form, meaning) => match meaning {
            Meaning::Cases { subject, arms } => {
                if let Some(subject) = subject {
                    lines.push(format!("{}{}:", compared(context, *form), working::expression(context, leaf, subject)));
                }
                for arm in arms {
                    let guard = match &arm.guard {
                        Guard::Within(interval) => {
                            let kind = subject.as_ref().map_or(crate::ruleset::meaning::Kind::Number, |expr| expr.kind);
                            let words = interval_words(interval, kind).say(context.language);
                            let exactly = context.pick("bằng", "exactly");
                            if interval.single().is_some() { format!("{exactly} {words}") } else { words }
                        }
                        Guard::Test(_) if *form == Form::Position => {
                            context.pick("bằng nhau cả", "all equal").to_owned()
                        }
                        Guard::Test(test) => {
                            format!("{} {}", context.pick("khi", "when"), test::test(context, leaf, test))
                        }
                        Guard::Otherwise => context.pick("còn lại", "otherwise").to_owned(),
                    };
                    lines.push(format!("{guard}: {}", outcome(&arm.outcome)));
                }
            }
            Meaning::Sum(sum) => {
                for part in &sum.parts {
                    let what = match &part.label {
                        Some(label) => label.clone(),
                        None => format!("{} {}", context.pick("khi", "when"), test::test(context, leaf, &part.test)),
                    };
                    lines.push(format!("{what}: {}", award::printed(context, leaf, maximum, &part.award)));
                }
                lines.extend(award::limits(context, leaf, sum.floor.as_ref(), sum.cap.as_ref()));
            }
            Meaning::Value { floor, per_case: Some(per_case), .. } => {
                lines.extend(award::per_case(context, leaf, per_case, floor.as_ref()));
            }
            Meaning::Value { expr, floor, cap, per_case: None } => {
                if *form == Form::Script {
                    lines.extend(script::rule(context, leaf, expr));
                } else {
                    lines.push(working::expression(context, leaf, expr));
                }
                lines.extend(award::limits(context, leaf, floor.as_ref(), cap.as_ref()));
            }
        },
        Scoring::PerRow(per_row) => lines.extend(rows::rule(context, leaf, per_row, maximum)),
        Scoring::Script { script, floor, cap, .. } => {
            let (low, high) = (floor.say(context.language), cap.say(context.language));
            lines.push(
                context.pick(
                    format!("kịch bản, từ {low} đến {high} điểm:"),
                    format!("script, from {low} to {high} points:"),
                ),
            );
            lines.extend(unindented(script.source()));
        }
        Scoring::Entered { by } => {
            lines.push(context.pick(format!("điểm nhập, do {by}"), format!("points entered by {by}")));
        }
    }
    lines.extend(survey::too_few(context, leaf));
    lines.extend(gate::rule(context, leaf));
    for na in &leaf.not_applicable {
        let when = test::test(context, leaf, &na.test);
        let effect = outcome(&na.outcome);
        lines.push(context.pick(format!("không phát sinh ({when}): {effect}"), format!("no case ({when}): {effect}")));
    }
    lines
}

/// What a form that compares calls its subject.
fn compared(context: &Context<'_>, form: Form) -> &'static str {
    match form {
        Form::Growth => context.pick("mức tăng ", "growth "),
        Form::Decrease => context.pick("mức giảm ", "decrease "),
        Form::Difference => context.pick("chênh lệch ", "difference "),
        Form::Position => context.pick("khoảng thấp nhất đến cao nhất: ", "position between lowest and highest: "),
        _ => "",
    }
}

/// The lines of a script, less the indentation that all of them share: that is the file's, not the script's.
fn unindented(source: &str) -> Vec<String> {
    let margin = |line: &str| line.len() - line.trim_start().len();
    let spoken = source.lines().filter(|line| !line.trim().is_empty());
    let shared = spoken.map(margin).min().unwrap_or(0);
    let lines = source.trim_end().lines();
    lines.map(|line| line.get(shared..).unwrap_or_default().trim_end().to_owned()).collect()
}

/// A parameter of the year: `chỉ_tiêu = 80% (Chỉ tiêu năm)`.
pub fn parameter(context: &Context<'_>, parameter: &Parameter) -> String {
    let value = match &parameter.value.kind {
        ExpressionKind::Number(number) => match number.unit {
            Unit::Percent => numbers::value(context, Kind::Rate, &number.value),
            Unit::PercentagePoints => numbers::value(context, Kind::PercentagePoints, &number.value),
            Unit::Points => numbers::points(context, &Points::new(number.value.clone())),
            Unit::None => numbers::value(context, Kind::Number, &number.value),
        },
        ExpressionKind::Moment(moment) => crate::language::moment_text(moment.seconds(), context.language),
        ExpressionKind::Date(days) => crate::language::date_text(*days),
        _ => String::new(),
    };
    format!("{} = {value} ({})", parameter.name.value, parameter.label.value)
}

/// What follows where a head does not apply: no figure of any leaf decides that.
pub fn effect(context: &Context<'_>, outcome: &Outcome) -> String {
    match outcome {
        Outcome::OutOfScale => context.pick("loại khỏi thang điểm", "out of scale").to_owned(),
        Outcome::Unscored => context.pick("chưa chấm", "unscored").to_owned(),
        // A frame has no leaf.
        Outcome::Points(expr) => {
            let leaf = context.ruleset.leaves().next();
            leaf.map_or_else(String::new, |(_, _, leaf)| award::award(context, leaf, expr))
        }
    }
}

/// What a line does, in words.
fn outcome(context: &Context<'_>, leaf: &Leaf, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Points(expr) => award::award(context, leaf, expr),
        Outcome::OutOfScale | Outcome::Unscored => effect(context, outcome),
    }
}
