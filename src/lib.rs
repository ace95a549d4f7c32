//! tieuchi

pub mod catalogue;
pub mod number;
