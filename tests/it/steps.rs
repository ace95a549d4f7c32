//! The steps of a round: what the unit scored itself, and points that are not final while an explanation is waited for.

use tieuchi::engine::{Context, Status};
use tieuchi::number::DecimalMark;
use tieuchi::wire;

use crate::quick;
use crate::support::{Set, USUAL, with_header};

fn steps() -> Set {
    with_header(
        "10 điểm",
        &format!("{USUAL}\n  cách chấm: tự chấm; thẩm định lần 1; giải trình; thẩm định lần 2"),
        "tiêu chí a \"A\": 4 điểm
  số liệu m \"M\": số đếm, không quá 4
  chấm theo công thức m * tối_đa / 4
tiêu chí b \"B\": 4 điểm
  số liệu m \"M\": số đếm, không quá 4
  chấm theo công thức m * tối_đa / 4
tiêu chí c \"C\": 2 điểm, chỉ thẩm định
  số liệu m \"M\": số đếm, không quá 2
  chấm theo công thức m * tối_đa / 2",
    )
}

fn stated(count: u32) -> String {
    format!("{{\"figures\": {{\"m\": {count}}}}}")
}

/// `b` as it was explained; `a` and `c` are settled at 3 and 2, the unit gave itself 4 and 4.
fn with_b(explanation: &str) -> String {
    let (four, three, two) = (stated(4), stated(3), stated(2));
    format!(
        "{{\"a\": {{\"self\": {four}, \"appraisal 1\": {three}}},
          \"b\": {{\"self\": {four}, \"appraisal 1\": {two}{explanation}}},
          \"c\": {{\"appraisal 1\": {two}}}}}"
    )
}

#[test]
fn what_is_waited_for_is_not_final_and_what_is_settled_is() {
    let set = steps();
    let again = format!(", \"explanation\": {{\"state\": \"awaited\"}}, \"appraisal 2\": {}", stated(0));
    let cases = [
        ("", Some("7")),
        (", \"explanation\": {\"state\": \"lapsed\"}", Some("7")),
        (", \"explanation\": {\"reason\": \"Đã gửi văn bản\"}", Some("7")),
        (", \"explanation\": {\"state\": \"awaited\"}", None),
        (", \"explanation\": {\"state\": \"given\"}", None),
        (again.as_str(), Some("5")),
    ];
    for (explanation, expected) in cases {
        let card = set.score(&with_b(explanation));
        let total = &card.index.total;
        let shown = (!total.provisional).then(|| total.exact.exact(DecimalMark::Comma));
        assert_eq!(shown.as_deref(), expected, "{explanation}");
        if expected.is_none() {
            // 3 and 2 are settled; what is waited for may yet become 0 or 4.
            let bounds = [&total.exact, &total.lower, &total.upper].map(|points| points.exact(DecimalMark::Comma));
            assert_eq!(bounds, ["7", "5", "9"], "{explanation}");
            assert!(matches!(card.leaves[1].last.status, Status::Awaiting { .. }));
        }
    }
}

#[test]
fn what_is_waited_for_is_waited_for_behind_a_closed_gate_too() {
    let set = with_header(
        "2 điểm",
        &format!("{USUAL}\n  cách chấm: tự chấm; thẩm định lần 1; giải trình; thẩm định lần 2"),
        "tiêu chí a \"A\": 1 điểm
  số liệu m \"M\": số đếm, không quá 1
  chấm theo công thức m * tối_đa
tiêu chí b \"B\": 1 điểm
  số liệu m \"M\": số đếm, không quá 1
  chấm theo công thức m * tối_đa
  chỉ chấm khi điểm của a > 0; nếu không: 0 điểm",
    );
    let of_b = |more: &str| {
        let none = stated(0);
        let given = "\"explanation\": {\"state\": \"given\"}";
        set.score(&format!("{{\"a\": {{\"self\": {none}}}, \"b\": {{\"self\": {}, {given}{more}}}}}", stated(1)))
    };
    let open = of_b("");
    assert!(matches!(open.leaves[1].last.status, Status::Awaiting { .. }), "{:?}", open.leaves[1].last);
    let (lower, upper) = (&open.index.lower_share, &open.index.upper_share);
    // The second appraisal may set points in place of the rule, whatever the gate says.
    let settled = of_b(", \"appraisal 2\": {\"points\": 0.5, \"reason\": \"Đã giải trình\"}").index;
    assert!(!settled.total.provisional && *lower <= settled.share && settled.share <= *upper, "{open:?}");
}

#[test]
fn the_own_score_is_over_what_the_unit_scores_itself() {
    let set = steps();
    let card = set.score(&with_b(""));
    let own = card.index.own.as_ref().unwrap();
    assert_eq!(own.total.exact.exact(DecimalMark::Comma), "8");
    assert_eq!(own.total.maximum.exact(DecimalMark::Comma), "8");
    assert_eq!(own.counted.as_ref().unwrap().exact.exact(DecimalMark::Comma), "5");
    assert!(own.missing.is_empty());
    let card = set.score(&format!("{{\"a\": {{\"self\": {}}}}}", stated(4)));
    let own = card.index.own.as_ref().unwrap();
    let missing: Vec<&str> = own.missing.iter().map(|&id| set.plan.ruleset().head(id).unwrap().code.as_str()).collect();
    assert_eq!(missing, ["b"]);
    // Nobody scored itself: nothing to say.
    assert!(set.score(&format!("{{\"a\": {{\"appraisal 1\": {}}}}}", stated(4))).index.own.is_none());
}

#[test]
fn a_sheet_that_waits_is_written_as_it_was_read_and_goes_the_exact_way() {
    let set = steps();
    let text = |leaves: String| {
        let ruleset = set.plan.ruleset();
        let (path, year) = (&ruleset.path, ruleset.year);
        format!("{{\"ruleset\": \"{path}\", \"year\": {year}, \"unit\": \"Đơn vị thử\", \"leaves\": {leaves}}}")
    };
    for state in ["awaited", "given", "lapsed"] {
        let leaves = with_b(&format!(", \"explanation\": {{\"state\": \"{state}\"}}"));
        let read = set.submissions("thử.json", &text(leaves)).remove(0);
        let written = wire::to_json(set.plan.ruleset(), &read);
        assert!(written.contains(state), "{written}");
        assert_eq!(set.submissions("lại.json", &written).remove(0), read);
        quick::agree(&set, &read);
        let card = set.plan.evaluate(&read, &Context::default());
        let json = wire::write(&wire::Scorecard::new(&set.context(), &card, None));
        let status = if state == "lapsed" { "scored" } else { "awaiting" };
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["leaves"][1]["last"]["status"], status, "{json}");
        assert_eq!(json["index"]["own"]["percent"]["rounded"], "100.00", "{json}");
    }
}
