//! From a leaf's meaning to its rule over machine words; what has no place there stays with the rungs above.

use super::rule::{Arm, Award, Condition, Node, Rule, Slot};
use crate::language::tree::BinaryOperator;
use crate::number::{Quick, Ratio};
use crate::ruleset::meaning::{Edge, Expr, FigureId, Guard, Interval, Meaning, Outcome, Term, Test};
use crate::ruleset::{FigureKind, Head, Leaf, NotApplicable, Scoring};

/// Lines that a decision can tell apart: a bit each.
const LINES: usize = 64;

/// A leaf ready for machine words.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    /// The cells that its rule reads; if one is missing, a rung above says what follows.
    pub(super) reads: Box<[Slot]>,
    /// "No case arose" lines.
    pub(super) not_applicable: Box<[Arm]>,
    pub(super) rule: Rule,
    pub(super) floor: Quick,
    pub(super) maximum: Quick,
}

/// Compiles a leaf whose figures begin at a slot; nothing where some part of it needs a rung above.
pub(super) fn leaf(head: &Head, leaf: &Leaf, first: Slot) -> Option<Compiled> {
    let maker = Maker { leaf, first, maximum: Quick::of(head.maximum.ratio())? };
    let Scoring::Declared(_, meaning) = &leaf.scoring else { return None };
    let reads = super::super::plan::used_figures(leaf).into_iter().map(|id| maker.slot(id));
    Some(Compiled {
        reads: reads.collect::<Option<_>>()?,
        not_applicable: leaf.not_applicable.iter().map(|rule| maker.not_applicable(rule)).collect::<Option<_>>()?,
        rule: maker.rule(meaning)?,
        floor: Quick::of(head.floor.ratio())?,
        maximum: maker.maximum,
    })
}

struct Maker<'a> {
    leaf: &'a Leaf,
    first: Slot,
    maximum: Quick,
}

impl Maker<'_> {
    fn slot(&self, id: FigureId) -> Option<Slot> {
        self.first.checked_add(id.0)
    }

    fn rule(&self, meaning: &Meaning) -> Option<Rule> {
        match meaning {
            Meaning::Cases { subject, arms } => {
                let made = arms.iter().map(|arm| {
                    let guard = match &arm.guard {
                        // A deadline's line for what was never done: a day in the cell says that it was.
                        Guard::Test(test) if subject.is_some() => match self.condition(test)? {
                            Condition::Any(parts) if parts.is_empty() => Condition::Any(parts),
                            _ => return None,
                        },
                        Guard::Test(test) => self.condition(test)?,
                        Guard::Within(interval) => within(interval)?,
                        Guard::Otherwise => Condition::Always,
                    };
                    Some(Arm { guard, award: self.award(&arm.outcome)? })
                });
                let arms = made.collect::<Option<Box<[_]>>>()?;
                Some(Rule::Arms { subject: self.optional(subject.as_ref())?, arms })
            }
            Meaning::Sum(parts) if parts.len() <= LINES => {
                let made = parts.iter().map(|part| match self.node(&part.award)? {
                    Node::Constant(points) => Some((self.condition(&part.test)?, points)),
                    _ => None,
                });
                Some(Rule::Parts(made.collect::<Option<_>>()?))
            }
            Meaning::Sum(_) => None,
            Meaning::Value { expr, floor, cap, per_case: _ } => Some(Rule::Value {
                expr: self.node(expr)?,
                floor: self.optional(floor.as_ref())?,
                cap: self.optional(cap.as_ref())?,
            }),
        }
    }

    fn not_applicable(&self, rule: &NotApplicable) -> Option<Arm> {
        Some(Arm { guard: self.condition(&rule.test)?, award: self.award(&rule.outcome)? })
    }

    #[expect(clippy::option_option, reason = "absent, and absent from this rung, are two things")]
    fn optional(&self, expr: Option<&Expr>) -> Option<Option<Node>> {
        match expr {
            Some(expr) => self.node(expr).map(Some),
            None => Some(None),
        }
    }

    fn award(&self, outcome: &Outcome) -> Option<Award> {
        Some(match outcome {
            Outcome::OutOfScale => Award::OutOfScale,
            Outcome::Unscored => Award::Unscored,
            Outcome::Points(expr) if proportional(expr) => Award::Proportional(self.maximum),
            Outcome::Points(expr) => match self.node(expr)? {
                Node::Constant(points) => Award::Fixed(points),
                node => Award::Points(node),
            },
        })
    }

    fn node(&self, expr: &Expr) -> Option<Node> {
        let pair = |left: &Expr, right: &Expr| Some((self.node(left)?, self.node(right)?));
        Some(match &expr.term {
            Term::Constant(value) => Node::Constant(Quick::of(value)?),
            Term::Figure(id) => match self.leaf.figures.get(id.0)?.kind {
                FigureKind::Number(_) => Node::Cell(self.slot(*id)?),
                _ => return None,
            },
            Term::Maximum => Node::Constant(self.maximum),
            Term::Subject => Node::Subject,
            Term::Negate(inner) => match self.node(inner)? {
                Node::Constant(value) => Node::Constant(value.opposite()),
                inner => Node::Opposite(Box::new(inner)),
            },
            Term::Binary(operator, left, right) => {
                let (left, right) = pair(left, right)?;
                binary(*operator, left, right)?
            }
            Term::Least(parts) => Node::Least(self.nodes(parts)?),
            Term::Greatest(parts) => Node::Greatest(self.nodes(parts)?),
            Term::Floor(inner) => Node::Floor(Box::new(self.node(inner)?)),
            Term::Named(_, inner) => self.node(inner)?,
            Term::Round(..) | Term::Absolute(_) | Term::If(_) => return None,
        })
    }

    fn nodes(&self, parts: &[Expr]) -> Option<Box<[Node]>> {
        parts.iter().map(|part| self.node(part)).collect()
    }

    fn condition(&self, test: &Test) -> Option<Condition> {
        Some(match test {
            Test::Compare(comparison, left, right) => {
                Condition::Compare(*comparison, self.node(left)?, self.node(right)?)
            }
            Test::Answer(id, wanted) => match self.leaf.figures.get(id.0)?.kind {
                FigureKind::YesNo => Condition::Is(self.slot(*id)?, i64::from(*wanted)),
                FigureKind::Number(_) if *wanted => Condition::Always,
                FigureKind::Number(_) => Condition::Any(Box::default()),
                _ => return None,
            },
            Test::Option { figure, option, is } => {
                let (slot, place) = (self.slot(*figure)?, i64::try_from(*option).ok()?);
                if *is { Condition::Is(slot, place) } else { Condition::IsNot(slot, place) }
            }
            Test::All(parts) => Condition::All(self.conditions(parts)?),
            Test::Any(parts) => Condition::Any(self.conditions(parts)?),
        })
    }

    fn conditions(&self, parts: &[Test]) -> Option<Box<[Condition]>> {
        parts.iter().map(|part| self.condition(part)).collect()
    }
}

/// An operation; two written numbers are worked out at once.
fn binary(operator: BinaryOperator, left: Node, right: Node) -> Option<Node> {
    if let (Node::Constant(left), Node::Constant(right)) = (&left, &right) {
        return Some(Node::Constant(match operator {
            BinaryOperator::Add => left.plus(*right),
            BinaryOperator::Subtract => left.minus(*right),
            BinaryOperator::Multiply => left.times(*right),
            BinaryOperator::Divide => left.over(*right),
        }?));
    }
    let (left, right) = (Box::new(left), Box::new(right));
    Some(match operator {
        BinaryOperator::Add => Node::Plus(left, right),
        BinaryOperator::Subtract => Node::Minus(left, right),
        BinaryOperator::Multiply => Node::Times(left, right),
        BinaryOperator::Divide => Node::Over(left, right),
    })
}

/// The maximum times the subject, at most the maximum: what `tỷ lệ thuận` lowers to.
fn proportional(expr: &Expr) -> bool {
    let Term::Binary(BinaryOperator::Multiply, left, right) = &expr.term else { return false };
    let (Term::Maximum, Term::Least(parts)) = (&left.term, &right.term) else { return false };
    matches!(parts.as_slice(), [subject, one]
        if subject.term == Term::Subject && one.term == Term::Constant(Ratio::ONE))
}

fn within(interval: &Interval) -> Option<Condition> {
    let edge = |edge: &Option<Edge>| match edge {
        Some(edge) => Quick::of(&edge.at).map(|at| Some((at, edge.included))),
        None => Some(None),
    };
    Some(Condition::Within(edge(&interval.lower)?, edge(&interval.upper)?))
}
