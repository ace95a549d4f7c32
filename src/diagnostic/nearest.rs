//! The nearest known name to one that is not known.

use super::say::Nearest;

/// Longer names are compared by their beginning; nobody mistypes more.
const LONGEST: usize = 120;

/// The candidate nearest to `name`, if one is near enough to be what was meant; the first of equals.
///
/// Both sides are compared as `key` reads them (folded, so that a missing mark costs nothing), then as written.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>, key: impl Fn(&str) -> String) -> Nearest {
    let short = |text: &str| text.chars().take(LONGEST).collect::<String>();
    let (written, wanted) = (short(name), key(&short(name)));
    // One letter is another name, not a misspelling of it.
    let reach = match wanted.chars().count() {
        0 | 1 => 0,
        length => (length / 3).max(1),
    };
    let best = candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &key(&short(candidate))), candidate))
        .filter(|&(distance, _)| distance <= reach)
        .min_by_key(|&(distance, candidate)| (distance, strsim::damerau_levenshtein(&written, &short(candidate))));
    Nearest(best.map(|(_, name)| name.to_owned()))
}
