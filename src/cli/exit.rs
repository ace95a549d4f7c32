//! How a command ends.

use std::process::ExitCode;

/// How a command ends; the worst of several counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// Done, without an error.
    Done,
    /// A ruleset or a submission has an error.
    Findings,
    /// The command was called wrongly.
    Usage,
    /// Something could not be read.
    Unreadable,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Unreadable => 3,
        })
    }
}

/// What a command gives: its end, or an output that failed.
pub(super) type Ended = std::io::Result<Exit>;
