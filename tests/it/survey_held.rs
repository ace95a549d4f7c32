//! A year without a survey: what remains is rebased, the whole round alike.

use tieuchi::diagnostic::{Diagnostic, SourceMap};
use tieuchi::engine::Status;
use tieuchi::import::{self, Format};
use tieuchi::number::Ratio;
use tieuchi::report;

use crate::support::{Set, USUAL, with_header};

fn ward(effect: &str) -> Set {
    let settings = format!("  không tổ chức điều tra: {effect}\n{USUAL}");
    with_header(
        "100 điểm; thẩm định 70 điểm; điều tra 30 điểm, nếu có",
        &settings,
        "tiêu chí 1 \"Thẩm định\": 70 điểm
  chấm theo điểm nhập, do \"Phòng Nội vụ\"

tiêu chí 2 \"Hài lòng\": 30 điểm, điều tra
  chấm theo điểm nhập, do \"Phòng Nội vụ\"",
    )
}

fn sheet(unit: &str, held: &str) -> String {
    format!(r#"{{"unit": "{unit}", {held} "leaves": {{"1": {{"appraisal 1": {{"points": 60}}}}}}}}"#)
}

const NOT_HELD: &str = r#""survey held": false,"#;

#[test]
fn without_a_survey_what_remains_is_rebased() {
    let set = ward("quy về 100 điểm");
    let submission = &set.submissions("a.json", &sheet("Phường A", NOT_HELD))[0];
    let card = set.plan.evaluate(submission, &tieuchi::engine::Context::default());
    assert_eq!(card.index.share, Ratio::new(6, 7).unwrap());
    assert_eq!(card.leaves[1].last.status, Status::NotApplicable);
    let told = report::scorecard(&set.context(), &card);
    assert!(told.contains("60,00 / 70 (85,71%) → 85,71 / 100; không tổ chức điều tra"), "{told}");
}

#[test]
fn without_a_survey_a_set_may_leave_the_index_open() {
    let set = ward("chưa chấm");
    let submission = &set.submissions("a.json", &sheet("Phường A", NOT_HELD))[0];
    let card = set.plan.evaluate(submission, &tieuchi::engine::Context::default());
    assert!(card.index.total.provisional);
    assert_eq!(card.leaves[1].last.status, Status::Unscored);
}

#[test]
fn one_round_has_a_survey_or_has_none() {
    let set = ward("quy về 100 điểm");
    let text = format!("[{}, {}]", sheet("Phường A", NOT_HELD), sheet("Phường B", ""));
    let mut sources = SourceMap::new();
    let id = sources.add("a.json", text.clone());
    let loaded = import::load(set.plan.ruleset(), id, &text, Format::Json);
    assert_eq!(loaded.diagnostics.iter().map(Diagnostic::code).collect::<Vec<_>>(), ["survey-held"]);
}
