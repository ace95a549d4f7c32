//! The sheets of the year before beside those of this one: what changed, and what of it is performance and what is rules.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::exit::Exit;
use super::which::{self, Against};
use super::{Manner, output};
use crate::analysis::changes::Before;
use crate::analysis::ranking::{Ranking, rank};
use crate::analysis::split::{Year, splits};
use crate::catalogue::{Round, Sheets, called, not_there};
use crate::diagnostic::{Diagnostic, Problem, Sheet};
use crate::engine::Scorecard;
use crate::report::{self, Context};
use crate::wire;

/// What `rank` takes of the year before.
#[derive(Debug, clap::Args)]
pub(super) struct Earlier {
    /// Hồ sơ năm trước của cùng chỉ số: so, và tách chênh lệch do thành tích, do quy tắc · Last year's sheets of the same
    /// index: to compare with, and to take the change apart into performance and rules
    #[arg(long, value_name = "FILE")]
    pub(super) previous_sheets: Vec<PathBuf>,
    /// Bộ tiêu chí năm trước; nếu không nói, hồ sơ tự nêu · Last year's ruleset; else the one that its sheets name
    #[arg(long, value_name = "FILE", requires = "previous_sheets")]
    pub(super) previous_ruleset: Option<String>,
    /// Kết quả phiếu điều tra năm trước · Last year's answers to questionnaires
    #[arg(long, value_name = "FILE", requires = "previous_sheets")]
    pub(super) previous_survey: Vec<PathBuf>,
    /// In phần tách chênh lệch thành CSV: mỗi chỉ số, mục lớn, mục một hàng · Print the change taken apart as CSV: a row for
    /// each index, area and leaf
    #[arg(long, requires = "previous_sheets", conflicts_with = "json")]
    pub(super) split_csv: bool,
}

impl Earlier {
    /// Whether there is something to compare with.
    pub(super) fn is_asked(&self) -> bool {
        !self.previous_sheets.is_empty()
    }

    /// Every file that decides what is told of the year before.
    pub(super) fn paths(&self) -> impl Iterator<Item = PathBuf> {
        let set = self.previous_ruleset.iter().map(PathBuf::from).filter(|path| path.is_file());
        self.previous_sheets.iter().chain(&self.previous_survey).cloned().chain(set)
    }

    /// The round of the year before, if one is asked for; what is wrong with it has been said. `own` is what was found
    /// beside this year's sheets, which is not told again; what is found in last year's joins `found`.
    pub(super) fn read(
        &self,
        against: &Against,
        round: &Round,
        own: &Sheets,
        found: &mut Vec<wire::Finding>,
        manner: Manner,
    ) -> Result<Option<Round>, Exit> {
        if !self.is_asked() {
            return Ok(None);
        }
        let mut sheets = against.read_earlier(self);
        let place = |finding: &Diagnostic, sheets: &Sheets| {
            let name = sheets.sources.get(finding.span.source).map(|source| source.name().to_owned());
            (name, finding.span.start, finding.span.end)
        };
        let told: BTreeSet<_> = own.findings.iter().map(|finding| place(finding, own)).collect();
        // The archive and the results may be of years that only this year's set reads.
        let idle = |finding: &Diagnostic| {
            matches!(
                finding.problem,
                Problem::Sheet(
                    Sheet::ArchiveNotEarlier { .. } | Sheet::ArchiveYearMissing { .. } | Sheet::ResultNotRead { .. }
                )
            )
        };
        let mut findings = std::mem::take(&mut sheets.findings);
        findings.retain(|finding| !idle(finding) && !told.contains(&place(finding, &sheets)));
        sheets.findings = findings;
        which::say(&sheets, manner);
        found.extend(which::findings(&sheets, manner.language(round.plan.ruleset().language)));
        let ended = which::exit(&sheets);
        if ended != Exit::Done {
            // Its errors name files; what they cost the reader is said in a word.
            output::say(manner.language(round.plan.ruleset().language).pick(
                "hồ sơ năm trước, hay tệp đi kèm, có lỗi nên không so với năm trước, không tách chênh lệch",
                "last year's sheets, or files beside them, have errors, so nothing is compared with them or taken apart",
            ));
            return Err(ended);
        }
        let ruleset = round.plan.ruleset();
        let fits = |other: &Round| {
            let then = other.plan.ruleset();
            then.path == ruleset.path && then.year < ruleset.year
        };
        let names: Vec<String> = sheets.rounds.iter().map(|round| round.plan.ruleset().name()).collect();
        let mut rounds = sheets.rounds.into_iter();
        match (rounds.next(), rounds.next()) {
            (Some(mut earlier), None) if fits(&earlier) => {
                let language = manner.language(ruleset.language);
                let of_newest = which::of_newest_edition(ruleset, &round.file, earlier.plan.ruleset(), language);
                if let Some(refused) = of_newest {
                    output::say(&refused);
                    return Err(Exit::Findings);
                }
                which::among_themselves(&mut earlier);
                Ok(Some(earlier))
            }
            _ => {
                let (path, year, names) = (&ruleset.path, ruleset.year, names.join(", "));
                output::say(&manner.language(ruleset.language).pick(
                    format!("`--previous-sheets` cần hồ sơ của một năm trước {year} của `{path}`; đã đọc: {names}"),
                    format!(
                        "`--previous-sheets` takes the sheets of one year before {year} of `{path}`; read: {names}"
                    ),
                ));
                Err(Exit::Findings)
            }
        }
    }
}

/// Holds a ranking against the round of the year before, and takes its changes apart. Where results of that year are
/// given too, these are what is compared with.
pub(super) fn hold(ranking: &mut Ranking, round: &Round, earlier: &Round, published: bool, manner: Manner) {
    let (ruleset, then) = (round.plan.ruleset(), earlier.plan.ruleset());
    let day = then.last_day();
    let name = |unit: &str| match &round.roll {
        Some(roll) => called(roll, unit, day),
        None => Some(unit.to_owned()),
    };
    let before = which::scorecards(earlier, manner);
    let now: Vec<&Scorecard> = ranking.rows.iter().map(|row| &row.card).collect();
    let old: Vec<&Scorecard> = before.iter().collect();
    let mut taken_apart = splits(
        Year { plan: &round.plan, submissions: &round.submissions, cards: &now },
        Year { plan: &earlier.plan, submissions: &earlier.submissions, cards: &old },
        &name,
    );
    if let Some(roll) = &round.roll {
        taken_apart.tell(&|unit| not_there(roll, unit, day));
    }
    let borrowed: BTreeSet<_> = before.iter().flat_map(|card| card.borrowed.iter().cloned()).collect();
    let borrowed: Vec<_> = borrowed.into_iter().collect();
    // What is reconstructed or invented of last year's set is so of every change since.
    let words = Context { ruleset: then, sources: &earlier.sources, language: manner.language(ruleset.language) };
    let labels: BTreeSet<String> = report::labels_with(&words, false, &borrowed).into_iter().collect();
    taken_apart.labels.clone_from(&labels);
    if !published {
        let before = Before::of(then, &rank(then, before), &name).seen_from(ruleset, then);
        let before = Before { labels, ..before };
        ranking.against(ruleset, &before);
    }
    ranking.splits = Some(taken_apart);
}
