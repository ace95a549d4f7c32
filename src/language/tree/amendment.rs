//! Years, levels and editions: what a set builds on, how it amends it, and which heads came before.

use super::{Expression, Head, Level, Provenance, Quoted, Spanned};

/// `kế thừa: vn/par-index/tinh năm 2022`, or `…, lần ban hành 1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extends {
    /// The index's path.
    pub path: Spanned<String>,
    /// The year.
    pub year: Spanned<u16>,
    /// The edition; nothing means the newest.
    pub edition: Option<Spanned<u16>>,
}

/// `thay thế: lần ban hành 1, từ 31/10/2025, tính cho cả năm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supersedes {
    /// The edition that this one takes the place of.
    pub edition: Spanned<u16>,
    /// From when, in days since 1970-01-01.
    pub from: Spanned<i32>,
    /// It counts for the whole year, not only from that day on.
    pub whole_year: bool,
}

/// `sửa tham số chỉ_tiêu: 85%`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmendParameter {
    /// Its name.
    pub name: Spanned<String>,
    /// Its new value.
    pub value: Expression,
    /// `, nguồn chính thức, "…"`: where the new value comes from, if not from where the set does.
    pub sources: Vec<Provenance>,
}

/// `sửa tiêu chí 1.1: 2 điểm`: what is written takes the place of what was, the rest stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amend {
    /// A new name is written; without it the title of `head` is empty and says nothing.
    pub retitled: bool,
    /// The level and code as written, and what is new.
    pub head: Head,
}

/// `lĩnh vực 1`: a head named by another line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The level as written.
    pub level: Level,
    /// The code.
    pub code: Spanned<String>,
}

/// `bãi bỏ thành phần 3.4.2, do "…"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeal {
    /// What falls away, with all below it.
    pub target: Target,
    /// Why.
    pub reason: Quoted,
}

/// `đổi mã 3.5 thành 3.4`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renumber {
    /// The code in the set extended.
    pub from: Spanned<String>,
    /// The code from now on.
    pub to: Spanned<String>,
}

/// What a lower level may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Divide a leaf into parts.
    Split,
    /// Divide any leaf of this level that lies under the target.
    SplitIn(Level),
    /// Add heads of this level.
    Add(Level),
}

/// `cho cấp dưới chia tiêu chí 2.1`, `cho cấp dưới chia tiêu chí trong lĩnh vực 2`, `cho cấp dưới bổ sung thành phần trong tiêu chí 2.1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// What it may do.
    pub opening: Opening,
    /// Where.
    pub target: Target,
}

/// `thay cho 3.5; 3.6 của năm 2022`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaces {
    /// The codes of that year.
    pub codes: Vec<Spanned<String>>,
    /// The year.
    pub year: Spanned<u16>,
}
