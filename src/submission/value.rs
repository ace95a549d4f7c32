//! From what is written to the typed value of a figure.

use unicode_normalization::UnicodeNormalization;

use super::number::{Read, Refused, near, read, shorten, written};
use super::{RawValue, Value};
use crate::diagnostic::{Both, Diagnostic, Language, Problem, Sheet, Span};
use crate::language::tree::{ExampleValue, Spanned, Unit};
use crate::language::{Keyword, dashed_date, date, fold, moment, moment_text};
use crate::number::{DecimalMark, Ratio};
use crate::ruleset::meaning::Kind;
use crate::ruleset::{Figure, FigureKind};

/// The value that a sheet or a command line states of a figure; nothing if it is not answered.
///
/// Bounds over other figures are not looked at here: see [`super::within_bounds`].
pub fn value(figure: &Figure, raw: &Spanned<RawValue>) -> Result<Option<Value>, Box<Diagnostic>> {
    let empty = match &raw.value {
        RawValue::Nothing => true,
        RawValue::Text(text) | RawValue::Cell(text, _) => text.trim().is_empty(),
        RawValue::Number(_) | RawValue::YesNo(_) | RawValue::Rows(_) | RawValue::Table(_) => false,
    };
    if empty {
        return Ok(None);
    }
    let text = match &raw.value {
        RawValue::Text(text) | RawValue::Cell(text, _) => Some(text.as_str()),
        RawValue::Number(_) | RawValue::YesNo(_) | RawValue::Nothing | RawValue::Rows(_) | RawValue::Table(_) => None,
    };
    let bad = || refuse(figure, &written(&raw.value), raw.span);
    if figure.may_not_apply && text.is_some_and(not_applicable) {
        return Ok(Some(Value::NotApplicable));
    }
    match &figure.kind {
        FigureKind::YesNo => match (&raw.value, text.and_then(answer)) {
            (&RawValue::YesNo(answer), _) | (_, Some(answer)) => Ok(Some(Value::YesNo(answer))),
            _ => Err(bad()),
        },
        // Rows are read one by one, each with its own findings.
        FigureKind::Rows(_) => Err(bad()),
        FigureKind::Text => text.map(|text| Some(Value::Text(compose(text)))).ok_or_else(bad),
        FigureKind::Choice(options) => text.ok_or_else(bad).and_then(|text| option(figure, options, text, raw.span)),
        FigureKind::Number(Kind::Date | Kind::Moment) if never(figure, &raw.value) => Ok(Some(Value::YesNo(false))),
        FigureKind::Number(Kind::Date) => {
            let day = text.and_then(day).ok_or_else(bad)?;
            Ok(Some(Value::Number(Ratio::from(day))))
        }
        FigureKind::Number(Kind::Moment) => {
            let at = text.and_then(moment).ok_or_else(bad)?;
            Ok(Some(Value::Number(Ratio::new(i128::from(at), 86_400).ok_or_else(bad)?)))
        }
        FigureKind::Number(kind) => {
            let read = read(&raw.value).map_err(|refused| match refused {
                Refused::NotANumber => bad(),
                Refused::Dress(problem) => Box::new(Diagnostic::new(whole_only(*problem, *kind), raw.span)),
            })?;
            let number = number(figure, *kind, read, raw)?;
            Ok(Some(Value::Number(number)))
        }
    }
}

/// The value that a ruleset's example states of a figure; nothing if it says that the figure is missing.
pub fn example_value(
    figure: &Figure,
    example: &ExampleValue,
    span: Span,
    language: Language,
) -> Result<Option<Value>, Box<Diagnostic>> {
    let mark = language.decimal_mark();
    let refused = |found: &str| Err(refuse(figure, found, span));
    match (example, &figure.kind) {
        (ExampleValue::Missing, _) => Ok(None),
        (ExampleValue::NotApplicable, _) if figure.may_not_apply => Ok(Some(Value::NotApplicable)),
        (ExampleValue::NotApplicable, _) => refused(Keyword::NotApplicableValue.canonical(language)),
        (ExampleValue::Number(number), FigureKind::Number(kind)) if !matches!(kind, Kind::Date | Kind::Moment) => {
            let shown = number.value.exact(mark);
            if *kind == Kind::Rate && number.unit == Unit::None {
                return Err(bare_rate(figure, &shown, &number.value, span, None));
            }
            let fits = if *kind == Kind::Rate { Unit::Percent } else { Unit::None };
            if number.unit != fits || !of_kind(*kind, &number.value) {
                let sign = if number.unit == Unit::Percent { number.value.percent(mark) } else { shown };
                return refused(&sign);
            }
            digits(figure, &number.value, span)?;
            Ok(Some(Value::Number(number.value.clone())))
        }
        (&ExampleValue::Date(day), FigureKind::Number(Kind::Date)) => Ok(Some(Value::Number(Ratio::from(day)))),
        (&ExampleValue::Moment(at), FigureKind::Number(Kind::Moment)) => Ok(Some(Value::Number(at.days()))),
        (ExampleValue::YesNo(false), FigureKind::Number(Kind::Date | Kind::Moment)) if figure.or_never => {
            Ok(Some(Value::YesNo(false)))
        }
        (&ExampleValue::YesNo(answer), FigureKind::YesNo) => Ok(Some(Value::YesNo(answer))),
        (ExampleValue::Text(text), FigureKind::Choice(options)) => option(figure, options, text, span),
        (ExampleValue::Text(text), FigureKind::Text) => Ok(Some(Value::Text(compose(text)))),
        (ExampleValue::Number(number), _) => refused(&number.value.exact(mark)),
        (&ExampleValue::Moment(at), _) => refused(&moment_text(at.seconds(), language)),
        (&ExampleValue::Date(day), _) => refused(&crate::language::date_text(day)),
        (ExampleValue::YesNo(answer), _) => refused(match (language, *answer) {
            (Language::Vietnamese, true) => "có",
            (Language::Vietnamese, false) => "không",
            (Language::English, true) => "yes",
            (Language::English, false) => "no",
        }),
        (ExampleValue::Text(text), _) => refused(text),
        (ExampleValue::Rows(_), _) => refused("[…]"),
        (ExampleValue::Table(file), _) => refused(file),
    }
}

/// Whether a sheet says that a figure does not apply.
fn not_applicable(text: &str) -> bool {
    let said = fold(text.trim());
    [Language::Vietnamese, Language::English]
        .iter()
        .any(|&in_| fold(Keyword::NotApplicableValue.canonical(in_)) == said)
}

/// Whether a sheet says of a deadline's date that it was never done.
fn never(figure: &Figure, raw: &RawValue) -> bool {
    figure.or_never
        && match raw {
            RawValue::YesNo(answer) => !answer,
            RawValue::Text(text) | RawValue::Cell(text, _) => answer(text) == Some(false),
            RawValue::Number(_) | RawValue::Nothing | RawValue::Rows(_) | RawValue::Table(_) => false,
        }
}

fn number(figure: &Figure, kind: Kind, read: Read, raw: &Spanned<RawValue>) -> Result<Ratio, Box<Diagnostic>> {
    let found = written(&raw.value);
    // A program's own number is what it says, as is the decimal comma of a table parted by `;`; a count is never written
    // with decimals, an amount may be grouped.
    let grouped = match raw.value {
        RawValue::Number(_) => kind == Kind::Count,
        RawValue::Cell(_, DecimalMark::Comma) => matches!(kind, Kind::Count | Kind::Money),
        _ => true,
    };
    if grouped && let Some(problem) = super::number::thousands(&raw.value) {
        return Err(Box::new(Diagnostic::new(whole_only(problem, kind), raw.span)));
    }
    if kind == Kind::Rate && !read.percent {
        return Err(bare_rate(figure, &found, &read.value, raw.span, Some(&raw.value)));
    }
    if (kind != Kind::Rate && read.percent) || !of_kind(kind, &read.value) {
        return Err(refuse(figure, &found, raw.span));
    }
    digits(figure, &read.value, raw.span)?;
    Ok(read.value)
}

/// The readings of a number that groups its digits; of a count, those that are no decimals.
fn whole_only(problem: Problem, kind: Kind) -> Problem {
    match problem {
        Problem::Sheet(Sheet::GroupedNumber { written, mut readings }) if kind == Kind::Count => {
            readings.retain(|reading| !reading.contains(['.', ',']));
            Sheet::GroupedNumber { written, readings }.into()
        }
        problem => problem,
    }
}

fn of_kind(kind: Kind, value: &Ratio) -> bool {
    match kind {
        Kind::Count => value.is_integer() && !value.is_negative(),
        Kind::Number
        | Kind::Rate
        | Kind::PercentagePoints
        | Kind::Money
        | Kind::Points
        | Kind::Date
        | Kind::Moment
        | Kind::Days
        | Kind::WorkingDays => true,
    }
}

/// No more decimals than the figure takes; of a rate, decimals of its per cent.
fn digits(figure: &Figure, value: &Ratio, span: Span) -> Result<(), Box<Diagnostic>> {
    let Some(most) = figure.digits else { return Ok(()) };
    let rate = figure.kind == FigureKind::Number(Kind::Rate);
    let shown = if rate { value * &Ratio::from(100) } else { value.clone() };
    if shown.round(most) == shown {
        return Ok(());
    }
    let show = |mark| if rate { value.percent(mark) } else { value.exact(mark) };
    let found = Both::new(show(DecimalMark::Comma), show(DecimalMark::Point));
    let bound = Both::new(
        format!("có nhiều nhất {most} chữ số thập phân"),
        format!("stated with no more decimals than {most}"),
    );
    Err(Box::new(Diagnostic::new(Sheet::OutOfBounds { name: figure.name.clone(), found, bound }, span)))
}

/// 0.85 and 85 are both plausible, so a rate says which by its `%`.
fn bare_rate(figure: &Figure, found: &str, value: &Ratio, span: Span, raw: Option<&RawValue>) -> Box<Diagnostic> {
    let mark = match raw {
        Some(RawValue::Cell(_, mark)) => *mark,
        _ => DecimalMark::Point,
    };
    let as_ratio = format!("{}%", (value * &Ratio::from(100)).exact(mark));
    let as_percent = format!("{}%", value.exact(mark));
    let readings = if value.abs() <= Ratio::ONE { [as_ratio, as_percent] } else { [as_percent, as_ratio] };
    let meant = readings.first().cloned().unwrap_or_default();
    let problem = Sheet::BareRate { name: figure.name.clone(), found: found.to_owned(), meant: meant.clone() };
    let replacement = match raw {
        Some(RawValue::Number(_) | RawValue::Text(_)) => format!("\"{meant}\""),
        _ => meant,
    };
    Box::new(Diagnostic::new(problem, span).fix(span, replacement))
}

fn option(figure: &Figure, options: &[String], text: &str, span: Span) -> Result<Option<Value>, Box<Diagnostic>> {
    let wanted = compose(text);
    if let Some(at) = options.iter().position(|option| compose(option) == wanted) {
        return Ok(Some(Value::Option(at)));
    }
    let list = options.iter().map(|option| format!("\"{option}\"")).collect::<Vec<_>>().join("; ");
    let near = near(text, options.iter().map(String::as_str));
    let (vi, en) = match &near.0 {
        Some(near) => (format!(" (gần nhất: \"{near}\")"), format!(" (the nearest: \"{near}\")")),
        None => (String::new(), String::new()),
    };
    let expected = Both::new(format!("một trong: {list}{vi}"), format!("one of: {list}{en}"));
    Err(Box::new(Diagnostic::new(Sheet::BadValue { name: figure.name.clone(), found: shorten(text), expected }, span)))
}

fn refuse(figure: &Figure, found: &str, span: Span) -> Box<Diagnostic> {
    let expected = match &figure.kind {
        FigureKind::YesNo => Both::new("`có` hoặc `không`", "`yes` or `no`"),
        FigureKind::Text => Both::new("một văn bản", "a text"),
        FigureKind::Rows(_) => Both::new("các dòng của danh sách", "the rows of the list"),
        FigureKind::Choice(_) => Both::new("một lựa chọn, ghi bằng chữ", "an option, given as text"),
        FigureKind::Number(Kind::Count) => Both::new("một số nguyên từ 0", "a whole number from 0"),
        FigureKind::Number(Kind::Number | Kind::PercentagePoints) => Both::new("một số", "a number"),
        FigureKind::Number(Kind::Rate) => Both::new("một tỷ lệ như \"85%\"", "a rate such as \"85%\""),
        FigureKind::Number(Kind::Money) => Both::new("một số tiền", "an amount of money"),
        FigureKind::Number(Kind::Points) => super::number::points_words(),
        FigureKind::Number(Kind::Date) if figure.or_never => Both::new(
            "một ngày như 31/12/2022, hoặc `không` nếu không thực hiện",
            "a date such as 31/12/2022, or `no` if it was never done",
        ),
        FigureKind::Number(Kind::Moment | Kind::Days | Kind::WorkingDays) => Both::new(
            "giờ và ngày như 17:00 ngày 31/12/2022 (giờ chính thức của địa phương), hoặc `không` nếu không thực hiện",
            "a time and a day such as 17:00 on 31/12/2022 (local official time), or `no` if it was never done",
        ),
        FigureKind::Number(Kind::Date) => Both::new("một ngày như 31/12/2022", "a date such as 31/12/2022"),
    };
    let problem = Sheet::BadValue { name: figure.name.clone(), found: shorten(found), expected };
    Box::new(Diagnostic::new(problem, span))
}

/// `có`, `yes`, `true`, and their opposites.
pub(crate) fn answer(text: &str) -> Option<bool> {
    let folded = fold(text.trim());
    let spelt = |keyword: Keyword| {
        [crate::diagnostic::Language::Vietnamese, crate::diagnostic::Language::English]
            .iter()
            .flat_map(|&language| keyword.spellings(language))
            .any(|spelling| fold(spelling) == folded)
    };
    match folded.as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ if spelt(Keyword::Yes) => Some(true),
        _ if spelt(Keyword::No) => Some(false),
        _ => None,
    }
}

/// Days since 1970-01-01 of `31/12/2022` or `2022-12-31`.
fn day(text: &str) -> Option<i32> {
    let text = text.trim();
    date(text).or_else(|| dashed_date(text))
}

/// A text as it is compared and kept: composed, without space around it.
pub(crate) fn compose(text: &str) -> String {
    text.trim().nfc().collect()
}
