//! `published`: results as published, and what of them can be recomputed.

use std::path::PathBuf;

use super::exit::{Ended, Exit};
use super::{Manner, output};
use crate::catalogue::{self, PublishedTables};
use crate::diagnostic::{Say, any_error, nearest};
use crate::language::fold;
use crate::published::{Who, check};
use crate::report::published::{self as report, Index};
use crate::wire;

/// What `published` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Thư mục (các tệp `published/<năm>.csv` bên dưới) hoặc tệp · Folders (files `published/<year>.csv` below) or files
    #[arg(default_value = "rulesets")]
    paths: Vec<PathBuf>,
    /// Bảng của một năm · The table of a year
    #[arg(long, value_name = "YEAR")]
    year: Option<u16>,
    /// Một đơn vị qua các năm · One unit through the years
    #[arg(long, value_name = "UNIT", conflicts_with = "year")]
    unit: Option<String>,
    /// In mọi điều đã tính lại, kể cả điều khớp · Print everything recomputed, what agrees too
    #[arg(long)]
    all: bool,
}

pub(super) fn run(arguments: &Arguments, manner: Manner) -> Ended {
    let language = manner.own();
    let tables = catalogue::published(&arguments.paths);
    output::say_unreadable(&tables.unreadable, language);
    if !tables.findings.is_empty() {
        output::say(&output::findings(&tables.findings, &tables.sources, language));
    }
    let exit = if !tables.unreadable.is_empty() {
        Exit::Unreadable
    } else if any_error(&tables.findings) {
        Exit::Findings
    } else {
        Exit::Done
    };
    let indices: Vec<Index<'_>> =
        tables.series.iter().map(|series| Index { name: &series.index, rounds: check(series) }).collect();
    if let Some(problem) = absent(arguments, &indices, manner) {
        output::say(&problem);
        return Ok(exit.max(Exit::Usage));
    }
    output::data(&text(arguments, &tables, &indices, manner))?;
    Ok(exit)
}

/// A year or a unit that nothing is published of.
fn absent(arguments: &Arguments, indices: &[Index<'_>], manner: Manner) -> Option<String> {
    let language = manner.own();
    let rounds = || indices.iter().flat_map(|index| &index.rounds);
    if let Some(year) = arguments.year
        && !rounds().any(|round| round.year == year)
    {
        let mut years: Vec<u16> = rounds().map(|round| round.year).collect();
        years.sort_unstable();
        years.dedup();
        let years = years.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        return Some(language.pick(
            format!("không có kết quả công bố năm {year}; có các năm: {years}"),
            format!("nothing is published of {year}; there are {years}"),
        ));
    }
    let unit = arguments.unit.as_ref()?;
    if rounds().any(|round| round.round.units().contains_key(&fold(unit))) {
        return None;
    }
    let names = rounds().flat_map(|round| round.round.lines()).filter_map(|line| match &line.who {
        Who::Unit(name) => Some(name.as_str()),
        Who::Whole(_) => None,
    });
    let near = nearest(unit, names, fold).say(language);
    Some(language.pick(
        format!("không có kết quả công bố của `{unit}`{near}"),
        format!("nothing is published of `{unit}`{near}"),
    ))
}

fn text(arguments: &Arguments, tables: &PublishedTables, indices: &[Index<'_>], manner: Manner) -> String {
    let language = manner.own();
    if manner.json {
        let findings = tables.findings.iter().map(|one| wire::Finding::new(one, &tables.sources, language)).collect();
        let wanted = |round: &crate::published::Judged<'_>| {
            arguments.year.is_none_or(|year| round.year == year)
                && arguments.unit.as_ref().is_none_or(|unit| round.round.units().contains_key(&fold(unit)))
        };
        return wire::write(&wire::Published::new(indices, wanted, language, findings));
    }
    if let Some(unit) = &arguments.unit {
        return report::unit(indices, unit, arguments.all, language).unwrap_or_default();
    }
    // Who names one year's table wants to see it.
    let years: Vec<u16> = indices.iter().flat_map(|index| index.rounds.iter().map(|round| round.year)).collect();
    let only = years.first().copied().filter(|first| years.iter().all(|year| year == first));
    match arguments.year.or(only) {
        Some(year) => report::year(indices, year, arguments.all, language),
        None => report::overview(indices, arguments.all, language),
    }
}
