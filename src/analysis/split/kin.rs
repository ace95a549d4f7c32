//! Which leaf of one year's set is which of another's.

use std::collections::BTreeMap;

use super::Why;
use crate::ruleset::{Earlier, HeadId, Pairs, Ruleset};

/// What each leaf of a set was in the other, or why it cannot be held against one there.
pub(super) type Matches = BTreeMap<HeadId, Result<HeadId, Why>>;

/// The leaves of two sets of one index, matched both ways.
#[derive(Clone, Debug, Default)]
pub(super) struct Kin {
    /// Of each leaf of the later set.
    pub(super) later: Matches,
    /// Of each leaf of the earlier set.
    pub(super) earlier: Matches,
}

/// Matches the leaves of two sets.
pub(super) fn kin(later: &Ruleset, earlier: &Ruleset) -> Kin {
    let mut kin = Kin::default();
    // Every head that says it was one of them, with the code that it has now.
    let mut heirs: BTreeMap<HeadId, Vec<(HeadId, String)>> = BTreeMap::new();
    let mut joined: BTreeMap<HeadId, String> = BTreeMap::new();
    let pairs = Pairs::of_set(later, earlier, &[]);
    for (at, head) in later.heads.iter().enumerate() {
        let id = HeadId(at);
        let came = match pairs.told(&head.code) {
            Earlier::Codes(codes) => {
                let known: Vec<HeadId> =
                    codes.iter().filter_map(|code| earlier.by_code(code)).map(|(id, _)| id).collect();
                match known.as_slice() {
                    [] => Err(Why::New),
                    [one] => {
                        heirs.entry(*one).or_default().push((id, head.code.clone()));
                        let leaf = earlier.head(*one).is_some_and(|then| then.leaf.is_some());
                        if leaf { Ok(*one) } else { Err(Why::HadParts(codes)) }
                    }
                    several => {
                        joined.extend(several.iter().map(|&then| (then, head.code.clone())));
                        Err(Why::Joined(codes))
                    }
                }
            }
            Earlier::New => Err(Why::New),
            Earlier::Unknown => Err(Why::Unknown),
        };
        if head.leaf.is_some() {
            kin.later.insert(id, came);
        }
    }
    for (id, head, _) in earlier.leaves() {
        let heirs = heirs.get(&id).map_or(&[][..], Vec::as_slice);
        let came = match heirs {
            [(heir, _)] if kin.later.contains_key(heir) => Ok(*heir),
            [] => match joined.get(&id) {
                Some(code) => Err(Why::JoinedInto(code.clone())),
                None if kin.later.values().any(|came| *came == Err(Why::Unknown)) => Err(Why::Unknown),
                None => Err(Why::Gone),
            },
            heirs => Err(Why::DividedInto(heirs.iter().map(|(_, code)| code.clone()).collect())),
        };
        if came.is_err() {
            for (heir, _) in heirs {
                if let Some(own) = kin.later.get_mut(heir) {
                    *own = Err(Why::Divided(head.code.clone()));
                }
            }
        }
        kin.earlier.insert(id, came);
    }
    kin
}
