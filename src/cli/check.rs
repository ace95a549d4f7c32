//! `check`: what is wrong with rulesets, and what the sound ones are.

use std::path::PathBuf;

use super::exit::{Ended, Exit};
use super::live::{self, Look, Watch};
use super::{Manner, output, summary};
use crate::catalogue::{EXTENSION, Loaded, Trial, load};
use crate::diagnostic::Severity;
use crate::wire;

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Tệp hoặc thư mục bộ tiêu chí · Files or folders of rulesets
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Không chạy các ví dụ · Do not run the examples
    #[arg(long)]
    no_trial: bool,
    #[command(flatten)]
    watch: Watch,
}

pub(super) fn run(arguments: &Arguments, manner: Manner) -> Ended {
    live::run(arguments.watch, manner, &arguments.paths, &[EXTENSION], &mut || look(arguments, manner))
}

fn look(arguments: &Arguments, manner: Manner) -> Look {
    let trial = if arguments.no_trial { Trial::Skip } else { Trial::Run };
    let loaded = load(&arguments.paths, trial);
    output::say_unreadable(&loaded.unreadable, manner.own());
    let exit = if !loaded.unreadable.is_empty() {
        Exit::Unreadable
    } else if loaded.any_error() {
        Exit::Findings
    } else {
        Exit::Done
    };
    let text = if manner.json { json(&loaded, manner) } else { text(&loaded, manner) };
    // In JSON every look is a whole document: nothing is shown twice.
    let good = (exit == Exit::Done && !manner.json).then(|| summaries(&loaded, manner));
    let below = loaded.below;
    Look { text, exit, good, below }
}

fn text(loaded: &Loaded, manner: Manner) -> String {
    let mut text = String::new();
    for file in &loaded.files {
        let found = output::findings(&file.findings, &loaded.sources, manner.language(file.language));
        if !found.is_empty() {
            text.push_str(&found);
            text.push('\n');
        }
    }
    text.push_str(&summaries(loaded, manner));
    text.push_str(&totals(loaded, manner));
    text
}

fn summaries(loaded: &Loaded, manner: Manner) -> String {
    let mut text = String::new();
    for ruleset in loaded.rulesets() {
        text.push_str(&summary::text(ruleset, manner.language(ruleset.language)));
        text.push('\n');
    }
    text
}

/// The last line: how many sets, errors and warnings.
fn totals(loaded: &Loaded, manner: Manner) -> String {
    let weigh = |severity: Severity| {
        let findings = loaded.files.iter().flat_map(|file| &file.findings);
        findings.filter(|finding| finding.severity() == severity).count()
    };
    let (errors, warnings) = (weigh(Severity::Error), weigh(Severity::Warning));
    let sound = loaded.rulesets().count();
    // One file speaks for itself; several share no language, so ours is used.
    let language = match loaded.files.as_slice() {
        [file] => manner.language(file.language),
        _ => manner.own(),
    };
    let files = loaded.files.len();
    language.pick(
        format!("{files} tệp, {sound} bộ tiêu chí dùng được: {errors} lỗi, {warnings} cảnh báo\n"),
        format!("files: {files}, sound rulesets: {sound}, errors: {errors}, warnings: {warnings}\n"),
    )
}

fn json(loaded: &Loaded, manner: Manner) -> String {
    let sets = loaded.rulesets().map(|ruleset| wire::Summary::new(ruleset, &loaded.sources)).collect();
    let mut findings = Vec::new();
    for file in &loaded.files {
        let language = manner.language(file.language);
        findings.extend(file.findings.iter().map(|found| wire::Finding::new(found, &loaded.sources, language)));
    }
    let unread = loaded.unreadable.iter();
    let unread = unread
        .map(|path| wire::Unread::new(path.path.display().to_string(), output::unreadable(path, manner.own())))
        .collect();
    wire::write(&wire::Checked::new(sets, findings, unread))
}
