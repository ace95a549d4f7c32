//! Header lines and the properties that heads share with them.

use super::{AwardKind, BlockPoints, Comparison, Expression, Level, Moment, Number, Quoted, Spanned};
use crate::diagnostic::Span;

/// `căn cứ: "876/QĐ-BNV", ngày 10/11/2022`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Number and sign of the decision.
    pub number: Quoted,
    /// Its date, in days since 1970-01-01.
    pub date: Option<Spanned<i32>>,
}

/// `tham số chỉ_tiêu "Chỉ tiêu năm": 80%`: a number of the year, named once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in expressions and at edges.
    pub name: Spanned<String>,
    /// What it is.
    pub label: Quoted,
    /// Its value: a number, a rate, points or a date.
    pub value: Expression,
    /// `, nguồn dựng lại, "…"`: where it comes from, if not from where its set does.
    pub sources: Vec<Provenance>,
}

/// Where numbers come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Which kind of source.
    pub kind: Spanned<ProvenanceKind>,
    /// The clause, the page, or the reason.
    pub notes: Vec<Quoted>,
}

/// Which kind of source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProvenanceKind {
    /// `chính thức`.
    Official,
    /// `sửa đổi bởi "…"`.
    Amended(Quoted),
    /// `dựng lại`.
    Reconstructed,
    /// `minh họa`: invented, for teaching.
    Illustrative,
}

/// `thang điểm: 100 điểm; thẩm định 68 điểm; điều tra 32 điểm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// All points.
    pub total: Number,
    /// Appraised points, if stated.
    pub appraised: Option<Number>,
    /// Survey points, if stated.
    pub survey: Option<Number>,
    /// `thẩm định chưa rõ`: the sources name the appraised share without its points.
    pub appraised_not_known: Option<Span>,
    /// `điều tra chưa rõ`.
    pub survey_not_known: Option<Span>,
    /// `, nếu có`: a year may pass without a survey.
    pub if_held: bool,
    /// `; khối tw 90 điểm`: all points of blocks that have their own.
    pub blocks: Vec<BlockPoints>,
}

/// `điểm thưởng: không quá 5 điểm, chỉ số không quá 100%`, or `điểm thưởng: chưa rõ`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideCap {
    /// Bonus or penalty.
    pub level: Level,
    /// The most that counts of all its heads together; nothing where the sources only say that there are some.
    pub most: Option<Number>,
    /// The most that the index can be, after bonus and penalty.
    pub index: Option<Number>,
}

/// For whom the heads of a count are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedFor {
    /// `chung`.
    EveryBlock,
    /// `riêng`.
    SomeBlocks,
}

/// `38 tiêu chí, nguồn khác 39`, `63 tiêu chí riêng`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What is counted.
    pub level: Level,
    /// Only those for all blocks, or only those for some; else all there are.
    pub only: Option<CountedFor>,
    /// How many.
    pub count: Spanned<usize>,
    /// What another source says.
    pub other: Option<Spanned<usize>>,
    /// `, nguồn dựng lại, "…"`: where it comes from, if not from where its head or its set does.
    pub sources: Vec<Provenance>,
}

/// What follows when something is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequence {
    /// Points given then, if any (`None`: unscored, or nothing but an explanation).
    pub points: Option<Number>,
    /// The leaf stays unscored.
    pub unscored: bool,
    /// An explanation is asked for.
    pub explain: bool,
    /// Where.
    pub span: Span,
}

/// A step of the yearly round that scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Track {
    /// Tự chấm.
    SelfScore,
    /// Thẩm định lần 1.
    Appraisal1,
    /// Giải trình: no points of its own.
    Explanation,
    /// Thẩm định lần 2.
    Appraisal2,
}

/// `làm tròn: chỉ số, 2 chữ số, nửa lên`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundingRule {
    /// Which totals are rounded; nothing means that nothing is (`làm tròn: không`).
    pub level: Option<Spanned<RoundedLevel>>,
    /// Digits after the mark.
    pub digits: Spanned<u32>,
}

/// Which totals are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundedLevel {
    /// Every leaf.
    EachLeaf,
    /// Every area.
    Area,
    /// The index.
    Index,
}

/// How ties are handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ties {
    /// 1, 2, 2, 4.
    SharedSkip,
    /// 1, 2, 2, 3.
    SharedDense,
    /// Ties are broken by the points of these heads, in order.
    Broken(Vec<Preferred>),
}

/// `lĩnh vực 3`, whose points break a tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferred {
    /// The level as written.
    pub level: Level,
    /// The code.
    pub code: Spanned<String>,
}

/// Points before or after rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GradeBasis {
    /// As rounded.
    Rounded,
    /// Exact.
    Exact,
}

/// `xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// Ties.
    pub ties: Ties,
    /// The points that order.
    pub basis: Option<Spanned<GradeBasis>>,
}

/// `"A" từ 90%`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// Its name.
    pub name: Quoted,
    /// From where it is given.
    pub from: GradeFrom,
}

/// From where a grade is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GradeFrom {
    /// `từ 90%`: from this share of the scale.
    Share(Number),
    /// `trên 80%`: above this share, the share itself not.
    Above(Number),
    /// `từ trung bình chung`: from the mean of the round's ranked units.
    Mean,
    /// `còn lại`.
    Otherwise,
}

/// `không quá "B" khi lĩnh vực 3 dưới 70%`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeCeiling {
    /// The best grade then.
    pub at_most: Quoted,
    /// The head that is looked at.
    pub head: Preferred,
    /// The share of its maximum below which the ceiling holds.
    pub below: Number,
}

/// `thấp nhất 0 điểm` or `cao nhất tối đa`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// `AtLeast` for a floor, `AtMost` for a cap.
    pub side: Comparison,
    /// The limit.
    pub limit: AwardKind,
    /// Where.
    pub span: Span,
}

/// `ví dụ b = 90; a = 100: 1,35 điểm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// `khối tw`: the block of the unit; nothing for the maximum as it is written first.
    pub block: Option<Spanned<String>>,
    /// Figures.
    pub values: super::GivenValues,
    /// What must come out.
    pub outcome: Spanned<ExampleOutcome>,
    /// `, văn bản sai`: a published example that breaks its own rule.
    pub decision_wrong: bool,
    /// The line.
    pub span: Span,
}

/// The value of a figure in an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExampleValue {
    /// A number.
    Number(Number),
    /// `có` or `không`.
    YesNo(bool),
    /// A date, in days since 1970-01-01.
    Date(i32),
    /// A time of a day.
    Moment(Moment),
    /// An option, or a text.
    Text(String),
    /// `thiếu`.
    Missing,
    /// `không áp dụng`.
    NotApplicable,
    /// `"Xã A" (đúng = 90; giải_quyết = 100), …`: the rows of a list.
    Rows(Vec<ExampleRow>),
    /// `bảng "xa.csv"`: the rows of a list, in a table beside the ruleset.
    Table(String),
}

/// A row of a list in an example: its name and its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleRow {
    /// Its name.
    pub name: Quoted,
    /// What stands in its columns.
    pub cells: super::GivenValues,
}

/// What an example must give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExampleOutcome {
    /// Points.
    Points(Number),
    /// `tối đa`.
    Maximum,
    /// `chưa chấm`.
    Unscored,
    /// `loại khỏi thang điểm`.
    OutOfScale,
}
