//! Laws of last year's values: whatever three years of texts say of who became whom, in texts that extend others and in
//! texts that stand by themselves, no leaf is taken for what another was, and where a text speaks of the year itself none
//! is lost. What is true is known by itself: every head has a number that goes with it.

use proptest::prelude::*;
use tieuchi::ruleset::{Earlier, Pairs, Ruleset};

use crate::pairing::{header, leaf, sound, whole};

/// Two areas with two leaves each, by their numbers.
#[derive(Clone, Copy, Debug)]
struct Year {
    areas: [u32; 2],
    leaves: [[u32; 2]; 2],
}

const FIRST: Year = Year { areas: [1, 2], leaves: [[11, 12], [21, 22]] };

#[derive(Clone, Copy, Debug)]
enum Move {
    Nothing,
    /// The areas change places, with what lies below them.
    Areas,
    /// The leaves of an area do.
    Leaves(usize),
    /// The first leaves of both areas do.
    Across,
    /// A leaf goes, and another one comes under its code.
    Anew(usize, usize),
}

#[derive(Clone, Copy, Debug)]
struct Text {
    change: Move,
    /// It extends its base, or stands by itself and names the codes of that year.
    extends: bool,
    /// It says of every head what it was, also where that follows from its area.
    says_all: bool,
}

impl Year {
    fn after(mut self, change: Move, year: u16) -> Self {
        match change {
            Move::Nothing => {}
            Move::Areas => {
                self.areas.swap(0, 1);
                self.leaves.swap(0, 1);
            }
            Move::Leaves(area) => self.leaves[area].swap(0, 1),
            Move::Across => {
                let [[one, _], [other, _]] = &mut self.leaves;
                std::mem::swap(one, other);
            }
            Move::Anew(area, at) => self.leaves[area][at] = u32::from(year) * 100 + self.leaves[area][at] % 100,
        }
        self
    }

    fn leaf(self, code: &str) -> u32 {
        let [area, at] =
            code.split_once('.').map(|(area, at)| [area, at].map(|n| n.parse::<usize>().unwrap() - 1)).unwrap();
        self.leaves[area][at]
    }

    fn code(self, leaf: u32) -> Option<String> {
        codes().into_iter().find(|code| self.leaf(code) == leaf)
    }
}

fn codes() -> [String; 4] {
    ["1.1", "1.2", "2.1", "2.2"].map(str::to_owned)
}

/// A text of a year whose heads come from those of its base.
fn text((year, now): (u16, Year), (base, then): (u16, Year), how: Text, authority: &str) -> String {
    if how.extends {
        let turned = |one: &str, other: &str| format!("\nđổi mã {one} thành {other}\n\nđổi mã {other} thành {one}\n");
        let lines = match how.change {
            Move::Nothing => String::new(),
            Move::Areas => turned("1", "2"),
            Move::Leaves(area) => turned(&format!("{}.1", area + 1), &format!("{}.2", area + 1)),
            Move::Across => turned("1.1", "2.1"),
            Move::Anew(area, at) => {
                let code = format!("{}.{}", area + 1, at + 1);
                let added = leaf(&code, "Mới").replace("\ntiêu chí", "\nbổ sung tiêu chí");
                format!("\nbãi bỏ tiêu chí {code}, do \"x\"\n{added}")
            }
        };
        return header("t", year, &format!("  căn cứ: \"{authority}\"\n  kế thừa: t năm {base}\n{lines}"));
    }
    let mut body = String::new();
    for (area, number) in now.areas.iter().enumerate() {
        let was = then.areas.iter().position(|other| other == number).unwrap();
        body += &format!("\nlĩnh vực {} \"L{number}\": 4 điểm\n  thay cho {} của năm {base}\n", area + 1, was + 1);
        for (at, number) in now.leaves[area].iter().enumerate() {
            let code = format!("{}.{}", area + 1, at + 1);
            let line = match then.code(*number) {
                // Below an area that keeps its code what keeps its own need not say so.
                Some(old) if old == code && was == area && !how.says_all => String::new(),
                Some(old) => format!("  thay cho {old} của năm {base}\n"),
                None => format!("  bắt đầu từ năm {year}\n"),
            };
            body += &leaf(&code, &format!("T{number}")).replacen(" điểm\n", &format!(" điểm\n{line}"), 1);
        }
    }
    whole("t", year, authority, &body).replace("thang điểm: 4", "thang điểm: 8")
}

fn any_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        Just(Move::Nothing),
        Just(Move::Areas),
        (0_usize..2).prop_map(Move::Leaves),
        Just(Move::Across),
        (0_usize..2, 0_usize..2).prop_map(|(area, at)| Move::Anew(area, at)),
    ]
}

fn any_text() -> impl Strategy<Value = Text> {
    (any_move(), any::<bool>(), any::<bool>()).prop_map(|(change, extends, says_all)| Text {
        change,
        extends,
        says_all,
    })
}

/// What is taken for true of each leaf of a later set is true; where `all`, nothing is lost.
fn holds(
    sets: (&Ruleset, &Ruleset),
    beside: &[&Ruleset],
    (now, then): (Year, Year),
    all: bool,
) -> Result<(), TestCaseError> {
    let pairs = Pairs::of_set(sets.0, sets.1, beside);
    for code in codes() {
        let was = then.code(now.leaf(&code));
        for found in [pairs.was(&code), pairs.told(&code), pairs.known(&code)] {
            if let Earlier::Codes(codes) = &found {
                prop_assert_eq!(
                    Some(codes.as_slice()),
                    was.as_ref().map(std::slice::from_ref),
                    "{} of {}",
                    code,
                    sets.0.path
                );
            }
        }
        let lost = was.is_some() && !matches!(pairs.was(&code), Earlier::Codes(_));
        prop_assert!(!(all && lost), "{} of {} is lost: {:?}", code, sets.0.path, pairs.was(&code));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn no_head_is_taken_for_what_another_was(
        second in any_text(), third in any_text(), passes_over in any::<bool>(), one_decision in any::<[bool; 2]>()
    ) {
        // Heads that two years of one decision both add under one code are one, as the sets go.
        let twice = passes_over && matches!(
            (second.change, third.change), (Move::Anew(one, at), Move::Anew(other, there)) if (one, at) == (other, there)
        );
        let third = Text { change: if twice { Move::Nothing } else { third.change }, ..third };
        let authority = |year: u16| if one_decision[0] { "876/QĐ".to_owned() } else { format!("{year}/QĐ") };
        let says_first = Text { change: Move::Nothing, extends: false, says_all: false };
        let first = text((2021, FIRST), (2020, FIRST), says_first, &authority(2021)).replace("  thay cho 1 của năm 2020\n", "").replace("  thay cho 2 của năm 2020\n", "");
        let now = FIRST.after(second.change, 2022);
        let between = text((2022, now), (2021, FIRST), second, &authority(2022));
        let (base, from) = if passes_over { (2021, FIRST) } else { (2022, now) };
        let next = from.after(third.change, 2023);
        let last = text((2023, next), (base, from), third, &authority(2023));
        let district = |year: u16| {
            let authority = if one_decision[1] { "05/UB".to_owned() } else { format!("{year}/UB") };
            header("h", year, &format!("  căn cứ: \"{authority}\"\n  kế thừa: t năm {year}\n"))
        };
        let districts = [2021, 2022, 2023].map(district);
        let mut texts = vec![first.as_str(), &between, &last];
        texts.extend(districts.iter().map(String::as_str));
        let set = |path: &str, year: u16| sound(&texts, &format!("{path} {year}"));
        let upper = set("t", 2022);
        for path in ["t", "h"] {
            let [one, two, three] = [2021, 2022, 2023].map(|year| set(path, year));
            holds((&two, &one), &[], (now, FIRST), true)?;
            holds((&three, &two), &[], (next, now), !passes_over)?;
            holds((&three, &one), &[&two, &upper], (next, FIRST), false)?;
        }
    }
}
