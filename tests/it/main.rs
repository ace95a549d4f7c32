//! The integration tests, one binary.

mod script;
