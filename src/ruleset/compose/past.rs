//! Where heads were in earlier years.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model::{Head, Ruleset};
use super::library::Identity;
use crate::diagnostic::Span;
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
    /// In each set of the chain: two editions of a year may number their heads otherwise.
    sets: BTreeMap<Identity, Codes>,
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
        let declared = said(head, upper.year).filter(|_| !lower);
        declared.unwrap_or_else(|| old.get(&head.code).cloned().into_iter().collect())
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
    if upper.year < own.year {
        past.years.insert(upper.year, through(&|code| Earlier::Codes(vec![code.to_owned()])));
    }
    for &year in upper.past.years.keys() {
        past.years.insert(year, through(&|code| upper.earlier(code, year)));
    }
    past.sets.insert(upper.identity(), through(&|code| Earlier::Codes(vec![code.to_owned()])));
    for set in upper.past.sets.keys() {
        past.sets.insert(set.clone(), through(&|code| upper.in_set(code, set)));
    }
    past.first = Some(through(&|code| upper.first(code)));
    past
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
        self.by_code(code).map_or(Earlier::Unknown, |(_, head)| self.was(head, year))
    }

    /// The same in an edition of that year, where one is named. Of an edition that this set does not build on, while it
    /// builds on another of the year, nobody says what its codes were: nothing is taken for the head's own.
    pub fn earlier_edition(&self, code: &str, year: u16, edition: Option<u16>) -> Earlier {
        self.by_code(code).map_or(Earlier::Unknown, |(_, head)| self.was_in(head, year, edition))
    }

    fn was_in(&self, head: &Head, year: u16, edition: Option<u16>) -> Earlier {
        let (Some(edition), Some(_)) = (edition, self.last_of(&self.path, year)) else { return self.was(head, year) };
        let set = Identity { path: self.path.clone(), year, edition };
        if self.past.sets.contains_key(&set) { self.was_there(head, &set) } else { Earlier::New }
    }

    fn was(&self, head: &Head, year: u16) -> Earlier {
        let code = head.code.as_str();
        if let Some(codes) = said(head, year) {
            return Earlier::Codes(codes);
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
        if self.builds_on(earlier) {
            return self.in_set(code, &earlier.identity());
        }
        if self.last_of(&self.path, earlier.year).is_some() {
            // It builds on another edition of that year, whose codes are not of this one.
            return match self.by_common(code, earlier) {
                Earlier::Unknown if self.same_decisions(earlier) => same(),
                known => known,
            };
        }
        if self.says_of(code, earlier.year) {
            return self.earlier(code, earlier.year);
        }
        // Two years of a lower level, each on its own year of the set above: there the codes are decided.
        let known = match self.frame(earlier) {
            Some(frame) => self.in_set(code, &frame),
            None => self.by_common(code, earlier),
        };
        // Each on its own text of the level above, where these say it.
        let known = match known {
            Earlier::Unknown => self.by_upper(code, earlier),
            known => known,
        };
        let one = || self.same_decisions(earlier) && self.same_place(code, earlier);
        match known {
            Earlier::Unknown if one() => same(),
            Earlier::New if self.added_in_both(code, earlier) && one() => same(),
            known => known,
        }
    }

    /// What the head with a code was by what the level above says, whose head it is.
    fn by_upper(&self, code: &str, earlier: &Self) -> Earlier {
        match (self.upper_level.as_deref(), earlier.upper_level.as_deref()) {
            (Some(ours), Some(theirs)) if ours.path == theirs.path && ours.by_code(code).is_some() => {
                ours.earlier_in(code, theirs)
            }
            _ => Earlier::Unknown,
        }
    }

    /// Whether what lies above a code is what lay above it then, as far as the sets say: areas may change places.
    fn same_place(&self, code: &str, earlier: &Self) -> bool {
        let above = |ruleset: &Self| {
            let (_, head) = ruleset.by_code(code)?;
            Some(ruleset.head(head.parent?)?.code.clone())
        };
        let (Some(now), Some(then)) = (above(self), above(earlier)) else { return true };
        match self.earlier_in(&now, earlier) {
            Earlier::Codes(were) => were.contains(&then),
            Earlier::New => false,
            Earlier::Unknown => true,
        }
    }

    /// Whether a code is of a head that this set and an earlier one have each added to the last set that both build on.
    fn added_in_both(&self, code: &str, earlier: &Self) -> bool {
        let added = |ruleset: &Self, common: &Identity| ruleset.in_set(code, common) == Earlier::New;
        self.common(earlier).is_some_and(|common| added(self, common) && added(earlier, common))
    }

    /// The last set that this one and another build on.
    fn common(&self, earlier: &Self) -> Option<&Identity> {
        let both = self.past.sets.keys().filter(|set| earlier.past.sets.contains_key(set));
        both.max_by_key(|set| (set.path == self.path, set.year, set.edition))
    }

    /// Whether the text of a head itself says what it was in a year, in lines that are this level's own.
    fn says_of(&self, code: &str, year: u16) -> bool {
        let above = |span: Span| {
            let of = |head: &Head| {
                head.replaces.iter().any(|line| line.year.span == span)
                    || head.starts.as_ref().is_some_and(|starts| starts.span == span)
            };
            self.upper_level.as_ref().is_some_and(|upper| upper.heads.iter().any(of))
        };
        self.by_code(code).is_some_and(|(_, head)| {
            let named = head.replaces.iter().filter(|line| line.year.value == year).map(|line| line.year.span);
            let starts = head.starts.iter().filter(|starts| starts.value > year).map(|starts| starts.span);
            named.chain(starts).any(|span| !above(span))
        })
    }

    /// What the head with a code was in an earlier set that this one does not build on, through the last set that both
    /// build on: the heads there that were the same ones then.
    fn by_common(&self, code: &str, earlier: &Self) -> Earlier {
        if (earlier.year, earlier.edition) >= (self.year, self.edition) {
            return Earlier::Unknown;
        }
        let Some(common) = self.common(earlier) else { return Earlier::Unknown };
        let Earlier::Codes(mine) = self.in_set(code, common) else { return self.in_set(code, common) };
        let (mut heirs, mut theirs) = (Vec::new(), BTreeSet::new());
        for head in &earlier.heads {
            let Earlier::Codes(codes) = earlier.in_set(&head.code, common) else { continue };
            if codes.iter().any(|code| mine.contains(code)) {
                heirs.push(head.code.clone());
                theirs.extend(codes);
            }
        }
        // Where the heads were joined otherwise, none of them is what this one was.
        let alike = theirs.len() == mine.len() && theirs.iter().all(|code| mine.contains(code));
        if alike && !heirs.is_empty() { Earlier::Codes(heirs) } else { Earlier::New }
    }

    /// What the head with a code was in one edition of an earlier year, of which another is the newest: where this set
    /// builds on none of them, what its lines say of the year they say of the newest.
    pub fn earlier_among(&self, code: &str, earlier: &Self, newest: &Self) -> Earlier {
        let chained = self.last_of(&self.path, earlier.year).is_some();
        if chained || newest.name() == earlier.name() || !self.says_of(code, earlier.year) {
            return self.earlier_results(code, earlier);
        }
        let Earlier::Codes(named) = self.earlier_results(code, newest) else { return Earlier::New };
        let mut codes: Vec<String> = Vec::new();
        for code in named {
            match newest.earlier_in(&code, earlier) {
                Earlier::Codes(were) => {
                    codes.extend(were.into_iter().filter(|code| !codes.contains(code)).collect::<Vec<_>>());
                }
                Earlier::New => {}
                Earlier::Unknown => return Earlier::New,
            }
        }
        if codes.is_empty() { Earlier::New } else { Earlier::Codes(codes) }
    }

    /// Whether nothing says what the heads were in one edition of an earlier year: this set builds on none of that year,
    /// and its lines name the codes of the year, which are those of the newest edition.
    pub fn names_newest_of(&self, earlier: &Self) -> bool {
        let named = |head: &Head| head.replaces.iter().any(|line| line.year.value == earlier.year);
        self.path == earlier.path
            && self.year > earlier.year
            && self.last_of(&self.path, earlier.year).is_none()
            && self.heads.iter().any(|head| named(head) && self.says_of(&head.code, earlier.year))
    }

    /// The upper level's set that another set of this level builds on, where this one's builds on it too.
    fn frame(&self, earlier: &Self) -> Option<Identity> {
        let (ours, theirs) = (self.upper_level.as_ref()?, earlier.upper_level.as_ref()?);
        (ours.path == theirs.path && ours.builds_on(theirs)).then(|| theirs.identity())
    }

    /// The same for results of an earlier set: where neither says, what the year says, unless this set builds on another
    /// edition of it.
    pub fn earlier_results(&self, code: &str, earlier: &Self) -> Earlier {
        match self.earlier_in(code, earlier) {
            Earlier::Unknown if !self.builds_on(earlier) => match self.last_of(&self.path, earlier.year) {
                Some(_) => Earlier::New,
                None => self.earlier(code, earlier.year),
            },
            known => known,
        }
    }

    /// What the head with a code was in a set that this one builds on. Lines of its own name the codes of a year: those
    /// of the last edition that this set builds on.
    fn in_set(&self, code: &str, set: &Identity) -> Earlier {
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
