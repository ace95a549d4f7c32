//! tieuchi
