//! `rank`: the units of a folder or a file in order.

use std::path::PathBuf;

use super::earlier::{self, Earlier};
use super::exit::{Ended, Exit};
use super::live::{self, Look, Watch};
use super::which::{self, Against};
use super::{Manner, output};
use crate::analysis::changes::Before;
use crate::analysis::ranking::{Ranking, rank};
use crate::analysis::round::Cards;
use crate::catalogue::{self, EXTENSION, Home, Round, SHEET_EXTENSIONS, Sheets};
use crate::diagnostic::{Say, any_error, nearest};
use crate::language::fold;
use crate::report::{self, Context};
use crate::wire;

/// What `rank` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Thư mục hồ sơ, hoặc một tệp có nhiều đơn vị · A folder of submissions, or a file of several units
    #[arg(required = true)]
    submissions: Vec<PathBuf>,
    #[command(flatten)]
    against: Against,
    /// Giải thích thêm điểm của đơn vị này, dưới bảng · Explain this unit's score too, below the table
    #[arg(long, value_name = "UNIT")]
    explain: Option<String>,
    /// Kết quả năm trước của cùng chỉ số (`rank --json`, hoặc .csv có hạng), để so · Last year's results of the same index
    /// (`rank --json`, or .csv with places), to compare with
    #[arg(long, value_name = "FILE")]
    previous: Vec<PathBuf>,
    #[command(flatten)]
    earlier: Earlier,
    #[command(flatten)]
    watch: Watch,
}

pub(super) fn run(arguments: &Arguments, manner: Manner) -> Ended {
    let mut roots = arguments.submissions.clone();
    roots.extend(arguments.against.beside());
    roots.extend(arguments.previous.iter().cloned().chain(arguments.earlier.paths()));
    roots.push(match arguments.against.home() {
        Home::File(path) | Home::Folder(path) => path,
    });
    let extensions: Vec<&str> = SHEET_EXTENSIONS.iter().copied().chain([EXTENSION]).collect();
    // What stays when a later look is not good; in JSON it carries the new findings.
    let (mut last, mut cards) = (None, Cards::default());
    live::run(arguments.watch, manner, &roots, &extensions, &mut || look(arguments, manner, &mut last, &mut cards))
}

type Last = Option<(Ranking, Round)>;

fn look(arguments: &Arguments, manner: Manner, last: &mut Last, cards: &mut Cards) -> Look {
    let mut sheets = arguments.against.read(&arguments.submissions, manner);
    let exit = which::exit(&sheets);
    let (previous, mut ended) = match published(arguments, &mut sheets, manner) {
        Ok(previous) => (previous, Exit::Done),
        Err(why) => (None, why),
    };
    if sheets.rounds.len() > 1 {
        let names: Vec<String> = sheets.rounds.iter().map(|round| round.plan.ruleset().name()).collect();
        output::say(&manner.own().pick(
            format!("hồ sơ thuộc nhiều bộ tiêu chí, không xếp hạng chung được: {}", names.join(", ")),
            format!("the submissions are for several rulesets and cannot be ranked together: {}", names.join(", ")),
        ));
        return Look {
            text: String::new(),
            exit: exit.max(ended).max(Exit::Findings),
            good: None,
            below: sheets.below,
        };
    }
    let mut then = Vec::new();
    let fresh = sheets.rounds.pop().map(|mut round| {
        if exit == Exit::Done {
            which::among_themselves(&mut round);
        }
        let cards = if arguments.watch.watch {
            cards.of(&round.plan, &round.sources, &round.context, &round.submissions)
        } else {
            which::scorecards(&round, manner)
        };
        let mut ranking = rank(round.plan.ruleset(), cards);
        ranking.not_assessed.extend(round.aside.iter().cloned());
        if let Some(previous) = &previous {
            ranking.against(round.plan.ruleset(), previous);
        }
        if exit == Exit::Done {
            match arguments.earlier.read(&arguments.against, &round, &sheets, &mut then, manner) {
                Ok(Some(before)) => {
                    earlier::hold(&mut ranking, &round, &before, !arguments.previous.is_empty(), manner);
                }
                Ok(None) => {}
                Err(why) => ended = ended.max(why),
            }
        } else if arguments.earlier.is_asked() {
            output::say(manner.language(round.plan.ruleset().language).pick(
                "đợt này còn lỗi nên chưa so với hồ sơ năm trước",
                "this round has errors, so it is not held against last year's sheets",
            ));
        }
        if let Some(roll) = &round.roll {
            ranking.over(round.plan.ruleset(), roll);
        }
        (ranking, round)
    });
    let shown = match fresh {
        Some(fresh) if exit == Exit::Done => {
            if arguments.earlier.split_csv {
                let text = fresh.0.splits.as_ref().map(wire::split_csv).unwrap_or_default();
                // A table has no room above its rows for what must be known before any number.
                for label in labels(&fresh, manner) {
                    output::say(&format!("! {label}"));
                }
                let exit = if explained(&fresh, arguments, manner).is_some() { exit.max(ended) } else { Exit::Usage };
                return Look { good: Some(text.clone()), text, exit, below: sheets.below };
            }
            let mut text = text(&fresh, (&sheets, &then), manner);
            let explained = explained(&fresh, arguments, manner);
            let exit = if explained.is_some() { exit.max(ended) } else { Exit::Usage };
            text.push_str(&explained.unwrap_or_default());
            *last = Some(fresh);
            return Look { good: Some(text.clone()), text, exit, below: sheets.below };
        }
        // A ranking from which a unit is missing would give the others false places.
        _ if last.is_some() && manner.json => last.as_ref().map(|last| text(last, (&sheets, &then), manner)),
        _ if last.is_some() => None,
        fresh => fresh.map(|fresh| partial(&fresh, (&sheets, &then), manner)),
    };
    let text = shown.unwrap_or_default();
    let exit = exit.max(ended);
    // In JSON the last good ranking is already in the text, with the new findings.
    let good = (manner.json && last.is_some()).then(|| text.clone());
    Look { text, exit, good, below: sheets.below }
}

/// Last year's results as published; what is wrong with them is said, and that nothing is compared with them then.
fn published(arguments: &Arguments, sheets: &mut Sheets, manner: Manner) -> Result<Option<Before>, Exit> {
    let (findings, unreadable) = (sheets.findings.len(), sheets.unreadable.len());
    let previous = catalogue::previous(&arguments.previous, sheets);
    which::say_since(sheets, (findings, unreadable), manner);
    let unread = sheets.unreadable.len() > unreadable;
    let wrong = any_error(sheets.findings.get(findings..).unwrap_or_default());
    if !unread && !wrong {
        return Ok(previous);
    }
    output::say(which::spoken(sheets, manner).pick(
        "kết quả năm trước có lỗi nên không so với năm trước",
        "last year's results have errors, so nothing is compared with them",
    ));
    Err(if unread { Exit::Unreadable } else { Exit::Findings })
}

/// The explanation asked for besides the table, or nothing if there is no such unit; the table in JSON stands alone.
fn explained((ranking, round): &(Ranking, Round), arguments: &Arguments, manner: Manner) -> Option<String> {
    let Some(unit) = arguments.explain.as_ref().filter(|_| !manner.json) else { return Some(String::new()) };
    let ruleset = round.plan.ruleset();
    let context = Context { ruleset, sources: &round.sources, language: manner.language(ruleset.language) };
    if let Some(row) = ranking.rows.iter().find(|row| fold(&row.card.unit) == fold(unit)) {
        let read = ruleset.spoken(context.language);
        let mut text = format!("\n{}", report::explain(&Context { ruleset: &read, ..context }, &row.card, None));
        if let Some(splits) = &ranking.splits {
            text.push_str(&format!("\n{}", report::split(&context, splits, &row.card.unit)));
        }
        return Some(text);
    }
    let near = nearest(unit, ranking.rows.iter().map(|row| row.card.unit.as_str()), fold).say(context.language);
    output::say(&context.pick(format!("không có đơn vị `{unit}`{near}"), format!("there is no unit `{unit}`{near}")));
    None
}

/// The ranking of what is sound, and a word on what is not in it.
fn partial(fresh: &(Ranking, Round), found: (&Sheets, &[wire::Finding]), manner: Manner) -> String {
    let language = manner.language(fresh.1.plan.ruleset().language);
    which::say_partial(found.0, language);
    which::say_not_compared(&fresh.1, language);
    text(fresh, found, manner)
}

fn labels((ranking, round): &(Ranking, Round), manner: Manner) -> Vec<String> {
    let ruleset = round.plan.ruleset();
    let context = Context { ruleset, sources: &round.sources, language: manner.language(ruleset.language) };
    report::ranking_labels(&context, ranking)
}

/// The ranking; in JSON with what was found in this year's sheets, and then in last year's.
fn text((ranking, round): &(Ranking, Round), (sheets, then): (&Sheets, &[wire::Finding]), manner: Manner) -> String {
    let ruleset = round.plan.ruleset();
    let language = manner.language(ruleset.language);
    let context = Context { ruleset, sources: &round.sources, language };
    if !manner.json {
        return report::ranking(&context, ranking);
    }
    let labels = report::ranking_labels(&context, ranking);
    let mut findings = which::findings(sheets, language);
    findings.extend_from_slice(then);
    wire::write(&wire::Ranking::new(ruleset, ranking, labels, findings))
}
