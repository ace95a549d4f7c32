//! JSON, strictly: no comments, no trailing commas; numbers stay the text that they are.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::node::{Node, Shape};
use super::{NESTING, Place};
use crate::diagnostic::{Both, Diagnostic, Sheet};
use crate::language::tree::Spanned;
use crate::submission::RawValue;

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The text's value, or one finding: where it stops being JSON.
pub(super) fn read(text: &str, place: Place, findings: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut refuse = |message: Both, start: usize, end: usize| {
        let problem = Sheet::NotReadable { of: place.of, format: "JSON".to_owned(), message };
        findings.push(Diagnostic::new(problem, place.span(start, end)));
    };
    if let Some(at) = super::scan::too_deep(text, NESTING) {
        refuse(super::scan::too_deep_words(), at, at.saturating_add(1));
        return None;
    }
    let parsed = match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(parsed) => parsed,
        Err(error) => {
            let range = error.range();
            refuse(words(error.kind()), range.start.min(text.len()), range.end.min(text.len()));
            return None;
        }
    };
    if let Some(at) = super::scan::control_in_string(text) {
        let message = Both::new(
            "chuỗi có dấu xuống dòng hoặc ký tự điều khiển",
            "a string holds a line end or a control character",
        );
        refuse(message, at, at.saturating_add(1));
        return None;
    }
    let Some(value) = parsed.value else {
        refuse(Both::new("tệp rỗng", "the file is empty"), 0, 0);
        return None;
    };
    Some(node(&value, place))
}

fn node(value: &Value<'_>, place: Place) -> Node {
    let range = value.range();
    let shape = match value {
        Value::Object(object) => {
            let entries = object.properties.iter().map(|property| {
                let range = property.name.range();
                let name = match &property.name {
                    ObjectPropName::String(name) => name.value.clone().into_owned(),
                    ObjectPropName::Word(name) => name.value.to_owned(),
                };
                (Spanned::new(name, place.span(range.start, range.end)), node(&property.value, place))
            });
            Shape::Table(entries.collect())
        }
        Value::Array(array) => Shape::List(array.elements.iter().map(|element| node(element, place)).collect()),
        Value::StringLit(text) => Shape::Single(RawValue::Text(text.value.clone().into_owned())),
        Value::NumberLit(number) => Shape::Single(RawValue::Number(number.value.to_owned())),
        Value::BooleanLit(answer) => Shape::Single(RawValue::YesNo(answer.value)),
        Value::NullKeyword(_) => Shape::Single(RawValue::Nothing),
    };
    Node { shape, span: place.span(range.start, range.end) }
}

/// What the parser found, in both languages; what officials meet most has words of its own.
fn words(kind: &ParseErrorKind) -> Both {
    let vietnamese = match kind {
        ParseErrorKind::CommentsNotAllowed => "không được có chú thích",
        ParseErrorKind::TrailingCommasNotAllowed => "thừa dấu phẩy sau mục cuối",
        ParseErrorKind::ExpectedComma => "thiếu dấu phẩy",
        ParseErrorKind::ExpectedColonAfterObjectKey => "thiếu dấu hai chấm sau tên mục",
        ParseErrorKind::ExpectedStringObjectProperty => "tên mục phải ở trong dấu ngoặc kép thẳng",
        ParseErrorKind::ExpectedObjectValue => "thiếu giá trị sau dấu hai chấm",
        ParseErrorKind::UnterminatedArray | ParseErrorKind::UnterminatedObject => "dấu ngoặc mở ở đây không được đóng",
        ParseErrorKind::MultipleRootJsonValues => "còn nội dung sau giá trị đầu tiên",
        ParseErrorKind::SingleQuotedStringsNotAllowed => "chuỗi phải ở trong dấu ngoặc kép thẳng",
        ParseErrorKind::NonFiniteNumbersNotAllowed => "không nhận NaN và Infinity",
        ParseErrorKind::HexadecimalNumbersNotAllowed => "không nhận số hệ mười sáu",
        ParseErrorKind::UnaryPlusNumbersNotAllowed => "số không mang dấu +",
        ParseErrorKind::BareDecimalPointNumbersNotAllowed => "trước và sau dấu chấm thập phân phải có chữ số",
        ParseErrorKind::String(_) => "chuỗi viết sai hoặc không được đóng",
        _ => return Both::new(format!("sai cú pháp ({})", lower(&kind.to_string())), lower(&kind.to_string())),
    };
    Both::new(vietnamese, lower(&kind.to_string()))
}

/// A message as our messages begin: in lower case.
fn lower(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
