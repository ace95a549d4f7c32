//! What people answered about units: tallies, read and checked, and the exact estimates that rules score by.

mod answers;
mod estimate;
mod sample;
mod take;

pub use answers::{Answers, Surveys, Tally};
pub use estimate::{Cell, Estimate, GroupMean, Lacking, estimate};
pub use sample::{respondents, sample};
pub use take::{RawAnswer, RawRow, Taken, take, tally};
