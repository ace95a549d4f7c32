//! One submission of ninety leaves and 226 figures, scored by hand, by tieuchi, and by what a user would pick instead.
//!
//! The leaves: 23 ladders on a rate, 22 rates with a floor, 27 checklists of four, 13 survey means, 5 formulas.

pub mod by_hand;
pub mod engines;
pub mod ours;
pub mod sheet;

/// Leaves of the submission.
pub const LEAVES: usize = 90;

/// Points of each leaf in ten-thousandths, a half rounded up: what all answers are compared in.
pub type Answers = Vec<i64>;
