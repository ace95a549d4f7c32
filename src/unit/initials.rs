//! Units called by their initials: `TPHCM`, `BR-VT`, `Sở GD&ĐT`.

use super::Unit;
use super::find::key;
use crate::language::fold;

/// The one unit that these initials are of; nothing where none or several have them.
pub(super) fn called<'a>(said: &str, units: impl IntoIterator<Item = &'a Unit>) -> Option<&'a Unit> {
    let said = letters(&fold(said));
    // One letter is the initial of too many.
    said.chars().nth(1)?;
    let mut found = units.into_iter().filter(|unit| ways(unit).contains(&said));
    found.next().filter(|_| found.next().is_none())
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
