//! Laws over whole sets at random, in every block: areas, weights, gates, caps and floors of the index, what waits.

use proptest::prelude::*;
use tieuchi::diagnostic::Language;
use tieuchi::engine::quick::ByBlock;
use tieuchi::engine::{Context, Reason, Scorecard, Status};
use tieuchi::language::{Comments, format, parse, write_file};
use tieuchi::report;
use tieuchi::ruleset::{Ruleset, check};
use tieuchi::submission::{Gaps, Submission, sample};

use super::full::{BLOCKS, Full, code, full, simple};
use super::full_naive::{Card, Total};
use super::{explained, within};
use crate::naive::big;
use crate::quick;
use crate::support::Set;

pub(super) const OWN: (&str, &str) = ("thử/nghiệm", "2022");

pub(super) fn scored(set: &Set, sheet: &str) -> (Submission, Scorecard) {
    let submission = set.submissions("thử.json", sheet).remove(0);
    let card = set.plan.evaluate(&submission, &Context::default());
    (submission, card)
}

fn of_block(set: &Set, block: usize) -> &Ruleset {
    set.plan.ruleset().of_block(Some(&format!("k{block}")))
}

/// Every leaf that is scored lies in its bounds, its reason says its points, and the proofs' interval holds them.
fn leaves_hold(ruleset: &Ruleset, card: &Scorecard) -> Result<(), TestCaseError> {
    for score in &card.leaves {
        let head = ruleset.head(score.head).unwrap();
        prop_assert!(score.last.status != Status::Failed, "{}: {:?}", head.code, score.last.reason);
        if let Status::Scored { exact, .. } | Status::Awaiting { exact, .. } = &score.last.status {
            prop_assert!(*exact >= head.floor && *exact <= head.maximum, "{}: {exact:?}", head.code);
            if score.last.reason == Reason::NotClaimed {
                continue;
            }
            let told = explained(&score.last.reason);
            prop_assert_eq!(told.as_ref(), Some(exact.ratio()), "{}: {:?}", head.code, score.last.reason);
            let leaf = head.leaf.as_ref().unwrap();
            prop_assert!(within(leaf, &head.maximum, &score.last.reason), "{:?}", score.last.reason);
        }
    }
    Ok(())
}

/// A head of the card is what the drawing comes to.
fn same(code: &str, naive: &Total, ruleset: &Ruleset, card: &Scorecard) -> Result<(), TestCaseError> {
    let total = &card.head(ruleset.by_code(code).unwrap().0).unwrap().total;
    match naive {
        Total::Out => prop_assert!(total.out_of_scale, "{}: {:?}", code, total),
        Total::Open => prop_assert!(total.provisional, "{}: {:?}", code, total),
        Total::Known { exact, rounded, maximum } => {
            prop_assert!(!total.provisional && !total.out_of_scale, "{}: {:?}", code, total);
            let of = [&total.exact, &total.rounded, &total.maximum].map(|points| big(points.ratio()));
            prop_assert_eq!(&of, &[exact.clone(), rounded.clone(), maximum.clone()], "{}", code);
            prop_assert!(total.lower <= total.exact && total.exact <= total.upper, "{}: {:?}", code, total);
        }
    }
    Ok(())
}

fn naive_holds(drawn: &Full, set: &Set, block: usize) -> Result<Scorecard, TestCaseError> {
    let (submission, card) = scored(set, &drawn.sheet(OWN, block, |_| true, |_| String::new()));
    let ruleset = of_block(set, block);
    leaves_hold(ruleset, &card)?;
    let naive = Card::new(drawn, ruleset, &submission, block, &card);
    for (at, area) in drawn.areas.iter().enumerate() {
        for number in 0..area.parts.len() {
            same(&code(at, number), &naive.parts[at][number], ruleset, &card)?;
        }
        same(&(at + 1).to_string(), &naive.areas[at], ruleset, &card)?;
    }
    let index = &card.index;
    match naive.whole() {
        Total::Out => prop_assert!(index.total.out_of_scale),
        Total::Open => prop_assert!(index.total.provisional),
        Total::Known { exact, maximum, .. } => {
            prop_assert_eq!(big(index.total.exact.ratio()), exact.clone());
            prop_assert_eq!(big(index.total.maximum.ratio()), maximum.clone());
            prop_assert_eq!(big(&index.share), exact / maximum);
            prop_assert_eq!(Some(big(&index.rounded_share)), naive.share());
            prop_assert!(
                !index.total.provisional && index.lower_share <= index.share && index.share <= index.upper_share
            );
        }
    }
    Ok(card)
}

/// What is told of points, whatever the order of the lines that they come from.
pub(super) fn told(card: &Scorecard) -> String {
    let leaves: Vec<_> = card.leaves.iter().map(|leaf| &leaf.last.status).collect();
    let heads: Vec<_> = card.heads.iter().map(|head| &head.total).collect();
    format!("{leaves:?}\n{heads:?}\n{:?}", card.index)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    #[test]
    fn a_naive_reader_of_what_was_drawn_comes_to_the_same_points(drawn in full()) {
        let set = drawn.set(false);
        for block in 0..BLOCKS {
            let card = naive_holds(&drawn, &set, block)?;
            for language in [Language::Vietnamese, Language::English] {
                prop_assert!(!report::explain(&set.context_in(language), &card, None).is_empty());
            }
        }
    }

    #[test]
    fn lines_without_an_order_come_in_any(drawn in full()) {
        let (plain, turned) = (drawn.set(false), drawn.set(true));
        for block in 0..BLOCKS {
            let sheet = drawn.sheet(OWN, block, |_| true, |_| String::new());
            prop_assert_eq!(told(&scored(&plain, &sheet).1), told(&scored(&turned, &sheet).1));
        }
    }

    /// What is told while leaves are not stated, or their points wait, holds whatever they come to.
    #[test]
    fn an_open_index_lies_about_the_final_one(
        drawn in full(),
        kept in prop::collection::vec(any::<bool>(), 13),
        waits in prop::collection::vec(prop::option::weighted(0.4, prop::sample::select(vec!["awaited", "given", "lapsed"])), 13),
    ) {
        let set = drawn.set(false);
        for block in 0..BLOCKS {
            let (_, full) = scored(&set, &drawn.sheet(OWN, block, |_| true, |_| String::new()));
            let explanation = |at: usize| {
                waits[at].map(|state| format!(", \"explanation\": {{\"state\": \"{state}\"}}")).unwrap_or_default()
            };
            let open = [
                drawn.sheet(OWN, block, |at| kept[at], |_| String::new()),
                drawn.sheet(OWN, block, |_| true, explanation),
                drawn.sheet(OWN, block, |at| kept[at], explanation),
            ];
            for sheet in open {
                let (_, part) = scored(&set, &sheet);
                leaves_hold(of_block(&set, block), &part)?;
                for (one, whole) in part.heads.iter().zip(&full.heads) {
                    let (one, whole) = (&one.total, &whole.total);
                    if !whole.provisional && !whole.out_of_scale && !one.out_of_scale && one.maximum == whole.maximum {
                        let code = &set.plan.ruleset().heads[0].code;
                        prop_assert!(one.lower <= whole.exact && whole.exact <= one.upper, "{code}: {one:?}\n{whole:?}");
                        let lies = one.counted_lower <= whole.rounded && whole.rounded <= one.counted_upper;
                        prop_assert!(lies, "{code}: {one:?}\n{whole:?}");
                        prop_assert!(one.provisional || one.exact == whole.exact, "{one:?}\n{whole:?}");
                    }
                }
                let (part, full) = (&part.index, &full.index);
                if full.total.out_of_scale || full.total.provisional {
                    continue;
                }
                let told = format!("{sheet}\n{part:?}\n{full:?}");
                prop_assert!(part.lower_share <= full.share && full.share <= part.upper_share, "{}", told);
                let counted = (&part.counted_lower_share, &part.counted_upper_share);
                prop_assert!(*counted.0 <= full.rounded_share && full.rounded_share <= *counted.1, "{}", told);
                prop_assert!(*counted.0 <= part.rounded_share && part.rounded_share <= *counted.1 || part.total.provisional, "{}", told);
                prop_assert!(part.total.provisional || part.total.exact == full.total.exact, "{}", told);
            }
        }
    }

    #[test]
    fn the_canonical_text_in_either_language_is_the_same_set(
        drawn in full(), language in prop::sample::select(vec![Language::Vietnamese, Language::English])
    ) {
        let set = drawn.set(false);
        let ruleset = set.plan.ruleset();
        let source = ruleset.span.source;
        let text = set.sources.get(source).unwrap().text().to_owned();
        let file = parse(source, &text).file;
        let written = write_file(&file, &set.sources, language, Comments::Drop);
        let again = check(source, &written);
        prop_assert!(again.ruleset.is_some(), "{:?}\n{}", again.diagnostics, written);
        prop_assert_eq!(&again.ruleset.unwrap().fingerprint, &ruleset.fingerprint);
        let formatted = format(source, &written, None).written.unwrap();
        prop_assert_eq!(format(source, &formatted, None).written.unwrap(), formatted);
    }

    /// The quick way has a program for each block; made-up sheets have gaps.
    #[test]
    fn the_quick_way_is_the_exact_way_in_every_block(drawn in simple(), seed in any::<u64>()) {
        let set = drawn.set(false);
        let programs = ByBlock::compile(&set.plan);
        for block in 0..BLOCKS {
            let name = format!("k{block}");
            let by_block = !set.plan.ruleset().by_block.is_empty();
            let of = if by_block { set.plan.of_block(&name).unwrap() } else { set.plan.clone() };
            prop_assert!(programs.of(Some(&name)).is_some());
            let of = Set { plan: of, sources: set.sources.clone() };
            quick::agree(&of, &scored(&set, &drawn.sheet(OWN, block, |_| true, |_| String::new())).0);
            for (number, gaps) in [(0, Gaps::None), (1, Gaps::Few)] {
                let made = Submission { block: Some(name.clone()), ..sample(of.plan.ruleset(), "Mẫu", seed, number, gaps) };
                quick::agree(&of, &made);
            }
        }
    }

    /// Made-up sheets with gaps: no leaf fails, none leaves its bounds.
    #[test]
    fn samples_of_whole_sets_keep_the_bounds(drawn in full(), seed in any::<u64>()) {
        let set = drawn.set(false);
        for number in 0..6 {
            let gaps = if number % 2 == 0 { Gaps::None } else { Gaps::Few };
            let made = sample(set.plan.ruleset(), "Mẫu", seed, number, gaps);
            let card = set.plan.evaluate(&made, &Context::default());
            leaves_hold(set.plan.ruleset().of_block(made.block.as_deref()), &card)?;
        }
    }
}
