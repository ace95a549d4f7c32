//! Written numbers, dates and strings, read by the file's language.

use jiff::civil::Date;

use super::fold::compose;
use crate::diagnostic::{Diagnostic, Language, Span, Text};
use crate::number::Ratio;

/// The value of a number as written, or what is wrong with it. `None` with a finding keeps the line readable.
pub(super) fn number(written: &str, language: Language, span: Span, findings: &mut Vec<Diagnostic>) -> Option<Ratio> {
    let (mark, other) = language.pick((',', '.'), ('.', ','));
    let marks = written.matches(mark).count();
    let others = written.matches(other).count();
    if others == 1 && marks == 0 {
        return lone_other_mark(written, mark, other, span, findings);
    }
    if others > 1 && marks <= 1 && grouped(written, mark, other) {
        // 1.250.000,5 has one reading.
        let plain: String = written.chars().filter(|&character| character != other).collect();
        return parse(&plain.replace(mark, "."), written, span, findings);
    }
    if others == 1 && marks == 1 && grouped(written, mark, other) {
        let plain: String = written.chars().filter(|&character| character != other).collect();
        return parse(&plain.replace(mark, "."), written, span, findings);
    }
    if others > 0 || marks > 1 {
        findings.push(Diagnostic::new(Text::BadNumber { written: written.to_owned() }, span));
        return None;
    }
    parse(&written.replace(mark, "."), written, span, findings)
}

/// `9.5` or `1.000` in a Vietnamese file, `9,5` or `1,000` in an English one.
fn lone_other_mark(
    written: &str,
    mark: char,
    other: char,
    span: Span,
    findings: &mut Vec<Diagnostic>,
) -> Option<Ratio> {
    let (whole, fraction) = written.split_once(other)?;
    let meant = format!("{whole}{mark}{fraction}");
    if fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0') {
        let problem = Text::AmbiguousThousands {
            written: written.to_owned(),
            whole: format!("{whole}{fraction}"),
            fraction: meant.clone(),
        };
        let finding = Diagnostic::new(problem, span).fix(span, format!("{whole}{fraction}")).fix(span, meant);
        findings.push(finding);
    } else {
        let problem = Text::DecimalMark { written: written.to_owned(), meant: meant.clone() };
        findings.push(Diagnostic::new(problem, span).fix(span, meant));
        // What was meant is clear, so the rest of the line is checked with it.
        return Ratio::parse_decimal(&format!("{whole}.{fraction}")).ok();
    }
    None
}

/// Whether every group after the first has three digits, so that `other` can only be a thousands mark.
fn grouped(written: &str, mark: char, other: char) -> bool {
    let whole = written.split(mark).next().unwrap_or_default();
    let mut groups = whole.split(other);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3)
        && !written.split(mark).skip(1).any(|part| part.contains(other))
}

fn parse(plain: &str, written: &str, span: Span, findings: &mut Vec<Diagnostic>) -> Option<Ratio> {
    let value = Ratio::parse_decimal(plain).ok();
    if value.is_none() {
        findings.push(Diagnostic::new(Text::BadNumber { written: written.to_owned() }, span));
    }
    value
}

/// Days since 1970-01-01 of `d/m/y`.
pub(super) fn date(written: &str) -> Option<i32> {
    let mut parts = written.split('/');
    let day: i8 = parts.next()?.parse().ok()?;
    let month: i8 = parts.next()?.parse().ok()?;
    let year: i16 = parts.next()?.parse().ok()?;
    days(year, month, day)
}

/// Days since 1970-01-01 of a date, if there is such a date.
pub fn days(year: i16, month: i8, day: i8) -> Option<i32> {
    let date = Date::new(year, month, day).ok()?;
    Some(Date::constant(1970, 1, 1).until(date).ok()?.get_days())
}

/// Day, month and year of a number of days since 1970-01-01, as `dd/mm/yyyy`.
pub fn date_text(days: i32) -> String {
    let span = jiff::Span::new().try_days(days);
    match span.and_then(|span| Date::constant(1970, 1, 1).checked_add(span)) {
        Ok(date) => format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
        Err(_) => days.to_string(),
    }
}

/// The text inside quotes: NFC, `\"` and `\\` undone.
pub(super) fn unquote(written: &str) -> String {
    let mut inner = written.chars();
    inner.next();
    if written.chars().count() > 1 && written.ends_with(['"', '”', '“']) {
        inner.next_back();
    }
    let mut text = String::with_capacity(written.len());
    let mut escaped = false;
    for character in inner {
        if escaped || character != '\\' {
            escaped = false;
            text.push(character);
        } else {
            escaped = true;
        }
    }
    compose(text.trim())
}

/// A text as it stands between quotes.
pub fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
