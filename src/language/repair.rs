//! The one change of a word or a sign that makes a refused line readable: what its writer meant.
//!
//! Where the grammar stops is seldom where the slip is: `từ 90% trở lnê` stops at `trở`, `câu câu a` at `a`. So the line
//! is tried with each small change in turn, the likeliest first, and the first that reads tells what is wrong.

use std::ops::Range;
use std::sync::LazyLock;

use pest::Parser;

use super::expected::token_length;
use super::fold::fold;
use super::grammar::{Grammar, Rule};
use super::keyword::{Keyword, level_i};
use super::opening;
use crate::diagnostic::Language;

/// What a change does to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// A word or a sign that stands twice is left out once; where the first ends.
    Once(usize),
    /// The words of a keyword are put in place of words that nearly are it.
    Keyword(&'static str),
    /// One of these signs is put in before what stands there.
    Sign(Vec<&'static str>),
}

/// A change that makes a line readable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Repair {
    /// The bytes of the folded line that are changed; before a missing sign, what stands where it should.
    pub(super) place: Range<usize>,
    /// What is done.
    pub(super) change: Change,
    /// The folded line as it then reads.
    pub(super) line: String,
}

/// Longer lines are not tried: every place costs a few readings.
const WORDS: usize = 80;

/// The signs that a line may lack, and what it costs to take one for left out.
const SIGNS: [(&str, u32); 7] = [(":", 3), (",", 3), (";", 3), ("(", 4), (")", 4), ("=", 5), ("/", 5)];

/// A spelling of a keyword: as it is written, and its words as they are compared.
struct Phrase {
    spelling: &'static str,
    folded: String,
    words: Vec<String>,
}

static PHRASES: LazyLock<[Vec<Phrase>; 2]> = LazyLock::new(|| [Language::Vietnamese, Language::English].map(phrases));

fn phrases(language: Language) -> Vec<Phrase> {
    let spellings = Keyword::ALL.iter().flat_map(|keyword| keyword.spellings(language));
    let phrase = |spelling: &&'static str| {
        let folded = fold(spelling);
        let words = tokens(&folded).into_iter().filter_map(|place| folded.get(place)).map(level_i).collect();
        Phrase { spelling, folded, words }
    };
    spellings.map(phrase).collect()
}

/// The likeliest change that makes a folded line readable; `at` is where the grammar stopped.
pub(super) fn repair(line: &str, at: usize, language: Language) -> Option<Repair> {
    let places = tokens(line);
    if places.len() > WORDS {
        return None;
    }
    let mut tried: Vec<(u32, Repair)> = once(line, &places);
    // Of a line that only stops too soon nothing else is wrong.
    if line.get(at..).is_some_and(|rest| !rest.trim().is_empty()) {
        tried.extend(keywords(line, &places, language));
        tried.extend(signs(line, &places));
    }
    tried.sort_by_key(|(cost, repair)| (*cost, repair.place.start.abs_diff(at)));
    let (best, found) = tried.iter().find(|(_, repair)| reads(&repair.line))?;
    let mut repair = found.clone();
    if let Change::Sign(fitting) = &mut repair.change {
        // Every sign that fits there.
        let others = tried.iter().filter(|(cost, other)| cost == best && other.place == found.place && other != found);
        for (_, other) in others.filter(|(_, other)| reads(&other.line)) {
            if let Change::Sign(more) = &other.change {
                fitting.extend(more);
            }
        }
    }
    Some(repair)
}

fn reads(line: &str) -> bool {
    opening::statement(line).is_some() || Grammar::parse(Rule::line, line).is_ok()
}

/// Words, numbers and strings whole, signs one by one.
fn tokens(line: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut start = 0;
    while let Some(rest) = line.get(start..).filter(|rest| !rest.is_empty()) {
        let length = token_length(rest);
        if !rest.starts_with(' ') {
            places.push(start..start + length);
        }
        start += length;
    }
    places
}

fn replaced(line: &str, place: &Range<usize>, by: &str) -> Option<String> {
    Some(format!("{}{by}{}", line.get(..place.start)?, line.get(place.end..)?))
}

/// What stands twice, once.
fn once(line: &str, places: &[Range<usize>]) -> Vec<(u32, Repair)> {
    let pairs = places.iter().zip(places.iter().skip(1));
    pairs
        .filter_map(|(first, second)| {
            let text = line.get(first.clone()).filter(|text| !text.starts_with('"'))?;
            if line.get(second.clone()) != Some(text) {
                return None;
            }
            let line = replaced(line, &(first.end..second.end), "")?;
            Some((0, Repair { place: first.start..second.end, change: Change::Once(first.end), line }))
        })
        .collect()
}

/// Keywords of which one word is misspelt, left out or another.
fn keywords(line: &str, places: &[Range<usize>], language: Language) -> Vec<(u32, Repair)> {
    let words: Vec<String> = places.iter().map(|place| level_i(line.get(place.clone()).unwrap_or_default())).collect();
    let mut found = Vec::new();
    let [vietnamese, english] = &*PHRASES;
    for phrase in language.pick(vietnamese, english) {
        for start in 0..words.len() {
            let rest = words.get(start..).unwrap_or_default();
            for (cost, count) in nearly(rest, &phrase.words) {
                let last = places.get(start + count - 1).map_or(line.len(), |place| place.end);
                let place = places.get(start).map_or(line.len(), |place| place.start)..last;
                if let Some(line) = replaced(line, &place, &phrase.folded) {
                    found.push((cost, Repair { place, change: Change::Keyword(phrase.spelling), line }));
                }
            }
        }
    }
    found
}

/// What it costs to take the first words for a phrase, and how many of them.
fn nearly(words: &[String], phrase: &[String]) -> Vec<(u32, usize)> {
    let mut ways = Vec::new();
    if let Some(same) = words.get(..phrase.len()) {
        let mut others = same.iter().zip(phrase).filter(|(word, wanted)| word != wanted);
        if let (Some((word, wanted)), None) = (others.next(), others.next()) {
            if alike(word, wanted) && !(phrase.len() == 1 && (short(word) || short(wanted))) {
                ways.push((1, phrase.len()));
            } else if phrase.len() > 1 && word.starts_with(|letter: char| letter.is_alphanumeric()) {
                ways.push((6, phrase.len()));
            }
        }
    }
    let shorter = phrase.len() - 1;
    if let Some(said) = words.get(..shorter).filter(|said| !said.is_empty()) {
        let without = |left_out: usize| {
            let kept = phrase.iter().enumerate().filter(|&(at, _)| at != left_out).map(|(_, word)| word);
            kept.eq(said)
        };
        if (0..phrase.len()).any(without) {
            ways.push((2, shorter));
        }
    }
    ways
}

/// Whether a word is one slip away from another: a letter more, less or other, or two exchanged.
fn alike(word: &str, wanted: &str) -> bool {
    strsim::damerau_levenshtein(word, wanted) == 1
}

/// A word of two letters is too easily another one.
fn short(word: &str) -> bool {
    word.len() < 3
}

/// A sign put in, or one in place of another.
fn signs(line: &str, places: &[Range<usize>]) -> Vec<(u32, Repair)> {
    let mut found = Vec::new();
    for place in places {
        let is_sign = line.get(place.clone()).is_some_and(|text| SIGNS.iter().any(|(sign, _)| *sign == text));
        for (sign, cost) in SIGNS {
            let change = Change::Sign(vec![sign]);
            let at = place.start..place.start;
            if let Some(line) = replaced(line, &at, &format!("{sign} ")) {
                found.push((cost, Repair { place: place.clone(), change: change.clone(), line }));
            }
            if is_sign && let Some(line) = replaced(line, place, sign) {
                found.push((cost, Repair { place: place.clone(), change, line }));
            }
        }
    }
    found
}
