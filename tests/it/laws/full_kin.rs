//! Laws over whole sets that extend others, in every block: an empty one is the set extended, an amended one is the set
//! written out, whatever the order of its amendments.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tieuchi::diagnostic::{Colour, Language, SourceMap, render};
use tieuchi::engine::{Plan, Status};
use tieuchi::language::{Comments, parse, write_file};
use tieuchi::ruleset::{Identity, Library, check, check_among};

use super::full::{Area, BLOCKS, Full, How, Of, Part, Place, Wait, by_block, code, full, place, wait};
use super::full_holds::{OWN, scored, told};
use super::{Leaf, any_leaf};
use crate::support::Set;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kin {
    Year,
    Edition,
    Level,
}

fn kin() -> impl Strategy<Value = Kin> {
    select(vec![Kin::Year, Kin::Edition, Kin::Level])
}

impl Kin {
    fn own(self) -> (&'static str, &'static str) {
        match self {
            Self::Year => ("thử/nghiệm", "2023"),
            Self::Edition => ("thử/nghiệm", "\"2022-2\""),
            Self::Level => ("thử/cấp-dưới", "2022"),
        }
    }

    fn header(self) -> String {
        let (path, year, edition) = match self {
            Self::Year => ("thử/nghiệm", 2023, ""),
            Self::Edition => {
                ("thử/nghiệm", 2022, "  lần ban hành: 2\n  thay thế: lần ban hành 1, từ 01/07/2022, tính cho cả năm\n")
            }
            Self::Level => ("thử/cấp-dưới", 2022, ""),
        };
        format!("bộ tiêu chí {path} \"Bộ thử\"\n  năm: {year}\n{edition}  kế thừa: thử/nghiệm năm 2022\n")
    }
}

/// The last of several texts, checked among all of them, and what it is composed to as a text of its own.
fn composed(texts: &[&str]) -> (Set, String) {
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
    (Set { plan: Plan::compile(ruleset).unwrap(), sources }, text)
}

/// The text without what says which set it is.
fn nameless(text: &str) -> Vec<&str> {
    let own = ["bộ tiêu chí", "năm:", "lần ban hành:", "thay thế:"];
    text.lines().map(str::trim).filter(|line| !own.iter().any(|words| line.starts_with(words))).collect()
}

/// What becomes of a leaf of the set extended.
#[derive(Clone, Debug)]
enum Fate {
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
}

fn fate() -> impl Strategy<Value = Fate> {
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
struct Change {
    before: Full,
    after: Full,
    fates: Vec<Vec<Fate>>,
}

impl Change {
    /// Fates that are sound: what others wait for stays, what a lower level is not given stays as it is.
    fn new(before: Full, drawn: &[Fate], kin: Kin) -> Self {
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
        Self { before, after, fates }
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
    fn scale(&self) -> String {
        let areas = (0..self.after.areas.len()).map(|at| self.left(at)).collect();
        by_block(Full { areas, ..self.after.clone() }.scale())
    }

    /// What the set extended says of those that extend it.
    fn rights(&self, kin: Kin) -> String {
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
    fn amendments(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (flat, (at, number, _, _)) in self.before.parts().enumerate() {
            let (code, after) = (code(at, number), &self.after.areas[at].parts[number]);
            let with = |lines: Vec<String>| format!("sửa tiêu chí {code}\n{}\n", lines.join("\n"));
            all.extend(match &self.fates[at][number] {
                Fate::Kept | Fate::Locked => None,
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
    fn whole(&self) -> String {
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
                    let place = part.place.lines().join("\n");
                    writeln!(text, "{head}\n{place}\n{}", halves(&code(at, number), part.worth)).unwrap();
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

    fn sheet(&self, own: (&str, &str), block: usize) -> String {
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
        Fate::Ruled(new) => plain(&part.leaf) && plain(new) && kinds(&part.leaf) == kinds(new),
        Fate::Repealed => plain(&part.leaf) && area.how != How::Weighted,
        Fate::Split(..) => {
            let pointed = part.place.aside.is_some_and(|(_, effect)| effect == "0,5 điểm");
            plain(&part.leaf) && full.how == How::Sum && part.wait.is_none() && !pointed
        }
        Fate::Moved => plain(&part.leaf),
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

/// What every head came to, by its code, and the index.
fn came(set: &Set, sheet: &str) -> Vec<(String, String)> {
    let (_, card) = scored(set, sheet);
    let ruleset = set.plan.ruleset();
    let mut all: Vec<(String, String)> = Vec::new();
    for head in &card.heads {
        all.push((ruleset.head(head.head).unwrap().code.clone(), format!("{:?}", head.total)));
    }
    for leaf in &card.leaves {
        assert!(leaf.last.status != Status::Failed, "{:?}", leaf.last.reason);
        all.push((ruleset.head(leaf.head).unwrap().code.clone(), format!("{:?}", leaf.last.status)));
    }
    let index = &card.index;
    all.push(("chỉ số".to_owned(), format!("{:?} {:?} {:?}", index.total, index.rounded_share, index.outside)));
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 16, ..ProptestConfig::default() })]

    #[test]
    fn an_empty_set_that_extends_is_the_set_extended(drawn in full(), kin in kin()) {
        let parent = drawn.set(false);
        let source = parent.plan.ruleset().span.source;
        let text = parent.sources.get(source).unwrap().text().to_owned();
        let (child, alone) = composed(&[&text, &kin.header()]);
        let own = write_file(&parse(source, &text).file, &parent.sources, Language::Vietnamese, Comments::Drop);
        prop_assert_eq!(nameless(&own), nameless(&alone));
        for block in 0..BLOCKS {
            let sheet = |own| drawn.sheet(own, block, |_| true, |_| String::new());
            let (above, below) = (scored(&parent, &sheet(OWN)).1, scored(&child, &sheet(kin.own())).1);
            prop_assert_eq!(told(&above), told(&below));
        }
    }

    #[test]
    fn an_amended_set_is_the_set_written_out_whatever_the_order_of_its_amendments(
        drawn in full(), fates in prop::collection::vec(fate(), 9), kin in kin()
    ) {
        let change = Change::new(drawn, &fates, kin);
        let parent = change.before.set(false);
        let upper = parent.sources.get(parent.plan.ruleset().span.source).unwrap().text().to_owned();
        // Rights stand before the first head.
        let upper = upper.replacen("mẫu đạt(x; y)", &format!("{}mẫu đạt(x; y)", change.rights(kin)), 1);
        let scale = if kin == Kin::Level { String::new() } else { format!("  thang điểm: {}\n", change.scale()) };
        let amendments = change.amendments();
        let lower = format!("{}{scale}{}", kin.header(), amendments.concat());
        let turned = format!("{}{scale}{}", kin.header(), amendments.iter().rev().cloned().collect::<String>());
        let (child, text) = composed(&[&upper, &lower]);
        prop_assert_eq!(&text, &composed(&[&upper, &turned]).1);
        let alone = check(child.plan.ruleset().span.source, &text);
        let alone = alone.ruleset.unwrap_or_else(|| panic!("{:?}\n{text}", alone.diagnostics));
        prop_assert_eq!(&alone.fingerprint, &child.plan.ruleset().fingerprint);
        let whole = crate::support::with_header(&change.scale(), &change.after.settings(false).join("\n"), &change.whole());
        for block in 0..BLOCKS {
            let (one, other) = (change.sheet(kin.own(), block), change.sheet(OWN, block));
            prop_assert_eq!(came(&child, &one), came(&whole, &other), "{}\n---\n{}", upper, lower);
        }
    }
}
