//! Results as they were published: printed numbers with their sources, and what can be recomputed of them.
//!
//! A table is one year of one index. A printed number stands for every number that rounds to it; so a rank or a mean is
//! recomputed as an interval, and four things can be said of a fact: it agrees, nothing contradicts it, it disagrees,
//! or it cannot be recomputed, and why.

mod bands;
mod changes;
mod check;
mod conflicts;
mod fact;
mod means;
mod places;
mod printed;
mod round;
mod sums;
mod table;

pub use check::{Judged, check};
pub use fact::{Checked, Conflicting, Fact, Verdict};
pub use printed::Printed;
pub use round::Round;
pub use table::{Change, Confidence, Cut, Line, Series, Table, Who, Whole};
