//! Units called by their initials: `TPHCM`, `BR-VT`, `Sở GD&ĐT`.

use std::collections::BTreeMap;

use super::find::key;
use super::{Unit, UnitId};
use crate::language::fold;

/// What was said as initials are compared; nothing where it is too short to be any.
pub(super) fn said(said: &str) -> Option<String> {
    let said = letters(&fold(said));
    // One letter is the initial of too many.
    said.chars().nth(1)?;
    Some(said)
}

/// The units by what they may be called for short.
pub(super) fn by_initials(units: &[Unit]) -> BTreeMap<String, Vec<UnitId>> {
    let mut known: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        for way in ways(unit) {
            let named = known.entry(way).or_default();
            if named.last() != Some(&UnitId(at)) {
                named.push(UnitId(at));
            }
        }
    }
    known
}

/// What a unit may be called for short: the initials of its name, with or without its level, which may also stand in full;
/// with or without an `và` in it.
fn ways(unit: &Unit) -> Vec<String> {
    let (name, level) = (key(&unit.name), key(unit.level.as_deref().unwrap_or_default()));
    let name = name.strip_prefix(&format!("{level} ")).unwrap_or(&name);
    let whole = initials(name, |_| true);
    if whole.chars().nth(1).is_none() {
        return Vec::new();
    }
    let without = initials(name, |word| !matches!(word, "va" | "and"));
    let before = [String::new(), initials(&level, |_| true), letters(&level)];
    before.iter().flat_map(|before| [format!("{before}{whole}"), format!("{before}{without}")]).collect()
}

fn initials(name: &str, counts: impl Fn(&str) -> bool) -> String {
    let words = name.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| counts(word)).filter_map(|word| word.chars().next()).collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}
