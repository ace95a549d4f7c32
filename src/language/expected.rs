//! A line that the grammar refuses, in an official's words: what was found, what was expected.

use pest::Parser;
use pest::error::{Error, ErrorVariant, InputLocation};

use super::fold::{Shadow, fold};
use super::grammar::{Grammar, Rule};
use super::keyword::Keyword;
use super::label::labels;
use super::meant::{Misspelt, meant, misspelt, opener, opens_known, starts_with_words};
use super::repair::{self, Change, Repair};
use super::reserved::{is_reserved, reserved_name};
use crate::diagnostic::{Both, Diagnostic, Language, Nearest, Span, Text};
use crate::number::Ratio;

/// A refused line: its finding, and what it opens with.
pub(super) struct Refused {
    pub(super) finding: Diagnostic,
    /// The keyword that it opens with, or was meant to.
    pub(super) opener: Option<Keyword>,
}

/// A line as it stands in its file.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The line as the grammar sees it.
    pub(super) shadow: &'a Shadow,
    /// As it is written.
    pub(super) content: &'a str,
    /// Where it begins.
    pub(super) offset: usize,
    /// The file's language.
    pub(super) language: Language,
    /// A line above has said already what ruleset the file is.
    pub(super) opened: bool,
}

impl<'a> Place<'a> {
    /// The folded line.
    fn text(&self) -> &'a str {
        &self.shadow.text
    }

    /// What is written at a span.
    fn written(&self, span: Span) -> String {
        let place = |at: u32| (at as usize).saturating_sub(self.offset);
        self.content.get(place(span.start)..place(span.end)).unwrap_or_default().to_owned()
    }

    /// The span of a range of the folded line, and what is written there.
    fn at(&self, range: std::ops::Range<usize>) -> (Span, String) {
        let span = self.shadow.span(range.start, range.end);
        (span, self.written(span))
    }
}

/// The finding for a refused line; `readings` says how many readings may be spent in search of what was meant.
pub(super) fn explain(error: &Error<Rule>, line: Place<'_>, readings: &mut usize) -> Refused {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let (text, language) = (line.text(), line.language);
    if let Some(end) = repeals(line) {
        return Refused { finding: repeal(end, line), opener: Some(Keyword::Repeal) };
    }
    let refused = |finding: Diagnostic| Refused { finding, opener: opener(text).or_else(|| meant(text, language)) };
    if let Some(finding) = without_effect(line) {
        return refused(finding);
    }
    let known = opens_known(text);
    if let Some(end) = band_without_from(text).filter(|_| known) {
        return refused(without_from(end, line));
    }
    if let Some(name) = reserved(error, at, line) {
        return refused(name);
    }
    if let Some(finding) = part_of_points(at, line).or_else(|| in_order(error, at, line)) {
        return refused(finding);
    }
    let repair = repair::repair(text, at, language, readings);
    // A line that opens as it should is not given another opening, and one that does not is given the one that explains
    // more of its words.
    let nearest = misspelt(text, language);
    let none = nearest.nearest.0.is_none();
    let fits = |repair: &Repair| match &repair.change {
        Change::Wording(_) | Change::Once(_) => true,
        // Of a word that is merely another one the grammar has to say what may stand there.
        Change::Other(_) if known => (repair.place.start..=repair.place.end).contains(&at),
        Change::Keyword(_) if repair.place.start == 0 && known => {
            keeps_opening(text, repair) || lost_first_word(text, repair)
        }
        // One word for another at the opening explains less than the whole phrase that opens nothing.
        Change::Other(_) if none => text.get(repair.place.clone()).is_some_and(|words| words.contains(' ')),
        Change::Other(_) => repair.place.end > nearest.length,
        Change::Keyword(_) if repair.place.start == 0 => none || repair.place.end >= nearest.length,
        _ => known || none,
    };
    match repair {
        Some(repair) if fits(&repair) => {
            let finding = repairable(&repair, labels(positives(error)), line);
            Refused { finding, opener: opener(&repair.line) }
        }
        Some(Repair { place, change: Change::Other(meant), line: changed }) if known => {
            let before = changed.ends_with(text);
            let finding = another(unexpected(error, at, line), (place.clone(), &meant, before), line);
            Refused { finding, opener: if place.start == 0 { opener(&changed) } else { opener(text) } }
        }
        _ => refused(match band_between(text) {
            Some(end) if known => without_from(end, line),
            _ if known => unexpected(error, at, line),
            _ => unknown_keyword(nearest, line),
        }),
    }
}

/// A line that says when something is so, whole but for what follows then: `không phát sinh khi a = 0`.
fn without_effect(line: Place<'_>) -> Option<Diagnostic> {
    let text = line.text().trim_end_matches([':', ';', ' ']);
    let keyword = opener(text)?;
    let effects: [&str; 2] = match (keyword, line.language) {
        (Keyword::NoCase | Keyword::NotBlock | Keyword::NoRowsLeft, Language::Vietnamese) => {
            [": loại khỏi thang điểm", ": 0 điểm"]
        }
        (Keyword::NoCase | Keyword::NotBlock | Keyword::NoRowsLeft, Language::English) => {
            [": out of scale", ": 0 points"]
        }
        (Keyword::NoCasePer, Language::Vietnamese) => [": bỏ qua dòng", ": 0 điểm"],
        (Keyword::NoCasePer, Language::English) => [": skip row", ": 0 points"],
        (Keyword::Gate, language) => match (language, text.ends_with(&fold(Keyword::IfNot.canonical(language)))) {
            (Language::Vietnamese, true) => [": 0 điểm", ": chưa chấm"],
            (Language::Vietnamese, false) => ["; nếu không: 0 điểm", "; nếu không: chưa chấm"],
            (Language::English, true) => [": 0 points", ": unscored"],
            (Language::English, false) => ["; if not: 0 points", "; if not: unscored"],
        },
        _ => return None,
    };
    // What would follow makes the line whole; one that lacks more is told what it lacks.
    let whole = effects.iter().any(|effect| Grammar::parse(Rule::line, &format!("{text}{}", fold(effect))).is_ok());
    if !whole {
        return None;
    }
    // Behind the last word: a comment may follow.
    let last = line.shadow.span(text.len().saturating_sub(1), text.len());
    let end = Span { start: last.end, ..last };
    let words = effects.map(|effect| format!("`{effect}`"));
    let effects = Both::new(words.join(" hoặc "), words.join(" or "));
    Some(Diagnostic::new(Text::NoEffect { effects }, end))
}

/// Where the word ends with which a line says that a head is repealed, `bỏ tiêu chí 1.1`: its letters are those that
/// open a file.
fn repeals(line: Place<'_>) -> Option<usize> {
    let rest = line.text().strip_prefix("bo ").filter(|_| line.opened)?;
    let levels = [Keyword::Area, Keyword::Criterion, Keyword::SubCriterion, Keyword::Bonus, Keyword::Penalty];
    let mut spellings = levels.iter().flat_map(|level| level.spellings(Language::Vietnamese)).map(|words| fold(words));
    let code = spellings.find_map(|words| rest.strip_prefix(&words)?.strip_prefix(' '))?;
    let code = code.split([' ', ',']).next().filter(|code| code.starts_with(|first: char| first.is_ascii_digit()))?;
    code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.').then_some("bo".len())
}

fn repeal(end: usize, line: Place<'_>) -> Diagnostic {
    let (span, word) = line.at(0..end);
    let meant = Keyword::Repeal.canonical(Language::Vietnamese);
    Diagnostic::new(Text::UnknownKeyword { word, nearest: Nearest(Some(meant.to_owned())) }, span).fix(span, meant)
}

/// Whether a changed line opens with the words that the line opens with, and only a later one is another.
fn keeps_opening(line: &str, repair: &Repair) -> bool {
    let Some(keyword) = opener(line) else { return false };
    let same = line.bytes().zip(repair.line.bytes()).take_while(|(one, other)| one == other).count();
    let spellings = [Language::Vietnamese, Language::English].map(|language| fold(keyword.canonical(language)).len());
    spellings.iter().any(|&length| length <= same) && same < repair.place.end
}

/// Whether a line reads with a word before its first one: `thị: 2 chữ số` is `hiển thị`, though it opens as `thì` does.
fn lost_first_word(line: &str, repair: &Repair) -> bool {
    repair.line.len() > line.len() && repair.line.ends_with(line)
}

/// The finding for a line that one change makes readable.
///
/// `allowed` is what the grammar would have taken where it stopped.
fn repairable(repair: &Repair, allowed: Both, line: Place<'_>) -> Diagnostic {
    let (span, found) = line.at(repair.place.clone());
    let unknown = repair.place.start == 0 && !opens_known(line.text());
    match &repair.change {
        Change::Once(first) => {
            let (_, once) = line.at(repair.place.start..*first);
            // Of two numbers nobody knows whether they were to be one, or one and the other.
            let number = once.starts_with(|first: char| first.is_ascii_digit());
            let finding = Diagnostic::new(Text::WrittenTwice { word: once.clone() }, span);
            if number { finding } else { finding.fix(span, once) }
        }
        Change::Wording(wording) => {
            let meant = wording.words(line);
            // `01/01/2022-31/12/2022`: what is put in does not run into what follows.
            let behind = line.text().get(repair.place.end..).unwrap_or_default();
            let glued = behind.starts_with(|next: char| next.is_ascii_alphanumeric());
            let blank = if glued { " " } else { "" };
            let problem = if unknown {
                Text::UnknownKeyword { word: found, nearest: Nearest(Some(meant.clone())) }
            } else {
                Text::Unexpected { found, expected: Both::same(format!("`{meant}`")) }
            };
            Diagnostic::new(problem, span).fix(span, format!("{meant}{blank}"))
        }
        Change::Other(_) if unknown => {
            Diagnostic::new(Text::UnknownKeyword { word: found, nearest: Nearest(None) }, span)
        }
        Change::Other(_) => Diagnostic::new(Text::Unexpected { found, expected: allowed }, span),
        Change::Number => {
            let expected = Both::new("một số", "a number");
            before(Diagnostic::new(Text::Unexpected { found, expected }, span), repair.place.start, line)
        }
        Change::Keyword(meant) => match meant.as_slice() {
            [meant] if repair.place.start == 0 && (unknown || !lost_first_word(line.text(), repair)) => {
                let nearest = Nearest(Some((*meant).to_owned()));
                Diagnostic::new(Text::UnknownKeyword { word: found, nearest }, span).fix(span, *meant)
            }
            [meant] => {
                let expected = Both::same(format!("`{meant}`"));
                Diagnostic::new(Text::Unexpected { found, expected }, span).fix(span, *meant)
            }
            several => Diagnostic::new(Text::Unexpected { found, expected: quoted(several) }, span),
        },
        Change::Sign(signs) => {
            let finding = Diagnostic::new(Text::Unexpected { found, expected: quoted(signs) }, span);
            // A sign is put in, or stands in the place of another.
            let put_in = repair.line.len() > line.text().len() + 1;
            if put_in { before(finding, repair.place.start, line) } else { finding }
        }
    }
}

/// A finding of something that is missing, with what stands before the gap.
fn before(finding: Diagnostic, at: usize, line: Place<'_>) -> Diagnostic {
    let text = line.text().get(..at).unwrap_or_default().trim_end();
    let Some(start) = last_token(text) else { return finding };
    let (span, _) = line.at(start..text.len());
    finding.label(span, "thiếu ở sau chữ này", "it is missing after this")
}

/// Where the last word, number, string or sign of a text begins.
fn last_token(text: &str) -> Option<usize> {
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let next = start + token_length(rest);
        let behind = text.get(next..).unwrap_or_default();
        if behind.trim_start().is_empty() {
            return Some(start);
        }
        start = next + behind.len() - behind.trim_start().len();
    }
    None
}

/// A finding, with the word that another one would make readable: the grammar stopped only behind it.
fn another(
    finding: Diagnostic,
    (place, meant, before): (std::ops::Range<usize>, &[&str], bool),
    line: Place<'_>,
) -> Diagnostic {
    let (span, _) = line.at(place);
    if (1..=FEW).contains(&meant.len()) {
        let Both(vietnamese, english) = quoted(meant);
        if before {
            let words =
                (format!("đọc được nếu trước chữ này có {vietnamese}"), format!("it reads with {english} before it"));
            return finding.label(span, words.0, words.1);
        }
        let words = (format!("đọc được nếu ở đây là {vietnamese}"), format!("it reads if this is {english}"));
        return finding.label(span, words.0, words.1);
    }
    finding.label(span, "đọc được nếu ở đây là chữ khác", "it reads if this is another word")
}

/// More words than this tell nobody which was meant.
const FEW: usize = 3;

impl repair::Wording {
    /// The words that mean what is written, around the value that is written.
    fn words(&self, line: Place<'_>) -> String {
        let (_, value) = line.at(self.value.clone());
        let parts = [self.before, value.as_str(), self.after];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// One of these, as they are written.
fn quoted(words: &[&str]) -> Both {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    Both::new(quoted.join(" hoặc "), quoted.join(" or "))
}

/// What the grammar would have taken where it stopped.
fn positives(error: &Error<Rule>) -> &[Rule] {
    match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => &[],
    }
}

/// The word or sign at which the grammar stopped, if any is left.
fn stopped(at: usize, line: Place<'_>) -> Option<(Span, String)> {
    let rest = line.text().get(at..).unwrap_or_default();
    let token = rest.trim_start();
    let start = at + (rest.len() - token.len());
    (!token.is_empty()).then(|| line.at(start..start + time_length(token).unwrap_or_else(|| token_length(token))))
}

/// A reserved word where a name has to stand.
fn reserved(error: &Error<Rule>, at: usize, line: Place<'_>) -> Option<Diagnostic> {
    let (span, name) = stopped(at, line).filter(|_| positives(error) == [Rule::name])?;
    is_reserved(&name).then(|| Diagnostic::new(reserved_name(&name), span))
}

/// The finding for a line that no one change makes readable.
fn unexpected(error: &Error<Rule>, at: usize, line: Place<'_>) -> Diagnostic {
    let expected = labels(positives(error));
    let Some((span, found)) = stopped(at, line) else {
        let end = line.text().len();
        return Diagnostic::new(Text::EndsTooSoon { expected }, line.shadow.span(end, end));
    };
    let finding = Diagnostic::new(Text::Unexpected { found, expected }, span);
    // What a number lacks, or should not be.
    let said = line.text().get(..at).unwrap_or_default().trim_end();
    let number = last_token(said).and_then(|start| said.get(start..));
    let number = number.is_some_and(|token| token.starts_with(|first: char| first.is_ascii_digit()));
    if number { before(finding, at, line) } else { finding }
}

/// `1/4 điểm` for an award: `0,25 điểm`, and not the quarter of the maximum that the grammar would take there.
fn part_of_points(at: usize, line: Place<'_>) -> Option<Diagnostic> {
    let before = line.text().get(..at)?.trim_end();
    let word = line.text().get(at..)?.trim_start();
    let points = Keyword::Points.spellings(line.language).iter().any(|words| starts_with_words(word, &fold(words)));
    let digits = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count();
    // `2 điểm phần trăm` are no points.
    let rate = starts_with_words(word, &fold(Keyword::PercentagePoints.canonical(line.language)));
    let (over, under) = before.rsplit_once('/').filter(|_| points && !rate)?;
    let (over, under) = (over.trim_end(), under.trim_start());
    let start = over.len().checked_sub(digits(over))?;
    let (numerator, denominator) = (over.get(start..)?.parse().ok()?, under.parse().ok()?);
    // Not the end of `1,5/4` or of a date.
    if over.get(..start)?.ends_with(['/', ',', '.']) || under.len() != digits(under) {
        return None;
    }
    let value = Ratio::new(numerator, denominator)?;
    let end = at + line.text().get(at..)?.len() - word.len() + token_length(word);
    let (span, found) = line.at(start..end);
    let (_, points) = line.at(end - token_length(word)..end);
    if !value.is_terminating() {
        let expected = Both::new("một số điểm viết thập phân", "points as a decimal number");
        return Some(Diagnostic::new(Text::Unexpected { found, expected }, span));
    }
    let meant = format!("{} {points}", value.exact(line.language.decimal_mark()));
    let expected = Both::same(format!("`{meant}`"));
    Some(Diagnostic::new(Text::Unexpected { found, expected }, span).fix(span, meant))
}

/// What stands where another part of the line, or another line, has to stand: in which order they are written.
fn in_order(error: &Error<Rule>, at: usize, line: Place<'_>) -> Option<Diagnostic> {
    let rest = line.text().get(at..)?.trim_start();
    let is =
        |keyword: Keyword| keyword.spellings(line.language).iter().any(|words| starts_with_words(rest, &fold(words)));
    let expected = match opener(line.text())? {
        Keyword::Gate if is(Keyword::And) => Both::new(
            "`;`: mỗi điều kiện viết thành một dòng `chỉ chấm khi` riêng",
            "`;`: each condition takes a line `only scored when` of its own",
        ),
        Keyword::ScorePerCase if is(Keyword::StartingFrom) => Both::new(
            "`lấy …`: viết theo thứ tự `từng …, lấy …, bắt đầu từ …`",
            "`take …`: the order is `per …, take …, starting from …`",
        ),
        Keyword::ScoreBy if is(Keyword::Per) && positives(error) == [Rule::comma] => Both::new(
            "`,`: viết theo thứ tự `chấm theo thời hạn …, hạn … từng …, lấy …`",
            "`,`: the order is `score by deadline …, by … per …, take …`",
        ),
        _ => return None,
    };
    let (span, found) = stopped(at, line)?;
    Some(Diagnostic::new(Text::Unexpected { found, expected }, span))
}

/// A time of the day, `17:2`, as it is written.
fn time_length(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(text);
    let minutes = digits(text.get(hours..)?.strip_prefix(':')?);
    (matches!(hours, 1 | 2) && minutes > 0).then_some(hours + 1 + minutes)
}

/// One word, one number, one string, or one sign.
pub(super) fn token_length(text: &str) -> usize {
    let first = text.chars().next().unwrap_or(' ');
    if first == '"' {
        return text.get(1..).and_then(|rest| rest.find('"')).map_or(text.len(), |at| at + 2);
    }
    let belongs = |character: char| character.is_ascii_alphanumeric() || "_.,%".contains(character);
    if belongs(first) {
        let end = text.find(|character: char| !belongs(character)).unwrap_or(text.len());
        let word = text.get(..end).unwrap_or(text).trim_end_matches([',', '.']);
        return word.len().max(1);
    }
    first.len_utf8()
}

/// Where the words end of a band that does not say from: `90% trở lên`.
fn band_without_from(text: &str) -> Option<usize> {
    number_and(text, Keyword::Up)
}

/// The same of `60% đến 70%` in a line of which something else is wrong besides.
fn band_between(text: &str) -> Option<usize> {
    number_and(text, Keyword::To)
}

/// Where a keyword ends that stands behind the number with which a line begins.
fn number_and(text: &str, keyword: Keyword) -> Option<usize> {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit() || ".,".contains(character));
    let rest = if rest.len() < text.len() { rest.strip_prefix('%').unwrap_or(rest) } else { return None };
    let words = rest.trim_start();
    let spelling = [Language::Vietnamese, Language::English]
        .into_iter()
        .flat_map(|language| keyword.spellings(language))
        .map(|spelling| fold(spelling))
        .find(|spelling| starts_with_words(words, spelling))?;
    Some(text.len() - words.len() + spelling.len())
}

fn without_from(end: usize, line: Place<'_>) -> Diagnostic {
    let (span, word) = line.at(0..end);
    let from = Keyword::From.canonical(line.language);
    let nearest = Nearest(Some(format!("{from} {word}")));
    let finding = Diagnostic::new(Text::UnknownKeyword { word, nearest }, span);
    finding.fix(Span { end: span.start, ..span }, format!("{from} "))
}

fn unknown_keyword(misspelt: Misspelt, line: Place<'_>) -> Diagnostic {
    let Misspelt { length, nearest, sure } = misspelt;
    let (span, word) = line.at(0..length.max(1));
    let meant = nearest.0.clone().filter(|_| sure);
    let finding = Diagnostic::new(Text::UnknownKeyword { word, nearest }, span);
    match meant {
        // A code keeps standing; its level comes before it.
        Some(meant) if line.text().starts_with(|character: char| character.is_ascii_digit()) => {
            finding.fix(Span { end: span.start, ..span }, format!("{meant} "))
        }
        Some(meant) => finding.fix(span, meant),
        None => finding,
    }
}
