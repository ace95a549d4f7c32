//! The commands that README and the guides show, run as they stand: `$ tieuchi …` in a `console` fence.
//!
//! A line `…` stands for any lines left out. `UPDATE=1` writes what the commands print now (keeping a final `…`).

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::shell::{agree, run, words};
use crate::support::{root, walk};

/// One command of a page and what the page says it prints.
struct Shown {
    line: usize,
    /// The line as it stands.
    written: String,
    arguments: Vec<String>,
    expected: Vec<String>,
}

fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md")];
    walk(&root().join("docs"), "md", &mut pages);
    pages
}

fn shown(text: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut fenced = false;
    for (at, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            fenced = line.trim() == "```console";
        } else if fenced {
            match line.strip_prefix("$ tieuchi ") {
                Some(command) => {
                    found.push(Shown {
                        line: at + 1,
                        written: line.to_owned(),
                        arguments: words(command),
                        expected: Vec::new(),
                    });
                }
                None => {
                    if let Some(last) = found.last_mut() {
                        last.expected.push(line.trim_end().to_owned());
                    }
                }
            }
        }
    }
    found
}

#[test]
fn what_the_pages_show_is_what_the_commands_print() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    let mut ran = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let mut rewritten = text.clone();
        for command in shown(&text) {
            ran += 1;
            let mut expected = command.expected.clone();
            while expected.last().is_some_and(String::is_empty) {
                expected.pop();
            }
            let mut printed = run(&command.arguments, root(), false);
            while printed.last().is_some_and(String::is_empty) {
                printed.pop();
            }
            if agree(&expected, &printed) {
                continue;
            }
            if update {
                rewritten = replace(&rewritten, &command.written, &expected, &printed);
            }
            wrong.push(format!(
                "{}:{}: tieuchi {}\n{}",
                page.strip_prefix(root()).unwrap_or(Path::new("")).display(),
                command.line,
                command.arguments.join(" "),
                printed.join("\n")
            ));
        }
        if rewritten != text {
            fs::write(&page, rewritten).unwrap();
        }
    }
    assert!(ran > 0, "no page shows a command");
    assert!(wrong.is_empty() || update, "{}", wrong.join("\n\n"));
}

/// The page with one shown output replaced; an output that ended in `…` keeps as many lines as it had.
fn replace(page: &str, command: &str, expected: &[String], printed: &[String]) -> String {
    let mut new: Vec<String> = printed.to_vec();
    if expected.last().is_some_and(|last| last == "…") && expected.len() > 1 {
        new.truncate(expected.len() - 1);
        new.push(String::from("…"));
    }
    let under = |lines: &[String]| {
        std::iter::once(command).chain(lines.iter().map(String::as_str)).collect::<Vec<_>>().join("\n")
    };
    page.replacen(&under(expected), &under(&new), 1)
}

#[test]
fn every_page_opens_with_its_title() {
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        assert!(text.starts_with("# "), "{} opens with {:?}", page.display(), text.lines().next());
    }
}

#[test]
fn the_rust_of_the_testers_page_is_the_example() {
    let page = fs::read_to_string(root().join("docs/guides/testers.md")).unwrap();
    let example = fs::read_to_string(root().join("examples/snapshot.rs")).unwrap();
    let (_, from) = example.split_once("// begin: quoted in docs/guides/testers.md\n").unwrap();
    let (quoted, _) = from.split_once("// end\n").unwrap();
    assert!(
        page.contains(&format!("```rust\n{quoted}```\n")),
        "docs/guides/testers.md: quote examples/snapshot.rs anew"
    );
}
