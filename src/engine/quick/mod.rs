//! The quick way through a plan: leaves over machine words, with the exact rungs behind every step that does not fit.
//!
//! A [`Program`] scores a [`Sheet`] without building its explanation; a [`Trace`] says which line of a leaf decided over
//! what, and [`Program::explain`] gives the whole reason of a leaf when somebody asks. Results are those of
//! [`Plan::evaluate`](super::Plan::evaluate), exactly.

mod blocks;
mod compile;
mod index;
mod intake;
mod lane;
mod lanes;
mod program;
mod rule;
mod scores;
mod sheet;

pub use blocks::ByBlock;
pub use index::QuickIndex;
pub use intake::{Filling, Intake, Written};
pub use program::Program;
pub use scores::{Line, Outcome, Scores, Trace, Traces};
pub use sheet::Sheet;
