//! One block of a published table, as the checks read it.

use std::collections::BTreeMap;

use super::fact::{Checked, Fact, Verdict};
use super::printed::Printed;
use super::table::{Confidence, Cut, Line, Table, Who, Whole};
use crate::language::fold;

/// A band of a round.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band<'t> {
    pub(super) name: &'t str,
    pub(super) count: Option<usize>,
    pub(super) cut: Option<&'t Cut>,
}

/// The lines of a block; a table without blocks is one.
#[derive(Clone, Debug)]
pub struct Round<'t> {
    lines: Vec<&'t Line>,
    units: BTreeMap<String, Vec<&'t Line>>,
}

impl<'t> Round<'t> {
    /// The lines of a table's block.
    pub fn of(table: &'t Table, block: Option<&str>) -> Self {
        let same = |line: &&Line| line.block.as_deref().map(fold) == block.map(fold);
        let lines: Vec<&Line> = table.lines.iter().filter(same).collect();
        let mut units: BTreeMap<String, Vec<&Line>> = BTreeMap::new();
        for line in &lines {
            if let Who::Unit(name) = &line.who {
                units.entry(fold(name)).or_default().push(line);
            }
        }
        Self { lines, units }
    }

    /// Its lines, in the order of the file.
    pub fn lines(&self) -> &[&'t Line] {
        &self.lines
    }

    /// Its units by name as compared, each with its lines.
    pub fn units(&self) -> &BTreeMap<String, Vec<&'t Line>> {
        &self.units
    }

    /// The lines that speak of the same as another line does, perhaps in another year.
    pub(super) fn alike(&self, who: &Who) -> Vec<&'t Line> {
        match who {
            Who::Unit(name) => self.units.get(&fold(name)).cloned().unwrap_or_default(),
            Who::Whole(_) => self.lines.iter().filter(|line| line.who == *who).copied().collect(),
        }
    }

    /// The lines of a fact of the whole.
    pub(super) fn whole(&self, whole: &Whole) -> impl Iterator<Item = &'t Line> {
        self.lines.iter().filter(move |line| matches!(&line.who, Who::Whole(other) if other == whole)).copied()
    }

    /// How many units are ranked, as printed.
    pub fn size(&self) -> Option<usize> {
        let counted = self.whole(&Whole::Units).find_map(|line| line.count);
        counted.or_else(|| self.lines.iter().filter_map(|line| line.of).max())
    }

    /// The means printed.
    pub(super) fn means(&self) -> Vec<&'t Printed> {
        scores(&self.whole(&Whole::Mean).collect::<Vec<_>>())
    }

    /// The bands, the best first: by their cuts, or as the file has them.
    pub(super) fn bands(&self) -> Vec<Band<'t>> {
        let mut bands: Vec<Band<'t>> = Vec::new();
        for line in &self.lines {
            let Who::Whole(Whole::Band(name)) = &line.who else { continue };
            match bands.iter_mut().find(|band| fold(band.name) == fold(name)) {
                Some(band) => {
                    band.count = band.count.or(line.count);
                    band.cut = band.cut.or(line.cut.as_ref());
                }
                None => bands.push(Band { name, count: line.count, cut: line.cut.as_ref() }),
            }
        }
        if bands.iter().all(|band| band.cut.is_some()) {
            let from = |band: &Band<'t>| band.cut.map(|cut| cut.from.value().clone());
            bands.sort_by_key(|band| std::cmp::Reverse(from(band)));
        }
        bands
    }
}

/// Whether every band has a cut.
pub(super) fn cut_all(bands: &[Band<'_>]) -> bool {
    !bands.is_empty() && bands.iter().all(|band| band.cut.is_some())
}

/// The place of the band that a score lies in.
pub(super) fn band_of(bands: &[Band<'_>], score: &Printed) -> Option<usize> {
    if !cut_all(bands) {
        return None;
    }
    bands.iter().position(|band| band.cut.is_some_and(|cut| cut.holds(score.value())))
}

/// The scores that lines print, each once.
pub(super) fn scores<'t>(lines: &[&'t Line]) -> Vec<&'t Printed> {
    let mut found: Vec<&Printed> = Vec::new();
    for score in lines.iter().filter_map(|line| line.score.as_ref()) {
        if !found.contains(&score) {
            found.push(score);
        }
    }
    found
}

/// The rank that lines print, if they print one.
pub(super) fn rank(lines: &[&Line]) -> Option<usize> {
    let mut ranks = lines.iter().filter_map(|line| line.rank);
    let first = ranks.next()?;
    ranks.all(|rank| rank == first).then_some(first)
}

/// A fact that a line states, judged.
pub(super) fn judged(line: &Line, fact: Fact, verdict: Verdict) -> Checked {
    let unit = match &line.who {
        Who::Unit(name) => Some(name.clone()),
        Who::Whole(_) => None,
    };
    Checked { unit, fact, verdict, source: line.source.clone(), confidence: line.confidence }
}

/// A fact that follows from several lines, judged; it is as good as the weakest of them.
pub(super) fn together(lines: &[&Line], fact: Fact, verdict: Verdict) -> Checked {
    let mut sources: Vec<&str> = Vec::new();
    for line in lines {
        if !sources.contains(&line.source.as_str()) {
            sources.push(&line.source);
        }
    }
    let confidence = lines.iter().map(|line| line.confidence).max().unwrap_or(Confidence::Medium);
    Checked { unit: None, fact, verdict, source: sources.join("; "), confidence }
}
