//! Prints what a folder of submissions scores, and how they rank, as JSON: text to keep and to compare.
//!
//! `cargo run --example snapshot -- rulesets/vn/par-index/tinh/2012.tieuchi rulesets/vn/par-index/tinh/examples/2012`
//! A test of your own crate calls [`outcome`] and hands the text to `insta::assert_snapshot!` (docs/guides/testers.md).

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tieuchi::analysis::ranking::rank;
use tieuchi::catalogue::{Home, Round, sheets};
use tieuchi::diagnostic::{Colour, Language, render};
use tieuchi::report::{Context, labels};
use tieuchi::wire;

fn main() -> ExitCode {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [ruleset, submissions] = paths.as_slice() else {
        eprintln!("usage: snapshot <RULESET.tieuchi> <SUBMISSIONS>");
        return ExitCode::from(2);
    };
    match outcome(ruleset, submissions) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

// begin: quoted in docs/guides/testers.md
/// The ranking and every scorecard of a folder of submissions, as the JSON that `rank --json` and `score --json` print.
pub fn outcome(ruleset: &Path, submissions: &Path) -> Result<String, String> {
    // The set is read, checked, and tried by its own examples; then the submissions are brought to it.
    let read = sheets(&[submissions.to_path_buf()], &Home::File(ruleset.to_path_buf()), &[], &mut |_, _| ());
    if let Some(path) = read.unreadable.first() {
        return Err(format!("{}: {:?}", path.path.display(), path.why));
    }
    if let Some((file, sources)) = read.broken.first() {
        return Err(render(&file.findings, sources, file.language, Colour::Never));
    }
    if read.any_error() {
        return Err(render(&read.findings, &read.sources, Language::English, Colour::Never));
    }
    let [Round { plan, sources, submissions, context: around, .. }] = read.rounds.as_slice() else {
        return Err("no submissions".to_owned());
    };
    let set = plan.ruleset();
    let context = Context { ruleset: set, sources, language: set.language };
    let cards: Vec<_> = submissions.iter().map(|submission| plan.evaluate(submission, around)).collect();
    let scorecards = cards.iter().map(|card| wire::Scorecard::new(&context, card, None)).collect();
    let scorecards = wire::write(&wire::Scorecards::new(scorecards, Vec::new()));
    let ranking = rank(set, cards);
    let labels = labels(&context, ranking.is_synthetic());
    let ranking = wire::write(&wire::Ranking::new(set, &ranking, labels, Vec::new()));
    Ok(format!("{ranking}{scorecards}"))
}
// end
