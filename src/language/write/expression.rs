//! Expressions, with only the brackets that keep their shape.

use super::super::fold::fold;
use super::super::keyword::{Keyword, level_i};
use super::super::tree::{BinaryOperator, Expression, ExpressionKind};
use super::pen::Pen;
use crate::diagnostic::Language;

/// How tightly an expression holds together, from the loosest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    Or,
    And,
    Compare,
    Sum,
    Product,
    Factor,
    Atom,
}

/// The functions that have a name in each language.
const FUNCTIONS: [(&str, &str); 7] = [
    ("nhỏ_nhất", "min"),
    ("lớn_nhất", "max"),
    ("làm_tròn", "round"),
    ("tổng", "sum"),
    ("đếm", "count"),
    ("tất cả", "all"),
    ("bất kỳ", "any"),
];

impl Pen<'_> {
    /// An expression, in brackets if it is looser than its place asks for.
    pub(super) fn expression(&mut self, expression: &Expression, least: Strength) -> &mut Self {
        if strength(&expression.kind) < least {
            self.sign("(").bare(&expression.kind);
            return self.mark(")");
        }
        self.bare(&expression.kind);
        self
    }

    fn bare(&mut self, kind: &ExpressionKind) {
        match kind {
            ExpressionKind::Number(number) => {
                self.number(number);
            }
            ExpressionKind::Text(text) => {
                self.string(text);
            }
            ExpressionKind::Date(days) => {
                self.date(*days);
            }
            ExpressionKind::Moment(moment) => {
                self.moment(*moment);
            }
            ExpressionKind::YesNo(yes) => {
                self.keyword(if *yes { Keyword::Yes } else { Keyword::No });
            }
            ExpressionKind::Maximum => {
                self.keyword(Keyword::MaximumName);
            }
            ExpressionKind::Name(name) => {
                self.word(name);
            }
            ExpressionKind::Derived(derived) => {
                self.derived(derived);
            }
            ExpressionKind::Call { name, arguments } => {
                let name = function(&name.value, self.language);
                self.word(name).open().items(arguments, |pen, argument| {
                    pen.expression(argument, Strength::Or);
                });
                self.mark(")");
            }
            ExpressionKind::Negate(inner) => {
                self.sign("-").expression(inner, Strength::Atom);
            }
            ExpressionKind::Binary(operator, left, right) => {
                let (sign, left_least, right_least) = match operator {
                    BinaryOperator::Add => ("+", Strength::Sum, Strength::Product),
                    BinaryOperator::Subtract => ("-", Strength::Sum, Strength::Product),
                    BinaryOperator::Multiply => ("*", Strength::Product, Strength::Factor),
                    BinaryOperator::Divide => ("/", Strength::Product, Strength::Factor),
                };
                self.expression(left, left_least).word(sign).expression(right, right_least);
            }
            ExpressionKind::Compare(comparison, left, right) => {
                self.expression(left, Strength::Sum).word(comparison.sign()).expression(right, Strength::Sum);
            }
            ExpressionKind::And(parts) => self.joined(parts, Keyword::And),
            ExpressionKind::Or(parts) => self.joined(parts, Keyword::Or),
        }
    }

    /// `và` within `hoặc` is bracketed too: side by side they are a mistake.
    fn joined(&mut self, parts: &[Expression], keyword: Keyword) {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.keyword(keyword);
            }
            self.expression(part, Strength::Compare);
        }
    }
}

fn strength(kind: &ExpressionKind) -> Strength {
    match kind {
        ExpressionKind::Or(_) => Strength::Or,
        ExpressionKind::And(_) => Strength::And,
        ExpressionKind::Compare(..) => Strength::Compare,
        ExpressionKind::Binary(BinaryOperator::Add | BinaryOperator::Subtract, ..) => Strength::Sum,
        ExpressionKind::Binary(..) => Strength::Product,
        ExpressionKind::Negate(_) => Strength::Factor,
        _ => Strength::Atom,
    }
}

/// The function's name in the file's language; an unknown one stays as written.
fn function(name: &str, language: Language) -> &str {
    let folded = level_i(&fold(name)).replace('_', " ");
    FUNCTIONS
        .iter()
        .find(|(vietnamese, english)| folded == level_i(&fold(vietnamese)).replace('_', " ") || folded == *english)
        .map_or(name, |(vietnamese, english)| language.pick(vietnamese, english))
}
