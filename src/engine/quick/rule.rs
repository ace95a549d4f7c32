//! The rule of a leaf over machine words: what the meaning tree says, flattened for speed.

use std::cmp::Ordering;

use super::sheet::Slot;
use crate::language::tree::Comparison;
use crate::number::Quick;

/// An expression over the words of a sheet.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Constant(Quick),
    /// A word, and the scale of its slot.
    Word(Slot, i64),
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

/// A condition over the words of a sheet.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Compare(Comparison, Node, Node),
    /// The word is this one: an answer, or the place of an option.
    Is(Slot, i64),
    IsNot(Slot, i64),
    All(Box<[Condition]>),
    Any(Box<[Condition]>),
    Always,
    /// The subject lies between these edges.
    Within(Option<Edge>, Option<Edge>),
}

/// An edge of a band: where, and whether it belongs to the band.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) at: Quick,
    pub(super) included: bool,
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

/// A band of a ladder, of bands that meet from the highest down: only its lower edge is looked at.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) from: Option<Edge>,
    pub(super) award: Award,
}

/// One side of the quotient that a ladder looks at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operand {
    /// A word times a factor.
    Word(Slot, i64),
    Number(i64),
}

impl Operand {
    /// Its value; nothing where it does not fit.
    #[inline]
    pub(super) fn value(self, words: &[i64]) -> Option<i64> {
        match self {
            Self::Word(slot, factor) => words.get(slot)?.checked_mul(factor),
            Self::Number(number) => Some(number),
        }
    }
}

/// What a leaf's meaning becomes.
#[derive(Clone, Debug)]
pub(super) enum Rule {
    /// Bands that meet, from the highest down, over the quotient of two words, each times a factor that brings them to
    /// one scale, or over one word and its scale.
    Ladder { top: Operand, bottom: Operand, steps: Box<[Step]> },
    /// Lines that each ask one word of a run, and what each adds of one denominator.
    Checks { first: Slot, wanted: Box<[i64]>, awards: Box<[i64]>, denominator: i64 },
    /// A word times a number.
    Share { word: Slot, times: Quick },
    /// The first arm that holds.
    Arms(Box<Arms>),
    /// The parts that hold add up.
    Parts { parts: Box<[(Condition, Quick)]>, floor: Option<Quick>, cap: Option<Quick> },
    /// One expression between its limits.
    Value(Box<Limited>),
}

/// Guarded lines, and what their bands look at.
#[derive(Clone, Debug)]
pub(super) struct Arms {
    pub(super) subject: Option<Node>,
    pub(super) arms: Box<[Arm]>,
}

/// An expression and its limits.
#[derive(Clone, Debug)]
pub(super) struct Limited {
    pub(super) expr: Node,
    pub(super) floor: Option<Node>,
    pub(super) cap: Option<Node>,
}

/// What a leaf came to on machine words: a fraction, or by a denominator that is none, a status. Two words, so that it
/// travels in registers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Came {
    n: i64,
    d: i64,
}

impl Came {
    /// A rung above must say.
    pub(super) const ABOVE: Came = Came { n: 0, d: 0 };
    pub(super) const OUT_OF_SCALE: Came = Came { n: 0, d: -1 };
    pub(super) const UNSCORED: Came = Came { n: 0, d: -2 };
    pub(super) const FAILED: Came = Came { n: 0, d: -3 };
    pub(super) const WHOLE_ZERO: Came = Came { n: 0, d: 1 };

    /// Points by their parts, or a status by what is no denominator.
    #[inline]
    pub(super) fn raw(n: i64, d: i64) -> Self {
        Self { n, d }
    }

    /// By its place among the leaves that were worked out exactly.
    pub(super) fn exact(at: usize) -> Self {
        Self { n: i64::try_from(at).unwrap_or(i64::MAX), d: Self::ABOVE.d }
    }

    /// The place that [`Came::exact`] was made of.
    pub(super) fn place(self) -> Option<usize> {
        if self.is_above() { usize::try_from(self.n).ok() } else { None }
    }

    #[inline]
    pub(super) fn points(points: Quick) -> Self {
        Self { n: points.numerator(), d: points.denominator() }
    }

    /// The points, if it is points.
    #[inline]
    pub(super) fn quick(self) -> Option<Quick> {
        Quick::parts(self.n, self.d)
    }

    pub(super) fn is_above(self) -> bool {
        self.d == Self::ABOVE.d
    }

    pub(super) fn is_out_of_scale(self) -> bool {
        self.d == Self::OUT_OF_SCALE.d
    }

    pub(super) fn is_failed(self) -> bool {
        self.d == Self::FAILED.d
    }
}

/// Who wants to know which line decided, and what it looked at: its place, or of a checklist a bit for each line that
/// holds.
pub(super) trait Note {
    fn note(&mut self, line: u64, subject: Quick);

    /// The same, of a lane: the subject by its parts.
    fn lane(&mut self, line: u64, subject: Came);
}

impl Note for () {
    #[inline]
    fn note(&mut self, _: u64, _: Quick) {}

    #[inline]
    fn lane(&mut self, _: u64, _: Came) {}
}

/// The words, and the value that bands look at.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) words: &'a [i64],
    pub(super) subject: Quick,
}

impl Words<'_> {
    #[inline]
    fn word(self, slot: Slot) -> Option<i64> {
        self.words.get(slot).copied()
    }

    /// The value of an expression; nothing when a rung above must say.
    fn work(self, node: &Node) -> Option<Quick> {
        match node {
            Node::Constant(value) => Some(*value),
            Node::Word(slot, scale) => Quick::parts(self.word(*slot)?, *scale),
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
            Condition::Is(slot, wanted) => Some(self.word(*slot)? == *wanted),
            Condition::IsNot(slot, wanted) => Some(self.word(*slot)? != *wanted),
            // Every part is asked, as above: one that cannot be worked out fails the whole.
            Condition::All(parts) => self.count(parts).map(|held| held == parts.len()),
            Condition::Any(parts) => self.count(parts).map(|held| held > 0),
            Condition::Always => Some(true),
            Condition::Within(lower, upper) => {
                let beyond = |edge: &Option<Edge>, side: Ordering| {
                    edge.is_none_or(|edge| match self.subject.compare(edge.at) {
                        Ordering::Equal => edge.included,
                        order => order == side,
                    })
                };
                Some(beyond(lower, Ordering::Greater) && beyond(upper, Ordering::Less))
            }
        }
    }

    fn count(self, parts: &[Condition]) -> Option<usize> {
        parts.iter().try_fold(0usize, |held, part| held.checked_add(usize::from(self.holds(part)?)))
    }

    /// What an award gives.
    #[inline]
    pub(super) fn award(self, award: &Award) -> Option<Came> {
        Some(match award {
            Award::Fixed(points) => Came::points(*points),
            Award::Proportional(maximum) => Came::points(if self.subject.numerator() < self.subject.denominator() {
                maximum.times(self.subject)?
            } else {
                *maximum
            }),
            Award::Points(node) => Came::points(self.work(node)?),
            Award::OutOfScale => Came::OUT_OF_SCALE,
            Award::Unscored => Came::UNSCORED,
        })
    }

    #[inline]
    fn first(self, arms: &[Arm], note: &mut impl Note) -> Option<Came> {
        for (line, arm) in (0u64..).zip(arms) {
            if self.holds(&arm.guard)? {
                note.note(line, self.subject);
                return self.award(&arm.award);
            }
        }
        None
    }
}

impl Rule {
    /// What the rule gives over the words; nothing when a rung above must say.
    #[inline]
    pub(super) fn decide(&self, words: &[i64], note: &mut impl Note) -> Option<Came> {
        let bare = Words { words, subject: Quick::ZERO };
        match self {
            Self::Ladder { top, bottom, steps } => {
                let (n, d) = (top.value(words)?, bottom.value(words)?);
                // A denominator of zero or below is for the rungs above to word.
                let looked_at = Words { subject: Quick::parts(n, d)?, ..bare };
                for (line, step) in (0u64..).zip(steps) {
                    let reached = match &step.from {
                        None => true,
                        Some(edge) => {
                            let (left, right) =
                                (n.checked_mul(edge.at.denominator())?, d.checked_mul(edge.at.numerator())?);
                            left > right || (left == right && edge.included)
                        }
                    };
                    if reached {
                        note.note(line, looked_at.subject);
                        return looked_at.award(&step.award);
                    }
                }
                None
            }
            Self::Checks { first, wanted, awards, denominator } => {
                let words = words.get(*first..)?.get(..wanted.len())?;
                let (mut held, mut sum) = (0u64, 0i64);
                for (at, ((word, wanted), award)) in words.iter().zip(wanted).zip(awards).enumerate() {
                    let holds = word == wanted;
                    held |= u64::from(holds) << at;
                    // The sum of all lines was seen to fit when this was compiled.
                    sum = sum.wrapping_add(if holds { *award } else { 0 });
                }
                note.note(held, Quick::ZERO);
                Some(Came::points(Quick::parts(sum, *denominator)?))
            }
            Self::Share { word, times } => {
                let points = Quick::parts(bare.word(*word)?.checked_mul(times.numerator())?, times.denominator())?;
                note.note(0, points);
                Some(Came::points(points))
            }
            Self::Arms(guarded) => {
                let subject = match &guarded.subject {
                    Some(subject) => bare.work(subject)?,
                    None => Quick::ZERO,
                };
                Words { subject, ..bare }.first(&guarded.arms, note)
            }
            Self::Parts { parts, floor, cap } => {
                let (mut held, mut bit, mut sum) = (0u64, 1u64, Quick::ZERO);
                for (test, award) in parts {
                    if bare.holds(test)? {
                        held |= bit;
                        sum = sum.plus(*award)?;
                    }
                    bit = bit.wrapping_shl(1);
                }
                note.note(held, Quick::ZERO);
                Some(Came::points(match (floor, cap) {
                    (Some(floor), _) if sum.compare(*floor) == Ordering::Less => *floor,
                    (_, Some(cap)) if sum.compare(*cap) == Ordering::Greater => *cap,
                    _ => sum,
                }))
            }
            Self::Value(limited) => {
                let Limited { expr, floor, cap } = limited.as_ref();
                let value = bare.work(expr)?;
                let limit = |limit: &Option<Node>| match limit {
                    Some(limit) => bare.work(limit).map(Some),
                    None => Some(None),
                };
                let points = match (limit(floor)?, limit(cap)?) {
                    (Some(floor), _) if value.compare(floor) == Ordering::Less => floor,
                    (_, Some(cap)) if value.compare(cap) == Ordering::Greater => cap,
                    _ => value,
                };
                note.note(0, value);
                Some(Came::points(points))
            }
        }
    }
}
