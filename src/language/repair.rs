//! The one change of a word or a sign that makes a refused line readable: what its writer meant.
//!
//! Where the grammar stops is seldom where the slip is: `từ 90% trở lnê` stops at `trở`, `câu câu a` at `a`. So the line
//! is tried with each small change in turn, the likeliest first, and the first that reads tells what is wrong.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use pest::Parser;
use pest::iterators::{Pair, Pairs};

use super::day_ranges::days;
use super::expected::token_length;
use super::fold::fold;
use super::grammar::{Grammar, Rule};
use super::keyword::{Keyword, level_i};
use super::limits;
use super::opening;
use super::wording::{around, between, wordings};
use crate::diagnostic::Language;

/// What a change does to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// A word or a sign that stands twice is left out once; where the first ends.
    Once(usize),
    /// Words that the language does not have are put as it says them.
    Wording(Wording),
    /// One of these keywords is put in place of words that are it misspelt.
    Keyword(Vec<&'static str>),
    /// A word stands where one of these could, or one that is not told: which was meant nobody knows.
    Other(Vec<&'static str>),
    /// A number is missing before what stands there.
    Number,
    /// One of these signs is put in before what stands there.
    Sign(Vec<&'static str>),
}

/// What means the same: words before and after a value, or words alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wording {
    pub(super) before: &'static str,
    /// The bytes of the folded line that stay; none where the words stand alone.
    pub(super) value: Range<usize>,
    pub(super) after: &'static str,
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

/// The keywords of a language, each once, and all their words.
struct Phrases {
    all: Vec<Phrase>,
    words: BTreeSet<String>,
}

static PHRASES: LazyLock<[Phrases; 2]> = LazyLock::new(|| [Language::Vietnamese, Language::English].map(phrases));

fn phrases(language: Language) -> Phrases {
    let mut all: Vec<Phrase> = Vec::new();
    for &spelling in Keyword::ALL.iter().flat_map(|keyword| keyword.spellings(language)) {
        let folded = fold(spelling);
        if all.iter().any(|known| known.folded == folded) {
            continue;
        }
        let words = tokens(&folded).into_iter().filter_map(|place| folded.get(place)).map(level_i).collect();
        all.push(Phrase { spelling, folded, words });
    }
    let words = all.iter().flat_map(|phrase| &phrase.words).cloned().collect();
    Phrases { all, words }
}

/// The likeliest change that makes a folded line readable; `at` is where the grammar stopped, `readings` how many lines
/// may still be read in search of one.
pub(super) fn repair(line: &str, at: usize, language: Language, readings: &mut usize) -> Option<Repair> {
    let places = tokens(line);
    if places.len() > WORDS || *readings == 0 {
        return None;
    }
    // One line does not use up what the others need.
    let mut own = limits::READINGS_OF_A_LINE.min(*readings);
    *readings -= own;
    let found = likeliest(line, &places, (at, language), &mut own);
    *readings += own;
    found
}

fn likeliest(
    line: &str,
    places: &[Range<usize>],
    (at, language): (usize, Language),
    readings: &mut usize,
) -> Option<Repair> {
    let mut tried: Vec<(u32, Repair)> = numbers(line, places);
    // Of a line that only stops too soon little else is wrong.
    if line.get(at..).is_some_and(|rest| !rest.trim().is_empty()) {
        tried.extend(reworded(line, places, language));
        tried.extend(days(line, places, language));
        tried.extend(keywords(line, places, language));
        tried.extend(signs(line, places, at));
        tried.extend(alone(line, places, (at, language)));
    } else {
        tried.extend(opened(line, places));
        tried.extend(expected(line, places, language));
    }
    // What stands behind the word at which the grammar stopped it has not looked at.
    let stopped = places.iter().find(|place| place.end > at).map_or(line.len(), |place| place.end);
    tried.retain(|(_, repair)| repair.place.start <= stopped);
    // But for a word of a keyword that stands twice: the grammar stops before the whole keyword.
    tried.extend(once(line, places));
    tried.sort_by_key(|(cost, repair)| (*cost, repair.place.start.abs_diff(at)));
    let first = tried.iter().position(|(_, repair)| repair.reads(readings))?;
    let (best, found) = tried.get(first)?;
    let mut repair = found.clone();
    // Everything that fits there as well.
    let others = tried.iter().skip(first + 1).filter(|(cost, other)| cost == best && other.place == found.place);
    for (_, other) in others {
        match (&mut repair.change, &other.change) {
            (Change::Sign(fitting), Change::Sign(more))
            | (Change::Keyword(fitting), Change::Keyword(more))
            | (Change::Other(fitting), Change::Other(more))
                if other.line != found.line && other.reads(readings) =>
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
        repair.change = Change::Other(Vec::new());
    }
    Some(repair)
}

/// Whether a keyword is the words with one more that turns them round.
fn turns_round(words: &str, keyword: &str) -> bool {
    let keyword = fold(keyword);
    let more = keyword.split(' ').count() > words.split(' ').count();
    more && keyword.split(' ').any(|word| TURNING.contains(&word) && !words.split(' ').any(|said| said == word))
}

impl Repair {
    /// Whether the changed line reads, a keyword that was put in as that keyword: `số` made `trọng số` may read as a
    /// name, `trong`, and a code.
    fn reads(&self, readings: &mut usize) -> bool {
        let Some(left) = readings.checked_sub(1) else { return false };
        *readings = left;
        let line = self.line.as_str();
        let read = opening::statement(line).map(Pairs::single).or_else(|| Grammar::parse(Rule::line, line).ok());
        let put_in = match &self.change {
            Change::Keyword(words) => words.first().map(|words| fold(words)),
            _ => None,
        };
        let is_keyword = |token: &Pair<'_, Rule>| Keyword::of_rule(token.as_rule()).is_some();
        read.is_some_and(|read| {
            put_in.is_none_or(|words| {
                let mut keywords = read.flatten().filter(is_keyword).map(|token| token.as_span());
                keywords.any(|span| span.start() == self.place.start && span.as_str().trim_end() == words)
            })
        })
    }
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

pub(super) fn replaced(line: &str, place: &Range<usize>, by: &str) -> Option<String> {
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

/// Wordings that are none of the language's, as it puts them.
fn reworded(line: &str, places: &[Range<usize>], language: Language) -> Vec<(u32, Repair)> {
    let stand = |words: &str, from: usize| {
        let mut count = 0;
        let same = words.split(' ').filter(|word| !word.is_empty()).all(|word| {
            let said = places.get(from + count).and_then(|place| line.get(place.clone()));
            count += 1;
            said == Some(word)
        });
        same.then_some(count)
    };
    let mut found = Vec::new();
    let mut change = |range: Range<usize>, wording: Wording| {
        let value = line.get(wording.value.clone()).unwrap_or_default();
        let words = [fold(wording.before), value.to_owned(), fold(wording.after)];
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        if let Some(line) = replaced(line, &range, &words.join(" ")) {
            found.push((1, Repair { place: range, change: Change::Wording(wording), line }));
        }
    };
    for (start, first) in places.iter().enumerate() {
        // `nếu không` is not `nếu`.
        let longest = wordings(language).iter().filter_map(|(words, _)| stand(words, start)).max();
        for (words, keyword) in wordings(language) {
            let stands = stand(words, start).filter(|count| Some(*count) == longest);
            // `khác: 0 điểm` is the rest, `khác 0: 1 điểm` is no such thing.
            let next = stands.and_then(|count| line.get(places.get(start + count)?.clone()));
            if *keyword == Keyword::Otherwise && next != Some(":") {
                continue;
            }
            if let Some(last) = stands.and_then(|count| places.get(start + count - 1)) {
                let wording = Wording { before: keyword.canonical(language), value: last.end..last.end, after: "" };
                change(first.start..last.end, wording);
            }
        }
        for ((before, after), (opens, closes)) in around(language) {
            let Some(count) = stand(before, start) else { continue };
            let value = start + count;
            // A dash may part two edges or be the sign of one: nobody can tell, and the other is another band. Any other
            // sign is no value, as that of `tối đa: 2 điểm`.
            let sign = |place: &Range<usize>| line.get(place.clone()).is_some_and(|text| !text.starts_with(is_letter));
            if places.get(value).is_some_and(sign) {
                continue;
            }
            for length in 1..=VALUE {
                let (Some(from), Some(to)) = (places.get(value), places.get(value + length - 1)) else { break };
                let Some(behind) = stand(after, value + length) else { continue };
                let end = places.get(value + length + behind - 1).map_or(to.end, |last| last.end);
                let after = closes.map_or("", |keyword| keyword.canonical(language));
                let wording = Wording { before: opens.canonical(language), value: from.start..to.end, after };
                change(first.start..end, wording);
            }
        }
    }
    // A band that begins with its number: what stands before it and between is put in at once.
    for (words, keyword) in between(language) {
        let parts = |length: &usize| Some((places.get(length.checked_sub(1)?)?, stand(words, *length)?, *length));
        let Some((last, count, length)) = (1..=VALUE).find_map(|length| parts(&length)) else { continue };
        if let (Some(first), Some(behind)) = (places.first().filter(|_| digit(line)), places.get(length + count - 1)) {
            let (before, after) = (Keyword::From.canonical(language), keyword.canonical(language));
            change(first.start..behind.end, Wording { before, value: first.start..last.end, after });
        }
    }
    found
}

/// Whether a sign is one of a word or a number.
fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}

fn digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

/// Whether a word is one of a keyword: it is itself, and none misspelt.
pub(super) fn is_own(word: &str, language: Language) -> bool {
    let [vietnamese, english] = &*PHRASES;
    language.pick(vietnamese, english).words.contains(&level_i(word))
}

/// So many words make a value at most: `80 %`, `5 điểm`, `2 điểm phần trăm`.
const VALUE: usize = 4;

/// Keywords of which one word is misspelt, left out or another.
fn keywords(line: &str, places: &[Range<usize>], language: Language) -> Vec<(u32, Repair)> {
    let words: Vec<String> = places.iter().map(|place| level_i(line.get(place.clone()).unwrap_or_default())).collect();
    let mut found = Vec::new();
    let [vietnamese, english] = &*PHRASES;
    let phrases = language.pick(vietnamese, english);
    for phrase in &phrases.all {
        for start in 0..words.len() {
            let rest = words.get(start..).unwrap_or_default();
            // What stands there whole lacks nothing.
            if rest.starts_with(&phrase.words) {
                continue;
            }
            for (way, count) in nearly(rest, &phrase.words, &phrases.words) {
                let last = places.get(start + count - 1).map_or(line.len(), |place| place.end);
                let place = places.get(start).map_or(line.len(), |place| place.start)..last;
                if let Some(line) = replaced(line, &place, &phrase.folded) {
                    let change = match way {
                        Way::Misspelt | Way::LeftOut => Change::Keyword(vec![phrase.spelling]),
                        Way::Other => Change::Other(vec![phrase.spelling]),
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
fn nearly(words: &[String], phrase: &[String], own: &BTreeSet<String>) -> Vec<(Way, usize)> {
    let mut ways = Vec::new();
    if let Some(same) = words.get(..phrase.len()) {
        let mut others = same.iter().zip(phrase).filter(|(word, wanted)| word != wanted);
        // A number or a text is no word of a keyword.
        if let (Some((word, wanted)), None) = (others.next(), others.next())
            && is_word(word)
        {
            // A word of another keyword is itself, and none misspelt.
            if alike(word, wanted) && !own.contains(word) && !(phrase.len() == 1 && short(word, wanted)) {
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

/// A word or a name.
fn is_word(token: &str) -> bool {
    token.bytes().all(|letter| letter.is_ascii_alphabetic() || letter == b'_')
}

/// Keywords of one word in place of another word, or before the line: at its opening, and where the grammar stopped.
fn alone(line: &str, places: &[Range<usize>], (at, language): (usize, Language)) -> Vec<(u32, Repair)> {
    let stop = places.iter().position(|place| place.end > at).unwrap_or(places.len());
    let near = |token: usize| token == 0 || (token <= stop && stop <= token + NEAR);
    let [vietnamese, english] = &*PHRASES;
    let mut found = Vec::new();
    for phrase in language.pick(vietnamese, english).all.iter().filter(|phrase| phrase.words.len() == 1) {
        let change = Change::Other(vec![phrase.spelling]);
        for (_, place) in places.iter().enumerate().filter(|(token, _)| near(*token)) {
            let word = line.get(place.clone()).unwrap_or_default();
            if is_word(word)
                && word != phrase.folded
                && let Some(line) = replaced(line, place, &phrase.folded)
            {
                found.push((7, Repair { place: place.clone(), change: change.clone(), line }));
            }
        }
        if let Some(first) = places.first() {
            let line = format!("{} {line}", phrase.folded);
            found.push((8, Repair { place: first.clone(), change, line }));
        }
    }
    found
}

/// A number put in before `điểm`.
fn numbers(line: &str, places: &[Range<usize>]) -> Vec<(u32, Repair)> {
    let text = |place: &Range<usize>| line.get(place.clone()).unwrap_or_default();
    let behind = places.iter().zip(places.iter().skip(1));
    let lacking = behind.filter(|(before, place)| {
        let number = text(before).starts_with(|first: char| first.is_ascii_digit());
        matches!(text(place), "diem" | "points" | "point") && !number
    });
    let put = |(_, place): (_, &Range<usize>)| {
        let line = replaced(line, &(place.start..place.start), "1 ")?;
        Some((2, Repair { place: place.clone(), change: Change::Number, line }))
    };
    lacking.filter_map(put).collect()
}

/// What a test expects without the word that says so: `xếp loại: "A"` opens as the grades of the set do.
fn expected(line: &str, places: &[Range<usize>], language: Language) -> Option<(u32, Repair)> {
    let word = Keyword::Expect.canonical(language);
    let (place, change) = (places.first()?.clone(), Change::Other(vec![word]));
    Some((8, Repair { place, change, line: format!("{} {line}", fold(word)) }))
}

/// Another sign in place of a bracket that nothing closes.
fn opened(line: &str, places: &[Range<usize>]) -> Vec<(u32, Repair)> {
    let brackets = places.iter().filter(|place| line.get((*place).clone()) == Some("("));
    let signs = |place: &Range<usize>| {
        let place = place.clone();
        SIGNS.iter().filter_map(move |(sign, cost)| {
            let line = replaced(line, &place, sign).filter(|_| *sign != "(")?;
            Some((*cost, Repair { place: place.clone(), change: Change::Sign(vec![sign]), line }))
        })
    };
    brackets.flat_map(signs).collect()
}

/// Whether a word is one slip away from another: a letter more, less or other, or two exchanged; or spelt as it sounds.
///
/// Short words are all alike: of three letters another one makes another word, of two only their exchange is a slip.
pub(super) fn alike(word: &str, wanted: &str) -> bool {
    if sounds_as(word, wanted) {
        return true;
    }
    let (fewer, more) = (word.len().min(wanted.len()), word.len().max(wanted.len()));
    let slip = strsim::damerau_levenshtein(word, wanted) == 1;
    match (fewer, more) {
        (0 | 1, _) | (2, 3..) => false,
        (2 | 3, 2 | 3) if fewer == more => slip && letters(word) == letters(wanted),
        _ => slip,
    }
}

/// Whether a word has another letter in the place of one.
pub(super) fn other_letter(word: &str, wanted: &str) -> bool {
    word.len() == wanted.len() && letters(word) != letters(wanted) && !sounds_as(word, wanted)
}

/// How syllables begin that many people say alike, the longer first: `tiêu trí` is `tiêu chí` by the ear.
const SOUNDS: [(&str, &str); 8] =
    [("ngh", "ng"), ("kh", "kh"), ("tr", "ch"), ("gi", "d"), ("gh", "g"), ("r", "d"), ("x", "s"), ("k", "c")];

/// Whether two syllables of three letters or more sound alike.
fn sounds_as(word: &str, wanted: &str) -> bool {
    let sound = |word: &str| {
        let beginning = SOUNDS.iter().find_map(|(said, as_)| Some((*as_, word.strip_prefix(said)?)));
        beginning.map_or_else(|| word.to_owned(), |(beginning, rest)| format!("{beginning}{rest}"))
    };
    !short(word, wanted) && sound(word) == sound(wanted)
}

/// The letters of a word, in the order of the alphabet.
fn letters(word: &str) -> Vec<u8> {
    let mut letters = word.as_bytes().to_vec();
    letters.sort_unstable();
    letters
}

/// A word of two letters is too easily another one.
fn short(word: &str, wanted: &str) -> bool {
    word.len().min(wanted.len()) < 3
}

/// So many words before the one at which the grammar stopped, a sign may have led it astray.
const NEAR: usize = 2;

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
        for (token, place) in places.iter().enumerate().take(stop + 1).skip(stop.saturating_sub(NEAR)) {
            // A bracket further back would take in what stood outside of it.
            let near = token + 1 >= stop || (sign != "(" && text(place) != "(");
            let is_sign = SIGNS.iter().any(|(sign, _)| *sign == text(place));
            if is_sign
                && near
                && let Some(line) = replaced(line, place, sign)
            {
                found.push((cost, Repair { place: place.clone(), change: change.clone(), line }));
            }
        }
    }
    found.extend(unclosed(line, places, stop));
    // A quotient is written with `:` by hand, and a rate is a quotient.
    let rate = places.iter().take(stop).any(|place| matches!(text(place), "ty" | "ti" | "rate"));
    let quotient = |place: &&Range<usize>| {
        (text(place) == ":" && !opens_points(line, place)) || (rate && matches!(text(place), "," | ";"))
    };
    for place in places.iter().take(stop + 1).skip(stop.saturating_sub(NEAR)).filter(quotient) {
        if let Some(line) = replaced(line, place, "/") {
            found.push((6, Repair { place: place.clone(), change: Change::Sign(vec!["/"]), line }));
        }
    }
    found
}

/// Whether a colon stands after a number as before the points of a band, `đến hết 3: 50`, not between the two of a fraction.
fn opens_points(line: &str, colon: &Range<usize>) -> bool {
    let before = line.get(..colon.start).unwrap_or_default();
    let behind = line.get(colon.end..).and_then(|rest| rest.strip_prefix(' '));
    before.ends_with(|last: char| last.is_ascii_digit()) && behind.is_some_and(digit)
}

/// A bracket put in behind the column of `tổng(danh sách; cột`: what follows is no longer of the rows.
fn unclosed(line: &str, places: &[Range<usize>], stop: usize) -> Option<(u32, Repair)> {
    let text = |place: Option<&Range<usize>>| place.and_then(|place| line.get(place.clone())).unwrap_or_default();
    let over_rows = |start: &usize| {
        let word = |more: usize| text(places.get(start + more));
        OVER_ROWS.contains(&word(0)) && word(1) == "(" && word(3) == ";" && is_word(word(4)) && word(5) != ")"
    };
    let start = (0..stop).find(over_rows)?;
    let place = places.get(start + 5)?.clone();
    let line = replaced(line, &(place.start..place.start), ") ")?;
    Some((3, Repair { place, change: Change::Sign(vec![")"]), line }))
}

/// Functions that take a list and a column.
const OVER_ROWS: [&str; 4] = ["tong", "dem", "sum", "count"];
