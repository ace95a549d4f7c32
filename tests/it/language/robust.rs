//! Parsing is total: whatever the text, findings lie in it and the formatter settles.

use proptest::prelude::*;
use tieuchi::diagnostic::{Colour, Language, SourceMap, Span, render};
use tieuchi::language::{Comments, fold, parse, write_file};

use super::writer::SAMPLE;

fn settles(text: &str) -> Result<(), TestCaseError> {
    let mut sources = SourceMap::new();
    let source = sources.add("a.tieuchi", text);
    let parsed = parse(source, text);
    let inside = |span: Span| text.get(span.range()).is_some();
    for line in &parsed.file.lines {
        prop_assert!(inside(line.span), "{:?}", line);
    }
    for finding in &parsed.diagnostics {
        prop_assert!(inside(finding.span), "{:?}", finding);
        prop_assert!(finding.fixes.iter().all(|fix| inside(fix.span)), "{:?}", finding);
    }
    let shown = render(&parsed.diagnostics, &sources, Language::English, Colour::Never);
    prop_assert!(!shown.contains('\u{1b}'), "{}", shown);
    let language = parsed.file.language;
    let once = write_file(&parsed.file, text, language, Comments::Keep);
    let again = parse(source, &once);
    prop_assert_eq!(write_file(&again.file, &once, again.file.language, Comments::Keep), once);
    Ok(())
}

fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, usize, String)>> {
    let scrap = prop_oneof![
        "[0-9a-z(){}\"#;:,.%/<>=\\\\+*_ -]{0,3}",
        prop::sample::select(
            &[
                "\n", "\r\n", "```", "“", "”", "″", "＂", "‟", "\u{a0}", "\u{200b}", "\u{202e}", "–", "Ð", "а", "đ",
                "\u{301}", "\0", "\t"
            ][..]
        )
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, scrap), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_to_its_end(text in "(?s).{0,300}") {
        settles(&text)?;
    }

    #[test]
    fn any_lines_of_words_are_read_to_their_end(text in "((ruleset|khi|từ|chấm theo|a|1,5|\"x\"|:|;|và|\\(|\\)|=|điểm|%|#|\n|-|/) ?){0,60}") {
        settles(&text)?;
    }

    #[test]
    fn any_damage_to_a_sound_file_is_read_to_its_end(edits in edits()) {
        let mut text: Vec<char> = SAMPLE.chars().collect();
        for (index, length, scrap) in edits {
            let at = index.index(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, scrap.chars());
        }
        settles(&text.into_iter().collect::<String>())?;
    }
}

#[test]
fn nested_brackets_cost_linear_time() {
    let deep = format!("  chấm theo công thức {}a{}\n", "(".repeat(64), ")".repeat(64));
    let text = format!("bộ tiêu chí a \"b\"\n{}", deep.repeat(500));
    settles(&text).unwrap();
}

#[test]
fn a_long_chain_of_terms_is_read_and_written() {
    let text = format!("bộ tiêu chí a \"b\"\n  chấm theo công thức a{}\n", " + a".repeat(1000));
    settles(&text).unwrap();
}

/// Letters with marks are looked up; here each is taken apart by Unicode's own tables.
#[test]
fn a_letter_folds_to_what_is_left_of_it_without_case_and_marks() {
    use unicode_normalization::UnicodeNormalization as _;
    use unicode_normalization::char::is_combining_mark;
    let letters = ('\u{80}'..'\u{2000}').filter(|letter| letter.is_alphabetic() && !"đĐÐð".contains(*letter));
    let mut to_one = 0;
    for letter in letters {
        let parts = std::iter::once(letter).nfd().filter(|&part| !is_combining_mark(part));
        let expected: String = parts.flat_map(char::to_lowercase).collect();
        assert_eq!(fold(&letter.to_string()), expected, "{letter}");
        to_one += usize::from(expected.len() == 1);
    }
    assert!(to_one > 400, "the Latin letters with marks were not among them: {to_one}");
    assert_eq!(fold("Đường Ðiện: ĂÂÊÔƠƯ ỗ ợ ữ"), "duong dien: aaeoou o o u");
}
