//! What can be wrong with a script (a problem) and with one run of it (a failure), as data.

use std::ops::{Range, RangeInclusive};

use super::Kind;

/// One thing wrong with a script, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where, in bytes of the script's source.
    pub range: Range<usize>,
}

/// What is wrong with a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The text cannot be read; the message is Rhai's, in English.
    Syntax {
        /// What the parser says.
        message: String,
        /// What may have led it astray.
        slip: Option<Slip>,
    },
    /// A call of what is not in the library.
    UnknownFunction {
        /// The name as written.
        name: String,
        /// The library's nearest name.
        nearest: Option<String>,
    },
    /// A library function with too few or too many arguments.
    WrongArity {
        /// The function as written.
        name: String,
        /// How many it takes.
        expected: RangeInclusive<usize>,
        /// How many it was given.
        got: usize,
        /// Where one is missing: the bracket that closes too soon.
        closed: Option<Range<usize>>,
    },
    /// An operand, argument, condition or new value of the wrong type.
    WrongType {
        /// The operator, function, keyword or variable that wants another type.
        of: String,
        /// What it wants.
        expected: Kind,
        /// What it was given.
        got: Kind,
    },
    /// `&&`, `||` or `if` was given a literal that is not a yes or a no.
    NotYesNo,
    /// An order (`<`, `>=`, …) was asked of what has none.
    NoOrder {
        /// The operator.
        operator: String,
        /// What it was given.
        got: Kind,
    },
    /// A name that is neither a figure nor a variable declared above.
    UndeclaredFigure {
        /// The name as written.
        name: String,
        /// The nearest name that would do.
        nearest: Option<String>,
    },
    /// A part of Rhai that is not on our list.
    NotAllowed {
        /// Which part.
        what: Construct,
    },
    /// A division of two literals that are written as whole numbers.
    WholeDivision {
        /// The division as written.
        text: String,
    },
    /// A comparison of two types that can never be equal.
    UnlikeComparison {
        /// The left side's type.
        left: Kind,
        /// The right side's type.
        right: Kind,
    },
    /// An `if` whose branches give different types.
    UnlikeBranches {
        /// The first branch's type.
        left: Kind,
        /// The other branch's type.
        right: Kind,
    },
    /// More lines than a script may have.
    TooManyLines {
        /// The most it may have.
        limit: usize,
    },
    /// A line longer than a line may be.
    LineTooLong {
        /// The most characters it may have.
        limit: usize,
    },
    /// More variables than a script may declare.
    TooManyVariables {
        /// The most it may declare.
        limit: usize,
    },
    /// Nested too deeply.
    TooDeep {
        /// The most levels, as Rhai counts them.
        limit: usize,
    },
    /// A figure, a constant or a library function's name is given a value or declared anew.
    Assigned {
        /// The name.
        name: String,
    },
    /// A variable declared twice.
    Repeated {
        /// The name.
        name: String,
    },
    /// A path through the script (or through an `if` that is used as a value) that gives no value.
    NoValue,
    /// A value that nothing uses: its statement is not the last.
    Discarded,
    /// The script's result is not a number.
    ResultNotNumber {
        /// What it is.
        got: Kind,
    },
}

/// What may have led the parser astray, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// A word or a sign stands twice in a row.
    Twice(Range<usize>),
    /// What is no function stands before a bracket, as one does.
    Called(Range<usize>),
}

/// A part of Rhai that is not on our list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Construct {
    /// `for`, `while`, `loop`, `do`, `break`, `continue`.
    Loop,
    /// `switch`.
    Switch,
    /// `|x| …`.
    Closure,
    /// `fn …`.
    Function,
    /// `[…]`.
    List,
    /// `#{…}`.
    Map,
    /// A text anywhere but beside `==` or `!=`.
    Text,
    /// A text between back-ticks, which may hold code.
    Interpolation,
    /// `try … catch`.
    TryCatch,
    /// `throw`.
    Throw,
    /// `return`.
    Return,
    /// `const`.
    Const,
    /// `let` without a value.
    EmptyLet,
    /// A block in braces that belongs to no `if`.
    Block,
    /// `**`.
    Power,
    /// `%`.
    Remainder,
    /// `&`, `|`, `^`, `<<`, `>>`.
    Bits,
    /// `a..b`.
    Range,
    /// `a.b`.
    Member,
    /// `??`.
    Coalesce,
    /// `in`, `!in`.
    Membership,
    /// A number that is not written as digits, a point, digits, or that has too many of them to be exact.
    NumberForm,
    /// A comma straight between two digits: `1,5` reads as a decimal and means two arguments.
    CommaInNumber,
    /// A word or symbol that Rhai keeps for itself.
    Word(String),
    /// Anything else.
    Other,
}

/// Why one run of a script gave no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened.
    pub kind: FailureKind,
    /// In which line of the script, from 1.
    pub line: usize,
}

/// What happened in a run that gave no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureKind {
    /// A division by zero, or a share of a whole that is zero.
    DivisionByZero,
    /// A number too large for 28 digits.
    Overflow,
    /// More steps than a run may take.
    TooManyOperations,
    /// The result is not a number.
    NotANumber,
    /// A figure that the script reads has no value.
    MissingFigure {
        /// The declared name.
        name: String,
    },
    /// A figure's value is not of the declared kind.
    WrongKind {
        /// The declared name.
        name: String,
        /// The declared kind.
        expected: Kind,
        /// The kind of the value.
        got: Kind,
    },
    /// `round` was asked for digits that are not a whole number from 0 to [`super::MAX_DIGITS`].
    WrongDigits,
    /// `clamp` was given a lower bound above the upper one.
    EmptyRange,
    /// Two unlike values were compared.
    UnlikeComparison,
    /// Anything else; the message is Rhai's, in English.
    Other {
        /// What the evaluator says.
        message: String,
    },
}
