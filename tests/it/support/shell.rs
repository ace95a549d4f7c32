//! A command that a page shows: its words, what it prints, and whether the page agrees.

use std::path::Path;
use std::process::Command;

/// Splits a command as a shell would, for plain words and double quotes.
pub(crate) fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in command.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(character),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What the command prints in a folder, without colour; what goes to stderr stands below what goes to stdout.
pub(crate) fn run(arguments: &[String], folder: &Path, told: bool) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_tieuchi"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let mut text = String::from_utf8(output.stdout).unwrap();
    if told {
        text.push_str(&String::from_utf8(output.stderr).unwrap());
    }
    text.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Whether the lines printed are those expected, `…` standing for any number of lines.
pub(crate) fn agree(expected: &[String], printed: &[String]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first == "…" => {
            (0..=printed.len()).any(|skip| agree(rest, printed.get(skip..).unwrap_or_default()))
        }
        Some((first, rest)) => printed.first() == Some(first) && agree(rest, printed.get(1..).unwrap_or_default()),
    }
}
