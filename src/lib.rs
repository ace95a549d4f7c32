//! tieuchi
pub mod script;
