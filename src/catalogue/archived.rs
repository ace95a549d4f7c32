//! The sets that archived sheets are of: their codes are those, whatever this year's set builds on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::load::{File, Trial, load};
use super::sheets::Round;
use super::shelf;
use crate::diagnostic::SourceMap;
use crate::ruleset::Ruleset;
use crate::submission::Then;

/// The sets read for archived sheets.
#[derive(Default)]
pub(super) struct Archived {
    read: BTreeMap<PathBuf, Option<Rc<Ruleset>>>,
    known: BTreeMap<(usize, u16, Option<u16>), Then>,
    /// Those that could not be used.
    pub(super) broken: Vec<(File, SourceMap)>,
}

impl Archived {
    /// What the heads of a round's set were where the sheets of a year, or of an edition of it, are from.
    pub(super) fn then(&mut self, (at, round): (usize, &Round), year: u16, edition: Option<u16>) -> &Then {
        if !self.known.contains_key(&(at, year, edition)) {
            let then = self.pair(round, year, edition);
            self.known.insert((at, year, edition), then);
        }
        self.known.entry((at, year, edition)).or_insert_with(|| Then::of_nothing(round.plan.ruleset(), year))
    }

    /// Whether the folder of a round's set has sets of a year, and not the edition named.
    pub(super) fn lacks(round: &Round, year: u16, edition: Option<u16>) -> bool {
        let ruleset = round.plan.ruleset();
        let there = shelf::of_year(&round.file, &ruleset.identity(), &ruleset.path, year);
        edition.is_some_and(|named| !there.is_empty() && there.iter().all(|(edition, _)| *edition != named))
    }

    /// The files read.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.read.keys()
    }

    fn pair(&mut self, round: &Round, year: u16, edition: Option<u16>) -> Then {
        let ruleset = round.plan.ruleset();
        let there = shelf::of_year(&round.file, &ruleset.identity(), &ruleset.path, year);
        let Some((last, _)) = there.last() else { return self.without(round, year, edition) };
        let number = edition.unwrap_or(*last);
        let Some((_, file)) = there.iter().find(|(edition, _)| *edition == number) else {
            return Then::of_nothing(ruleset, year);
        };
        let is = |set: &Ruleset, number: u16| set.path == ruleset.path && (set.year, set.edition) == (year, number);
        let Some(of) = self.set(file).filter(|set| is(set, number)) else {
            return self.without(round, year, edition);
        };
        match self.beside(&round.file, ruleset, &of) {
            Some(beside) => Then::of_set(ruleset, &of, &beside.iter().map(Rc::as_ref).collect::<Vec<_>>()),
            None => Then::of_nothing(ruleset, year),
        }
    }

    /// Where the set of a year is not at hand: by that of a year between, where the set goes by it.
    fn without(&mut self, round: &Round, year: u16, edition: Option<u16>) -> Then {
        let (ruleset, own) = (round.plan.ruleset(), round.plan.ruleset().identity());
        let by = (year.saturating_add(1)..ruleset.year).rev().filter(|&between| ruleset.goes_by(between, year));
        for between in by {
            let file = shelf::of_year(&round.file, &own, &own.path, between).into_iter().next_back();
            let set = file.and_then(|(_, file)| self.set(&file));
            if let Some(set) = set.filter(|set| set.path == ruleset.path && set.year == between) {
                return Then::of_year_by(ruleset, &set, year, edition);
            }
        }
        Then::of_year(ruleset, year, edition)
    }

    /// The sets at hand that say more of what the heads were in an earlier set, of each level, where one goes by them: the
    /// newest edition of its year, and those between. Nothing where one of them cannot be read.
    fn beside(&mut self, file: &Path, ruleset: &Ruleset, of: &Ruleset) -> Option<Vec<Rc<Ruleset>>> {
        let (mut beside, own) = (Vec::<Rc<Ruleset>>::new(), ruleset.identity());
        let mut level = Some((ruleset, of));
        while let Some((ruleset, of)) = level {
            let mut later: Vec<Rc<Ruleset>> = Vec::new();
            for year in (of.year..=ruleset.year).rev() {
                if !(ruleset.goes_by(year, of.year) || later.iter().any(|set| set.goes_by(year, of.year))) {
                    continue;
                }
                for (edition, file) in shelf::of_year(file, &own, &ruleset.path, year).into_iter().rev() {
                    let [then, now] = [of, ruleset].map(|set| (set.year, set.edition));
                    if then < (year, edition) && (year, edition) < now {
                        let is = |set: &Ruleset| set.path == ruleset.path && (set.year, set.edition) == (year, edition);
                        later.push(self.set(&file).filter(|set| is(set))?);
                    }
                }
            }
            let mut newest = std::iter::once(ruleset).chain(later.iter().map(Rc::as_ref));
            let newest = newest.find_map(|set| shelf::newer_edition((set, &own), file, of));
            if let Some((edition, file)) = newest {
                let is = |set: &Ruleset| set.path == of.path && (set.year, set.edition) == (of.year, edition);
                beside.push(self.set(&file).filter(|set| is(set))?);
            }
            beside.append(&mut later);
            level = ruleset.upper_levels(of);
        }
        Some(beside)
    }

    fn set(&mut self, file: &Path) -> Option<Rc<Ruleset>> {
        if let Some(known) = self.read.get(file) {
            return known.clone();
        }
        let loaded = load(&[file.to_path_buf()], Trial::Skip);
        let mut read = loaded.files.into_iter().next();
        let set = read.as_mut().and_then(|read| read.ruleset.take()).map(Rc::new);
        if let Some(read) = read.filter(|_| set.is_none()) {
            self.broken.push((read, loaded.sources));
        }
        self.read.insert(file.to_path_buf(), set.clone());
        set
    }
}
