//! Whose head of an earlier set each head is, where that set is at hand.

use std::collections::BTreeSet;

use super::super::model::{Head, Ruleset};
use super::library::Identity;
use super::past::{Codes, Earlier};
use crate::diagnostic::Span;
use crate::language::fold;

impl Ruleset {
    /// What the head with a code was in one earlier set. Codes are known through the sets that this one builds on; of any
    /// other set only what heads say themselves, and where both stand on the same decisions.
    pub fn earlier_in(&self, code: &str, earlier: &Self) -> Earlier {
        self.in_edition(code, earlier, &[])
    }

    /// The same in one edition of an earlier year; `newest` are the newest editions of that year, of each level one, where
    /// they are not this one.
    fn in_edition(&self, code: &str, earlier: &Self, newest: &[&Self]) -> Earlier {
        let newest_of = newest.iter().find(|set| set.path == earlier.path && set.year == earlier.year);
        let newest_of = newest_of.filter(|newest| newest.name() != earlier.name());
        let chained = self.last_of(&self.path, earlier.year).is_some();
        let Some(last) = newest_of.filter(|_| !chained && self.says_of(code, earlier.year)) else {
            return self.through_levels(code, earlier, newest);
        };
        // Where this set builds on none of them, what its lines say of the year they say of the newest.
        let Earlier::Codes(named) = self.earlier(code, earlier.year) else { return Earlier::New };
        let mut codes: Vec<String> = Vec::new();
        for code in named {
            match last.earlier_in(&code, earlier) {
                Earlier::Codes(were) => {
                    codes.extend(were.into_iter().filter(|code| !codes.contains(code)).collect::<Vec<_>>());
                }
                Earlier::New => {}
                Earlier::Unknown => return Earlier::New,
            }
        }
        if codes.is_empty() { Earlier::New } else { Earlier::Codes(codes) }
    }

    fn through_levels(&self, code: &str, earlier: &Self, newest: &[&Self]) -> Earlier {
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
        // Where it builds on another edition of that year, the codes of that one are not this one's.
        let chained = self.last_of(&self.path, earlier.year).is_some();
        if !chained && self.says_of(code, earlier.year) {
            return self.earlier(code, earlier.year);
        }
        // Two years of a lower level, each on its own year of the set above: there the codes are decided.
        let known = match self.frame(earlier).filter(|_| !chained) {
            Some(frame) => self.in_set(code, &frame),
            None => self.by_common(code, earlier),
        };
        // Each on its own text of the level above, where these say it.
        let known = match known {
            Earlier::Unknown if !chained => self.by_upper(code, earlier, newest),
            known => known,
        };
        let steady = || self.is_steady(code, earlier) && earlier.is_steady(code, self);
        let one = || self.same_decisions(earlier) && steady() && self.same_place(code, earlier, newest);
        match known {
            Earlier::Unknown | Earlier::New if !self.same_level(code, earlier) => Earlier::New,
            Earlier::Unknown if one() => same(),
            Earlier::New if self.added_in_both(code, earlier) && one() => same(),
            known => known,
        }
    }

    /// What the head with a code was by what the level above says, whose head it is.
    fn by_upper(&self, code: &str, earlier: &Self, newest: &[&Self]) -> Earlier {
        match self.upper_levels(earlier) {
            Some((ours, theirs)) if ours.by_code(code).is_some() => ours.in_edition(code, theirs, newest),
            _ => Earlier::Unknown,
        }
    }

    /// The sets of the level above that this one and another build on, where they are of one index.
    pub fn upper_levels<'r>(&'r self, earlier: &'r Self) -> Option<(&'r Self, &'r Self)> {
        let (ours, theirs) = (self.upper_level.as_deref()?, earlier.upper_level.as_deref()?);
        (ours.path == theirs.path).then_some((ours, theirs))
    }

    /// Whether the heads of this code are both this level's own, or both the level's above: one of the one and one of the
    /// other are two heads, whatever they are called.
    fn same_level(&self, code: &str, earlier: &Self) -> bool {
        let theirs = |(ours, theirs): (&Self, &Self)| ours.by_code(code).is_some() == theirs.by_code(code).is_some();
        self.upper_levels(earlier).is_none_or(theirs)
    }

    /// Whether what lies above a code is what lay above it then: areas may change places.
    fn same_place(&self, code: &str, earlier: &Self, newest: &[&Self]) -> bool {
        let above = |ruleset: &Self| {
            let (_, head) = ruleset.by_code(code)?;
            Some(ruleset.head(head.parent?)?.code.clone())
        };
        let (Some(now), Some(then)) = (above(self), above(earlier)) else { return true };
        // Of what is not known there, what lies above that is not what it was.
        matches!(self.in_edition(&now, earlier, newest), Earlier::Codes(were) if were.contains(&then))
    }

    /// Whether a code was of one head in all the sets of this index that only this one builds on: what two texts of one
    /// decision call it says nothing, where one of them stands on sets that called it otherwise.
    fn is_steady(&self, code: &str, other: &Self) -> bool {
        let own = |set: &Identity| set.path == self.path && !other.past.sets.contains_key(set);
        let was_itself = |(set, codes): (&Identity, &Codes)| match codes.get(code) {
            Some(Some(were)) => were.as_slice() == [code],
            Some(None) | None => !self.past.stood.get(set).is_some_and(|stood| stood.contains(code)),
        };
        self.past.sets.iter().filter(|(set, _)| own(set)).all(was_itself)
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
        self.upper_levels(earlier).filter(|(ours, theirs)| ours.builds_on(theirs)).map(|(_, theirs)| theirs.identity())
    }

    /// The same for results of an earlier set: where neither says, what the year says, unless this set builds on another
    /// edition of it. `newest` are the newest editions of its year, of each level one.
    pub fn earlier_results(&self, code: &str, earlier: &Self, newest: &[&Self]) -> Earlier {
        match self.in_edition(code, earlier, newest) {
            Earlier::Unknown if !self.builds_on(earlier) => match self.last_of(&self.path, earlier.year) {
                Some(_) => Earlier::New,
                None => self.earlier(code, earlier.year),
            },
            known => known,
        }
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
}
