//! The one change of a word or a sign that makes a refused line readable: what its writer meant.
//!
//! Where the grammar stops is seldom where the slip is: `từ 90% trở lnê` stops at `trở`, `câu câu a` at `a`. So the line
//! is tried with each small change in turn, the likeliest first, and the first that reads tells what is wrong.

use std::collections::BTreeSet;
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
    /// One of these keywords is put in place of words that are it misspelt.
    Keyword(Vec<&'static str>),
    /// A word stands where another one could: which was meant nobody knows.
    Other,
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
const SIGNS: [(&str, u32); 6] = [(":", 3), (",", 3), (";", 3), ("(", 4), (")", 4), ("=", 5)];

/// Words that turn what follows round: to take one for left out would be to say the opposite.
const TURNING: [&str; 6] = ["khong", "chua", "not", "no", "non", "never"];

/// Signs are not missing after these: a number belongs to them.
const BEFORE_NUMBERS: [&str; 10] = ["duoi", "tren", "den", "tu", "qua", "below", "above", "to", "from", "over"];

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

/// The likeliest change that makes a folded line readable; `at` is where the grammar stopped, `readings` how many lines
/// may still be read in search of one.
pub(super) fn repair(line: &str, at: usize, language: Language, readings: &mut usize) -> Option<Repair> {
    let places = tokens(line);
    if places.len() > WORDS {
        return None;
    }
    let mut tried: Vec<(u32, Repair)> = once(line, &places);
    // Of a line that only stops too soon nothing else is wrong.
    if line.get(at..).is_some_and(|rest| !rest.trim().is_empty()) {
        tried.extend(keywords(line, &places, language));
        tried.extend(signs(line, &places, at));
    }
    // What stands behind the word at which the grammar stopped it has not looked at.
    let stopped = places.iter().find(|place| place.end > at).map_or(line.len(), |place| place.end);
    tried.retain(|(_, repair)| repair.place.start <= stopped);
    tried.sort_by_key(|(cost, repair)| (*cost, repair.place.start.abs_diff(at)));
    let first = tried.iter().position(|(_, repair)| reads(&repair.line, readings))?;
    let (best, found) = tried.get(first)?;
    let mut repair = found.clone();
    // Everything that fits there as well.
    let others = tried.iter().skip(first + 1).filter(|(cost, other)| cost == best && other.place == found.place);
    for (_, other) in others {
        match (&mut repair.change, &other.change) {
            (Change::Sign(fitting), Change::Sign(more)) | (Change::Keyword(fitting), Change::Keyword(more))
                if other.line != found.line && reads(&other.line, readings) =>
            {
                fitting.extend(more);
            }
            _ => {}
        }
    }
    if let Change::Keyword(fitting) = &repair.change
        && let [only] = fitting.as_slice()
        && turns_round(line.get(repair.place.clone()).unwrap_or_default(), only)
    {
        repair.change = Change::Other;
    }
    Some(repair)
}

/// Whether a keyword is the words with one more that turns them round.
fn turns_round(words: &str, keyword: &str) -> bool {
    let keyword = fold(keyword);
    let more = keyword.split(' ').count() > words.split(' ').count();
    more && keyword.split(' ').any(|word| TURNING.contains(&word) && !words.split(' ').any(|said| said == word))
}

fn reads(line: &str, readings: &mut usize) -> bool {
    let Some(left) = readings.checked_sub(1) else { return false };
    *readings = left;
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
    let phrases = language.pick(vietnamese, english);
    let own: BTreeSet<&str> = phrases.iter().flat_map(|phrase| &phrase.words).map(String::as_str).collect();
    for phrase in phrases {
        for start in 0..words.len() {
            let rest = words.get(start..).unwrap_or_default();
            for (way, count) in nearly(rest, &phrase.words, &own) {
                let last = places.get(start + count - 1).map_or(line.len(), |place| place.end);
                let place = places.get(start).map_or(line.len(), |place| place.start)..last;
                if let Some(line) = replaced(line, &place, &phrase.folded) {
                    let change = match way {
                        Way::Misspelt | Way::LeftOut => Change::Keyword(vec![phrase.spelling]),
                        Way::Other => Change::Other,
                    };
                    found.push((way.cost(), Repair { place, change, line }));
                }
            }
        }
    }
    found
}

/// How words come near to a keyword.
#[derive(Clone, Copy)]
enum Way {
    Misspelt,
    LeftOut,
    Other,
}

impl Way {
    fn cost(self) -> u32 {
        match self {
            Way::Misspelt => 1,
            Way::LeftOut => 2,
            Way::Other => 6,
        }
    }
}

/// How the first words come near to a phrase, and how many of them; `own` are the words of all keywords.
fn nearly(words: &[String], phrase: &[String], own: &BTreeSet<&str>) -> Vec<(Way, usize)> {
    let mut ways = Vec::new();
    if let Some(same) = words.get(..phrase.len()) {
        let mut others = same.iter().zip(phrase).filter(|(word, wanted)| word != wanted);
        // A number, a text or a name with `_` is no word of a keyword.
        if let (Some((word, wanted)), None) = (others.next(), others.next())
            && word.bytes().all(|letter| letter.is_ascii_alphabetic())
        {
            // A word of another keyword is itself, and none misspelt.
            if alike(word, wanted) && !own.contains(word.as_str()) && !(phrase.len() == 1 && short(word, wanted)) {
                ways.push((Way::Misspelt, phrase.len()));
            } else if phrase.len() > 1 {
                ways.push((Way::Other, phrase.len()));
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
            ways.push((Way::LeftOut, shorter));
        }
    }
    ways
}

/// Whether a word is one slip away from another: a letter more, less or other, or two exchanged.
///
/// Of two letters only their exchange is one: such words are all alike.
fn alike(word: &str, wanted: &str) -> bool {
    let exchanged = word.len() == wanted.len() && word.chars().rev().eq(wanted.chars());
    (!short(word, wanted) || exchanged) && strsim::damerau_levenshtein(word, wanted) == 1
}

/// A word of two letters is too easily another one.
fn short(word: &str, wanted: &str) -> bool {
    word.len().min(wanted.len()) < 3
}

/// A sign put in where the grammar stopped, or one in place of another there or just before.
fn signs(line: &str, places: &[Range<usize>], at: usize) -> Vec<(u32, Repair)> {
    let mut found = Vec::new();
    let Some(stop) = places.iter().position(|place| place.end > at) else { return found };
    let text = |place: &Range<usize>| line.get(place.clone()).unwrap_or_default();
    let last = stop.checked_sub(1).and_then(|last| places.get(last));
    let belongs = last.is_some_and(|last| BEFORE_NUMBERS.contains(&text(last)));
    for (sign, cost) in SIGNS {
        let change = Change::Sign(vec![sign]);
        if let Some(place) = places.get(stop).filter(|_| !belongs)
            && let Some(line) = replaced(line, &(place.start..place.start), &format!("{sign} "))
        {
            found.push((cost, Repair { place: place.clone(), change: change.clone(), line }));
        }
        for place in last.into_iter().chain(places.get(stop)) {
            let is_sign = SIGNS.iter().any(|(sign, _)| *sign == text(place));
            if is_sign && let Some(line) = replaced(line, place, sign) {
                found.push((cost, Repair { place: place.clone(), change: change.clone(), line }));
            }
        }
    }
    found
}
