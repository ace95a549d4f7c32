//! The kinds of units that sets are for: whether a set that is meant for some is meant for a unit of another.

use super::fold::fold;

/// A kind of unit that many words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ministry,
    Province,
    Department,
    District,
    Office,
    Commune,
}

/// The words for each kind, folded and as written; a city is of a province's rank or of a district's.
const WORDS: &[(&str, &str, &[Kind])] = &[
    ("bo", "bộ", &[Kind::Ministry]),
    ("ministry", "ministry", &[Kind::Ministry]),
    ("tinh", "tỉnh", &[Kind::Province]),
    ("province", "province", &[Kind::Province]),
    ("thanh pho", "thành phố", &[Kind::Province, Kind::District]),
    ("city", "city", &[Kind::Province, Kind::District]),
    ("so", "sở", &[Kind::Department]),
    ("department", "department", &[Kind::Department]),
    ("huyen", "huyện", &[Kind::District]),
    ("quan", "quận", &[Kind::District]),
    ("thi xa", "thị xã", &[Kind::District]),
    ("district", "district", &[Kind::District]),
    ("phong", "phòng", &[Kind::Office]),
    ("xa", "xã", &[Kind::Commune]),
    ("phuong", "phường", &[Kind::Commune]),
    ("thi tran", "thị trấn", &[Kind::Commune]),
    ("dac khu", "đặc khu", &[Kind::Commune]),
    ("commune", "commune", &[Kind::Commune]),
    ("ward", "ward", &[Kind::Commune]),
];

/// Whether units of this level are among those that a set says it is for; nothing where either says a word that is no
/// level known.
pub fn is_meant(of_set: &str, of_unit: &str) -> Option<bool> {
    let (meant, own) = (kinds(of_set)?, kinds(of_unit)?);
    Some(own.iter().any(|kind| meant.contains(kind)))
}

/// The kinds that a phrase names; nothing where a word of it is not known.
fn kinds(phrase: &str) -> Option<Vec<Kind>> {
    let folded = fold(phrase);
    let words: Vec<&str> = folded.split(|character: char| !character.is_alphanumeric()).collect();
    let mut rest: &[&str] = &words;
    let mut found = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if matches!(*first, "" | "va" | "and" | "cap") {
            continue;
        }
        let two = after.first().map(|second| format!("{first} {second}"));
        let of = |word: &str| WORDS.iter().find(|(known, ..)| *known == word).map(|(.., kinds)| *kinds);
        if let Some(kinds) = two.as_deref().and_then(of) {
            found.extend_from_slice(kinds);
            rest = after.get(1..).unwrap_or_default();
        } else {
            found.extend_from_slice(of(first)?);
        }
    }
    (!found.is_empty()).then_some(found)
}

/// A word of a phrase that names no kind and is one slip away from one, with that one.
///
/// Words of two letters are all near to some other word, so only their exchange is taken for a slip.
pub(crate) fn misspelt_kind(phrase: &str) -> Option<(&str, &'static str)> {
    if kinds(phrase).is_some() {
        return None;
    }
    phrase.split_whitespace().find_map(|word| {
        let folded = fold(word);
        let slip = |known: &str| {
            let exchanged = known.len() > 2 || folded.chars().rev().eq(known.chars());
            exchanged && known != folded && strsim::damerau_levenshtein(&folded, known) == 1
        };
        let known = WORDS.iter().any(|(known, ..)| known.split(' ').any(|part| part == folded));
        let meant = WORDS.iter().find(|(known, ..)| !known.contains(' ') && slip(known));
        meant.filter(|_| !known).map(|(_, written, _)| (word, *written))
    })
}
