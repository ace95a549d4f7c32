//! What units stated in earlier years, matched to the figures of this year's set.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{compose, value};
use super::{Raw, RawFigures, RawLeaf, RawValue, Value, track};
use crate::diagnostic::Diagnostic;
use crate::language::tree::{Spanned, Track};
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Earlier, Figure, HeadId, Leaf, Origin, Ruleset};

/// Where a value of a year stands: the leaf and the figure of this year's set.
type Values = BTreeMap<(HeadId, FigureId), Value>;

/// Values of earlier years, by year and unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    years: BTreeMap<u16, BTreeMap<String, Values>>,
}

/// Why an archive has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotThere {
    /// It holds nothing of that year.
    Year,
    /// It holds the year, and not the unit.
    Unit,
    /// The unit stated no such figure.
    Figure,
}

impl Archive {
    /// An archive of one value; for what is made by hand.
    pub fn put(&mut self, year: u16, unit: &str, head: HeadId, figure: FigureId, value: Value) {
        let units = self.years.entry(year).or_default();
        units.entry(compose(unit)).or_default().insert((head, figure), value);
    }

    /// What a unit stated of a figure in a year.
    ///
    /// # Errors
    /// What of it the archive lacks.
    pub fn value(&self, year: u16, unit: &str, head: HeadId, figure: FigureId) -> Result<&Value, NotThere> {
        let units = self.years.get(&year).ok_or(NotThere::Year)?;
        let values = units.get(unit).ok_or(NotThere::Unit)?;
        values.get(&(head, figure)).ok_or(NotThere::Figure)
    }

    /// The years that it holds.
    pub fn years(&self) -> impl Iterator<Item = u16> {
        self.years.keys().copied()
    }

    /// The units that it holds of a year.
    pub fn units(&self, year: u16) -> impl Iterator<Item = &str> {
        self.years.get(&year).into_iter().flat_map(|units| units.keys().map(String::as_str))
    }

    /// Takes in a sheet of an earlier year: of every leaf, what its last track stated. What this year's set does not
    /// know is passed over; what it knows as another kind of figure is told.
    pub fn take(&mut self, ruleset: &Ruleset, year: u16, raw: &Raw) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let Some(unit) = &raw.unit else { return findings };
        let unit = compose(&unit.value);
        self.years.entry(year).or_default().entry(unit.clone()).or_default();
        for (id, head, leaf) in ruleset.leaves().filter(|(_, _, leaf)| years_read(leaf, ruleset.year).contains(&year)) {
            for (at, figure) in leaf.figures.iter().enumerate() {
                let Some((home, there)) = figure.origin.stated_at() else { continue };
                let (name, stated) = elsewhere(ruleset, raw, year, home, there);
                let stated = stated.iter().rev().find(|(key, _)| Some(compose(&key.value)) == name);
                if let Some(Ok(Some(value))) = stated.map(|(_, stated)| value(figure, stated)) {
                    self.put(year, &unit, id, FigureId(at), value);
                }
            }
            let Some(then) = code_then(ruleset, &head.code, year) else { continue };
            let Some(stated) = raw.leaves.iter().find(|stated| compose(&stated.code.value) == then) else {
                continue;
            };
            for (name, raw) in last(stated) {
                let known = leaf.figure(&compose(&name.value));
                let Some((figure, declared)) = known.filter(|(_, figure)| figure.origin == Origin::Stated) else {
                    continue;
                };
                match value(declared, raw) {
                    Ok(Some(value)) => self.put(year, &unit, id, figure, value),
                    Ok(None) => {}
                    Err(finding) => findings.push(*finding),
                }
            }
        }
        findings
    }
}

/// The code that a head stood under in an earlier year; the same where the sets do not say. None where it was not
/// there, or where it was several: of those nobody can say whose value it is.
fn code_then(ruleset: &Ruleset, code: &str, year: u16) -> Option<String> {
    match ruleset.earlier(code, year) {
        Earlier::Codes(codes) => <[String; 1]>::try_from(codes).ok().map(|[code]| code),
        Earlier::New => None,
        Earlier::Unknown => Some(code.to_owned()),
    }
}

/// The name of a figure of elsewhere, and what a sheet states there.
fn elsewhere(
    ruleset: &Ruleset,
    raw: &Raw,
    year: u16,
    home: Option<HeadId>,
    figure: FigureId,
) -> (Option<String>, RawFigures) {
    let named = |figures: &[Figure]| figures.get(figure.0).map(|figure| figure.name.clone());
    match home {
        None => {
            let mut tracks: Vec<_> = raw.shared.iter().collect();
            tracks.sort_by_key(|(name, _)| track::read(&name.value));
            let stated = tracks.into_iter().flat_map(|(_, figures)| figures).cloned();
            (named(&ruleset.shared.figures), stated.collect())
        }
        Some(head) => {
            let head = ruleset.head(head);
            let then = head.and_then(|head| code_then(ruleset, &head.code, year));
            let there = raw.leaves.iter().find(|leaf| Some(compose(&leaf.code.value)) == then);
            let figures = head.and_then(|head| head.leaf.as_ref()).map(|leaf| leaf.figures.as_slice());
            (named(figures.unwrap_or_default()), there.map(last).unwrap_or_default().to_vec())
        }
    }
}

/// What the last scoring track of a leaf stated.
fn last(stated: &RawLeaf) -> &[(Spanned<String>, Spanned<RawValue>)] {
    let scoring = stated.tracks.iter().filter_map(|(name, entry)| {
        let track = if name.value.is_empty() { Some(Track::SelfScore) } else { track::read(&name.value) };
        track.filter(|track| *track != Track::Explanation).map(|track| (track, entry))
    });
    let last = scoring.filter(|(_, entry)| !entry.figures.is_empty()).max_by_key(|(track, _)| *track);
    last.map_or(&[], |(_, entry)| entry.figures.as_slice())
}

/// The years before `own` that a leaf reads.
pub fn years_read(leaf: &Leaf, own: u16) -> BTreeSet<u16> {
    let mut years = BTreeSet::new();
    for figure in &leaf.figures {
        if let Origin::Prior { year, .. } = figure.origin {
            years.insert(year);
        }
        if let Some((from, to)) = figure.origin.peers().and_then(|peers| peers.years) {
            years.extend((from..=to).filter(|&year| year < own));
        }
    }
    years
}
