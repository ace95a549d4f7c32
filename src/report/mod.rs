//! Results for people: explanations, score tables, rankings and the appendix, as plain text.
//!
//! Every output begins with its labels: what is reconstructed, invented, left out or made up is said on each.

pub mod against;
mod aggregates;
mod appendix;
mod awaiting;
mod blocks;
mod changes;
mod explanation;
mod frame;
mod general;
pub mod history;
mod grading;
mod labels;
mod outside;
mod own;
pub mod published;
mod ranking;
mod round;
mod scorecard;
mod sources;
mod split;
mod survey;
mod table;
mod trial;
mod weakest;
pub mod words;

pub use appendix::appendix;
pub use blocks::other_blocks;
pub use explanation::{explain, leaf};
pub use frame::{counted, lower, stated as stated_counts};
pub use general::general_rules;
pub use labels::{labels, labels_of, labels_with, ranking_labels};
pub use ranking::ranking;
pub use round::{late, level_name};
pub use scorecard::scorecard;
pub use split::split;
pub use trial::trial;
pub use words::Context;
