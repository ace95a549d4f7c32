//! The manual, tried: every heading with a ruleset fence is a test, and every id of the catalogue has its page.
//!
//! A fence ```` ```tieuchi ```` holds a ruleset, or lines that stand after `prelude.vi.tieuchi` / `prelude.en.tieuchi`;
//! a line of the prelude gives way to the same line at the top of the fence. Words after `tieuchi`: `whole` leaves the
//! prelude's `trích` out, `bare` the prelude, `ignore-warnings` asks for errors only. `\u{202E}` stands for that
//! character. A line `bộ tiêu chí …` further down begins another text; sets of `docs/language/vi-du` may be extended.
//! A mistake is marked where it starts: `# error[band-gap]: từ 80% đến dưới 90%`. `UPDATE=1` rewrites the
//! marks.
//!
//! A fence ```` ```explained ```` shows the reasons of examples and tests of the ruleset above it: the line of an example, or
//! `kiểm thử "…", 1.4` (a head, or nothing for the whole), and below it what the engine says. `line` numbers are those of the fence.
//! Below `tests/spec`, a fence with `file=<name>` is a file of the page (a ruleset with its prelude), and a fence
//! ```` ```console ```` shows what `$ tieuchi …` prints in their folder. A fence of another kind is shown only.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod elsewhere;
mod explained;
mod fence;
mod manual;
mod mark;
mod page;
mod session;
#[path = "../it/support/shell.rs"]
mod shell;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

/// Where pages are looked for.
const FOLDERS: [&str; 4] = ["docs/diagnostics", "docs/guides", "docs/language", "tests/spec"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = FOLDERS.iter().flat_map(|folder| page::files(&root.join(folder))).collect();
    paths.push(root.join("README.md"));
    paths.sort();
    if std::env::var_os("UPDATE").is_some() {
        let asked =
            |path: &&PathBuf| arguments.filter.as_deref().is_some_and(|filter| path.to_string_lossy().contains(filter));
        // Of what is not the name of a page every page may hold some.
        let all = !paths.iter().any(|path| asked(&path));
        for path in paths.iter().filter(|path| all || asked(path)) {
            page::update(root, path);
        }
    }
    let pages: Vec<page::Page> = paths.iter().map(|path| page::read(root, path)).collect();
    let mut trials = manual::trials(root, &pages);
    for page in pages {
        if page.commands {
            let found = page.found.clone();
            trials.push(Trial::test(format!("{}: commands", page.name), move || {
                if found.printed.is_empty() { Ok(()) } else { Err(found.printed.join("\n").into()) }
            }));
        }
        let sections = page.sections.into_iter().enumerate();
        for (at, section) in sections.filter(|(_, section)| !section.fences.is_empty()) {
            let found = page.found.clone();
            let name = format!("{}#{}", page.name, section.heading);
            trials.push(Trial::test(name, move || {
                let mut faults: Vec<String> = section.fences.iter().flat_map(fence::Fence::faults).collect();
                faults.extend(found.misexplained(at).map(|told| format!("it is explained so:\n{told}")));
                if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}
