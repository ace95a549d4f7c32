//! What officials write for what the language says otherwise: each wording with the words that are read.
//!
//! Only what means the same, so that one may be put in place of the other: `từ 80% trở xuống` is `đến hết 80%`, the
//! edge included in both.

use super::keyword::Keyword as K;
use crate::diagnostic::Language;

/// Words, folded, and the keyword that says the same.
pub(super) type Wording = (&'static str, K);

/// Words before and after a value, folded, and the keywords that stand before and after it instead.
pub(super) type Around = ((&'static str, &'static str), (K, Option<K>));

const VIETNAMESE: &[Wording] = &[
    ("neu", K::When),
    ("khac", K::Otherwise),
    ("con khac", K::Otherwise),
    ("neu khong", K::Otherwise),
    ("neu con lai", K::Otherwise),
    ("nguoc lai", K::Otherwise),
    ("truong hop khac", K::Otherwise),
    ("tinh theo", K::ScoreBy),
    ("cach tinh", K::ScoreBy),
    ("bo chi so", K::Ruleset),
    ("tai lieu kiem chung", K::Evidence),
    ("tai lieu", K::Evidence),
    ("noi dung", K::Area),
    ("bo", K::Repeal),
    ("tre", K::Late),
    ("- duoi", K::ToBelow),
    ("toi duoi", K::ToBelow),
    ("den bang", K::Through),
    ("toi het", K::Through),
    ("toi", K::To),
    ("lon hon", K::Above),
    ("hon", K::Above),
    ("tu tren", K::Above),
    ("nhieu hon", K::Above),
    ("cao hon", K::Above),
    ("qua", K::Above),
    ("nho hon", K::Below),
    ("be hon", K::Below),
    ("it hon", K::Below),
    ("thap hon", K::Below),
    ("toi da", K::AtMost),
    // Closing a checklist.
    ("toi da", K::Ceiling),
    ("khong qua", K::Ceiling),
    ("khong vuot qua", K::Ceiling),
    ("toi thieu", K::Floor),
    ("diem toi da", K::Maximum),
    ("toan bo so diem", K::Maximum),
    // The day itself is in time.
    ("han den", K::DueThrough),
    ("han den ngay", K::DueThrough),
    ("han den het", K::DueThrough),
    ("han den het ngay", K::DueThrough),
    ("han het ngay", K::DueThrough),
    ("han cuoi", K::DueThrough),
    ("han cuoi ngay", K::DueThrough),
    ("han truoc ngay", K::DueBefore),
    ("han den", K::DueAt),
    ("han cuoi", K::DueAt),
    ("han het", K::DueAt),
    ("nhieu nhat", K::AtMost),
    ("khong vuot qua", K::AtMost),
    ("khong nhieu hon", K::AtMost),
    ("toi thieu", K::AtLeast),
    ("khong it hon", K::AtLeast),
];

const ENGLISH: &[Wording] = &[
    ("if", K::When),
    ("else", K::Otherwise),
    ("score", K::ScoreBy),
    ("no case if", K::NoCase),
    ("only scored if", K::Gate),
    ("- below", K::ToBelow),
    ("until", K::To),
    ("more than", K::Above),
    ("greater than", K::Above),
    ("from above", K::Above),
    ("higher than", K::Above),
    ("over", K::Above),
    ("less than", K::Below),
    ("fewer than", K::Below),
    ("lower than", K::Below),
    ("under", K::Below),
    ("more than", K::Over),
    ("no more than", K::AtMost),
    ("not more than", K::AtMost),
    ("at maximum", K::AtMost),
    ("no more than", K::UpTo),
    ("not more than", K::UpTo),
    ("at most", K::UpTo),
    ("no less than", K::AtLeast),
    ("not less than", K::AtLeast),
    ("no fewer than", K::AtLeast),
    ("maximum", K::Ceiling),
    ("no more than", K::Ceiling),
    ("full points", K::Maximum),
    ("maximum points", K::Maximum),
    // The day itself is in time.
    ("by", K::DueThrough),
    ("due by", K::DueThrough),
    ("no later than", K::DueThrough),
    ("on or before", K::DueThrough),
];

const VIETNAMESE_AROUND: &[Around] = &[
    (("tu", "tro xuong"), (K::Through, None)),
    (("", "tro xuong"), (K::Through, None)),
    (("tu", "do xuong"), (K::Through, None)),
    (("", "do xuong"), (K::Through, None)),
    (("", "tro xuong"), (K::UpTo, None)),
    (("", "do xuong"), (K::UpTo, None)),
    (("tu", "do len"), (K::From, Some(K::Up))),
    (("", "do len"), (K::From, Some(K::Up))),
    (("khong dat", ""), (K::Below, None)),
    (("chua dat", ""), (K::Below, None)),
    (("khong den", ""), (K::Below, None)),
    (("chua den", ""), (K::Below, None)),
    (("chua toi", ""), (K::Below, None)),
    (("den", "het"), (K::Through, None)),
    (("khong qua", ""), (K::Through, None)),
    (("khong vuot qua", ""), (K::Through, None)),
    (("khong lon hon", ""), (K::Through, None)),
    (("nho hon hoac bang", ""), (K::Through, None)),
    (("toi da", ""), (K::Through, None)),
    (("khong duoi", ""), (K::From, Some(K::Up))),
    (("khong nho hon", ""), (K::From, Some(K::Up))),
    (("lon hon hoac bang", ""), (K::From, Some(K::Up))),
    (("it nhat", ""), (K::From, Some(K::Up))),
    (("toi thieu", ""), (K::From, Some(K::Up))),
];

const ENGLISH_AROUND: &[Around] = &[
    (("from", "down"), (K::Through, None)),
    (("", "and below"), (K::Through, None)),
    (("", "or less"), (K::Through, None)),
    (("", "or fewer"), (K::Through, None)),
    (("up to", ""), (K::Through, None)),
    (("at most", ""), (K::Through, None)),
    (("no more than", ""), (K::Through, None)),
    (("not more than", ""), (K::Through, None)),
    (("to", "inclusive"), (K::Through, None)),
    (("", "and above"), (K::From, Some(K::Up))),
    (("", "or more"), (K::From, Some(K::Up))),
    (("at least", ""), (K::From, Some(K::Up))),
    (("no less than", ""), (K::From, Some(K::Up))),
    (("not less than", ""), (K::From, Some(K::Up))),
];

/// What parts the two edges of a band, folded, and the keyword that says so; before the first stands one of its own.
const VIETNAMESE_BETWEEN: &[Wording] = &[
    ("- duoi", K::ToBelow),
    ("den duoi", K::ToBelow),
    ("toi duoi", K::ToBelow),
    ("den het", K::Through),
    ("den bang", K::Through),
    ("toi het", K::Through),
    // Which of the two is meant is asked next.
    ("den", K::To),
    ("toi", K::To),
];

const ENGLISH_BETWEEN: &[Wording] =
    &[("- below", K::ToBelow), ("to below", K::ToBelow), ("through", K::Through), ("to", K::To)];

/// What stands between the edges of a band, of which the first lacks its `từ`.
pub(super) fn between(language: Language) -> &'static [Wording] {
    language.pick(VIETNAMESE_BETWEEN, ENGLISH_BETWEEN)
}

/// The wordings of a language.
pub(super) fn wordings(language: Language) -> &'static [Wording] {
    language.pick(VIETNAMESE, ENGLISH)
}

/// The wordings of a language that stand around a value.
pub(super) fn around(language: Language) -> &'static [Around] {
    language.pick(VIETNAMESE_AROUND, ENGLISH_AROUND)
}
