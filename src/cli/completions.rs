//! `completions`: a script that completes commands in a shell.

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::exit::{Ended, Exit};
use super::output;

/// What `completions` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Trình bao · The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Ended {
    let mut script = Vec::new();
    generate(arguments.shell, &mut super::Arguments::command(), "tieuchi", &mut script);
    output::data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
