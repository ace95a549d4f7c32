//! `explain`: where a unit's points come from, leaf by leaf.

use std::path::PathBuf;

use super::exit::{Ended, Exit};
use super::which::{self, Against, Among};
use super::{Manner, output};
use crate::diagnostic::{Say, nearest};
use crate::language::fold;
use crate::report::{self, Context};
use crate::wire;

/// What `explain` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Hồ sơ · The submission
    submission: PathBuf,
    /// Mã của một mục; nếu không nói: mọi mục · The code of a head; else all of them
    code: Option<String>,
    /// Chỉ đơn vị này, khi tệp có nhiều đơn vị · This unit only, when the file has several
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    #[command(flatten)]
    against: Against,
    #[command(flatten)]
    among: Among,
}

pub(super) fn run(arguments: &Arguments, manner: Manner) -> Ended {
    let mut sheets = arguments.among.read(std::slice::from_ref(&arguments.submission), &arguments.against, manner);
    let compared = arguments.among.bring(&mut sheets, &arguments.against, manner);
    let spoken = which::spoken(&sheets, manner);
    let mut texts = Vec::new();
    let mut cards = Vec::new();
    let mut units = Vec::new();
    for round in &sheets.rounds {
        let ruleset = round.plan.ruleset();
        let context = Context { ruleset, sources: &round.sources, language: manner.language(ruleset.language) };
        let read = ruleset.spoken(context.language);
        let only = match arguments.code.as_deref().map(|code| which::head(ruleset, code, manner)).transpose() {
            Ok(only) => only,
            Err(exit) => return Ok(exit),
        };
        for card in which::scorecards(round, manner) {
            units.push(card.unit.clone());
            if arguments.unit.as_ref().is_some_and(|unit| fold(unit) != fold(&card.unit)) {
                continue;
            }
            if manner.json {
                cards.push(wire::Scorecard::new(&context, &card, only));
            } else {
                texts.push(report::explain(&Context { ruleset: &read, ..context }, &card, only));
            }
        }
    }
    if let Some(unit) = &arguments.unit
        && texts.is_empty()
        && cards.is_empty()
        && !units.is_empty()
    {
        let near = nearest(unit, units.iter().map(String::as_str), fold).say(spoken);
        output::say(
            &spoken.pick(format!("tệp không có đơn vị `{unit}`{near}"), format!("the file has no unit `{unit}`{near}")),
        );
        return Ok(Exit::Usage);
    }
    if manner.json {
        output::data(&wire::write(&wire::Scorecards::new(cards, which::findings(&sheets, spoken))))?;
    } else {
        output::data(&texts.join("\n"))?;
    }
    Ok(which::exit(&sheets).max(compared))
}
