//! What JSON and TOML have in common: tables, lists and single values, with their places.

use crate::diagnostic::Span;
use crate::language::tree::Spanned;
use crate::submission::RawValue;

/// A value of either format.
#[derive(Debug)]
pub(super) struct Node {
    /// What it holds.
    pub(super) shape: Shape,
    /// Where.
    pub(super) span: Span,
}

/// What a value holds.
#[derive(Debug)]
pub(super) enum Shape {
    /// Keys and values, in the order written, repeated keys included.
    Table(Vec<(Spanned<String>, Node)>),
    /// Values.
    List(Vec<Node>),
    /// One value.
    Single(RawValue),
}

impl Node {
    /// The value in a word or two, for a message.
    pub(super) fn shown(&self) -> String {
        match &self.shape {
            Shape::Table(_) => "{…}".to_owned(),
            Shape::List(_) | Shape::Single(RawValue::Rows(_)) => "[…]".to_owned(),
            Shape::Single(RawValue::Table(file)) => file.clone(),
            Shape::Single(RawValue::Number(text) | RawValue::Text(text) | RawValue::Cell(text, _)) => {
                let short: String = text.chars().take(60).collect();
                if short.len() < text.len() { format!("{short}…") } else { short }
            }
            Shape::Single(RawValue::YesNo(answer)) => answer.to_string(),
            Shape::Single(RawValue::Nothing) => "null".to_owned(),
        }
    }
}
