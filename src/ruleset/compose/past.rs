//! Where heads were in earlier years.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model::{Head, HeadId, Ruleset};
use super::library::Identity;
use super::pairs::Hint;

/// What a head was in an earlier year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// These heads of that year.
    Codes(Vec<String>),
    /// It was not there.
    New,
    /// Neither its text nor the sets that it builds on say.
    Unknown,
}

/// The codes of heads in the years that a set builds on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    years: BTreeMap<u16, Codes>,
    /// In each set of the chain: two editions of a year may number their heads otherwise.
    pub(super) sets: BTreeMap<Identity, Codes>,
    /// In the first set of the chain, whatever its year: that of this one where it is a later edition.
    first: Option<Codes>,
    /// The codes of all heads of each set of the chain, of those, too, that are no longer there.
    pub(super) stood: BTreeMap<Identity, BTreeSet<String>>,
    /// The heads of a year, by its codes, that several heads apart are said to have been, and what these are now.
    split: BTreeMap<(u16, String), Parts>,
}

/// The codes of the parts of one head; of those that are gone nothing.
type Parts = BTreeSet<Option<String>>;

/// What the heads of this set were, by their codes; of one that is there with nothing, the sets do not say.
pub(super) type Codes = BTreeMap<String, Option<Vec<String>>>;

/// The years that a set knows from the one that it extends; `old` says what its codes were there.
///
/// A lower level takes the past of what it takes over from the set above it: there the codes are decided. Of its own heads
/// nothing is known, but that none of them is a head of the level above.
pub(in super::super) fn past(upper: &Ruleset, own: &Identity, old: &BTreeMap<String, String>, heads: &[Head]) -> Past {
    let mut past = Past::default();
    let lower = upper.path != own.path;
    let origin = |head: &Head| -> Vec<String> {
        let declared = said(head, upper.year).filter(|_| !lower);
        declared.unwrap_or_else(|| old.get(&head.code).cloned().into_iter().collect())
    };
    // What the heads were that each comes from.
    let through = |were: &dyn Fn(&str) -> Earlier, stood: Option<&BTreeSet<String>>| {
        let mut codes = Codes::new();
        for head in heads {
            let from = origin(head);
            if lower && from.is_empty() && !stood.is_some_and(|stood| stood.contains(&head.code)) {
                codes.insert(head.code.clone(), None);
            }
            for code in from {
                match were(&code) {
                    Earlier::Codes(earlier) => {
                        let known = codes.entry(head.code.clone()).or_insert_with(|| Some(Vec::new()));
                        if let Some(codes) = known {
                            // Parts that are one again were one head before they were split.
                            codes.extend(earlier.into_iter().filter(|code| !codes.contains(code)).collect::<Vec<_>>());
                        }
                    }
                    Earlier::Unknown => _ = codes.insert(head.code.clone(), None),
                    Earlier::New => {}
                }
            }
        }
        codes
    };
    let itself = |code: &str| Earlier::Codes(vec![code.to_owned()]);
    let mut stood = upper.past.stood.clone();
    stood.insert(upper.identity(), upper.heads.iter().map(|head| head.code.clone()).collect());
    let in_set = |set: &Identity| stood.get(set);
    if upper.year < own.year {
        past.years.insert(upper.year, through(&itself, in_set(&upper.identity())));
    }
    for &year in upper.past.years.keys() {
        let last = stood.keys().filter(|set| set.year == year).max_by_key(|set| (set.path == upper.path, set.edition));
        past.years.insert(year, through(&|code| upper.earlier(code, year), last.and_then(in_set)));
    }
    past.sets.insert(upper.identity(), through(&itself, in_set(&upper.identity())));
    for set in upper.past.sets.keys() {
        past.sets.insert(set.clone(), through(&|code| upper.in_set(code, set), in_set(set)));
    }
    past.first = Some(through(&|code| upper.first(code), None));
    past.stood = stood;
    let heir = |code: String| heads.iter().find(|head| origin(head).contains(&code)).map(|head| head.code.clone());
    let now = |parts: Parts| parts.into_iter().map(|code| code.and_then(heir)).collect();
    past.split = split(upper).into_iter().map(|(head, parts)| (head, now(parts))).collect();
    past
}

/// The heads of earlier years that a set says to be several now, none of which lies below another.
fn split(set: &Ruleset) -> BTreeMap<(u16, String), Parts> {
    let mut heirs: BTreeMap<(u16, &str), Vec<(HeadId, &str)>> = BTreeMap::new();
    for (at, head) in set.heads.iter().enumerate() {
        for line in &head.replaces {
            for code in &line.codes {
                heirs.entry((line.year.value, &code.value)).or_default().push((HeadId(at), &head.code));
            }
        }
    }
    let mut split = set.past.split.clone();
    for ((year, code), heirs) in heirs {
        let apart = |one: HeadId, other: HeadId| !set.lies_under(one, other) && !set.lies_under(other, one);
        if heirs.iter().any(|&(one, _)| heirs.iter().any(|&(other, _)| apart(one, other))) {
            let parts = heirs.iter().map(|(_, code)| Some((*code).to_owned()));
            split.entry((year, code.to_owned())).or_default().extend(parts);
        }
    }
    split
}

/// What the lines of a head name of an earlier year, all of them together; nothing where none does.
fn said(head: &Head, year: u16) -> Option<Vec<String>> {
    let lines = || head.replaces.iter().filter(|replaces| replaces.year.value == year);
    let mut codes: Vec<String> = Vec::new();
    for code in lines().flat_map(|replaces| &replaces.codes) {
        if !codes.contains(&code.value) {
            codes.push(code.value.clone());
        }
    }
    lines().next().map(|_| codes)
}

fn of(codes: &Codes, code: &str) -> Earlier {
    match codes.get(code) {
        Some(Some(codes)) => Earlier::Codes(codes.clone()),
        Some(None) => Earlier::Unknown,
        None => Earlier::New,
    }
}

impl Ruleset {
    /// What the head with a code was in an earlier year: as its own lines say, else as the sets say that this one
    /// builds on. A set holds until the next one comes, and of what was before the first of them nothing says that its
    /// codes were others.
    pub fn earlier(&self, code: &str, year: u16) -> Earlier {
        let hint = self.by_code(code).map(|(_, head)| self.hint(head, year, None));
        match hint {
            Some(Hint::Said(was)) => was,
            Some(Hint::Held(codes)) => Earlier::Codes(codes),
            Some(Hint::Code | Hint::NewInBoth | Hint::Against(_)) | None => Earlier::Unknown,
        }
    }

    /// What speaks for what a head was in a year, or in an edition of it. Of an edition that this set does not build on,
    /// while it builds on another of the year, nobody says what its codes were: nothing is taken for the head's own.
    pub(super) fn hint(&self, head: &Head, year: u16, edition: Option<u16>) -> Hint {
        if let (Some(edition), Some(_)) = (edition, self.last_of(&self.path, year)) {
            let set = Identity { path: self.path.clone(), year, edition };
            return match self.past.sets.contains_key(&set).then(|| self.was_there(head, &set)) {
                Some(Earlier::Unknown) => Hint::Code,
                Some(known) => Hint::Said(known),
                None => Hint::Said(Earlier::New),
            };
        }
        self.known_of(head, year).map_or_else(|| self.held(head, year), Hint::Said)
    }

    /// What a head was in a year by its own lines, or by the sets of that year that this one builds on.
    pub(super) fn known_of(&self, head: &Head, year: u16) -> Option<Earlier> {
        if let Some(codes) = said(head, year) {
            return Some(Earlier::Codes(codes));
        }
        if head.starts.as_ref().is_some_and(|starts| starts.value > year) {
            return Some(Earlier::New);
        }
        if year == self.year {
            return Some(Earlier::Codes(vec![head.code.clone()]));
        }
        self.past.years.get(&year).map(|codes| of(codes, &head.code)).filter(|was| *was != Earlier::Unknown)
    }

    /// Whether several heads of a set that it builds on are said to have been one of a year, and are not one again: what
    /// is left is a part of it.
    pub fn was_split(&self, code: &str, year: u16) -> bool {
        self.past.split.get(&(year, code.to_owned())).is_some_and(|parts| parts.len() > 1 || parts.contains(&None))
    }

    /// Whether it says of any head what its codes were in a year.
    pub(super) fn names(&self, year: u16) -> bool {
        self.heads.iter().any(|head| matches!(self.known_of(head, year), Some(Earlier::Codes(_))))
    }

    /// The years of which something is said of a head.
    pub(super) fn years_known(&self, head: &Head) -> BTreeSet<u16> {
        let lines = head.replaces.iter().map(|replaces| replaces.year.value);
        self.past.years.keys().copied().chain(lines).collect()
    }

    /// What the nearest year says of a head that is not said of the year itself: the one before it, whose codes hold until
    /// others come, else the one after it, else the first set.
    pub(super) fn held(&self, head: &Head, year: u16) -> Hint {
        let years = self.years_known(head);
        let before = years.range(..=year).next_back().copied().or_else(|| self.known_of(head, year).map(|_| year));
        let after = || years.range(year..).next().copied();
        // What a later year's set said of it is not here to ask, where it is not built on.
        let moved = |later: u16| {
            let named = said(head, later).filter(|_| before.is_none() && !self.past.years.contains_key(&later));
            named.filter(|codes| codes.as_slice() != [head.code.as_str()])
        };
        let nearest = before.or_else(after);
        if let Some(codes) = nearest.and_then(moved) {
            return Hint::Against(codes);
        }
        let was = match nearest {
            Some(nearest) => self.known_of(head, nearest).unwrap_or(Earlier::Unknown),
            None => self.past.first.as_ref().map_or(Earlier::Unknown, |first| of(first, &head.code)),
        };
        match was {
            Earlier::Codes(codes) => Hint::Held(codes),
            Earlier::New => Hint::Said(Earlier::New),
            Earlier::Unknown => Hint::Code,
        }
    }

    /// What the head with a code was in a set that this one builds on. Lines of its own name the codes of a year: those
    /// of the last edition that this set builds on.
    pub(super) fn in_set(&self, code: &str, set: &Identity) -> Earlier {
        self.by_code(code).map_or(Earlier::Unknown, |(_, head)| self.was_there(head, set))
    }

    fn was_there(&self, head: &Head, set: &Identity) -> Earlier {
        if head.starts.as_ref().is_some_and(|starts| starts.value > set.year) {
            return Earlier::New;
        }
        let known = |set: &Identity| self.past.sets.get(set).map_or(Earlier::Unknown, |codes| of(codes, &head.code));
        let Some(said) = said(head, set.year).map(Earlier::Codes) else { return known(set) };
        match self.last_of(&set.path, set.year) {
            // What became of them between the editions is known where the line says what the sets say.
            Some(last) if last != set => {
                if known(last) == said {
                    known(set)
                } else {
                    Earlier::Unknown
                }
            }
            _ => said,
        }
    }

    /// The last set of a year that this one builds on, under a path.
    pub(in super::super) fn last_of(&self, path: &str, year: u16) -> Option<&Identity> {
        self.past.sets.keys().filter(|set| set.path == path && set.year == year).max_by_key(|set| set.edition)
    }

    /// What the head with a code was in the first set that this one builds on; itself, where it builds on none.
    fn first(&self, code: &str) -> Earlier {
        match &self.past.first {
            Some(first) => of(first, code),
            None => Earlier::Codes(vec![code.to_owned()]),
        }
    }

    /// Whether the set says of any head where it comes from.
    pub fn declares_lineage(&self) -> bool {
        self.heads.iter().any(|head| !head.replaces.is_empty() || head.starts.is_some())
    }
}
