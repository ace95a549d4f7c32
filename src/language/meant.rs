//! The keyword that a line opens with, or was meant to open with.

use std::sync::LazyLock;

use super::fold::fold;
use super::keyword::{Keyword, Place, level_i};
use super::repair;
use super::wording::wordings;
use crate::diagnostic::{Language, Nearest};

/// A spelling of a keyword that opens a statement.
struct Opener {
    keyword: Keyword,
    language: Language,
    spelling: &'static str,
    folded: String,
    /// As it is compared.
    levelled: String,
}

static OPENERS: LazyLock<Vec<Opener>> = LazyLock::new(|| {
    let opening = Keyword::ALL.iter().filter(|keyword| keyword.place() == Place::Opens);
    opening
        .flat_map(|&keyword| {
            [Language::Vietnamese, Language::English].into_iter().flat_map(move |language| {
                keyword.spellings(language).iter().map(move |&spelling| {
                    let folded = fold(spelling);
                    let levelled = level_i(&folded);
                    Opener { keyword, language, spelling, folded, levelled }
                })
            })
        })
        .collect()
});

/// The keyword that a folded line opens with; the longest that fits.
pub(super) fn opener(text: &str) -> Option<Keyword> {
    let fitting = OPENERS.iter().filter(|opener| starts_with_words(text, &opener.levelled));
    fitting.max_by_key(|opener| opener.folded.len()).map(|opener| opener.keyword)
}

/// Whether a line begins with the words, `y` and `i` alike, and they end there.
pub(super) fn starts_with_words(text: &str, words: &str) -> bool {
    let mut said = text.split(|character: char| !(character.is_ascii_alphanumeric() || "_-/".contains(character)));
    words.split(' ').all(|word| said.next().is_some_and(|said| said == word || level_i(said) == word))
}

/// Whether the line begins with words that open a statement, or as a bare band does.
pub(super) fn opens_known(text: &str) -> bool {
    text.starts_with(['<', '>', '=']) || is_bare_band(text) || opener(text).is_some()
}

/// Whether a line begins with a number as a band does: `70% - 90%`; a code before a name is a head without its level.
fn is_bare_band(text: &str) -> bool {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit() || ".,".contains(character));
    rest.len() < text.len() && !rest.trim_start().starts_with('"')
}

/// The keyword that a line which opens with none was probably meant to open with.
pub(super) fn meant(text: &str, language: Language) -> Option<Keyword> {
    // `90%-100%: …` is a band, not the code of a head.
    if text.starts_with(|character: char| character.is_ascii_digit())
        && text.split(' ').next().is_some_and(|first| first.contains('%'))
    {
        return None;
    }
    let spelling = misspelt(text, language).nearest.0?;
    OPENERS.iter().find(|opener| opener.spelling == spelling).map(|opener| opener.keyword)
}

/// What stands for the keyword of a line that opens with none.
pub(super) struct Misspelt {
    /// How much of the line it is.
    pub(super) length: usize,
    /// The keyword that it comes nearest to.
    pub(super) nearest: Nearest,
    /// Whether that may be put in its place.
    pub(super) sure: bool,
}

impl Misspelt {
    fn new(length: usize, nearest: Option<&str>) -> Self {
        Self { length, nearest: Nearest(nearest.map(str::to_owned)), sure: nearest.is_some() }
    }
}

/// How much of a line stands for its keyword, and the keyword it comes nearest to.
pub(super) fn misspelt(text: &str, language: Language) -> Misspelt {
    if text.starts_with(|character: char| character.is_ascii_digit()) {
        // The code and name of a head, as an annex prints them.
        let code = text.split([' ', '"']).next().unwrap_or_default();
        let level = if code.matches('.').count() > 1 { Keyword::SubCriterion } else { Keyword::Criterion };
        return Misspelt::new(code.len(), Some(level.canonical(language)));
    }
    // What stands before the first colon, quote, digit or bracket is taken for the keyword.
    let end = text.find(|character: char| ":\"();=".contains(character) || character.is_ascii_digit());
    let phrase = text.get(..end.unwrap_or(text.len())).unwrap_or_default().trim_end();
    let words: Vec<&str> = phrase.split(' ').take(4).collect();
    for count in (1..=words.len()).rev() {
        let candidate = words.iter().take(count).copied().collect::<Vec<_>>().join(" ");
        let behind = if candidate == phrase { text.get(phrase.len()..).unwrap_or_default().trim_start() } else { "" };
        if let Some(keyword) = worded(&candidate, behind, language) {
            return Misspelt::new(candidate.len(), Some(keyword.canonical(language)));
        }
        if let Some((near, sure)) = near(&candidate, language) {
            return Misspelt { sure, ..Misspelt::new(candidate.len(), Some(near)) };
        }
    }
    if let Some(near) = OPENERS.iter().find(|opener| opener.language == language && cut(phrase, &opener.folded)) {
        // Two letters of three are too little to put the keyword in, enough to ask.
        return Misspelt { sure: false, ..Misspelt::new(phrase.len(), Some(near.spelling)) };
    }
    // A short phrase is quoted whole, and what ends as an opening does; prose by its first word.
    let many = phrase.split(' ').nth(4).is_some() || (words.len() == 4 && end.is_none());
    let quoted = if many { words.first().copied().unwrap_or_default() } else { phrase };
    Misspelt::new(quoted.len(), None)
}

/// The keyword that opens a statement as words of another wording do; those of a band stand before a number only.
fn worded(phrase: &str, rest: &str, language: Language) -> Option<Keyword> {
    let behind = rest.chars().next();
    // `tối đa 2 điểm` closes a list; `tối đa 2 sáng kiến: 2 điểm` and `tối đa: 2 điểm` do no such thing.
    let closes = |keyword| matches!(keyword, Keyword::Ceiling | Keyword::Floor);
    let edge = |keyword| matches!(keyword, Keyword::Above | Keyword::Below | Keyword::To | Keyword::Through);
    // `bỏ` is written as `bộ` is without its marks: what follows it decides.
    let opens = |keyword: Keyword| match keyword {
        Keyword::Repeal => false,
        Keyword::Otherwise => true,
        keyword => keyword.place() == Place::Opens,
    };
    // `khác 0: 1 điểm` is not the rest.
    let others = behind.is_none_or(|sign| !sign.is_ascii_digit());
    let fits = |keyword: Keyword| {
        opens(keyword)
            && (behind.is_some() || !edge(keyword))
            && (others || keyword != Keyword::Otherwise)
            && !(closes(keyword) && rest.contains(':'))
    };
    let mut said = wordings(language).iter().filter(|(words, keyword)| *words == phrase && fits(*keyword));
    said.next().map(|(_, keyword)| *keyword)
}

/// The spelling that a phrase comes nearest to, each of its words a misspelling of one of the keyword's.
///
/// The file's own language comes first; who writes the other one is told that by its own finding. With it goes whether
/// its letters are those that are written, but for one too many or too few: `nhiều` is asked about, not made `phiếu`.
fn near(phrase: &str, language: Language) -> Option<(&'static str, bool)> {
    // `không` is itself, and no `khung`.
    if !phrase.contains(' ') && repair::is_own(phrase, language) {
        return None;
    }
    // `Khá: …` is an option without its `chọn`.
    if GRADES.contains(&phrase) {
        return None;
    }
    let alike = OPENERS.iter().filter(|opener| same_words(phrase, &opener.folded));
    let apart = |opener: &&Opener| {
        let slips = strsim::damerau_levenshtein(phrase, &opener.folded);
        (opener.language != language, slips)
    };
    let near = alike.min_by_key(apart)?;
    let other_letter = |(said, wanted): (&str, &str)| repair::other_letter(said, wanted);
    let sure = !phrase.split(' ').zip(near.folded.split(' ')).any(other_letter);
    Some((near.spelling, sure))
}

/// Names that assessments give, which are themselves, however near to a keyword they come.
const GRADES: [&str; 10] = ["tot", "kha", "gioi", "yeu", "kem", "good", "fair", "poor", "weak", "pass"];

/// Whether every word of a phrase is the keyword's, or one slip away from it; a space may be left out.
fn same_words(phrase: &str, keyword: &str) -> bool {
    let one = |(said, wanted): (&str, &str)| said == wanted || repair::alike(said, wanted);
    let count = |words: &str| words.split(' ').count();
    if count(phrase) == count(keyword) {
        return phrase.split(' ').zip(keyword.split(' ')).all(one);
    }
    phrase.replace(' ', "") == keyword.replace(' ', "")
}

/// Whether a word of three letters lacks one.
fn cut(said: &str, wanted: &str) -> bool {
    said.len() == 2 && wanted.len() == 3 && strsim::damerau_levenshtein(said, wanted) == 1
}
