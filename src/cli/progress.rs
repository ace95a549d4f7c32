//! A progress bar for work that takes more than a second, on a terminal only.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// The progress of one piece of work.
pub(super) struct Progress {
    begun: Instant,
    label: &'static str,
    bar: Option<ProgressBar>,
    terminal: bool,
}

impl Progress {
    /// The progress of a part of work that began then.
    pub(super) fn new(label: &'static str, begun: Instant) -> Self {
        Self { begun, label, bar: None, terminal: stderr().is_terminal() }
    }

    /// So much of so much is done.
    pub(super) fn tell(&mut self, done: usize, all: usize) {
        if !self.terminal || (self.bar.is_none() && self.begun.elapsed() < PATIENCE) {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::new(0).with_message(self.label);
            let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
            style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style))
        });
        bar.set_length(u64::try_from(all).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
