//! What each room promises, tried from outside.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod around;
mod blocks;
mod bonus;
mod bulk;
mod bulk_apart;
mod bulk_short;
mod chain;
mod cli;
mod composed;
mod deadline;
mod edges;
mod firmness;
mod follow_on;
mod forms;
mod gates;
mod general;
mod grading;
mod import;
mod inheritance;
mod language;
mod laws;
mod limits;
mod lowered;
mod mutations;
mod naive;
mod number;
mod pairing;
mod printed;
mod proofs;
mod published;
mod quick;
mod quick_drawn;
mod registers;
mod round;
mod rows;
mod scoring;
mod script;
mod shared;
mod shares;
mod sheet_pages;
mod shipped;
mod sourced;
mod slips;
mod split;
mod steps;
mod submission;
mod survey;
mod support;
mod survey_held;
mod tidy;
mod transcripts;
mod twin;
mod unit_pages;
mod units;
mod watch;
mod whole;
mod wordings;
