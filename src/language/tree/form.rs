//! Forms of scoring and their lines.

use super::{Compared, Comparison, Expression, Number, Provenance, Quoted, Spanned, SurveyForm};
use crate::diagnostic::Span;

/// `chấm theo …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Which form.
    pub kind: FormKind,
    /// `từng xã, lấy thấp nhất`: each row of a list is scored, and the points are combined.
    pub per_row: Option<PerRow>,
    /// `, không đơn điệu`.
    pub not_monotone: bool,
    /// `, liên tục`.
    pub continuous: bool,
    /// An award for every case, written after a colon.
    pub award: Option<Award>,
    /// The line.
    pub span: Span,
}

/// `từng xã, lấy trung bình`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerRow {
    /// The list.
    pub list: Spanned<String>,
    /// How the points of the rows are combined.
    pub take: Take,
}

/// How the points of rows are combined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// The lowest of them.
    Lowest,
    /// Their mean; with a weight, each row counts by it.
    Mean(Option<Expression>),
}

/// Where points for each case begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseStart {
    /// `bắt đầu từ tối đa`.
    Maximum,
    /// `bắt đầu từ 5 điểm`.
    Points(Number),
}

/// Which form of scoring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormKind {
    /// `chấm theo điều kiện`.
    Condition,
    /// `chấm theo thời hạn ngày_kh, hạn hết 31/01/2022`.
    Deadline {
        /// The date on which it was done.
        figure: Expression,
        /// The day written, in days since 1970-01-01; of no account where it is named.
        due: i32,
        /// The parameter that names the day, until it is put in.
        named: Option<Spanned<String>>,
        /// `hạn 17:00 ngày …`: the minute of that day.
        minute: Option<u16>,
        /// `hạn trước`: that day is late already.
        before: bool,
    },
    /// `chấm theo lựa chọn mức_độ`: the choice, a name unless a template puts something else there.
    Choice(Expression),
    /// `chấm theo phiếu cán_bộ, câu c1; c2: trung bình`.
    Survey(SurveyForm),
    /// `chấm theo tỷ lệ a / b`.
    Rate(Expression),
    /// `chấm theo số lượng x`.
    Count(Expression),
    /// `chấm theo số tiền x`.
    Amount(Expression),
    /// `chấm theo mức tăng …`, `chênh lệch …`, `chỉ số …`, `thứ hạng …`, `khoảng …`.
    Compared(Compared),
    /// `chấm theo danh mục`.
    Checklist,
    /// `chấm theo từng trường hợp`.
    PerCase {
        /// `, bắt đầu từ tối đa`; nothing where nothing says where it begins, which is 0.
        start: Option<CaseStart>,
    },
    /// `chấm theo công thức …`.
    Formula(Expression),
    /// `chấm theo kịch bản`.
    Script,
    /// `chấm theo mẫu m(a; b)`.
    Template {
        /// The template's name.
        name: Spanned<String>,
        /// What its parameters stand for.
        arguments: Vec<Expression>,
    },
    /// `chấm theo điểm nhập, do "…"`.
    Entered {
        /// The authority whose points they are.
        by: Quoted,
    },
}

/// `mẫu m(x; y)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name.
    pub name: Spanned<String>,
    /// Its parameters.
    pub parameters: Vec<Spanned<String>>,
}

/// Points that a line gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// What it gives.
    pub kind: AwardKind,
    /// Where.
    pub span: Span,
}

/// What a line gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwardKind {
    /// `tối đa`.
    Maximum,
    /// `n điểm`, or `trừ n điểm` (then negative).
    Points(Number),
    /// `50% tối đa`, `n/m tối đa`: the ratio.
    Share(Number),
    /// `tỷ lệ thuận`.
    Proportional,
    /// `tỷ lệ thuận đến T`.
    ProportionalTo(Expression),
    /// `nội suy từ n điểm đến m điểm`.
    Interpolate(Number, Number),
}

/// What a line does: points, or a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What it does.
    pub kind: EffectKind,
    /// Where.
    pub span: Span,
}

/// What a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EffectKind {
    /// Points.
    Award(AwardKind),
    /// `loại khỏi thang điểm`.
    OutOfScale,
    /// `chưa chấm`.
    Unscored,
}

/// Which values a band takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The lower edge, and whether it is included.
    pub lower: Option<(Expression, bool)>,
    /// The upper edge, and whether it is included.
    pub upper: Option<(Expression, bool)>,
    /// How it was written.
    pub kind: EdgeKind,
    /// Where.
    pub span: Span,
}

/// How an edge was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// `bằng x`.
    Exactly,
    /// Any other wording; the bounds say which.
    Range,
}

/// `từ 80% đến dưới 100%: tỷ lệ thuận`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The values.
    pub edge: Edge,
    /// The points.
    pub award: Award,
}

/// `khi …: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The condition.
    pub test: Expression,
    /// What follows.
    pub effect: Effect,
}

/// `đạt x "…": 0,25 điểm` or `đạt khi …: 0,25 điểm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    /// What must hold.
    pub test: MetTest,
    /// What it adds.
    pub award: Award,
}

/// What a checklist line asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetTest {
    /// The line declares its own yes/no figure.
    Figure {
        /// Its name.
        name: Spanned<String>,
        /// What is asked.
        label: Quoted,
        /// `, nguồn dựng lại, "…"`: where the line comes from, if not from where its head does.
        sources: Vec<Provenance>,
    },
    /// A condition over declared figures.
    Condition(Expression),
}

/// `đúng hạn: tối đa`, `muộn không quá 15 ngày: 50% tối đa`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    /// How late.
    pub when: Lateness,
    /// The points.
    pub award: Award,
}

/// How late something was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lateness {
    /// `đúng hạn`.
    OnTime,
    /// `muộn không quá n ngày`, from where the line above ends.
    UpTo(Late),
    /// `muộn trên n ngày`.
    Over(Late),
}

/// `15 ngày`, `2 giờ`, `5 ngày làm việc`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// How many.
    pub count: Spanned<i64>,
    /// Of what.
    pub unit: LateUnit,
}

/// What lateness is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LateUnit {
    /// `ngày`.
    Days,
    /// `giờ`.
    Hours,
    /// `ngày làm việc`, with the first day beyond them, since 1970-01-01, once the set's calendar has told it.
    WorkingDays(Option<i32>),
}

/// `chọn "tốt": 75% tối đa`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionLine {
    /// The option.
    pub option: Quoted,
    /// What follows.
    pub effect: Effect,
}

/// `mỗi 5 hồ_sơ: trừ 0,1 điểm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Each {
    /// How much of it makes one case; nothing means that it counts cases.
    pub step: Option<Number>,
    /// What is counted.
    pub what: Expression,
    /// What a case adds; negative after `trừ`.
    pub points: Number,
}

/// `không phát sinh khi a = 0: loại khỏi thang điểm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotApplicable {
    /// When.
    pub test: Expression,
    /// With what effect.
    pub effect: Effect,
}

/// `không phát sinh từng xã khi giải_quyết = 0: bỏ qua dòng`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoRowCase {
    /// The list.
    pub list: Spanned<String>,
    /// When.
    pub test: Expression,
    /// The points of such a row; nothing where it is passed over.
    pub award: Option<Award>,
}

/// `chỉ chấm khi điểm của 2.2.1 > 0; nếu không: 0 điểm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The head whose points decide.
    pub of: Spanned<String>,
    /// How they are compared.
    pub comparison: Comparison,
    /// With what; nothing is that head's maximum.
    pub limit: Option<Number>,
    /// What follows where it does not hold.
    pub effect: Effect,
}
