//! Numbers of a sheet as people and programs write them: exact, or refused with what to write.

use crate::diagnostic::{Both, Diagnostic, Nearest, Problem, Sheet, nearest};
use crate::language::fold;
use crate::language::tree::Spanned;
use crate::number::{DecimalMark, Ratio};

use super::RawValue;

/// Why a value is not the number it should be.
#[derive(Debug)]
pub(super) enum Refused {
    /// It is no number; the caller knows what was expected.
    NotANumber,
    /// It is one in the wrong dress.
    Dress(Box<Problem>),
}

/// A number, and whether it carried `%` (then it is the ratio).
#[derive(Debug)]
pub(super) struct Read {
    /// The value.
    pub(super) value: Ratio,
    /// Whether it was written in per cent.
    pub(super) percent: bool,
}

/// Reads a number of a sheet.
pub(super) fn read(raw: &RawValue) -> Result<Read, Refused> {
    match raw {
        RawValue::Number(text) => {
            let value = Ratio::parse_decimal(text).map_err(|_| Refused::NotANumber)?;
            Ok(Read { value, percent: false })
        }
        RawValue::Text(text) => dressed(text, DecimalMark::Point, true),
        RawValue::Cell(text, mark) => dressed(text, *mark, false),
        RawValue::YesNo(_) | RawValue::Nothing | RawValue::Rows(_) | RawValue::Table(_) => Err(Refused::NotANumber),
    }
}

/// A number in a text; `forgiving` takes either mark in per cent, where nothing else says which is meant.
fn dressed(written: &str, mark: DecimalMark, forgiving: bool) -> Result<Read, Refused> {
    let text = written.trim();
    let (number, percent) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    };
    let sign = if percent { "%" } else { "" };
    let value = plain(number, mark, forgiving && percent, sign)?;
    let value = if percent { value.checked_div(&Ratio::from(100)).unwrap_or(value) } else { value };
    Ok(Read { value, percent })
}

fn plain(number: &str, mark: DecimalMark, either: bool, sign: &str) -> Result<Ratio, Refused> {
    let (own, other) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let unsigned = number.strip_prefix('-').unwrap_or(number);
    let numeric = unsigned.starts_with(|first: char| first.is_ascii_digit())
        && unsigned.ends_with(|last: char| last.is_ascii_digit())
        && unsigned.chars().all(|part| part.is_ascii_digit() || part == own || part == other || is_space(part));
    if !numeric {
        return Err(Refused::NotANumber);
    }
    let marks = |mark: char| number.matches(mark).count();
    let grouped = |readings: Vec<String>| {
        let readings = readings.into_iter().map(|reading| format!("`{reading}{sign}`")).collect();
        dress(Sheet::GroupedNumber { written: format!("{number}{sign}"), readings })
    };
    if number.chars().any(is_space) {
        return Err(grouped(vec![number.chars().filter(|&part| !is_space(part)).collect()]));
    }
    match (marks(own), marks(other)) {
        (0 | 1, 0) => Ratio::parse_decimal(&number.replace(own, ".")).map_err(|_| Refused::NotANumber),
        (0, 1) => {
            let (whole, fraction) = unsigned.split_once(other).unwrap_or((unsigned, ""));
            let meant = number.replace(other, &own.to_string());
            if fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0') {
                return Err(grouped(vec![number.replace(other, ""), as_decimal(&meant, own)]));
            }
            if either {
                return Ratio::parse_decimal(&number.replace(other, ".")).map_err(|_| Refused::NotANumber);
            }
            let (written, meant) = (format!("{number}{sign}"), format!("{meant}{sign}"));
            Err(dress(Sheet::SheetDecimal { written, meant }))
        }
        // 1.250.000,5 or 1,250,000.5: groups, then one mark, if there is one.
        _ => Err(grouped(ungrouped(number, own).into_iter().collect())),
    }
}

/// A published result, called so where it stands: its value, and whether it is in per cent.
pub(crate) fn published(name: &str, raw: &Spanned<RawValue>) -> Result<(Ratio, bool), Box<Diagnostic>> {
    match read(&raw.value) {
        Ok(read) => Ok((read.value, read.percent)),
        Err(Refused::Dress(problem)) => Err(Box::new(Diagnostic::new(*problem, raw.span))),
        Err(Refused::NotANumber) => {
            let expected = Both::new("một tỷ lệ như \"91.17%\", hoặc số điểm", "a rate such as \"91.17%\", or points");
            let problem = Sheet::BadValue { name: name.to_owned(), found: written(&raw.value), expected };
            Err(Box::new(Diagnostic::new(problem, raw.span)))
        }
    }
}

/// `1.000` where a count or an amount is asked for: one as a decimal, a thousand as officials group; nobody's to guess.
pub(super) fn thousands(raw: &RawValue) -> Option<Problem> {
    let (text, mark) = match raw {
        RawValue::Number(text) | RawValue::Text(text) | RawValue::Cell(text, DecimalMark::Point) => (text.trim(), '.'),
        RawValue::Cell(text, DecimalMark::Comma) => (text.trim(), ','),
        RawValue::YesNo(_) | RawValue::Nothing | RawValue::Rows(_) | RawValue::Table(_) => return None,
    };
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once(mark)?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = fraction.len() == 3 && (1..=3).contains(&whole.len()) && digits(whole) && digits(fraction);
    if !grouped || whole.starts_with('0') {
        return None;
    }
    let readings = vec![format!("`{}`", text.replace(mark, "")), format!("`{}`", as_decimal(text, mark))];
    Some(Sheet::GroupedNumber { written: text.to_owned(), readings }.into())
}

/// A decimal of three digits so that it can be read as nothing else: with one more digit, which no group has.
fn as_decimal(number: &str, mark: char) -> String {
    match number.split_once(mark) {
        Some((whole, "000")) => whole.to_owned(),
        _ => format!("{number}0"),
    }
}

/// The one reading of a number whose marks repeat, written with the file's own mark.
fn ungrouped(number: &str, own: char) -> Option<String> {
    let last = number.rfind(['.', ','])?;
    let (head, tail) = number.split_at_checked(last)?;
    let decimal = tail.chars().next()?;
    let digits = |part: &str| part.replace(['.', ','], "");
    if head.contains(decimal) {
        // The last mark repeats, so every mark groups.
        return Some(digits(number));
    }
    Some(format!("{}{own}{}", digits(head), digits(tail)))
}

fn dress(problem: Sheet) -> Refused {
    Refused::Dress(Box::new(problem.into()))
}

fn is_space(part: char) -> bool {
    matches!(part, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// The value as it was written, for a message.
pub(super) fn written(raw: &RawValue) -> String {
    match raw {
        RawValue::Number(text) | RawValue::Text(text) | RawValue::Cell(text, _) => shorten(text),
        RawValue::YesNo(answer) => answer.to_string(),
        RawValue::Nothing => String::new(),
        RawValue::Rows(_) => "[…]".to_owned(),
        RawValue::Table(file) => shorten(file),
    }
}

/// A text short enough to quote.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(std::iter::once('…')).collect()
}

/// What a number of points must be.
pub(super) fn points_words() -> Both {
    Both::new("một số điểm", "a number of points")
}

/// The nearest known name, whatever its case and marks.
pub(crate) fn near<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Nearest {
    nearest(name, known, fold)
}
