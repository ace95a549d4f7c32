//! Which head of an earlier year each head was: as the sets say, else as their codes do.
//!
//! A code stands for a head that it was not said to be only as far as nothing speaks against it: no other head was that
//! one, what lies above the two is the same, both are of one level, and what either set says of a year before both
//! agrees. Where something does, the head has nothing of that year: a value that is another head's would be a wrong point.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model::{Head, Ruleset};
use super::paired::heirs;
use super::past::Earlier;

/// What the heads of a set were in an earlier year, or in a set of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    were: BTreeMap<String, Pair>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// What it is taken to have been.
    was: Earlier,
    /// Who says so.
    by: By,
}

/// The surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    /// The sets, or a decision that both stand on.
    Sets,
    /// The year nearby of which the sets say it; nobody, where that is spoken against.
    Year,
    /// Its code alone.
    Code,
}

/// What speaks for what a head was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// The sets say it.
    Said(Earlier),
    /// These are its codes of the nearest year of which the sets say it.
    Held(Vec<String>),
    /// Its code, and nothing else.
    Code,
    /// Its code, where the sets say of both that they are new since the last one that they share.
    NewInBoth,
    /// Nothing, as something speaks against each; these codes are not free for others.
    Against(Vec<String>),
}

/// What became of a head's hint.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// The sets say it.
    Said(Earlier),
    /// Its codes of a year nearby, and nothing speaks against them.
    Held(Vec<String>),
    /// It goes by its code.
    Assumed,
    /// Something speaks against it.
    Refused,
}

impl Pair {
    /// What it says to a level below, whose head it is too, by this code, which the set of then may have.
    pub(super) fn hint(&self, code: &str, is_there: bool) -> Hint {
        match (&self.was, self.by) {
            (was, By::Sets) => Hint::Said(was.clone()),
            (Earlier::New, By::Code) if !is_there => Hint::Code,
            (Earlier::Codes(codes), By::Code) if codes.as_slice() == [code] => Hint::Code,
            (Earlier::Codes(codes), _) => Hint::Held(codes.clone()),
            (Earlier::New | Earlier::Unknown, _) => Hint::Against(Vec::new()),
        }
    }
}

impl Pairs {
    /// As a set knows an earlier year, or an edition of it, whose set is not at hand.
    pub fn of_year(ruleset: &Ruleset, year: u16, edition: Option<u16>) -> Self {
        let hints: Vec<_> = ruleset.heads.iter().map(|head| (ruleset.hint(head, year, edition), false)).collect();
        settle(ruleset, None, &Common::default(), &hints)
    }

    /// The same, where the set of a year between is at hand.
    pub fn of_year_by(ruleset: &Ruleset, between: &Ruleset, year: u16, edition: Option<u16>) -> Self {
        let (first, next) = (Self::of_set(ruleset, between, &[]), Self::of_year(between, year, edition));
        let round = joined(ruleset, &first, &next);
        Self::of_year(ruleset, year, edition)
            .completed(ruleset, |head| round.were.get(&head.code).filter(|_| ruleset.known_of(head, year).is_none()))
    }

    /// In the very set. `beside` are sets at hand that say more of it: the newest editions of its year, whose codes the
    /// lines of this set name, and those of the years between; of each level.
    pub fn of_set(ruleset: &Ruleset, then: &Ruleset, beside: &[&Ruleset]) -> Self {
        if let Some(newest) = ruleset.newest_named(then, beside) {
            return Self::through(ruleset, newest, then, beside);
        }
        let above = ruleset.upper_levels(then).map(|(ours, theirs)| Self::of_set(ours, theirs, beside));
        let one_decision = ruleset.path == then.path && ruleset.same_decisions(then);
        let common = Common::of_sets(ruleset, then);
        let hint = |head: &Head| {
            let decided = above.as_ref().and_then(|above| above.were.get(&head.code));
            let one_decision = one_decision && decided.is_none();
            (ruleset.hint_in(head, then, (decided, one_decision), &common), one_decision)
        };
        let hints: Vec<_> = ruleset.heads.iter().map(hint).collect();
        let direct = settle(ruleset, Some(then), &common, &hints);
        match ruleset.between(then, beside) {
            Some(between) => {
                let round = Self::through(ruleset, between, then, beside);
                let silent = |head: &Head| then.year == ruleset.year || ruleset.known_of(head, then.year).is_none();
                direct.completed(ruleset, |head| {
                    let decided = above.as_ref().is_some_and(|above| above.were.contains_key(&head.code));
                    round.were.get(&head.code).filter(|_| !decided && silent(head))
                })
            }
            None => direct,
        }
    }

    /// By way of a third set.
    fn through(ruleset: &Ruleset, by: &Ruleset, then: &Ruleset, beside: &[&Ruleset]) -> Self {
        joined(ruleset, &Self::of_set(ruleset, by, beside), &Self::of_set(by, then, beside))
    }

    /// With what a way round says of heads of which the sets say nothing straight.
    fn completed<'p>(mut self, ruleset: &Ruleset, round: impl Fn(&Head) -> Option<&'p Pair>) -> Self {
        let found = ruleset.heads.iter().filter_map(|head| Some((head.code.clone(), round(head)?.clone())));
        self.were.extend(found);
        self
    }

    /// What a head is taken to have been: some heads, or none; unknown where something speaks against each.
    pub fn was(&self, code: &str) -> Earlier {
        self.were.get(code).map_or(Earlier::Unknown, |pair| pair.was.clone())
    }

    /// What the sets say that it was, or a decision that both stand on; unknown where its code alone would.
    pub fn told(&self, code: &str) -> Earlier {
        self.were.get(code).filter(|pair| pair.by == By::Sets).map_or(Earlier::Unknown, |pair| pair.was.clone())
    }

    /// The same with what the years nearby say, and none where something speaks against each; unknown where its code alone
    /// would.
    pub fn known(&self, code: &str) -> Earlier {
        let pair = self.were.get(code).filter(|pair| pair.by != By::Code);
        pair.map_or(Earlier::Unknown, |pair| match &pair.was {
            Earlier::Unknown => Earlier::New,
            known => known.clone(),
        })
    }
}

/// What heads were by two steps.
fn joined(ruleset: &Ruleset, first: &Pairs, next: &Pairs) -> Pairs {
    let pair = |head: &Head| {
        let first = first.were.get(&head.code)?;
        let Earlier::Codes(codes) = &first.was else { return Some((head.code.clone(), first.clone())) };
        let (mut all, mut least_sure, mut lost) = (Vec::new(), first.by, false);
        for pair in codes.iter().filter_map(|code| next.were.get(code)) {
            least_sure = least_sure.max(pair.by);
            match &pair.was {
                Earlier::Codes(were) => {
                    all.extend(were.iter().filter(|code| !all.contains(*code)).cloned().collect::<Vec<_>>());
                }
                Earlier::New => {}
                Earlier::Unknown => lost = true,
            }
        }
        let was = match (lost, all.is_empty()) {
            (true, _) => Earlier::Unknown,
            (false, true) => Earlier::New,
            (false, false) => Earlier::Codes(all),
        };
        Some((head.code.clone(), Pair { was, by: least_sure }))
    };
    Pairs { were: ruleset.heads.iter().filter_map(pair).collect() }
}

/// The years before an earlier set of which both that one and this one say something.
#[derive(Default)]
pub(super) struct Common {
    years: BTreeMap<u16, Pairs>,
}

impl Common {
    /// None where this one speaks of the earlier set's own year.
    fn of_sets(ruleset: &Ruleset, then: &Ruleset) -> Self {
        let speaks = |year: u16| ruleset.names(year);
        if speaks(then.year) {
            return Self::default();
        }
        let theirs: BTreeSet<u16> = then.heads.iter().flat_map(|head| then.years_known(head)).collect();
        let both = theirs.into_iter().filter(|&year| year < then.year && speaks(year));
        Self { years: both.map(|year| (year, Pairs::of_year(ruleset, year, None))).collect() }
    }

    /// What a head of this set was in a year: as is said of it, else, of such a year, as it is taken to have been.
    fn of(&self, ruleset: &Ruleset, head: &Head, year: u16) -> Option<Earlier> {
        let taken = || self.years.get(&year).map(|pairs| pairs.was(&head.code)).filter(|was| *was != Earlier::Unknown);
        ruleset.known_of(head, year).or_else(taken)
    }

    /// What a head of this set was in the earlier one by what both say of the nearest of those years.
    pub(super) fn hint(&self, ruleset: &Ruleset, head: &Head, then: &Ruleset) -> Option<Hint> {
        let (&year, _) = self.years.last_key_value()?;
        let Earlier::Codes(mine) = self.of(ruleset, head, year)? else { return None };
        let was = |head: &Head| then.known_of(head, year).unwrap_or(Earlier::Unknown);
        // Both go by lines of that year, whose set need not be there.
        match heirs(&mine, then, &was)? {
            Hint::Said(Earlier::Codes(codes)) if mine.iter().any(|code| then.was_split(code, year)) => {
                Some(Hint::Against(codes))
            }
            Hint::Said(Earlier::Codes(codes)) => Some(Hint::Held(codes)),
            other => Some(other),
        }
    }
}

/// Takes up the hints, from the top: what lies below follows what lies above.
fn settle(ruleset: &Ruleset, then: Option<&Ruleset>, common: &Common, hints: &[(Hint, bool)]) -> Pairs {
    let mut claimed = Claimed::default();
    for (head, (hint, _)) in ruleset.heads.iter().zip(hints) {
        claimed.take(&head.code, hint);
    }
    let mut order: Vec<(usize, &Head, &(Hint, bool))> =
        ruleset.heads.iter().zip(hints).map(|(head, hint)| (ruleset.above(head).count(), head, hint)).collect();
    order.sort_by_key(|(depth, ..)| *depth);
    let mut states: BTreeMap<&str, State> = BTreeMap::new();
    let mut pairs = Pairs::default();
    for (_, head, (hint, one_decision)) in order {
        let asked = Asked { ruleset, then, claimed: &claimed, states: &states, common, head };
        let state = asked.state(hint);
        let else_by = |by| if *one_decision { By::Sets } else { by };
        let (was, by) = match (&state, hint) {
            (State::Said(was), _) => (was.clone(), By::Sets),
            (State::Held(codes), _) => (asked.there(codes), else_by(By::Year)),
            (State::Assumed, _) => (asked.there(std::slice::from_ref(&head.code)), else_by(By::Code)),
            (State::Refused, Hint::NewInBoth) => (Earlier::New, By::Sets),
            (State::Refused, _) => (Earlier::Unknown, By::Year),
        };
        pairs.were.insert(head.code.clone(), Pair { was, by });
        states.insert(&head.code, state);
    }
    pairs
}

/// The codes of then that are some head's, and whose.
#[derive(Default)]
struct Claimed {
    said: BTreeMap<String, BTreeSet<String>>,
    held: BTreeMap<String, BTreeSet<String>>,
}

impl Claimed {
    fn take(&mut self, by: &str, hint: &Hint) {
        let (claims, codes) = match hint {
            Hint::Said(Earlier::Codes(codes)) => (&mut self.said, codes),
            Hint::Held(codes) | Hint::Against(codes) => (&mut self.held, codes),
            Hint::Said(_) | Hint::Code | Hint::NewInBoth => return,
        };
        for code in codes {
            claims.entry(code.clone()).or_default().insert(by.to_owned());
        }
    }

    /// Whether a code is another head's, as is said, or as the years nearby say where `held` counts.
    fn by_another(&self, code: &str, own: &str, held: bool) -> bool {
        let other = |claims: &BTreeMap<String, BTreeSet<String>>| {
            claims.get(code).is_some_and(|heads| heads.iter().any(|head| head != own))
        };
        other(&self.said) || (held && other(&self.held))
    }
}

/// One head, and what is known so far.
struct Asked<'a, 'r> {
    ruleset: &'r Ruleset,
    /// The set that heads are looked for in, where it is at hand.
    then: Option<&'r Ruleset>,
    claimed: &'a Claimed,
    states: &'a BTreeMap<&'r str, State>,
    common: &'a Common,
    head: &'r Head,
}

impl Asked<'_, '_> {
    fn state(&self, hint: &Hint) -> State {
        match hint {
            Hint::Said(was) => State::Said(was.clone()),
            Hint::Held(codes) if codes.iter().all(|code| self.fits(code, false)) => State::Held(codes.clone()),
            Hint::Code | Hint::NewInBoth if self.fits(&self.head.code, true) => State::Assumed,
            Hint::Held(_) | Hint::Code | Hint::NewInBoth | Hint::Against(_) => State::Refused,
        }
    }

    /// Whether nothing speaks against a code of then.
    fn fits(&self, code: &str, by_code: bool) -> bool {
        let own = &self.head.code;
        !self.claimed.by_another(code, own, by_code)
            && self.lies_there(code, by_code)
            && self.then.is_none_or(|then| self.same_level(code, then) && self.agrees(code, by_code, then))
    }

    /// Whether what lies above the code is what lies above the head.
    fn lies_there(&self, code: &str, by_code: bool) -> bool {
        let above = self.above_then(code);
        let sure = self.then.is_some();
        let known = self.ruleset.above(self.head).find_map(|above| match self.states.get(above.code.as_str())? {
            State::Assumed => None,
            known => Some((&above.code, known)),
        });
        if by_code && self.moved_by_code(&above) {
            return false;
        }
        match known {
            // Codes of one year, which need not show what they lie below.
            Some((_, State::Held(_))) if !sure && !by_code => true,
            // What keeps its code keeps what lies below it, where nobody knows better.
            Some((now, State::Said(Earlier::Codes(were)) | State::Held(were))) => {
                were.iter().any(|code| above.contains(code) || (!sure && code == now))
            }
            Some(_) => false,
            None => !above.iter().any(|code| self.claimed.by_another(code, &self.head.code, true)),
        }
    }

    /// Whether the head lies below one whose code both sets have, and the code of then below another such.
    fn moved_by_code(&self, above: &BTreeSet<String>) -> bool {
        let Some(then) = self.then else { return false };
        let own: Vec<&str> = self.ruleset.above(self.head).map(|above| above.code.as_str()).collect();
        let stays = own.iter().any(|code| then.by_code(code).is_some() && !above.contains(*code));
        stays && above.iter().any(|code| self.ruleset.by_code(code).is_some() && !own.contains(&code.as_str()))
    }

    /// Whether both are this level's own, or both the level's above: one of the one and one of the other are two heads,
    /// whatever they are called.
    fn same_level(&self, code: &str, then: &Ruleset) -> bool {
        let (ours, theirs) = match (self.ruleset.upper_levels(then), &self.ruleset.upper_level, &then.upper_level) {
            (Some(common), ..) => common,
            // Nothing is known of what the one above was called before.
            (None, Some(ours), Some(theirs)) => (ours.as_ref(), theirs.as_ref()),
            (None, ..) => return true,
        };
        let same = ours.by_code(&self.head.code).is_some() == theirs.by_code(code).is_some();
        same || then.by_code(code).is_none()
    }

    /// Whether what the set of then says of a year before it is what this one says of that year.
    fn agrees(&self, code: &str, by_code: bool, then: &Ruleset) -> bool {
        let Some((_, theirs)) = then.by_code(code) else { return true };
        if self.is_anothers(code, then) {
            return false;
        }
        let new = theirs.starts.as_ref().and_then(|starts| starts.value.checked_sub(1));
        let mut years = then.years_known(theirs).into_iter().chain(new).filter(|year| *year < then.year);
        years.all(|year| {
            let own = |head: &Head| self.common.of(self.ruleset, head, year);
            match (then.known_of(theirs, year), own(self.head)) {
                // Of several heads that are one now, each may be one of then; by its code alone only the same can be.
                (Some(Earlier::Codes(was)), Some(Earlier::Codes(_))) if was.iter().any(|code| then.was_split(code, year)) => false,
                (Some(Earlier::Codes(was)), Some(Earlier::Codes(own))) => {
                    was.iter().all(|code| own.contains(code)) && (!by_code || own.len() == was.len())
                }
                (Some(Earlier::New), Some(Earlier::Codes(_))) | (Some(Earlier::Codes(_)), Some(Earlier::New)) => false,
                (Some(Earlier::Codes(was)), _) => !self.ruleset.heads.iter().any(
                    |other| matches!(own(other), Some(Earlier::Codes(other)) if other.iter().any(|code| was.contains(code))),
                ),
                _ => true,
            }
        })
    }

    /// Whether the set of then says of another of its heads that it was what this head was in a year before both.
    fn is_anothers(&self, code: &str, then: &Ruleset) -> bool {
        let mut years = self.ruleset.years_known(self.head).into_iter().chain(self.common.years.keys().copied());
        years.any(|year| {
            let Some(Earlier::Codes(own)) = self.common.of(self.ruleset, self.head, year) else { return false };
            let was = |head: &Head| match then.known_of(head, year).filter(|_| year < then.year) {
                Some(Earlier::Codes(codes)) => codes.iter().any(|code| own.contains(code)),
                _ => false,
            };
            let heads = || then.heads.iter().filter(|head| was(head));
            heads().next().is_some() && !heads().any(|head| head.code == code)
        })
    }

    /// Codes of then as what a head was: those that the set of then has.
    fn there(&self, codes: &[String]) -> Earlier {
        let there = |code: &&String| self.then.is_none_or(|then| then.by_code(code).is_some());
        let codes: Vec<String> = codes.iter().filter(there).cloned().collect();
        if codes.is_empty() { Earlier::New } else { Earlier::Codes(codes) }
    }

    /// The heads above one of then, by their codes: `1` and `1.2` of `1.2.3` where the set is not at hand.
    fn above_then(&self, code: &str) -> BTreeSet<String> {
        match self.then {
            Some(set) => {
                let head = set.by_code(code).map(|(_, head)| head);
                head.into_iter().flat_map(|head| set.above(head)).map(|above| above.code.clone()).collect()
            }
            None => code.match_indices('.').filter_map(|(at, _)| code.get(..at)).map(str::to_owned).collect(),
        }
    }
}
