//! The rule of a leaf over machine words: what the meaning tree says, flattened for speed.

use std::cmp::Ordering;

use crate::language::tree::Comparison;
use crate::number::Quick;

/// Where a figure lies in a sheet.
pub(super) type Slot = usize;

/// An expression over the cells of a sheet.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Constant(Quick),
    Cell(Slot),
    Subject,
    Opposite(Box<Node>),
    Plus(Box<Node>, Box<Node>),
    Minus(Box<Node>, Box<Node>),
    Times(Box<Node>, Box<Node>),
    Over(Box<Node>, Box<Node>),
    Least(Box<[Node]>),
    Greatest(Box<[Node]>),
    Floor(Box<Node>),
}

/// A condition over the cells of a sheet.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Compare(Comparison, Node, Node),
    /// The cell holds this number: an answer, or the place of an option.
    Is(Slot, i64),
    IsNot(Slot, i64),
    All(Box<[Condition]>),
    Any(Box<[Condition]>),
    Always,
    /// The subject lies between these edges.
    Within(Option<(Quick, bool)>, Option<(Quick, bool)>),
}

/// What a line gives.
#[derive(Clone, Debug)]
pub(super) enum Award {
    Points(Node),
    /// Points that no figure changes.
    Fixed(Quick),
    /// The maximum times the subject, at most the maximum.
    Proportional(Quick),
    OutOfScale,
    Unscored,
}

/// A guarded line.
#[derive(Clone, Debug)]
pub(super) struct Arm {
    pub(super) guard: Condition,
    pub(super) award: Award,
}

/// What a leaf's meaning becomes.
#[derive(Clone, Debug)]
pub(super) enum Rule {
    /// The first arm that holds.
    Arms { subject: Option<Node>, arms: Box<[Arm]> },
    /// The parts that hold add up.
    Parts(Box<[(Condition, Quick)]>),
    /// One expression between its limits.
    Value { expr: Node, floor: Option<Node>, cap: Option<Node> },
}

/// What a leaf came to, on this rung.
#[derive(Clone, Copy, Debug)]
pub(super) enum Gave {
    Points(Quick),
    OutOfScale,
    Unscored,
}

/// The line that decided (by its place; a checklist has a bit for each line that holds), and what it looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decided {
    pub(super) line: u64,
    pub(super) subject: Quick,
    pub(super) gave: Gave,
}

/// The cells, and the value that bands look at.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub(super) cells: &'a [Option<Quick>],
    pub(super) subject: Quick,
}

impl Cells<'_> {
    fn cell(self, slot: Slot) -> Option<Quick> {
        self.cells.get(slot).copied().flatten()
    }

    /// The value of an expression; nothing when a rung above must say.
    fn work(self, node: &Node) -> Option<Quick> {
        match node {
            Node::Constant(value) => Some(*value),
            Node::Cell(slot) => self.cell(*slot),
            Node::Subject => Some(self.subject),
            Node::Opposite(inner) => Some(self.work(inner)?.opposite()),
            Node::Plus(left, right) => self.work(left)?.plus(self.work(right)?),
            Node::Minus(left, right) => self.work(left)?.minus(self.work(right)?),
            Node::Times(left, right) => self.work(left)?.times(self.work(right)?),
            Node::Over(left, right) => self.work(left)?.over(self.work(right)?),
            Node::Least(parts) => self.extreme(parts, Ordering::Less),
            Node::Greatest(parts) => self.extreme(parts, Ordering::Greater),
            Node::Floor(inner) => self.work(inner)?.floor(),
        }
    }

    fn extreme(self, parts: &[Node], better: Ordering) -> Option<Quick> {
        let (first, rest) = parts.split_first()?;
        let mut best = self.work(first)?;
        for part in rest {
            let value = self.work(part)?;
            if value.compare(best) == better {
                best = value;
            }
        }
        Some(best)
    }

    /// Whether a condition holds; nothing when a rung above must say.
    pub(super) fn holds(self, condition: &Condition) -> Option<bool> {
        match condition {
            Condition::Compare(comparison, left, right) => {
                Some(comparison.holds(self.work(left)?.compare(self.work(right)?)))
            }
            Condition::Is(slot, wanted) => Some(self.cell(*slot)?.numerator() == *wanted),
            Condition::IsNot(slot, wanted) => Some(self.cell(*slot)?.numerator() != *wanted),
            // Every part is asked, as above: one that cannot be worked out fails the whole.
            Condition::All(parts) => self.count(parts).map(|held| held == parts.len()),
            Condition::Any(parts) => self.count(parts).map(|held| held > 0),
            Condition::Always => Some(true),
            Condition::Within(lower, upper) => {
                let above = lower.is_none_or(|(at, included)| match self.subject.compare(at) {
                    Ordering::Greater => true,
                    Ordering::Equal => included,
                    Ordering::Less => false,
                });
                Some(
                    above
                        && upper.is_none_or(|(at, included)| match self.subject.compare(at) {
                            Ordering::Less => true,
                            Ordering::Equal => included,
                            Ordering::Greater => false,
                        }),
                )
            }
        }
    }

    fn count(self, parts: &[Condition]) -> Option<usize> {
        parts.iter().try_fold(0usize, |held, part| held.checked_add(usize::from(self.holds(part)?)))
    }

    /// What an award gives.
    pub(super) fn award(self, award: &Award) -> Option<Gave> {
        Some(match award {
            Award::Fixed(points) => Gave::Points(*points),
            Award::Proportional(maximum) => Gave::Points(match self.subject.compare(Quick::ONE) {
                Ordering::Less => maximum.times(self.subject)?,
                Ordering::Equal | Ordering::Greater => *maximum,
            }),
            Award::Points(node) => Gave::Points(self.work(node)?),
            Award::OutOfScale => Gave::OutOfScale,
            Award::Unscored => Gave::Unscored,
        })
    }
}

impl Rule {
    /// What the rule gives over the cells; nothing when a rung above must say.
    pub(super) fn decide(&self, cells: &[Option<Quick>]) -> Option<Decided> {
        let bare = Cells { cells, subject: Quick::ZERO };
        match self {
            Self::Arms { subject, arms } => {
                let looked_at = match subject {
                    Some(subject) => Cells { subject: bare.work(subject)?, ..bare },
                    None => bare,
                };
                let mut line = 0u64;
                for arm in arms {
                    if looked_at.holds(&arm.guard)? {
                        return Some(Decided { line, subject: looked_at.subject, gave: looked_at.award(&arm.award)? });
                    }
                    line = line.checked_add(1)?;
                }
                None
            }
            Self::Parts(parts) => {
                let (mut held, mut bit, mut sum) = (0u64, 1u64, Quick::ZERO);
                for (test, award) in parts {
                    if bare.holds(test)? {
                        held |= bit;
                        sum = sum.plus(*award)?;
                    }
                    bit = bit.wrapping_shl(1);
                }
                Some(Decided { line: held, subject: Quick::ZERO, gave: Gave::Points(sum) })
            }
            Self::Value { expr, floor, cap } => {
                let value = bare.work(expr)?;
                let limit = |limit: &Option<Node>| match limit {
                    Some(limit) => bare.work(limit).map(Some),
                    None => Some(None),
                };
                let (floor, cap) = (limit(floor)?, limit(cap)?);
                let points = match (floor, cap) {
                    (Some(floor), _) if value.compare(floor) == Ordering::Less => floor,
                    (_, Some(cap)) if value.compare(cap) == Ordering::Greater => cap,
                    _ => value,
                };
                Some(Decided { line: 0, subject: value, gave: Gave::Points(points) })
            }
        }
    }
}
