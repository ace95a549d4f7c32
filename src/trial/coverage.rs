//! What of a rule no example has tried: edges of bands and of conditions, options.

use super::Run;
use crate::diagnostic::Span;
use crate::engine::{Chosen, Reason, RowCame, Step, Tested, Working};
use crate::language::tree::Comparison;
use crate::number::Ratio;
use crate::ruleset::meaning::{Arm, Expr, FigureId, Guard, Kind, Meaning, Term, Test};
use crate::ruleset::{FigureKind, Form, Head, Leaf, Scoring, reached};

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
pub(super) fn unexercised(head: &Head, leaf: &Leaf, runs: &[Run]) -> Vec<Unexercised> {
    if leaf.examples.is_empty() {
        // The leaf has no example at all, and that is told already.
        return Vec::new();
    }
    let mut stood = Stood::default();
    for run in runs.iter().filter_map(|run| run.assessed.as_ref()) {
        stood.reason(&run.reason);
    }
    match &leaf.scoring {
        Scoring::Declared(_, meaning) => of_rule(head, leaf, meaning, &stood),
        Scoring::PerRow(per_row) => match &per_row.row.scoring {
            Scoring::Declared(_, meaning) => of_rule(head, &per_row.row, meaning, &stood),
            _ => Vec::new(),
        },
        Scoring::Script { .. } | Scoring::Entered { .. } => Vec::new(),
    }
}

fn of_rule(head: &Head, leaf: &Leaf, meaning: &Meaning, stood: &Stood) -> Vec<Unexercised> {
    let (mut asked, mut options): (Vec<Asked>, Vec<Unexercised>) = Default::default();
    match meaning {
        Meaning::Cases { subject: Some(subject), arms } => {
            let mut untried: Vec<Unexercised> = Vec::new();
            // No example can stand at an edge that a line `không phát sinh` takes: where that leaves a band nothing, it is
            // told already.
            let reached = reached(head, leaf, subject);
            for arm in arms {
                let Guard::Within(interval) = &arm.guard else { continue };
                for edge in [&interval.lower, &interval.upper].into_iter().flatten() {
                    let what = Untried::Edge(edge.at.clone(), subject.kind);
                    let known = untried.iter().any(|other| other.what == what);
                    let possible = edge.included && reached.contains(&edge.at);
                    if possible && !known && !stood.subjects.contains(&edge.at) {
                        untried.push(Unexercised { line: arm.words, what });
                    }
                }
            }
            return untried;
        }
        Meaning::Cases { subject: None, arms } => {
            for arm in arms {
                let Guard::Test(test) = &arm.guard else { continue };
                // What no example can reach is told to be taken before.
                if leaf.kept_from(test).is_none() {
                    asks(test, arm.line, arm.words, &mut asked);
                    options.extend(option(leaf, test, arm, stood));
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
    asked.retain(|asked| possible(leaf, asked));
    let mut untried = untried(&asked, stood);
    untried.extend(options);
    untried
}

/// Whether what is compared can be the number that it is compared with.
fn possible(leaf: &Leaf, asked: &Asked) -> bool {
    let within = match asked.what.term {
        Term::Figure(id) => leaf.figures.get(id.0).is_none_or(|figure| figure.range.contains(&asked.edge)),
        _ => true,
    };
    within && (asked.what.kind != Kind::Count || asked.edge.is_integer())
}

/// The option of a line that no example chooses.
fn option(leaf: &Leaf, test: &Test, arm: &Arm, stood: &Stood) -> Option<Unexercised> {
    let Scoring::Declared(Form::Choice, _) = &leaf.scoring else { return None };
    let Test::Option { figure, option, is: true } = test else { return None };
    let FigureKind::Choice(options) = &leaf.figures.get(figure.0)?.kind else { return None };
    let name = options.get(*option)?.clone();
    (!stood.lines.contains(&arm.line)).then_some(Unexercised { line: arm.words, what: Untried::Option(name) })
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
        let figure = match asked.what.term {
            Term::Figure(id) => Some(id),
            _ => None,
        };
        // A line may hold several things against one number.
        stood.compared.iter().filter(|stood| stood.at == asked.at && stood.figure == figure).any(|stood| {
            stood.edge == asked.edge && (stood.value == asked.edge || Some(&stood.value) == asked.beside.as_ref())
        })
    };
    let same = |one: &Asked, other: &Asked| one.edge == other.edge && one.what == other.what;
    let mut untried = Vec::new();
    for (at, edge) in asked.iter().enumerate() {
        // What several lines ask is tried, and told, once.
        let known = asked.iter().take(at).any(|other| same(edge, other));
        if !known && !asked.iter().any(|other| same(edge, other) && tried(other)) {
            let what = Untried::Edge(edge.edge.clone(), edge.what.kind);
            untried.push(Unexercised { line: edge.told, what });
        }
    }
    untried
}

/// Where examples stood.
#[derive(Default)]
struct Stood {
    /// The lines that decided.
    lines: Vec<Span>,
    /// What bands looked at.
    subjects: Vec<Ratio>,
    /// What was compared with a number.
    compared: Vec<Compared>,
}

/// A value that was compared with a number.
struct Compared {
    /// Where, as the reasons name it.
    at: Span,
    /// The figure that it is of; none where it was worked out.
    figure: Option<FigureId>,
    /// With what.
    edge: Ratio,
    value: Ratio,
}

impl Stood {
    fn reason(&mut self, reason: &Reason) {
        match reason {
            Reason::Line(decided) => {
                self.lines.push(decided.line);
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
                    if let RowCame::Points { reason, .. } | RowCame::Left { reason } | RowCame::Open { reason } =
                        &row.came
                    {
                        self.reason(reason);
                    }
                }
            }
            _ => {}
        }
    }

    fn tested(&mut self, at: Span, test: &Tested) {
        match test {
            Tested::Compare(_, left, right) => {
                let (what, edge) = match (&left.bare().step, &right.bare().step) {
                    (_, Step::Constant) => (left.bare(), right),
                    (Step::Constant, _) => (right.bare(), left),
                    _ => return,
                };
                let figure = match what.step {
                    Step::Figure(id) => Some(id),
                    _ => None,
                };
                let (edge, value) = (edge.value.clone(), what.value.clone());
                self.compared.push(Compared { at, figure, edge, value });
            }
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
