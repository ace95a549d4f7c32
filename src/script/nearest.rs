//! The nearest of some names, told apart without case, marks or separators.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The nearest candidate, if one is near enough to be what was meant; the first of equals.
pub(super) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = folded(name);
    let reach = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(name, &wanted, candidate), candidate))
        .filter(|((folded, _), _)| *folded <= reach)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.to_owned())
}

/// Distance without marks first, then with them.
fn distance(name: &str, wanted: &str, candidate: &str) -> (usize, usize) {
    (strsim::damerau_levenshtein(wanted, &folded(candidate)), strsim::damerau_levenshtein(name, candidate))
}

fn folded(name: &str) -> String {
    name.nfd()
        .filter(|c| !is_combining_mark(*c) && *c != '_')
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}
