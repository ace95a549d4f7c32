//! The language: keywords, numbers, recovery, the writer.
#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a test may stop at the first surprise")]

mod format;
mod robust;
mod slips;
mod statements;
mod tree;
mod writer;

use std::collections::{BTreeMap, BTreeSet};

use tieuchi::diagnostic::{Colour, Diagnostic, Language, SourceId, SourceMap, any_error, render};
use tieuchi::language::tree::{AwardKind, EffectKind, Expression, ExpressionKind, Form, FormKind, Statement};
use tieuchi::language::{Keyword, Parsed, Place, fold, grammar_text, level_i, parse};

const LANGUAGES: [Language; 2] = [Language::Vietnamese, Language::English];

#[test]
fn the_keyword_grammar_is_the_keyword_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/keyword.pest");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, grammar_text()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), grammar_text(), "run again with UPDATE=1");
}

fn openers(language: Language) -> impl Iterator<Item = (Keyword, &'static str)> {
    Keyword::ALL
        .iter()
        .filter(|keyword| keyword.place() == Place::Opens)
        .flat_map(move |keyword| keyword.spellings(language).iter().map(|spelling| (*keyword, *spelling)))
}

#[test]
fn no_two_first_words_of_statements_fold_alike() {
    for language in LANGUAGES {
        let mut words: BTreeMap<String, String> = BTreeMap::new();
        for (_, spelling) in openers(language) {
            let first = spelling.split(' ').next().unwrap();
            // The law's own words `bổ sung` and `đổi mã` begin as `bộ` and `đối`: there two words must differ.
            let two: Vec<&str> = spelling.split(' ').take(2).collect();
            let opening = if ["bo", "doi"].contains(&fold(first).as_str()) { two.join(" ") } else { first.to_owned() };
            let other = words.entry(level_i(&fold(&opening))).or_insert_with(|| opening.clone());
            assert_eq!(*other, opening);
        }
    }
}

#[test]
fn no_two_openings_fold_alike() {
    for language in LANGUAGES {
        let mut phrases: BTreeMap<String, Keyword> = BTreeMap::new();
        for (keyword, spelling) in openers(language) {
            let other = phrases.insert(level_i(&fold(spelling)), keyword);
            assert_eq!(other, None, "{spelling}");
        }
    }
}

fn read(line: &str) -> Parsed {
    parse(SourceId(0), &format!("bộ tiêu chí a \"b\"\n{line}\n"))
}

fn read_english(line: &str) -> Parsed {
    parse(SourceId(0), &format!("ruleset a \"b\"\n{line}\n"))
}

fn codes(parsed: &Parsed) -> Vec<&'static str> {
    parsed.diagnostics.iter().map(Diagnostic::code).collect()
}

fn mends(parsed: &Parsed) -> Vec<&str> {
    parsed.diagnostics.iter().flat_map(|finding| finding.fixes.iter().map(|fix| fix.replacement.as_str())).collect()
}

/// The points that `còn lại` gives.
fn points(parsed: &Parsed) -> String {
    match &parsed.file.lines[1].statement {
        Some(Statement::Otherwise(effect)) => match &effect.kind {
            EffectKind::Award(AwardKind::Points(number)) => format!("{:?}", number.value),
            other => format!("{other:?}"),
        },
        other => format!("{other:?}"),
    }
}

#[test]
fn the_decimal_mark_is_the_languages_own() {
    let comma = read("còn lại: 9,5 điểm");
    assert_eq!((codes(&comma), points(&comma)), (vec![], "19/2".to_owned()));
    let point = read("còn lại: 9.5 điểm");
    assert_eq!((codes(&point), mends(&point)), (vec!["decimal-mark"], vec!["9,5"]));
    let comma = read_english("otherwise: 9,5 points");
    assert_eq!((codes(&comma), mends(&comma)), (vec!["decimal-mark"], vec!["9.5"]));
    let point = read_english("otherwise: 9.5 points");
    assert_eq!((codes(&point), points(&point)), (vec![], "19/2".to_owned()));
}

#[test]
fn one_group_of_three_digits_is_refused_with_both_readings() {
    let one = read("còn lại: 1.000 điểm");
    assert_eq!((codes(&one), mends(&one)), (vec!["ambiguous-thousands"], vec!["1000", "1,000"]));
    let one = read_english("otherwise: 1,000 points");
    assert_eq!((codes(&one), mends(&one)), (vec!["ambiguous-thousands"], vec!["1000", "1.000"]));
    let many = read("còn lại: 1.250.000.000 điểm");
    assert_eq!((codes(&many), points(&many)), (vec![], "1250000000".to_owned()));
    let many = read_english("otherwise: 1,250,000.5 points");
    assert_eq!((codes(&many), points(&many)), (vec![], "2500001/2".to_owned()));
}

#[test]
fn points_are_read_as_officials_write_them() {
    for (written, expected) in [("02 điểm", "2"), ("0,5đ", "1/2"), ("1 đ", "1"), ("0,5điểm", "1/2"), ("1 Đ", "1")]
    {
        let parsed = read(&format!("còn lại: {written}"));
        assert!(!any_error(&parsed.diagnostics), "{written}");
        assert_eq!(points(&parsed), expected, "{written}");
    }
}

#[test]
fn a_count_may_say_sub_criteria_in_full() {
    assert_eq!(codes(&read("gồm: 8 lĩnh vực; 40 tiêu chí; 73 tiêu chí thành phần")), [""; 0]);
}

#[test]
fn what_a_word_processor_put_in_is_read_with_a_fix() {
    for (line, plain) in [
        ("trích: “lĩnh vực 1”", "trích: \"lĩnh vực 1\""),
        ("còn\u{a0}lại: 1\u{a0}điểm", "còn lại: 1 điểm"),
        ("số liệu đã\u{200b}_xong \"a\": số\u{200b} đếm", "số liệu đã_xong \"a\": số đếm"),
        ("Ðối tượng: Ðô_thị", "đối tượng: Đô_thị"),
        ("khi mức = \"Ðạt\": 1 điểm", "khi mức = \"Đạt\": 1 điểm"),
    ] {
        let pasted = read(line);
        assert!(!any_error(&pasted.diagnostics), "{line}: {:?}", pasted.diagnostics);
        let fixed: Vec<_> = pasted.diagnostics.iter().filter(|finding| finding.code() == "pasted-character").collect();
        assert!(!fixed.is_empty() && fixed.iter().all(|finding| !finding.fixes.is_empty()), "{line}");
        let shape = |parsed: &Parsed| tree::shape(parsed.file.lines[1].statement.as_ref().unwrap());
        assert_eq!(shape(&pasted), shape(&read(plain)), "{line}");
    }
}

#[test]
fn an_en_dash_is_a_minus_and_a_bare_range_is_offered_both_readings() {
    let range = read("90%–100%: tối đa");
    assert_eq!(codes(&range), ["ambiguous-edge"]);
    assert_eq!(mends(&range), ["từ 90% đến dưới 100%", "từ 90% đến hết 100%"]);
    let difference = read("chấm theo công thức a – b");
    assert_eq!(codes(&difference), [""; 0]);
    let is_difference = |formula: &Expression| matches!(formula.kind, ExpressionKind::Binary(..));
    let form = difference.file.lines[1].statement.as_ref();
    assert!(
        matches!(form, Some(Statement::Form(Form { kind: FormKind::Formula(formula), .. })) if is_difference(formula))
    );
}

#[test]
fn bidirectional_controls_are_refused_everywhere() {
    for line in ["trích: \"a\u{202e}b\"", "năm\u{2066}: 2022", "năm: 2022 # a\u{202e}b", "trích: \"a\\\u{202e}b\""]
    {
        assert_eq!(codes(&read(line)), ["bidirectional-control"], "{line:?}");
    }
}

#[test]
fn a_letter_of_another_script_is_warned_of_in_a_text_and_refused_outside() {
    let inside = read("trích: \"bаn\"");
    assert_eq!(codes(&inside), ["mixed-scripts"]);
    assert!(!any_error(&inside.diagnostics));
    let outside = read("số liệu а \"x\": số đếm");
    assert_eq!(codes(&outside), ["unknown-character"]);
    assert!(any_error(&outside.diagnostics));
}

const MISTAKES: &str = include_str!("language/mistakes.tieuchi");

#[test]
fn twenty_mistakes_are_twenty_findings_at_twenty_places() {
    let mut sources = SourceMap::new();
    let source = sources.add("rulesets/vn/mau/2022.tieuchi", MISTAKES);
    let parsed = parse(source, MISTAKES);
    let lines: BTreeSet<usize> =
        parsed.diagnostics.iter().map(|finding| sources.position(finding.span).unwrap().line).collect();
    insta::assert_snapshot!(
        "mistakes_in_vietnamese",
        render(&parsed.diagnostics, &sources, Language::Vietnamese, Colour::Never)
    );
    insta::assert_snapshot!(
        "mistakes_in_english",
        render(&parsed.diagnostics, &sources, Language::English, Colour::Never)
    );
    assert_eq!((parsed.diagnostics.len(), lines.len()), (20, 20));
}

#[test]
fn the_mark_stands_under_its_words_in_either_normal_form() {
    let composed = "bộ tiêu chí a \"b\"\ntiêu chí 1.1 \"Thẩm định\": 9.5 điểm\n";
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(composed).collect();
    for text in [composed, &decomposed] {
        let mut sources = SourceMap::new();
        let source = sources.add("a", text);
        let findings: Vec<_> =
            parse(source, text).diagnostics.into_iter().filter(|finding| finding.code() == "decimal-mark").collect();
        let shown = render(&findings, &sources, Language::English, Colour::Never);
        let width = |line: &str| unicode_width::UnicodeWidthStr::width(line);
        let above = shown.lines().find(|line| line.contains("9.5") && line.starts_with('2')).unwrap();
        let below = shown.lines().find(|line| line.contains("^^^")).unwrap();
        assert_eq!(width(&above[..above.find("9.5").unwrap()]), below.find('^').unwrap(), "{shown}");
    }
}

#[test]
fn a_second_place_is_shown_with_its_words() {
    let mut sources = SourceMap::new();
    let here = sources.add("2022.tieuchi", "năm: 2022\n\n\n\n\n\nnăm: 2023\n");
    let there = sources.add("2021.tieuchi", "năm: 2021\n");
    let at = |source, start| tieuchi::diagnostic::Span::new(source, start, start + 3);
    let problem = tieuchi::diagnostic::Text::BadNumber { written: "x".to_owned() };
    let finding = Diagnostic::new(problem, at(here, 16)).label(at(here, 0), "lần đầu ở đây", "first here").label(
        at(there, 0),
        "năm trước ở đây",
        "the year before is here",
    );
    insta::assert_snapshot!(render(&[finding], &sources, Language::English, Colour::Never));
}
