//! Questionnaires: exact estimates against an oracle of whole numbers, files of answers, samples, explanations.

use std::fs;

use proptest::prelude::*;
use tieuchi::diagnostic::{Diagnostic, SourceId, SourceMap};
use tieuchi::engine::Context;
use tieuchi::import::{self, Format};
use tieuchi::number::{DecimalMark, Ratio};
use tieuchi::ruleset::Ruleset;
use tieuchi::submission::Submission;
use tieuchi::survey::{Answers, Lacking, Surveys, estimate, sample, take};

use crate::support::{Set, set, shipped_set};

const HEADER: &str = "bộ tiêu chí thử/phiếu \"Bộ thử\"\n  năm: 2026\n  nguồn: minh họa, \"để thử\"\n  thang điểm: 10 điểm; điều tra 10 điểm\n  thiếu số liệu: chưa chấm\n  làm tròn: từng tiêu chí, 2 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n\n";

const GROUPED: &str = "phiếu cán_bộ \"Phiếu\": ít nhất 1 phiếu
  nhóm trả lời hđnd \"Đại biểu\": trọng số 40%
  nhóm trả lời sở \"Lãnh đạo sở\": trọng số 60%
  thiếu nhóm: chia lại trọng số
  không đủ phiếu: chưa chấm
  phương án: \"A\" 100%; \"B\" 60%; \"C\" 20%; \"D\" 0%; \"Không biết\" không tính
  câu c1 \"Một\"
  câu c2 \"Hai\"

tiêu chí 8.1 \"Tác động\": 10 điểm, điều tra
  chấm theo phiếu cán_bộ, câu c1; c2: trung bình
";

fn grouped() -> Set {
    set("thử.tieuchi", &format!("{HEADER}{GROUPED}"))
}

fn codes(findings: &[Diagnostic]) -> Vec<&'static str> {
    findings.iter().map(Diagnostic::code).collect()
}

/// The answers of a file against a set, with every finding's id and what it points at.
fn read(ruleset: &Ruleset, name: &str, text: &str) -> (Surveys, Vec<(&'static str, String)>) {
    let mut sources = SourceMap::new();
    let id = sources.add(name, text);
    let answers = import::answers(id, text, Format::of_path(name).unwrap());
    let taken = take(&ruleset.questionnaires, &answers.rows);
    let found = answers.diagnostics.iter().chain(&taken.diagnostics);
    let found = found.map(|finding| (finding.code(), sources.slice(finding.span).to_owned())).collect();
    (taken.surveys, found)
}

fn points(set: &Set, surveys: &Surveys, code: &str) -> Option<String> {
    let submission = Submission { unit: "Tỉnh A".to_owned(), synthetic: true, ..Submission::default() };
    let context = Context { surveys: surveys.clone(), ..Context::default() };
    set.points(&set.plan.evaluate(&submission, &context), code)
}

#[test]
fn a_published_result_comes_out_as_published() {
    // Hà Tĩnh 2021: "9,12 điểm, chiếm 91,17%".
    let text = format!(
        "{HEADER}phiếu dân \"Phiếu\": ít nhất 1 phiếu\n  không đủ phiếu: chưa chấm\n  câu c1 \"Một\": \"Hài lòng\"; \"Không hài lòng\"\n\ntiêu chí 8.1 \"SIPAS\": 10 điểm, điều tra\n  chấm theo phiếu dân, câu c1: tỷ lệ chọn \"Hài lòng\"\n"
    );
    let set = set("thử.tieuchi", &text);
    let mut surveys = Surveys::default();
    surveys.of("Tỉnh A", 0).add(0, 0, 0, 9_117);
    surveys.of("Tỉnh A", 0).add(0, 0, 1, 883);
    assert_eq!(points(&set, &surveys, "8.1").as_deref(), Some("9,117"));
    let submission = Submission { unit: "Tỉnh A".to_owned(), synthetic: true, ..Submission::default() };
    let card = set.plan.evaluate(&submission, &Context { surveys, ..Context::default() });
    assert_eq!(card.index.total.rounded.exact(DecimalMark::Comma), "9,12");
}

#[test]
fn answers_of_respondents_make_the_tallies_that_a_table_says() {
    let set = grouped();
    let ruleset = set.plan.ruleset();
    let tallies = "unit,questionnaire,group,question,option,count\n\
        Tỉnh A,cán_bộ,hđnd,c1,A,2\nTỉnh A,cán_bộ,hđnd,c2,D,1\nTỉnh A,cán_bộ,hđnd,c2,Không biết,1\n\
        Tỉnh A,cán_bộ,sở,c1,B,1\nTỉnh A,cán_bộ,sở,c2,C,1\n";
    let respondents = "đơn vị;phiếu;nhóm;người trả lời;c1;c2\n\
        Tỉnh A;cán_bộ;hđnd;1;A;D\nTỉnh A;cán_bộ;hđnd;2;A;Không biết\nTỉnh A;cán_bộ;sở;1;B;\nTỉnh A;cán_bộ;sở;2;;C\n";
    let json = "[{\"unit\": \"Tỉnh A\", \"questionnaire\": \"cán_bộ\", \"group\": \"hđnd\", \"c1\": \"A\", \"c2\": \"D\"},\
        {\"unit\": \"Tỉnh A\", \"questionnaire\": \"cán_bộ\", \"group\": \"hđnd\", \"question\": \"c1\", \"option\": \"A\", \"count\": 1},\
        {\"unit\": \"Tỉnh A\", \"questionnaire\": \"cán_bộ\", \"group\": \"hđnd\", \"c2\": \"Không biết\"},\
        {\"unit\": \"Tỉnh A\", \"questionnaire\": \"cán_bộ\", \"group\": \"sở\", \"c1\": \"B\", \"c2\": \"C\"}]";
    let (expected, found) = read(ruleset, "x.csv", tallies);
    assert_eq!(found, []);
    assert_eq!(read(ruleset, "x.csv", respondents), (expected.clone(), Vec::new()));
    assert_eq!(read(ruleset, "x.json", json), (expected.clone(), Vec::new()));
    // hđnd: (100 % + 0 %) / 2, sở: (60 % + 20 %) / 2.
    assert_eq!(points(&set, &expected, "8.1").as_deref(), Some("4,4"));
}

#[test]
fn every_mistake_in_a_file_of_answers_is_told_at_its_cell() {
    let set = grouped();
    let ruleset = set.plan.ruleset();
    let told = |name: &str, text: &str| read(ruleset, name, text).1;
    let one = |code: &'static str, at: &str| vec![(code, at.to_owned())];
    let row = |row: &str| format!("unit,questionnaire,group,question,option,count\n{row}\n");
    for (text, code, at) in [
        (row("Tỉnh A,can_bo,hđnd,c1,A,2"), "unknown-questionnaire", "can_bo"),
        (row("Tỉnh A,cán_bộ,hdnd,c1,A,2"), "unknown-in-questionnaire", "hdnd"),
        (row("Tỉnh A,cán_bộ,hđnd,c9,A,2"), "unknown-in-questionnaire", "c9"),
        (row("Tỉnh A,cán_bộ,hđnd,c1,E,2"), "unknown-in-questionnaire", "E"),
        (row("Tỉnh A,cán_bộ,,c1,A,2"), "group-expected", "cán_bộ"),
        (row("Tỉnh A,cán_bộ,hđnd,c1,A,-2"), "bad-answer-count", "-2"),
        (row("Tỉnh A,cán_bộ,hđnd,c1,A,2.5"), "bad-answer-count", "2.5"),
        (row("Tỉnh A,cán_bộ,hđnd,c1,A,2\nTỉnh A,cán_bộ,hđnd,c1,A,2"), "tally-twice", "A"),
        (row("Tỉnh A,cán_bộ,hđnd,c1,,2"), "survey-columns", "Tỉnh A,cán_bộ,hđnd,c1,,2"),
        (row("Tỉnh A,cán_bộ,hđnd,c1,A"), "row-length", "Tỉnh A,cán_bộ,hđnd,c1,A"),
    ] {
        assert_eq!(told("x.csv", &text), one(code, at), "{text}");
    }
    let header = "unit,questionnaire,group,respondent,c1\n";
    let twice = format!("{header}Tỉnh A,cán_bộ,hđnd,7,A\nTỉnh A,cán_bộ,hđnd,7,B\n");
    assert_eq!(told("x.csv", &twice), one("tally-twice", "7"));
    // A column is named in every row, and its mistake told once.
    let column = "unit,questionnaire,group,c3\nTỉnh A,cán_bộ,hđnd,A\nTỉnh A,cán_bộ,hđnd,A\n";
    assert_eq!(told("x.csv", column), one("unknown-in-questionnaire", "c3"));
    assert_eq!(told("x.csv", "unit,questionnaire,unit\nA,b,c\n"), one("repeated-key", "unit"));
    assert_eq!(told("x.csv", "group,c1\nhđnd,A\nhđnd,B\n"), one("survey-columns", "hđnd,A"));
    assert_eq!(told("x.json", "{}"), one("sheet-not-readable", "{}"));
    assert_eq!(told("x.json", "[3]"), one("bad-value", "3"));
    let list = "[{\"unit\": \"Tỉnh A\", \"questionnaire\": \"cán_bộ\", \"group\": [1]}]";
    assert_eq!(told("x.json", list), one("bad-value", "[1]"));
    let answers = import::answers(SourceId(0), "a = 1", Format::Toml);
    assert_eq!(codes(&answers.diagnostics), ["unknown-sheet-format"]);
}

#[test]
fn a_unit_of_another_spelling_is_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let rules = write("x.tieuchi", &format!("{HEADER}{GROUPED}"));
    let sheet = write("a.json", "{\"unit\": \"Tỉnh A\", \"leaves\": {}}");
    let answers = write(
        "p.csv",
        "unit,questionnaire,group,question,option,count\nTinh A,cán_bộ,sở,c1,A,2\nThành phố B,cán_bộ,sở,c1,A,2\n",
    );
    let run = |answers: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_tieuchi"))
            .args(["score", &sheet, "--ruleset", &rules, "--survey", answers])
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, out, told) = run(&answers);
    assert_eq!(code, Some(0), "{told}");
    assert!(out.contains("chưa chấm"), "{out}");
    assert!(told.contains("surveyed-unit-unknown") && told.contains("có phải là `Tỉnh A`?"), "{told}");
    assert!(!told.contains("Thành phố B"), "{told}");
    // Of the other units of the round that it is compared within, answers are no mistake.
    let all = write("all.json", "[{\"unit\": \"Tỉnh A\", \"leaves\": {}}, {\"unit\": \"Tinh A\", \"leaves\": {}}]");
    for command in ["score", "explain"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_tieuchi"))
            .args([command, &sheet, "--ruleset", &rules, "--survey", &answers, "--cohort", &all])
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && !told.contains("surveyed-unit-unknown"), "{told}");
    }
    // An error in the answers scores nobody: what is left of them would give other points.
    let broken = write("q.csv", "unit,questionnaire,group,question,option,count\nTỉnh A,cán_bộ,sở,c1,A,-2\n");
    let (code, out, told) = run(&broken);
    assert_eq!((code, out.trim()), (Some(1), ""), "{told}");
    let (code, ..) = run(&folder.path().join("không-có.csv").display().to_string());
    assert_eq!(code, Some(3));
}

#[test]
fn an_explanation_says_every_count_and_weight() {
    let set = grouped();
    let mut surveys = Surveys::default();
    for (group, question, option, count) in [(0, 0, 0, 2), (0, 1, 1, 3), (0, 1, 4, 2), (1, 0, 0, 1), (1, 0, 3, 2)] {
        surveys.of("Tỉnh A", 0).add(group, question, option, count);
    }
    let submission = Submission { unit: "Tỉnh A".to_owned(), synthetic: true, ..Submission::default() };
    let (id, _) = set.plan.ruleset().by_code("8.1").unwrap();
    let explained = |surveys: &Surveys| {
        let context = Context { surveys: surveys.clone(), ..Context::default() };
        let card = set.plan.evaluate(&submission, &context);
        let words = |language| tieuchi::report::explain(&set.context_in(language), &card, Some(id));
        let shape = tieuchi::wire::Scorecard::new(&set.context(), &card, Some(id));
        let shape: serde_json::Value = serde_json::from_str(&tieuchi::wire::write(&shape)).unwrap();
        let both = [tieuchi::diagnostic::Language::Vietnamese, tieuchi::diagnostic::Language::English].map(words);
        (both.join("\n"), shape["leaves"][0]["last"]["derived"].clone())
    };
    let (shared, derived) = explained(&surveys);
    insta::assert_snapshot!("explained_with_a_group_missing", shared);
    insta::assert_snapshot!("survey_in_json", serde_json::to_string_pretty(&derived).unwrap());
    let mut none = Surveys::default();
    none.of("Tỉnh A", 0).add(0, 0, 4, 3);
    insta::assert_snapshot!("explained_without_answers", explained(&none).0);
    let appendix = tieuchi::report::appendix(&set.context(), None);
    insta::assert_snapshot!("appendix_with_a_questionnaire", appendix);
}

#[test]
fn the_illustrative_set_is_scored_by_its_answers() {
    let set = shipped_set("example/hai-long/2026.tieuchi");
    let path = crate::support::root().join("rulesets/example/hai-long/examples/phieu/2026.csv");
    let (surveys, found) = read(set.plan.ruleset(), "2026.csv", &fs::read_to_string(path).unwrap());
    assert_eq!(found, []);
    assert_eq!(surveys.units().count(), 2);
    for unit in ["Đơn vị mẫu 01", "Đơn vị mẫu 02"] {
        let submission = Submission { unit: unit.to_owned(), synthetic: true, ..Submission::default() };
        let context = Context { surveys: surveys.clone(), ..Context::default() };
        assert!(!set.plan.evaluate(&submission, &context).index.total.provisional);
    }
}

#[test]
fn samples_are_the_same_for_the_same_seed_and_never_too_few() {
    let set = shipped_set("example/hai-long/2026.tieuchi");
    let ruleset = set.plan.ruleset();
    let drawn = |seed: u64, number: u64| {
        let mut surveys = Surveys::default();
        sample(&ruleset.questionnaires, "Mẫu", seed, number, &mut surveys);
        surveys
    };
    assert_eq!(drawn(7, 1), drawn(7, 1));
    assert_ne!(drawn(7, 1), drawn(7, 2));
    assert_ne!(drawn(7, 1), drawn(8, 1));
    for seed in 0..20 {
        let surveys = drawn(seed, seed);
        for (_, _, leaf) in ruleset.leaves() {
            let (_, rule) = leaf.survey().unwrap();
            let of = &ruleset.questionnaires[rule.questionnaire];
            let answers = surveys.answers("Mẫu", rule.questionnaire).unwrap();
            let result = estimate(of, rule, answers).result.unwrap();
            assert!(result >= Ratio::ZERO && result <= Ratio::ONE);
        }
    }
    // What is written is read as the same answers.
    let surveys = drawn(3, 1);
    let csv = tieuchi::wire::tallies_csv(ruleset, &surveys, true);
    assert_eq!(read(ruleset, "x.csv", &csv), (surveys.clone(), Vec::new()));
    let json = tieuchi::wire::tallies_json(ruleset, &surveys, true);
    assert_eq!(read(ruleset, "x.json", &json), (surveys, Vec::new()));
}

/// The worth of the options of `GROUPED` in hundredths; nothing where it is not counted.
const WORTH: [Option<i128>; 5] = [Some(100), Some(60), Some(20), Some(0), None];

/// The mean of one question of one group in whole numbers: the sum of hundredths and how many count.
fn oracle(answers: &[(usize, usize, usize)], group: usize, question: usize) -> Option<(i128, i128)> {
    let own = answers.iter().filter(|(at, asked, _)| (*at, *asked) == (group, question));
    let worths: Vec<i128> = own.filter_map(|(_, _, option)| WORTH[*option]).collect();
    let count = i128::try_from(worths.len()).unwrap();
    (count > 0).then(|| (worths.iter().sum(), count))
}

proptest! {
    #[test]
    fn an_estimate_is_what_counting_by_hand_gives(
        mut answers in prop::collection::vec((0_usize..2, 0_usize..2, 0_usize..5), 0..60),
        rotate in 0_usize..60,
    ) {
        let set = grouped();
        let ruleset = set.plan.ruleset();
        let (_, _, leaf) = ruleset.leaves().next().unwrap();
        let (_, rule) = leaf.survey().unwrap();
        let of = &ruleset.questionnaires[0];
        let estimated = |answers: &[(usize, usize, usize)]| {
            let mut tallies = Answers::default();
            for &(group, question, option) in answers {
                tallies.add(group, question, option, 1);
            }
            estimate(of, rule, &tallies).result
        };
        let result = estimated(&answers);
        // Over a common denominator, without any ratio of ours: two questions, hundredths, the weights 40 and 60.
        let group = |at: usize| {
            let (one, other) = (oracle(&answers, at, 0)?, oracle(&answers, at, 1)?);
            Some((one.0 * other.1 + other.0 * one.1, 200 * one.1 * other.1))
        };
        match (group(0), group(1)) {
            (Some(one), Some(other)) => {
                let top = 40 * one.0 * other.1 + 60 * other.0 * one.1;
                prop_assert_eq!(&result, &Ok(Ratio::new(top, 100 * one.1 * other.1).unwrap()));
            }
            (Some(only), None) | (None, Some(only)) => {
                prop_assert_eq!(&result, &Ok(Ratio::new(only.0, only.1).unwrap()));
            }
            (None, None) => prop_assert!(matches!(result, Err(Lacking::Answers | Lacking::Group(_)))),
        }
        // Who answered first is nothing to the result.
        let by = rotate % answers.len().max(1);
        answers.rotate_left(by);
        prop_assert_eq!(estimated(&answers), result);
    }
}

#[test]
fn a_set_that_extends_takes_questionnaires_over_and_writes_them_anew() {
    use tieuchi::ruleset::{Identity, Library, check_among};

    let first = format!("{HEADER}{GROUPED}");
    let rest = "\nphiếu cán_bộ \"Phiếu mới\": ít nhất 5 phiếu\n  không đủ phiếu: chưa chấm\n  phương án: \"A\" 100%; \"D\" 0%\n  câu c1 \"Một\"\n  câu c2 \"Hai\"\n";
    let extending = |rest: &str| {
        let header = HEADER.replace("năm: 2026", "năm: 2027\n  kế thừa: thử/phiếu năm 2026");
        let mut sources = SourceMap::new();
        let (above, below) = (sources.add("2026", first.clone()), sources.add("2027", format!("{header}{rest}")));
        let mut library = Library::new();
        library.add(Identity { path: "thử/phiếu".to_owned(), year: 2026, edition: 1 }, above);
        let checked = check_among(below, &sources, &library);
        let told: Vec<_> = checked.diagnostics.iter().filter(|finding| finding.is_error()).collect();
        assert!(told.is_empty(), "{told:#?}");
        checked.ruleset.unwrap()
    };
    let over = extending("");
    assert_eq!(over.questionnaires[0].groups.len(), 2);
    let anew = extending(rest);
    assert_eq!((anew.questionnaires.len(), anew.questionnaires[0].groups.len()), (1, 0));
    assert_eq!(anew.questionnaires[0].minimum, Some(5));
}
