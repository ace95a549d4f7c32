//! Laws of whole sets: bonus and penalty, the weakest part, an empty child, sheets of which something is missing.

use proptest::prelude::*;
use tieuchi::diagnostic::SourceMap;
use tieuchi::engine::{Context, Plan};
use tieuchi::language::parse;
use tieuchi::number::Ratio;
use tieuchi::ruleset::{Identity, Library, check_among};

use super::{Leaf, any_leaf, holds, points, scale, sheet, sheet_of, text};
use crate::support::{Set, USUAL, with_header};

fn shares(points: &[Option<tieuchi::number::Points>]) -> Vec<Ratio> {
    let half = Ratio::new(1, 2).unwrap();
    points.iter().flatten().map(|points| points.ratio() * &half).collect()
}

/// A bonus and a penalty of so many cases, below the leaves of a set.
fn outside(leaves: &[Leaf], (bonus, penalty): (u32, u32)) -> (String, String) {
    let head = |level: &str, code: usize| {
        format!(
            "{level} {code} \"Ngoài thang\": 5 điểm\n  số liệu n \"N\": số đếm\n  chấm theo từng trường hợp\n    mỗi n: cộng 0,25 điểm\n"
        )
    };
    let body = format!("{}{}{}", text(leaves, false), head("điểm thưởng", 91), head("điểm phạt", 92));
    let stated = sheet(leaves);
    let stated = stated.strip_suffix('}').unwrap();
    let case = |code: u32, n: u32| format!("\"{code}\": {{\"self\": {{\"figures\": {{\"n\": {n}}}}}}}");
    (body, format!("{stated}, {}, {}}}", case(91, bonus), case(92, penalty)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn bonus_and_penalty_are_capped_by_kind_and_never_lead_below_zero(
        leaves in prop::collection::vec(any_leaf(), 1..5),
        cases in (0_u32..24, 0_u32..24),
        caps in (1_u32..50, 1_u32..50),
    ) {
        let settings = format!(
            "  điểm thưởng: không quá {} điểm\n  điểm phạt: không quá {} điểm\n{USUAL}",
            points(caps.0),
            points(caps.1)
        );
        let (body, stated) = outside(&leaves, cases);
        let set = with_header(&scale(&leaves), &settings, &body);
        let (inside, _) = holds(&set, &leaves)?;
        let card = set.score(&stated);
        let outside = card.index.outside.unwrap();
        let before: Ratio = inside.iter().flatten().map(|points| points.ratio().clone()).sum();
        let quarter = |n: u32, cap: u32| {
            let five = Ratio::from(5_i64);
            Ratio::new(n.into(), 4).unwrap().min(five).min(Ratio::new(cap.into(), 10).unwrap())
        };
        let (bonus, penalty) = (quarter(cases.0, caps.0), quarter(cases.1, caps.1));
        prop_assert_eq!(outside.before.exact.ratio(), &before);
        if !outside.before.out_of_scale {
            let expected = (&(&before + &bonus) - &penalty).max(Ratio::ZERO);
            prop_assert_eq!(outside.after.exact.ratio(), &expected);
            prop_assert_eq!(card.index.total.exact.ratio(), &expected);
        }
    }

    #[test]
    fn where_the_weakest_counts_the_index_is_the_least_share(leaves in prop::collection::vec(any_leaf(), 1..5)) {
        let settings = format!("  cách tổng hợp: thấp nhất\n{USUAL}");
        let set = with_header(&scale(&leaves), &settings, &text(&leaves, false));
        let (points, card) = holds(&set, &leaves)?;
        let least = shares(&points).into_iter().min();
        prop_assert_eq!(least.is_none(), card.index.total.out_of_scale);
        prop_assert_eq!(least.unwrap_or_default(), card.index.share);
    }

    #[test]
    fn an_empty_child_scores_as_its_parent(leaves in prop::collection::vec(any_leaf(), 1..5)) {
        let parent = with_header(&scale(&leaves), USUAL, &text(&leaves, false));
        let parent_text = parent.sources.get(parent.plan.ruleset().span.source).unwrap().text().to_owned();
        let child = "bộ tiêu chí thử/nghiệm \"Bộ thử\"\n  năm: 2023\n  kế thừa: thử/nghiệm năm 2022\n";
        let (mut sources, mut library) = (SourceMap::new(), Library::new());
        let mut last = None;
        for text in [parent_text.as_str(), child] {
            let source = sources.add("thử.tieuchi", text);
            library.add(Identity::of(&parse(source, text).file).unwrap(), source);
            last = Some(source);
        }
        let checked = check_among(last.unwrap(), &sources, &library);
        let child = Set { plan: Plan::compile(checked.ruleset.unwrap()).unwrap(), sources };
        let ((above, one), (below, other)) = (holds(&parent, &leaves)?, holds(&child, &leaves)?);
        prop_assert_eq!(above, below);
        prop_assert_eq!(format!("{:?}", one.index.total), format!("{:?}", other.index.total));
    }

    /// What is told while something is missing holds whatever it comes to.
    #[test]
    fn a_provisional_index_lies_about_the_final_one(
        leaves in prop::collection::vec(any_leaf(), 1..6), kept in prop::collection::vec(any::<bool>(), 6)
    ) {
        let set = with_header(&scale(&leaves), USUAL, &text(&leaves, false));
        let (_, full) = holds(&set, &leaves)?;
        let part = set.score(&sheet_of(&leaves, |at| kept[at]));
        let total = &full.index.total.exact;
        if full.index.total.out_of_scale {
            return Ok(());
        }
        let told = format!("{:?}\n{:?}", part.index, full.index);
        prop_assert!(part.index.lower_share <= full.index.share && full.index.share <= part.index.upper_share, "{}", told);
            let counted = (&part.index.counted_lower_share, &part.index.counted_upper_share);
            prop_assert!(*counted.0 <= full.index.rounded_share && full.index.rounded_share <= *counted.1, "{}", told);
        prop_assert!(part.index.total.provisional || part.index.total.exact == *total, "{}", told);
    }

    /// Made-up sheets with gaps: no leaf fails, none leaves its bounds.
    #[test]
    fn samples_of_every_form_keep_the_bounds(leaves in prop::collection::vec(any_leaf(), 1..6), seed in any::<u64>()) {
        use tieuchi::engine::Status;
        use tieuchi::submission::{Gaps, sample};
        let set = with_header(&scale(&leaves), USUAL, &text(&leaves, false));
        let ruleset = set.plan.ruleset();
        for (number, gaps) in [(0, Gaps::None), (1, Gaps::Few)] {
            for score in &set.plan.evaluate(&sample(ruleset, "Mẫu", seed, number, gaps), &Context::default()).leaves {
                let head = ruleset.head(score.head).unwrap();
                prop_assert!(score.last.status != Status::Failed, "{:?}", score.last.reason);
                if let Status::Scored { exact, .. } = &score.last.status {
                    prop_assert!(*exact >= head.floor && *exact <= head.maximum, "{exact:?}");
                }
            }
        }
    }
}
