//! Scripts in words: what each name stands for, then the lines that give the points, the first that holds deciding.

use super::{Context, award, test, working};
use crate::engine::{Step, Tested, Working};
use crate::ruleset::Leaf;
use crate::ruleset::meaning::{Branch, Expr, Term, Test};

/// What a script says, line by line.
pub(super) fn rule(context: &Context<'_>, leaf: &Leaf, expr: &Expr) -> Vec<String> {
    let mut lines = Vec::new();
    names(context, leaf, expr, &mut lines);
    match &expr.bare().term {
        Term::If(branch) => cases(context, leaf, branch, &mut Vec::new(), &mut lines),
        _ => lines.push(award::award(context, leaf, expr)),
    }
    lines
}

/// The names that an expression uses, innermost first, each once.
fn names(context: &Context<'_>, leaf: &Leaf, expr: &Expr, lines: &mut Vec<String>) {
    let mut inner = |part: &Expr| names(context, leaf, part, lines);
    match &expr.term {
        Term::Constant(_) | Term::Figure(_) | Term::Maximum | Term::Subject => {}
        Term::Negate(part) | Term::Round(part, _) | Term::Floor(part) | Term::Absolute(part) => inner(part),
        Term::Binary(_, left, right) => {
            inner(left);
            inner(right);
        }
        Term::Least(parts) | Term::Greatest(parts) => parts.iter().for_each(inner),
        Term::If(branch) => {
            branch.test.sides(&mut inner);
            inner(&branch.then);
            inner(&branch.otherwise);
        }
        Term::Named(name, part) => {
            inner(part);
            let line = format!("{name} = {}", working::expression(context, leaf, part));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
}

/// A line for each way through: `khi x ≥ 80%: …`, `còn lại: …`.
fn cases(context: &Context<'_>, leaf: &Leaf, branch: &Branch, above: &mut Vec<Test>, lines: &mut Vec<String>) {
    above.push(branch.test.clone());
    case(context, leaf, &branch.then, above, lines);
    above.pop();
    case(context, leaf, &branch.otherwise, above, lines);
}

fn case(context: &Context<'_>, leaf: &Leaf, expr: &Expr, above: &mut Vec<Test>, lines: &mut Vec<String>) {
    if let Term::If(branch) = &expr.bare().term {
        return cases(context, leaf, branch, above, lines);
    }
    let guard = match above.as_slice() {
        [] => context.pick("còn lại", "otherwise").to_owned(),
        [one] => format!("{} {}", context.pick("khi", "when"), test::test(context, leaf, one)),
        several => {
            format!("{} {}", context.pick("khi", "when"), test::test(context, leaf, &Test::All(several.to_vec())))
        }
    };
    lines.push(format!("{guard}: {}", award::award(context, leaf, expr)));
}

/// What a script did: what each name came to, then what decided and the arithmetic.
pub(super) fn worked(context: &Context<'_>, leaf: &Leaf, working: &Working) -> Vec<String> {
    let mut lines = Vec::new();
    steps(context, leaf, working, &mut lines);
    let (decided, gives) = way(working);
    let told = working::worked(context, gives);
    lines.push(match reasons(context, leaf, &decided, true) {
        Some(reasons) => format!("{reasons}: {told}"),
        None => told,
    });
    lines
}

/// The conditions on the way that was taken, and the value at its end.
fn way(working: &Working) -> (Vec<(bool, &Tested)>, &Working) {
    let (mut decided, mut gives) = (Vec::new(), working);
    while let Step::If(chosen) = &gives.bare().step {
        decided.push((chosen.held, &chosen.test));
        gives = &chosen.gives;
    }
    (decided, gives)
}

/// Why a way was taken: what held, or what was stated where nothing did.
fn reasons(context: &Context<'_>, leaf: &Leaf, decided: &[(bool, &Tested)], otherwise: bool) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    let mut say = |words: String| {
        if !words.is_empty() && !said.contains(&words) {
            said.push(words);
        }
    };
    for (_, test) in decided.iter().filter(|(held, _)| *held) {
        say(test::tested(context, leaf, test));
    }
    if decided.last().is_some_and(|(held, _)| !held) {
        let mut stated: Vec<String> = Vec::new();
        for (_, test) in decided.iter().filter(|(held, _)| !held) {
            for words in test::stated(context, leaf, test).split("; ") {
                if !words.is_empty() && !stated.iter().any(|known| known == words) {
                    stated.push(words.to_owned());
                }
            }
        }
        let stated = stated.join("; ");
        say(if otherwise { format!("{} ({stated})", context.pick("còn lại", "otherwise")) } else { stated });
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// What each name came to, innermost first, each once.
fn steps(context: &Context<'_>, leaf: &Leaf, working: &Working, lines: &mut Vec<String>) {
    let mut inner = |part: &Working| steps(context, leaf, part, lines);
    match &working.step {
        Step::Constant | Step::Figure(_) | Step::Maximum | Step::Subject => {}
        Step::Negate(part) | Step::Round(part, _) | Step::Floor(part) | Step::Absolute(part) => inner(part),
        Step::Binary(_, left, right) => {
            inner(left);
            inner(right);
        }
        Step::Least(parts) | Step::Greatest(parts) => parts.iter().for_each(inner),
        Step::If(chosen) => {
            chosen.test.sides(&mut inner);
            inner(&chosen.gives);
        }
        Step::Named(name, part) => {
            inner(part);
            let line = match &part.step {
                Step::If(_) => {
                    let (decided, gives) = way(part);
                    let reasons = reasons(context, leaf, &decided, false).unwrap_or_default();
                    format!("{name} = {} ({reasons})", working::worked(context, gives))
                }
                _ => format!("{name} = {}", working::worked(context, part)),
            };
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
}
