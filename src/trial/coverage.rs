//! What of a rule no example has tried: edges of bands and of conditions, options.

use super::Run;
use crate::diagnostic::Span;
use crate::engine::{Reason, Tested};
use crate::language::tree::Comparison;
use crate::number::Ratio;
use crate::ruleset::meaning::{Arm, Expr, Guard, Kind, Meaning, Term, Test};
use crate::ruleset::{FigureKind, Leaf, Scoring};

/// Something that no example tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexercised {
    /// The line that has it.
    pub line: Span,
    /// What it is.
    pub what: Untried,
}

/// What no example tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untried {
    /// An edge, and what it is.
    Edge(Ratio, Kind),
    /// An option that is never chosen.
    Option(String),
}

/// What of a leaf's rule none of its examples tries.
pub(super) fn unexercised(leaf: &Leaf, runs: &[Run]) -> Vec<Unexercised> {
    if leaf.examples.is_empty() {
        // The leaf has no example at all, and that is told already.
        return Vec::new();
    }
    match &leaf.scoring {
        Scoring::Declared(_, Meaning::Cases { subject, arms }) => {
            let mut untried = subject.as_ref().map_or_else(Vec::new, |subject| bands(subject, arms, runs));
            for arm in arms {
                let Guard::Test(test) = &arm.guard else { continue };
                // What no example can reach is told to be taken before.
                if leaf.kept_from(test).is_some() {
                    continue;
                }
                untried.extend(edges(leaf, test, (arm.words, arm.line), runs));
                untried.extend(option(leaf, test, arm, runs));
            }
            untried
        }
        Scoring::Declared(_, Meaning::Sum(sum)) => {
            sum.parts.iter().flat_map(|part| edges(leaf, &part.test, (part.line, part.line), runs)).collect()
        }
        _ => Vec::new(),
    }
}

/// The edges of bands that no example stands on.
fn bands(subject: &Expr, arms: &[Arm], runs: &[Run]) -> Vec<Unexercised> {
    let tried: Vec<&Ratio> = runs
        .iter()
        .filter_map(|run| match &run.assessed.as_ref()?.reason {
            Reason::Line(decided) => decided.subject.as_ref().map(|subject| &subject.value),
            _ => None,
        })
        .collect();
    let mut untried: Vec<Unexercised> = Vec::new();
    for arm in arms {
        let Guard::Within(interval) = &arm.guard else { continue };
        for edge in [&interval.lower, &interval.upper].into_iter().flatten() {
            let what = Untried::Edge(edge.at.clone(), subject.kind);
            let known = untried.iter().any(|other| other.what == what);
            if edge.included && !known && !tried.contains(&&edge.at) {
                untried.push(Unexercised { line: arm.words, what });
            }
        }
    }
    untried
}

/// The numbers that a condition compares with and that no example stands on. Whether the number itself is enough is what
/// such a line decides, whichever way it says it.
fn edges(leaf: &Leaf, test: &Test, (place, line): (Span, Span), runs: &[Run]) -> Vec<Unexercised> {
    let mut compared = Vec::new();
    comparisons(test, &mut compared);
    let tried: Vec<Vec<bool>> = runs.iter().filter_map(|run| stood(run, line)).collect();
    let mut untried: Vec<Unexercised> = Vec::new();
    for (at, comparison) in compared.iter().enumerate() {
        let Some((edge, kind)) = comparison.and_then(|(left, right)| edge(leaf, left, right)) else { continue };
        // What could not be worked out leaves a comparison out, and nobody can tell which.
        let met = tried.iter().any(|tried| tried.len() == compared.len() && tried.get(at) == Some(&true));
        let what = Untried::Edge(edge, kind);
        if !met && untried.iter().all(|other| other.what != what) {
            untried.push(Unexercised { line: place, what });
        }
    }
    untried
}

/// Every comparison of a condition, in order: its sides, where it asks for more or less.
fn comparisons<'a>(test: &'a Test, found: &mut Vec<Option<(&'a Expr, &'a Expr)>>) {
    match test {
        Test::Compare(Comparison::Equal | Comparison::Different, ..) => found.push(None),
        Test::Compare(_, left, right) => found.push(Some((left, right))),
        Test::Answer(..) | Test::Option { .. } => {}
        Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| comparisons(part, found)),
    }
}

/// The written number that a value is compared with, where the value can be it.
fn edge(leaf: &Leaf, left: &Expr, right: &Expr) -> Option<(Ratio, Kind)> {
    let (value, edge) = match (&left.term, &right.term) {
        (Term::Constant(_), Term::Constant(_)) => return None,
        (_, Term::Constant(edge)) => (left, edge),
        (Term::Constant(edge), _) => (right, edge),
        _ => return None,
    };
    let possible = match value.term {
        Term::Figure(id) => leaf.figures.get(id.0).is_none_or(|figure| figure.range.contains(edge)),
        _ => true,
    };
    let whole = value.kind != Kind::Count || edge.is_integer();
    (possible && whole).then(|| (edge.clone(), value.kind))
}

/// Of each comparison of a line whether an example stood on its edge; nothing where the line was not asked.
fn stood(run: &Run, line: Span) -> Option<Vec<bool>> {
    let tested = match &run.assessed.as_ref()?.reason {
        Reason::Line(decided) if decided.line == line => decided.test.as_ref(),
        Reason::Line(decided) => decided.tried.iter().find(|tried| tried.line == line).map(|tried| &tried.test),
        Reason::Checklist { items, .. } => items.iter().find(|item| item.line == line).map(|item| &item.test),
        _ => None,
    };
    let mut stood = Vec::new();
    equal(tested?, &mut stood);
    Some(stood)
}

fn equal(tested: &Tested, stood: &mut Vec<bool>) {
    match tested {
        Tested::Compare(_, left, right) => stood.push(left.value == right.value),
        Tested::Answer { .. } | Tested::Option { .. } => {}
        Tested::All(parts) | Tested::Any(parts) => parts.iter().for_each(|part| equal(part, stood)),
    }
}

/// The option of a line that no example chooses.
fn option(leaf: &Leaf, test: &Test, arm: &Arm, runs: &[Run]) -> Option<Unexercised> {
    let Scoring::Declared(crate::ruleset::Form::Choice, _) = &leaf.scoring else { return None };
    let Test::Option { figure, option, is: true } = test else { return None };
    let chosen = |run: &Run| {
        let reason = run.assessed.as_ref().map(|assessed| &assessed.reason);
        matches!(reason, Some(Reason::Line(decided)) if decided.line == arm.line)
    };
    let FigureKind::Choice(options) = &leaf.figures.get(figure.0)?.kind else { return None };
    let name = options.get(*option)?.clone();
    (!runs.iter().any(chosen)).then_some(Unexercised { line: arm.words, what: Untried::Option(name) })
}
