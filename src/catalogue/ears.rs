//! Hears the operating system's events about directories: the home of notify and its debouncer.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;
use std::time::Duration;

use notify_debouncer_full::notify::event::ModifyKind;
use notify_debouncer_full::notify::{Config, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};

use super::contents::{Contents, Scope};
use super::watch::WatchError;

/// Something other than a reading happened in a watched directory.
#[derive(Debug)]
pub(super) enum Tick {
    /// These entries may have come, gone or been replaced; any other event names none.
    Entries(Vec<PathBuf>),
    /// Events were lost.
    Trouble,
}

impl Tick {
    fn of(result: DebounceEventResult) -> Option<Tick> {
        let Ok(mut events) = result else {
            return Some(Tick::Trouble);
        };
        // Our own readings are Access events: to heed them would be to rescan for ever.
        events.retain(|event| !matches!(event.kind, EventKind::Access(_)));
        if events.is_empty() {
            return None;
        }
        if events.iter().any(|event| event.need_rescan()) {
            return Some(Tick::Trouble);
        }
        events.retain(|event| !matches!(event.kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_))));
        let entries = events.into_iter().flat_map(|event| event.event.paths);
        Some(Tick::Entries(entries.collect()))
    }
}

/// The watches that are set, one to a directory and none to a file: a saved file is often another file.
#[derive(Debug)]
pub(super) struct Ears {
    debouncer: Debouncer<RecommendedWatcher, NoCache>,
    // Invariant: paths without links, so that an event's path compares with them.
    armed: BTreeSet<PathBuf>,
    /// The directories that cannot be watched, and why.
    pub(super) refused: BTreeMap<PathBuf, String>,
}

impl Ears {
    pub(super) fn new(sender: SyncSender<Tick>, debounce: Duration) -> Result<Ears, WatchError> {
        let tell = move |result: DebounceEventResult| {
            if let Some(tick) = Tick::of(result) {
                // Full: a rescan is due anyway. Gone: nobody listens.
                let _ = sender.try_send(tick);
            }
        };
        let debouncer = new_debouncer_opt(debounce, None, tell, NoCache, Config::default());
        Ok(Ears {
            debouncer: debouncer.map_err(|error| WatchError::Start { reason: error.to_string() })?,
            armed: BTreeSet::new(),
            refused: BTreeMap::new(),
        })
    }

    /// Reads the scope, watching each directory before it is read and none that no longer matters.
    pub(super) fn read(&mut self, scope: &Scope) -> Contents {
        let mut entered = BTreeSet::new();
        self.refused.clear();
        let contents = scope.read(&mut |directory| {
            if entered.insert(directory.to_path_buf()) {
                self.arm(directory);
            }
        });
        for directory in self.armed.difference(&entered) {
            let _ = self.debouncer.unwatch(directory);
        }
        self.armed.retain(|directory| entered.contains(directory));
        contents
    }

    /// Begins all watches again at the next reading.
    pub(super) fn forget_all(&mut self) {
        self.armed.clear();
    }

    fn arm(&mut self, directory: &Path) {
        if self.armed.contains(directory) {
            return;
        }
        // The path may have stood for another directory, whose watch would shadow the new one.
        let _ = self.debouncer.unwatch(directory);
        match self.debouncer.watch(directory, RecursiveMode::NonRecursive) {
            Ok(()) => {
                self.armed.insert(directory.to_path_buf());
            }
            Err(error) => {
                self.refused.insert(directory.to_path_buf(), error.to_string());
            }
        }
    }

    /// Directories that were made again under the same name have no watch: the next reading sets one.
    pub(super) fn forget(&mut self, tick: &Tick) {
        match tick {
            Tick::Trouble => self.forget_all(),
            Tick::Entries(entries) => {
                self.armed.retain(|directory| !entries.iter().any(|entry| directory.starts_with(entry)));
            }
        }
    }
}
