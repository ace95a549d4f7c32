//! The quick way through a plan: leaves over machine words, with the exact rungs behind every step that does not fit.
//!
//! A [`Program`] scores a [`Sheet`] without building its explanation; what a leaf came to says which line decided, and
//! [`Program::explain`] gives the whole reason of a leaf when somebody asks. Results are those of
//! [`Plan::evaluate`](super::Plan::evaluate), exactly.

mod compile;
mod index;
mod program;
mod rule;
mod sheet;

pub use index::QuickIndex;
pub use program::{Outcome, Program, Trace};
pub use sheet::Sheet;
