//! Tests: whole submissions and what they must give.

use super::{ExampleOutcome, ExampleValue, Number, Quoted, Spanned, ValueName};

/// Figures as examples and tests state them.
pub type GivenValues = Vec<(Spanned<ValueName>, Spanned<ExampleValue>)>;

/// `cho 1.1: b = 90; a = 100`, or `cho 1.8: 1,75 điểm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The leaf.
    pub code: Spanned<String>,
    /// What is stated of it.
    pub stated: GivenStated,
}

/// `cho điểm thẩm định 53,25 điểm; điểm điều tra 33,87 điểm`: the shares are known, the leaves are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenTotals {
    /// The appraised points.
    pub appraised: Option<Number>,
    /// The survey points.
    pub survey: Option<Number>,
}

/// What a test states of a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenStated {
    /// Figures.
    Figures(GivenValues),
    /// Points, entered or in place of the rule.
    Points(Number),
}

/// `thì 1.1: 1,35 điểm`, `thì chỉ số: 87,12%`, `thì xếp loại: "B"`, `thì xếp loại: không xếp loại`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// What a head must have.
    Head(Spanned<String>, Spanned<ExampleOutcome>),
    /// The index as the set rounds it.
    Index(Number),
    /// The grade.
    Grade(Quoted),
    /// It lies below the last cut, where nobody has a grade.
    NoGrade,
}
