//! What units stated in earlier years, matched to the figures of this year's set.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{compose, value};
use super::{Raw, RawFigures, RawLeaf, RawValue, Value, track};
use crate::diagnostic::Diagnostic;
use crate::language::tree::{Spanned, Track};
use crate::ruleset::meaning::FigureId;
use crate::ruleset::{Earlier, Head, HeadId, Leaf, Origin, Pairs, Ruleset};

/// What stands of a year at a leaf and a figure of this year's set, or why nothing can.
type Values = BTreeMap<(HeadId, FigureId), Result<Value, NotThere>>;

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
    /// The leaf was several heads then: of none of them is the figure its own.
    Joined,
    /// Several leaves are what was one then: the figure is of the whole.
    Split,
    /// The leaf was not there then, as the sets say.
    New,
    /// Of no head of that year is it known that it was this leaf.
    Head,
}

impl Archive {
    /// An archive of one value; for what is made by hand.
    pub fn put(&mut self, year: u16, unit: &str, head: HeadId, figure: FigureId, value: Value) {
        let units = self.years.entry(year).or_default();
        units.entry(compose(unit)).or_default().insert((head, figure), Ok(value));
    }

    /// What a unit stated of a figure in a year.
    ///
    /// # Errors
    /// What of it the archive lacks.
    pub fn value(&self, year: u16, unit: &str, head: HeadId, figure: FigureId) -> Result<&Value, NotThere> {
        let units = self.years.get(&year).ok_or(NotThere::Year)?;
        let values = units.get(unit).ok_or(NotThere::Unit)?;
        values.get(&(head, figure)).ok_or(NotThere::Figure)?.as_ref().map_err(|why| *why)
    }

    /// The years that it holds.
    pub fn years(&self) -> impl Iterator<Item = u16> {
        self.years.keys().copied()
    }

    /// The units that it holds of a year.
    pub fn units(&self, year: u16) -> impl Iterator<Item = &str> {
        self.years.get(&year).into_iter().flat_map(|units| units.keys().map(String::as_str))
    }

    /// Takes in a sheet of an earlier year whose set is not at hand: its codes are those that this year's set knows of the
    /// year, or of the edition that the sheet names.
    pub fn take(&mut self, ruleset: &Ruleset, year: u16, raw: &Raw) -> Vec<Diagnostic> {
        let edition = raw.year.as_ref().and_then(|said| year_of(&said.value)).and_then(|(_, edition)| edition);
        self.take_paired(ruleset, &Then::of_year(ruleset, year, edition), raw)
    }

    /// Takes in a sheet of an earlier year: of every leaf, what its last track stated. What this year's set does not
    /// know is passed over; what it knows as another kind of figure is told.
    pub fn take_paired(&mut self, ruleset: &Ruleset, then: &Then, raw: &Raw) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let Some(unit) = &raw.unit else { return findings };
        let unit = compose(&unit.value);
        let year = then.year;
        self.years.entry(year).or_default().entry(unit.clone()).or_default();
        for (id, head, leaf) in ruleset.leaves().filter(|(_, _, leaf)| years_read(leaf, ruleset.year).contains(&year)) {
            for (at, figure) in leaf.figures.iter().enumerate() {
                let Some((home, there)) = figure.origin.stated_at() else { continue };
                if let Some(why) = home.and_then(|home| ruleset.head(home)).and_then(|home| then.nowhere(&home.code)) {
                    self.mark(year, &unit, (id, FigureId(at)), why);
                    continue;
                }
                match elsewhere(ruleset, then, raw, home, there).map(|stated| value(figure, stated)) {
                    Some(Ok(Some(value))) => self.put(year, &unit, id, FigureId(at), value),
                    Some(Ok(None)) | None => {}
                    // Several leaves may read it.
                    Some(Err(finding)) if findings.contains(&finding) => {}
                    Some(Err(finding)) => findings.push(*finding),
                }
            }
            if let Some(why) = then.nowhere(&head.code) {
                let own = leaf.figures.iter().enumerate().filter(|(_, figure)| figure.origin == Origin::Stated);
                own.for_each(|(at, _)| self.mark(year, &unit, (id, FigureId(at)), why));
            }
            let Some(then) = then.code(&head.code) else { continue };
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
                    Err(finding) if findings.contains(&finding) => {}
                    Err(finding) => findings.push(*finding),
                }
            }
        }
        findings
    }

    fn mark(&mut self, year: u16, unit: &str, figure: (HeadId, FigureId), why: NotThere) {
        let units = self.years.entry(year).or_default();
        units.entry(unit.to_owned()).or_default().entry(figure).or_insert(Err(why));
    }
}

/// What the heads of this year's set were where sheets of an earlier year are from.
#[derive(Clone, Debug)]
pub struct Then {
    year: u16,
    were: Pairs,
    /// The leaves that share what they were with other heads: each is a part of it.
    parts: BTreeSet<String>,
}

impl Then {
    fn new(ruleset: &Ruleset, year: u16, were: Pairs) -> Self {
        let all: Vec<(HeadId, Vec<String>)> = ruleset
            .heads
            .iter()
            .enumerate()
            .filter_map(|(at, head)| match were.was(&head.code) {
                Earlier::Codes(codes) => Some((HeadId(at), codes)),
                Earlier::New | Earlier::Unknown => None,
            })
            .collect();
        let apart = |one: HeadId, other: HeadId| !ruleset.lies_under(one, other) && !ruleset.lies_under(other, one);
        let is_part = |(id, head, _): &(HeadId, &Head, &Leaf)| {
            let was = alone(were.was(&head.code));
            was.is_some_and(|was| {
                ruleset.was_split(&was, year)
                    || all.iter().any(|(other, codes)| apart(*id, *other) && codes.contains(&was))
            })
        };
        let parts = ruleset.leaves().filter(is_part).map(|(_, head, _)| head.code.clone()).collect();
        Self { year, were, parts }
    }

    /// As this year's set knows the year, or the edition of it.
    pub fn of_year(ruleset: &Ruleset, year: u16, edition: Option<u16>) -> Self {
        Self::new(ruleset, year, Pairs::of_year(ruleset, year, edition))
    }

    /// The same, where the set of a year between is at hand, whose lines may say more of it.
    pub fn of_year_by(ruleset: &Ruleset, between: &Ruleset, year: u16, edition: Option<u16>) -> Self {
        Self::new(ruleset, year, Pairs::of_year_by(ruleset, between, year, edition))
    }

    /// In the very set that a sheet is of; `beside` are sets at hand that say more of it ([`Pairs::of_set`]).
    pub fn of_set(ruleset: &Ruleset, then: &Ruleset, beside: &[&Ruleset]) -> Self {
        Self::new(ruleset, then.year, Pairs::of_set(ruleset, then, beside))
    }

    /// Of an edition that is not there among others of its year nobody can say what its codes were.
    pub fn of_nothing(ruleset: &Ruleset, year: u16) -> Self {
        Self::new(ruleset, year, Pairs::default())
    }

    /// The code that a head stood under. None where it was not there, or where it was several, or is a part of one: of
    /// those nobody can say whose value it is.
    fn code(&self, code: &str) -> Option<String> {
        alone(self.were.was(code)).filter(|_| !self.parts.contains(code))
    }

    /// Why nothing of that year is a head's own.
    fn nowhere(&self, code: &str) -> Option<NotThere> {
        match self.were.was(code) {
            Earlier::Codes(codes) if codes.len() > 1 => Some(NotThere::Joined),
            Earlier::Codes(_) => self.parts.contains(code).then_some(NotThere::Split),
            Earlier::New => Some(NotThere::New),
            Earlier::Unknown => Some(NotThere::Head),
        }
    }
}

/// The one head that a head was.
fn alone(was: Earlier) -> Option<String> {
    match was {
        Earlier::Codes(codes) => <[String; 1]>::try_from(codes).ok().map(|[code]| code),
        Earlier::New | Earlier::Unknown => None,
    }
}

/// The year that a sheet is of, and the edition where it names one: `2022`, `2022-1`.
pub fn year_of(said: &str) -> Option<(u16, Option<u16>)> {
    let said = said.trim();
    match said.split_once('-') {
        Some((year, edition)) => Some((year.parse().ok()?, Some(edition.parse().ok().filter(|edition| *edition > 0)?))),
        None => Some((said.parse().ok()?, None)),
    }
}

/// What a sheet states of a figure of elsewhere.
fn elsewhere<'r>(
    ruleset: &Ruleset,
    then: &Then,
    raw: &'r Raw,
    home: Option<HeadId>,
    figure: FigureId,
) -> Option<&'r Spanned<RawValue>> {
    let (figures, tracks) = match home {
        // Of a shared figure the last track counts that states it; a leaf's last track states all of them anew.
        None => (&ruleset.shared.figures, scoring(raw.shared.iter().map(|(name, figures)| (name, figures)))),
        Some(head) => {
            let head = ruleset.head(head)?;
            let then = then.code(&head.code)?;
            let there = raw.leaves.iter().find(|leaf| compose(&leaf.code.value) == then)?;
            (&head.leaf.as_ref()?.figures, vec![last(there)])
        }
    };
    let name = &figures.get(figure.0)?.name;
    let mut stated = tracks.iter().rev().flat_map(|figures| figures.iter().rev());
    stated.find(|(key, _)| compose(&key.value) == *name).map(|(_, stated)| stated)
}

/// What the last scoring track of a leaf stated.
fn last(stated: &RawLeaf) -> &[(Spanned<String>, Spanned<RawValue>)] {
    scoring(stated.tracks.iter().map(|(name, entry)| (name, &entry.figures))).pop().unwrap_or_default()
}

/// What the tracks that score stated, in their order; one without a name is the first.
fn scoring<'r>(
    tracks: impl Iterator<Item = (&'r Spanned<String>, &'r RawFigures)>,
) -> Vec<&'r [(Spanned<String>, Spanned<RawValue>)]> {
    let scoring = tracks.filter_map(|(name, figures)| {
        let track = if name.value.is_empty() { Some(Track::SelfScore) } else { track::read(&name.value) };
        Some((track.filter(|track| *track != Track::Explanation)?, figures.as_slice()))
    });
    let mut stated: Vec<_> = scoring.filter(|(_, figures)| !figures.is_empty()).collect();
    stated.sort_by_key(|(track, _)| *track);
    stated.into_iter().map(|(_, figures)| figures).collect()
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
