//! Every id of the catalogue has its page, every page its id, and the page shows what it speaks of.

use std::path::Path;

use libtest_mimic::Trial;
use tieuchi::diagnostic::{Problem, Severity, Sheet, Units};

use super::elsewhere::ELSEWHERE;
use super::page::{Page, Section};

const FOLDER: &str = "docs/diagnostics";

/// A test for each id and for each page.
pub(crate) fn trials(root: &Path, pages: &[Page]) -> Vec<Trial> {
    let catalogue = Problem::catalogue();
    let mut trials = Vec::new();
    for entry in &catalogue {
        let page = pages.iter().find(|page| page.name == format!("{FOLDER}/{}.md", entry.code));
        let faults = page.map_or_else(|| vec!["it has no page".to_owned()], |page| faults(page, entry));
        trials.push(trial(format!("{FOLDER}: {}", entry.code), faults));
    }
    for entry in &catalogue {
        let page = pages.iter().find(|page| page.name == format!("{FOLDER}/{}.md", entry.code));
        let shown = page.map_or_else(String::new, |page| rendered(page, entry.code));
        if !shown.is_empty() {
            let code = entry.code;
            trials.push(Trial::test(format!("reads as it did: {code}"), move || {
                insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                    insta::assert_snapshot!(code, shown);
                });
                Ok(())
            }));
        }
    }
    let codes: Vec<&str> = catalogue.iter().map(|entry| entry.code).collect();
    let mut stray: Vec<String> = Vec::new();
    for page in pages {
        let code = page.name.strip_prefix("docs/diagnostics/").and_then(|name| name.strip_suffix(".md"));
        stray.extend(code.filter(|code| !codes.contains(code)).map(|code| format!("no id is called `{code}`")));
    }
    trials.push(trial("every page has its id".to_owned(), stray));
    trials.push(trial("what no fence shows is tried elsewhere".to_owned(), elsewhere(root, &codes)));
    trials
}

/// The findings of the wrong fences of a page, as they are shown.
fn rendered(page: &Page, code: &str) -> String {
    let fences = page.sections.iter().flat_map(|section| &section.fences);
    let wrong = fences.filter(|fence| fence.marked_codes().contains(&code));
    wrong.map(|fence| fence.rendered(code)).collect::<Vec<_>>().join("\n")
}

fn trial(name: String, faults: Vec<String>) -> Trial {
    Trial::test(name, move || if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) })
}

/// What a page lacks.
fn faults(page: &Page, entry: &tieuchi::diagnostic::Entry) -> Vec<String> {
    let section = |heading: &str| page.sections.iter().find(|section| section.heading == heading);
    let mut faults = Vec::new();
    let severity = match entry.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    if !section(entry.code).is_some_and(|section| section.prose.contains(severity)) {
        faults.push(format!("`# {}` says the severity, {severity}", entry.code));
    }
    if section("Vì sao").is_none_or(|section| section.prose.is_empty()) {
        faults.push("`## Vì sao` says why".to_owned());
    }
    let shows =
        |section: &Section| section.fences.iter().filter(|fence| fence.marked_codes().contains(&entry.code)).count();
    let right = |section: &Section| section.fences.iter().any(|fence| fence.marked_codes().is_empty());
    // Sheets and registers are not rulesets: tests/it/sheet_pages.rs and tests/it/unit_pages.rs read them.
    let of_a_sheet = Sheet::ENTRIES.iter().chain(Units::ENTRIES).any(|of_a_sheet| of_a_sheet.code == entry.code);
    let shown_elsewhere = of_a_sheet || ELSEWHERE.iter().any(|(code, ..)| *code == entry.code);
    let wrong = section("Sai");
    if !shown_elsewhere && !wrong.is_some_and(|wrong| !wrong.fences.is_empty() && shows(wrong) == wrong.fences.len()) {
        faults.push("every fence below `## Sai` is marked with the id".to_owned());
    }
    if !shown_elsewhere && !section("Đúng").is_some_and(right) {
        faults.push("`## Đúng` has a fence without marks".to_owned());
    }
    match section("In English") {
        Some(english) if english.prose.is_empty() => faults.push("`## In English` says why".to_owned()),
        Some(english) if shown_elsewhere || shows(english) > 0 && right(english) => {}
        _ => faults.push("`## In English` has a wrong fence and a right one".to_owned()),
    }
    faults
}

/// Every entry of the list names an id of the catalogue and a test that there is.
fn elsewhere(root: &Path, codes: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for (code, file, test, _) in ELSEWHERE {
        if !codes.contains(code) {
            faults.push(format!("no id is called `{code}`"));
        }
        let source = std::fs::read_to_string(root.join(file)).unwrap_or_default();
        if !source.contains(&format!("fn {test}(")) {
            faults.push(format!("`{code}`: there is no test `{test}` in {file}"));
        }
    }
    faults
}
