//! Deadlines by the clock and by working days: sheets, explanations, the appendix.

use tieuchi::report;

use crate::support::{Set, USUAL, with_header};

fn clock() -> Set {
    with_header(
        "1 điểm",
        USUAL,
        r#"
tiêu chí 1 "Gửi báo cáo": 1 điểm
  số liệu gửi_lúc "Thời điểm gửi": ngày giờ
  chấm theo thời hạn gửi_lúc, hạn 17:00 ngày 20/10/2021
    đúng hạn: tối đa
    muộn không quá 2 giờ: 0,75 điểm
    muộn không quá 1 ngày: 0,5 điểm
    muộn trên 1 ngày: 0 điểm
    không thực hiện: 0 điểm
"#,
    )
}

fn working() -> Set {
    let settings =
        format!("  tuần làm việc: thứ hai đến hết thứ sáu\n  ngày nghỉ: từ 31/01/2022 đến hết 04/02/2022\n{USUAL}");
    with_header(
        "1 điểm",
        &settings,
        r#"
tiêu chí 1 "Ban hành kế hoạch": 1 điểm
  số liệu ngày_kh "Ngày ban hành": ngày
  chấm theo thời hạn ngày_kh, hạn hết 28/01/2022
    đúng hạn: tối đa
    muộn không quá 2 ngày làm việc: 0,5 điểm
    muộn trên 2 ngày làm việc: 0 điểm
    không thực hiện: 0 điểm
"#,
    )
}

fn score(set: &Set, figure: &str, value: &str) -> Option<String> {
    let card = set.score(&format!("{{\"1\": {{\"self\": {{\"figures\": {{\"{figure}\": {value}}}}}}}}}"));
    set.points(&card, "1")
}

#[test]
fn the_clock_is_read_to_the_second_in_every_usual_form() {
    let set = clock();
    let points = |value: &str| score(&set, "gửi_lúc", value).unwrap();
    assert_eq!(points("\"2021-10-20T17:00\""), "1");
    assert_eq!(points("\"17:00:01 ngày 20/10/2021\""), "0,75");
    assert_eq!(points("\"20/10/2021 19:00\""), "0,75");
    assert_eq!(points("\"19h01 20/10/2021\""), "0,5");
    assert_eq!(points("\"không\""), "0");
    assert_eq!(points("false"), "0");
}

#[test]
fn a_late_report_is_explained_by_the_clock() {
    let set = clock();
    let card = set.score(r#"{"1": {"self": {"figures": {"gửi_lúc": "17:30 ngày 20/10/2021"}}}}"#);
    let told = report::explain(&set.context(), &card, None);
    assert!(
        told.contains("17:30 ngày 20/10/2021 − 17:00 ngày 20/10/2021 = 30 phút, muộn không quá 2 giờ: 0,75 điểm"),
        "{told}"
    );
    assert!(told.contains("lên 1 điểm: tại 17:00 ngày 20/10/2021"), "{told}");
    let appendix = report::appendix(&set.context(), None);
    assert!(appendix.contains("gửi_lúc, hạn 17:00 ngày 20/10/2021:"), "{appendix}");
    assert!(appendix.contains("muộn không quá 2 giờ: 0,75 điểm"), "{appendix}");
}

#[test]
fn working_days_are_told_as_they_were_counted() {
    let set = working();
    let card = set.score(r#"{"1": {"self": {"figures": {"ngày_kh": "08/02/2022"}}}}"#);
    let told = report::explain(&set.context(), &card, None);
    assert!(told.contains("= 2 ngày làm việc, muộn không quá 2 ngày làm việc: 0,5 điểm"), "{told}");
    assert!(told.contains("xuống 0 điểm: qua mốc 08/02/2022"), "{told}");
    assert_eq!(score(&set, "ngày_kh", "\"09/02/2022\"").unwrap(), "0");
    let appendix = report::appendix(&set.context(), None);
    assert!(appendix.contains("muộn trên 2 ngày làm việc: 0 điểm"), "{appendix}");
}

#[test]
fn a_sample_keeps_times_within_their_bounds_and_reads_back() {
    let set = clock();
    let rules = set.plan.ruleset();
    for number in 0..50 {
        let made = tieuchi::submission::sample(rules, "Tỉnh mẫu", 7, number, tieuchi::submission::Gaps::None);
        let json = tieuchi::wire::to_json(rules, &made);
        assert_eq!(set.submissions("x.json", &json)[0].leaves, made.leaves, "{json}");
    }
}
