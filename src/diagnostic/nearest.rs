//! The nearest known name to one that is not known.

use std::borrow::Cow;

use super::say::Nearest;

/// Longer names are compared by their beginning; nobody mistypes more.
const LONGEST: usize = 120;

/// The candidate nearest to `name`, if one is near enough to be what was meant; the first of equals.
///
/// Both sides are compared as `key` reads them (folded, so that a missing mark costs nothing), then as written.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>, key: impl Fn(&str) -> String) -> Nearest {
    let candidates = candidates.into_iter().map(|candidate| (Cow::Owned(key(short(candidate))), candidate));
    nearest_by_key(name, &key(short(name)), candidates)
}

/// The same, where the keys are known already: that of the name, and each candidate's with the candidate.
pub fn nearest_by_key<'a>(
    name: &str,
    wanted: &str,
    candidates: impl IntoIterator<Item = (Cow<'a, str>, &'a str)>,
) -> Nearest {
    let (written, wanted) = (short(name), short(wanted));
    let bag = Bag::of(wanted);
    // One letter is another name, not a misspelling of it.
    let reach = match bag.length {
        0 | 1 => 0,
        length => (length / 3).max(1),
    };
    let best = candidates
        .into_iter()
        .filter(|(key, _)| bag.least_distance(&Bag::of(short(key))) <= reach)
        .map(|(key, candidate)| (strsim::damerau_levenshtein(wanted, short(&key)), candidate))
        .filter(|&(distance, _)| distance <= reach)
        .min_by_key(|&(distance, candidate)| (distance, strsim::damerau_levenshtein(written, short(candidate))));
    Nearest(best.map(|(_, name)| name.to_owned()))
}

/// The beginning of a name.
fn short(text: &str) -> &str {
    text.char_indices().nth(LONGEST).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// How often each letter stands in a text, letters of one remainder taken together: what tells most names apart at a
/// glance, so that the distance is worked out of the others alone.
struct Bag {
    counts: [u8; Bag::KINDS],
    length: usize,
}

impl Bag {
    const KINDS: usize = 32;

    fn of(text: &str) -> Self {
        let mut bag = Self { counts: [0; Self::KINDS], length: 0 };
        for letter in text.chars() {
            let at = usize::try_from(u32::from(letter)).unwrap_or_default() % Self::KINDS;
            if let Some(count) = bag.counts.get_mut(at) {
                *count = count.saturating_add(1);
            }
            bag.length = bag.length.saturating_add(1);
        }
        bag
    }

    /// No fewer steps lead from one text to the other: every letter too many or too few takes one, an exchange none.
    fn least_distance(&self, other: &Self) -> usize {
        let over = |one: &Self, other: &Self| -> usize {
            one.counts.iter().zip(&other.counts).map(|(one, other)| usize::from(one.saturating_sub(*other))).sum()
        };
        over(self, other).max(over(other, self))
    }
}
