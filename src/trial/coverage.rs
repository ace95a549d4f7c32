//! Which edges of bands and conditions some example stands on.

use super::Run;
use crate::diagnostic::Span;
use crate::engine::{Chosen, Reason, RowCame, Step, Tested, Working};
use crate::language::tree::Comparison;
use crate::number::Ratio;
use crate::ruleset::meaning::{Expr, Guard, Kind, Meaning, Term, Test};
use crate::ruleset::{Leaf, Scoring};

/// An edge that no example tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexercised {
    /// The band or the condition that has it.
    pub line: Span,
    /// The edge.
    pub edge: Ratio,
    /// What it is.
    pub kind: Kind,
}

/// The edges of a leaf's rule that none of its examples stands on.
pub(super) fn unexercised(leaf: &Leaf, runs: &[Run]) -> Vec<Unexercised> {
    if leaf.examples.is_empty() {
        // The leaf has no example at all, and that is told already.
        return Vec::new();
    }
    let mut stood = Stood::default();
    for run in runs.iter().filter_map(|run| run.assessed.as_ref()) {
        stood.reason(&run.reason);
    }
    match &leaf.scoring {
        Scoring::Declared(_, meaning) => of_rule(meaning, &stood),
        Scoring::PerRow(per_row) => match &per_row.row.scoring {
            Scoring::Declared(_, meaning) => of_rule(meaning, &stood),
            _ => Vec::new(),
        },
        Scoring::Script { .. } | Scoring::Entered { .. } => Vec::new(),
    }
}

fn of_rule(meaning: &Meaning, stood: &Stood) -> Vec<Unexercised> {
    let mut asked: Vec<Asked> = Vec::new();
    match meaning {
        Meaning::Cases { subject: Some(subject), arms } => {
            let mut untried: Vec<Unexercised> = Vec::new();
            for arm in arms {
                let Guard::Within(interval) = &arm.guard else { continue };
                for edge in [&interval.lower, &interval.upper].into_iter().flatten() {
                    let known = untried.iter().any(|other| other.edge == edge.at);
                    if edge.included && !known && !stood.subjects.contains(&edge.at) {
                        untried.push(Unexercised { line: arm.words, edge: edge.at.clone(), kind: subject.kind });
                    }
                }
            }
            return untried;
        }
        Meaning::Cases { subject: None, arms } => {
            for arm in arms {
                if let Guard::Test(test) = &arm.guard {
                    asks(test, arm.line, arm.words, &mut asked);
                }
            }
        }
        Meaning::Sum(sum) => sum.parts.iter().for_each(|part| asks(&part.test, part.line, part.line, &mut asked)),
        Meaning::Value { per_case: Some(_), .. } => {}
        Meaning::Value { expr, .. } => expr.visit(&mut |inner| {
            if let Term::If(branch) = &inner.term {
                asks(&branch.test, branch.asked, branch.asked, &mut asked);
            }
        }),
    }
    untried(&asked, stood)
}

/// A comparison with a number.
struct Asked {
    /// Where it is asked, as the reasons name it.
    at: Span,
    /// What is compared.
    what: Expr,
    /// With what.
    edge: Ratio,
    /// Another value that settles as much: of whole numbers above 2, 3.
    beside: Option<Ratio>,
    told: Span,
}

/// The comparisons with a number in a condition; that it is just that number is no edge.
fn asks(test: &Test, at: Span, told: Span, asked: &mut Vec<Asked>) {
    match test {
        Test::Compare(comparison, left, right) => {
            let (what, edge, comparison) = match (&left.bare().term, &right.bare().term) {
                (Term::Constant(_), Term::Constant(_)) => return,
                (_, Term::Constant(edge)) => (left.bare(), edge, *comparison),
                (Term::Constant(edge), _) => (right.bare(), edge, comparison.flipped()),
                _ => return,
            };
            let step = match comparison {
                Comparison::AtLeast | Comparison::AtMost => None,
                Comparison::Greater => Some(Ratio::ONE),
                Comparison::Less => Some(-&Ratio::ONE),
                Comparison::Equal | Comparison::Different => return,
            };
            let beside = step.filter(|_| what.kind == Kind::Count).map(|step| edge + &step);
            asked.push(Asked { at, what: what.clone(), edge: edge.clone(), beside, told });
        }
        Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| asks(part, at, told, asked)),
        Test::Answer(..) | Test::Option { .. } => {}
    }
}

fn untried(asked: &[Asked], stood: &Stood) -> Vec<Unexercised> {
    let tried = |asked: &Asked| {
        stood.compared.iter().any(|(at, edge, value)| {
            *at == asked.at && *edge == asked.edge && (value == edge || Some(value) == asked.beside.as_ref())
        })
    };
    let same = |one: &Asked, other: &Asked| one.edge == other.edge && one.what == other.what;
    let mut untried = Vec::new();
    for (at, edge) in asked.iter().enumerate() {
        // What several lines ask is tried, and told, once.
        let known = asked.iter().take(at).any(|other| same(edge, other));
        if !known && !asked.iter().any(|other| same(edge, other) && tried(other)) {
            untried.push(Unexercised { line: edge.told, edge: edge.edge.clone(), kind: edge.what.kind });
        }
    }
    untried
}

/// Where examples stood.
#[derive(Default)]
struct Stood {
    /// What bands looked at.
    subjects: Vec<Ratio>,
    /// What was compared with a number: where, with which, and what it was.
    compared: Vec<(Span, Ratio, Ratio)>,
}

impl Stood {
    fn reason(&mut self, reason: &Reason) {
        match reason {
            Reason::Line(decided) => {
                self.subjects.extend(decided.subject.as_ref().map(|subject| subject.value.clone()));
                let tried = decided.tried.iter().map(|tried| (tried.line, &tried.test));
                for (line, test) in tried.chain(decided.test.as_ref().map(|test| (decided.line, test))) {
                    self.tested(line, test);
                }
            }
            Reason::Checklist { items, .. } => items.iter().for_each(|item| self.tested(item.line, &item.test)),
            Reason::Formula { working, .. } => self.working(working),
            Reason::Rows(rows) => {
                for row in &rows.rows {
                    if let RowCame::Points { reason, .. } = &row.came {
                        self.reason(reason);
                    }
                }
            }
            _ => {}
        }
    }

    fn tested(&mut self, at: Span, test: &Tested) {
        match test {
            Tested::Compare(_, left, right) => match (&left.bare().step, &right.bare().step) {
                (_, Step::Constant) => self.compared.push((at, right.value.clone(), left.value.clone())),
                (Step::Constant, _) => self.compared.push((at, left.value.clone(), right.value.clone())),
                _ => {}
            },
            Tested::All(parts) | Tested::Any(parts) => parts.iter().for_each(|part| self.tested(at, part)),
            Tested::Answer { .. } | Tested::Option { .. } => {}
        }
    }

    /// Every condition that chose on the way to a value.
    fn working(&mut self, working: &Working) {
        match &working.step {
            Step::Constant | Step::Figure(_) | Step::Maximum | Step::Subject => {}
            Step::Negate(inner)
            | Step::Round(inner, _)
            | Step::Floor(inner)
            | Step::Absolute(inner)
            | Step::Named(_, inner) => self.working(inner),
            Step::Binary(_, left, right) => {
                self.working(left);
                self.working(right);
            }
            Step::Least(parts) | Step::Greatest(parts) => parts.iter().for_each(|part| self.working(part)),
            Step::If(chosen) => {
                let Chosen { test, gives, asked, .. } = &**chosen;
                self.tested(*asked, test);
                self.working(gives);
            }
        }
    }
}
