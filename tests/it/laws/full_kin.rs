//! Sets at random that extend whole sets: what becomes of each leaf and of the header, the amendments that say so, and the
//! same set written out.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tieuchi::diagnostic::{Colour, Language, SourceMap, render};
use tieuchi::engine::Plan;
use tieuchi::language::{Comments, parse, write_file};
use tieuchi::ruleset::{Identity, Library, check_among};

use super::full::{Area, BLOCKS, Full, How, Of, Part, Place, Wait, by_block, code, place, places_and_digits, wait};
use super::full_holds::OWN;
use super::{Leaf, any_leaf};
use crate::support::Set;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kin {
    Year,
    Edition,
    Level,
}

pub(super) fn kin() -> impl Strategy<Value = Kin> {
    select(vec![Kin::Year, Kin::Edition, Kin::Level])
}

/// A later set of the same level.
pub(super) fn later() -> impl Strategy<Value = Kin> {
    select(vec![Kin::Year, Kin::Edition])
}

/// Which set it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) path: &'static str,
    pub(super) year: u16,
    pub(super) edition: u16,
}

/// The set that is extended first.
pub(super) const FIRST: Name = Name { path: OWN.0, year: 2022, edition: 1 };

impl Name {
    /// What extends it.
    pub(super) fn child(self, kin: Kin) -> Self {
        match kin {
            Kin::Year => Self { year: self.year + 1, edition: 1, ..self },
            Kin::Edition => Self { edition: self.edition + 1, ..self },
            Kin::Level if self.path == FIRST.path => Self { path: "thử/cấp-dưới", edition: 1, ..self },
            Kin::Level => Self { path: "thử/cấp-dưới-nữa", edition: 1, ..self },
        }
    }

    /// As a sheet names it.
    pub(super) fn of_sheet(self) -> (&'static str, String) {
        let Self { path, year, edition } = self;
        (path, if edition > 1 { format!("\"{year}-{edition}\"") } else { year.to_string() })
    }

    /// The header of a set of this name that extends another.
    pub(super) fn header(self, above: Self) -> String {
        let Self { path, year, edition } = self;
        let edition = match edition {
            1 => String::new(),
            own => format!(
                "  lần ban hành: {own}\n  thay thế: lần ban hành {}, từ 01/07/{year}, tính cho cả năm\n",
                own - 1
            ),
        };
        let of = if above.edition > 1 { format!(", lần ban hành {}", above.edition) } else { String::new() };
        format!(
            "bộ tiêu chí {path} \"Bộ thử\"\n  năm: {year}\n{edition}  kế thừa: {} năm {}{of}\n",
            above.path, above.year
        )
    }
}

/// The last of several texts, checked among all of them, and what it is composed to as a text of its own.
pub(super) fn composed(texts: &[&str]) -> (Set, String) {
    let (mut sources, mut library) = (SourceMap::new(), Library::new());
    let mut last = None;
    for text in texts {
        let source = sources.add("thử.tieuchi", *text);
        library.add(Identity::of(&parse(source, text).file).unwrap(), source);
        last = Some(source);
    }
    let checked = check_among(last.unwrap(), &sources, &library);
    let told = render(&checked.diagnostics, &sources, Language::Vietnamese, Colour::Never);
    let ruleset = checked.ruleset.unwrap_or_else(|| panic!("{told}\n{}", texts.join("\n---\n")));
    let text = write_file(&checked.composed.unwrap(), &sources, Language::Vietnamese, Comments::Drop);
    crate::firmness::as_firm_alone(&ruleset, &text);
    (Set { plan: Plan::compile(ruleset).unwrap(), sources }, text)
}

/// The text without what says which set it is.
pub(super) fn nameless(text: &str) -> Vec<&str> {
    let own = ["bộ tiêu chí", "năm:", "lần ban hành:", "thay thế:"];
    text.lines().map(str::trim).filter(|line| !own.iter().any(|words| line.starts_with(words))).collect()
}

/// What becomes of a leaf of the set extended.
#[derive(Clone, Debug)]
pub(super) enum Fate {
    Kept,
    Locked,
    Worth([u32; BLOCKS]),
    /// Amended in place: scored by another rule.
    Ruled(Leaf),
    Placed(Place),
    Waits(Index, Wait),
    Repealed,
    Split(bool, bool),
    Moved,
    /// It was not there.
    Added,
}

/// Where and to how many digits points are rounded, if anywhere.
type Rounds = (Option<&'static str>, u32);

/// What the header of a set that extends another says anew.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Anew {
    parameter: Option<u32>,
    template: Option<u32>,
    /// Nothing of it, or where and to how many digits.
    rounding: Option<Rounds>,
    floor: Option<u32>,
    caps: Option<((u32, u32), Option<u32>)>,
}

pub(super) fn anew() -> impl Strategy<Value = Anew> {
    let rounding = prop_oneof![
        4 => places_and_digits().prop_map(|(place, digits)| (Some(place), digits)),
        1 => Just((None, 0)),
    ];
    let caps = ((1_u32..50, 1_u32..50), prop::option::of(select(vec![100_u32, 105])));
    (
        prop::option::of(50_u32..100),
        prop::option::of(50_u32..100),
        prop::option::weighted(0.4, rounding),
        prop::option::weighted(0.3, select(vec![10_u32, 40])),
        prop::option::weighted(0.5, caps),
    )
        .prop_map(|(parameter, template, rounding, floor, caps)| Anew {
            parameter,
            template,
            rounding,
            floor,
            caps,
        })
}

/// A leaf for each of the first areas, which it may be given.
pub(super) fn added() -> impl Strategy<Value = Vec<Option<Leaf>>> {
    prop::collection::vec(prop::option::weighted(0.4, any_leaf()), 3)
}

pub(super) fn fate() -> impl Strategy<Value = Fate> {
    let worth = || select(vec![20_u32, 25, 30]);
    prop_oneof![
        2 => Just(Fate::Kept),
        1 => Just(Fate::Locked),
        2 => [worth(), worth(), worth()].prop_map(Fate::Worth),
        3 => any_leaf().prop_map(Fate::Ruled),
        2 => place(&["loại khỏi thang điểm", "tối đa", "0,5 điểm", "chưa chấm"]).prop_map(Fate::Placed),
        2 => wait().prop_map(|(of, wait)| Fate::Waits(of, wait)),
        1 => Just(Fate::Repealed),
        2 => (any::<bool>(), any::<bool>()).prop_map(|(one, other)| Fate::Split(one, other)),
        1 => Just(Fate::Moved),
    ]
}

fn plain(leaf: &Leaf) -> bool {
    leaf.above.is_empty() && leaf.method.is_empty()
}

/// The kinds of lines beside the form: what is not written anew stays.
fn kinds(leaf: &Leaf) -> Vec<String> {
    let words = |line: &String| line.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    let mut kinds: Vec<String> = leaf.beside.iter().map(words).collect();
    kinds.sort();
    kinds
        .iter()
        .map(|kind| kind.replace("không phát sinh khi", "khi"))
        .map(|kind| kind.chars().take(12).collect())
        .collect()
}

/// A set and what becomes of its leaves.
pub(super) struct Change {
    pub(super) before: Full,
    pub(super) after: Full,
    fates: Vec<Vec<Fate>>,
    anew: Anew,
}

impl Change {
    /// Fates that are sound: what others wait for stays, what a lower level is not given stays as it is.
    pub(super) fn new(before: Full, drawn: &[Fate], kin: Kin, anew: Anew, added: &[Option<Leaf>]) -> Self {
        let mut after = before.clone();
        let mut fates = Vec::new();
        let awaited = |of: Of| before.parts().any(|(.., part)| part.wait.as_ref().is_some_and(|wait| wait.of == of));
        let mut drawn = drawn.iter().cycle();
        let mut earlier = vec![];
        for (at, area) in before.areas.iter().enumerate() {
            let mut own = Vec::new();
            for (number, part) in area.parts.iter().enumerate() {
                let here = &mut after.areas[at].parts[number];
                let fate = drawn.next().unwrap().clone();
                let first = at == 0 && number == 0;
                let possible = possible(&before, (area, part), &fate, kin) && !first;
                let possible = possible && !(number == 0 && matches!(fate, Fate::Repealed));
                let target = awaited(Of::Part(at, number));
                own.push(match fate {
                    _ if !possible => Fate::Kept,
                    Fate::Repealed | Fate::Split(..) if target => Fate::Kept,
                    Fate::Worth(worth) => {
                        here.worth = worth;
                        fate
                    }
                    Fate::Ruled(ref leaf) => {
                        here.leaf = Leaf { gate: None, ..leaf.clone() };
                        fate
                    }
                    Fate::Placed(new) => match placed(area, part, number, new) {
                        Some(place) => {
                            here.place = place;
                            Fate::Placed(place)
                        }
                        None => Fate::Kept,
                    },
                    Fate::Waits(of, wait) => {
                        let wait = Wait { of: *of.get(&earlier), ..wait };
                        here.wait = Some(wait.clone());
                        Fate::Waits(of, wait)
                    }
                    fate => fate,
                });
                // A head that goes, or that becomes several, is not waited for from now on.
                if !matches!(own.last(), Some(Fate::Repealed | Fate::Split(..))) {
                    earlier.push(Of::Part(at, number));
                }
            }
            fates.push(own);
            earlier.push(Of::Area(at));
        }
        let mut change = Self { before, after, fates, anew: Anew::default() };
        if kin != Kin::Level {
            change.add(added);
            change.say_anew(anew);
        }
        change
    }

    /// New heads, the last of their areas.
    fn add(&mut self, added: &[Option<Leaf>]) {
        let weighted = |area: &Area| area.how == How::Weighted;
        for (at, leaf) in added.iter().enumerate() {
            let Some(leaf) = leaf.as_ref().filter(|leaf| plain(leaf)) else { continue };
            let Some(area) = self.after.areas.get_mut(at).filter(|area| !weighted(area)) else { continue };
            let leaf = Leaf { gate: None, ..leaf.clone() };
            area.parts.push(Part { leaf, place: Place::default(), worth: [20; BLOCKS], weight: None, wait: None });
            self.fates[at].push(Fate::Added);
        }
    }

    /// What the header says anew; what a locked leaf reads stays as it is.
    fn say_anew(&mut self, anew: Anew) {
        let reads = |word: &str| {
            let locked =
                self.before.parts().filter(|(at, number, ..)| matches!(self.fates[*at][*number], Fate::Locked));
            locked.flat_map(|(.., part)| &part.leaf.form).any(|line| line.contains(word))
        };
        let parameter = anew.parameter.filter(|_| !reads("chỉ_tiêu"));
        let template = anew.template.filter(|_| !reads("đạt("));
        let caps = anew.caps.filter(|_| self.before.outside.is_some());
        // How points are rounded is locked with whatever is locked.
        let rounding = anew.rounding.filter(|_| !self.fates.iter().flatten().any(|fate| matches!(fate, Fate::Locked)));
        self.anew = Anew { parameter, template, rounding, caps, ..anew };
        let after = &mut self.after;
        after.parameter = parameter.unwrap_or(after.parameter);
        after.template = template.unwrap_or(after.template);
        if let Some((level, digits)) = rounding {
            after.rounding = level.map(|level| (level, digits));
        }
        after.floor = self.anew.floor.or(after.floor);
        if let (Some(outside), Some((caps, most))) = (&mut after.outside, caps) {
            (outside.caps, outside.most) = (caps, most);
        }
    }

    /// The lines of the header beside those that say which set it is.
    pub(super) fn header_lines(&self) -> Vec<String> {
        let Anew { parameter, rounding, floor, caps, .. } = &self.anew;
        let mut lines: Vec<String> = parameter.iter().map(|to| format!("  sửa tham số chỉ_tiêu: {to}%")).collect();
        lines.extend(rounding.map(|_| self.after.rounds()));
        let said = |line: &String| {
            let of_floor = line.starts_with("  chỉ số");
            of_floor && floor.is_some() || !of_floor && caps.is_some()
        };
        lines.extend(self.after.limits().into_iter().filter(said));
        lines
    }

    /// The number of a leaf in its area, in the set that extends.
    fn code(&self, area: usize, part: usize) -> String {
        code(area, if matches!(self.fates[area][part], Fate::Moved) { part + 20 } else { part })
    }

    /// Lines as they stand in the set that extends: what they name has its code there.
    fn lines(&self, lines: Vec<String>) -> Vec<String> {
        let moved = |line: String| {
            let mut line = line;
            for (at, fates) in self.fates.iter().enumerate() {
                for number in (0..fates.len()).filter(|&number| matches!(fates[number], Fate::Moved)) {
                    line = line.replace(
                        &format!("điểm của {} ", code(at, number)),
                        &format!("điểm của {} ", self.code(at, number)),
                    );
                }
            }
            line
        };
        lines.into_iter().map(moved).collect()
    }

    /// The area with what is left of it.
    fn left(&self, at: usize) -> Area {
        let area = &self.after.areas[at];
        let left = area.parts.iter().zip(&self.fates[at]).filter(|(_, fate)| !matches!(fate, Fate::Repealed));
        Area { parts: left.map(|(part, _)| part.clone()).collect(), ..area.clone() }
    }

    /// The whole scale as it is afterwards.
    pub(super) fn scale(&self) -> String {
        let areas = (0..self.after.areas.len()).map(|at| self.left(at)).collect();
        by_block(Full { areas, ..self.after.clone() }.scale())
    }

    /// What the set extended says of those that extend it.
    pub(super) fn rights(&self, kin: Kin) -> String {
        let mut text = String::new();
        for (at, number, ..) in self.before.parts() {
            match self.fates[at][number] {
                Fate::Locked => writeln!(text, "khóa tiêu chí {}", code(at, number)).unwrap(),
                Fate::Split(..) if kin == Kin::Level => {
                    writeln!(text, "cho cấp dưới chia tiêu chí {}", code(at, number)).unwrap();
                }
                _ => {}
            }
        }
        text
    }

    /// The amendments, each with the lines under it.
    pub(super) fn amendments(&self) -> Vec<String> {
        let mut all: Vec<String> = self.anew.template.iter().map(|_| self.after.form_of_many()).collect();
        for (flat, (at, number, _, _)) in self.before.parts().enumerate() {
            let (code, after) = (code(at, number), &self.after.areas[at].parts[number]);
            let with = |lines: Vec<String>| format!("sửa tiêu chí {code}\n{}\n", lines.join("\n"));
            all.extend(match &self.fates[at][number] {
                Fate::Kept | Fate::Locked | Fate::Added => None,
                Fate::Worth(worth) => {
                    let weight = after.weight.map(|weight| format!(", trọng số {weight}%")).unwrap_or_default();
                    Some(format!("sửa tiêu chí {code}: {}{weight}\n", by_block(*worth)))
                }
                Fate::Ruled(_) => {
                    let own = Part { place: Place::default(), wait: None, ..after.clone() };
                    Some(with(own.lines(flat, false)))
                }
                Fate::Placed(place) => Some(with(place.lines())),
                Fate::Waits(_, wait) => Some(with(self.lines(vec![wait.line()]))),
                Fate::Repealed => Some(format!("bãi bỏ tiêu chí {code}, do \"hết việc\"\n")),
                Fate::Split(..) => Some(format!("chia tiêu chí {code}\n{}", halves(&code, after.worth))),
                Fate::Moved => Some(format!("đổi mã {code} thành {}\n", self.code(at, number))),
            });
        }
        for (at, number, _, part) in self.after.parts() {
            if matches!(self.fates[at][number], Fate::Added) {
                all.push(format!("bổ sung {}\n{}\n", part.head(at, number), part.lines(0, false).join("\n")));
            }
        }
        for at in 0..self.before.areas.len() {
            let (old, new) = (self.before.areas[at].worth(), self.left(at).worth());
            if old != new {
                let weight = self.before.areas[at].weight;
                let weight = weight.map(|weight| format!(", trọng số {weight}%")).unwrap_or_default();
                all.push(format!("sửa lĩnh vực {}: {}{weight}\n", at + 1, by_block(new)));
            }
        }
        all
    }

    /// The same set written out.
    pub(super) fn whole(&self) -> String {
        let mut text = self.after.above();
        for (flat, (at, number, _, part)) in self.after.parts().enumerate() {
            if number == 0 {
                writeln!(text, "{}", self.left(at).head(at)).unwrap();
                self.after.areas[at].lines().iter().for_each(|line| writeln!(text, "{line}").unwrap());
            }
            let head = part.head(at, number).replacen(&code(at, number), &self.code(at, number), 1);
            match &self.fates[at][number] {
                Fate::Repealed => {}
                Fate::Split(..) => {
                    // Who leads it and where it comes from stay: only the way of scoring goes.
                    let stays = |line: &&String| line.contains("cơ quan") || line.contains("nguồn");
                    let beside = part.leaf.beside.iter().filter(stays).cloned();
                    let stays = part.place.lines().into_iter().chain(beside).collect::<Vec<_>>().join("\n");
                    writeln!(text, "{head}\n{stays}\n{}", halves(&code(at, number), part.worth)).unwrap();
                }
                _ => {
                    let lines = self.lines(part.lines(flat, false)).join("\n");
                    writeln!(text, "{head}\n{lines}").unwrap();
                }
            }
        }
        text.push_str(&self.after.below());
        text
    }

    pub(super) fn sheet(&self, own: (&str, &str), block: usize) -> String {
        let mut entries = Vec::new();
        for (at, number, _, part) in self.after.parts().filter(|(.., area, part)| part.states(area, block)) {
            let code = self.code(at, number);
            match &self.fates[at][number] {
                Fate::Repealed => {}
                Fate::Split(one, other) => {
                    for (part, value) in [(1, one), (2, other)] {
                        entries.push(format!("\"{code}.{part}\": {{\"self\": {{\"figures\": {{\"p\": {value}}}}}}}"));
                    }
                }
                _ => entries.push(part.entry(&code, "")),
            }
        }
        let empty = self.after.sheet(own, block, |_| false, |_| String::new());
        let (start, rest) = empty.split_once("\"leaves\": {").unwrap();
        let claimed = rest.strip_suffix("}}").unwrap();
        entries.extend((!claimed.is_empty()).then(|| claimed.to_owned()));
        format!("{start}\"leaves\": {{{}}}}}", entries.join(", "))
    }
}

/// The place of a leaf with new lines over its own; nothing where some line would not do, or stays.
fn placed(area: &Area, part: &Part, number: usize, new: Place) -> Option<Place> {
    if area.how == How::Weighted || number == 0 && new.only.is_some() {
        return None;
    }
    let wanted = Place { only: new.only.or(part.place.only), aside: new.aside.or(part.place.aside) };
    let mine = |block: usize| area.place.is_of(block) && area.place.aside.is_none_or(|(by, _)| by != block);
    let said = new.only.is_some() || new.aside.is_some();
    (said && wanted.sound(mine) == wanted).then_some(wanted)
}

fn possible(full: &Full, (area, part): (&Area, &Part), fate: &Fate, kin: Kin) -> bool {
    if kin == Kin::Level && !matches!(fate, Fate::Kept | Fate::Locked | Fate::Split(..)) {
        return false;
    }
    match fate {
        Fate::Kept | Fate::Placed(_) | Fate::Waits(..) | Fate::Worth(_) => true,
        // What a locked leaf waits for would be locked with it.
        Fate::Locked => part.wait.is_none(),
        Fate::Ruled(new) => {
            // A figure stays, and is told as unused, where the new rule has a column of its name.
            let rows = new.figures.iter().any(|line| line.contains("danh sách"));
            let alike =
                rows && part.leaf.figures.iter().any(|line| line.contains("liệu n ") || line.contains("liệu m "));
            plain(&part.leaf) && plain(new) && kinds(&part.leaf) == kinds(new) && !alike
        }
        Fate::Repealed => plain(&part.leaf) && area.how != How::Weighted,
        Fate::Split(..) => {
            let pointed = part.place.aside.is_some_and(|(_, effect)| effect == "0,5 điểm");
            plain(&part.leaf) && full.how == How::Sum && part.wait.is_none() && !pointed
        }
        Fate::Moved => plain(&part.leaf),
        Fate::Added => false,
    }
}

/// Two parts of a leaf that was divided: a point, and the rest in each block.
fn halves(code: &str, worth: [u32; BLOCKS]) -> String {
    let half = |number: usize, worth: [u32; BLOCKS]| {
        format!(
            "thành phần {code}.{number} \"Phần\": {}\n  số liệu p \"P\": có/không\n  chấm theo điều kiện\n    khi p = có: tối đa\n    còn lại: 0 điểm\n",
            by_block(worth)
        )
    };
    half(1, [10; BLOCKS]) + half(2, worth.map(|worth| worth - 10)).as_str()
}
