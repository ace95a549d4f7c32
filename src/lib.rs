//! tieuchi

pub mod number;
