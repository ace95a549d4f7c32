//! Rounds at random: units in blocks, leaves by which they are compared, questionnaires and who answered what; the texts
//! that say so.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;

use super::points;
use super::rules::{Effect, effect};
use crate::support::{Set, set};

/// What a comparison comes to, and what its bands make of it.
#[derive(Clone, Debug)]
pub(super) enum Compared {
    /// Up to a place everything, below it some tenths.
    Rank { upto: u32, less: u32 },
    /// Of `b / a`: from so many per cent on everything, else in proportion; out of the scale where `a` is 0.
    Percentile { from: u32 },
    /// In proportion between the ends; so much where all are equal.
    Position { equal: Effect },
    /// Everything from the mean on, else some tenths.
    Mean { less: u32 },
}

/// With whom; a position may leave it unsaid, and then looks at the block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Among {
    Block,
    Round,
    Unsaid,
}

/// Respondents of one kind.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Of a hundred.
    pub(super) weight: u32,
    pub(super) least: Option<u32>,
}

#[derive(Clone, Debug)]
pub(super) struct Survey {
    /// None, two or three.
    pub(super) groups: Vec<Group>,
    /// Over all groups.
    pub(super) least: Option<u32>,
    /// The weights of groups that are missing are shared; else the leaf is not scored.
    pub(super) shared: bool,
    pub(super) too_few: Effect,
    /// What the middle option is worth, of a hundred; the others are worth everything, nothing, and not counted.
    pub(super) middle: u32,
    /// How many of the two questions are read.
    pub(super) questions: usize,
    /// The share of those who chose one of the first two options, in place of the mean.
    pub(super) share: bool,
    /// From so many per cent on in proportion, below it nothing; in proportion throughout where none is said.
    pub(super) from: Option<u32>,
}

pub(super) const OPTIONS: usize = 4;

#[derive(Clone, Debug)]
pub(super) enum Leaf {
    Compared {
        what: Compared,
        among: Among,
        higher: bool,
        /// A unit may have nothing to compare.
        asked: bool,
    },
    Asked(Survey),
}

/// Two numbers that a step states, if it states them.
pub(super) type Numbers = Option<(u32, u32)>;

#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) block: usize,
    /// By leaf: what the unit states, and what an appraiser states in its place; nothing of either is not answered.
    pub(super) stated: Vec<(Option<Numbers>, Option<Numbers>)>,
    /// By leaf, group, question, option.
    pub(super) answers: Vec<Vec<[[u32; OPTIONS]; 2]>>,
}

#[derive(Clone, Debug)]
pub(super) struct Round {
    pub(super) leaves: Vec<Leaf>,
    pub(super) units: Vec<Unit>,
    /// What is missing is no points; else it is not scored.
    pub(super) zero: bool,
    /// What becomes of the second block.
    pub(super) apart: &'static str,
    pub(super) skip: bool,
    /// Digits of the index, and whether units are ranked and graded by it as rounded.
    pub(super) digits: u32,
    pub(super) rounded: bool,
    /// A grade above the one that the mean cuts, from so many per cent.
    pub(super) best: u32,
}

fn compared() -> impl Strategy<Value = Leaf> {
    let what = prop_oneof![
        (1_u32..5, 0_u32..20).prop_map(|(upto, less)| Compared::Rank { upto, less }),
        (20_u32..95).prop_map(|from| Compared::Percentile { from }),
        select(vec![Effect::Maximum, Effect::Tenths(5), Effect::Tenths(0)])
            .prop_map(|equal| Compared::Position { equal }),
        (0_u32..20).prop_map(|less| Compared::Mean { less }),
    ];
    let among = select(vec![Among::Block, Among::Round, Among::Unsaid]);
    (what, among, any::<bool>(), any::<bool>()).prop_map(|(what, among, higher, asked)| Leaf::Compared {
        asked: asked && !matches!(what, Compared::Percentile { .. }),
        what,
        among,
        higher,
    })
}

fn survey() -> impl Strategy<Value = Leaf> {
    let group = (5_u32..30, prop::option::of(1_u32..6));
    let groups = prop_oneof![1 => Just(Vec::new()), 3 => prop::collection::vec(group, 2..4)];
    let rules = (1_u32..8, any::<bool>(), effect(), any::<bool>());
    (groups, rules, 0_u32..=100, 1_usize..3, any::<bool>(), prop::option::of(20_u32..90)).prop_map(
        |(drawn, (least, shared, too_few, all), middle, questions, share, from)| {
            let last = 100 - drawn.iter().skip(1).map(|(weight, _)| weight).sum::<u32>();
            let every = drawn.iter().all(|(_, least)| least.is_some());
            let groups = drawn.into_iter().enumerate();
            let groups =
                groups.map(|(at, (weight, least))| Group { weight: if at == 0 { last } else { weight }, least });
            let groups: Vec<Group> = groups.collect();
            // How many are needed is said of the whole, or of every group.
            let least = (all || groups.is_empty() || !every).then_some(least);
            Leaf::Asked(Survey { groups, least, shared, too_few, middle, questions, share, from })
        },
    )
}

fn numbers() -> impl Strategy<Value = Numbers> {
    prop::option::weighted(0.9, (0_u32..9, 0_u32..6))
}

pub(super) fn round() -> impl Strategy<Value = Round> {
    let leaves = prop::collection::vec(prop_oneof![3 => compared(), 2 => survey()], 1..5);
    let stated = (prop::option::weighted(0.9, numbers()), prop::option::weighted(0.3, numbers()));
    let tally = prop_oneof![1 => Just([0_u32; OPTIONS]), 4 => prop::array::uniform4(0_u32..4)];
    let answers = prop::collection::vec([tally.clone(), tally], 3);
    let unit = (0_usize..2, prop::collection::vec(stated, 4), prop::collection::vec(answers, 4))
        .prop_map(|(block, stated, answers)| Unit { block, stated, answers });
    let units = prop::collection::vec(unit, 1..8);
    let rules = (any::<bool>(), select(vec!["", ": xếp hạng riêng", ": không xếp hạng"]), any::<bool>());
    (leaves, units, rules, (0_u32..3, any::<bool>(), 60_u32..100)).prop_map(
        |(leaves, units, (zero, apart, skip), (digits, rounded, best))| Round {
            leaves,
            units,
            zero,
            apart,
            skip,
            digits,
            rounded,
            best,
        },
    )
}

impl Compared {
    fn lines(&self, said: Among, higher: bool) -> String {
        let among = if said == Among::Round { "cả đợt" } else { "khối" };
        let better = if higher { "càng cao càng tốt" } else { "càng thấp càng tốt" };
        let x = "  số liệu x \"X\": số đếm\n";
        match self {
            Self::Rank { upto, less } => format!(
                "{x}  chấm theo thứ hạng x trong {among}, {better}\n    từ 1 đến hết {upto}: tối đa\n    từ {} trở lên: {} điểm\n",
                upto + 1,
                points(*less)
            ),
            Self::Percentile { from } => format!(
                "  số liệu a \"A\": số đếm\n  số liệu b \"B\": số đếm, không quá a\n  chấm theo phân vị b / a trong {among}, {better}\n    từ {from}% trở lên: tối đa\n    dưới {from}%: tỷ lệ thuận\n  không phát sinh khi a = 0: loại khỏi thang điểm\n"
            ),
            Self::Position { equal } => format!(
                "{x}  chấm theo khoảng thấp nhất đến cao nhất của x{}, {better}: tỷ lệ thuận\n    bằng nhau cả: {}\n",
                if said == Among::Unsaid { String::new() } else { format!(" trong {among}") },
                equal.words()
            ),
            Self::Mean { less } => format!(
                "{x}  chấm theo chênh lệch x so với trung bình {among}\n    từ 0 trở lên: tối đa\n    dưới 0: {} điểm\n",
                points(*less)
            ),
        }
    }

    /// As a sheet states it: `b` of `a`, or `x`, and whether there was anything to do.
    fn figures(&self, (x, more): (u32, u32), asked: bool) -> String {
        match self {
            Self::Percentile { .. } => format!("\"b\": {x}, \"a\": {}", x + more),
            _ if asked => format!("\"x\": {x}, \"có_việc\": {}", more > 0),
            _ => format!("\"x\": {x}"),
        }
    }
}

impl Survey {
    fn lines(&self, at: usize) -> String {
        let least = self.least.map(|least| format!(": ít nhất {least} phiếu")).unwrap_or_default();
        let mut text = format!("phiếu p{at} \"Phiếu {at}\"{least}\n");
        for (number, Group { weight, least }) in self.groups.iter().enumerate() {
            let least = least.map(|least| format!(", ít nhất {least} phiếu")).unwrap_or_default();
            writeln!(text, "  nhóm trả lời g{number} \"Nhóm {number}\": trọng số {weight}%{least}").unwrap();
        }
        if !self.groups.is_empty() {
            let follows = if self.shared { "chia lại trọng số" } else { "chưa chấm" };
            writeln!(text, "  thiếu nhóm: {follows}").unwrap();
        }
        writeln!(
            text,
            "  không đủ phiếu: {}\n  phương án: \"A\" 100%; \"B\" {}%; \"C\" 0%; \"E\" không tính\n  câu c0 \"Một\"\n  câu c1 \"Hai\"",
            self.too_few.words(),
            self.middle
        )
        .unwrap();
        text
    }

    fn form(&self, at: usize) -> String {
        let questions = ["c0", "c0; c1"][self.questions - 1];
        let measure = if self.share { "tỷ lệ chọn \"A\"; \"B\"" } else { "trung bình" };
        let bands = self.from.map(|from| format!("\n    từ {from}% trở lên: tỷ lệ thuận\n    dưới {from}%: 0 điểm"));
        format!("  chấm theo phiếu p{at}, câu {questions}: {measure}{}\n", bands.unwrap_or_default())
    }
}

impl Round {
    pub(super) fn text(&self) -> String {
        let asked = self.leaves.iter().filter(|leaf| matches!(leaf, Leaf::Asked(_))).count();
        let (all, asked) = (self.leaves.len() * 2, asked * 2);
        let share = match (asked, all - asked) {
            (0, _) => String::new(),
            (asked, 0) => format!("; điều tra {asked} điểm"),
            (asked, rest) => format!("; thẩm định {rest} điểm; điều tra {asked} điểm"),
        };
        let basis = if self.rounded { "theo điểm đã làm tròn" } else { "theo điểm chưa làm tròn" };
        let mut text = format!(
            "bộ tiêu chí thử/đợt \"Đợt\"\n  năm: 2022\n  nguồn: minh họa, \"để thử\"\n  thang điểm: {all} điểm{share}\n  thiếu số liệu: {}\n  làm tròn: chỉ số, {} chữ số, nửa lên\n  xếp hạng: đồng hạng, {}, {basis}\n  xếp loại: {basis}; \"A\" từ {}%; \"B\" từ trung bình chung; \"C\" còn lại\n  khối k0 \"Khối đầu\"\n  khối k1 \"Khối sau\"{}\n\n",
            if self.zero { "0 điểm" } else { "chưa chấm" },
            self.digits,
            if self.skip { "bỏ hạng sau" } else { "không bỏ hạng" },
            self.best,
            self.apart,
        );
        for (at, leaf) in self.leaves.iter().enumerate() {
            if let Leaf::Asked(survey) = leaf {
                writeln!(text, "{}", survey.lines(at)).unwrap();
            }
        }
        for (at, leaf) in self.leaves.iter().enumerate() {
            let (method, lines) = match leaf {
                Leaf::Compared { what, among, higher, asked } => {
                    let case = "  số liệu có_việc \"Có việc\": có/không\n  không phát sinh khi có_việc = không: loại khỏi thang điểm\n";
                    ("", what.lines(*among, *higher) + if *asked { case } else { "" })
                }
                Leaf::Asked(survey) => (", điều tra", survey.form(at)),
            };
            writeln!(text, "tiêu chí {} \"Tiêu chí {at}\": 2 điểm{method}\n{lines}", at + 1).unwrap();
        }
        text
    }

    pub(super) fn set(&self) -> Set {
        set("đợt.tieuchi", &self.text())
    }

    pub(super) fn sheets(&self) -> String {
        let sheet = |(number, unit): (usize, &Unit)| {
            let mut leaves = Vec::new();
            for (at, leaf) in self.leaves.iter().enumerate() {
                let Leaf::Compared { what, asked, .. } = leaf else { continue };
                let (own, appraised) = unit.stated[at];
                let of = |numbers: Numbers| numbers.map(|numbers| what.figures(numbers, *asked)).unwrap_or_default();
                let mut steps = Vec::new();
                steps.extend(own.map(|own| format!("\"self\": {{\"figures\": {{{}}}}}", of(own))));
                // An appraiser who states nothing has no place in a sheet.
                let appraised = appraised.flatten().map(Some);
                steps.extend(appraised.map(|own| format!("\"appraisal 1\": {{\"figures\": {{{}}}}}", of(own))));
                if !steps.is_empty() {
                    leaves.push(format!("\"{}\": {{{}}}", at + 1, steps.join(", ")));
                }
            }
            let (block, leaves) = (unit.block, leaves.join(", "));
            format!(
                "{{\"ruleset\": \"thử/đợt\", \"year\": 2022, \"unit\": \"U{number}\", \"block\": \"k{block}\", \"leaves\": {{{leaves}}}}}"
            )
        };
        format!("[{}]", self.units.iter().enumerate().map(sheet).collect::<Vec<_>>().join(",\n"))
    }

    /// The answers as a table of tallies.
    pub(super) fn answers(&self) -> String {
        let mut table = "unit,questionnaire,group,question,option,count\n".to_owned();
        for (number, unit) in self.units.iter().enumerate() {
            for (at, leaf) in self.leaves.iter().enumerate() {
                let Leaf::Asked(survey) = leaf else { continue };
                for (group, questions) in unit.answers[at].iter().enumerate().take(survey.groups.len().max(1)) {
                    let group = if survey.groups.is_empty() { String::new() } else { format!("g{group}") };
                    for (question, counts) in questions.iter().enumerate() {
                        for (option, count) in ["A", "B", "C", "E"].into_iter().zip(counts) {
                            if *count > 0 {
                                writeln!(table, "U{number},p{at},{group},c{question},{option},{count}").unwrap();
                            }
                        }
                    }
                }
            }
        }
        table
    }
}
