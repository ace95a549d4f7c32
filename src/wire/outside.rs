//! Bonus and penalty as published.

use serde::Serialize;

use super::number::Number;
use crate::engine;

/// The heads of one kind together.
#[derive(Clone, Debug, Serialize)]
struct Kind {
    /// What they add up to.
    sum: Number,
    /// What of it counts under the cap; a penalty is positive here too.
    counted: Number,
    /// The least and the most that can come to count.
    lower: Number,
    upper: Number,
    provisional: bool,
}

impl Kind {
    fn new(counted: &engine::Counted, digits: u32) -> Self {
        let (sum, cut) = (&counted.sum, &counted.counted);
        Self {
            sum: Number::points(&sum.exact, &sum.rounded, digits),
            counted: Number::points(&cut.exact, &cut.rounded, digits),
            lower: Number::points(&cut.lower, &cut.counted_lower, digits),
            upper: Number::points(&cut.upper, &cut.counted_upper, digits),
            provisional: sum.provisional,
        }
    }
}

/// What the scale gives, what is added to it and what is taken off.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Outside {
    /// In a year without a survey: what is left of the scale gives, before it is rebased.
    #[serde(skip_serializing_if = "Option::is_none")]
    scored: Option<Number>,
    before: Number,
    bonus: Kind,
    penalty: Kind,
    held_at_most: bool,
    held_at_zero: bool,
}

impl Outside {
    pub(super) fn new(outside: &engine::Outside, digits: u32) -> Self {
        let scored = outside.scored.as_ref();
        Self {
            scored: scored.map(|scored| Number::points(&scored.exact, &scored.rounded, digits)),
            before: Number::points(&outside.before.exact, &outside.before.rounded, digits),
            bonus: Kind::new(&outside.bonus, digits),
            penalty: Kind::new(&outside.penalty, digits),
            held_at_most: outside.held_at_most,
            held_at_zero: outside.held_at_zero,
        }
    }
}
