//! The canonical writer: what it promises.

use proptest::prelude::*;
use tieuchi::diagnostic::{Language, SourceId, any_error};
use tieuchi::language::{Comments, Keyword, Parsed, canonical, fold, parse, write_file, write_statement};
use unicode_normalization::UnicodeNormalization;

use super::tree::{shape, statement};

pub(super) const SAMPLE: &str = include_str!("sample.tieuchi");

fn read(text: &str) -> Parsed {
    parse(SourceId(0), text)
}

fn sound(text: &str) -> Parsed {
    let parsed = read(text);
    assert!(!any_error(&parsed.diagnostics), "{text}\n{:#?}", parsed.diagnostics);
    parsed
}

fn formatted(text: &str, language: Language) -> String {
    write_file(&read(text).file, text, language, Comments::Keep)
}

fn fingerprinted(text: &str) -> String {
    canonical(&sound(text).file, text)
}

#[test]
fn the_sample_is_written_as_it_stands() {
    assert_eq!(formatted(SAMPLE, Language::Vietnamese), SAMPLE);
    assert!(sound(SAMPLE).diagnostics.is_empty());
}

#[test]
fn english_reads_as_the_catalogue_says() {
    insta::assert_snapshot!(formatted(SAMPLE, Language::English));
}

#[test]
fn there_and_back_is_the_same_text() {
    let english = formatted(SAMPLE, Language::English);
    assert_eq!(sound(&english).file.language, Language::English);
    assert_eq!(sound(&english).diagnostics, []);
    assert_eq!(formatted(&english, Language::Vietnamese), SAMPLE);
    assert_eq!(formatted(&english, Language::English), english);
    assert_eq!(fingerprinted(&english), fingerprinted(SAMPLE));
}

#[test]
fn the_canonical_text_has_no_comments_and_reads_as_the_same_tree() {
    let text = fingerprinted(SAMPLE);
    assert!(!text.contains('#'));
    assert_eq!(fingerprinted(&text), text);
    let shapes = |text| {
        let statements = sound(text).file.lines.into_iter().filter_map(|line| line.statement);
        statements.map(|statement| shape(&statement)).collect::<Vec<_>>()
    };
    assert_eq!(shapes(&text), shapes(SAMPLE));
}

/// The text with every keyword outside strings and scripts rewritten.
fn with_keywords(text: &str, language: Language, rewrite: impl Fn(&str) -> String) -> String {
    // `hạn` is also what the sample calls a figure, and names are not folded.
    let keywords = Keyword::ALL.iter().filter(|&&keyword| keyword != Keyword::DueAt);
    let mut spellings: Vec<&str> = keywords.map(|keyword| keyword.canonical(language)).collect();
    spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.len()));
    let belongs = |character: char| character.is_alphanumeric() || "_-/".contains(character);
    let (mut written, mut rest, mut quoted, mut scripted) = (String::new(), text, false, false);
    while let Some(character) = rest.chars().next() {
        if rest.starts_with("```") {
            scripted = !scripted;
        }
        let begins = !quoted && !scripted && !written.ends_with(belongs);
        let found = spellings
            .iter()
            .find(|spelling| begins && rest.strip_prefix(**spelling).is_some_and(|after| !after.starts_with(belongs)));
        if let Some(spelling) = found {
            written.push_str(&rewrite(spelling));
            rest = &rest[spelling.len()..];
        } else {
            if character == '\\' {
                written.push('\\');
                rest = &rest[1..];
            } else {
                quoted ^= character == '"';
            }
            let next = rest.chars().next().unwrap();
            written.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    written
}

#[test]
fn spelling_and_layout_leave_the_canonical_text_alone() {
    for language in [Language::Vietnamese, Language::English] {
        let text = write_file(&read(SAMPLE).file, SAMPLE, language, Comments::Drop);
        let expected = fingerprinted(SAMPLE);
        let loud = with_keywords(&text, language, str::to_uppercase);
        assert!(loud != text && loud.contains(language.pick("CHẤM THEO ĐIỀU KIỆN", "SCORE BY CONDITION")));
        assert_eq!(fingerprinted(&loud), expected);
        assert_eq!(fingerprinted(&with_keywords(&text, language, fold)), expected);
        assert_eq!(fingerprinted(&text.nfd().collect::<String>()), expected);
        let wide = with_keywords(&text, language, |spelling| format!("  {}  ", spelling.replace(' ', "   ")));
        let wide = wide.lines().flat_map(|line| [line, " \t\r\n\r\n"]).collect::<String>();
        // The blank lines inside the script are its own.
        let dense = |text: &str| text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(dense(&fingerprinted(&wide)), dense(&expected));
    }
}

#[test]
fn a_line_with_an_error_is_left_as_written() {
    let text = "bộ tiêu chí a/b \"x\"\nNĂM:   2022\ntiêu chí 1.1  \"y\":  9.5 điểm # ?\n  chấm theo gì đó\n```\nlet x";
    let expected =
        "bộ tiêu chí a/b \"x\"\n  năm: 2022\n\ntiêu chí 1.1  \"y\":  9.5 điểm # ?\n  chấm theo gì đó\n```\nlet x\n";
    assert_eq!(formatted(text, Language::Vietnamese), expected);
    assert_eq!(formatted(expected, Language::Vietnamese), expected);
}

#[test]
fn comments_stay_where_they_belong() {
    let text =
        "#! đầu tệp\nbộ tiêu chí a/b \"x\" #một\n      # hai\n  năm: 2022\n# ba\n# bốn\nlĩnh vực 1 \"y\"\n # năm  ";
    let expected =
        "#! đầu tệp\nbộ tiêu chí a/b \"x\"  #một\n  # hai\n  năm: 2022\n\n# ba\n# bốn\nlĩnh vực 1 \"y\"\n# năm\n";
    assert_eq!(formatted(text, Language::Vietnamese), expected);
    assert_eq!(formatted(expected, Language::Vietnamese), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases * 6, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_as_the_same_tree(statement in statement()) {
        for language in [Language::Vietnamese, Language::English] {
            let words = write_statement(&statement, "", language);
            let text = format!("{} a \"b\"\n{words}\n", Keyword::Ruleset.canonical(language));
            let parsed = read(&text);
            prop_assert!(parsed.diagnostics.is_empty(), "{}\n{:#?}", text, parsed.diagnostics);
            let again = parsed.file.lines[1].statement.as_ref().unwrap();
            prop_assert_eq!(shape(again), shape(&statement), "{}", text);
            prop_assert_eq!(write_statement(again, &text, language), words);
        }
    }
}
