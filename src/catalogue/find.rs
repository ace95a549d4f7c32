//! Finds a ruleset by what it is called: a file, or `its/path/year` under a folder of rulesets.

use std::path::{Path, PathBuf};

use super::load::EXTENSION;

/// The file that a name stands for: itself when there is such a file, else `<folder>/<name>.tieuchi`.
///
/// Nothing is said of whether it can be read: what does not exist is told by who reads it.
pub fn find(name: &str, folder: &Path) -> PathBuf {
    let itself = PathBuf::from(name);
    if itself.exists() {
        return itself;
    }
    let parts = name.split('/').filter(|part| !part.is_empty());
    // `..` never leaves the folder of rulesets.
    if name.starts_with('/') || parts.clone().any(|part| part == "." || part == "..") {
        return itself;
    }
    let inside = folder.join(format!("{}.{EXTENSION}", parts.collect::<Vec<_>>().join("/")));
    if inside.is_file() { inside } else { itself }
}
