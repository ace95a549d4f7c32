//! Edges that no example stands on are told: of bands, of conditions, of scripts.

use tieuchi::trial;

use crate::support::set;

const PRELUDE: &str = include_str!("../spec/prelude.vi.tieuchi");

/// The conditions whose edges no example of a leaf with this rule stands on.
fn untried(rule: &str, examples: &[&str]) -> Vec<String> {
    let examples = format!("  ví dụ {}\n", examples.join("\n  ví dụ "));
    let text = format!(
        "{}\nlĩnh vực 1 \"L\": 2 điểm\n\ntiêu chí 1.1 \"T\": 2 điểm\n  số liệu n \"N\": số đếm, không quá 100\n{rule}\n{examples}",
        PRELUDE.replace("100 điểm", "2 điểm")
    );
    let trial = trial::run(&set("edges.tieuchi", &text).plan, &trial::Sheets::new());
    trial.unexercised.iter().map(|edge| text[edge.line.range()].to_owned()).collect()
}

#[test]
fn a_condition_of_a_script_wants_an_example_at_its_edge() {
    let script = "  chấm theo kịch bản\n  ```\n  let few = n / 10;\n  if few <= 3 { 2 } else if n > 50 { 0 } else { 1 + 1 / (n + 1) }\n  ```";
    assert_eq!(untried(script, &["n = 10: 2 điểm", "n = 60: 0 điểm"]), ["few <= 3", "n > 50"]);
    assert_eq!(untried(script, &["n = 30: 2 điểm", "n = 60: 0 điểm"]), ["n > 50"]);
    assert!(untried(script, &["n = 30: 2 điểm", "n = 51: 0 điểm"]).is_empty());
}

#[test]
fn an_edge_behind_the_line_that_decided_is_not_tried() {
    let ladder = "  chấm theo điều kiện\n    khi n >= 9: tối đa\n    khi n >= 4: 1 điểm\n    còn lại: 0 điểm";
    assert_eq!(untried(ladder, &["n = 9: 2 điểm"]).len(), 1);
    assert!(untried(ladder, &["n = 9: 2 điểm", "n = 4: 1 điểm"]).is_empty());
    let sum = "  chấm theo danh mục\n    đạt khi n >= 9: 1 điểm\n    đạt khi n < 4: 1 điểm";
    assert_eq!(untried(sum, &["n = 9: 1 điểm"]).len(), 1);
    assert!(untried(sum, &["n = 9: 1 điểm", "n = 3: 1 điểm"]).is_empty());
}

#[test]
fn an_edge_that_no_case_takes_is_not_asked_for() {
    let bands = "  chấm theo số lượng n\n    từ 10 trở lên: tối đa\n    từ 5 đến dưới 10: 1 điểm\n    dưới 5: 0 điểm";
    assert_eq!(untried(bands, &["n = 7: 1 điểm"]), ["từ 10 trở lên", "từ 5 đến dưới 10"]);
    // Lines that take every value: nobody can stand on an edge, and the bands are told to be taken.
    let all = format!("{bands}\n  không phát sinh khi n < 6: 1 điểm\n  không phát sinh khi n >= 6: 2 điểm");
    assert!(untried(&all, &["n = 7: 2 điểm"]).is_empty());
}
