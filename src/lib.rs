//! tieuchi

pub mod analysis;
pub mod catalogue;
pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod import;
pub mod language;
pub mod number;
pub mod report;
pub mod ruleset;
pub mod script;
pub mod submission;
pub mod trial;
pub mod wire;
