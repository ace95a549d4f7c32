//! The house rules of docs/ARCHITECTURE.md, held by reading the source.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms it may name; nothing else, and nothing upwards.
const ROOMS: &[(&str, &[&str])] = &[
    ("number", &[]),
    ("diagnostic", &["number"]),
    ("language", &["number", "diagnostic"]),
    ("script", &["number", "diagnostic", "language"]),
    ("ruleset", &["number", "diagnostic", "language", "script"]),
    ("unit", &["diagnostic", "language"]),
    ("submission", &["number", "diagnostic", "language", "ruleset"]),
    ("survey", &["number", "diagnostic", "language", "ruleset"]),
    ("published", &["number", "diagnostic", "language"]),
    ("engine", &["number", "diagnostic", "language", "script", "ruleset", "submission", "survey"]),
    ("trial", &["number", "diagnostic", "language", "ruleset", "submission", "survey", "engine"]),
    ("analysis", &["number", "diagnostic", "language", "ruleset", "unit", "submission", "engine"]),
    (
        "report",
        &[
            "number",
            "diagnostic",
            "language",
            "script",
            "ruleset",
            "submission",
            "survey",
            "engine",
            "trial",
            "analysis",
            "published",
        ],
    ),
    (
        "wire",
        &[
            "number",
            "diagnostic",
            "language",
            "script",
            "ruleset",
            "submission",
            "survey",
            "engine",
            "trial",
            "analysis",
            "published",
            "report",
        ],
    ),
    ("import", &["number", "diagnostic", "language", "ruleset", "unit", "submission", "survey", "published", "wire"]),
    ("bulk", &["diagnostic", "language", "ruleset", "unit", "submission", "engine", "analysis", "import"]),
    (
        "catalogue",
        &[
            "number",
            "diagnostic",
            "language",
            "ruleset",
            "unit",
            "submission",
            "survey",
            "published",
            "engine",
            "trial",
            "analysis",
            "import",
            "report",
        ],
    ),
    (
        "cli",
        &[
            "number",
            "diagnostic",
            "language",
            "script",
            "ruleset",
            "submission",
            "survey",
            "engine",
            "trial",
            "analysis",
            "published",
            "report",
            "wire",
            "import",
            "bulk",
            "catalogue",
        ],
    ),
];

/// Crates that live in one place.
const HOMES: &[(&str, &[&str])] = &[
    ("pest", &["language"]),
    ("pest_derive", &["language"]),
    ("jiff", &["language"]),
    ("rhai", &["script"]),
    ("rust_decimal", &["number", "script"]),
    ("num_rational", &["number"]),
    ("num_bigint", &["number"]),
    ("num_integer", &["number"]),
    ("num_traits", &["number"]),
    ("annotate_snippets", &["diagnostic"]),
    ("comfy_table", &["report"]),
    ("serde", &["wire", "bulk"]),
    ("serde_json", &["wire", "bulk"]),
    ("jsonc_parser", &["import"]),
    ("toml_edit", &["import"]),
    ("csv", &["import", "bulk"]),
    ("notify", &["catalogue"]),
    ("notify_debouncer_full", &["catalogue"]),
    ("rand", &["submission", "survey"]),
    ("rand_chacha", &["submission", "survey"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("indicatif", &["cli"]),
    ("anstream", &["cli"]),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Source files by path under `src`, with their text.
fn sources() -> BTreeMap<String, String> {
    let src = root().join("src");
    files(&src)
        .into_iter()
        .map(|path| (path.strip_prefix(&src).unwrap().display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect()
}

fn room(file: &str) -> Option<&str> {
    file.split_once('/').map(|(room, _)| room)
}

/// The code of a file: comment lines left out.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")).map(|(at, line)| (at + 1, line))
}

/// The names after every `crate::`.
fn named(line: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    let mut names = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => names.extend(list.split(',').map(|item| word(item.trim()))),
            None => names.push(word(rest)),
        }
    }
    names
}

#[test]
fn every_room_names_only_rooms_below_it() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some(room) = room(&file) else { continue };
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{file}: the room `{room}` is not on the floor plan"));
            continue;
        };
        for (line, content) in code(&text) {
            for name in named(content) {
                let known = ROOMS.iter().any(|(other, _)| *other == name);
                if known && name != room && !allowed.contains(&name.as_str()) {
                    wrong.push(format!("{file}:{line}: `{room}` may not name `{name}`"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn foreign_types_stay_home() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let room = room(&file).unwrap_or("");
        for (line, content) in code(&text) {
            for (name, homes) in HOMES {
                let used = content.match_indices(&format!("{name}::")).any(|(at, _)| {
                    let before = content[..at].chars().next_back();
                    !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':')
                });
                if used && !homes.contains(&room) {
                    wrong.push(format!("{file}:{line}: `{name}` lives in {homes:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_binary_floating_point_stands_anywhere() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (line, content) in code(&text) {
            let float = ["f32", "f64"].iter().any(|name| {
                content.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).any(|word| word == *name)
            });
            if float {
                wrong.push(format!("{file}:{line}: {}", content.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_small() {
    let mut lengths: Vec<(usize, String)> =
        sources().into_iter().map(|(file, text)| (text.lines().count(), file)).collect();
    lengths.sort();
    let median = lengths[lengths.len() / 2].0;
    let ninetieth = lengths[lengths.len() * 9 / 10].0;
    let (longest, file) = lengths.last().unwrap();
    assert!(median <= 150, "the median file has {median} lines");
    assert!(ninetieth <= 400, "one file in ten has more than {ninetieth} lines");
    assert!(*longest <= 600, "{file} has {longest} lines");
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<String> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(file, _)| file).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn tests_stand_outside_the_source() {
    let inside: Vec<String> =
        sources().into_iter().filter(|(_, text)| text.contains("cfg(test)")).map(|(file, _)| file).collect();
    assert!(inside.is_empty(), "{inside:?}");
}

#[test]
fn nothing_depends_on_the_order_of_a_hash() {
    let hashed: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| code(text).any(|(_, line)| line.contains("HashMap") || line.contains("HashSet")))
        .map(|(file, _)| file)
        .collect();
    assert!(hashed.is_empty(), "{hashed:?}");
}

#[test]
fn rooms_below_the_doors_read_no_file_clock_or_environment() {
    const OUTSIDE: &[&str] =
        &["std::fs", "std::env", "std::time", "std::thread", "std::net", "std::process", "SystemTime", "Instant::now"];
    // `bulk` shares its work out among threads, and is tested to give the same whatever their number.
    const DOORS: &[&str] = &["bulk", "catalogue", "cli"];
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some(room) = room(&file) else { continue };
        if DOORS.contains(&room) {
            continue;
        }
        for (line, content) in code(&text) {
            if OUTSIDE.iter().any(|name| content.contains(name)) {
                wrong.push(format!("{file}:{line}: {}", content.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_named_after_nothing() {
    const ENDINGS: &[&str] = &["Manager", "Service", "Helper", "Info", "Data", "Impl"];
    const EMPTY_ROOMS: &[&str] = &["utils", "common", "helpers", "types", "models", "core", "shared", "prelude"];
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if file.split(['/', '.']).any(|part| EMPTY_ROOMS.contains(&part)) {
            wrong.push(file.clone());
        }
        for (line, content) in code(&text) {
            let words: Vec<&str> = content.split_whitespace().collect();
            for pair in words.windows(2) {
                let [keyword, name] = pair else { continue };
                let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
                if ["struct", "enum", "trait"].contains(keyword) && ENDINGS.iter().any(|ending| name.ends_with(ending))
                {
                    wrong.push(format!("{file}:{line}: {name}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
