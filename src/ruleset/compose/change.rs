//! What a set changes of the one that it extends, as data.

use crate::diagnostic::{Both, Language, Span};
use crate::language::tree::Statement;
use crate::language::write_statement;
use crate::number::Points;

/// One change against the set extended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// The line that changes it.
    pub span: Span,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// A new head.
    Added {
        /// Its code.
        code: String,
        /// Its name.
        title: String,
        /// Its maximum, if written.
        points: Option<Points>,
    },
    /// A head that stays, in part.
    Amended {
        /// Its code in the new set.
        code: String,
        /// Its name in the new set.
        title: String,
        /// Its maximum in the set extended, if written.
        before: Option<Points>,
        /// Its maximum now, if written.
        now: Option<Points>,
        /// Blocks that have another maximum than before: the block, then and now, where points are written at all.
        by_block: Vec<(String, Option<Points>, Option<Points>)>,
        /// Which kinds of lines are new.
        lines: Vec<Both>,
    },
    /// A head that falls away, with all below it.
    Repealed {
        /// Its code in the set extended.
        code: String,
        /// Its name.
        title: String,
        /// Its maximum, if written.
        points: Option<Points>,
        /// Why.
        reason: String,
    },
    /// A head under another code.
    Renumbered {
        /// In the set extended.
        from: String,
        /// In the new set.
        to: String,
        /// Its name.
        title: String,
    },
    /// A leaf that has parts now.
    Split {
        /// Its code.
        code: String,
        /// Its name.
        title: String,
    },
    /// A parameter with another value.
    Parameter {
        /// Its name.
        name: String,
        /// The line of the set extended.
        before: Both,
        /// The line that amends it.
        now: Both,
    },
    /// A line of the header that takes the place of its kind.
    Header {
        /// The line as it is now.
        line: Both,
    },
    /// A template written anew, or a new one.
    Template {
        /// Its name.
        name: String,
        /// There was one of this name.
        known: bool,
    },
    /// A questionnaire written anew, or a new one.
    Questionnaire {
        /// Its name.
        name: String,
        /// There was one of this name.
        known: bool,
    },
    /// A test of the set extended that asks for what is amended, and is not taken over.
    TestLeft {
        /// Its name.
        name: String,
    },
}

/// A statement in both languages.
pub(super) fn words(statement: &Statement) -> Both {
    let one = |language| write_statement(statement, "", language);
    Both::new(one(Language::Vietnamese), one(Language::English))
}
