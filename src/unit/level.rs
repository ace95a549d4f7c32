//! The levels of units: whether a set that is meant for some is meant for a unit of another.

use crate::language::fold;

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

/// The words for each kind, folded; a city is of a province's rank or of a district's.
const WORDS: &[(&str, &[Kind])] = &[
    ("bo", &[Kind::Ministry]),
    ("ministry", &[Kind::Ministry]),
    ("tinh", &[Kind::Province]),
    ("province", &[Kind::Province]),
    ("thanh pho", &[Kind::Province, Kind::District]),
    ("city", &[Kind::Province, Kind::District]),
    ("so", &[Kind::Department]),
    ("department", &[Kind::Department]),
    ("huyen", &[Kind::District]),
    ("quan", &[Kind::District]),
    ("thi xa", &[Kind::District]),
    ("district", &[Kind::District]),
    ("phong", &[Kind::Office]),
    ("xa", &[Kind::Commune]),
    ("phuong", &[Kind::Commune]),
    ("thi tran", &[Kind::Commune]),
    ("dac khu", &[Kind::Commune]),
    ("commune", &[Kind::Commune]),
    ("ward", &[Kind::Commune]),
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
        let of = |word: &str| WORDS.iter().find(|(known, _)| *known == word).map(|(_, kinds)| *kinds);
        if let Some(kinds) = two.as_deref().and_then(of) {
            found.extend_from_slice(kinds);
            rest = after.get(1..).unwrap_or_default();
        } else {
            found.extend_from_slice(of(first)?);
        }
    }
    (!found.is_empty()).then_some(found)
}
