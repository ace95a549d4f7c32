//! The command line as people and scripts meet it: the real binary, on the shipped rulesets.

mod around;
mod bulk;
mod check;
mod completions;
mod derived;
mod explain;
mod fmt;
mod hostile;
mod local;
mod national;
mod published;
mod previous;
mod previous_table;
mod rank;
mod registers;
mod sample;
mod score;
mod show;
mod synthetic;
mod tables;
mod tried;
mod watch;
mod what;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run gave.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    /// Its result as JSON of a shape.
    fn json(&self, shape: &str) -> Value {
        let value: Value = serde_json::from_str(&self.out).unwrap();
        assert_eq!(value["shape"], shape);
        value
    }
}

/// The binary, started where the rulesets lie.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieuchi"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR").env_remove("COLUMNS");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str]) -> Run {
    let output = command(arguments).output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

const DESK: &str = "rulesets/example/service-desk/2025.tieuchi";
const DESK_SHEETS: &str = "rulesets/example/service-desk/examples/2025";

/// A folder with a copy of the service desk's ruleset in its place, and its submissions in `sheets`.
fn desk(folder: &Path) {
    let (place, sheets) = (folder.join("rulesets/example/service-desk"), folder.join("sheets"));
    fs::create_dir_all(&place).unwrap();
    fs::create_dir_all(&sheets).unwrap();
    fs::copy(DESK, place.join("2025.tieuchi")).unwrap();
    for entry in fs::read_dir(DESK_SHEETS).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, sheets.join(path.file_name().unwrap())).unwrap();
    }
}

/// Writes a file as editors do: beside it, then moved into its place.
fn replace(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    let beside = path.with_extension("new");
    fs::write(&beside, text.replacen(from, to, 1)).unwrap();
    fs::rename(beside, path).unwrap();
}
