//! Finds a ruleset by what it is called: a file, or its path, year and edition under a folder of rulesets.

use std::path::{Path, PathBuf};

use super::load::EXTENSION;
use super::shelf::numbered;

/// The file that a name stands for: itself when there is such a file, else the one of `vn/par-index/tinh/2022`,
/// `vn/par-index/tinh 2022` or `vn/par-index/tinh 2025-1` in the folder; of a year the newest edition.
///
/// A path without a year stands for its folder. Nothing is said of whether it can be read: what does not exist is told
/// by who reads it.
pub fn find(name: &str, folder: &Path) -> PathBuf {
    let itself = PathBuf::from(name);
    if itself.exists() {
        return itself;
    }
    let parts = name.split(['/', ' ']).filter(|part| !part.is_empty());
    // `..` never leaves the folder of rulesets.
    if name.starts_with('/') || parts.clone().any(|part| part == "." || part == "..") {
        return itself;
    }
    let parts: Vec<&str> = parts.collect();
    let Some((last, above)) = parts.split_last() else { return itself };
    let above = folder.join(above.join("/"));
    let inside = above.join(format!("{last}.{EXTENSION}"));
    let (year, edition) = match last.split_once('-') {
        Some((year, edition)) => (year.parse(), edition.parse::<u16>().ok()),
        None => (last.parse(), None),
    };
    let editions = year.map(|year: u16| numbered(&above, year)).unwrap_or_default();
    let chosen = editions.into_iter().rev().find(|(number, _)| edition.is_none_or(|edition| edition == *number));
    match chosen {
        Some((_, path)) => path,
        None if inside.is_file() => inside,
        None if above.join(last).is_dir() => above.join(last),
        None => itself,
    }
}
