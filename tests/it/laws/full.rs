//! Whole sets at random: areas that add up, count by weight or by their weakest part; blocks that leave heads out, set
//! them aside or are worth other points; gates; bonus and penalty; floors and roundings of the index.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;

use super::{Leaf, any_leaf, leaf, points};
use crate::support::{Set, with_header};

pub(super) const BLOCKS: usize = 3;

/// How parts make their head.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum How {
    Sum,
    Weighted,
    Weakest,
}

/// What a head is to the blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    /// It is of these blocks only.
    pub(super) only: Option<[bool; BLOCKS]>,
    /// It is in the table of a block, and that block is not scored by it.
    pub(super) aside: Option<(usize, &'static str)>,
}

impl Place {
    pub(super) fn is_of(&self, block: usize) -> bool {
        self.only.is_none_or(|only| only[block])
    }

    /// The place among the blocks that are left by the head above: somebody is scored by it, and aside is only who
    /// would be.
    pub(super) fn sound(self, mine: impl Fn(usize) -> bool) -> Self {
        let only = self.only.filter(|only| (0..BLOCKS).any(|block| only[block] && mine(block)));
        let of = |block: usize| only.is_none_or(|only| only[block]) && mine(block);
        let others = |block: usize| (0..BLOCKS).any(|other| other != block && of(other));
        Self { only, aside: self.aside.filter(|(block, _)| of(*block) && others(*block)) }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let names = |only: [bool; BLOCKS]| {
            let named = (0..BLOCKS).filter(|&at| only[at]).map(|at| format!("k{at}"));
            format!("  chỉ áp dụng với khối {}", named.collect::<Vec<_>>().join("; "))
        };
        let aside = self.aside.map(|(block, effect)| format!("  không áp dụng với khối k{block}: {effect}"));
        self.only.map(names).into_iter().chain(aside).collect()
    }
}

/// What a leaf waits for.
#[derive(Clone, Debug)]
pub(super) struct Wait {
    /// An earlier leaf by its place among all, or an earlier area.
    pub(super) of: Of,
    /// With `limit` for the tenths.
    pub(super) sign: &'static str,
    pub(super) limit: u32,
    pub(super) otherwise: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Of {
    Part(usize, usize),
    Area(usize),
}

#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) leaf: Leaf,
    pub(super) place: Place,
    /// Tenths of a point, for each block.
    pub(super) worth: [u32; BLOCKS],
    /// Of a hundred; nothing where parts do not count by weight.
    pub(super) weight: Option<u32>,
    pub(super) wait: Option<Wait>,
}

#[derive(Clone, Debug)]
pub(super) struct Area {
    pub(super) how: How,
    pub(super) place: Place,
    pub(super) weight: Option<u32>,
    pub(super) parts: Vec<Part>,
}

/// Bonus and penalty: cases of a quarter of a point each, at most 5 points a head.
#[derive(Clone, Debug)]
pub(super) struct Outside {
    /// Tenths of a point.
    pub(super) caps: (u32, u32),
    pub(super) cases: (u32, u32),
    /// The bonus is of the first block only.
    pub(super) apart: bool,
    /// Of the index, per cent.
    pub(super) most: Option<u32>,
}

#[derive(Clone, Debug)]
pub(super) struct Full {
    pub(super) areas: Vec<Area>,
    pub(super) how: How,
    pub(super) outside: Option<Outside>,
    /// The least that the index can be, per cent.
    pub(super) floor: Option<u32>,
    /// Where and to how many digits points are rounded.
    pub(super) rounding: Option<(&'static str, u32)>,
    pub(super) shared: u32,
    pub(super) parameter: u32,
    /// From how many per cent on the template gives everything.
    pub(super) template: u32,
}

/// Leaves that read what is stated elsewhere: the first leaf states `a` and `b`, the sheet `chung`; a parameter, a
/// template, a floor below zero, a figure that may not apply.
fn other_leaf() -> impl Strategy<Value = Leaf> {
    let ab = || (0_u32..40, 0_u32..40).prop_map(|(b, more)| format!("\"a\": {}, \"b\": {b}", b + more));
    prop_oneof![
        (50_u32..100, 0_u32..=40).prop_map(|(edge, x)| leaf(
            "  số liệu x \"X\": số đếm, không quá chung",
            format!("  chấm theo tỷ lệ x / chung\n    từ {edge}% trở lên: tối đa\n    dưới {edge}%: tỷ lệ thuận"),
            "",
            format!("\"x\": {x}")
        )),
        (50_u32..100, 0_u32..=5).prop_map(|(edge, x)| leaf(
            "  số liệu x \"X\": số đếm, không quá b trong 1.1",
            format!("  chấm theo tỷ lệ x / a trong 1.1\n    từ {edge}% trở lên: tỷ lệ thuận\n    dưới {edge}%: 0 điểm"),
            "",
            format!("\"x\": {x}")
        )),
        ab().prop_map(|ab| leaf(
            super::AB,
            "  chấm theo tỷ lệ b / a\n    từ chỉ_tiêu trở lên: tối đa\n    dưới chỉ_tiêu: tỷ lệ thuận",
            super::NONE,
            ab
        )),
        ab().prop_map(|ab| leaf(super::AB, "  chấm theo mẫu đạt(b; a)", super::NONE, ab)),
        (any::<bool>(), 1_u32..5).prop_map(|(yes, less)| Leaf {
            method: ", thấp nhất trừ 0,5 điểm",
            ..leaf(
                "  số liệu đủ \"Đủ\": có/không",
                format!("  chấm theo điều kiện\n    khi đủ = có: tối đa\n    còn lại: trừ 0,{less} điểm"),
                "",
                format!("\"đủ\": {yes}")
            )
        }),
        select(vec!["true", "false", "\"không áp dụng\""]).prop_map(|yes| leaf(
            "  số liệu đủ \"Đủ\": có/không, được chọn không áp dụng",
            "  chấm theo điều kiện\n    khi đủ = có: tối đa\n    còn lại: 1 điểm",
            "",
            format!("\"đủ\": {yes}")
        )),
    ]
}

/// The leaf that others read.
fn owner() -> impl Strategy<Value = Leaf> {
    (5_u32..20, 0_u32..20).prop_map(|(b, more)| {
        leaf(
            "  số liệu a \"A\": số đếm, ít nhất 1\n  số liệu b \"B\": số đếm, không quá a",
            "  chấm theo tỷ lệ b / a: tỷ lệ thuận",
            "",
            format!("\"a\": {}, \"b\": {b}", b + more),
        )
    })
}

fn only() -> impl Strategy<Value = Option<[bool; BLOCKS]>> {
    let some = select(vec![
        [true, false, false],
        [false, true, false],
        [false, false, true],
        [true, true, false],
        [true, false, true],
        [false, true, true],
    ]);
    prop::option::weighted(0.35, some)
}

pub(super) fn place(effects: &'static [&'static str]) -> impl Strategy<Value = Place> {
    let aside = prop::option::weighted(0.25, (0..BLOCKS, select(effects)));
    (only(), aside).prop_map(|(only, aside)| Place { only, aside })
}

/// Not yet placed: `of` is an index into what stands before.
pub(super) fn wait() -> impl Strategy<Value = (prop::sample::Index, Wait)> {
    let sign = select(vec!["> 0", "≥ limit", "< limit", "= tối đa", "< tối đa", "≠ 0"]);
    let otherwise =
        select(vec!["0 điểm", "0 điểm", "1 điểm", "50% tối đa", "tối đa", "loại khỏi thang điểm", "chưa chấm"]);
    (any::<prop::sample::Index>(), sign, 1_u32..20, otherwise)
        .prop_map(|(of, sign, limit, otherwise)| (of, Wait { of: Of::Area(0), sign, limit, otherwise }))
}

type DrawnPart = (Leaf, Place, [u32; BLOCKS], u32, Option<(prop::sample::Index, Wait)>);

fn part() -> impl Strategy<Value = DrawnPart> {
    let worth = || select(vec![20_u32, 20, 25, 30]);
    (
        prop_oneof![3 => any_leaf(), 2 => other_leaf()],
        place(&["loại khỏi thang điểm", "tối đa", "0,5 điểm", "chưa chấm"]),
        [worth(), worth(), worth()],
        5_u32..30,
        prop::option::weighted(0.3, wait()),
    )
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![3 => Just(How::Sum), 1 => Just(How::Weighted), 1 => Just(How::Weakest)]
}

type DrawnArea = (How, Place, u32, Vec<DrawnPart>);

fn area() -> impl Strategy<Value = DrawnArea> {
    let place = place(&["loại khỏi thang điểm", "tối đa", "0 điểm", "chưa chấm"]);
    (how(), place, 5_u32..30, prop::collection::vec(part(), 1..4))
}

fn outside() -> impl Strategy<Value = Outside> {
    let most = prop::option::of(select(vec![100_u32, 105]));
    ((1_u32..50, 1_u32..50), (0_u32..24, 0_u32..24), any::<bool>(), most)
        .prop_map(|(caps, cases, apart, most)| Outside { caps, cases, apart, most })
}

/// Hundreds, of all but the last as drawn.
fn weights(drawn: &[u32]) -> Vec<u32> {
    let (_, before) = drawn.split_last().unwrap();
    before.iter().copied().chain([100 - before.iter().sum::<u32>()]).collect()
}

impl Part {
    fn of(drawn: DrawnPart) -> (Self, Option<prop::sample::Index>) {
        let (leaf, place, worth, _, wait) = drawn;
        let (of, wait) = wait.unzip();
        (Self { leaf: Leaf { gate: None, ..leaf }, place, worth, weight: None, wait }, of)
    }
}

/// Makes of what was drawn a set that is sound: weights are whole, gates look back, every area is there for who sees it.
fn settled(first: &Leaf, drawn: Vec<DrawnArea>, how: How) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    let top = weights(&drawn.iter().map(|(_, _, weight, _)| *weight).collect::<Vec<_>>());
    let mut before: Vec<Of> = Vec::new();
    for (at, (inner, place, _, parts)) in drawn.into_iter().enumerate() {
        let own = weights(&parts.iter().map(|part| part.3).collect::<Vec<_>>());
        // The first area is everybody's: others read it. What counts by weight counts so in every block.
        let only = place.only.filter(|_| at > 0 && how != How::Weighted && inner != How::Weighted);
        let mut area = Area {
            how: inner,
            place: Place { only, aside: place.aside.filter(|_| at > 0) }.sound(|_| true),
            weight: (how == How::Weighted).then_some(top[at]),
            parts: Vec::new(),
        };
        for (number, part) in parts.into_iter().enumerate() {
            let (mut part, of) = Part::of(part);
            if at == 0 && number == 0 {
                part.leaf = first.clone();
                part.place = Place::default();
            }
            if number == 0 {
                part.place.only = None;
            }
            if inner == How::Weighted {
                part.weight = Some(own[number]);
                // In every block the weights make a hundred: what one block has in its place, another has in another.
                part.place.only = None;
            }
            let mine = |block| area.place.is_of(block) && area.place.aside.is_none_or(|(by, _)| by != block);
            part.place = part.place.sound(mine);
            match of.filter(|_| !before.is_empty()) {
                Some(of) => part.wait.as_mut().unwrap().of = *of.get(&before),
                None => part.wait = None,
            }
            before.push(Of::Part(at, number));
            area.parts.push(part);
        }
        before.push(Of::Area(at));
        areas.push(area);
    }
    areas
}

/// Two parts of one weight, each of the blocks that the other is not of.
fn halves(areas: &mut [Area], only: [bool; BLOCKS], part: Part) {
    let Some(area) = areas.iter_mut().find(|area| area.how == How::Weighted && area.place.aside.is_none()) else {
        return;
    };
    let place = |only| Place { only: Some(only), aside: None };
    let one = area.parts.last_mut().unwrap();
    let weight = one.weight;
    // The first part of all is read by others.
    if !one.leaf.form[0].contains("b / a: tỷ lệ thuận") {
        one.place = place(only);
        area.parts.push(Part { place: place(only.map(|is| !is)), weight, wait: None, ..part });
    }
}

/// Where points are rounded, and to how many digits: maxima are in tenths, and rounding moves none of them.
pub(super) fn places_and_digits() -> impl Strategy<Value = (&'static str, u32)> {
    prop_oneof![
        1 => (Just("chỉ số"), 0_u32..3),
        2 => (select(vec!["từng tiêu chí", "lĩnh vực"]), 1_u32..3),
    ]
}

fn any_set(simple: bool) -> impl Strategy<Value = Full> {
    let how = if simple { Just(How::Sum).boxed() } else { how().boxed() };
    let areas = prop::collection::vec(area(), 1..4);
    let rounding = if simple {
        prop_oneof![2 => Just(Some(("chỉ số", 2_u32))), 1 => Just(None)].boxed()
    } else {
        prop::option::weighted(0.8, places_and_digits()).boxed()
    };
    let floor = prop::option::weighted(0.3, select(vec![0_u32, 10, 40]));
    let outside = prop::option::weighted(0.3, outside());
    let pair = (only(), part());
    let numbers = (40_u32..100, 50_u32..100, 50_u32..100);
    (owner(), areas, how, outside, floor, rounding, numbers, pair).prop_map(
        move |(first, areas, how, outside, floor, rounding, (shared, parameter, template), (only, other))| {
            let mut areas = settled(&first, areas, how);
            if let Some(only) = only {
                halves(&mut areas, only, Part::of(other).0);
            }
            if simple {
                for area in &mut areas {
                    area.how = How::Sum;
                    area.parts.iter_mut().for_each(|part| (part.weight, part.wait) = (None, None));
                }
            }
            let (outside, floor) = if simple { (None, None) } else { (outside, floor) };
            Full { areas, how, outside, floor, rounding, shared, parameter, template }
        },
    )
}

/// Of everything.
pub(super) fn full() -> impl Strategy<Value = Full> {
    any_set(false)
}

/// Of what the quick way carries: sums, rounded at the end.
pub(super) fn simple() -> impl Strategy<Value = Full> {
    any_set(true)
}

/// Points of each block, in tenths: those of the first, and those of others that differ.
pub(super) fn by_block(worth: [u32; BLOCKS]) -> String {
    let mut text = format!("{} điểm", points(worth[0]));
    for (block, own) in worth.iter().enumerate().filter(|(_, own)| **own != worth[0]) {
        write!(text, "; khối k{block} {} điểm", points(*own)).unwrap();
    }
    text
}

fn weight(weight: Option<u32>) -> String {
    weight.map(|weight| format!(", trọng số {weight}%")).unwrap_or_default()
}

impl Part {
    /// What stands in the block's table, in tenths.
    pub(super) fn in_table(&self, area: &Area, block: usize) -> Option<u32> {
        (area.place.is_of(block) && self.place.is_of(block)).then(|| self.worth[block])
    }

    /// What follows for a block that is not scored by it, though it is in its table.
    pub(super) fn aside(&self, area: &Area, block: usize) -> Option<&'static str> {
        let of = |place: &Place| place.aside.filter(|(by, _)| *by == block).map(|(_, effect)| effect);
        self.in_table(area, block)?;
        of(&area.place).or_else(|| of(&self.place))
    }

    pub(super) fn states(&self, area: &Area, block: usize) -> bool {
        self.in_table(area, block).is_some() && self.aside(area, block).is_none()
    }

    /// The lines under it, by kinds whose order means nothing.
    pub(super) fn lines(&self, number: usize, turned: bool) -> Vec<String> {
        let mut groups = [self.leaf.figures.clone(), self.leaf.form.clone(), self.leaf.beside.clone()];
        groups[2].extend(self.place.lines());
        groups[2].extend(self.wait.as_ref().map(Wait::line));
        if turned {
            groups[0].reverse();
            groups[2].reverse();
            groups.rotate_right(1);
        }
        groups.concat().iter().map(|line| line.replace("{at}", &number.to_string()).replace('\u{1}', "\n")).collect()
    }
}

impl Of {
    pub(super) fn code(self) -> String {
        match self {
            Self::Part(area, part) => code(area, part),
            Self::Area(area) => (area + 1).to_string(),
        }
    }
}

impl Wait {
    pub(super) fn line(&self) -> String {
        let sign = self.sign.replace("limit", &format!("{} điểm", points(self.limit)));
        format!("  chỉ chấm khi điểm của {} {sign}; nếu không: {}", self.of.code(), self.otherwise)
    }
}

pub(super) fn code(area: usize, part: usize) -> String {
    format!("{}.{}", area + 1, part + 1)
}

impl Area {
    /// Its maximum in a block, in tenths: of other blocks too, since some number is written first.
    pub(super) fn worth(&self) -> [u32; BLOCKS] {
        std::array::from_fn(|block| match self.how {
            How::Sum => self.parts.iter().filter(|part| part.place.is_of(block)).map(|part| part.worth[block]).sum(),
            How::Weighted => 40,
            How::Weakest => 30 + 10 * u32::try_from(block).unwrap(),
        })
    }

    pub(super) fn head(&self, at: usize) -> String {
        format!("lĩnh vực {} \"Lĩnh vực {at}\": {}{}", at + 1, by_block(self.worth()), weight(self.weight))
    }

    /// The lines under it.
    pub(super) fn lines(&self) -> Vec<String> {
        let how = match self.how {
            // The header's line holds below it too.
            How::Sum => "  cách tổng hợp: cộng",
            How::Weighted => "  cách tổng hợp: trung bình theo trọng số",
            How::Weakest => "  cách tổng hợp: thấp nhất",
        };
        std::iter::once(how.to_owned()).chain(self.place.lines()).collect()
    }
}

impl Full {
    pub(super) fn parts(&self) -> impl Iterator<Item = (usize, usize, &Area, &Part)> {
        self.areas
            .iter()
            .enumerate()
            .flat_map(|(at, area)| area.parts.iter().enumerate().map(move |(number, part)| (at, number, area, part)))
    }

    /// The whole scale of a block, in tenths.
    pub(super) fn scale(&self) -> [u32; BLOCKS] {
        std::array::from_fn(|block| match self.how {
            How::Sum => self.areas.iter().filter(|area| area.place.is_of(block)).map(|area| area.worth()[block]).sum(),
            How::Weighted | How::Weakest => 100 + 20 * u32::try_from(block).unwrap(),
        })
    }

    /// The lines of the header whose order means nothing.
    pub(super) fn settings(&self, turned: bool) -> Vec<String> {
        let mut lines = vec![
            "  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn".to_owned(),
            "  hiển thị: 2 chữ số".to_owned(),
            "  cách chấm: tự chấm; thẩm định lần 1; giải trình; thẩm định lần 2".to_owned(),
            format!("  tham số chỉ_tiêu \"Chỉ tiêu\": {}%", self.parameter),
            "  số liệu chung chung \"Chung\": số đếm, ít nhất 1".to_owned(),
        ];
        lines.push(self.rounds());
        lines.extend((0..BLOCKS).map(|block| format!("  khối k{block} \"Khối {block}\"")));
        lines.extend(match self.how {
            How::Sum => None,
            How::Weighted => Some("  cách tổng hợp: trung bình theo trọng số".to_owned()),
            How::Weakest => Some("  cách tổng hợp: thấp nhất".to_owned()),
        });
        lines.extend(self.limits());
        if turned {
            lines.reverse();
        }
        lines
    }

    /// The line of rounding.
    pub(super) fn rounds(&self) -> String {
        match self.rounding {
            Some((level, digits)) => format!("  làm tròn: {level}, {digits} chữ số, nửa lên"),
            None => "  làm tròn: không".to_owned(),
        }
    }

    /// The lines that cut points: the floor of the index, the caps of bonus and penalty.
    pub(super) fn limits(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.floor.iter().map(|floor| format!("  chỉ số: không dưới {floor}%")).collect();
        if let Some(outside) = &self.outside {
            let most = outside.most.map(|most| format!(", chỉ số không quá {most}%")).unwrap_or_default();
            lines.push(format!("  điểm thưởng: không quá {} điểm{most}", points(outside.caps.0)));
            lines.push(format!("  điểm phạt: không quá {} điểm", points(outside.caps.1)));
        }
        lines
    }

    /// The template.
    pub(super) fn form_of_many(&self) -> String {
        let edge = self.template;
        format!(
            "mẫu đạt(x; y)\n  chấm theo tỷ lệ x / y\n    từ {edge}% trở lên: tối đa\n    dưới {edge}%: tỷ lệ thuận\n"
        )
    }

    /// What stands above the first head.
    pub(super) fn above(&self) -> String {
        let mut text = self.form_of_many();
        for (number, (.., part)) in self.parts().enumerate() {
            text.push_str(&part.leaf.above.replace("{at}", &number.to_string()));
        }
        text
    }

    /// Bonus and penalty.
    pub(super) fn below(&self) -> String {
        let Some(outside) = &self.outside else { return String::new() };
        let head = |level: &str, code: u32, more: &str| {
            format!(
                "{level} {code} \"Ngoài thang\": 5 điểm\n{more}  số liệu n \"N\": số đếm\n  chấm theo từng trường hợp\n    mỗi n: cộng 0,25 điểm\n"
            )
        };
        let apart = if outside.apart { "  chỉ áp dụng với khối k0\n" } else { "" };
        format!("{}{}", head("điểm thưởng", 91, apart), head("điểm phạt", 92, ""))
    }

    pub(super) fn body(&self, turned: bool) -> String {
        let mut text = self.above();
        for (number, (at, within, area, part)) in self.parts().enumerate() {
            if within == 0 {
                writeln!(text, "{}", area.head(at)).unwrap();
                let mut lines = area.lines();
                if turned {
                    lines.reverse();
                }
                for line in lines {
                    writeln!(text, "{line}").unwrap();
                }
            }
            writeln!(text, "{}", part.head(at, within)).unwrap();
            part.lines(number, turned).iter().for_each(|line| writeln!(text, "{line}").unwrap());
        }
        text.push_str(&self.below());
        text
    }

    pub(super) fn set(&self, turned: bool) -> Set {
        with_header(&by_block(self.scale()), &self.settings(turned).join("\n"), &self.body(turned))
    }

    /// A sheet of a block; `kept` says which leaves it states, `more` what else of them.
    pub(super) fn sheet(
        &self,
        (path, year): (&str, &str),
        block: usize,
        kept: impl Fn(usize) -> bool,
        more: impl Fn(usize) -> String,
    ) -> String {
        let mut entries = Vec::new();
        for (number, (at, within, area, part)) in self.parts().enumerate() {
            if part.states(area, block) && kept(number) {
                entries.push(part.entry(&code(at, within), &more(number)));
            }
        }
        if let Some(outside) = &self.outside {
            let case = |code: u32, n: u32| format!("\"{code}\": {{\"self\": {{\"figures\": {{\"n\": {n}}}}}}}");
            if !outside.apart || block == 0 {
                entries.push(case(91, outside.cases.0));
            }
            entries.push(case(92, outside.cases.1));
        }
        format!(
            "{{\"ruleset\": \"{path}\", \"year\": {year}, \"unit\": \"U\", \"block\": \"k{block}\", \"shared\": {{\"chung\": {}}}, \"leaves\": {{{}}}}}",
            self.shared,
            entries.join(", ")
        )
    }
}

impl Part {
    pub(super) fn head(&self, area: usize, part: usize) -> String {
        let (code, worth) = (code(area, part), by_block(self.worth));
        format!("tiêu chí {code} \"Tiêu chí {code}\": {worth}{}{}", weight(self.weight), self.leaf.method)
    }

    pub(super) fn entry(&self, code: &str, more: &str) -> String {
        format!("\"{code}\": {{\"{}\": {{\"figures\": {{{}}}}}{more}}}", self.leaf.track, self.leaf.stated)
    }
}
