//! Everything that can be recomputed of an index, year by year and block by block.

use super::changes::{self, Years};
use super::fact::{Checked, Fact, Verdict};
use super::round::{Round, band_of};
use super::table::{Line, Series};
use super::{bands, conflicts, means, places, sums};

/// A block of a year with all its facts judged.
#[derive(Clone, Debug)]
pub struct Judged<'t> {
    /// The year.
    pub year: u16,
    /// The block; nothing where the round has none.
    pub block: Option<&'t str>,
    /// What was published.
    pub round: Round<'t>,
    /// What came out, in the order of the checks.
    pub facts: Vec<Checked>,
}

impl Judged<'_> {
    /// The facts with one verdict; sources that differ are counted by themselves.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = &Checked> {
        self.facts.iter().filter(move |one| one.verdict == verdict && !one.is_conflict())
    }

    /// Where sources differ.
    pub fn conflicts(&self) -> impl Iterator<Item = &Checked> {
        self.facts.iter().filter(|one| one.is_conflict())
    }

    /// The band that a line's score lies in, by the cuts of the round.
    pub fn band(&self, line: &Line) -> Option<String> {
        let bands = self.round.bands();
        let at = band_of(&bands, line.score.as_ref()?)?;
        bands.get(at).map(|band| band.name.to_owned())
    }
}

impl Checked {
    /// Whether it tells that sources differ.
    pub fn is_conflict(&self) -> bool {
        matches!(self.fact, Fact::Conflict { .. })
    }
}

/// Recomputes what can be recomputed. Years are in order, blocks as their files have them.
pub fn check(series: &Series) -> Vec<Judged<'_>> {
    let mut found = Vec::new();
    for table in series.tables.values() {
        for block in table.blocks() {
            let round = Round::of(table, block);
            let mut facts = Vec::new();
            sums::check(&round, &mut facts);
            places::check(&round, &mut facts);
            bands::check(&round, &mut facts);
            means::check(&round, &mut facts);
            changes::check(&round, &Years::new(series, block, table.year), &mut facts);
            places::order(&round, &mut facts);
            conflicts::check(&round, &mut facts);
            found.push(Judged { year: table.year, block, round, facts });
        }
    }
    found
}
