//! What each room promises, tried from outside.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod language;
mod limits;
mod number;
mod script;
mod watch;
