//! Rhai in a box: the last resort for a rule that no declarative form and no formula can say.
//!
//! Only this room names rhai. A script is read by Rhai's parser, then every token and every node of its tree must be on
//! our list; a type is inferred for each expression; arithmetic is ours, on checked decimals. What passes has no loop, no
//! clock, no input or output, and gives the same number for the same figures on every machine and in every build.

mod accept;
mod infer;
mod library;
mod limits;
mod lower;
mod place;
mod problem;
mod run;
mod sandbox;
mod token;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rhai::{AST, Engine, ParseErrorType};
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

pub use limits::{
    MAX_ARGUMENTS, MAX_COLUMNS, MAX_DEPTH, MAX_DIGITS, MAX_LINES, MAX_OPERATIONS, MAX_PARTS, MAX_TEXT, MAX_VARIABLES,
};
pub use problem::{Construct, Failure, FailureKind, Problem, ProblemKind, Slip};
pub use token::plain_text;
pub use value::{Branch, Condition, Value};

use accept::Acceptance;
use place::Places;

/// What a declared figure is to a script; a choice is a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A count, a number, a rate or an amount.
    Number,
    /// A yes or a no.
    YesNo,
    /// A choice or a text: it can be compared, nothing else.
    Text,
}

/// What a unit stated for one figure, as a script reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A number.
    Number(Decimal),
    /// A yes or a no.
    YesNo(bool),
    /// An option's name or a text.
    Text(String),
}

impl Input {
    /// The kind of figure that this can answer.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Number(_) => Kind::Number,
            Self::YesNo(_) => Kind::YesNo,
            Self::Text(_) => Kind::Text,
        }
    }
}

/// A script that is on the list throughout, typed, and ready to run; cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Script(Arc<Compiled>);

struct Compiled {
    source: String,
    engine: Engine,
    tree: AST,
    /// Declared name → how the script's tree spells it, its kind, and the line that reads it first.
    figures: BTreeMap<String, Read>,
    reads: BTreeSet<String>,
    unread: Vec<(String, Range<usize>)>,
    value: Option<Value>,
}

/// A declared figure that the script uses.
#[derive(Debug, Clone)]
struct Read {
    spelled: String,
    kind: Kind,
    line: usize,
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Script").field(&self.0.source).finish()
    }
}

impl Script {
    /// The number that the script gives for these figures; `maximum` is what `maximum` and `tối_đa` stand for.
    ///
    /// Inputs that the script does not read are ignored.
    pub fn run(&self, inputs: &BTreeMap<String, Input>, maximum: Decimal) -> Result<Decimal, Failure> {
        run::run(&self.0, inputs, maximum)
    }

    /// The declared figures that the script uses, by their declared names.
    pub fn reads(&self) -> &BTreeSet<String> {
        &self.0.reads
    }

    /// Variables that it declares and nothing reads, each with its place in the text.
    pub fn unread(&self) -> &[(String, Range<usize>)] {
        &self.0.unread
    }

    /// What the script works out as one expression; nothing where only Rhai can work it out.
    pub fn value(&self) -> Option<&Value> {
        self.0.value.as_ref()
    }

    /// The text that was compiled.
    pub fn source(&self) -> &str {
        &self.0.source
    }
}

/// Compiles a script over declared figures, or says everything that is wrong with it, in the order of the text.
pub fn compile(source: &str, figures: &BTreeMap<String, Kind>) -> Result<Script, Vec<Problem>> {
    let places = Places::new(source);
    if let Some(problem) = places.over_size() {
        return Err(vec![problem]);
    }
    let declared =
        figures.iter().map(|(name, kind)| (composed(name), (name.clone(), *kind))).collect::<BTreeMap<_, _>>();
    let engine = sandbox::engine(declared.keys().cloned().collect());

    let tokens = token::check(&engine, source, &places);
    let mut problems = tokens.problems;
    if tokens.interpolated {
        return Err(problems);
    }
    let tree = match engine.compile(source) {
        Ok(tree) => tree,
        Err(error) if problems.is_empty() => {
            let slip = || token::slip(&engine, source, &places);
            return Err(vec![unreadable(error.err_type(), places.token(error.position()), slip)]);
        }
        // The refused token is why Rhai cannot read on: one complaint is enough.
        Err(_) => return Err(problems),
    };

    let mut acceptance = Acceptance::new(&places, &declared);
    acceptance.script(tree.statements());
    problems.extend(acceptance.problems(problems.is_empty()));
    if !problems.is_empty() {
        problems.sort_by_key(|problem| (problem.range.start, problem.range.end));
        return Err(problems);
    }
    let value = lower::Lowering::new(&acceptance).script(tree.statements());
    let unread = acceptance.unread();
    let figures = acceptance.into_reads();
    Ok(Script(Arc::new(Compiled {
        source: source.to_owned(),
        engine,
        tree,
        reads: figures.keys().cloned().collect(),
        figures,
        unread,
        value,
    })))
}

/// What Rhai's parser complained about, in our terms where we have one.
fn unreadable(error: &ParseErrorType, range: Range<usize>, slip: impl Fn() -> Option<Slip>) -> Problem {
    let kind = match error {
        ParseErrorType::ExprTooDeep => ProblemKind::TooDeep { limit: MAX_DEPTH },
        ParseErrorType::Reserved(word) => ProblemKind::NotAllowed { what: Construct::Word(word.clone()) },
        ParseErrorType::MismatchedType(..) => ProblemKind::NotYesNo,
        other => ProblemKind::Syntax { message: other.to_string(), slip: slip() },
    };
    Problem { kind, range }
}

/// A name or a text in the one spelling that is compared: Unicode NFC.
fn composed(text: &str) -> String {
    text.nfc().collect()
}
