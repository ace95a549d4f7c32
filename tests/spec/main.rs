//! The manual, tried: every heading with a ruleset fence is a test, and every id of the catalogue has its page.
//!
//! A fence ```` ```tieuchi ```` holds a ruleset, or lines that stand after `prelude.vi.tieuchi` / `prelude.en.tieuchi`;
//! a line of the prelude gives way to the same line at the top of the fence. Words after `tieuchi`: `whole` leaves the
//! prelude's `trích` out, `bare` the prelude, `ignore-warnings` asks for errors only. `\u{202E}` stands for that
//! character. A line `bộ tiêu chí …` further down begins another text; sets of `docs/language/vi-du` may be extended.
//! A mistake is marked where it starts: `# error[band-gap]: từ 80% đến dưới 90%`. `UPDATE=1` rewrites the
//! marks. A fence of another kind is shown only.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod elsewhere;
mod fence;
mod manual;
mod mark;
mod page;

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
        for path in &paths {
            page::update(path);
        }
    }
    let pages: Vec<page::Page> = paths.iter().map(|path| page::read(root, path)).collect();
    let mut trials = manual::trials(root, &pages);
    for page in pages {
        for section in page.sections.into_iter().filter(|section| !section.fences.is_empty()) {
            let name = format!("{}#{}", page.name, section.heading);
            trials.push(Trial::test(name, move || {
                let faults: Vec<String> = section.fences.iter().flat_map(fence::Fence::faults).collect();
                if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}
