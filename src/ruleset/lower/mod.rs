//! From syntax to meaning: names resolved, types checked, forms lowered to their expression trees.

mod awards;
mod choice;
mod compared;
mod deadline;
mod derived;
mod elsewhere;
mod expressions;
mod figures;
mod forms;
mod per_case;
mod rows;
mod script_value;
mod scripts;
mod shares;
pub(super) mod substitute;
mod survey;
mod templates;

pub(super) use elsewhere::{Asking, Elsewhere, unused as unused_shared};
pub(super) use figures::{bounded_by, contradictory};
pub(super) use forms::{Written, not_applicable, scoring};
pub(super) use templates::{Templates, check as check_templates, each_expression, each_name, each_name_of};

use super::meaning::{Expr, FigureId, Interval, Kind, Ranges, Term};
use super::model::{Figure, FigureKind, HeadId, Side};
use super::questionnaire::Questionnaire;
use crate::diagnostic::{Both, Diagnostic, Language, Problem, Span};
use crate::number::Ratio;

/// What a leaf takes from its set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Set<'a> {
    /// The year, if it is said.
    pub(super) year: Option<u16>,
    /// The language of its text, in which derived figures are named.
    pub(super) language: Language,
    /// The questionnaires that leaves may score by.
    pub(super) questionnaires: Questionnaires<'a>,
    /// What is stated elsewhere.
    pub(super) elsewhere: &'a Elsewhere,
    /// The leaf, where one is lowered.
    pub(super) own: Option<HeadId>,
}

/// The questionnaires of a set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Questionnaires<'a> {
    /// Those that could be read.
    pub(super) list: &'a [Questionnaire],
    /// Some could not, so one that is not known may be that one.
    pub(super) lost: bool,
}

/// What lowering a leaf knows: its figures, its maximum, and where findings go.
pub(super) struct Scope<'a> {
    /// The set: its year, its language.
    pub(super) set: Set<'a>,
    /// The leaf's figures; derived ones join them where a rule reads them.
    pub(super) figures: &'a mut Vec<Figure>,
    /// Which of them are used.
    pub(super) used: &'a mut Vec<bool>,
    /// The leaf's maximum points.
    pub(super) maximum: &'a Ratio,
    /// A figure line could not be read, so an unknown name is no news.
    pub(super) forgiving: bool,
    /// Findings.
    pub(super) findings: &'a mut Vec<Diagnostic>,
}

impl Scope<'_> {
    fn find(&mut self, problem: impl Into<Problem>, span: Span) {
        self.findings.push(Diagnostic::new(problem, span));
    }
}

/// The ranges of a leaf's figures, with the subject's where there is one.
#[derive(Clone, Debug)]
pub(super) struct LeafRanges<'a> {
    pub(super) figures: &'a [Figure],
    pub(super) maximum: &'a Ratio,
    pub(super) subject: Interval,
}

impl Ranges for LeafRanges<'_> {
    fn figure(&self, id: FigureId) -> Interval {
        self.figures.get(id.0).map_or(Interval::ALL, |figure| figure.range.clone())
    }

    fn maximum(&self) -> &Ratio {
        self.maximum
    }

    fn subject(&self) -> Interval {
        self.subject.clone()
    }

    fn limits(&self, id: FigureId) -> Vec<Expr> {
        let most = |limit: &&super::model::Limit| limit.side == Side::Most;
        let own = self.figures.get(id.0).into_iter().flat_map(|figure| figure.limits.iter().filter(most));
        let mut limits: Vec<Expr> = own.map(|limit| limit.bound.clone()).collect();
        // `a` at least `b` says that `b` is at most `a`.
        for (at, figure) in self.figures.iter().enumerate() {
            let above = |limit: &super::model::Limit| limit.side == Side::Least && limit.bound.term == Term::Figure(id);
            if let FigureKind::Number(kind) = figure.kind
                && figure.limits.iter().any(above)
            {
                limits.push(Expr { kind, term: Term::Figure(FigureId(at)) });
            }
        }
        limits
    }

    fn options(&self, id: FigureId) -> Option<usize> {
        match &self.figures.get(id.0)?.kind {
            FigureKind::Choice(options) => Some(options.len()),
            _ => None,
        }
    }

    fn orders(&self) -> Vec<(Expr, Expr)> {
        let mut orders = Vec::new();
        for (at, figure) in self.figures.iter().enumerate() {
            let FigureKind::Number(kind) = figure.kind else { continue };
            let own = Expr { kind, term: Term::Figure(FigureId(at)) };
            for limit in figure.limits.iter().filter(|limit| !matches!(limit.bound.term, Term::Constant(_))) {
                orders.push(match limit.side {
                    Side::Most => (own.clone(), limit.bound.clone()),
                    Side::Least => (limit.bound.clone(), own.clone()),
                });
            }
        }
        orders
    }
}

/// Whether one kind over another makes a rate: like over like, or a bare number on either side.
fn divides(over: Kind, under: Kind) -> bool {
    over == under || over == Kind::Number || under == Kind::Number
}

/// A kind of number in words.
pub(super) fn kind_words(kind: Kind) -> Both {
    match kind {
        Kind::Number => Both::new("một số", "a number"),
        Kind::Count => Both::new("một số đếm", "a count"),
        Kind::Rate => Both::new("một tỷ lệ", "a rate"),
        Kind::Money => Both::new("một số tiền", "an amount of money"),
        Kind::PercentagePoints => Both::new("số điểm phần trăm", "percentage points"),
        Kind::Points => Both::new("số điểm", "points"),
        Kind::Date => Both::new("một ngày", "a date"),
        Kind::Moment => Both::new("ngày giờ", "a date with its time"),
        Kind::Days | Kind::WorkingDays => Both::new("một số ngày", "a number of days"),
    }
}
