//! From a leaf's meaning to its rule over machine words; what has no place there stays with the rungs above.

use std::cmp::Ordering;

use super::rule::{Arm, Arms, Award, Condition, Edge, Limited, Node, Operand, Rule, Step};
use super::sheet::{Slot, scale};
use crate::language::tree::BinaryOperator;
use crate::number::{Quick, Ratio, common_denominator};
use crate::ruleset::meaning::{self, Expr, FigureId, Guard, Interval, Meaning, Outcome, Term, Test};
use crate::ruleset::{FigureKind, Head, Leaf, NotApplicable, Scoring};

/// Lines that a decision can tell apart: a bit each.
const LINES: usize = 64;

/// A leaf ready for machine words: what every sheet touches stands in line, the rest aside.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    pub(super) rule: Rule,
    pub(super) aside: Box<Aside>,
}

/// What only some sheets touch.
#[derive(Clone, Debug)]
pub(super) struct Aside {
    /// The figures that its rule reads; if one is missing, a rung above says what follows.
    pub(super) reads: Box<[FigureId]>,
    /// "No case arose" lines.
    pub(super) not_applicable: Box<[Arm]>,
    pub(super) floor: Quick,
    pub(super) maximum: Quick,
}

/// Compiles a leaf whose figures begin at a slot; nothing where some part of it needs a rung above.
pub(super) fn leaf(head: &Head, leaf: &Leaf, first: Slot) -> Option<Compiled> {
    let maker = Maker { leaf, first, maximum: Quick::of(head.maximum.ratio())? };
    let Scoring::Declared(_, meaning) = &leaf.scoring else { return None };
    let (floor, rule) = (Quick::of(head.floor.ratio())?, maker.rule(meaning)?);
    let aside = Aside {
        reads: super::super::plan::used_figures(leaf).into_iter().collect(),
        not_applicable: leaf.not_applicable.iter().map(|rule| maker.not_applicable(rule)).collect::<Option<_>>()?,
        floor,
        maximum: maker.maximum,
    };
    Some(Compiled { rule, aside: Box::new(aside) })
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
                let subject = self.optional(subject.as_ref())?;
                Some(match (subject.as_ref().and_then(quotient), steps(&arms)) {
                    (Some((top, bottom)), Some(steps)) => Rule::Ladder { top, bottom, steps },
                    _ => Rule::Arms(Box::new(Arms { subject, arms })),
                })
            }
            Meaning::Sum(sum) if sum.parts.len() <= LINES => {
                let made = sum.parts.iter().map(|part| match self.node(&part.award)? {
                    Node::Constant(points) => Some((self.condition(&part.test)?, points)),
                    _ => None,
                });
                let made = made.collect::<Option<Box<[_]>>>()?;
                let (floor, cap) = (self.constant(sum.floor.as_ref())?, self.constant(sum.cap.as_ref())?);
                let free = floor.is_none() && cap.is_none();
                Some(checks(&made).filter(|_| free).unwrap_or(Rule::Parts { parts: made, floor, cap }))
            }
            Meaning::Sum(_) => None,
            Meaning::Value { expr, floor, cap, per_case: _ } => {
                let expr = self.node(expr)?;
                let (floor, cap) = (self.optional(floor.as_ref())?, self.optional(cap.as_ref())?);
                Some(match (share(&expr), &floor, &cap) {
                    (Some((word, times)), None, None) => Rule::Share { word, times },
                    _ => Rule::Value(Box::new(Limited { expr, floor, cap })),
                })
            }
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

    #[expect(clippy::option_option, reason = "absent, and absent from this rung, are two things")]
    fn constant(&self, limit: Option<&Expr>) -> Option<Option<Quick>> {
        match self.optional(limit)? {
            Some(Node::Constant(limit)) => Some(Some(limit)),
            Some(_) => None,
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
            Term::Figure(id) => {
                let figure = self.leaf.figures.get(id.0)?;
                match figure.kind {
                    FigureKind::Number(_) => Node::Word(self.slot(*id)?, scale(figure)?),
                    _ => return None,
                }
            }
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

/// Two words and the factors that bring them to one scale, if an expression is their quotient; one word over its scale.
fn quotient(node: &Node) -> Option<(Operand, Operand)> {
    let (top, bottom) = match node {
        Node::Word(slot, scale) => return Some((Operand::Word(*slot, 1), Operand::Number(*scale))),
        Node::Over(top, bottom) => (top, bottom),
        _ => return None,
    };
    match (top.as_ref(), bottom.as_ref()) {
        (Node::Word(top, above), Node::Word(bottom, below)) if above == below => {
            Some((Operand::Word(*top, 1), Operand::Word(*bottom, 1)))
        }
        // Each word times the scale of the other: the same quotient of whole numbers.
        (Node::Word(top, above), Node::Word(bottom, below)) => {
            Some((Operand::Word(*top, *below), Operand::Word(*bottom, *above)))
        }
        _ => None,
    }
}

/// The bands by their lower edges, if they meet from the highest down.
pub(super) fn steps(arms: &[Arm]) -> Option<Box<[Step]>> {
    let mut above: Option<Edge> = None;
    let mut steps = Vec::with_capacity(arms.len());
    for arm in arms {
        let Condition::Within(lower, upper) = &arm.guard else { return None };
        let meets = match (above, upper) {
            (None, None) => steps.is_empty(),
            (Some(above), Some(upper)) => {
                above.at.compare(upper.at) == Ordering::Equal && above.included != upper.included
            }
            _ => false,
        };
        if !meets {
            return None;
        }
        above = *lower;
        steps.push(Step { from: *lower, award: arm.award.clone() });
    }
    (above.is_none() && !steps.is_empty()).then(|| steps.into_boxed_slice())
}

/// Lines that each ask one word, if the words stand in a row.
fn checks(parts: &[(Condition, Quick)]) -> Option<Rule> {
    let (Condition::Is(first, _), _) = parts.first()? else { return None };
    let denominator = common_denominator(parts.iter().map(|(_, points)| *points))?;
    let (mut wanted, mut awards, mut sum) = (Vec::new(), Vec::new(), 0i64);
    for (at, (test, points)) in parts.iter().enumerate() {
        let Condition::Is(slot, answer) = test else { return None };
        if *slot != first.checked_add(at)? {
            return None;
        }
        let award = denominator.checked_div(points.denominator())?.checked_mul(points.numerator())?;
        sum = sum.checked_add(award.checked_abs()?)?;
        wanted.push(*answer);
        awards.push(award);
    }
    Some(Rule::Checks { first: *first, wanted: wanted.into(), awards: awards.into(), denominator })
}

/// A word times a number, if that is what an expression comes to.
fn share(node: &Node) -> Option<(Slot, Quick)> {
    match node {
        Node::Word(slot, scale) => Some((*slot, Quick::parts(1, *scale)?)),
        Node::Times(left, right) | Node::Over(left, right) => {
            let over = matches!(node, Node::Over(..));
            match (share(left), share(right), left.as_ref(), right.as_ref()) {
                (Some((slot, times)), None, _, Node::Constant(by)) if over => Some((slot, times.over(*by)?.reduced())),
                (Some((slot, times)), None, _, Node::Constant(by)) => Some((slot, times.times(*by)?.reduced())),
                (None, Some((slot, times)), Node::Constant(by), _) if !over => {
                    Some((slot, times.times(*by)?.reduced()))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn within(interval: &Interval) -> Option<Condition> {
    let edge = |edge: &Option<meaning::Edge>| match edge {
        Some(edge) => Quick::of(&edge.at).map(|at| Some(Edge { at, included: edge.included })),
        None => Some(None),
    };
    Some(Condition::Within(edge(&interval.lower)?, edge(&interval.upper)?))
}
