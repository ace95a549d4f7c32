//! The pages of the sheet chapter: their wrong sheets raise their id, their right ones raise no error.
//!
//! A sheet is read against the shipped set that it names, or against the ruleset fence above it.

use std::fs;

use tieuchi::diagnostic::{Diagnostic, Sheet, SourceMap};
use tieuchi::import::{self, Format};
use tieuchi::ruleset;

use crate::support::{root, shipped};

/// Ids whose sheets no page can hold, and the test that tries each instead.
const ELSEWHERE: &[(&str, &str)] = &[
    ("sheet-too-large", "a file of 64 MiB: tests/it/import.rs"),
    ("unknown-sheet-format", "the name of a file: tests/it/cli"),
    ("explanation-scores", "a set with that track: tests/it/submission.rs"),
    ("duplicate-unit", "two files: tests/it/cli"),
    ("figure-without-value", "the command line: tests/it/cli/what.rs"),
    ("archive-not-earlier", "sheets of two years: tests/it/cli/around.rs"),
    ("archive-year-missing", "sheets of two years: tests/it/cli/around.rs"),
    ("result-provisional", "two indices: tests/it/cli/around.rs"),
    ("names-alike", "no register: tests/it/cli/rank.rs"),
    ("duplicate-result", "two indices: tests/it/cli/around.rs"),
    ("result-not-read", "two indices: tests/it/cli/around.rs"),
    ("no-such-ruleset", "a folder of sets: tests/it/cli"),
    ("ruleset-not-named", "a folder of sets: tests/it/cli"),
];

/// The fences of a page: the heading above, the language, the text.
pub(crate) fn fences(page: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let (mut heading, mut open): (String, Option<(String, String)>) = (String::new(), None);
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((language.to_owned(), String::new())),
            (Some((language, text)), Some(_)) => {
                found.push((heading.clone(), language.clone(), text.clone()));
                open = None;
            }
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {
                if let Some(name) = line.strip_prefix("## ") {
                    name.clone_into(&mut heading);
                }
            }
        }
    }
    found
}

/// The shipped set that a sheet names; the province set of 2022 if it names none.
fn named_in(sheet: &str) -> String {
    let mut sets = shipped();
    let named = sets.iter().position(|(path, _)| {
        let name = path.strip_prefix(root().join("rulesets")).unwrap().with_extension("");
        let (path, year) = (name.parent().unwrap().display().to_string(), name.file_name().unwrap());
        sheet.contains(&format!("\"{path}\"")) && sheet.contains(year.to_str().unwrap())
    });
    let usual = || sets.iter().position(|(path, _)| path.ends_with("tinh/2022.tieuchi")).unwrap();
    let at = named.unwrap_or_else(usual);
    sets.swap_remove(at).1
}

fn findings(set: Option<&str>, language: &str, sheet: &str) -> Vec<Diagnostic> {
    let text = set.map_or_else(|| named_in(sheet), str::to_owned);
    let mut sources = SourceMap::new();
    let of_set = sources.add("set", text.clone());
    let ruleset = ruleset::check(of_set, &text).ruleset.unwrap();
    let id = sources.add("sheet", sheet);
    let format = Format::of_path(&format!("x.{language}")).unwrap();
    import::load(&ruleset, id, sheet, format).diagnostics
}

#[test]
fn the_sheets_of_every_page_raise_what_it_says() {
    let mut wrong = Vec::new();
    for entry in Sheet::ENTRIES {
        let code = entry.code;
        if ELSEWHERE.iter().any(|(other, _)| *other == code) {
            continue;
        }
        let page = fs::read_to_string(root().join(format!("docs/diagnostics/{code}.md"))).unwrap_or_default();
        let (mut raised, mut set, mut english) = (0, None, 0);
        for (heading, language, text) in fences(&page) {
            if language.starts_with("tieuchi") {
                set = Some(text);
                continue;
            }
            let found: Vec<&str> =
                findings(set.as_deref(), &language, &text).iter().map(Diagnostic::code).collect::<Vec<_>>();
            let is_wrong = heading == "Sai" || (heading == "In English" && english == 0);
            english += usize::from(heading == "In English");
            if is_wrong && found != [code] {
                wrong.push(format!("{code}: the wrong sheet below `{heading}` raises {found:?}"));
            }
            if !is_wrong && !found.is_empty() {
                wrong.push(format!("{code}: the right sheet below `{heading}` raises {found:?}"));
            }
            raised += usize::from(is_wrong);
        }
        if raised < 2 {
            wrong.push(format!("{code}: the page shows {raised} wrong sheets"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
