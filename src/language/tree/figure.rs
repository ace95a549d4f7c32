//! Figures: what is asked of a unit.

use super::{Expression, PriorYear, Provenance, Quoted, Spanned};

/// The type of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureType {
    /// `có/không`.
    YesNo,
    /// `số đếm`: a whole number from 0.
    Count,
    /// `số`.
    Number,
    /// `tỷ lệ`: stated in per cent.
    Rate,
    /// `số tiền`.
    Money,
    /// `ngày`.
    Date,
    /// `ngày giờ`: a time of a day.
    DateTime,
    /// `lựa chọn "…"; "…"`.
    Choice(Vec<Quoted>),
    /// `văn bản`.
    Text,
}

/// A bound on the values of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `ít nhất x`.
    AtLeast(Expression),
    /// `không quá x`.
    AtMost(Expression),
    /// `từ x đến hết y`.
    Between(Expression, Expression),
}

/// `danh sách xã "Các xã": ít nhất 1`: a figure of rows, one for each sub-unit; its columns stand below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its name in expressions.
    pub name: Spanned<String>,
    /// What its rows are.
    pub label: Quoted,
    /// How many rows it may have.
    pub bounds: Vec<Bound>,
    /// `, nguồn dựng lại, "…"`: where it comes from, if not from where its head or its set does.
    pub sources: Vec<Provenance>,
}

/// `số liệu a "…": số đếm, không quá b, đơn vị tính "…"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its name in expressions.
    pub name: Spanned<String>,
    /// What the unit is asked.
    pub label: Quoted,
    /// Its type.
    pub kind: Spanned<FigureType>,
    /// Bounds, in the order written.
    pub bounds: Vec<Bound>,
    /// `đơn vị tính "…"`.
    pub measure: Option<Quoted>,
    /// `2 chữ số`: how many decimals may be stated.
    pub digits: Option<Spanned<u32>>,
    /// `kể cả ngoài kỳ đánh giá`: its days may lie outside the period.
    pub beyond_period: bool,
    /// `được chọn không áp dụng`: the unit may say that it does not apply.
    pub may_not_apply: bool,
    /// `kèm năm trước`, `kèm năm 2021`: years whose value the sheet states too.
    pub with_years: Vec<Spanned<PriorYear>>,
    /// `, nguồn dựng lại, "…"`: where it comes from, if not from where its head or its set does.
    pub sources: Vec<Provenance>,
}
