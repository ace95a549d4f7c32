//! Which unit a name or a code means on a day.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::{Register, Unit, UnitId, initials};
use crate::diagnostic::{Nearest, nearest_by_key};
use crate::language::{compose, fold};

/// Why a name means no unit on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// No unit has the name or the code.
    Unknown(Nearest),
    /// Several have it.
    Several(Vec<UnitId>),
    /// It was there until a day; these took its place.
    Ended(UnitId, Vec<UnitId>),
    /// It is there only later; these were there before it.
    NotBegun(UnitId, Vec<UnitId>),
}

/// A name as it is compared: without marks, whatever sign stands between its parts, a city's level written out.
pub(super) fn key(name: &str) -> String {
    let folded = fold(name).replace(['-', '–', '—', ','], " ");
    let joined = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    match joined.strip_prefix("tp.").or_else(|| joined.strip_prefix("tp ")) {
        Some(city) => format!("thanh pho {}", city.trim_start()),
        None => joined,
    }
}

/// The units by what they may be called, the closest way first: code, name, name without marks, level and name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    ways: [BTreeMap<String, Vec<UnitId>>; 4],
    /// What each unit's name is compared by, in their order.
    keys: Vec<String>,
    /// The units by their initials, once somebody is not found.
    initials: OnceLock<BTreeMap<String, Vec<UnitId>>>,
}

impl Names {
    pub(super) fn of(units: &[Unit]) -> Self {
        let mut names = Self::default();
        let [codes, written, folded, levels] = &mut names.ways;
        for (at, unit) in units.iter().enumerate() {
            let put = |names: &mut BTreeMap<String, Vec<UnitId>>, name: String| {
                names.entry(name).or_default().push(UnitId(at));
            };
            if let Some(code) = &unit.code {
                put(codes, code.clone());
            }
            put(written, unit.name.clone());
            let own = key(&unit.name);
            put(folded, own.clone());
            // `tỉnh Hà Giang` for the province `Hà Giang`; `Hồ Chí Minh` for the city `TP. Hồ Chí Minh`.
            if let Some(level) = &unit.level {
                let level = key(level);
                put(
                    levels,
                    own.strip_prefix(&format!("{level} ")).map_or_else(|| format!("{level} {own}"), str::to_owned),
                );
            }
            names.keys.push(own);
        }
        names
    }
}

impl Register {
    /// The units that a name or a code may mean, whenever they are there: those that it means most closely.
    pub fn named(&self, said: &str) -> &[UnitId] {
        let said = compose(said);
        let folded = key(&said);
        let [codes, written, keys, levels] = &self.names.ways;
        let found = [codes.get(&said), written.get(&said), keys.get(&folded), levels.get(&folded)];
        found.into_iter().flatten().next().map_or(&[], Vec::as_slice)
    }

    /// The unit that a name or a code means on a day.
    ///
    /// # Errors
    /// Why it means none.
    pub fn find(&self, said: &str, day: i32) -> Result<UnitId, NotFound> {
        let named = self.named(said.trim());
        let there = |id: &UnitId| self.unit(*id).is_some_and(|unit| unit.valid(day));
        let valid: Vec<UnitId> = named.iter().copied().filter(there).collect();
        if let [one] = valid.as_slice() {
            return Ok(*one);
        }
        if !valid.is_empty() {
            return Err(NotFound::Several(valid));
        }
        let ended = |id: &UnitId| self.unit(*id).and_then(|unit| unit.through).filter(|&through| through < day);
        if let Some(last) = named.iter().copied().filter(|id| ended(id).is_some()).max_by_key(ended) {
            return Err(NotFound::Ended(last, self.successors(last, day)));
        }
        if let Some(&later) = named.first() {
            let before: BTreeSet<UnitId> =
                self.unit(later).into_iter().flat_map(|unit| &unit.succeeds).copied().collect();
            return Err(NotFound::NotBegun(later, before.into_iter().filter(there).collect()));
        }
        let units = || self.units().map(|(_, unit)| unit).filter(|unit| unit.valid(day));
        // A table of figures drops the zeros that a code begins with.
        let bare = said.trim().trim_start_matches('0');
        let digits = !bare.is_empty() && bare.chars().all(|character| character.is_ascii_digit());
        let codes = || units().filter_map(|unit| unit.code.as_deref());
        let code = codes().find(|code| digits && code.trim_start_matches('0') == bare);
        if let Some(code) = code {
            return Err(NotFound::Unknown(Nearest(Some(code.to_owned()))));
        }
        let Nearest(there) = self.near(said, &|unit| unit.valid(day));
        // Short for one that is not there on that day: its name tells what became of it.
        let gone = || self.called(said, &|_| true);
        Err(NotFound::Unknown(Nearest(there.or_else(|| gone().map(|unit| unit.name.clone())))))
    }

    /// The unit whose name is nearest to what was said, or the one whose initials were, among some.
    pub(super) fn near(&self, said: &str, among: &dyn Fn(&Unit) -> bool) -> Nearest {
        let said = compose(said);
        let units = self.units.iter().zip(&self.names.keys).filter(|(unit, _)| among(unit));
        let units = units.map(|(unit, key)| (Cow::Borrowed(key.as_str()), unit.name.as_str()));
        let Nearest(by_name) = nearest_by_key(&said, &key(&said), units);
        Nearest(by_name.or_else(|| self.called(&said, among).map(|unit| unit.name.clone())))
    }

    /// The one unit among some that these initials are of; nothing where none or several have them.
    fn called(&self, said: &str, among: &dyn Fn(&Unit) -> bool) -> Option<&Unit> {
        let said = initials::said(said)?;
        let known = self.names.initials.get_or_init(|| initials::by_initials(&self.units));
        let mut found = known.get(&said)?.iter().filter_map(|&id| self.unit(id)).filter(|unit| among(unit));
        found.next().filter(|_| found.next().is_none())
    }

    /// The names of units, as a sentence lists them; a unit with a code is told by both.
    pub fn list(&self, units: &[UnitId]) -> String {
        let name = |unit: &Unit| match &unit.code {
            Some(code) => format!("`{}` ({code})", unit.name),
            None => format!("`{}`", unit.name),
        };
        units.iter().filter_map(|&id| self.unit(id)).map(name).collect::<Vec<_>>().join("; ")
    }
}
