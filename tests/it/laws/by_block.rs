//! Laws over sets with blocks, figures that leaves share and figures of other leaves: in every block, in every order.

use std::fmt::Write as _;

use proptest::prelude::*;
use tieuchi::diagnostic::Language;
use tieuchi::engine::{Context, Scorecard};
use tieuchi::language::{Comments, parse, write_file};
use tieuchi::ruleset::check;

use super::{Leaf, any_leaf, card_holds, leaf};
use crate::support::{Set, USUAL, with_header};

/// What a leaf is to the second block; to the first every leaf but those of the second alone is as written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Where {
    /// As written.
    Both,
    /// With another maximum.
    Worth,
    /// Of the first block only.
    First,
    /// Of the second block only.
    Second,
    /// In its table, and not scored by it.
    Aside(&'static str),
}

impl Where {
    fn maximum(self, block: usize) -> usize {
        match (self, block) {
            (Self::Worth, 1) => 3,
            (Self::First, 1) | (Self::Second, 0) => 0,
            _ => 2,
        }
    }

    /// Whether a unit of a block may state it.
    fn states(self, block: usize) -> bool {
        !matches!((self, block), (Self::First | Self::Aside(_), 1) | (Self::Second, 0))
    }

    fn line(self) -> Option<String> {
        match self {
            Self::Both | Self::Worth => None,
            Self::First => Some("  chỉ áp dụng với khối k0".to_owned()),
            Self::Second => Some("  chỉ áp dụng với khối k1".to_owned()),
            Self::Aside(effect) => Some(format!("  không áp dụng với khối k1: {effect}")),
        }
    }
}

fn anywhere() -> impl Strategy<Value = Where> {
    prop_oneof![
        3 => Just(Where::Both),
        2 => Just(Where::Worth),
        2 => Just(Where::First),
        2 => Just(Where::Second),
        2 => prop::sample::select(vec!["loại khỏi thang điểm", "tối đa", "0,5 điểm", "chưa chấm"]).prop_map(Where::Aside),
    ]
}

/// Leaves that read what is stated elsewhere: the first leaf states `a` and `b`, the sheet `chung`.
fn reader() -> impl Strategy<Value = Leaf> {
    prop_oneof![
        (50_u32..100, 0_u32..=40).prop_map(|(edge, x)| leaf(
            "  số liệu x \"X\": số đếm, không quá chung",
            format!("  chấm theo tỷ lệ x / chung\n    từ {edge}% trở lên: tối đa\n    dưới {edge}%: tỷ lệ thuận"),
            "",
            format!("\"x\": {x}")
        )),
        (50_u32..100, 0_u32..=5).prop_map(|(edge, x)| leaf(
            "  số liệu x \"X\": số đếm, không quá b trong 1",
            format!("  chấm theo tỷ lệ x / a trong 1\n    từ {edge}% trở lên: tỷ lệ thuận\n    dưới {edge}%: 0 điểm"),
            "",
            format!("\"x\": {x}")
        )),
        (1_u32..50).prop_map(|edge| leaf(
            "",
            format!(
                "  chấm theo điều kiện\n    khi chung > {edge} và b trong 1 < a trong 1: tối đa\n    còn lại: 0,25 điểm"
            ),
            "",
            String::new()
        )),
    ]
}

/// The leaf that others read: `a` and `b`, at 1.
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

type Placed = (Leaf, Where);

fn set() -> impl Strategy<Value = (Vec<Placed>, u32)> {
    let others = prop::collection::vec((prop_oneof![1 => any_leaf(), 1 => reader()], anywhere()), 1..6);
    (owner(), others, 40_u32..100).prop_map(|(owner, others, shared)| {
        let others = others.into_iter().map(|(leaf, place)| (Leaf { gate: None, ..leaf }, place));
        (std::iter::once((owner, Where::Both)).chain(others).collect(), shared)
    })
}

fn text(leaves: &[Placed], turned: bool) -> String {
    let mut text: String =
        leaves.iter().enumerate().map(|(at, (leaf, _))| leaf.above.replace("{at}", &(at + 1).to_string())).collect();
    for (at, (leaf, place)) in leaves.iter().enumerate() {
        let own = if *place == Where::Worth { "; khối k1 3 điểm" } else { "" };
        writeln!(text, "tiêu chí {} \"Tiêu chí {at}\": 2 điểm{own}{}", at + 1, leaf.method).unwrap();
        let mut groups = [leaf.figures.clone(), leaf.form.clone(), leaf.beside.clone()];
        groups[2].extend(place.line());
        if turned {
            groups[0].reverse();
            groups[2].reverse();
            groups.rotate_right(1);
        }
        for line in groups.iter().flatten() {
            writeln!(text, "{}", line.replace("{at}", &(at + 1).to_string()).replace('\u{1}', "\n")).unwrap();
        }
    }
    text
}

fn scale(leaves: &[Placed]) -> String {
    let of = |block: usize| leaves.iter().map(|(_, place)| place.maximum(block)).sum::<usize>();
    format!("{} điểm; khối k1 {} điểm", of(0), of(1))
}

fn score(set: &Set, leaves: &[Placed], shared: u32, block: usize, kept: impl Fn(usize) -> bool) -> Scorecard {
    let stated = leaves.iter().enumerate().filter(|(at, (_, place))| place.states(block) && kept(*at));
    let entries = stated
        .map(|(at, (leaf, _))| format!("\"{}\": {{\"{}\": {{\"figures\": {{{}}}}}}}", at + 1, leaf.track, leaf.stated));
    let entries = entries.collect::<Vec<_>>().join(", ");
    let sheet = format!(
        "{{\"ruleset\": \"thử/nghiệm\", \"year\": 2022, \"unit\": \"U\", \"block\": \"k{block}\", \"shared\": {{\"chung\": {shared}}}, \"leaves\": {{{entries}}}}}"
    );
    set.plan.evaluate(&set.submissions("thử.json", &sheet)[0], &Context::default())
}

fn written(leaves: &[Placed], turned: bool) -> Set {
    let settings = format!(
        "{USUAL}\n  khối k0 \"Khối đầu\"\n  khối k1 \"Khối sau\"\n  số liệu chung chung \"Chung\": số đếm, ít nhất 1"
    );
    with_header(&scale(leaves), &settings, &text(leaves, turned))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn in_every_block_bounds_hold_sums_are_explained_and_order_means_nothing((leaves, shared) in set()) {
        let (plain, turned) = (written(&leaves, false), written(&leaves, true));
        for block in 0..2 {
            let name = format!("k{block}");
            let cards = [&plain, &turned].map(|set| score(set, &leaves, shared, block, |_| true));
            let ruleset = plain.plan.ruleset().of_block(Some(&name));
            let points = card_holds(ruleset, &cards[0], leaves.len())?;
            prop_assert_eq!(&points, &card_holds(turned.plan.ruleset().of_block(Some(&name)), &cards[1], leaves.len())?);
            // What the set says that a block is worth is what its heads are worth.
            let worth: usize = leaves.iter().map(|(_, place)| place.maximum(block)).sum();
            prop_assert_eq!(ruleset.transcribed(), ruleset.scale.clone());
            prop_assert_eq!(ruleset.scale.ratio(), &tieuchi::number::Ratio::from(worth));
        }
    }

    #[test]
    fn in_every_block_a_provisional_index_lies_about_the_final_one(
        (leaves, shared) in set(), kept in prop::collection::vec(any::<bool>(), 7)
    ) {
        let set = written(&leaves, false);
        for block in 0..2 {
            let full = score(&set, &leaves, shared, block, |_| true).index;
            // What others read stays stated: without it they are open as well.
            let part = score(&set, &leaves, shared, block, |at| kept[at]).index;
            if full.total.out_of_scale || full.total.provisional {
                continue;
            }
            let told = format!("{part:?}\n{full:?}");
            prop_assert!(part.lower_share <= full.share && full.share <= part.upper_share, "{}", told);
            let counted = (&part.counted_lower_share, &part.counted_upper_share);
            prop_assert!(*counted.0 <= full.rounded_share && full.rounded_share <= *counted.1, "{}", told);
            prop_assert!(part.total.provisional || part.total.exact == full.total.exact, "{}", told);
        }
    }

    #[test]
    fn the_canonical_text_of_a_set_with_blocks_is_the_same_set((leaves, _) in set()) {
        let set = written(&leaves, false);
        let source = set.plan.ruleset().span.source;
        let text = set.sources.get(source).unwrap().text().to_owned();
        let file = parse(source, &text).file;
        let canonical = write_file(&file, &set.sources, Language::Vietnamese, Comments::Drop);
        let again = check(source, &canonical).ruleset.unwrap();
        prop_assert_eq!(&again.fingerprint, &set.plan.ruleset().fingerprint);
        prop_assert_eq!(again.by_block.len(), 2 * usize::from(leaves.iter().any(|(_, place)| *place != Where::Both) || scale(&leaves).contains("khối")));
    }
}
