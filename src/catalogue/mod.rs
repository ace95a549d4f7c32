//! Rulesets on disk, live.

mod archived;
mod contents;
mod ears;
mod files;
mod find;
mod load;
mod previous;
mod published;
mod sheets;
mod surveys;
mod tables;
mod shelf;
mod surroundings;
mod texts;
mod units;
mod watch;

pub use files::{Unreadable, Why};
pub use find::find;
pub use load::{EXTENSION, File, Loaded, Trial, load};
pub use previous::{called, not_there, previous};
pub use published::{PublishedTables, published};
pub use sheets::{Home, Round, SHEET_EXTENSIONS, Sheets, sheets};
pub use shelf::{Named, named_edition};
pub use surroundings::{Beside, surround};
pub use surveys::SURVEY_EXTENSIONS;
pub use texts::{TextFile, Texts, text_of, texts};
pub use units::UNIT_EXTENSIONS;
pub use watch::{Change, Settings, WatchError, Watcher};
