//! The folded shadow of a line: what the grammar reads, with a map back to the bytes as written.
//!
//! Folding drops case, marks and everything that a word processor puts in; what a string says is one letter here (its
//! content is sliced from the source), comments are cut off.

use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_script::{Script, UnicodeScript};

use crate::diagnostic::{Both, Diagnostic, SourceId, Span, Text};

/// A line as the grammar sees it.
#[derive(Debug)]
pub(super) struct Shadow {
    /// Folded text.
    pub(super) text: String,
    /// For each byte of `text`, where its character starts and ends in the source.
    places: Vec<(u32, u32)>,
    source: SourceId,
    end: usize,
    /// The comment, from `#` on.
    pub(super) comment: Option<Span>,
    /// Whether every character is read as it is written: a word processor put nothing in.
    pub(super) as_written: bool,
}

impl Shadow {
    /// The place in the source of a range of the shadow.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let first = self.places.get(start).map_or(self.end, |place| place.0 as usize);
        if start >= end {
            // What is missing at the end is missing behind the last letter, before blanks and a comment.
            let behind = self.places.last().filter(|_| start >= self.places.len()).map(|place| place.1 as usize);
            let first = behind.unwrap_or(first);
            return Span::new(self.source, first, first);
        }
        let last = self.places.get(end - 1).map_or(self.end, |place| place.1 as usize);
        Span::new(self.source, first, last)
    }
}

/// What is read as a minus or a hyphen.
pub(super) const DASHES: [char; 6] = ['-', '–', '—', '−', '‐', '‑'];

/// Folds one character: base letters, lower case, plain signs.
fn fold_char(character: char, push: &mut impl FnMut(char)) {
    match character {
        'đ' | 'Đ' | 'Ð' | 'ð' => push('d'),
        '“' | '”' | '„' | '‟' | '″' | '＂' => push('"'),
        '‘' | '’' => push('\''),
        _ if DASHES.contains(&character) => push('-'),
        '≥' => {
            push('>');
            push('=');
        }
        '≤' => {
            push('<');
            push('=');
        }
        '≠' => {
            push('!');
            push('=');
        }
        '×' | '·' => push('*'),
        '÷' | '∕' => push('/'),
        '：' => push(':'),
        '；' => push(';'),
        '，' => push(','),
        _ if character.is_ascii() => push(character.to_ascii_lowercase()),
        _ if character.is_whitespace() => push(' '),
        _ => match letter(character) {
            Some(letter) => push(letter),
            None => taken_apart(character).for_each(push),
        },
    }
}

/// The base letters of a character in lower case, without marks.
fn taken_apart(character: char) -> impl Iterator<Item = char> {
    let parts = std::iter::once(character).nfd().filter(|&part| !is_combining_mark(part));
    parts.flat_map(char::to_lowercase)
}

/// The one ASCII letter that a Latin letter with marks is of, by its code from the first that is not ASCII; zero where it
/// is not one letter. Every Vietnamese one is among them.
static LETTERS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let one = |code: u32| {
        let mut parts = taken_apart(char::from_u32(code)?);
        let first = u8::try_from(parts.next()?).ok().filter(u8::is_ascii_lowercase)?;
        parts.next().is_none().then_some(first)
    };
    (0x80..LATIN_END).map(|code| one(code).unwrap_or(0)).collect()
});

fn letter(character: char) -> Option<char> {
    letter_among(&LETTERS, character)
}

fn letter_among(letters: &[u8], character: char) -> Option<char> {
    let at = u32::from(character).checked_sub(0x80)?;
    let byte = *letters.get(usize::try_from(at).ok()?)?;
    (byte != 0).then_some(char::from(byte))
}

/// What stands in the shadow for all that a string says.
const HIDDEN: char = 'x';

/// Where the pages of Latin letters with marks end.
const LATIN_END: u32 = 0x1f00;

/// Folds a name or keyword: what is left has no case and no marks.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        fold_char(character, &mut |part| folded.push(part));
    }
    folded
}

/// A character as it is read: what a word processor put in is not there, Ð is Đ.
pub(super) fn meant(character: char) -> Option<char> {
    match character {
        'Ð' => Some('Đ'),
        'ð' => Some('đ'),
        _ if BIDIRECTIONAL.contains(&character) || ZERO_WIDTH.contains(&character) => None,
        _ if character.is_control() && character != '\t' => None,
        _ => Some(character),
    }
}

/// A name as it is compared: NFC, as written otherwise.
pub(crate) fn compose(text: impl Into<String> + AsRef<str>) -> String {
    if is_composed(text.as_ref()) { text.into() } else { text.as_ref().nfc().collect() }
}

/// Whether a text is NFC. Every text of a set is asked, and nearly all have only characters that stay as they are: those
/// below the first combining mark, the letters of Vietnamese, dashes and curly quotes.
pub(super) fn is_composed(text: &str) -> bool {
    let stays = |character: char| {
        character < '\u{300}' || matches!(character, '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2027}' | '≤' | '≥')
    };
    let all_stay = text.chars().all(stays);
    debug_assert!(!all_stay || is_nfc(text), "`{text}` is not composed");
    all_stay || is_nfc(text)
}

enum State {
    Code,
    /// Inside a string that closes with one of these.
    Quoted(&'static [char]),
}

const BIDIRECTIONAL: [char; 12] = [
    '\u{061c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}',
];
const ZERO_WIDTH: [char; 5] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];
/// The stroke through `=` of a decomposed `≠`.
const STROKE: char = '\u{338}';
const PASTED_SPACES: [char; 6] = ['\u{a0}', '\u{2002}', '\u{2003}', '\u{2009}', '\u{202f}', '\u{3000}'];

struct Folder<'a> {
    shadow: Shadow,
    findings: &'a mut Vec<Diagnostic>,
}

impl Folder<'_> {
    /// Reads on over what nearly every character of a set is: read as itself or as its base letter where the grammar
    /// reads, hidden inside quotes. Gives the first that is none of these, or the end.
    fn plain(&mut self, state: &State, text: &str, from: usize, base: u32) -> usize {
        let letters: &[u8] = &LETTERS;
        for (at, character) in text.get(from..).unwrap_or_default().char_indices() {
            let at = from + at;
            let read = match (state, character) {
                (State::Code, 'a'..='z' | '0'..='9' | ' ' | '_' | ':' | ';' | ',' | '.' | '=' | '(' | ')' | '%') => {
                    Some(character)
                }
                (State::Code, 'A'..='Z') => Some(character.to_ascii_lowercase()),
                // All that print but the quote and the backslash.
                (State::Quoted(_), ' '..='!' | '#'..='[' | ']'..='~') => Some(HIDDEN),
                _ => letter_among(letters, character),
            };
            let Some(read) = read else { return at };
            let start = base.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
            let place = (start, start.saturating_add(u32::try_from(character.len_utf8()).unwrap_or(u32::MAX)));
            match (state, read) {
                (State::Code, ' ') => self.space(place),
                (State::Code, read) => {
                    self.shadow.text.push(read);
                    self.shadow.places.push(place);
                }
                (State::Quoted(_), _) => self.hide(place),
            }
        }
        text.len()
    }

    /// Another character inside quotes: however many there are, the grammar sees one.
    fn hide(&mut self, place: (u32, u32)) {
        match self.shadow.places.last_mut() {
            Some(last) if self.shadow.text.ends_with(HIDDEN) => last.1 = place.1,
            _ => self.push(HIDDEN, place),
        }
    }

    fn push(&mut self, character: char, place: (u32, u32)) {
        self.shadow.text.push(character);
        for _ in 0..character.len_utf8() {
            self.shadow.places.push(place);
        }
    }

    /// One space for any run of them; none at the start.
    fn space(&mut self, place: (u32, u32)) {
        if !self.shadow.text.is_empty() && !self.shadow.text.ends_with(' ') {
            self.push(' ', place);
        }
    }

    fn find(&mut self, problem: Text, span: Span) {
        self.findings.push(Diagnostic::new(problem, span));
    }

    /// A mark stored apart: it belongs to the letter before it, which now ends here.
    fn combine(&mut self, mark: char, span: Span) {
        let shadow = &mut self.shadow;
        let before = shadow.text.chars().next_back();
        if !before.is_some_and(|before| before.is_ascii_alphabetic() || before == '=' && mark == STROKE) {
            self.find(unknown(mark), span);
            return;
        }
        if let Some(last) = shadow.places.last_mut() {
            last.1 = span.end;
        }
        if mark == STROKE && before == Some('=') {
            // `≠` taken apart must not become `=`.
            shadow.text.pop();
            let place = shadow.places.pop().unwrap_or((span.start, span.end));
            self.push('!', place);
            self.push('=', place);
        }
    }

    /// A comment is not read, but it may not make the line look other than it reads.
    fn comment(&mut self, offset: usize, text: &str) {
        for (at, character) in text.char_indices().filter(|(_, character)| BIDIRECTIONAL.contains(character)) {
            let span = Span::new(self.shadow.source, offset + at, offset + at + character.len_utf8());
            let problem = Text::BidirectionalControl { character: escape(character) };
            self.findings.push(Diagnostic::new(problem, span).fix(span, ""));
        }
    }

    /// What a word processor or a terminal put in: said, and true where it is not read.
    fn pasted_in(&mut self, character: char, span: Span) -> bool {
        if letter(character).is_some() || matches!(character, 'đ' | 'Đ') {
            return false;
        }
        if BIDIRECTIONAL.contains(&character) {
            let problem = Text::BidirectionalControl { character: escape(character) };
            self.findings.push(Diagnostic::new(problem, span).fix(span, ""));
            return true;
        }
        if ZERO_WIDTH.contains(&character) {
            self.pasted(character, "không có gì", "nothing", "", span);
            return true;
        }
        if character.is_control() && character != '\t' {
            let problem = Text::ControlCharacter { character: escape(character) };
            self.findings.push(Diagnostic::new(problem, span).fix(span, ""));
            return true;
        }
        if matches!(character, 'Ð' | 'ð') {
            self.pasted(character, "Đ", "Đ", if character == 'Ð' { "Đ" } else { "đ" }, span);
        }
        false
    }

    fn pasted(&mut self, character: char, vietnamese: &str, english: &str, replacement: &str, span: Span) {
        let problem =
            Text::PastedCharacter { character: escape(character), meant: Both::new(vietnamese, english), times: 1 };
        self.findings.push(Diagnostic::new(problem, span).fix(span, replacement));
    }
}

fn escape(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// Folds the line `text`, which starts at byte `offset` of its source.
pub(super) fn fold_line(source: SourceId, offset: usize, text: &str, findings: &mut Vec<Diagnostic>) -> Shadow {
    let shadow = Shadow {
        text: String::with_capacity(text.len()),
        places: Vec::with_capacity(text.len()),
        source,
        end: offset + text.len(),
        comment: None,
        as_written: true,
    };
    let mut folder = Folder { shadow, findings };
    let mut state = State::Code;
    let mut opened = None;
    let mut skip = false;
    // Places are counted as spans count them.
    let base = Span::new(source, offset, offset).start;
    let mut next = 0;
    loop {
        let at = if skip { next } else { folder.plain(&state, text, next, base) };
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        next = at + character.len_utf8();
        let span = Span::new(source, offset + at, offset + next);
        let place = (span.start, span.end);
        if !matches!(character, ' '..='~') {
            let left_out = folder.pasted_in(character, span);
            folder.shadow.as_written &= !left_out && meant(character) == Some(character);
            if left_out {
                continue;
            }
        }
        if skip {
            // The character after a backslash inside a string.
            skip = false;
            folder.hide(place);
            continue;
        }
        match state {
            State::Quoted(closers) => {
                if closers.contains(&character) {
                    state = State::Code;
                    opened = None;
                    folder.push('"', place);
                } else {
                    skip = character == '\\';
                    if looks_latin(character) {
                        folder.find(Text::MixedScripts { character: character.to_string() }, span);
                    }
                    folder.hide(place);
                }
            }
            State::Code => {
                if character == '#' {
                    folder.shadow.comment = Some(Span::new(source, offset + at, offset + text.len()));
                    folder.comment(offset + at, text.get(at..).unwrap_or_default());
                    break;
                }
                match character {
                    '"' => {
                        let rest = text.get(at + 1..).unwrap_or_default();
                        // A straight quote that a word processor closed with a curly one.
                        let closers: &'static [char] = if rest.contains('"') { &['"'] } else { &['”', '“'] };
                        state = State::Quoted(closers);
                        opened = Some(span);
                        folder.push('"', place);
                    }
                    '“' | '”' | '„' | '‟' | '″' | '＂' => {
                        folder.pasted(character, "dấu ngoặc kép thẳng", "straight quotes", "\"", span);
                        state = State::Quoted(match character {
                            '‟' => &['”', '"', '‟'],
                            '″' => &['”', '"', '″'],
                            '＂' => &['”', '"', '＂'],
                            _ => &['”', '"'],
                        });
                        opened = Some(span);
                        folder.push('"', place);
                    }
                    _ => fold_code(&mut folder, character, span),
                }
            }
        }
    }
    if let (State::Quoted(_), Some(span)) = (&state, opened) {
        folder.find(Text::OpenString {}, span);
        // Closed here, so that the rest of the line is still read.
        let end = Span::new(source, folder.shadow.end, folder.shadow.end);
        folder.push('"', (end.start, end.end));
    }
    while folder.shadow.text.ends_with(' ') {
        folder.shadow.text.pop();
        folder.shadow.places.pop();
    }
    folder.shadow
}

fn fold_code(folder: &mut Folder<'_>, character: char, span: Span) {
    let place = (span.start, span.end);
    if !character.is_ascii() && letter(character).is_none() && is_combining_mark(character) {
        folder.combine(character, span);
        return;
    }
    if character == '\t' || character.is_whitespace() {
        if PASTED_SPACES.contains(&character) {
            folder.pasted(character, "dấu cách", "a space", " ", span);
        }
        folder.space(place);
        return;
    }
    let mut unknown = 0;
    fold_char(character, &mut |part| {
        unknown += usize::from(!part.is_ascii());
        folder.push(if part.is_ascii() { part } else { '?' }, place);
    });
    for _ in 0..unknown {
        folder.find(self::unknown(character), span);
    }
}

/// What is said of a character that stands outside quotes and has no meaning there.
fn unknown(character: char) -> Text {
    let (kind, mend) = if looks_latin(character) {
        let kind =
            (", là chữ của hệ chữ khác nhìn giống chữ La-tinh,", ", a letter of another script that looks Latin,");
        (kind, ("gõ lại bằng bàn phím tiếng Việt", "type it again"))
    } else {
        (("", ""), ("xóa, hoặc đưa vào trong \"…\"", "delete it, or put it inside \"…\""))
    };
    let both = |(vietnamese, english): (&str, &str)| Both::new(vietnamese, english);
    Text::UnknownCharacter { character: character.to_string(), kind: both(kind), mend: both(mend) }
}

/// A letter of another script that is easily taken for a Latin one.
fn looks_latin(character: char) -> bool {
    // Latin letters, those of Vietnamese among them, end before the Greek ones, and have a page of their own.
    let latin = character < '\u{370}' || ('\u{1e00}'..='\u{1eff}').contains(&character);
    !latin && character.is_alphabetic() && matches!(character.script(), Script::Cyrillic | Script::Greek)
}
