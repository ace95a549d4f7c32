//! Rulesets on disk, live.

mod contents;
mod ears;
mod files;
mod find;
mod load;
mod watch;

pub use files::{Unreadable, Why, files};
pub use find::find;
pub use load::{EXTENSION, File, Loaded, Trial, load, text};
pub use watch::{Change, Settings, WatchError, Watcher};
