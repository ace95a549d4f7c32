//! The nearest known name to one that is not known.

use super::say::Nearest;

/// The candidate nearest to `name`, if one is near enough to be what was meant.
///
/// Both sides are compared as `key` reads them (folded, so that a missing diacritic costs nothing).
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>, key: impl Fn(&str) -> String) -> Nearest {
    let wanted = key(name);
    let limit = (wanted.chars().count() / 3).max(1);
    let best = candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &key(candidate)), candidate))
        .min_by_key(|&(distance, _)| distance);
    Nearest(best.filter(|&(distance, _)| distance <= limit).map(|(_, name)| name.to_owned()))
}
