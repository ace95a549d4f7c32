//! Points per case, by choice and by deadline, as they are explained.

use tieuchi::report;

use crate::support::{Set, USUAL, with_header};

fn told(body: &str, figures: &str) -> (Option<String>, String) {
    let set: Set = with_header("1 điểm", USUAL, body);
    let card = set.score(&format!("{{\"1\": {{\"self\": {{\"figures\": {figures}}}}}}}"));
    (set.points(&card, "1"), report::explain(&set.context(), &card, None))
}

#[track_caller]
fn says(body: &str, figures: &str, points: Option<&str>, words: &[&str]) {
    let (scored, text) = told(body, figures);
    assert_eq!(scored.as_deref(), points, "{text}");
    for words in words {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

const ADDED: &str = "tiêu chí 1 \"Quy chế\": 1 điểm
  số liệu quy_chế \"Số quy chế\": số đếm
  chấm theo từng trường hợp
    mỗi quy_chế: cộng 0,5 điểm
  ví dụ quy_chế = 1: 0,5 điểm";

#[test]
fn cases_above_the_maximum_are_cut_and_told() {
    says(ADDED, r#"{"quy_chế": 3}"#, Some("1"), &["3 × 0,5 = 1,5, hạ xuống tối đa 1"]);
    says(ADDED, r#"{"quy_chế": 1}"#, Some("0,5"), &["lên 1 điểm: thêm 1 (quy_chế), tại 2"]);
}

const TAKEN: &str = "tiêu chí 1 \"Hồ sơ quá hạn\": 1 điểm
  số liệu hồ_sơ \"Số hồ sơ quá hạn\": số đếm
  chấm theo từng trường hợp, bắt đầu từ tối đa
    mỗi 5 hồ_sơ: trừ 0,1 điểm
  ví dụ hồ_sơ = 5: 0,9 điểm";

#[test]
fn only_whole_steps_take_away() {
    let words = ["1 − làm_tròn_xuống(12/5) × 0,1 = 0,8", "lên 0,9 điểm: bớt 3 (hồ_sơ), tại 9"];
    says(TAKEN, r#"{"hồ_sơ": 12}"#, Some("0,8"), &words);
    says(TAKEN, r#"{"hồ_sơ": 60}"#, Some("0"), &["nâng lên mức thấp nhất 0"]);
}

const CHOSEN: &str = "tiêu chí 1 \"Mức độ\": 1 điểm
  số liệu mức_độ \"Mức đạt\": lựa chọn \"tốt\"; \"kém\"
  chấm theo lựa chọn mức_độ
    chọn \"tốt\": tối đa
    chọn \"kém\": 25% tối đa
  ví dụ mức_độ = \"tốt\": tối đa";

#[test]
fn a_choice_says_what_was_chosen() {
    says(CHOSEN, r#"{"mức_độ": "kém"}"#, Some("0,25"), &["mức_độ = \"kém\": 1 × 25% = 0,25"]);
}

const DUE: &str = "tiêu chí 1 \"Kế hoạch\": 1 điểm
  số liệu ngày_kh \"Ngày ban hành\": ngày
  chấm theo thời hạn ngày_kh, hạn hết 31/01/2022
    đúng hạn: tối đa
    muộn không quá 15 ngày: 50% tối đa
    muộn trên 15 ngày: 0,25 điểm
    không thực hiện: 0 điểm
  ví dụ ngày_kh = không: 0 điểm";

#[test]
fn a_deadline_says_how_late_and_what_the_day_was() {
    let words = ["= 12 ngày, muộn không quá 15 ngày", "lên 1 điểm: tại 31/01/2022", "qua mốc 15/02/2022"];
    says(DUE, r#"{"ngày_kh": "12/02/2022"}"#, Some("0,5"), &words);
}

#[test]
fn never_done_is_not_missing() {
    says(DUE, r#"{"ngày_kh": false}"#, Some("0"), &["ngày_kh = không: 0 điểm"]);
    says(DUE, r#"{"ngày_kh": "không"}"#, Some("0"), &["ngày_kh = không: 0 điểm"]);
    says(DUE, "{}", None, &["chưa trả lời"]);
}
