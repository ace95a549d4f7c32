//! The round: names of levels on outputs, submission in time or late, texts beside the decision.

use tieuchi::diagnostic::Language;
use tieuchi::engine::Context;
use tieuchi::language::tree::Moment;
use tieuchi::language::{moment, moment_text};
use tieuchi::{analysis, report, wire};

use crate::support::{Set, USUAL, set, with_header};

const BODY: &str = r#"
lĩnh vực 1 "Chỉ đạo": 1 điểm
tiêu chí 1.1 "Ban hành kế hoạch": 1 điểm
  số liệu a "Đã ban hành": có/không
  chấm theo điều kiện
    khi a = có: tối đa
    còn lại: 0 điểm
"#;

fn round() -> Set {
    let settings = format!(
        "  tên gọi: lĩnh vực \"Nội dung\"\n  kỳ đánh giá: từ 01/01/2021 đến hết 31/12/2021\n  hạn nộp: 17:00 ngày 20/10/2021\n  \
         dẫn chiếu: \"Văn bản A\", áp dụng văn bản sửa đổi\n  hướng dẫn: \"383/BNV-CCHC\", ngày 28/01/2021\n{USUAL}"
    );
    with_header("1 điểm", &settings, BODY)
}

fn sheet(submitted: &str) -> String {
    format!(
        "{{\"ruleset\": \"thử/nghiệm\", \"year\": 2022, \"unit\": \"Tỉnh mẫu\", \"submitted\": \"{submitted}\", \
         \"leaves\": {{\"1.1\": {{\"self\": {{\"figures\": {{\"a\": true}}}}}}}}}}"
    )
}

#[test]
fn outputs_call_a_level_by_the_name_that_the_set_gives_it() {
    let set = round();
    let context = set.context();
    let card = set.score(r#"{"1.1": {"self": {"figures": {"a": true}}}}"#);
    let appendix = report::appendix(&context, None);
    assert!(appendix.contains("Nội dung 1") && appendix.contains("Nội dung, tiêu chí, thành phần"), "{appendix}");
    assert!(report::scorecard(&context, &card).contains("Nội dung 1"));
    let ranking = analysis::ranking::rank(set.plan.ruleset(), vec![card]);
    assert!(report::ranking(&context, &ranking).contains("Nội dung 1"));
}

#[test]
fn the_appendix_names_the_period_the_day_and_the_texts_beside_the_decision() {
    let set = round();
    let appendix = report::appendix(&set.context(), None);
    for line in [
        "kỳ đánh giá: từ 01/01/2021 đến hết 31/12/2021\n",
        "hạn nộp: 17:00 ngày 20/10/2021, giờ chính thức của địa phương\n",
        "dẫn chiếu: Văn bản A, và các văn bản sửa đổi, thay thế\n",
        "hướng dẫn: 383/BNV-CCHC, 28/01/2021\n",
    ] {
        assert!(appendix.contains(line), "{line}{appendix}");
    }
    let wire = wire::Appendix::new(set.plan.ruleset(), &set.sources, (Vec::new(), Vec::new()), None);
    let json = serde_json::to_value(wire).unwrap();
    assert_eq!(json["submit_by"], "17:00 on 20/10/2021");
    assert_eq!(json["period"][1], "31/12/2021");
    assert_eq!(json["refers_to"][0]["as_amended"], true);
    assert_eq!(json["guidance"][0]["dated"], "28/01/2021");
    assert_eq!(json["level_names"][0]["name"], "Nội dung");
}

#[test]
fn a_late_sheet_is_scored_and_every_output_says_how_late() {
    let set = round();
    let text = sheet("17:30 ngày 21/10/2021");
    let mut sources = set.sources.clone();
    let id = sources.add("x.json", text.clone());
    let loaded = tieuchi::import::load(set.plan.ruleset(), id, &text, tieuchi::import::Format::Json);
    let told: Vec<&str> = loaded.diagnostics.iter().map(tieuchi::diagnostic::Diagnostic::code).collect();
    assert_eq!(told, ["submitted-late"]);
    let card = set.plan.evaluate(&loaded.submissions[0], &Context::default());
    let context = set.context();
    assert!(report::scorecard(&context, &card).contains("MUỘN 1 ngày 30 phút (hạn 17:00 ngày 20/10/2021)"));
    assert!(report::explain(&context, &card, None).contains("MUỘN 1 ngày 30 phút"));
    let json = serde_json::to_value(wire::Scorecard::new(&context, &card, None)).unwrap();
    assert_eq!(json["submitted"]["seconds_late"], 88_200);
    let ranking = analysis::ranking::rank(set.plan.ruleset(), vec![card]);
    assert!(report::ranking(&context, &ranking).contains("! nộp muộn: Tỉnh mẫu, 1 ngày 30 phút"));
    let back = wire::to_json(set.plan.ruleset(), &loaded.submissions[0]);
    assert!(back.contains("\"submitted\": \"17:30 on 21/10/2021\""), "{back}");
}

#[test]
fn the_stated_minute_is_in_time_and_the_midnight_that_ends_a_day_is_not() {
    let at = |text| moment(text).unwrap();
    let day = i32::try_from(at("00:00 20/10/2021") / 86_400).unwrap();
    let minute = Moment { day, minute: Some(17 * 60) };
    assert_eq!(minute.late(at("17:00 ngày 20/10/2021")), None);
    assert_eq!(minute.late(at("2021-10-20T17:00:01")), Some(1));
    let end = Moment { day, minute: None };
    assert_eq!(end.late(at("20/10/2021 23:59:59")), None);
    assert_eq!(end.late(at("2021-10-21 00:00")), Some(0));
}

#[test]
fn a_time_is_read_as_written_and_nothing_else_is() {
    for text in
        ["17:00 ngày 20/10/2021", "17h00 20/10/2021", "17h ngày 20/10/2021", "2021-10-20T17:00", "17:00 on 20/10/2021"]
    {
        assert_eq!(moment_text(moment(text).unwrap(), Language::Vietnamese), "17:00 ngày 20/10/2021", "{text}");
    }
    for text in [
        "20/10/2021",
        "17:00",
        "24:00 20/10/2021",
        "17:60 20/10/2021",
        "2021-10-20T17:00Z",
        "2021-10-20T17:00+07:00",
        "",
        // A year of two digits, or with a nought before it, is nobody's to guess; nor is an hour of three digits.
        "17:00 ngày 20/10/21",
        "21-10-20T17:00",
        "17:00 20/10/0021",
        "17:00 20/10/20211",
        "17:00 20/10/2021/1",
        "017:00 20/10/2021",
        "+7:00 20/10/2021",
        "17:5 20/10/2021",
        "17: 20/10/2021",
        "17:00:5 20/10/2021",
        "17:00 +20/10/2021",
    ] {
        assert_eq!(moment(text), None, "{text}");
    }
}

#[test]
fn a_year_that_cannot_be_meant_is_never_in_time() {
    let set = round();
    for (submitted, code) in [
        ("17:00 ngày 20/10/21", "bad-value"),
        ("20/10/21 17:00", "bad-value"),
        ("17:00 ngày 20/10/2012", "stated-far-off"),
    ] {
        let text = sheet(submitted);
        let mut sources = set.sources.clone();
        let id = sources.add("x.json", text.clone());
        let loaded = tieuchi::import::load(set.plan.ruleset(), id, &text, tieuchi::import::Format::Json);
        let told: Vec<&str> = loaded.diagnostics.iter().map(tieuchi::diagnostic::Diagnostic::code).collect();
        assert_eq!(told, [code], "{submitted}");
    }
}

#[test]
fn a_table_has_a_column_for_the_time_of_submission() {
    let set = round();
    let read = set.submissions("x.csv", "đơn vị;nộp lúc;1.1:a\nTỉnh A;20/10/2021 08:00;có\nTỉnh B;;không\n");
    assert!(read[0].submitted.is_some() && read[1].submitted.is_none());
    let card = set.plan.evaluate(&read[1], &Context::default());
    assert!(report::scorecard(&set.context(), &card).contains("hồ sơ không ghi thời điểm; hạn 17:00 ngày 20/10/2021"));
}

#[test]
fn a_set_without_a_day_of_submission_prints_nothing_about_it() {
    let set = set("thử.tieuchi", &std::fs::read_to_string("rulesets/vn/par-index/tinh/2022.tieuchi").unwrap());
    let card = set.score("{}");
    assert!(!report::scorecard(&set.context(), &card).contains("Nộp:"));
}
