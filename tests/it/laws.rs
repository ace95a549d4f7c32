//! Laws over random sets and random figures: bounds hold, explanations add up, order without meaning means nothing.

#[path = "laws/archives.rs"]
mod archives;
#[path = "laws/back.rs"]
mod back;
#[path = "laws/by_block.rs"]
mod by_block;
#[path = "laws/by_kind.rs"]
mod by_kind;
#[path = "laws/derived.rs"]
mod derived;
#[path = "laws/full.rs"]
mod full;
#[path = "laws/full_holds.rs"]
mod full_holds;
#[path = "laws/full_kin.rs"]
mod full_kin;
#[path = "laws/full_line.rs"]
mod full_line;
#[path = "laws/full_naive.rs"]
mod full_naive;
#[path = "laws/intervals.rs"]
mod intervals;
#[path = "laws/newer.rs"]
mod newer;
#[path = "laws/order.rs"]
mod order;

mod pairs;
#[path = "laws/rounds.rs"]
mod rounds;
#[path = "laws/rounds_hold.rs"]
mod rounds_hold;
#[path = "laws/rules.rs"]
mod rules;
#[path = "laws/stepped.rs"]
mod stepped;
#[path = "laws/stepped_holds.rs"]
mod stepped_holds;
#[path = "laws/stepped_naive.rs"]
mod stepped_naive;
#[path = "laws/stepped_text.rs"]
mod stepped_text;
#[path = "laws/whole.rs"]
mod whole;

use std::fmt::Write as _;

use proptest::prelude::*;
use tieuchi::engine::{Cut, Reason, RowCame, Scorecard, Status};
use tieuchi::language::tree::Aggregation;
use tieuchi::number::{Points, Ratio};
use tieuchi::ruleset::meaning::{Expr, Meaning, range};
use tieuchi::ruleset::{Leaf as RuleLeaf, Ruleset, Scoring};

use crate::support::bounds::Bounds;
use crate::support::{Set, USUAL, findings, with_header};

/// A leaf of 2 points: its lines by kind, and figures for it. `{at}` is its code.
#[derive(Clone, Debug)]
struct Leaf {
    /// A questionnaire, which stands above the first head.
    above: String,
    /// What follows the points of the head.
    method: &'static str,
    /// The track that may state its figures.
    track: &'static str,
    /// Whether it waits for the head before it.
    gate: Option<String>,
    figures: Vec<String>,
    /// The form and its lines; their order is the rule's.
    form: Vec<String>,
    /// Lines whose order means nothing.
    beside: Vec<String>,
    stated: String,
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn leaf(figures: &str, form: impl AsRef<str>, beside: &str, stated: String) -> Leaf {
    let mut beside = lines(beside);
    beside.extend(lines("  cơ quan chủ trì: \"Sở Nội vụ\"\n  nguồn: minh họa, \"để thử\""));
    let plain = Leaf {
        above: String::new(),
        method: "",
        track: "self",
        gate: None,
        figures: lines(figures),
        form: lines(form.as_ref()),
        beside: Vec::new(),
        stated,
    };
    Leaf { beside, ..plain }
}

/// Tenths of a point, as a Vietnamese file writes them.
fn points(tenths: u32) -> String {
    format!("{},{}", tenths / 10, tenths % 10)
}

const AB: &str = "  số liệu a \"A\": số đếm\n  số liệu b \"B\": số đếm, không quá a";
const NONE: &str = "  không phát sinh khi a = 0: loại khỏi thang điểm";

/// Every form, with edges and awards at random; one in four waits for the points of the head before it.
fn any_leaf() -> impl Strategy<Value = Leaf> {
    let gate = prop::option::weighted(0.25, (any::<bool>(), 1_u32..15, 0_u32..20)).prop_map(|gate| {
        gate.map(|(above, limit, otherwise)| {
            let limit = if above { String::from("> 0") } else { format!(">= {} điểm", points(limit)) };
            format!("  chỉ chấm khi điểm của {{before}} {limit}; nếu không: {} điểm", points(otherwise))
        })
    });
    (prop_oneof![older_leaf(), newer::newer_leaf()], gate).prop_map(|(leaf, gate)| Leaf { gate, ..leaf })
}

/// The forms over figures that the unit states of itself.
fn older_leaf() -> impl Strategy<Value = Leaf> {
    let ab = (0_u32..40, 0_u32..40).prop_map(|(b, more)| format!("\"a\": {}, \"b\": {b}", b + more));
    let awards = (0_u32..=10, 10_u32..=20).prop_map(|(low, high)| (points(low), points(high)));
    let edges = (1_u32..50, 50_u32..100);
    prop_oneof![
        (edges.clone(), awards.clone(), ab.clone()).prop_map(|((low, high), (less, more), ab)| leaf(
            AB,
            format!(
                "  chấm theo tỷ lệ b / a, không đơn điệu\n    từ {high}% trở lên: tối đa\n    từ {low}% đến dưới {high}%: {more} điểm\n    dưới {low}%: {less} điểm"
            ),
            NONE,
            ab
        )),
        (edges.clone(), ab.clone()).prop_map(|((low, _), ab)| leaf(
            AB,
            format!("  chấm theo tỷ lệ b / a\n    từ {low}% trở lên: tỷ lệ thuận\n    dưới {low}%: 0 điểm"),
            NONE,
            ab
        )),
        (edges.clone(), awards.clone(), ab.clone()).prop_map(|((low, high), (less, _), ab)| leaf(
            AB,
            format!(
                "  chấm theo số lượng b\n    từ {high} trở lên: tối đa\n    từ {low} đến dưới {high}: nội suy từ {less} điểm đến 2 điểm\n    dưới {low}: 0 điểm"
            ),
            "",
            ab
        )),
        (1_u32..30, awards.clone(), any::<bool>(), 0_u32..40).prop_map(|(edge, (less, _), yes, n)| leaf(
            "  số liệu đủ \"Đủ\": có/không\n  số liệu n \"N\": số đếm",
            format!(
                "  chấm theo điều kiện\n    khi đủ = có và n ≥ {edge}: tối đa\n    khi đủ = có hoặc n > {edge}: {less} điểm\n    còn lại: 0 điểm"
            ),
            "",
            format!("\"đủ\": {yes}, \"n\": {n}")
        )),
        (1_u32..30, any::<bool>(), 0_u32..40).prop_map(|(edge, yes, n)| leaf(
            "  số liệu n \"N\": số đếm",
            format!("  chấm theo danh mục\n    đạt đủ \"Đủ\": 0,75 điểm\n    đạt khi n ≥ {edge}: 1,25 điểm"),
            "",
            format!("\"đủ\": {yes}, \"n\": {n}")
        )),
        (1_u32..20, 1_u32..8, 0_u32..40, 0_u32..40).prop_map(|(tenths, step, n, m)| leaf(
            "  số liệu n \"N\": số đếm\n  số liệu m \"M\": số đếm",
            format!(
                "  chấm theo từng trường hợp, bắt đầu từ tối đa\n    mỗi n: trừ {},{} điểm\n    mỗi {step} m: cộng 0,5 điểm",
                tenths / 10,
                tenths % 10
            ),
            "",
            format!("\"n\": {n}, \"m\": {m}")
        )),
        (awards, any::<bool>()).prop_map(|((less, more), good)| leaf(
            "  số liệu mức \"Mức\": lựa chọn \"tốt\"; \"khá\"; \"kém\"",
            format!(
                "  chấm theo lựa chọn mức\n    chọn \"tốt\": tối đa\n    chọn \"khá\": {more} điểm\n    chọn \"kém\": {less} điểm"
            ),
            "",
            format!("\"mức\": \"{}\"", if good { "tốt" } else { "kém" })
        )),
        (2_u32..28).prop_map(|day| leaf(
            "  số liệu khi_nào \"Ngày\": ngày",
            String::from(
                "  chấm theo thời hạn khi_nào, hạn hết 10/02/2022\n    đúng hạn: tối đa\n    muộn không quá 9 ngày: 50% tối đa\n    muộn trên 9 ngày: 0,5 điểm\n    không thực hiện: 0 điểm"
            ),
            "",
            format!("\"khi_nào\": \"{day:02}/02/2022\"")
        )),
        (1_u32..10, ab.clone()).prop_map(|(tenths, ab)| leaf(
            AB,
            format!("  chấm theo công thức tối_đa * (0,{tenths} * b / a + (1 - 0,{tenths}) * (a - b) / a)"),
            NONE,
            ab
        )),
        (1_u32..9, ab).prop_map(|(tenths, ab)| leaf(
            AB,
            format!(
                "  chấm theo kịch bản\n```\nlet r = b / a;\nif r > 0.{tenths} {{ tối_đa * r }} else if b > 3 {{ 0.{tenths} }} else {{ 0 }}\n```"
            ),
            NONE,
            ab
        )),
    ]
}

/// The text of a set; `turned` writes what has no order in another one.
fn text(leaves: &[Leaf], turned: bool) -> String {
    let mut text: String =
        leaves.iter().enumerate().map(|(at, leaf)| leaf.above.replace("{at}", &(at + 1).to_string())).collect();
    for (at, leaf) in leaves.iter().enumerate() {
        writeln!(text, "tiêu chí {} \"Tiêu chí {at}\": 2 điểm{}", at + 1, leaf.method).unwrap();
        let mut groups = [leaf.figures.clone(), leaf.form.clone(), leaf.beside.clone()];
        groups[2].extend(leaf.gate.clone().filter(|_| at > 0));
        if turned {
            groups[0].reverse();
            groups[2].reverse();
            groups.rotate_right(1);
        }
        for line in groups.iter().flatten() {
            let line = line.replace("{at}", &(at + 1).to_string()).replace("{before}", &at.to_string());
            // A list and its columns are one line of the law.
            writeln!(text, "{}", line.replace('\u{1}', "\n")).unwrap();
        }
    }
    text
}

/// A sheet that states the leaves for which `kept` says so.
fn sheet_of(leaves: &[Leaf], kept: impl Fn(usize) -> bool) -> String {
    let entries: Vec<String> = leaves
        .iter()
        .enumerate()
        .filter(|(at, _)| kept(*at))
        .map(|(at, leaf)| format!("\"{}\": {{\"{}\": {{\"figures\": {{{}}}}}}}", at + 1, leaf.track, leaf.stated))
        .collect();
    format!("{{{}}}", entries.join(", "))
}

fn sheet(leaves: &[Leaf]) -> String {
    sheet_of(leaves, |_| true)
}

fn scale(leaves: &[Leaf]) -> String {
    format!("{} điểm", leaves.len() * 2)
}

/// What the reason of a score says that it is.
fn explained(reason: &Reason) -> Option<Ratio> {
    match reason {
        Reason::Line(decided) => decided.award.as_ref().map(|award| award.value.clone()),
        Reason::Checklist { cut: Some(Cut::ToFloor(limit) | Cut::ToCap(limit)), .. } => Some(limit.clone()),
        Reason::Checklist { items, cut: None } => {
            Some(items.iter().filter(|item| item.held).map(|item| item.award.value.clone()).sum())
        }
        Reason::Formula { working, cut, .. } => Some(match cut {
            Some(Cut::ToFloor(limit) | Cut::ToCap(limit)) => limit.clone(),
            None => working.value.clone(),
        }),
        Reason::NotApplicable { award, .. }
        | Reason::Gate { award, .. }
        | Reason::TooFew { award, .. }
        | Reason::Block { award, .. } => award.as_ref().map(|award| award.value.clone()),
        Reason::Rows(rows) => {
            let came = rows.rows.iter().filter_map(|row| match &row.came {
                RowCame::Points { points, reason } => {
                    assert_eq!(explained(reason).as_ref(), Some(points), "{}", row.name);
                    Some(&row.weight * points)
                }
                RowCame::Given { points, .. } => Some(&row.weight * points),
                RowCame::Skipped { .. } | RowCame::Left { .. } | RowCame::Open { .. } => None,
            });
            let sum: Ratio = came.sum();
            assert!(rows.none_left.is_some() || sum == rows.sum, "{rows:?}");
            rows.points.clone()
        }
        _ => None,
    }
}

/// What the bands looked at, and what a formula came to, lies in the interval that the proofs go by.
fn within(leaf: &RuleLeaf, maximum: &Points, reason: &Reason) -> bool {
    let bounds = Bounds { figures: &leaf.figures, maximum: maximum.ratio().clone() };
    let inside = |expr: &Expr, value: &Ratio| range(expr, &bounds).contains(value);
    match (&leaf.scoring, reason) {
        (Scoring::Declared(_, Meaning::Cases { subject: Some(subject), .. }), Reason::Line(decided)) => {
            decided.subject.as_ref().is_none_or(|worked| inside(subject, &worked.value))
        }
        (Scoring::Declared(_, Meaning::Value { expr, .. }), Reason::Formula { working, .. }) => {
            inside(expr, &working.value)
        }
        _ => true,
    }
}

/// Bounds, reasons and intervals of every leaf; the points, and the card.
fn holds(set: &Set, leaves: &[Leaf]) -> Result<(Vec<Option<Points>>, Scorecard), TestCaseError> {
    let card = set.score(&sheet(leaves));
    let points = card_holds(set.plan.ruleset(), &card, leaves.len())?;
    Ok((points, card))
}

/// Bounds, reasons and intervals of the first leaves of a card by the set as it is for the unit; their points.
fn card_holds(ruleset: &Ruleset, card: &Scorecard, leaves: usize) -> Result<Vec<Option<Points>>, TestCaseError> {
    let mut sum = Ratio::ZERO;
    let mut points = Vec::new();
    for score in card.leaves.iter().take(leaves) {
        let head = ruleset.head(score.head).unwrap();
        match &score.last.status {
            Status::Scored { exact, .. } => {
                prop_assert!(*exact >= head.floor && *exact <= head.maximum, "{exact:?}");
                let told = explained(&score.last.reason);
                prop_assert_eq!(told.as_ref(), Some(exact.ratio()), "{:?}", score.last.reason);
                let leaf = head.leaf.as_ref().unwrap();
                prop_assert!(within(leaf, &head.maximum, &score.last.reason), "{:?}", score.last.reason);
                sum = &sum + exact.ratio();
                points.push(Some(exact.clone()));
            }
            Status::NotApplicable => points.push(None),
            Status::Unscored if matches!(score.last.reason, Reason::Block { .. }) => points.push(None),
            other => prop_assert!(false, "{other:?}: {:?}", score.last.reason),
        }
    }
    let total = card.index.outside.as_ref().map_or(&card.index.total, |outside| &outside.before);
    prop_assert!(ruleset.aggregation != Aggregation::Sum || total.exact.ratio() == &sum);
    Ok(points)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 2, ..ProptestConfig::default() })]

    #[test]
    fn a_checked_set_keeps_its_bounds_explains_its_sums_and_minds_no_order_without_meaning(
        leaves in prop::collection::vec(any_leaf(), 1..6)
    ) {
        let set = with_header(&scale(&leaves), USUAL, &text(&leaves, false));
        let turned = with_header(&scale(&leaves), USUAL, &text(&leaves, true));
        let (points, _) = holds(&set, &leaves)?;
        prop_assert_eq!(points, holds(&turned, &leaves)?.0);
        // Figures show in the order written: in another order it is another text.
        let same = set.plan.ruleset().fingerprint == turned.plan.ruleset().fingerprint;
        prop_assert_eq!(leaves.iter().all(|leaf| leaf.figures.len() < 2), same);
    }

    #[test]
    fn one_line_less_is_refused_or_still_keeps_the_bounds(
        leaves in prop::collection::vec(any_leaf(), 1..3), at in any::<prop::sample::Index>()
    ) {
        let whole = text(&leaves, false);
        let mut lines: Vec<&str> = whole.lines().collect();
        lines.remove(at.index(lines.len()));
        let body = lines.join("\n");
        let header = format!(
            "bộ tiêu chí thử/nghiệm \"Bộ thử\"\n  năm: 2022\n  nguồn: minh họa, \"để thử\"\n  thang điểm: {}\n  thiếu số liệu: chưa chấm\n{USUAL}\n",
            scale(&leaves)
        );
        if findings(&format!("{header}\n{body}\n")).iter().any(tieuchi::diagnostic::Diagnostic::is_error) {
            return Ok(());
        }
        let set = with_header(&scale(&leaves), USUAL, &body);
        let ruleset = set.plan.ruleset();
        for number in 0..8 {
            let drawn = tieuchi::submission::sample(ruleset, "Mẫu", 7, number, tieuchi::submission::Gaps::Few);
            for score in &set.plan.evaluate(&drawn, &tieuchi::engine::Context::default()).leaves {
                let head = ruleset.head(score.head).unwrap();
                prop_assert!(score.last.status != Status::Failed, "{body}\n{:?}", score.last.reason);
                if let Status::Scored { exact, .. } = &score.last.status {
                    prop_assert!(*exact >= head.floor && *exact <= head.maximum, "{body}\n{exact:?}");
                }
            }
        }
    }
}
