//! Which texts a set may build on: given by who calls, found by path, year and edition.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Nearest, SourceId, nearest};
use crate::language::fold;
use crate::language::tree::{Extends, File, Statement};

/// What tells one set from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// The index's path.
    pub path: String,
    /// The year.
    pub year: u16,
    /// The edition of that year, from 1.
    pub edition: u16,
}

impl Identity {
    /// `vn/par-index/tinh 2022`, `vn/par-index/tinh 2025-2`.
    pub fn name(&self) -> String {
        if self.edition > 1 {
            format!("{} {}-{}", self.path, self.year, self.edition)
        } else {
            format!("{} {}", self.path, self.year)
        }
    }

    /// The identity that a text states, if it states a path and a year.
    pub fn of(file: &File) -> Option<Self> {
        let statements = || file.lines.iter().filter_map(|line| line.statement.as_ref());
        let path = statements().find_map(|statement| match statement {
            Statement::Ruleset { path, .. } => Some(path.value.clone()),
            _ => None,
        })?;
        let year = statements().find_map(|statement| match statement {
            Statement::Year(year) => Some(year.value),
            _ => None,
        })?;
        let edition = statements().find_map(|statement| match statement {
            Statement::Edition(edition) => Some(edition.value),
            _ => None,
        });
        Some(Self { path, year, edition: edition.unwrap_or(1) })
    }
}

/// A set that another names: by `kế thừa`, or by `thay cho … của năm …`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// The index's path.
    pub path: String,
    /// The year.
    pub year: u16,
    /// The edition; nothing means the newest.
    pub edition: Option<u16>,
    /// Only editions before this one count.
    pub before: Option<u16>,
}

impl Wanted {
    /// What a `kế thừa` of a set names; its own year is meant in an earlier edition.
    pub fn by(extends: &Extends, own: &Identity) -> Self {
        let same = extends.path.value == own.path && extends.year.value == own.year;
        Self {
            path: extends.path.value.clone(),
            year: extends.year.value,
            edition: extends.edition.as_ref().map(|edition| edition.value),
            before: same.then_some(own.edition),
        }
    }

    /// Whether a set is such a one.
    pub fn fits(&self, identity: &Identity) -> bool {
        identity.path == self.path
            && identity.year == self.year
            && self.edition.is_none_or(|edition| edition == identity.edition)
            && (self.edition.is_some() || self.before.is_none_or(|before| identity.edition < before))
    }

    /// `vn/par-index/tinh 2022`, with the edition where one is named.
    pub fn name(&self) -> String {
        let identity = Identity { path: self.path.clone(), year: self.year, edition: self.edition.unwrap_or(1) };
        identity.name()
    }
}

/// What a text asks for: the set that it extends, the years that its lineage names, and the year before one whose period
/// it states.
pub fn wanted(file: &File) -> Vec<Wanted> {
    let Some(own) = Identity::of(file) else { return Vec::new() };
    let mut all = Vec::new();
    for statement in file.lines.iter().filter_map(|line| line.statement.as_ref()) {
        match statement {
            Statement::Extends(extends) => all.push(Wanted::by(extends, &own)),
            Statement::Period(_) => all.extend(own.year.checked_sub(1).map(|year| lineage(&own.path, year))),
            Statement::Replaces(replaces) => all.push(lineage(&own.path, replaces.year.value)),
            _ => {}
        }
    }
    all.sort();
    all.dedup();
    all
}

/// The set of an earlier year that a lineage names.
pub(in super::super) fn lineage(path: &str, year: u16) -> Wanted {
    Wanted { path: path.to_owned(), year, edition: None, before: None }
}

/// The texts that sets may build on, told apart by what they are called.
#[derive(Clone, Debug, Default)]
pub struct Library {
    texts: BTreeMap<Identity, SourceId>,
    offered: BTreeSet<String>,
}

impl Library {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A text under what it is called; the text itself stands in the map of sources.
    pub fn add(&mut self, identity: Identity, source: SourceId) {
        self.offered.insert(identity.name());
        self.texts.entry(identity).or_insert(source);
    }

    /// A set that is there but was not read: it is offered where another name is near.
    pub fn offer(&mut self, name: String) {
        self.offered.insert(name);
    }

    /// The newest set of those wanted.
    pub(in super::super) fn find(&self, wanted: &Wanted) -> Option<(&Identity, SourceId)> {
        self.texts
            .iter()
            .rev()
            .find(|(identity, _)| wanted.fits(identity))
            .map(|(identity, &source)| (identity, source))
    }

    /// The set whose name is nearest to one that is not there; never the one that asks for it.
    pub(in super::super) fn near(&self, name: &str, own: &Identity) -> Nearest {
        let own = own.name();
        nearest(name, self.offered.iter().map(String::as_str).filter(|offered| *offered != own), fold)
    }
}
