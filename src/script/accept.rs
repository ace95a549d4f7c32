//! The second list, over the tree: which statements a script may be made of, and that every path ends in a number.

use std::collections::BTreeMap;
use std::ops::Range;

use rhai::{ASTFlags, Expr, FlowControl, Stmt, StmtBlock};

use super::library::{Constant, Function};
use super::limits::MAX_VARIABLES;
use super::place::Places;
use super::{Construct, Kind, Problem, ProblemKind, Read};

/// What is done with the value of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Value,
    Nothing,
}

/// One walk over one script; a kind that is `None` was complained about already.
pub(super) struct Acceptance<'a> {
    pub(super) places: &'a Places<'a>,
    /// Composed name → declared name and kind.
    pub(super) declared: &'a BTreeMap<String, (String, Kind)>,
    // Invariant: the variables in sight, innermost last, no name twice.
    pub(super) variables: Vec<(String, Option<Kind>)>,
    pub(super) reads: BTreeMap<String, Read>,
    /// Every variable that was declared, with its place and whether anything reads it; a later one of a name is another.
    bound: Vec<(String, Range<usize>, bool)>,
    problems: Vec<Problem>,
    count: usize,
}

impl<'a> Acceptance<'a> {
    pub(super) fn new(places: &'a Places<'a>, declared: &'a BTreeMap<String, (String, Kind)>) -> Self {
        Self {
            places,
            declared,
            variables: Vec::new(),
            reads: BTreeMap::new(),
            bound: Vec::new(),
            problems: Vec::new(),
            count: 0,
        }
    }

    /// The whole script: statements, the last of which gives a number.
    pub(super) fn script(&mut self, statements: &[Stmt]) {
        let kind = self.statements(statements, Use::Value, 0..0);
        if let (Some(got), Some(last)) = (kind, statements.last())
            && got != Kind::Number
        {
            let range = self.places.token(last.position());
            self.refuse(ProblemKind::ResultNotNumber { got }, range);
        }
    }

    /// What was found; constructs that show in a token are left out where the tokens have told of some.
    pub(super) fn problems(&mut self, tokens_are_clean: bool) -> Vec<Problem> {
        let mut problems = std::mem::take(&mut self.problems);
        problems.retain(|problem| match &problem.kind {
            ProblemKind::NotAllowed { what } => {
                let only_here = [Construct::Text, Construct::EmptyLet, Construct::Block];
                tokens_are_clean || only_here.contains(what)
            }
            _ => true,
        });
        problems
    }

    pub(super) fn into_reads(self) -> BTreeMap<String, Read> {
        self.reads
    }

    /// Variables that nothing reads, each with its place.
    pub(super) fn unread(&self) -> Vec<(String, Range<usize>)> {
        let unread = self.bound.iter().filter(|(.., read)| !read);
        unread.map(|(name, range, _)| (name.clone(), range.clone())).collect()
    }

    /// Whether the innermost variable of a name is read so far.
    fn is_read(&mut self, name: &str) -> Option<&mut bool> {
        self.bound.iter_mut().rev().find(|(known, ..)| known == name).map(|(.., read)| read)
    }

    /// Notes that a variable is read.
    pub(super) fn read(&mut self, name: &str) {
        if let Some(read) = self.is_read(name) {
            *read = true;
        }
    }

    pub(super) fn refuse(&mut self, kind: ProblemKind, range: Range<usize>) {
        self.problems.push(Problem { kind, range });
    }

    pub(super) fn not_allowed(&mut self, what: Construct, range: Range<usize>) {
        self.refuse(ProblemKind::NotAllowed { what }, range);
    }

    fn statements(&mut self, all: &[Stmt], used: Use, place: Range<usize>) -> Option<Kind> {
        let outer = self.variables.len();
        let kind = match (used, all.split_last()) {
            (Use::Value, Some((last, before))) => {
                for statement in before {
                    self.statement(statement);
                }
                self.last(last)
            }
            (Use::Value, None) => {
                self.refuse(ProblemKind::NoValue, place);
                None
            }
            (Use::Nothing, _) => {
                for statement in all {
                    self.statement(statement);
                }
                None
            }
        };
        self.variables.truncate(outer);
        kind
    }

    fn block(&mut self, block: &StmtBlock, used: Use) -> Option<Kind> {
        let place = self.places.token(block.position());
        self.statements(block.statements(), used, place)
    }

    /// The statement whose value is the block's.
    fn last(&mut self, statement: &Stmt) -> Option<Kind> {
        match statement {
            Stmt::Expr(expression) => self.kind(expression),
            Stmt::FnCall(call, position) => self.call(call, *position),
            Stmt::If(flow, position) => {
                let place = self.places.token(*position);
                self.branches(flow, Use::Value, place)
            }
            other => {
                self.statement(other);
                let place = self.places.token(other.position());
                self.refuse(ProblemKind::NoValue, place);
                None
            }
        }
    }

    /// A statement whose value nothing uses.
    fn statement(&mut self, statement: &Stmt) {
        let place = self.places.token(statement.position());
        match statement {
            Stmt::Noop(_) => {}
            Stmt::Var(binding, flags, _) => {
                let (name, value, _) = &**binding;
                self.binding(name.as_str(), value, *flags, self.places.token(name.pos), place);
            }
            Stmt::Assignment(parts) => {
                let operator = parts.0.get_op_assignment_info().map(|info| info.3);
                self.assignment(&parts.1.lhs, operator, &parts.1.rhs, place);
            }
            Stmt::If(flow, _) => {
                self.branches(flow, Use::Nothing, place);
            }
            Stmt::Expr(expression) => {
                self.kind(expression);
                let range = self.span(expression);
                self.refuse(ProblemKind::Discarded, range);
            }
            Stmt::FnCall(call, position) => {
                self.call(call, *position);
                self.refuse(ProblemKind::Discarded, place);
            }
            Stmt::Block(block) => {
                self.not_allowed(Construct::Block, place);
                self.block(block, Use::Nothing);
            }
            Stmt::Switch(..) => self.not_allowed(Construct::Switch, place),
            Stmt::While(..) | Stmt::Do(..) | Stmt::For(..) | Stmt::BreakLoop(..) => {
                self.not_allowed(Construct::Loop, place);
            }
            Stmt::TryCatch(..) => self.not_allowed(Construct::TryCatch, place),
            Stmt::Return(..) => self.not_allowed(Construct::Return, place),
            _ => self.not_allowed(Construct::Other, place),
        }
    }

    fn binding(&mut self, name: &str, value: &Expr, flags: ASTFlags, at: Range<usize>, place: Range<usize>) {
        let name = name.to_owned();
        if flags != ASTFlags::empty() {
            self.not_allowed(Construct::Const, place.clone());
        }
        let kind = if matches!(value, Expr::Unit(_)) {
            self.not_allowed(Construct::EmptyLet, place);
            None
        } else {
            self.kind(value)
        };
        self.count = self.count.saturating_add(1);
        if self.count == MAX_VARIABLES.saturating_add(1) {
            let limit = MAX_VARIABLES;
            self.refuse(ProblemKind::TooManyVariables { limit }, at.clone());
        }
        if self.taken(&name) {
            self.refuse(ProblemKind::Assigned { name }, at);
        } else if self.variables.iter().any(|(known, _)| *known == name) {
            self.refuse(ProblemKind::Repeated { name }, at);
        } else {
            self.bound.push((name.clone(), at, false));
            self.variables.push((name, kind));
        }
    }

    fn assignment(&mut self, target: &Expr, operator: Option<&'static str>, value: &Expr, place: Range<usize>) {
        let got = self.kind(value);
        let range = self.span(target);
        let Expr::Variable(variable, ..) = target else {
            return self.not_allowed(Construct::Other, place);
        };
        let name = variable.1.to_string();
        if self.taken(&name) {
            return self.refuse(ProblemKind::Assigned { name }, range);
        }
        // What is only ever written is not read.
        let read = self.is_read(&name).map(|read| *read);
        let held = self.kind(target);
        if let (Some(before), Some(read)) = (read, self.is_read(&name)) {
            *read = before;
        }
        let Some(held) = held else {
            return;
        };
        let expected = if let Some(operator) = operator {
            self.require(operator, Kind::Number, Some(held), range);
            Kind::Number
        } else {
            held
        };
        let range = self.span(value);
        self.require(operator.unwrap_or(&name), expected, got, range);
    }

    /// Names that are not a script's to declare or to change.
    fn taken(&self, name: &str) -> bool {
        self.declared.contains_key(name) || Constant::named(name).is_some() || Function::named(name).is_some()
    }

    /// An `if` used as a value: both branches, and of one type.
    pub(super) fn value_of_if(&mut self, block: &StmtBlock) -> Option<Kind> {
        if let [Stmt::If(flow, position)] = block.statements() {
            let place = self.places.token(*position);
            return self.branches(flow, Use::Value, place);
        }
        let place = self.places.token(block.position());
        self.not_allowed(Construct::Block, place);
        None
    }

    fn branches(&mut self, flow: &FlowControl, used: Use, place: Range<usize>) -> Option<Kind> {
        let condition = self.kind(&flow.expr);
        let range = self.span(&flow.expr);
        self.require("if", Kind::YesNo, condition, range);
        let left = self.block(&flow.body, used);
        // Without `else` the branch is a block with no place of its own.
        if used == Use::Value && flow.branch.is_empty() && flow.branch.position().is_none() {
            self.refuse(ProblemKind::NoValue, place);
            return left;
        }
        let right = self.block(&flow.branch, used);
        if let (Some(left), Some(right)) = (left, right)
            && left != right
        {
            self.refuse(ProblemKind::UnlikeBranches { left, right }, place);
            return None;
        }
        left.or(right)
    }
}
