//! What each room promises, tried from outside.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod cli;
mod language;
mod number;
mod script;
mod watch;
