//! Tells when the content of files on disk changes: directories watched, digests compared, a slow poll behind.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::contents::{Contents, Scope};
use super::ears::{Ears, Tick};

/// Shorter than this, the debouncer and the poll would keep a core busy.
const SHORTEST: Duration = Duration::from_millis(10);

/// Longer than this, an instant plus the time might not be an instant.
const LONGEST: Duration = Duration::from_hours(24);

/// Ticks that may wait for us; more are dropped, because one is enough to read everything again.
const MOST_TICKS: usize = 256;

/// Watches files and folders, and tells when the content of a file differs, appears or vanishes.
#[derive(Debug)]
pub struct Watcher {
    scope: Scope,
    ears: Ears,
    ticks: Receiver<Tick>,
    contents: Contents,
    debounce: Duration,
    poll: Duration,
    next_poll: Instant,
}

/// How quickly a [`Watcher`] tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How long to wait after an event for those that belong to it; 10 ms to a day.
    pub debounce: Duration,
    /// How often to read everything although no event came; 10 ms to a day.
    pub poll: Duration,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { debounce: Duration::from_millis(75), poll: Duration::from_secs(2) }
    }
}

/// Why watching could not begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WatchError {
    /// There is no file or folder to watch.
    NoRoots,
    /// A file or folder was named by an empty path.
    EmptyPath,
    /// The operating system gives no events.
    Start {
        /// What the operating system said.
        reason: String,
    },
}

impl Display for WatchError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            WatchError::NoRoots => f.write_str("no file or folder to watch"),
            WatchError::EmptyPath => f.write_str("the path of a file or folder to watch is empty"),
            WatchError::Start { reason } => write!(f, "cannot watch for changes: {reason}"),
        }
    }
}

impl Error for WatchError {}

/// The files whose content differs from the last time they were told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Sorted; each begins with the root as it was given, and may have changed, appeared or vanished.
    pub paths: Vec<PathBuf>,
}

impl Watcher {
    /// Watches `roots`: a file by its name, a folder for the files in it (down to 16 levels, entries
    /// that begin with a dot left out) that have one of `extensions`. A root need not exist yet.
    /// The content at this moment is what the first [`Change`] differs from.
    pub fn new(roots: &[PathBuf], extensions: &[&str], settings: Settings) -> Result<Watcher, WatchError> {
        if roots.is_empty() {
            return Err(WatchError::NoRoots);
        }
        if roots.iter().any(|root| root.as_os_str().is_empty()) {
            return Err(WatchError::EmptyPath);
        }
        let (sender, ticks) = sync_channel(MOST_TICKS);
        let scope = Scope::new(roots, extensions);
        let debounce = settings.debounce.clamp(SHORTEST, LONGEST);
        let mut ears = Ears::new(sender, debounce)?;
        let contents = ears.read(&scope);
        let poll = settings.poll.clamp(SHORTEST, LONGEST);
        Ok(Watcher { scope, ears, ticks, contents, debounce, poll, next_poll: Instant::now() + poll })
    }

    /// Waits until the content of a file differs, or until `timeout` has passed.
    pub fn wait(&mut self, timeout: Option<Duration>) -> Option<Change> {
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            let until = deadline.map_or(self.next_poll, |deadline| deadline.min(self.next_poll));
            let is_told = self.listen(until.saturating_duration_since(Instant::now()));
            let is_poll = self.next_poll <= Instant::now();
            if is_told || is_poll {
                let change = self.rescan();
                if is_poll {
                    self.next_poll = Instant::now() + self.poll;
                    if change.is_some() && !is_told {
                        // No event announced it, so some watch is deaf: begin them all again.
                        self.ears.forget_all();
                    }
                }
                if change.is_some() {
                    // The debouncer drops a creation and the removal soon after it, though we may have
                    // read in between: look again when both would be past.
                    let again = Instant::now() + self.debounce * 2;
                    self.next_poll = self.next_poll.min(again);
                    return change;
                }
            }
            if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                return None;
            }
        }
    }

    /// The directories that gave no events when last tried, and why: only the poll sees a change there.
    pub fn only_polled(&self) -> &BTreeMap<PathBuf, String> {
        &self.ears.refused
    }

    /// Whether an event came within `patience`.
    fn listen(&mut self, patience: Duration) -> bool {
        match self.ticks.recv_timeout(patience) {
            Ok(tick) => {
                self.ears.forget(&tick);
                while let Ok(tick) = self.ticks.try_recv() {
                    self.ears.forget(&tick);
                }
                true
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => {
                // The debouncer is gone; the poll is not.
                thread::sleep(patience);
                false
            }
        }
    }

    fn rescan(&mut self) -> Option<Change> {
        let later = self.ears.read(&self.scope);
        let paths = self.contents.differing(&later);
        self.contents = later;
        (!paths.is_empty()).then_some(Change { paths })
    }
}
