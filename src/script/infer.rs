//! The kind of every expression, and what in it is not on the list.

use std::ops::Range;

use rhai::{Expr, FnCallExpr, Position};

use super::accept::Acceptance;
use super::library::{CONSTANTS, Constant, FUNCTIONS, Function};
use super::{Construct, Kind, ProblemKind, Read};
use crate::diagnostic::nearest;
use crate::language::fold;

impl Acceptance<'_> {
    /// The kind of an expression, `None` where it was complained about.
    pub(super) fn kind(&mut self, expression: &Expr) -> Option<Kind> {
        match expression {
            Expr::DynamicConstant(value, _) if value.is_decimal() => Some(Kind::Number),
            Expr::BoolConstant(..) => Some(Kind::YesNo),
            Expr::Variable(variable, _, position) => self.variable(&variable.1, *position),
            Expr::FnCall(call, position) => self.call(call, *position),
            Expr::And(sides, _) => Some(self.logic("&&", sides)),
            Expr::Or(sides, _) => Some(self.logic("||", sides)),
            Expr::Stmt(block) => self.value_of_if(block),
            refused => {
                let what = match refused {
                    Expr::StringConstant(..) | Expr::CharConstant(..) => Construct::Text,
                    Expr::Dot(..) | Expr::MethodCall(..) | Expr::Property(..) => Construct::Member,
                    Expr::Array(..) | Expr::Index(..) => Construct::List,
                    Expr::Map(..) => Construct::Map,
                    Expr::InterpolatedString(..) => Construct::Interpolation,
                    Expr::Coalesce(..) => Construct::Coalesce,
                    Expr::Unit(_) => Construct::Word("()".to_owned()),
                    _ => Construct::Other,
                };
                let range = self.places.token(refused.start_position());
                self.not_allowed(what, range);
                None
            }
        }
    }

    /// Complains unless a known kind is the expected one.
    pub(super) fn require(&mut self, of: &str, expected: Kind, got: Option<Kind>, range: Range<usize>) {
        if let Some(got) = got.filter(|got| *got != expected) {
            let of = of.to_owned();
            self.refuse(ProblemKind::WrongType { of, expected, got }, range);
        }
    }

    fn operand(&mut self, of: &str, expected: Kind, operand: &Expr) {
        let got = self.kind(operand);
        let range = self.span(operand);
        self.require(of, expected, got, range);
    }

    fn logic(&mut self, operator: &str, sides: &[Expr]) -> Kind {
        for side in sides {
            self.operand(operator, Kind::YesNo, side);
        }
        Kind::YesNo
    }

    fn variable(&mut self, name: &str, position: Position) -> Option<Kind> {
        if let Some(kind) = self.variables.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind) {
            self.read(name);
            return kind;
        }
        if let Some((declared, kind)) = self.declared.get(name) {
            self.reads.entry(declared.clone()).or_insert_with(|| Read {
                spelled: name.to_owned(),
                kind: *kind,
                line: position.line().unwrap_or(1),
            });
            return Some(*kind);
        }
        if let Some(constant) = Constant::named(name) {
            return Some(constant.kind());
        }
        let near = {
            let figures = self.declared.keys().map(String::as_str);
            let variables = self.variables.iter().map(|(known, _)| known.as_str());
            let constants = CONSTANTS.iter().map(|(known, _)| *known);
            nearest(name, figures.chain(variables).chain(constants), fold).0
        };
        let kind = ProblemKind::UndeclaredFigure { name: name.to_owned(), nearest: near };
        self.refuse(kind, self.places.token(position));
        None
    }

    /// An operator or a library function.
    pub(super) fn call(&mut self, call: &FnCallExpr, position: Position) -> Option<Kind> {
        let name = call.name.as_str();
        if call.capture_parent_scope {
            self.not_allowed(Construct::Closure, self.places.token(position));
        }
        if !call.is_operator_call() {
            return self.library(name, &call.args, position);
        }
        match (name, call.args.as_slice()) {
            ("+" | "-" | "*" | "/", [left, right]) => {
                self.operand(name, Kind::Number, left);
                self.operand(name, Kind::Number, right);
                if name == "/" && self.whole(left) && self.whole(right) {
                    let range = self.between(left, right);
                    let text = self.places.text(&range).to_owned();
                    self.refuse(ProblemKind::WholeDivision { text }, range);
                }
                Some(Kind::Number)
            }
            ("+" | "-", [operand]) => {
                self.operand(name, Kind::Number, operand);
                Some(Kind::Number)
            }
            ("!", [operand]) => {
                self.operand(name, Kind::YesNo, operand);
                Some(Kind::YesNo)
            }
            ("==" | "!=" | "<" | "<=" | ">" | ">=", [left, right]) => {
                self.comparison(name, left, right);
                Some(Kind::YesNo)
            }
            (_, operands) => {
                let what = match name {
                    "**" => Construct::Power,
                    "%" => Construct::Remainder,
                    _ => Construct::Other,
                };
                self.not_allowed(what, self.places.token(position));
                for operand in operands {
                    self.kind(operand);
                }
                None
            }
        }
    }

    fn library(&mut self, name: &str, arguments: &[Expr], position: Position) -> Option<Kind> {
        let place = self.places.token(position);
        let function = Function::named(name);
        for argument in arguments {
            match function {
                Some(_) => self.operand(name, Kind::Number, argument),
                None => drop(self.kind(argument)),
            }
        }
        let Some(function) = function else {
            let near = nearest(name, FUNCTIONS.iter().map(|(known, _)| *known), fold).0;
            let kind = ProblemKind::UnknownFunction { name: name.to_owned(), nearest: near };
            self.refuse(kind, place);
            return None;
        };
        let (expected, got) = (function.arity(), arguments.len());
        if !expected.contains(&got) {
            let name = name.to_owned();
            let closed = (got < *expected.start()).then(|| self.places.closing(place.end)).flatten();
            self.refuse(ProblemKind::WrongArity { name, expected, got, closed }, place);
        }
        Some(Kind::Number)
    }

    fn comparison(&mut self, operator: &str, left: &Expr, right: &Expr) {
        let sides = (self.compared(left), self.compared(right));
        let (Some(first), Some(second)) = sides else {
            return;
        };
        let range = self.between(left, right);
        if first != second {
            let (left, right) = (first, second);
            self.refuse(ProblemKind::UnlikeComparison { left, right }, range);
        } else if first != Kind::Number && !matches!(operator, "==" | "!=") {
            let operator = operator.to_owned();
            self.refuse(ProblemKind::NoOrder { operator, got: first }, range);
        }
    }

    /// A side of a comparison: the one place where a text may stand.
    fn compared(&mut self, side: &Expr) -> Option<Kind> {
        match side {
            Expr::StringConstant(..) => Some(Kind::Text),
            other => self.kind(other),
        }
    }

    /// A literal written as a whole number, perhaps with a sign.
    fn whole(&self, operand: &Expr) -> bool {
        match operand {
            Expr::DynamicConstant(_, position) => !self.places.text(&self.places.number(*position)).contains('.'),
            Expr::FnCall(call, _) => {
                matches!((call.name.as_str(), call.args.as_slice()),
                    ("-" | "+", [inner]) if self.whole(inner))
            }
            _ => false,
        }
    }

    /// Where an expression stands, with the parentheses that belong to it.
    pub(super) fn span(&self, expression: &Expr) -> Range<usize> {
        self.places.balanced(self.reach(expression))
    }

    fn between(&self, left: &Expr, right: &Expr) -> Range<usize> {
        let range = self.reach(left).start..self.reach(right).end;
        self.places.balanced(range)
    }

    /// From the first of an expression's tokens to the last.
    fn reach(&self, expression: &Expr) -> Range<usize> {
        let over = |parts: &[Expr], own: Range<usize>| {
            let reaches = parts.iter().map(|part| self.reach(part));
            reaches.fold(own, |all, part| all.start.min(part.start)..all.end.max(part.end))
        };
        match expression {
            Expr::DynamicConstant(_, position) => self.places.number(*position),
            Expr::FnCall(call, position) => over(&call.args, self.places.token(*position)),
            Expr::And(sides, position) | Expr::Or(sides, position) => over(sides, self.places.token(*position)),
            other => self.places.token(other.start_position()),
        }
    }
}
