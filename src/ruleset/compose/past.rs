//! Where heads were in earlier years.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model::{Head, Ruleset};
use super::library::Identity;
use crate::language::fold;

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
    /// In the first set of the chain, whatever its year: that of this one where it is a later edition.
    first: Option<Codes>,
}

/// What the heads of this set were, by their codes; of one that is there with nothing, the sets do not say.
type Codes = BTreeMap<String, Option<Vec<String>>>;

/// The years that a set knows from the one that it extends; `old` says what its codes were there.
///
/// A lower level takes the past of what it takes over from the set above it: there the codes are decided. Of its own heads
/// nothing is known.
pub(in super::super) fn past(upper: &Ruleset, own: &Identity, old: &BTreeMap<String, String>, heads: &[Head]) -> Past {
    let mut past = Past::default();
    let lower = upper.path != own.path;
    let origin = |head: &Head| -> Vec<String> {
        let declared = head.replaces.iter().find(|replaces| !lower && replaces.year.value == upper.year);
        match declared {
            Some(replaces) => replaces.codes.iter().map(|code| code.value.clone()).collect(),
            None => old.get(&head.code).cloned().into_iter().collect(),
        }
    };
    // What the heads were that each comes from.
    let through = |were: &dyn Fn(&str) -> Earlier| {
        let mut codes = Codes::new();
        for head in heads {
            let from = origin(head);
            if lower && from.is_empty() {
                codes.insert(head.code.clone(), None);
            }
            for code in from {
                match were(&code) {
                    Earlier::Codes(earlier) => {
                        let known = codes.entry(head.code.clone()).or_insert_with(|| Some(Vec::new()));
                        if let Some(codes) = known {
                            codes.extend(earlier.iter().cloned());
                        }
                    }
                    Earlier::Unknown => _ = codes.insert(head.code.clone(), None),
                    Earlier::New => {}
                }
            }
        }
        codes
    };
    if upper.year < own.year {
        past.years.insert(upper.year, through(&|code| Earlier::Codes(vec![code.to_owned()])));
    }
    for &year in upper.past.years.keys() {
        past.years.insert(year, through(&|code| upper.earlier(code, year)));
    }
    past.first = Some(through(&|code| upper.first(code)));
    past
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
        let Some((_, head)) = self.by_code(code) else { return Earlier::Unknown };
        if let Some(replaces) = head.replaces.iter().find(|replaces| replaces.year.value == year) {
            return Earlier::Codes(replaces.codes.iter().map(|code| code.value.clone()).collect());
        }
        if head.starts.as_ref().is_some_and(|starts| starts.value > year) {
            return Earlier::New;
        }
        match self.past.years.range(..=year).next_back() {
            Some((_, codes)) => of(codes, code),
            None => self.past.first.as_ref().map_or(Earlier::Unknown, |first| of(first, code)),
        }
    }

    /// What the head with a code was in one earlier set. Codes are known through the sets that this one builds on; of any
    /// other set only what heads say themselves, and where both stand on the same decisions.
    pub fn earlier_in(&self, code: &str, earlier: &Self) -> Earlier {
        let same = || match earlier.by_code(code) {
            Some(_) => Earlier::Codes(vec![code.to_owned()]),
            None => Earlier::New,
        };
        // Two drafts of one edition, or one text under two names.
        if self.name() == earlier.name() || self.fingerprint == earlier.fingerprint {
            return same();
        }
        if self.path != earlier.path {
            return Earlier::Unknown;
        }
        let says = self.by_code(code).is_some_and(|(_, head)| {
            head.replaces.iter().any(|said| said.year.value == earlier.year)
                || head.starts.as_ref().is_some_and(|starts| starts.value > earlier.year)
        });
        match self.earlier(code, earlier.year) {
            known if says || self.builds_on(earlier) => known,
            _ if self.same_decisions(earlier) => same(),
            // Two years of a lower level, each on its own year of the set above: there the codes are decided.
            _ => self.frame_year(earlier).map_or(Earlier::Unknown, |year| self.earlier(code, year)),
        }
    }

    /// The year of the upper level's set that another set of this level builds on, where this one's builds on it too.
    fn frame_year(&self, earlier: &Self) -> Option<u16> {
        let (ours, theirs) = (self.upper_level.as_ref()?, earlier.upper_level.as_ref()?);
        (ours.path == theirs.path && ours.builds_on(theirs)).then_some(theirs.year)
    }

    /// Whether another set is one that this one extends, directly or through others.
    pub fn builds_on(&self, earlier: &Self) -> bool {
        let name = earlier.name();
        self.decisions.iter().any(|decision| decision.name == name)
    }

    /// Whether both stand on the same decisions, and on some.
    pub fn same_decisions(&self, other: &Self) -> bool {
        let numbers = |ruleset: &Self| -> BTreeSet<String> {
            ruleset.authorities.iter().map(|(number, _)| fold(number)).collect()
        };
        !self.authorities.is_empty() && numbers(self) == numbers(other)
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
