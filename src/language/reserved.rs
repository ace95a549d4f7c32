//! Names that are words of the language, or read as one where the marks are left out.

use super::fold::{Shadow, compose, fold};
use super::keyword::{Keyword, RESERVED};
use super::meant::opener;
use crate::diagnostic::{Both, Names, Span};

/// The Vietnamese ones as they are written, and what a row's own name stands under in sheets.
const VIETNAMESE: [&str; 11] =
    ["và", "hoặc", "khi", "của", "có", "không", "thiếu", "tối_đa", "nhỏ_nhất", "lớn_nhất", "tên"];

/// Whether a name may not be used: keywords are read without marks, so a name that reads as one could be either.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&fold(name).as_str())
}

/// What is told of a name that is reserved.
pub fn reserved_name(name: &str) -> Names {
    let (reads, or) = match reads_as(name) {
        None => (Both::new("là từ dành riêng của ngôn ngữ", "is a word reserved by the language"), Both::same("")),
        Some((word, is_english)) => {
            let of = if is_english { Both::new(" (tiếng Anh)", " (English)") } else { Both::same("") };
            let reads = Both::new(
                format!("bỏ dấu thì trùng từ dành riêng `{word}`{}", of.0),
                format!("is, without its marks, the reserved word `{word}`{}", of.1),
            );
            (reads, Both::new(format!(", như `số_{name}`"), format!(", such as `{name}_1`")))
        }
    };
    Names::ReservedName { name: name.to_owned(), reads, or }
}

/// The reserved word that a name with other marks reads as without them, and whether it is English; none of a word
/// that is written as it is or without any marks.
fn reads_as(name: &str) -> Option<(String, bool)> {
    let folded = fold(name);
    let vietnamese = VIETNAMESE.into_iter().find(|word| fold(word) == folded);
    let written = compose(name).to_lowercase();
    if written == folded || vietnamese == Some(written.as_str()) {
        return None;
    }
    Some((vietnamese.map_or(folded, str::to_owned), vietnamese.is_none()))
}

/// Names with marks of their own that were refused: lines that use one are not told what they read as without it.
#[derive(Debug, Default)]
pub(super) struct Refused(Vec<String>);

impl Refused {
    /// A name that was refused.
    pub(super) fn add(&mut self, name: &str) {
        if reads_as(name).is_some() {
            self.0.push(compose(name));
        }
    }

    /// Whether a line uses one; the line that declares one again is told so.
    pub(super) fn used(&self, shadow: &Shadow, written: impl Fn(Span) -> String) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let text = shadow.text.as_str();
        let declares = match opener(text) {
            Some(
                Keyword::Figure
                | Keyword::SharedFigure
                | Keyword::List
                | Keyword::Column
                | Keyword::Parameter
                | Keyword::Block
                | Keyword::Met
                | Keyword::Question
                | Keyword::Respondents
                | Keyword::Questionnaire,
            ) => text.find('"').unwrap_or(text.len()),
            Some(Keyword::Template) => text.len(),
            _ => 0,
        };
        let mut from = declares;
        let uses = text.get(declares..).unwrap_or_default();
        uses.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_')).any(|word| {
            let (start, end) = (from, from + word.len());
            // Behind each word one sign parts it from the next.
            from = end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            !word.is_empty()
                && self.0.iter().any(|name| fold(name) == word && *name == compose(written(shadow.span(start, end))))
        })
    }
}
