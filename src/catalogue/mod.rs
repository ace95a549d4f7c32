//! Rulesets on disk, live.

mod contents;
mod ears;
mod watch;

pub use watch::{Change, Settings, WatchError, Watcher};
