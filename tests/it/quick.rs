//! The quick way through a plan says what the exact way says, and what a naive evaluator in big rationals says.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::One;
use proptest::prelude::*;
use tieuchi::engine::quick::{Line, Outcome, Program, Scores, Trace, Traces};
use tieuchi::engine::{Context, Plan, Reason, Status};
use tieuchi::language::tree::Track;
use tieuchi::number::{Points, Ratio};
use tieuchi::ruleset::meaning::{FigureId, Meaning};
use tieuchi::ruleset::{FigureKind, HeadId, Scoring};
use tieuchi::submission::{Entry, Gaps, Stated, Submission, Value, sample};

use crate::naive::{Came, Naive, big};
use crate::quick_drawn as drawn;
use crate::support::{Set, USUAL, set, shipped, with_header};

/// A leaf of every form that compiles, over figures without an upper bound.
fn every_form() -> Set {
    with_header(
        "31 điểm",
        USUAL,
        "tiêu chí 1 \"Bậc\": 2 điểm
  số liệu a \"Tổng\": số đếm, ít nhất 1
  số liệu b \"Đã làm\": số đếm
  chấm theo tỷ lệ b / a
    từ 100% trở lên: tối đa
    từ 80% đến dưới 100%: tỷ lệ thuận
    từ 50% đến dưới 80%: nội suy từ 0,5 điểm đến 1 điểm
    dưới 50%: 0 điểm
  ví dụ b = 1; a = 1: 2 điểm

tiêu chí 2 \"Đến chỉ tiêu\": 3 điểm
  số liệu a \"Tổng\": số đếm
  số liệu b \"Đã làm\": số đếm
  chấm theo tỷ lệ b / a: tỷ lệ thuận đến 35%
  không phát sinh khi a = 0: loại khỏi thang điểm
  ví dụ b = 1; a = 1: 3 điểm

tiêu chí 3 \"Điều kiện\": 4 điểm
  số liệu a \"Một\": số, ít nhất 0
  số liệu b \"Hai\": số, ít nhất 0
  số liệu c \"Ba\": có/không
  chấm theo điều kiện
    khi a + b ≥ 2 * b và c = có: tối đa
    khi c = không hoặc a > 7: 1/3 tối đa
    còn lại: 0 điểm
  ví dụ a = 1; b = 1; c = có: 4 điểm

tiêu chí 4 \"Danh mục\": 5 điểm
  số liệu n \"Số\": số đếm
  chấm theo danh mục
    đạt x \"Có\": 2,5 điểm
    đạt khi n ≥ 50: 1,25 điểm
    đạt khi n < 10: 1,25 điểm
  ví dụ x = có; n = 50: 3,75 điểm

tiêu chí 5 \"Lựa chọn\": 6 điểm
  số liệu m \"Mức\": lựa chọn \"tốt\"; \"khá\"; \"kém\"
  chấm theo lựa chọn m
    chọn \"tốt\": tối đa
    chọn \"khá\": 2/3 tối đa
    chọn \"kém\": chưa chấm
  ví dụ m = \"tốt\": 6 điểm

tiêu chí 6 \"Công thức\": 6 điểm
  số liệu a \"Mẫu\": số, ít nhất 1
  số liệu b \"Tử\": số, ít nhất 0
  chấm theo công thức nhỏ_nhất(1,5 * b / a; b * b / (a * a); tối_đa)
  ví dụ a = 1; b = 1: 1 điểm

tiêu chí 7 \"Danh mục có trần\": 5 điểm, thấp nhất trừ 1 điểm
  số liệu n \"Số\": số đếm
  chấm theo danh mục
    đạt x \"Có\": 4 điểm
    đạt khi n ≥ 50: 2,5 điểm
    đạt khi n < 10: trừ 1 điểm
    đạt khi n < 5: trừ 1 điểm
    cao nhất tối đa
    thấp nhất trừ 1 điểm
  ví dụ x = có; n = 50: 5 điểm",
    )
}

/// Small, a machine word, two words, and beyond.
pub(crate) fn number() -> impl Strategy<Value = Ratio> {
    prop_oneof![
        4 => (0i128..120).prop_map(Ratio::from),
        2 => (0i128..i128::from(i64::MAX)).prop_map(Ratio::from),
        2 => (0i128..i128::MAX / 4).prop_map(Ratio::from),
        1 => (0i128..i128::MAX / 4, 40u32..70).prop_map(|(n, power)| &Ratio::from(n) * &Ratio::pow10(power)),
        2 => (0i128..1_000_000, 1i128..1_000_000).prop_map(|(n, d)| Ratio::new(n, d).unwrap()),
    ]
}

fn value(set: &Set, id: HeadId, figure: usize, number: &Ratio) -> Value {
    let leaf = set.plan.ruleset().head(id).unwrap().leaf.as_ref().unwrap();
    let figure = &leaf.figures[figure];
    let least = figure.range.lower.as_ref().map_or(Ratio::ZERO, |edge| edge.at.clone());
    match &figure.kind {
        FigureKind::YesNo => Value::YesNo(number.is_integer() && number.floor() == *number && !number.is_zero()),
        FigureKind::Choice(options) => {
            let place = (0..options.len()).find(|&at| Ratio::from(at) >= *number).unwrap_or(options.len() - 1);
            Value::Option(place)
        }
        FigureKind::Number(tieuchi::ruleset::meaning::Kind::Count) => Value::Number(number.floor().max(least)),
        _ => Value::Number(number.clone().max(least)),
    }
}

pub(crate) fn stated(set: &Set, numbers: &[Option<Ratio>]) -> Submission {
    let mut numbers = numbers.iter().cycle();
    let mut leaves = BTreeMap::new();
    for (id, _, leaf) in set.plan.ruleset().leaves() {
        let figures = (0..leaf.figures.len())
            .filter_map(|at| Some((FigureId(at), value(set, id, at, numbers.next()?.as_ref()?))))
            .collect();
        let entry = Entry { stated: Stated::Figures(figures), evidence: Vec::new(), note: None, explained: None };
        leaves.insert(id, BTreeMap::from([(Track::SelfScore, entry)]));
    }
    Submission { unit: "Đơn vị thử".to_owned(), leaves, ..Submission::default() }
}

/// Leaf by leaf and in the index, the quick way says what the exact way says.
pub(crate) fn agree(set: &Set, submission: &Submission) {
    let program = Program::compile(&set.plan).unwrap();
    let context = Context::default();
    let card = set.plan.evaluate(submission, &context);
    let sheet = program.sheet(submission, &context);
    let (mut scores, mut traces) = (Scores::default(), Traces::default());
    program.trace(&sheet, &mut scores, &mut traces);
    assert_eq!((scores.len(), traces.len()), (card.leaves.len(), card.leaves.len()));
    for (at, leaf) in card.leaves.iter().enumerate() {
        let expected = match &leaf.last.status {
            Status::Scored { exact, .. } => Outcome::Points(exact.clone()),
            Status::NotApplicable => Outcome::OutOfScale,
            Status::Awaiting { .. } | Status::Unscored => Outcome::Unscored,
            Status::Failed => Outcome::Failed,
        };
        assert_eq!(scores.outcome(at).unwrap(), expected, "leaf {at}: {:?}", leaf.last);
        assert_eq!(program.explain(at, &sheet).unwrap(), leaf.last, "leaf {at}");
        same_line(&set.plan, &leaf.last.reason, traces.get(at).unwrap(), leaf.head);
    }
    let index = program.index(&scores);
    assert_eq!(index.provisional, card.index.total.provisional);
    assert_eq!(program.share(&scores), (card.index.share.clone(), card.index.total.provisional));
    assert_eq!(index.rounded_share(), card.index.rounded_share);
}

/// The trace names the line that the explanation names, and what it looked at.
fn same_line(plan: &Plan, reason: &Reason, trace: Trace, head: HeadId) {
    let leaf = plan.ruleset().head(head).unwrap().leaf.as_ref().unwrap();
    let (Line::Decided(line), Scoring::Declared(_, meaning)) = (trace.line(), &leaf.scoring) else { return };
    match (reason, meaning) {
        (Reason::Line(decided), Meaning::Cases { arms, .. }) => {
            assert_eq!(arms[usize::try_from(line).unwrap()].line, decided.line);
            if let Some(subject) = &decided.subject {
                assert_eq!(trace.subject(), subject.value);
            }
        }
        (Reason::Checklist { items, .. }, Meaning::Sum(_)) => {
            let held = (0..).zip(items).map(|(at, item)| u64::from(item.held) << at).sum::<u64>();
            assert_eq!(line, held);
        }
        (Reason::Formula { working, .. }, Meaning::Value { .. }) => {
            assert_eq!((line, trace.subject()), (0, working.value.clone()));
        }
        _ => assert_eq!(line, u64::MAX, "{reason:?}"),
    }
}

/// Leaf by leaf, the quick way says what the naive evaluator says.
fn naive_agrees(set: &Set, submission: &Submission) {
    let program = Program::compile(&set.plan).unwrap();
    let sheet = program.sheet(submission, &Context::default());
    let mut scores = Scores::default();
    program.score(&sheet, &mut scores);
    for (at, (id, head, leaf)) in set.plan.ruleset().leaves().enumerate() {
        let Stated::Figures(values) = &submission.leaves[&id][&Track::SelfScore].stated else { panic!("figures") };
        let maximum = big(head.maximum.ratio());
        let points = match Naive::new(leaf, values, maximum.clone()).leaf(leaf) {
            Came::Points(points) => Some(points),
            Came::Out | Came::Unscored => None,
        };
        let got = match scores.outcome(at).unwrap() {
            Outcome::Points(points) => Some(big(points.ratio())),
            _ => None,
        };
        // Figures that no validated sheet states may lead a rule out of its scale: then the leaf fails, and says so.
        let inside = points.as_ref().is_none_or(|points| *points >= big(head.floor.ratio()) && *points <= maximum);
        assert_eq!(got, points.filter(|_| inside), "{}", head.code);
    }
}

proptest! {
    #[test]
    fn every_rung_gives_the_points_of_a_naive_evaluator(numbers in prop::collection::vec(number(), 15)) {
        let set = every_form();
        let submission = stated(&set, &numbers.into_iter().map(Some).collect::<Vec<_>>());
        agree(&set, &submission);
        let program = Program::compile(&set.plan).unwrap();
        prop_assert_eq!((program.compiled(), program.side_by_side()), (7, 2));
        naive_agrees(&set, &submission);
    }

    #[test]
    fn a_generated_set_gives_the_points_of_a_naive_evaluator(
        leaves in prop::collection::vec(drawn::leaf(), 1..12),
        numbers in prop::collection::vec(number(), 23),
    ) {
        let set = drawn::set(&leaves);
        let submission = stated(&set, &numbers.into_iter().map(Some).collect::<Vec<_>>());
        agree(&set, &submission);
        naive_agrees(&set, &submission);
    }

    #[test]
    fn one_sheet_laid_over_another_leaves_nothing_of_it(
        leaves in prop::collection::vec(drawn::leaf(), 1..12),
        first in prop::collection::vec(prop::option::weighted(0.8, number()), 23),
        second in prop::collection::vec(prop::option::weighted(0.8, number()), 23),
    ) {
        let set = drawn::set(&leaves);
        let program = Program::compile(&set.plan).unwrap();
        let (first, second) = (stated(&set, &first), stated(&set, &second));
        let mut sheet = program.sheet(&first, &Context::default());
        let mut scores = Scores::default();
        program.score(&sheet, &mut scores);
        program.lay_all(&mut sheet, &second, &Context::default());
        program.score(&sheet, &mut scores);
        let fresh = program.sheet(&second, &Context::default());
        let mut anew = Scores::default();
        program.score(&fresh, &mut anew);
        for at in 0..scores.len() {
            prop_assert_eq!(scores.outcome(at), anew.outcome(at));
        }
    }

    #[test]
    fn what_is_missing_stays_with_the_exact_way(
        numbers in prop::collection::vec(prop::option::weighted(0.8, number()), 13),
    ) {
        let set = every_form();
        agree(&set, &stated(&set, &numbers));
    }
}

#[test]
fn on_every_shipped_set_the_quick_way_is_the_exact_way() {
    for (path, text) in shipped() {
        if text.contains("khung: ") {
            continue;
        }
        let set = set(&path.display().to_string(), &text);
        if Program::compile(&set.plan).is_none() {
            continue;
        }
        for number in 0..24 {
            for gaps in [Gaps::None, Gaps::Few] {
                agree(&set, &sample(set.plan.ruleset(), "Đơn vị", 7, number, gaps));
            }
        }
    }
}

#[test]
fn the_province_set_is_compiled_but_for_what_comes_from_elsewhere() {
    let set = crate::support::shipped_set("vn/par-index/tinh/2022.tieuchi");
    let program = Program::compile(&set.plan).unwrap();
    let elsewhere = set.plan.ruleset().leaves().filter(|(_, _, leaf)| leaf.has_derived());
    assert_eq!(elsewhere.count(), 12);
    assert!(program.compiled() >= 87 - 12);
}

#[test]
fn a_sum_that_lies_on_a_half_is_rounded_exactly() {
    // 2 · 1/3 + 1/6 of a point is 5/6 of 2 points: no whole step of the filter, and never on a half; 0.625 of 3 is.
    let set = with_header(
        "8 điểm",
        USUAL,
        "tiêu chí 1 \"Tỷ lệ\": 8 điểm
  số liệu a \"Tổng\": số đếm, ít nhất 1
  số liệu b \"Đã làm\": số đếm, không quá a
  chấm theo tỷ lệ b / a: tỷ lệ thuận
  ví dụ b = 1; a = 1: 8 điểm",
    );
    let (id, _) = set.plan.ruleset().by_code("1").unwrap();
    for (b, a, percent) in
        [(5, 24, "20.83"), (1, 3, "33.33"), (2, 3, "66.67"), (12345, 100_000, "12.35"), (1, 800, "0.13")]
    {
        let figures = BTreeMap::from([
            (FigureId(0), Value::Number(Ratio::from(a))),
            (FigureId(1), Value::Number(Ratio::from(b))),
        ]);
        let entry = Entry { stated: Stated::Figures(figures), evidence: Vec::new(), note: None, explained: None };
        let leaves = BTreeMap::from([(id, BTreeMap::from([(Track::SelfScore, entry)]))]);
        let submission = Submission { unit: "x".to_owned(), leaves, ..Submission::default() };
        agree(&set, &submission);
        let program = Program::compile(&set.plan).unwrap();
        let sheet = program.sheet(&submission, &Context::default());
        let mut scores = Scores::default();
        program.score(&sheet, &mut scores);
        let share = program.index(&scores).rounded_share();
        assert_eq!((&share * &Ratio::from(100)).fixed(2, tieuchi::number::DecimalMark::Point), percent);
        assert!(BigRational::one() >= big(&share));
        assert!(matches!(scores.outcome(0), Some(Outcome::Points(points)) if points <= Points::new(Ratio::from(8))));
    }
}
