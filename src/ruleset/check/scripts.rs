//! Scripts, sampled: at the corners of their figures' ranges and in between.

use std::collections::BTreeMap;

use super::super::build::Built;
use super::super::header::Header;
use super::super::meaning::{FigureId, Kind, Term};
use super::super::model::{Figure, FigureKind, Form, Head, Leaf, Scoring, Side};
use super::bands::value_words;
use crate::diagnostic::{Both, Diagnostic, Expressions, Language, Span};
use crate::language::Keyword;
use crate::number::Ratio;
use crate::script::{FailureKind, Input, Script};

/// At most so many samples of one script.
const SAMPLES: usize = 400;

/// Runs a script at sampled figures and tells the first that stops it and the first outside its range.
pub(super) fn sample(
    head: &Head,
    leaf: &Leaf,
    script: &Script,
    (floor, cap): (&Ratio, &Ratio),
    span: Span,
    findings: &mut Vec<Diagnostic>,
) {
    let Some(maximum) = head.maximum.ratio().to_decimal() else {
        return;
    };
    let read: Vec<&Figure> = leaf.figures.iter().filter(|figure| script.reads().contains(&figure.name)).collect();
    let values: Vec<Vec<Input>> = read.iter().map(|figure| values(figure)).collect();
    let (mut failed, mut outside) = (false, false);
    for number in 0..SAMPLES {
        let Some(inputs) = combination(&read, &values, number) else {
            break;
        };
        if !within_bounds(leaf, &inputs) {
            continue;
        }
        match script.run(&inputs, maximum) {
            Err(failure) if !failed && !guarded(leaf, &failure.kind) => {
                failed = true;
                let problem =
                    Expressions::ScriptFails { sample: words(&inputs), message: failure_words(&failure.kind) };
                findings.push(Diagnostic::new(problem, span));
            }
            Ok(points) if !outside => {
                let points = Ratio::from_decimal(points);
                if points < *floor || points > *cap {
                    outside = true;
                    let points = value_words(&points, Kind::Number);
                    let problem = Expressions::ScriptOutOfRange { sample: words(&inputs), points };
                    findings.push(Diagnostic::new(problem, span));
                }
            }
            _ => {}
        }
    }
}

/// A "no case arose" line may be what keeps a zero away from the script.
fn guarded(leaf: &Leaf, failure: &FailureKind) -> bool {
    *failure == FailureKind::DivisionByZero && !leaf.not_applicable.is_empty()
}

/// Values worth trying for a figure: its edges, small whole numbers, round ones.
fn values(figure: &Figure) -> Vec<Input> {
    match &figure.kind {
        FigureKind::YesNo => vec![Input::YesNo(false), Input::YesNo(true)],
        FigureKind::Choice(options) => options.iter().cloned().map(Input::Text).collect(),
        FigureKind::Text | FigureKind::Rows(_) => vec![Input::Text(String::new())],
        FigureKind::Number(kind) => {
            let mut tried: Vec<Ratio> = [0, 1, 2, 5, 10, 50, 80, 90, 95, 100, 1_000].map(Ratio::from).into();
            if *kind == Kind::Rate {
                tried = tried.iter().filter_map(|value| value.checked_div(&Ratio::from(100))).collect();
            }
            let edges = [&figure.range.lower, &figure.range.upper];
            tried.extend(edges.into_iter().flatten().filter(|edge| edge.included).map(|edge| edge.at.clone()));
            tried.sort();
            tried.dedup();
            tried.retain(|value| figure.range.contains(value));
            tried.iter().filter_map(Ratio::to_decimal).map(Input::Number).collect()
        }
    }
}

/// The n-th combination of values, in a mixed-radix count over all figures; nothing when all were tried.
fn combination(read: &[&Figure], values: &[Vec<Input>], number: usize) -> Option<BTreeMap<String, Input>> {
    let total = values.iter().try_fold(1_usize, |product, list| product.checked_mul(list.len())).unwrap_or(usize::MAX);
    if number >= total {
        return None;
    }
    // When there are more than can be tried, the steps are spread over all of them.
    let mut rest =
        if total > SAMPLES { number.wrapping_mul(total / SAMPLES).wrapping_add(number) % total } else { number };
    let mut inputs = BTreeMap::new();
    for (figure, list) in read.iter().zip(values) {
        let input = list.get(rest % list.len().max(1))?;
        rest /= list.len().max(1);
        inputs.insert(figure.name.clone(), input.clone());
    }
    Some(inputs)
}

/// Whether figures that bound each other do so here.
fn within_bounds(leaf: &Leaf, inputs: &BTreeMap<String, Input>) -> bool {
    let value = |id: FigureId| match leaf.figures.get(id.0).and_then(|figure| inputs.get(&figure.name)) {
        Some(Input::Number(value)) => Some(Ratio::from_decimal(*value)),
        _ => None,
    };
    leaf.figures.iter().enumerate().all(|(at, figure)| {
        figure.limits.iter().all(|limit| match (&limit.bound.term, value(FigureId(at))) {
            (Term::Figure(other), Some(mine)) => value(*other).is_none_or(|theirs| match limit.side {
                Side::Least => mine >= theirs,
                Side::Most => mine <= theirs,
            }),
            _ => true,
        })
    })
}

fn words(inputs: &BTreeMap<String, Input>) -> Both {
    let one = |input: &Input, language: Language| match input {
        Input::Number(value) => Ratio::from_decimal(*value).exact(language.decimal_mark()),
        Input::YesNo(answer) => {
            let answer = if *answer { Keyword::Yes } else { Keyword::No };
            answer.canonical(language).to_owned()
        }
        Input::Text(text) => format!("\"{text}\""),
    };
    let all = |language| {
        inputs.iter().map(|(name, input)| format!("{name} = {}", one(input, language))).collect::<Vec<_>>().join("; ")
    };
    Both::new(all(Language::Vietnamese), all(Language::English))
}

/// A failure in words.
pub fn failure_words(failure: &FailureKind) -> Both {
    match failure {
        FailureKind::DivisionByZero => Both::new("chia cho 0", "division by zero"),
        FailureKind::Overflow => Both::new("số quá lớn", "a number too large"),
        FailureKind::TooManyOperations => Both::new("quá nhiều bước tính", "too many steps"),
        FailureKind::NotANumber => Both::new("kết quả không phải số", "the result is not a number"),
        FailureKind::MissingFigure { name } => Both::new(format!("thiếu `{name}`"), format!("`{name}` is missing")),
        FailureKind::WrongKind { name, .. } => {
            Both::new(format!("`{name}` sai kiểu"), format!("`{name}` is of the wrong type"))
        }
        FailureKind::WrongDigits => Both::new("số chữ số để làm tròn không hợp lệ", "bad number of digits to round to"),
        FailureKind::EmptyRange => {
            Both::new("`kẹp` có mức dưới cao hơn mức trên", "`clamp` has its floor above its cap")
        }
        FailureKind::UnlikeComparison => Both::new("so sánh hai bên khác loại", "unlike values compared"),
        FailureKind::Other { message } => Both::same(message.clone()),
    }
}

/// More than one leaf in twenty is a script; one alone is no habit.
pub(super) fn share(header: &Header<'_>, built: &[Built], findings: &mut Vec<Diagnostic>) {
    let leaves: Vec<&Leaf> = built.iter().filter_map(|built| built.head.leaf.as_ref()).collect();
    let is_script = |leaf: &Leaf| matches!(leaf.scoring, Scoring::Script { .. } | Scoring::Declared(Form::Script, _));
    let scripts = leaves.iter().filter(|leaf| is_script(leaf)).count();
    if scripts > 1 && scripts * 20 > leaves.len() {
        let problem = Expressions::ScriptShare { scripts, leaves: leaves.len() };
        findings.push(Diagnostic::new(problem, header.span));
    }
}
