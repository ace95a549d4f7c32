//! tieuchi

pub mod catalogue;
pub mod diagnostic;
pub mod import;
pub mod language;
pub mod number;
pub mod ruleset;
pub mod script;
pub mod submission;
pub mod wire;
