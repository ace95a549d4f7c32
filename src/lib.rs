//! tieuchi

pub mod catalogue;
