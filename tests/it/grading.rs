//! Grades: cuts, cuts at the mean of the round, ceilings; exact, and told.

use tieuchi::analysis::standing::Standing;
use tieuchi::engine::{Context, Scorecard};
use tieuchi::{analysis, report, wire};

use crate::support::{Set, USUAL, with_header};

const BODY: &str = r#"
lĩnh vực 1 "Một": 60 điểm
tiêu chí 1.1 "Một": 60 điểm
  số liệu a "Tỷ lệ": tỷ lệ, không quá 100%
  chấm theo tỷ lệ a: tỷ lệ thuận

lĩnh vực 2 "Hai": 40 điểm
tiêu chí 2.1 "Hai": 40 điểm
  số liệu a "Tỷ lệ": tỷ lệ, không quá 100%
  chấm theo tỷ lệ a: tỷ lệ thuận
"#;

fn graded(grades: &str) -> Set {
    with_header("100 điểm", &format!("{grades}\n{USUAL}"), BODY)
}

fn cards(set: &Set, table: &str) -> Vec<Scorecard> {
    let read = set.submissions("x.csv", &format!("unit;1.1:a;2.1:a\n{table}"));
    read.iter().map(|one| set.plan.evaluate(one, &Context::default())).collect()
}

#[test]
fn a_ceiling_holds_a_grade_down_and_the_scorecard_says_which() {
    let set = graded(
        "  xếp loại: theo điểm chưa làm tròn; \"A\" từ 80%; \"B\" từ 60%; \"C\" còn lại\n  xếp loại: không quá \"B\" khi lĩnh vực 2 dưới 70%\n  xếp loại: không quá \"C\" khi tiêu chí 2.1 dưới 50%",
    );
    let cards = cards(&set, "X;100%;60%\nY;100%;70%\nZ;100%;49,5%\n");
    let grade = |card: &Scorecard| card.index.grading.name.clone().unwrap();
    assert_eq!(cards.iter().map(grade).collect::<Vec<_>>(), ["B", "A", "C"]);
    let told = report::scorecard(&set.context(), &cards[0]);
    assert!(told.contains("xếp loại B (đủ điểm loại A, bị hạ vì lĩnh vực 2 đạt 60,00%, dưới 70%)"), "{told}");
    let third = report::scorecard(&set.context(), &cards[2]);
    assert!(third.contains("xếp loại C (đủ điểm loại B, bị hạ vì tiêu chí 2.1 đạt 49,50%, dưới 50%)"), "{third}");
    let json = serde_json::to_value(wire::Scorecard::new(&set.context(), &cards[0], None)).unwrap();
    assert_eq!(json["index"]["held_down"]["grade_without"], "A");
    assert_eq!(json["index"]["held_down"]["percent"], "60");
    let appendix = report::appendix(&set.context(), None);
    assert!(appendix.contains("xếp loại: không quá B khi lĩnh vực 2 dưới 70%\n"), "{appendix}");
}

#[test]
fn a_cut_at_the_mean_is_known_in_the_ranking_only_and_exactly() {
    let set = graded("  xếp loại: theo điểm chưa làm tròn; \"A\" từ trung bình chung; \"B\" còn lại");
    // The shares are 1/3 of a percent apart: the mean of 50, 60 and 70 % is exactly 60 %.
    let cards = cards(&set, "X;50%;50%\nY;60%;60%\nZ;70%;70%\n");
    assert!(cards[1].index.grading.awaits_mean && cards[1].index.grading.name.is_none());
    let alone = report::scorecard(&set.context(), &cards[1]);
    assert!(alone.contains("chưa xếp loại: loại A lấy từ trung bình chung của cả đợt"), "{alone}");
    let ranking = analysis::ranking::rank(set.plan.ruleset(), cards);
    let grades: Vec<_> = ranking.rows.iter().map(|row| row.card.index.grading.name.clone().unwrap()).collect();
    assert_eq!(grades, ["A", "A", "B"]);
    let table = report::ranking(&set.context(), &ranking);
    assert!(table.contains("trung bình chung: 60,00%\n"), "{table}");
}

#[test]
fn a_provisional_unit_counts_for_no_mean_and_has_no_grade() {
    let set = graded("  xếp loại: theo điểm chưa làm tròn; \"A\" từ trung bình chung; \"B\" còn lại");
    let ranking = analysis::ranking::rank(set.plan.ruleset(), cards(&set, "X;50%;50%\nY;60%;60%\nZ;;100%\n"));
    assert_eq!(ranking.mean, tieuchi::number::Ratio::new(55, 100));
    assert!(ranking.rows[2].card.index.grading.name.is_none());
}

#[test]
fn a_cut_above_the_mean_is_decided_without_it() {
    let set = graded("  xếp loại: theo điểm chưa làm tròn; \"A\" từ 90%; \"B\" từ trung bình chung; \"C\" còn lại");
    let cards = cards(&set, "X;95%;95%\nY;80%;80%\n");
    assert_eq!(cards[0].index.grading.name.as_deref(), Some("A"));
    assert!(cards[1].index.grading.awaits_mean);
}

#[test]
fn a_ceiling_on_a_head_that_left_the_scale_does_not_hold() {
    let body = BODY.replace(
        "  chấm theo tỷ lệ a: tỷ lệ thuận\n",
        "  chấm theo tỷ lệ a: tỷ lệ thuận\n  không phát sinh khi a = 0%: loại khỏi thang điểm\n",
    );
    let settings = format!(
        "  xếp loại: theo điểm chưa làm tròn; \"A\" từ 80%; \"B\" còn lại\n  xếp loại: không quá \"B\" khi lĩnh vực 2 dưới 70%\n{USUAL}"
    );
    let set = with_header("100 điểm", &settings, &body);
    assert_eq!(cards(&set, "X;100%;0%\n")[0].index.grading.name.as_deref(), Some("A"));
}

#[test]
fn every_ceiling_that_holds_at_the_same_grade_is_named() {
    let set = graded(
        "  xếp loại: theo điểm chưa làm tròn; \"A\" từ 80%; \"B\" từ 60%; \"C\" còn lại\n  xếp loại: không quá \"B\" khi lĩnh vực 2 dưới 70%\n  xếp loại: không quá \"C\" khi tiêu chí 2.1 dưới 65%\n  xếp loại: không quá \"C\" khi lĩnh vực 2 dưới 61%",
    );
    let card = &cards(&set, "X;100%;60%\n")[0];
    let told = report::scorecard(&set.context(), card);
    let because = "bị hạ vì tiêu chí 2.1 đạt 60,00%, dưới 65%, và lĩnh vực 2 đạt 60,00%, dưới 61%)";
    assert!(told.contains(because), "{told}");
    let json = serde_json::to_value(wire::Scorecard::new(&set.context(), card, None)).unwrap();
    let held = &json["index"]["held_down"];
    assert_eq!(held["head"], "2.1");
    assert_eq!(held["also"], serde_json::json!([{"head": "2", "percent": "60", "below_percent": "61"}]));
}

#[test]
fn a_grade_taken_at_more_digits_than_are_shown_says_so_where_they_disagree() {
    let set = with_header(
        "100 điểm",
        &format!(
            "  xếp loại: theo điểm đã làm tròn; \"A\" từ 90%; \"B\" còn lại\n{}",
            USUAL.replace("2 chữ số", "3 chữ số") + "\n  hiển thị: 2 chữ số"
        ),
        BODY,
    );
    let cards = cards(&set, "X;89,996%;89,996%\nY;90%;90%\nZ;89%;89%\n");
    let told: Vec<String> = cards.iter().map(|card| report::scorecard(&set.context(), card)).collect();
    assert!(told[0].contains("(90,00%); xếp loại B (lấy theo 89,996%, hiển thị là 90,00%)"), "{}", told[0]);
    assert!(told[1..].iter().all(|told| !told.contains("lấy theo")), "{told:#?}");
    let ranking = analysis::ranking::rank(set.plan.ruleset(), cards);
    let table = report::ranking(&set.context(), &ranking);
    assert!(table.contains("! X, loại B: lấy theo 89,996%, hiển thị là 90,00%\n"), "{table}");
}

#[test]
fn who_takes_no_place_cannot_fall_and_waits_for_no_places() {
    let set = graded(
        "  khối so \"Sở\"\n  khối tw \"Trung ương\": không xếp hạng\n  xếp loại: theo điểm chưa làm tròn; \"A\" từ trung bình chung; \"B\" từ 40%; \"C\" còn lại\n  xếp loại: hạ một mức khi tụt từ 2 bậc trở lên",
    );
    let read = set.submissions("x.csv", "unit;khối;1.1:a;2.1:a\nX;so;90%;90%\nY;tw;95%;95%\nZ;tw;50%;50%\n");
    let cards: Vec<Scorecard> = read.iter().map(|one| set.plan.evaluate(one, &Context::default())).collect();
    let ruleset = set.plan.ruleset();
    let mut standings: Vec<Standing> = cards.iter().map(|card| Standing::of_card(ruleset, card, 0)).collect();
    analysis::standing::place(ruleset, &mut standings);
    let grade = |standing: &Standing| standing.grade.map(|at| ruleset.grades[usize::from(at)].name.value.clone());
    let of_standings: Vec<_> = standings.iter().map(grade).collect();
    assert_eq!(of_standings, [None, Some("A".to_owned()), Some("B".to_owned())]);
    let ranking = analysis::ranking::rank(ruleset, cards);
    let of_rows: Vec<_> = ranking.rows.iter().map(|row| row.card.index.grading.name.clone()).collect();
    assert_eq!(of_rows, of_standings);
    assert_eq!(ranking.rows[0].card.index.grading.awaits_places.as_deref(), Some("A"));
}

#[test]
fn the_mean_of_units_whose_points_are_rounded_is_of_the_indices_that_are_printed() {
    let rounded = |line: &str| {
        let settings = format!("  {line}\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm đã làm tròn");
        with_header("3 điểm", &settings, "tiêu chí 1 \"A\": 3 điểm\n  chấm theo điểm nhập, do \"x\"")
    };
    let means = |set: &Set, table: &str| {
        let cards = set.submissions("x.csv", &format!("unit;1\n{table}"));
        let cards = cards.iter().map(|one| set.plan.evaluate(one, &Context::default())).collect();
        let ranking = analysis::ranking::rank(set.plan.ruleset(), cards);
        let shares: Vec<_> = ranking.rows.iter().map(|row| row.card.index.rounded_share.clone()).collect();
        (ranking.aggregates.all.mean.unwrap(), shares)
    };
    for line in ["làm tròn: từng tiêu chí, 1 chữ số, nửa lên", "làm tròn: lĩnh vực, 1 chữ số, nửa lên"]
    {
        let (mean, shares) = means(&rounded(line), "X;1,24\nY;1,24\nZ;1,15\n");
        assert!(shares.iter().all(|share| *share == mean), "{line}: {mean:?} {shares:?}");
    }
    // An index that is rounded itself is rounded once: the mean is of what it is before.
    let (mean, _) = means(&rounded("làm tròn: chỉ số, 0 chữ số, nửa lên"), "X;1,24\nY;1,23\n");
    assert_eq!(Some(mean), tieuchi::number::Ratio::new(1235, 3000));
}

const OUTSIDE: &str = r#"
tiêu chí 1 "Thẩm định": 100 điểm
  chấm theo điểm nhập, do "Hội đồng"

điểm thưởng 9 "Mô hình mới": 10 điểm
  chấm theo điểm nhập, do "Hội đồng"
"#;

fn before_outside(grades: &str) -> Set {
    with_header("100 điểm", &format!("  điểm thưởng: không quá 10 điểm\n  {grades}\n{USUAL}"), OUTSIDE)
}

#[test]
fn grades_before_bonus_and_penalty_look_at_the_scale_alone() {
    let set = before_outside("xếp loại: theo điểm đã làm tròn, trước thưởng phạt; \"A\" từ 90%; \"B\" còn lại");
    let card = |table: &str| {
        let read = set.submissions("x.csv", &format!("unit;1;9\n{table}"));
        set.plan.evaluate(&read[0], &Context::default())
    };
    let lifted = card("X;87;5\n");
    assert_eq!(lifted.index.grading.name.as_deref(), Some("B"));
    let told = report::scorecard(&set.context(), &lifted);
    assert!(told.contains("xếp loại B (lấy theo 87% trước thưởng, phạt; chỉ số là 92,00%)"), "{told}");
    let wire = serde_json::to_value(tieuchi::wire::Scorecard::new(&set.context(), &lifted, None)).unwrap();
    assert_eq!(wire["index"]["graded_percent"]["exact"], "87", "{}", wire["index"]);
    // Where both give one grade nothing is to say.
    let plain = report::scorecard(&set.context(), &card("X;90;5\n"));
    assert!(plain.contains("xếp loại A\n"), "{plain}");
    let appendix = report::appendix(&set.context(), None);
    assert!(appendix.contains("theo điểm đã làm tròn, trước thưởng phạt: A từ 90%"), "{appendix}");
}

#[test]
fn the_mean_that_cuts_is_of_what_grades_look_at_in_every_way_of_ranking() {
    let set = before_outside(
        "xếp loại: theo điểm chưa làm tròn, trước thưởng phạt; \"A\" từ trung bình chung; \"B\" còn lại",
    );
    // Before the bonus 80, 70, 60: the mean is 70; after it 80, 75, 70.
    let read = set.submissions("x.csv", "unit;1;9\nX;80;0\nY;70;5\nZ;60;10\n");
    let cards: Vec<Scorecard> = read.iter().map(|one| set.plan.evaluate(one, &Context::default())).collect();
    let ruleset = set.plan.ruleset();
    let mut standings: Vec<Standing> =
        cards.iter().zip(0u64..).map(|(card, number)| Standing::of_card(ruleset, card, number)).collect();
    analysis::standing::place(ruleset, &mut standings);
    let ranking = analysis::ranking::rank(ruleset, cards);
    assert_eq!(ranking.mean, tieuchi::number::Ratio::new(70, 100));
    let grades: Vec<_> = ranking.rows.iter().map(|row| row.card.index.grading.name.clone().unwrap()).collect();
    assert_eq!(grades, ["A", "A", "B"]);
    assert_eq!(standings.iter().map(|one| one.grade).collect::<Vec<_>>(), [Some(0), Some(0), Some(1)]);
}

#[test]
fn no_grade_before_bonus_says_what_it_looked_at() {
    let set =
        before_outside("xếp loại: theo điểm chưa làm tròn, trước thưởng phạt; \"A\" từ 90%; còn lại không xếp loại");
    let read = set.submissions("x.csv", "unit;1;9\nX;87;5\n");
    let card = set.plan.evaluate(&read[0], &Context::default());
    let told = report::scorecard(&set.context(), &card);
    let words = "không xếp loại: dưới mức thấp nhất (lấy theo 87% trước thưởng, phạt; chỉ số là 92,00%)";
    assert!(told.contains(words), "{told}");
    let ranking = analysis::ranking::rank(set.plan.ruleset(), vec![card]);
    let table = report::ranking(&set.context(), &ranking);
    assert!(table.contains("! X, không xếp loại: lấy theo 87% trước thưởng, phạt"), "{table}");
}

#[test]
fn a_cut_at_the_mean_says_what_it_is_the_mean_of() {
    let set = before_outside(
        "xếp loại: theo điểm chưa làm tròn, trước thưởng phạt; \"A\" từ trung bình chung; \"C\" còn lại",
    );
    // Both have 92; before the bonus 87 and 92, of which the mean is 89,5.
    let read = set.submissions("x.csv", "unit;1;9\nX;87;5\nY;92;0\n");
    let cards = read.iter().map(|one| set.plan.evaluate(one, &Context::default())).collect();
    let table = report::ranking(&set.context(), &analysis::ranking::rank(set.plan.ruleset(), cards));
    assert!(table.contains("trung bình chung, trước thưởng phạt: 89,50%"), "{table}");
    assert!(table.contains("! X, loại C: lấy theo 87% trước thưởng, phạt; chỉ số là 92,00%"), "{table}");
    assert!(!table.contains("! Y"), "{table}");
}

#[test]
fn a_ceiling_by_what_lies_outside_the_scale_may_hold() {
    // 100 of 100 and no bonus at all: A, held down to B.
    let set = with_header(
        "100 điểm",
        &format!(
            "  điểm thưởng: không quá 10 điểm\n  xếp loại: theo điểm chưa làm tròn, trước thưởng phạt; \"A\" từ 90%; \"B\" còn lại\n  xếp loại: không quá \"B\" khi tiêu chí 9 dưới 50%\n{USUAL}"
        ),
        OUTSIDE,
    );
    let read = set.submissions("x.csv", "unit;1;9\nX;100;0\n");
    let card = set.plan.evaluate(&read[0], &Context::default());
    assert_eq!(card.index.grading.name.as_deref(), Some("B"));
    assert!(card.index.grading.held.is_some());
}
