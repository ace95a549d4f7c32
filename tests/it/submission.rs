//! Submissions: every finding with its place and words, values exact, samples the same for the same seed.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proptest::prelude::*;
use tieuchi::diagnostic::{Language, Problem, SourceId, SourceMap, Span};
use tieuchi::import::{Format, load, read};
use tieuchi::language::tree::{ExampleValue, Number, Spanned, Track, Unit};
use tieuchi::number::{DecimalMark, Ratio};
use tieuchi::ruleset::{Figure, FigureKind, Ruleset, check};
use tieuchi::submission::{
    Gaps, RawValue, Stated, Value, example_value, sample, usual_track, validate, validate_all, value, within_bounds,
};
use tieuchi::wire::to_json;

const RULES: &str = r#"ruleset test/sheet "Every kind of figure"
  year: 2025
  authority: "none: invented"
  source: illustrative, "invented for tests"
  applies to: office
  scale: 40 points
  aggregation: sum
  tracks: self; appraisal 1; explanation; appraisal 2
  figures missing: unscored
  evidence missing: explain
  rounding: none
  display: 2 digits
  ranking: shared, skip, on exact points

area 1 "All": 40 points

criterion 1.1 "Counts": 10 points, at least minus 1 points
  data done "Done": count, at most all
  data all "All": count, at least 1
  score by rate done / all: proportional

criterion 1.2 "Kinds": 10 points
  data share "Share": rate, at most 100%, 1 digit
  data money "Money": money
  data plan "Plan": choice "written and tested"; "written"; "none"
  data open "Open": yes/no
  data day "Day": date, from 01/01/2025 through 31/12/2025
  data note "Note": text
  data growth "Growth": number, 2 digits
  score by condition
    when share >= 50% and money > 0 and open = yes: maximum
    when plan = "written" and day <= 30/06/2025 and growth > 0: 5 points
    otherwise: 0 points

criterion 1.3 "Survey": 10 points, survey
  score as entered, by "the survey office"

criterion 1.4 "Entered": 10 points
  score as entered, by "the ministry"
"#;

fn rules() -> Ruleset {
    checked(RULES)
}

fn checked(text: &str) -> Ruleset {
    let checked = check(SourceId(0), text);
    checked.ruleset.unwrap_or_else(|| {
        let words: Vec<String> =
            checked.diagnostics.iter().map(|finding| finding.problem.words(Language::English).message).collect();
        panic!("{words:#?}")
    })
}

/// All findings of a file against the rules, with their places and words.
fn told(ruleset: &Ruleset, text: &str, format: Format) -> (Vec<&'static str>, String) {
    let mut map = SourceMap::new();
    let source = map.add("sheet", text);
    let validated = load(ruleset, source, text, format);
    let mut shown = String::new();
    let mut codes = Vec::new();
    for finding in &validated.diagnostics {
        codes.push(finding.code());
        let place = map.position(finding.span).unwrap();
        let (vi, en) = (finding.problem.words(Language::Vietnamese), finding.problem.words(Language::English));
        writeln!(shown, "{} {}:{} {:?}", finding.code(), place.line, place.column, map.slice(finding.span)).unwrap();
        writeln!(shown, "  {}\n    {}\n  {}\n    {}", vi.message, vi.help, en.message, en.help).unwrap();
        for fix in &finding.fixes {
            writeln!(shown, "  fix: {}", fix.replacement).unwrap();
        }
    }
    (codes, shown)
}

fn json(leaves: &str) -> String {
    format!("{{\"ruleset\": \"test/sheet\", \"year\": 2025, \"unit\": \"A\", \"leaves\": {{\n{leaves}\n}}}}")
}

#[test]
fn every_finding_has_its_place_and_words() {
    let rules = rules();
    let sheets: Vec<(String, Format)> = vec![
        ("{\"unit\": \"A\",}".to_owned(), Format::Json),
        ("{\"unit\": \"A\" // note\n}".to_owned(), Format::Json),
        ("unit = nan\n".to_owned(), Format::Toml),
        ("unit = \"A\n".to_owned(), Format::Toml),
        ("unit,1.4\n\"A,5\n".to_owned(), Format::Csv),
        ("{\"units\": \"A\", \"leaves\": {}}".to_owned(), Format::Json),
        ("{\"leaves\": {}}".to_owned(), Format::Json),
        ("{\"unit\": \"A\", \"unit\": \"B\"}".to_owned(), Format::Json),
        ("{\"unit\": \"A\", \"ruleset\": \"test/other\", \"leaves\": {\"x\": {}}}".to_owned(), Format::Json),
        ("{\"unit\": \"A\", \"year\": 2024}".to_owned(), Format::Json),
        ("[{\"unit\": \"A\"}, {\"unit\": \"A\"}]".to_owned(), Format::Json),
        ("[{\"unit\": \"A\"}, {\"unit\": \"B\", \"survey held\": false}]".to_owned(), Format::Json),
        (json("\"1.11\": {}, \"1\": {}"), Format::Json),
        (json("\"1.1\": {}, \"1.1\": {}"), Format::Json),
        (json("\"1.1\": {\"self\": {\"figures\": {\"don\": 3}}}"), Format::Json),
        (json("\"1.1\": {\"self\": {\"figures\": {\"all\": 3, \"all\": 3}}}"), Format::Json),
        (json("\"1.1\": {\"self\": {\"figures\": {\"all\": 1}}, \"tự chấm\": {}}"), Format::Json),
        (json("\"1.1\": {\"selff\": {}}"), Format::Json),
        (json("\"1.1\": {\"self\": {\"figures\": {\"all\": 2.5, \"done\": -1}}}"), Format::Json),
        (json("\"1.1\": {\"self\": {\"figures\": {\"all\": \"12,5\", \"done\": \"1,000\"}}}"), Format::Json),
        (json("\"1.1\": {\"self\": {\"figures\": {\"all\": [1], \"done\": \"x\"}}}"), Format::Json),
        (json("\"1.1\": {\"self\": {\"figures\": {\"all\": 5, \"done\": 6}}}"), Format::Json),
        (json("\"1.1\": {\"self\": {\"figures\": {\"all\": 0}}}"), Format::Json),
        (
            json("\"1.2\": {\"self\": {\"figures\": {\"share\": 0.85, \"money\": \"5%\", \"plan\": \"writen\"}}}"),
            Format::Json,
        ),
        (
            json(
                "\"1.2\": {\"self\": {\"figures\": {\"share\": 85, \"money\": -5, \"plan\": 1, \"open\": \"maybe\"}}}",
            ),
            Format::Json,
        ),
        (
            json("\"1.2\": {\"self\": {\"figures\": {\"share\": \"101%\", \"day\": \"30/02/2025\", \"note\": 3}}}"),
            Format::Json,
        ),
        (
            json(
                "\"1.2\": {\"self\": {\"figures\": {\"share\": \"85,55%\", \"day\": \"2026-01-01\", \"growth\": 1.234}}}",
            ),
            Format::Json,
        ),
        (json("\"1.1\": {\"appraisal 1\": {\"points\": 11, \"reason\": \"x\"}}"), Format::Json),
        (json("\"1.1\": {\"appraisal 1\": {\"points\": 5}}"), Format::Json),
        (
            json("\"1.1\": {\"appraisal 1\": {\"points\": 5, \"reason\": \"x\", \"figures\": {\"all\": 1}}}"),
            Format::Json,
        ),
        (json("\"1.1\": {\"appraisal 2\": {}}"), Format::Json),
        (
            json(
                "\"1.1\": {\"self\": {\"figures\": {\"all\": 5, \"done\": 1}}, \"appraisal 1\": {\"figures\": {\"done\": 2}}}",
            ),
            Format::Json,
        ),
        (json("\"1.1\": {\"explanation\": {\"points\": 5}}"), Format::Json),
        (json("\"1.3\": {\"self\": {\"points\": 5}}"), Format::Json),
        (json("\"1.1\": {\"self\": {\"evidence\": [{\"sha256\": \"00\"}]}}"), Format::Json),
        (
            json("\"1.1\": {\"self\": {\"evidence\": [{\"file\": \"a\", \"sha256\": \"00\", \"page\": 0}]}}"),
            Format::Json,
        ),
        ("unit;1.4;1.1:all;;unit\nA;7.5;1.000;;A\nB;7,5;1 000;x;B\nC;1\n".to_owned(), Format::Csv),
        ("1.4\n5\n".to_owned(), Format::Csv),
        (String::new(), Format::Csv),
    ];
    let mut all = BTreeSet::new();
    let mut shown = String::new();
    for (text, format) in &sheets {
        let (codes, words) = told(&rules, text, *format);
        assert!(!codes.is_empty(), "nothing is wrong with {text}");
        all.extend(codes);
        writeln!(shown, "── {} {}", format.name(), text.replace('\n', "⏎")).unwrap();
        shown.push_str(&words);
    }
    let chapter: BTreeSet<&str> = tieuchi::diagnostic::Sheet::ENTRIES.iter().map(|entry| entry.code).collect();
    // Too large a file has a test of its own; what concerns files and their sets is told by the command line.
    let untold: Vec<&&str> = chapter.difference(&all).collect();
    assert_eq!(
        untold,
        [
            // What surrounds a submission: tests/it/cli/around.rs.
            &"archive-not-earlier",
            &"archive-year-missing",
            &"duplicate-result",
            &"figure-without-value",
            &"names-alike",
            &"no-such-ruleset",
            // A list and its table: tests/it/cli/tables.rs and the page.
            &"no-table",
            &"result-not-read",
            &"result-provisional",
            &"ruleset-not-named",
            &"sheet-too-large",
            // A set with shared figures: tests/it/shared.rs.
            &"stated-elsewhere",
            // A set with dates: the page.
            &"stated-far-off",
            // A set with a period and a day of submission: tests/it/round.rs and the pages.
            &"stated-outside-period",
            &"submitted-late",
            &"unknown-sheet-format"
        ]
    );
    insta::assert_snapshot!("sheet_findings", shown);
}

#[test]
fn a_set_may_be_named_with_its_year() {
    let text =
        |ruleset: &str, more: &str| format!("{{\"ruleset\": \"{ruleset}\"{more}, \"unit\": \"A\", \"leaves\": {{}}}}");
    let wrong = |text: String| told(&rules(), &text, Format::Json).0.contains(&"wrong-ruleset");
    assert!(!wrong(text("test/sheet 2025", "")));
    assert!(!wrong(text("test/sheet 2025", ", \"year\": 2025")));
    assert!(wrong(text("test/sheet 2024", "")));
    assert!(wrong(text("test/sheet 2024", ", \"year\": 2025")));
    assert!(!told(&rules(), "ruleset,unit\ntest/sheet 2025,A\n", Format::Csv).0.contains(&"wrong-ruleset"));
}

#[test]
fn a_wrong_ruleset_is_one_finding() {
    let (codes, _) = told(&rules(), "{\"ruleset\": \"x\", \"leaves\": {\"9\": {\"what\": {}}}}", Format::Json);
    assert_eq!(codes, ["wrong-ruleset"]);
}

#[test]
fn a_table_complains_of_its_header_once() {
    let (codes, _) = told(&rules(), "unit,1.9\nA,1\nB,2\nC,3\n", Format::Csv);
    assert_eq!(codes, ["unknown-leaf"]);
}

#[test]
fn a_track_is_known_in_every_spelling() {
    let rules = rules();
    for (name, track) in [
        ("self", Track::SelfScore),
        ("Tự chấm", Track::SelfScore),
        ("tu cham", Track::SelfScore),
        ("appraisal-1", Track::Appraisal1),
        ("thẩm định lần 1", Track::Appraisal1),
        ("THAM_DINH_LAN_2", Track::Appraisal2),
        ("giải trình", Track::Explanation),
    ] {
        let text =
            json(&format!("\"1.1\": {{\"{name}\": {{\"evidence\": [{{\"file\": \"a.pdf\"}}], \"figures\": {{}}}}}}"));
        // An explanation takes no figures, so it is stated by its evidence alone.
        let text = if track == Track::Explanation { text.replace(", \"figures\": {}", "") } else { text };
        let text = if matches!(track, Track::Appraisal1 | Track::Appraisal2) {
            text.replace("\"figures\": {}", "\"figures\": {\"all\": null}")
        } else {
            text
        };
        let imported = read(SourceId(0), &text, Format::Json);
        let validated = validate(&rules, imported.sheets.first().unwrap());
        let submission = validated.submission.unwrap_or_else(|| panic!("{name}: {:?}", validated.diagnostics));
        assert_eq!(submission.leaves.values().next().unwrap().keys().copied().collect::<Vec<_>>(), [track], "{name}");
    }
}

fn figure<'a>(rules: &'a Ruleset, code: &str, name: &str) -> &'a Figure {
    rules.by_code(code).unwrap().1.leaf.as_ref().unwrap().figure(name).unwrap().1
}

fn text(text: &str) -> Spanned<RawValue> {
    Spanned::new(RawValue::Text(text.to_owned()), Span::default())
}

fn ratio(text: &str) -> Ratio {
    Ratio::parse_decimal(text).unwrap()
}

#[test]
fn values_are_exact() {
    let rules = rules();
    let number = |name: &str, raw: &Spanned<RawValue>| match value(figure(&rules, "1.2", name), raw) {
        Ok(Some(Value::Number(number))) => number,
        other => panic!("{name} {raw:?}: {other:?}"),
    };
    assert_eq!(number("share", &text("85,5%")), ratio("0.855"));
    assert_eq!(number("share", &text("85.5 %")), ratio("0.855"));
    assert_eq!(number("money", &text("5.10")), number("money", &text("5.1")));
    let long = "12345678901234567890123456789012345.000000000000000000000000000000000001";
    let raw = Spanned::new(RawValue::Number(long.to_owned()), Span::default());
    assert_eq!(number("money", &raw).exact(tieuchi::number::DecimalMark::Point), long);
    let raw = Spanned::new(RawValue::Number("1e2".to_owned()), Span::default());
    assert_eq!(number("money", &raw), Ratio::from(100));
    assert_eq!(number("day", &text("31/12/2025")), number("day", &text("2025-12-31")));
    for answer in ["có", "Co", "yes", "TRUE"] {
        assert_eq!(value(figure(&rules, "1.2", "open"), &text(answer)).unwrap(), Some(Value::YesNo(true)));
    }
    assert_eq!(value(figure(&rules, "1.2", "open"), &text("khong")).unwrap(), Some(Value::YesNo(false)));
    assert_eq!(value(figure(&rules, "1.2", "plan"), &text("written")).unwrap(), Some(Value::Option(1)));
    assert_eq!(value(figure(&rules, "1.2", "money"), &text(" ")).unwrap(), None);
    for refused in ["1e2", "+5", "0x10", "5.", ".5", "１２", "1_000", "NaN", "--5", "1/3"] {
        assert!(value(figure(&rules, "1.2", "money"), &text(refused)).is_err(), "{refused}");
    }
    for refused in ["31/12/25", "2025/12/31", "31-12-2025", "1/1/20255", "+1/01/2025"] {
        assert!(value(figure(&rules, "1.2", "day"), &text(refused)).is_err(), "{refused}");
    }
}

/// A program's own number is what it says; a text that could be a thousand is asked about, whatever its figure.
#[test]
fn a_decimal_of_three_digits_in_a_text_is_not_guessed() {
    let rules = rules();
    let raw = |value: RawValue| Spanned::new(value, Span::default());
    let read = |name: &str, value_of: RawValue| value(figure(&rules, "1.2", name), &raw(value_of));
    let cell = |text: &str, mark| RawValue::Cell(text.to_owned(), mark);
    for refused in
        [RawValue::Text("1.500".to_owned()), RawValue::Text("-1.500".to_owned()), cell("1.500", DecimalMark::Point)]
    {
        let code = read("growth", refused.clone()).map_err(|finding| finding.code());
        assert_eq!(code, Err("sheet-grouped-number"), "{refused:?}");
    }
    for (taken, is) in [
        (RawValue::Number("1.500".to_owned()), "1.5"),
        (RawValue::Text("1.5000".to_owned()), "1.5"),
        (cell("1,500", DecimalMark::Comma), "1.5"),
        (RawValue::Text("0.500".to_owned()), "0.5"),
    ] {
        assert_eq!(read("growth", taken.clone()).unwrap(), Some(Value::Number(ratio(is))), "{taken:?}");
    }
    // What is offered is taken: of a count no decimal is.
    let count = |text: &str| value(figure(&rules, "1.1", "all"), &raw(RawValue::Text(text.to_owned())));
    for (written, offered) in [("1,000", "`1000`; `1`"), ("1,500", "`1500`"), ("1.500", "`1500`")] {
        let help = count(written).unwrap_err().problem.words(Language::English).help;
        assert!(help.ends_with(&format!(": {offered}")), "{written}: {help}");
    }
    assert!(count("1").is_ok() && count("1500").is_ok());
    // Points can only be the decimal where a thousand times as many cannot be given.
    let few = json("\"1.4\": {\"appraisal 1\": {\"points\": \"1.500\", \"reason\": \"x\"}}");
    assert_eq!(told(&rules, &few, Format::Json).0, Vec::<&str>::new());
    let many = checked(&RULES.replace("10 points", "3000 points").replace("40 points", "12000 points"));
    assert_eq!(told(&many, &few, Format::Json).0, ["sheet-grouped-number"]);
}

#[test]
fn an_examples_rate_carries_per_cent_and_nothing_else_does() {
    let rules = rules();
    let span = Span::default();
    let number = |text: &str, unit| ExampleValue::Number(Number { value: ratio(text), unit, span });
    let vi = tieuchi::diagnostic::Language::Vietnamese;
    let share = figure(&rules, "1.2", "share");
    let money = figure(&rules, "1.2", "money");
    assert_eq!(
        example_value(share, &number("0.5", Unit::Percent), span, vi).unwrap(),
        Some(Value::Number(ratio("0.5")))
    );
    assert_eq!(example_value(share, &number("0.5", Unit::None), span, vi).unwrap_err().code(), "rate-without-percent");
    assert_eq!(example_value(money, &number("0.5", Unit::Percent), span, vi).unwrap_err().code(), "bad-value");
    assert_eq!(example_value(money, &number("5", Unit::Points), span, vi).unwrap_err().code(), "bad-value");
    assert_eq!(example_value(money, &ExampleValue::Missing, span, vi).unwrap(), None);
}

/// The shipped rulesets that have leaves.
fn shipped() -> Vec<Ruleset> {
    ["rulesets/vn/par-index/tinh/2012", "rulesets/vn/par-index/tinh/2022", "rulesets/example/service-desk/2025"]
        .iter()
        .map(|path| checked(&std::fs::read_to_string(format!("{path}.tieuchi")).expect("a shipped ruleset")))
        .chain([rules()])
        .collect()
}

#[test]
fn the_shipped_examples_have_no_finding() {
    let mut files = 0;
    for (rules, folder) in [
        ("rulesets/vn/par-index/tinh/2012", "rulesets/vn/par-index/tinh/examples/2012"),
        ("rulesets/vn/par-index/tinh/2022", "rulesets/vn/par-index/tinh/examples/2022"),
        ("rulesets/example/service-desk/2025", "rulesets/example/service-desk/examples/2025"),
    ] {
        let rules = checked(&std::fs::read_to_string(format!("{rules}.tieuchi")).unwrap());
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let Some(format) = Format::of_path(path.to_str().unwrap()) else { continue };
            let text = std::fs::read_to_string(&path).unwrap();
            let (codes, shown) = told(&rules, &text, format);
            assert!(codes.is_empty(), "{}: {shown}", path.display());
            let imported = read(SourceId(0), &text, format);
            let all = validate_all(&rules, &imported.sheets);
            assert_eq!(all.submissions.len(), imported.sheets.len());
            assert!(!all.submissions.is_empty());
            for submission in all.submissions {
                assert_eq!(back(&rules, &to_json(&rules, &submission)), submission);
            }
            files += 1;
        }
    }
    assert!(files >= 6);
}

fn back(rules: &Ruleset, json: &str) -> tieuchi::submission::Submission {
    let imported = read(SourceId(0), json, Format::Json);
    assert!(imported.diagnostics.is_empty(), "{:?}", imported.diagnostics);
    let validated = validate(rules, imported.sheets.first().expect("a sheet"));
    assert!(validated.diagnostics.is_empty(), "{:?}\n{json}", validated.diagnostics);
    validated.submission.expect("no error")
}

#[test]
fn a_sample_is_the_same_for_the_same_seed_and_another_for_another() {
    for rules in shipped() {
        let one = to_json(&rules, &sample(&rules, "U", 7, 3, Gaps::Few));
        assert_eq!(one, to_json(&rules, &sample(&rules, "U", 7, 3, Gaps::Few)));
        assert_ne!(one, to_json(&rules, &sample(&rules, "U", 7, 4, Gaps::Few)));
        assert_ne!(one, to_json(&rules, &sample(&rules, "U", 8, 3, Gaps::Few)));
    }
    insta::assert_snapshot!("sample_of_the_test_rules", to_json(&rules(), &sample(&rules(), "U", 7, 3, Gaps::None)));
}

#[test]
fn gaps_are_few_and_only_where_asked() {
    for rules in shipped() {
        let mut lost = 0_usize;
        let mut asked = 0_usize;
        for number in 0..60 {
            for gaps in [Gaps::None, Gaps::Few] {
                for (id, tracks) in sample(&rules, "U", 1, number, gaps).leaves {
                    let leaf = rules.head(id).unwrap().leaf.as_ref().unwrap();
                    for entry in tracks.values() {
                        let Stated::Figures(values) = &entry.stated else { continue };
                        let short = leaf.figures.len() - values.len();
                        assert!(gaps == Gaps::Few || short == 0, "{}", rules.head(id).unwrap().code);
                        lost += short;
                        asked += usize::from(gaps == Gaps::Few);
                    }
                }
            }
        }
        assert!(lost * 100 <= asked * 8, "{lost} of {asked}");
    }
}

#[test]
fn an_unnamed_track_is_the_leafs_usual_one() {
    let rules = rules();
    let usual = |code: &str| usual_track(&rules, rules.by_code(code).unwrap().1);
    assert_eq!(usual("1.1"), Some(Track::SelfScore));
    assert_eq!(usual("1.3"), Some(Track::Appraisal2));
    assert_eq!(usual("1.4"), Some(Track::Appraisal2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn writing_and_reading_a_submission_gives_it_back(seed: u64, number: u64, few: bool) {
        for rules in shipped() {
            let gaps = if few { Gaps::Few } else { Gaps::None };
            let made = sample(&rules, "Đơn vị \"mẫu\"\\", seed, number, gaps);
            prop_assert!(made.synthetic);
            for (id, head, leaf) in rules.leaves() {
                for entry in made.leaves.get(&id).map(BTreeMap::values).into_iter().flatten() {
                    if let Stated::Figures(values) = &entry.stated {
                        prop_assert_eq!(within_bounds(leaf, &head.maximum, values), vec![]);
                    }
                }
            }
            let json = to_json(&rules, &made);
            prop_assert_eq!(back(&rules, &json), made);
        }
    }

    #[test]
    fn no_text_is_read_as_two_numbers(written in "-?[0-9]{1,4}([.,][0-9]{1,4}){0,2} ?%?") {
        let rules = rules();
        // Whatever is read without complaint is what the text says with its one mark.
        for name in ["money", "share"] {
            let figure = figure(&rules, "1.2", name);
            let found = value(figure, &text(&written));
            let expected = written.trim_end_matches('%').trim().replace(',', ".");
            if let Ok(Some(Value::Number(found))) = found {
                let expected = ratio(&expected);
                let rate = figure.kind == FigureKind::Number(tieuchi::ruleset::meaning::Kind::Rate);
                let expected = if rate { expected.checked_div(&Ratio::from(100)).unwrap() } else { expected };
                prop_assert_eq!(found, expected);
            }
        }
    }
}

#[test]
fn problems_of_sheets_are_in_the_catalogue() {
    assert!(Problem::catalogue().iter().any(|entry| entry.code == "rate-without-percent"));
}

#[test]
fn what_could_not_be_read_never_becomes_a_missing_figure() {
    let rules = rules();
    let sheet = |unit: &str, all: &str| {
        format!("{{\"unit\": \"{unit}\", \"leaves\": {{\"1.1\": {{\"self\": {{\"figures\": {{\"all\": {all}}}}}}}}}}}")
    };
    let both = format!("[{}, {}]", sheet("A", "[5]"), sheet("B", "5"));
    let loaded = load(&rules, SourceId(0), &both, Format::Json);
    assert_eq!(loaded.submissions.iter().map(|made| made.unit.as_str()).collect::<Vec<_>>(), ["B"]);
    // A column that is refused belongs to every row.
    let loaded = load(&rules, SourceId(0), "unit,1.4,1.4\nA,5,6\n", Format::Csv);
    assert!(loaded.submissions.is_empty());
    assert_eq!(loaded.diagnostics.len(), 1);
    // A unit that cannot be read is one finding.
    assert_eq!(told(&rules, "{\"unit\": 5}", Format::Json).0, ["bad-value"]);
}
