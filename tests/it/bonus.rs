//! Bonus and penalty: outside every sum, capped by kind, cut and rounded after they are added and taken off.

use proptest::prelude::*;
use tieuchi::analysis::ranking::rank;
use tieuchi::diagnostic::Language;
use tieuchi::engine::quick::Program;
use tieuchi::engine::{Reason, Scorecard};
use tieuchi::import::{self, Format};
use tieuchi::number::{DecimalMark, Points, Ratio};
use tieuchi::report;
use tieuchi::ruleset::Summary;
use tieuchi::submission::{Gaps, sample};
use tieuchi::wire;

use crate::support::{Set, with_header};

const ROUNDED: &str = "  làm tròn: chỉ số, 2 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n  xếp loại: theo điểm đã làm tròn; \"A\" từ 90%; \"B\" còn lại";

/// P17: appraised and surveyed points, bonus to 5, penalty to 3, never above 100 or below 0.
fn national() -> Set {
    with_header(
        "100 điểm",
        &format!("  điểm thưởng: không quá 5 điểm, chỉ số không quá 100%\n  điểm phạt: không quá 3 điểm\n{ROUNDED}"),
        "tiêu chí 1 \"Thẩm định\": 68 điểm
  chấm theo điểm nhập, do \"Hội đồng\"

tiêu chí 2 \"Điều tra\": 32 điểm
  chấm theo điểm nhập, do \"Hội đồng\"

điểm thưởng 9.1 \"Mô hình mới\": 20 điểm
  số liệu m \"Mô hình mới\": số đếm
  chấm theo từng trường hợp
    mỗi m: cộng 1 điểm

điểm phạt 9.2 \"Vi phạm\": 20 điểm
  số liệu v \"Vi phạm\": số đếm
  chấm theo từng trường hợp
    mỗi v: cộng 0,5 điểm",
    )
}

/// V15: no rounding, no cap of the index, three tracks.
fn local() -> Set {
    with_header(
        "100 điểm",
        "  cách chấm: tự chấm; thẩm định lần 1; thẩm định lần 2\n  điểm thưởng: không quá 3 điểm\n  điểm phạt: không quá 5 điểm\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn",
        "tiêu chí 1 \"Điểm tiêu chí\": 100 điểm
  chấm theo điểm nhập, do \"Hội đồng\"

điểm thưởng 9.1 \"Khoản một\": 3 điểm
  chấm theo điểm nhập, do \"Hội đồng\"

điểm thưởng 9.2 \"Khoản hai\": 3 điểm
  chấm theo điểm nhập, do \"Hội đồng\"

điểm phạt 9.3 \"Khoản một\": 5 điểm, chỉ thẩm định
  chấm theo điểm nhập, do \"Hội đồng\"

điểm phạt 9.4 \"Khoản hai\": 5 điểm, chỉ thẩm định
  chấm theo điểm nhập, do \"Hội đồng\"",
    )
}

fn entered(code: &str, tracks: &[(&str, &str)]) -> String {
    let tracks: Vec<String> = tracks
        .iter()
        .map(|(track, points)| format!("\"{track}\": {{\"points\": \"{}\"}}", points.replace(',', ".")))
        .collect();
    format!("\"{code}\": {{{}}}", tracks.join(", "))
}

fn leaves(parts: &[String]) -> String {
    format!("{{{}}}", parts.join(", "))
}

fn nation(set: &Set, appraised: &str, survey: Option<&str>, models: u32, breaches: u32) -> Scorecard {
    let mut parts = vec![entered("1", &[("self", appraised)])];
    parts.extend(survey.map(|survey| entered("2", &[("self", survey)])));
    parts.push(format!("\"9.1\": {{\"self\": {{\"figures\": {{\"m\": {models}}}}}}}"));
    parts.push(format!("\"9.2\": {{\"self\": {{\"figures\": {{\"v\": {breaches}}}}}}}"));
    set.score(&leaves(&parts))
}

fn shown(points: &Points) -> String {
    points.exact(DecimalMark::Comma)
}

fn percent(share: &Ratio) -> String {
    share.percent(DecimalMark::Comma)
}

#[test]
fn the_national_cases_come_out_as_worked_by_hand() {
    let set = national();
    let cases = [
        ("60,125", "27,31", 2, 1, "88,94%"),
        ("60", "27", 7, 0, "92%"),
        ("60", "27", 0, 8, "84%"),
        ("60", "27", 5, 6, "89%"),
        ("67", "31", 4, 0, "100%"),
        ("1", "0,5", 0, 6, "0%"),
        ("67", "31", 4, 6, "99%"),
    ];
    for (appraised, survey, models, breaches, index) in cases {
        let card = nation(&set, appraised, Some(survey), models, breaches);
        assert_eq!(percent(&card.index.rounded_share), index, "{appraised} {survey} {models} {breaches}");
        assert!(!card.index.total.provisional);
    }
}

#[test]
fn while_the_scale_is_not_complete_neither_is_the_index_and_its_bounds_hold() {
    let set = national();
    let card = nation(&set, "60", None, 2, 1);
    assert!(card.index.total.provisional);
    assert_eq!(card.index.grading.name, None);
    let (lower, upper) = (&card.index.lower_share, &card.index.upper_share);
    assert_eq!((percent(lower), percent(upper)), ("61,5%".to_owned(), "93,5%".to_owned()));
}

/// A leaf that leaves the scale makes every point of bonus and penalty weigh more: 1 of 4 is 1 of 2 then.
#[test]
fn the_bounds_hold_where_a_leaf_leaves_the_scale_and_a_bonus_weighs_more() {
    for area in ["", "  cách tổng hợp: thấp nhất\n"] {
        let set = with_header(
            "4 điểm",
            "  điểm thưởng: không quá 2 điểm\n  điểm phạt: không quá 2 điểm\n  làm tròn: không\n  hiển thị: 2 chữ số\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn",
            &format!(
                "tiêu chí 1 \"Một\": 2 điểm\n  chấm theo điểm nhập, do \"Hội đồng\"

lĩnh vực 2 \"Hai\": 2 điểm\n{area}
tiêu chí 2.1 \"Hai\": 2 điểm
  số liệu n \"N\": số đếm, không quá 4
  không phát sinh khi n = 0: loại khỏi thang điểm
  chấm theo số lượng n
    từ 4 trở lên: tối đa
    dưới 4: 0 điểm

điểm thưởng 9.1 \"Thưởng\": 2 điểm\n  chấm theo điểm nhập, do \"Hội đồng\"

điểm phạt 9.2 \"Phạt\": 2 điểm\n  chấm theo điểm nhập, do \"Hội đồng\""
            ),
        );
        for (one, bonus, penalty) in [("1.5", "1", "0"), ("1.5", "0", "1"), ("0.5", "0.5", "2"), ("0", "2", "0.5")] {
            let points = |code: &str, points: &str| format!("\"{code}\": {{\"self\": {{\"points\": {points}}}}}");
            let stated = [points("1", one), points("9.1", bonus), points("9.2", penalty)].join(", ");
            let open = set.score(&format!("{{{stated}}}")).index;
            assert!(open.total.provisional);
            for n in [0, 1, 4] {
                let sheet = format!("{{{stated}, \"2.1\": {{\"self\": {{\"figures\": {{\"n\": {n}}}}}}}}}");
                let then = set.score(&sheet).index;
                assert!(!then.total.provisional && then.outside.is_some());
                let within = open.lower_share <= then.share && then.share <= open.upper_share;
                assert!(within, "{one} {bonus} {penalty}, n = {n}: {:?}, {:?}", then.share, open);
                let counted = (&open.counted_lower_share, &open.counted_upper_share);
                assert!(*counted.0 <= then.rounded_share && then.rounded_share <= *counted.1);
            }
        }
    }
}

#[test]
fn the_local_cases_come_out_as_worked_by_hand() {
    let set = local();
    let (one, two, three) = ("self", "appraisal 1", "appraisal 2");
    let cases: [(&str, Vec<String>, &str); 6] = [
        ("86,5", vec![entered("9.1", &[(one, "2"), (two, "1"), (three, "1,5")])], "88"),
        (
            "86,5",
            vec![
                entered("9.1", &[(one, "2"), (two, "2")]),
                entered("9.2", &[(one, "2"), (two, "2")]),
                entered("9.3", &[(two, "0,5")]),
            ],
            "89",
        ),
        (
            "86,5",
            vec![entered("9.3", &[(two, "2"), (three, "2")]), entered("9.4", &[(two, "3"), (three, "3,5")])],
            "81,5",
        ),
        ("99", vec![entered("9.1", &[(one, "3"), (two, "3"), (three, "3")])], "102"),
        ("3", vec![entered("9.3", &[(two, "5"), (three, "5")])], "0"),
        ("86,5", Vec::new(), "86,5"),
    ];
    for (own, mut parts, index) in cases {
        parts.push(entered("1", &[(one, own)]));
        let card = set.score(&leaves(&parts));
        assert_eq!(shown(&card.index.total.exact), index, "{parts:?}");
        assert!(!card.index.total.provisional, "{parts:?}");
    }
}

#[test]
fn a_later_track_that_refuses_a_bonus_does_not_fall_back_and_each_track_has_its_own_sum() {
    let set = local();
    let parts = [
        entered("1", &[("self", "86,5")]),
        entered("9.1", &[("self", "2"), ("appraisal 1", "1"), ("appraisal 2", "0")]),
    ];
    let card = set.score(&leaves(&parts));
    assert_eq!(shown(&card.index.total.exact), "86,5");
    let after: Vec<String> =
        card.index.after.iter().filter_map(|(_, total)| total.as_ref().map(|total| shown(&total.exact))).collect();
    assert_eq!(after, ["88,5", "87,5", "86,5"]);
}

#[test]
fn nothing_outside_is_in_the_budget_the_roots_or_the_shares() {
    let set = national();
    let ruleset = set.plan.ruleset();
    assert_eq!(ruleset.roots.len(), 2);
    let summary = Summary::of(ruleset);
    assert_eq!(shown(&summary.points), "100");
    assert_eq!(summary.origins.values().cloned().sum::<Ratio>(), Ratio::ONE);
    assert!(Program::compile(&set.plan).is_none());
}

#[test]
fn every_output_shows_them_on_lines_of_their_own() {
    let set = national();
    let card = nation(&set, "60", Some("27"), 7, 1);
    for language in [Language::Vietnamese, Language::English] {
        let context = set.context_in(language);
        for text in [report::scorecard(&context, &card), report::explain(&context, &card, None)] {
            let lines = language.pick(
                "Trước thưởng, phạt: 87,00 / 100\nĐiểm thưởng: +5,00 (cộng được 7,00, không quá 5)\nĐiểm phạt: -0,50\nChỉ số: 91,50 / 100 (91,50%)",
                "Before bonus and penalty: 87.00 / 100\nBonus: +5.00 (they add up to 7.00, at most 5)\nPenalty: -0.50\nIndex: 91.50 / 100 (91.50%)",
            );
            assert!(text.contains(lines), "{text}");
        }
    }
    let context = set.context();
    let json = serde_json::to_value(wire::Scorecard::new(&context, &card, None)).unwrap();
    assert_eq!(json["index"]["outside"]["bonus"]["counted"]["exact"], "5", "{json}");
    assert_eq!(json["index"]["outside"]["penalty"]["counted"]["exact"], "0.5", "{json}");
    let ranking = rank(set.plan.ruleset(), vec![card, nation(&set, "61", Some("28"), 0, 0)]);
    let table = report::ranking(&context, &ranking);
    assert_eq!(ranking.rows[0].card.index.grading.name.as_deref(), Some("A"));
    assert!(table.contains("+5,00") && table.contains("-0,50"), "{table}");
    let appendix = report::appendix(&context, None);
    assert!(appendix.contains("điểm thưởng: cộng không quá 5 điểm, chỉ số không quá 100%"), "{appendix}");
}

#[test]
fn what_nobody_claims_is_nothing_and_what_lacks_a_figure_is_open() {
    let set = national();
    let parts = [entered("1", &[("self", "60")]), entered("2", &[("self", "27")])];
    let card = set.score(&leaves(&parts));
    assert_eq!(percent(&card.index.share), "87%");
    assert!(!card.index.total.provisional);
    assert_eq!(card.leaves[2].last.reason, Reason::NotClaimed);
    let told = report::explain(&set.context(), &card, None);
    assert!(told.contains("không nêu khoản thưởng nào") && told.contains("không ghi khoản phạt nào"), "{told}");
}

#[test]
fn a_penalty_stated_below_zero_is_refused() {
    let set = local();
    let text = leaves(&[entered("9.3", &[("appraisal 1", "-1")])]);
    let text = format!("{{\"ruleset\": \"thử/nghiệm\", \"year\": 2022, \"unit\": \"Đơn vị thử\", \"leaves\": {text}}}");
    let mut sources = set.sources.clone();
    let id = sources.add("thử.json", text.as_str());
    let loaded = import::load(set.plan.ruleset(), id, &text, Format::of_path("thử.json").unwrap());
    let codes: Vec<&str> = loaded.diagnostics.iter().map(tieuchi::diagnostic::Diagnostic::code).collect();
    assert_eq!(codes, ["points-out-of-range"]);
}

proptest! {
    /// Whatever is still open comes out within the bounds that were told, and complete sheets stay within 0 and 100 %.
    #[test]
    fn provisional_bounds_hold(seed in any::<u64>()) {
        let set = national();
        let whole = sample(set.plan.ruleset(), "Đơn vị", seed, 0, Gaps::None);
        let full = set.plan.evaluate(&whole, &tieuchi::engine::Context::default());
        for id in whole.leaves.keys() {
            let mut part = whole.clone();
            if set.plan.ruleset().head(*id).is_some_and(|head| head.level.is_outside()) {
                continue;
            }
            part.leaves.remove(id);
            let card = set.plan.evaluate(&part, &tieuchi::engine::Context::default());
            prop_assert!(card.index.total.provisional);
            prop_assert!(card.index.lower_share <= full.index.share && full.index.share <= card.index.upper_share);
        }
        prop_assert!(full.index.share <= Ratio::ONE && full.index.share >= Ratio::ZERO);
    }
}
