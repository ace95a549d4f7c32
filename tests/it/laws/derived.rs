//! Laws over sets that extend others and change them: what is composed scores as the same set written out, and stands
//! alone as one text.

use std::fmt::Write as _;

use proptest::prelude::*;
use tieuchi::diagnostic::{Colour, Language, SourceMap, render};
use tieuchi::engine::{Context, Plan, Status};
use tieuchi::language::{Comments, parse, write_file};
use tieuchi::number::Points;
use tieuchi::ruleset::{Identity, Library, check, check_among};

use super::{Leaf, any_leaf};
use crate::support::{Set, USUAL};

/// What becomes of a leaf of the set extended.
#[derive(Clone, Debug)]
enum Fate {
    Kept,
    Locked,
    /// Worth 3 points from now on.
    Worth,
    /// Scored by another rule.
    Ruled(Leaf),
    Repealed,
    /// Divided into two parts.
    Split(bool, bool),
    /// Under another code.
    Moved,
}

/// Which set extends which.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kinship {
    Year,
    Edition,
    Level,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        2 => Just(Fate::Kept),
        1 => Just(Fate::Locked),
        2 => Just(Fate::Worth),
        2 => any_leaf().prop_map(Fate::Ruled),
        1 => Just(Fate::Repealed),
        2 => (any::<bool>(), any::<bool>()).prop_map(|(one, other)| Fate::Split(one, other)),
        1 => Just(Fate::Moved),
    ]
}

fn kinship() -> impl Strategy<Value = Kinship> {
    prop::sample::select(vec![Kinship::Year, Kinship::Edition, Kinship::Level])
}

/// A questionnaire and the survey's share belong to the whole set: leaves that ask people stay as they are.
fn plain(leaf: &Leaf) -> bool {
    leaf.above.is_empty() && leaf.method.is_empty()
}

/// What may happen to a leaf: to a lower level only what is opened is open.
fn possible(leaf: &Leaf, fate: Fate, kinship: Kinship) -> Fate {
    match fate {
        Fate::Ruled(new) if !plain(leaf) || !plain(&new) || kinship == Kinship::Level => Fate::Kept,
        Fate::Split(..) if !plain(leaf) => Fate::Kept,
        Fate::Worth | Fate::Repealed | Fate::Moved if !plain(leaf) || kinship == Kinship::Level => Fate::Kept,
        fate => fate,
    }
}

fn lines(text: &mut String, leaf: &Leaf, at: usize) {
    for line in leaf.figures.iter().chain(&leaf.form).chain(&leaf.beside) {
        writeln!(text, "{}", line.replace("{at}", &(at + 1).to_string()).replace('\u{1}', "\n")).unwrap();
    }
}

fn part(text: &mut String, code: &str) {
    writeln!(
        text,
        "thành phần {code} \"Phần\": 1 điểm\n  số liệu p \"P\": có/không\n  chấm theo điều kiện\n    khi p = có: tối đa\n    còn lại: 0 điểm"
    )
    .unwrap();
}

fn header(path: &str, year: u16, scale: usize) -> String {
    format!(
        "bộ tiêu chí {path} \"Bộ thử\"\n  năm: {year}\n  nguồn: minh họa, \"để thử\"\n  thang điểm: {scale} điểm\n  thiếu số liệu: chưa chấm\n  thiếu minh chứng: phải giải trình\n{USUAL}\n"
    )
}

/// The set extended, the text that extends it, the same set written out, and a sheet for both.
struct Family {
    upper: String,
    lower: String,
    whole: String,
    sheet: String,
}

fn above(leaves: &[(Leaf, Fate)]) -> String {
    leaves.iter().enumerate().map(|(at, (leaf, _))| leaf.above.replace("{at}", &(at + 1).to_string())).collect()
}

fn family(leaves: &[(Leaf, Fate)], added: &[Leaf], kinship: Kinship) -> Family {
    let mut upper = header("thử/nghiệm", 2022, leaves.len() * 2);
    let (mut amended, mut whole, mut entries) = (String::new(), above(leaves), Vec::new());
    let mut scale = 0;
    for (at, (_, fate)) in leaves.iter().enumerate() {
        match fate {
            Fate::Locked => writeln!(upper, "khóa tiêu chí {}", at + 1).unwrap(),
            Fate::Split(..) if kinship == Kinship::Level => {
                writeln!(upper, "cho cấp dưới chia tiêu chí {}", at + 1).unwrap();
            }
            _ => {}
        }
    }
    upper.push_str(&above(leaves));
    let entry =
        |code: &str, leaf: &Leaf| format!("\"{code}\": {{\"{}\": {{\"figures\": {{{}}}}}}}", leaf.track, leaf.stated);
    for (at, (leaf, fate)) in leaves.iter().enumerate() {
        let code = at + 1;
        let head = |points: u8, code: usize| format!("tiêu chí {code} \"Tiêu chí {at}\": {points} điểm{}", leaf.method);
        writeln!(upper, "{}", head(2, code)).unwrap();
        lines(&mut upper, leaf, at);
        scale += 2;
        match fate {
            Fate::Kept | Fate::Locked => {
                writeln!(whole, "{}", head(2, code)).unwrap();
                lines(&mut whole, leaf, at);
                entries.push(entry(&code.to_string(), leaf));
            }
            Fate::Worth => {
                writeln!(amended, "sửa tiêu chí {code}: 3 điểm").unwrap();
                writeln!(whole, "{}", head(3, code)).unwrap();
                lines(&mut whole, leaf, at);
                entries.push(entry(&code.to_string(), leaf));
                scale += 1;
            }
            Fate::Ruled(new) => {
                // Lines of other kinds than the rule's stay, unless they are written anew.
                writeln!(
                    amended,
                    "bãi bỏ tiêu chí {code}, do \"viết lại\"\nbổ sung tiêu chí {} \"Tiêu chí {at}\": 2 điểm",
                    code + 300
                )
                .unwrap();
                lines(&mut amended, new, at);
                writeln!(whole, "tiêu chí {} \"Tiêu chí {at}\": 2 điểm", code + 300).unwrap();
                lines(&mut whole, new, at);
                entries.push(entry(&(code + 300).to_string(), new));
            }
            Fate::Repealed => {
                writeln!(amended, "bãi bỏ tiêu chí {code}, do \"hết việc\"").unwrap();
                scale -= 2;
            }
            Fate::Split(one, other) => {
                writeln!(amended, "chia tiêu chí {code}").unwrap();
                writeln!(whole, "{}", head(2, code)).unwrap();
                for (number, value) in [(1, one), (2, other)] {
                    let code = format!("{code}.{number}");
                    part(&mut amended, &code);
                    part(&mut whole, &code);
                    entries.push(format!("\"{code}\": {{\"self\": {{\"figures\": {{\"p\": {value}}}}}}}"));
                }
            }
            Fate::Moved => {
                writeln!(amended, "đổi mã {code} thành {}", code + 600).unwrap();
                writeln!(whole, "{}", head(2, code + 600)).unwrap();
                lines(&mut whole, leaf, at);
                entries.push(entry(&(code + 600).to_string(), leaf));
            }
        }
    }
    for (at, leaf) in added.iter().enumerate().filter(|(_, leaf)| plain(leaf) && kinship != Kinship::Level) {
        let code = 900 + at;
        writeln!(amended, "bổ sung tiêu chí {code} \"Thêm {at}\": 2 điểm").unwrap();
        lines(&mut amended, leaf, code - 1);
        writeln!(whole, "tiêu chí {code} \"Thêm {at}\": 2 điểm").unwrap();
        lines(&mut whole, leaf, code - 1);
        entries.push(entry(&code.to_string(), leaf));
        scale += 2;
    }
    let (path, year, edition) = match kinship {
        Kinship::Year => ("thử/nghiệm", 2023, ""),
        Kinship::Edition => {
            ("thử/nghiệm", 2022, "  lần ban hành: 2\n  thay thế: lần ban hành 1, từ 01/07/2022, tính cho cả năm\n")
        }
        Kinship::Level => ("thử/cấp-dưới", 2022, ""),
    };
    let own_scale =
        if kinship == Kinship::Level { String::new() } else { format!("  thang điểm: {scale} điểm\n") };
    let lower = format!(
        "bộ tiêu chí {path} \"Bộ thử\"\n  năm: {year}\n{edition}  kế thừa: thử/nghiệm năm 2022\n  nguồn: minh họa, \"để thử\"\n{own_scale}{amended}"
    );
    let whole = format!("{}{whole}", header(path, year, scale));
    let sheet = format!("{{{}}}", entries.join(", "));
    Family { upper, lower, whole, sheet }
}

/// The last text checked among all of them, and the composed one as a text of its own.
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
    crate::firmness::as_firm_alone(&ruleset, &text);
    (Set { plan: Plan::compile(ruleset).unwrap(), sources }, text)
}

/// What every leaf came to, by its code.
fn came(set: &Set, sheet: &str) -> Vec<(String, Option<Points>)> {
    let ruleset = set.plan.ruleset();
    let year = if ruleset.edition > 1 {
        format!("\"{}-{}\"", ruleset.year, ruleset.edition)
    } else {
        ruleset.year.to_string()
    };
    let text = format!("{{\"ruleset\": \"{}\", \"year\": {year}, \"unit\": \"U\", \"leaves\": {sheet}}}", ruleset.path);
    let card = set.plan.evaluate(&set.submissions("thử.json", &text)[0], &Context::default());
    let mut all: Vec<_> = card
        .leaves
        .iter()
        .map(|leaf| {
            let points = match &leaf.last.status {
                Status::Scored { exact, .. } => Some(exact.clone()),
                Status::NotApplicable => None,
                other => panic!("{other:?}: {:?}", leaf.last.reason),
            };
            (ruleset.head(leaf.head).unwrap().code.clone(), points)
        })
        .collect();
    all.push(("chỉ số".to_owned(), Some(card.index.total.exact)));
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn what_is_composed_scores_as_the_set_written_out_and_stands_alone(
        leaves in prop::collection::vec((any_leaf(), fate()), 1..5),
        added in prop::collection::vec(any_leaf(), 0..3),
        kinship in kinship(),
    ) {
        let leaves: Vec<(Leaf, Fate)> = leaves
            .into_iter()
            .map(|(leaf, fate)| (Leaf { gate: None, ..leaf.clone() }, possible(&leaf, fate, kinship)))
            .collect();
        // Something is left to score.
        prop_assume!(leaves.iter().any(|(_, fate)| !matches!(fate, Fate::Repealed)));
        let family = family(&leaves, &added, kinship);
        let (child, text) = composed(&[&family.upper, &family.lower]);
        let (whole, _) = composed(&[&family.whole]);
        prop_assert_eq!(came(&child, &family.sheet), came(&whole, &family.sheet), "{}\n---\n{}", family.upper, family.lower);
        let alone = check(child.plan.ruleset().span.source, &text);
        let alone = alone.ruleset.unwrap_or_else(|| panic!("{:?}\n{text}", alone.diagnostics));
        prop_assert_eq!(&alone.fingerprint, &child.plan.ruleset().fingerprint);
    }
}
