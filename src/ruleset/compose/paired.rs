//! Whose head of an earlier set each head is, where that set is at hand.

use std::collections::BTreeSet;

use super::super::model::{Head, Ruleset};
use super::library::Identity;
use super::pairs::{Common, Hint, Pair, Pairs};
use super::past::Earlier;
use crate::diagnostic::Span;
use crate::language::fold;

impl Ruleset {
    /// What one head was in an earlier set ([`Pairs::told`]).
    pub fn earlier_in(&self, code: &str, earlier: &Self) -> Earlier {
        Pairs::of_set(self, earlier, &[]).told(code)
    }

    /// What speaks for what a head was in an earlier set; `decided` is what it was by the sets of the level above, where it
    /// is that level's.
    pub(super) fn hint_in(
        &self,
        head: &Head,
        earlier: &Self,
        (decided, one_decision): (Option<&Pair>, bool),
        common: &Common,
    ) -> Hint {
        let code = &head.code;
        let builds_on = self.builds_on(earlier);
        // The level above decides what its heads were, but for lines that this level writes under them.
        if let Some(decided) = decided.filter(|_| !builds_on && !self.says_of(code, earlier.year)) {
            return decided.hint(code, earlier.by_code(code).is_some());
        }
        match self.said_in(code, earlier) {
            Hint::Code if builds_on => return Hint::Code,
            Hint::Code => {}
            Hint::Said(Earlier::New) if !builds_on && one_decision && self.added_in_both(code, earlier) => {
                return Hint::NewInBoth;
            }
            known => return known,
        }
        match self.last_of(&self.path, earlier.year) {
            // Editions of one decision have one numbering, as far as nobody says another.
            Some(last) if one_decision => match self.in_set(code, last) {
                Earlier::Codes(codes) => Hint::Held(codes),
                Earlier::New => Hint::Said(Earlier::New),
                Earlier::Unknown => Hint::Code,
            },
            Some(_) => Hint::Against(Vec::new()),
            None => common.hint(self, head, earlier).unwrap_or_else(|| match self.held(head, earlier.year) {
                // New since a year before: whether before or after the earlier set, nobody says.
                Hint::Said(Earlier::New) if self.knows_before(head, earlier.year) => Hint::Against(Vec::new()),
                hint => hint,
            }),
        }
    }

    /// Whether a year before another one says something of a head, and the other itself nothing.
    fn knows_before(&self, head: &Head, year: u16) -> bool {
        self.known_of(head, year).is_none() && self.years_known(head).range(..year).next().is_some()
    }

    /// The newest edition of an earlier set's year, where lines of this one name its codes and it builds on none of them,
    /// or where it says nothing of that year and of those before it.
    pub(super) fn newest_named<'r>(&self, earlier: &Self, beside: &[&'r Self]) -> Option<&'r Self> {
        let is = |set: &&&Self| set.path == self.path && set.year == earlier.year && set.edition > earlier.edition;
        let newest = beside.iter().filter(is).max_by_key(|set| set.edition).copied();
        newest.filter(|_| self.goes_by_newest_of(earlier))
    }

    /// Whether it goes by the newest edition of an earlier set's year, if that set is another.
    pub fn goes_by_newest_of(&self, earlier: &Self) -> bool {
        let one_index = self.path == earlier.path && self.year > earlier.year;
        self.names_newest_of(earlier)
            || (one_index && self.last_of(&self.path, earlier.year).is_none() && !self.knows_of(earlier.year))
    }

    /// Whether it says of any head what it was in a year or before that.
    fn knows_of(&self, year: u16) -> bool {
        self.heads.iter().any(|head| self.years_known(head).range(..=year).next().is_some())
    }

    /// The last set between this one and an earlier one, where this one goes by it ([`Ruleset::goes_by`]): of a year between,
    /// or another edition of its own year or of the earlier one.
    pub(super) fn between<'r>(&self, earlier: &Self, beside: &[&'r Self]) -> Option<&'r Self> {
        let is = |set: &&&Self| {
            let [then, between, now] = [earlier, **set, self].map(|set| (set.year, set.edition));
            set.path == self.path && then < between && between < now && self.goes_by(set.year, earlier.year)
        };
        beside.iter().filter(is).max_by_key(|set| (set.year, set.edition)).copied().filter(|_| !self.builds_on(earlier))
    }

    /// Whether the set of a year between says what the heads were in an earlier year: lines of this level's heads name its
    /// codes, or this set says nothing of the earlier year and of those before it.
    pub fn goes_by(&self, between: u16, earlier: u16) -> bool {
        let own = |head: &&Head| self.upper_level.as_ref().is_none_or(|upper| upper.by_code(&head.code).is_none());
        let named = |head: &Head| head.replaces.iter().any(|line| line.year.value == between);
        let names = self.heads.iter().filter(own).any(named);
        self.last_of(&self.path, between).is_none() && (names || !self.knows_of(earlier))
    }

    /// What the sets say that the head with a code was in an earlier one; its code alone where they say nothing.
    fn said_in(&self, code: &str, earlier: &Self) -> Hint {
        let said = |was: Earlier| if was == Earlier::Unknown { Hint::Code } else { Hint::Said(was) };
        // Two drafts of one edition, or one text under two names.
        if self.name() == earlier.name() || self.fingerprint == earlier.fingerprint {
            return said(match earlier.by_code(code) {
                Some(_) => Earlier::Codes(vec![code.to_owned()]),
                None => Earlier::New,
            });
        }
        if self.path != earlier.path {
            return Hint::Code;
        }
        if self.builds_on(earlier) {
            return said(self.in_set(code, &earlier.identity()));
        }
        // Where it builds on another edition of that year, the codes of that one are not this one's.
        let chained = self.last_of(&self.path, earlier.year).is_some();
        if !chained && self.says_of(code, earlier.year) {
            return said(self.earlier(code, earlier.year));
        }
        // Two years of a lower level, each on its own year of the set above: there the codes are decided.
        match self.frame(earlier).filter(|_| !chained) {
            Some(frame) => said(self.in_set(code, &frame)),
            None => self.by_common(code, earlier),
        }
    }

    /// The sets of the nearest level above that both this one and another build on.
    pub fn upper_levels<'r>(&'r self, earlier: &'r Self) -> Option<(&'r Self, &'r Self)> {
        let above = |set: &'r Self| std::iter::successors(set.upper_level.as_deref(), |set| set.upper_level.as_deref());
        above(self).find_map(|ours| Some((ours, above(earlier).find(|theirs| theirs.path == ours.path)?)))
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
    fn by_common(&self, code: &str, earlier: &Self) -> Hint {
        if (earlier.year, earlier.edition) >= (self.year, self.edition) {
            return Hint::Code;
        }
        let Some(common) = self.common(earlier) else { return Hint::Code };
        let mine = match self.in_set(code, common) {
            Earlier::Codes(mine) => mine,
            Earlier::New => return Hint::Said(Earlier::New),
            Earlier::Unknown => return Hint::Code,
        };
        heirs(&mine, earlier, &|head| earlier.in_set(&head.code, common)).unwrap_or(Hint::Said(Earlier::New))
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

/// The heads of an earlier set that were what a head was in a year before both; none of them where they were joined
/// otherwise, and nothing where there are none.
pub(super) fn heirs(mine: &[String], earlier: &Ruleset, was: &dyn Fn(&Head) -> Earlier) -> Option<Hint> {
    let (mut heirs, mut theirs) = (Vec::new(), BTreeSet::new());
    for head in &earlier.heads {
        if let Earlier::Codes(codes) = was(head)
            && codes.iter().any(|code| mine.contains(code))
        {
            heirs.push(head.code.clone());
            theirs.extend(codes);
        }
    }
    let alike = theirs.len() == mine.len() && theirs.iter().all(|code| mine.contains(code));
    match heirs.is_empty() {
        true => None,
        false if alike => Some(Hint::Said(Earlier::Codes(heirs))),
        false => Some(Hint::Against(heirs)),
    }
}
