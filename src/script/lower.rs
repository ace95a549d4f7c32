//! From Rhai's tree to one expression, so that a script too is exact, proved and explained.
//!
//! A variable stands for what it was given, under its name; an `if` that changes variables becomes a choice between two
//! values. What does not lower is left to Rhai: texts that are no option of a choice beside a figure, digits to round to
//! that are worked out, and what grows too large when its variables are put in.

use std::ops::Range;

use rhai::{Expr, FlowControl, FnCallExpr, Stmt};

use super::accept::Acceptance;
use super::library::{Constant, Function};
use super::limits::{MAX_DIGITS, MAX_PARTS};
use super::value::{Branch, Condition, Value};
use super::{Kind, composed};
use crate::language::tree::{BinaryOperator, Comparison};
use crate::number::Ratio;

/// What a name stands for.
#[derive(Clone, PartialEq)]
enum Bound {
    Number(Value),
    YesNo(Condition),
    Text(Text),
}

/// A text: a figure's, or as written.
#[derive(Clone, PartialEq)]
enum Text {
    Figure(String),
    Written(String, Range<usize>),
}

/// The walk that lowers an accepted script; what it returns `None` for does not lower.
pub(super) struct Lowering<'a> {
    accepted: &'a Acceptance<'a>,
    variables: Vec<(String, Bound)>,
    // Parts made so far, so that what doubles with every line is given up in time.
    made: usize,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(accepted: &'a Acceptance<'a>) -> Self {
        Self { accepted, variables: Vec::new(), made: 0 }
    }

    /// The number that the statements give, and where the last of them stands.
    pub(super) fn script(mut self, statements: &[Stmt]) -> Option<Value> {
        self.block(statements).map(|(value, _)| value)
    }

    fn block(&mut self, statements: &[Stmt]) -> Option<(Value, Range<usize>)> {
        let (last, before) = statements.split_last()?;
        let outer = self.variables.len();
        for statement in before {
            self.statement(statement)?;
        }
        let given = self.last(last);
        self.variables.truncate(outer);
        given
    }

    fn last(&mut self, statement: &Stmt) -> Option<(Value, Range<usize>)> {
        let at = self.accepted.places.token(statement.position());
        match statement {
            Stmt::Expr(expression) => Some((self.number(expression)?, self.accepted.span(expression))),
            Stmt::FnCall(call, _) => {
                let arguments = call.args.iter().map(|argument| self.accepted.span(argument));
                let whole = arguments.fold(at, |all, part| all.start.min(part.start)..all.end.max(part.end));
                Some((self.call(call)?, self.accepted.places.balanced(whole)))
            }
            Stmt::If(flow, _) => Some((self.choice(flow)?, at)),
            _ => None,
        }
    }

    fn statement(&mut self, statement: &Stmt) -> Option<()> {
        match statement {
            Stmt::Noop(_) => Some(()),
            Stmt::Var(binding, ..) => {
                let (name, value, _) = &**binding;
                let value = self.bound(value)?;
                let named = self.named(name.as_str(), value)?;
                self.variables.push((name.as_str().to_owned(), named));
                Some(())
            }
            Stmt::Assignment(parts) => self.assignment(&parts.1.lhs, parts.0.get_op_assignment_info(), &parts.1.rhs),
            Stmt::If(flow, _) => self.changes(flow),
            _ => None,
        }
    }

    fn assignment(
        &mut self,
        target: &Expr,
        operator: Option<(u64, u64, &rhai::Token, &'static str, &rhai::Token, &'static str)>,
        value: &Expr,
    ) -> Option<()> {
        let Expr::Variable(variable, ..) = target else {
            return None;
        };
        let name = variable.1.as_str();
        let given = match operator {
            Some((.., operator)) => {
                let (left, right) = (self.number(target)?, self.number(value)?);
                // What the variable held is part of what it now holds, under no name of its own.
                let left = if let Value::Named(_, inner) = left { *inner } else { left };
                Bound::Number(Value::Binary(arithmetic(operator)?, Box::new(left), Box::new(right)))
            }
            None => self.bound(value)?,
        };
        let named = self.named(name, given)?;
        let place = self.variables.iter_mut().find(|(known, _)| known == name)?;
        place.1 = named;
        Some(())
    }

    /// A value under the name of its variable.
    fn named(&mut self, name: &str, bound: Bound) -> Option<Bound> {
        let bound = match bound {
            // A second name for the same replaces the first.
            Bound::Number(Value::Named(known, inner)) if known == name => Bound::Number(Value::Named(known, inner)),
            Bound::Number(value) => Bound::Number(Value::Named(name.to_owned(), Box::new(value))),
            other => other,
        };
        self.afford(&bound)?;
        Some(bound)
    }

    fn afford(&mut self, bound: &Bound) -> Option<()> {
        let size = match bound {
            Bound::Number(value) => value.size(),
            Bound::YesNo(condition) => condition.size(),
            Bound::Text(_) => 1,
        };
        self.made = self.made.saturating_add(size);
        (self.made <= MAX_PARTS).then_some(())
    }

    /// An `if` that is a statement: each variable that a branch changed becomes a choice.
    fn changes(&mut self, flow: &FlowControl) -> Option<()> {
        let test = self.condition(&flow.expr)?;
        let before = self.variables.clone();
        let run = |this: &mut Self, statements: &[Stmt]| {
            for statement in statements {
                this.statement(statement)?;
            }
            this.variables.truncate(before.len());
            Some(std::mem::replace(&mut this.variables, before.clone()))
        };
        let then = run(self, flow.body.statements())?;
        let otherwise = run(self, flow.branch.statements())?;
        for (at, ((name, then), (_, otherwise))) in then.into_iter().zip(otherwise).enumerate() {
            if then == otherwise {
                self.variables.get_mut(at)?.1 = then;
                continue;
            }
            let joined = self.join(&test, flow, then, otherwise)?;
            let named = self.named(&name, joined)?;
            self.variables.get_mut(at)?.1 = named;
        }
        Some(())
    }

    fn join(&mut self, test: &Condition, flow: &FlowControl, then: Bound, otherwise: Bound) -> Option<Bound> {
        let unnamed = |value| if let Value::Named(_, inner) = value { *inner } else { value };
        match (then, otherwise) {
            (Bound::Number(then), Bound::Number(otherwise)) => {
                let asked = self.accepted.span(&flow.expr);
                let branch = Branch {
                    test: test.clone(),
                    then: unnamed(then),
                    then_at: asked.clone(),
                    otherwise: unnamed(otherwise),
                    otherwise_at: asked.clone(),
                    asked,
                };
                Some(Bound::Number(Value::If(Box::new(branch))))
            }
            (Bound::YesNo(then), Bound::YesNo(otherwise)) => Some(Bound::YesNo(either(test.clone(), then, otherwise))),
            _ => None,
        }
    }

    fn choice(&mut self, flow: &FlowControl) -> Option<Value> {
        let test = self.condition(&flow.expr)?;
        let asked = self.accepted.span(&flow.expr);
        let (then, then_at) = self.block(flow.body.statements())?;
        let (otherwise, otherwise_at) = self.block(flow.branch.statements())?;
        let branch = Branch { test, asked, then, then_at, otherwise, otherwise_at };
        self.made_of(Value::If(Box::new(branch)))
    }

    fn made_of(&mut self, value: Value) -> Option<Value> {
        let bound = Bound::Number(value);
        self.afford(&bound)?;
        if let Bound::Number(value) = bound { Some(value) } else { None }
    }

    fn bound(&mut self, expression: &Expr) -> Option<Bound> {
        Some(match self.kind(expression) {
            Kind::Number => Bound::Number(self.number(expression)?),
            Kind::YesNo => Bound::YesNo(self.condition(expression)?),
            Kind::Text => Bound::Text(self.text(expression)?),
        })
    }

    /// The kind of an accepted expression.
    fn kind(&self, expression: &Expr) -> Kind {
        match expression {
            Expr::BoolConstant(..) | Expr::And(..) | Expr::Or(..) => Kind::YesNo,
            Expr::StringConstant(..) => Kind::Text,
            Expr::FnCall(call, _) => match call.name.as_str() {
                "!" | "==" | "!=" | "<" | "<=" | ">" | ">=" => Kind::YesNo,
                _ => Kind::Number,
            },
            Expr::Variable(variable, ..) => {
                let name = variable.1.as_str();
                match self.variable(name) {
                    Some(Bound::Number(_)) => Kind::Number,
                    Some(Bound::YesNo(_)) => Kind::YesNo,
                    Some(Bound::Text(_)) => Kind::Text,
                    None => match self.accepted.declared.get(name) {
                        Some((_, kind)) => *kind,
                        None => Constant::named(name).map_or(Kind::Number, Constant::kind),
                    },
                }
            }
            Expr::Stmt(block) => match block.statements() {
                [Stmt::If(flow, _)] => match flow.body.statements().last() {
                    Some(Stmt::Expr(last)) => self.kind(last),
                    _ => Kind::Number,
                },
                _ => Kind::Number,
            },
            _ => Kind::Number,
        }
    }

    fn variable(&self, name: &str) -> Option<&Bound> {
        self.variables.iter().rev().find(|(known, _)| known == name).map(|(_, bound)| bound)
    }

    fn number(&mut self, expression: &Expr) -> Option<Value> {
        match expression {
            Expr::DynamicConstant(value, _) => Some(Value::Number(Ratio::from_decimal(value.as_decimal().ok()?))),
            Expr::Variable(variable, ..) => {
                let name = variable.1.as_str();
                if let Some(bound) = self.variable(name) {
                    let Bound::Number(value) = bound else { return None };
                    let value = value.clone();
                    return self.made_of(value);
                }
                if let Some((declared, _)) = self.accepted.declared.get(name) {
                    return Some(Value::Figure(declared.clone()));
                }
                (Constant::named(name)? == Constant::Maximum).then_some(Value::Maximum)
            }
            Expr::FnCall(call, _) => self.call(call),
            Expr::Stmt(block) => match block.statements() {
                [Stmt::If(flow, _)] => self.choice(flow),
                _ => None,
            },
            _ => None,
        }
    }

    fn call(&mut self, call: &FnCallExpr) -> Option<Value> {
        let name = call.name.as_str();
        let mut parts = Vec::with_capacity(call.args.len());
        for argument in &call.args {
            parts.push(self.number(argument)?);
        }
        let mut parts = parts.into_iter();
        let mut next = || parts.next().map(Box::new);
        if call.is_operator_call() {
            let (first, second) = (next()?, next());
            return match second {
                Some(second) => Some(Value::Binary(arithmetic(name)?, first, second)),
                None if name == "-" => Some(Value::Negate(first)),
                None if name == "+" => Some(*first),
                None => None,
            };
        }
        Some(match Function::named(name)? {
            Function::Min => Value::Least(parts.collect()),
            Function::Max => Value::Greatest(parts.collect()),
            Function::Share => Value::Binary(BinaryOperator::Divide, next()?, next()?),
            Function::Abs => Value::Absolute(next()?),
            Function::Clamp => Value::Clamp(Box::new([*next()?, *next()?, *next()?])),
            Function::Round => {
                let (number, digits) = (next()?, next()?);
                let Value::Number(digits) = *digits else { return None };
                let digits = u32::try_from(digits.to_i64()?).ok().filter(|digits| *digits <= MAX_DIGITS)?;
                Value::Round(number, digits)
            }
        })
    }

    fn condition(&mut self, expression: &Expr) -> Option<Condition> {
        match expression {
            Expr::BoolConstant(answer, _) => Some(Condition::Always(*answer)),
            Expr::Variable(variable, ..) => {
                let name = variable.1.as_str();
                if let Some(bound) = self.variable(name) {
                    let Bound::YesNo(condition) = bound.clone() else { return None };
                    self.afford(&Bound::YesNo(condition.clone()))?;
                    return Some(condition);
                }
                if let Some((declared, _)) = self.accepted.declared.get(name) {
                    return Some(Condition::Answer(declared.clone()));
                }
                match Constant::named(name)? {
                    Constant::Yes => Some(Condition::Always(true)),
                    Constant::No => Some(Condition::Always(false)),
                    Constant::Maximum => None,
                }
            }
            Expr::And(sides, _) => {
                Some(Condition::All(sides.iter().map(|side| self.condition(side)).collect::<Option<_>>()?))
            }
            Expr::Or(sides, _) => {
                Some(Condition::Any(sides.iter().map(|side| self.condition(side)).collect::<Option<_>>()?))
            }
            Expr::FnCall(call, _) => match call.args.as_slice() {
                [operand] if call.name == "!" => Some(Condition::Not(Box::new(self.condition(operand)?))),
                [left, right] => self.comparison(call.name.as_str(), left, right),
                _ => None,
            },
            Expr::Stmt(block) => match block.statements() {
                [Stmt::If(flow, _)] => {
                    let test = self.condition(&flow.expr)?;
                    let ([Stmt::Expr(then)], [Stmt::Expr(otherwise)]) =
                        (flow.body.statements(), flow.branch.statements())
                    else {
                        return None;
                    };
                    Some(either(test, self.condition(then)?, self.condition(otherwise)?))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn comparison(&mut self, operator: &str, left: &Expr, right: &Expr) -> Option<Condition> {
        let comparison = match operator {
            "==" => Comparison::Equal,
            "!=" => Comparison::Different,
            "<" => Comparison::Less,
            "<=" => Comparison::AtMost,
            ">" => Comparison::Greater,
            ">=" => Comparison::AtLeast,
            _ => return None,
        };
        let equal = comparison == Comparison::Equal;
        let sign = |same: Condition| if equal { same } else { Condition::Not(Box::new(same)) };
        match self.kind(left) {
            Kind::Number => Some(Condition::Compare(comparison, self.number(left)?, self.number(right)?)),
            Kind::YesNo => {
                let (one, other) = (self.condition(left)?, self.condition(right)?);
                let opposite = Condition::Not(Box::new(other.clone()));
                Some(sign(either(one, other, opposite)))
            }
            Kind::Text => match (self.text(left)?, self.text(right)?) {
                (Text::Figure(figure), Text::Written(option, at))
                | (Text::Written(option, at), Text::Figure(figure)) => {
                    Some(sign(Condition::Option { figure, option, at }))
                }
                (Text::Written(one, _), Text::Written(other, _)) => Some(sign(Condition::Always(one == other))),
                (Text::Figure(_), Text::Figure(_)) => None,
            },
        }
    }

    fn text(&self, expression: &Expr) -> Option<Text> {
        match expression {
            Expr::StringConstant(text, position) => {
                Some(Text::Written(composed(text), self.accepted.places.token(*position)))
            }
            Expr::Variable(variable, ..) => {
                let name = variable.1.as_str();
                match self.variable(name) {
                    Some(Bound::Text(text)) => Some(text.clone()),
                    Some(_) => None,
                    None => self.accepted.declared.get(name).map(|(declared, _)| Text::Figure(declared.clone())),
                }
            }
            _ => None,
        }
    }
}

/// `test` and then the first, or not `test` and then the second.
fn either(test: Condition, then: Condition, otherwise: Condition) -> Condition {
    let not = Condition::Not(Box::new(test.clone()));
    Condition::Any(vec![Condition::All(vec![test, then]), Condition::All(vec![not, otherwise])])
}

fn arithmetic(operator: &str) -> Option<BinaryOperator> {
    Some(match operator {
        "+" => BinaryOperator::Add,
        "-" => BinaryOperator::Subtract,
        "*" => BinaryOperator::Multiply,
        "/" => BinaryOperator::Divide,
        _ => return None,
    })
}
