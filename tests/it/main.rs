//! What each room promises, tried from outside.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop at the first surprise"
)]

mod import;
mod language;
mod number;
mod script;
mod submission;
mod tidy;
mod watch;
