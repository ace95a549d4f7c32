//! Questionnaires, the form that scores by one, and the tallies that tests state.

use super::{Number, Provenance, Quoted, Spanned};
use crate::diagnostic::Span;

/// `phiếu cán_bộ "…": dự kiến 50 phiếu, ít nhất 30 phiếu`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Questionnaire {
    /// Its name.
    pub name: Spanned<String>,
    /// Its title.
    pub label: Quoted,
    /// How many answers the plan of the survey counts on in all; no score depends on it.
    pub planned: Option<Spanned<i64>>,
    /// How many answers it needs in all.
    pub at_least: Option<Spanned<i64>>,
}

/// `nhóm trả lời hđnd "Đại biểu HĐND": trọng số 40%, ít nhất 30 phiếu`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Respondents {
    /// Its name.
    pub name: Spanned<String>,
    /// Who they are.
    pub label: Quoted,
    /// Its part in the result.
    pub weight: Option<Number>,
    /// How many of its answers the plan counts on.
    pub planned: Option<Spanned<i64>>,
    /// How many of its answers are needed.
    pub at_least: Option<Spanned<i64>>,
    /// `, nguồn dựng lại, "…"`: where it comes from, if not from where its questionnaire does.
    pub sources: Vec<Provenance>,
}

/// What follows when nobody of a group answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupMissing {
    /// `chia lại trọng số`: the other groups share its weight.
    ShareWeights,
    /// `chưa chấm`.
    Unscored,
}

/// An option and what it is worth: `"B" 60%`, `"Không biết" không tính`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The option.
    pub option: Quoted,
    /// What choosing it is worth.
    pub worth: Worth,
}

/// What choosing an option is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worth {
    /// Nothing is said: the option only counts among the answers.
    Unsaid,
    /// So much of the maximum.
    Weight(Number),
    /// Who chooses it has not answered.
    NotCounted,
}

/// `câu c5 "Tính kịp thời": "Tốt" 100%; "Khá" 50%`; without options, the questionnaire's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub name: Spanned<String>,
    /// What is asked.
    pub label: Quoted,
    /// Its own options.
    pub options: Vec<Weighed>,
    /// `, nguồn dựng lại, "…"`: where it comes from, if not from where its questionnaire does.
    pub sources: Vec<Provenance>,
}

/// `phiếu cán_bộ, câu c1; c2: trung bình`, after `chấm theo`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyForm {
    /// The questionnaire.
    pub questionnaire: Spanned<String>,
    /// The questions that are read.
    pub questions: Vec<Spanned<String>>,
    /// What is made of their answers.
    pub measure: Measure,
}

/// What is made of the answers to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// `trung bình`: the mean worth of the options chosen.
    Mean,
    /// `tỷ lệ chọn "…"; "…"`: how many chose one of these.
    Choosing(Vec<Quoted>),
}

/// `cho phiếu cán_bộ, nhóm hđnd, câu c1: "A" 12; "B" 5`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenTally {
    /// The questionnaire.
    pub questionnaire: Spanned<String>,
    /// The group, where the questionnaire has groups.
    pub group: Option<Spanned<String>>,
    /// The question.
    pub question: Spanned<String>,
    /// How many chose each option.
    pub counts: Vec<(Quoted, Spanned<i64>)>,
    /// The line.
    pub span: Span,
}
