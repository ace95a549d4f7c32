//! Expressions from pairs.

use super::super::grammar::Rule;
use super::super::literal;
use super::super::tree::{BinaryOperator, Comparison, Expression, ExpressionKind, Number};
use super::{Builder, P, children};
use crate::diagnostic::{Both, Expressions, Span, Text};

/// The comparison that a sign stands for.
pub(super) fn comparison_of(sign: &str) -> Comparison {
    match sign {
        "!=" | "<>" => Comparison::Different,
        "<=" | "=<" => Comparison::AtMost,
        ">=" | "=>" => Comparison::AtLeast,
        "<" => Comparison::Less,
        ">" => Comparison::Greater,
        _ => Comparison::Equal,
    }
}

impl Builder<'_> {
    /// Any expression: disjunction, comparison, sum, down to an atom.
    pub(super) fn expression(&mut self, pair: P<'_>) -> Option<Expression> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::expression => return self.joined(pair, ExpressionKind::Or),
            Rule::conjunction => return self.joined(pair, ExpressionKind::And),
            Rule::comparison => return self.comparison(pair),
            Rule::sum | Rule::product => return self.chain(pair),
            Rule::factor => return self.factor(pair),
            Rule::bracket | Rule::threshold => return self.expression(children(pair).next()?),
            Rule::at_time => ExpressionKind::Moment(self.moment(pair)?.value),
            Rule::dashed_date | Rule::date => ExpressionKind::Date(self.date(&pair)?),
            Rule::percent | Rule::percentage_points | Rule::points | Rule::number => {
                ExpressionKind::Number(self.number(pair)?)
            }
            Rule::negative_edge => {
                let number = self.number(children(pair).find(|part| part.as_rule() != Rule::dash)?)?;
                ExpressionKind::Number(Number { value: -number.value, span, ..number })
            }
            Rule::fraction => {
                let mut parts = children(pair);
                let mut part = || self.expression(parts.next()?).map(Box::new);
                let (over, under) = (part()?, part()?);
                self.over(&under, span)?;
                ExpressionKind::Binary(BinaryOperator::Divide, over, under)
            }
            Rule::string => ExpressionKind::Text(literal::unquote(&self.written(&pair))),
            Rule::kw_yes => ExpressionKind::YesNo(true),
            Rule::kw_no_value => ExpressionKind::YesNo(false),
            Rule::kw_maximum_name | Rule::kw_maximum => ExpressionKind::Maximum,
            Rule::name => ExpressionKind::Name(self.written(&pair)),
            Rule::derived => ExpressionKind::Derived(self.derived(pair)?),
            Rule::call => return self.call(pair),
            _ => return None,
        };
        Some(Expression { kind, span })
    }

    fn joined(&mut self, pair: P<'_>, join: fn(Vec<Expression>) -> ExpressionKind) -> Option<Expression> {
        let span = self.span(&pair);
        let is_or = pair.as_rule() == Rule::expression;
        let parts: Vec<P<'_>> = children(pair).collect();
        if is_or && parts.len() > 1 && parts.iter().any(|part| children(part.clone()).count() > 1) {
            self.find(Text::MixedAndOr {}, span);
        }
        let mut expressions = Vec::with_capacity(parts.len());
        for part in parts {
            expressions.push(self.expression(part)?);
        }
        match expressions.len() {
            1 => expressions.pop(),
            _ => Some(Expression { kind: join(expressions), span }),
        }
    }

    fn comparison(&mut self, pair: P<'_>) -> Option<Expression> {
        let span = self.span(&pair);
        let mut parts = children(pair);
        let left = self.expression(parts.next()?)?;
        let Some(sign) = parts.next() else {
            return Some(left);
        };
        let comparison = comparison_of(sign.as_str());
        let right = self.expression(parts.next()?)?;
        Some(Expression { kind: ExpressionKind::Compare(comparison, Box::new(left), Box::new(right)), span })
    }

    fn chain(&mut self, pair: P<'_>) -> Option<Expression> {
        let mut parts = children(pair);
        let first = parts.next()?;
        // With the brackets around it, which the value has not.
        let begins = self.span(&first);
        let mut left = self.expression(first)?;
        while let Some(sign) = parts.next() {
            let operator = match sign.as_rule() {
                Rule::plus => BinaryOperator::Add,
                Rule::dash => BinaryOperator::Subtract,
                Rule::times => BinaryOperator::Multiply,
                _ => BinaryOperator::Divide,
            };
            let right = parts.next()?;
            let written = begins.to(self.span(&right));
            let right = self.expression(right)?;
            let span = left.span.to(right.span);
            if operator == BinaryOperator::Divide {
                self.over(&right, written)?;
            }
            left = Expression { kind: ExpressionKind::Binary(operator, Box::new(left), Box::new(right)), span };
        }
        Some(left)
    }

    /// Nothing is divided by a zero that stands written.
    fn over(&mut self, under: &Expression, span: Span) -> Option<()> {
        match &under.kind {
            ExpressionKind::Number(number) if number.value.is_zero() => {
                self.divides_by_zero(span);
                None
            }
            _ => Some(()),
        }
    }

    /// What is written at a span divides by zero.
    pub(super) fn divides_by_zero(&mut self, span: Span) {
        let written = self.text(span);
        let what = Both::new(format!("`{written}` chia cho 0"), format!("`{written}` divides by zero"));
        let mend = Both::new("viết số khác 0 sau dấu `/`", "write another number than 0 after `/`");
        self.find(Expressions::ZeroWritten { what, mend }, span);
    }

    fn factor(&mut self, pair: P<'_>) -> Option<Expression> {
        let span = self.span(&pair);
        // `có` and `tối_đa` are keywords and values at once, so no filter here.
        let mut parts = pair.into_inner();
        let first = parts.next()?;
        if first.as_rule() != Rule::dash {
            return self.expression(first);
        }
        let inner = self.expression(parts.next()?)?;
        Some(Expression { kind: ExpressionKind::Negate(Box::new(inner)), span })
    }

    fn call(&mut self, pair: P<'_>) -> Option<Expression> {
        let span = self.span(&pair);
        let mut parts = children(pair);
        let name = self.phrase(&parts.next()?);
        let mut arguments = Vec::new();
        for argument in parts {
            arguments.push(self.expression(argument)?);
        }
        Some(Expression { kind: ExpressionKind::Call { name, arguments }, span })
    }
}
