//! Scoring: a plan from a checked ruleset, scorecards from submissions, with the explanation as the return value.

mod aggregate;
mod answers;
mod assess;
mod awaiting;
mod block;
mod cohort;
mod context;
mod derived;
mod gates;
mod grading;
mod indices;
mod outside;
mod own;
mod plan;
pub mod quick;
mod reason;
mod scorecard;
mod scoring;
mod value;

pub use awaiting::Awaits;
pub use block::Unranked;
pub use cohort::Cohort;
pub use context::Context;
pub use derived::{Absent, Among, Derived, Found, RowPart, Source};
pub use grading::{Fell, Grading, Held, before_outside, grade, graded, lowered};
pub use indices::{IndexLabel, IndexResult, Indices, NoResult};
pub use outside::{Counted, Outside};
pub use own::OwnScore;
pub use plan::{Plan, Shares, used_figures};
pub use reason::{
    Awaited, Chosen, Cliff, Cut, Decided, Failure, Gated, Item, LackingCell, Reason, RowCame, RowScore, Rows, Step,
    Tested, Tried, Working,
};
pub use scorecard::{Assessed, HeadScore, Index, LeafScore, Scorecard, Status, Total};
