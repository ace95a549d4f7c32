//! `score`: the score table of every unit.

use std::path::PathBuf;

use super::exit::Ended;
use super::which::{self, Against, Among};
use super::{Manner, output};
use crate::report::{self, Context};
use crate::wire;

/// What `score` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Hồ sơ (.json, .toml, .csv) hoặc thư mục hồ sơ · Submissions (.json, .toml, .csv) or folders of them
    #[arg(required = true)]
    submissions: Vec<PathBuf>,
    #[command(flatten)]
    against: Against,
    #[command(flatten)]
    among: Among,
}

pub(super) fn run(arguments: &Arguments, manner: Manner) -> Ended {
    let mut sheets = arguments.among.read(&arguments.submissions, &arguments.against, manner);
    let compared = arguments.among.bring(&mut sheets, &arguments.against, manner);
    let spoken = which::spoken(&sheets, manner);
    let mut texts = Vec::new();
    let mut cards = Vec::new();
    for round in &sheets.rounds {
        let ruleset = round.plan.ruleset();
        let context = Context { ruleset, sources: &round.sources, language: manner.language(ruleset.language) };
        let read = ruleset.spoken(context.language);
        for card in which::scorecards(round, manner) {
            if manner.json {
                cards.push(wire::Scorecard::new(&context, &card, None));
            } else {
                texts.push(report::scorecard(&Context { ruleset: &read, ..context }, &card));
            }
        }
    }
    if manner.json {
        output::data(&wire::write(&wire::Scorecards::new(cards, which::findings(&sheets, spoken))))?;
    } else {
        output::data(&texts.join("\n"))?;
    }
    Ok(which::exit(&sheets).max(compared))
}
