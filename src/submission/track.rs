//! Which step of the round an entry belongs to.

use super::Explained;
use crate::diagnostic::Language;
use crate::language::tree::{Method, Track};
use crate::language::{Keyword, fold, level_i};
use crate::ruleset::{Head, Ruleset, Scoring};

/// The keyword of a track.
fn keyword(track: Track) -> Keyword {
    match track {
        Track::SelfScore => Keyword::SelfScore,
        Track::Appraisal1 => Keyword::Appraisal1,
        Track::Explanation => Keyword::Explanation,
        Track::Appraisal2 => Keyword::Appraisal2,
    }
}

const ALL: [Track; 4] = [Track::SelfScore, Track::Appraisal1, Track::Explanation, Track::Appraisal2];

/// A track's name, as the ruleset's line of tracks spells it.
pub fn track_name(track: Track, language: Language) -> &'static str {
    keyword(track).canonical(language)
}

/// The track that a name means, in either language: `self`, `tự chấm`, `appraisal-1`, `thẩm định lần 1`.
pub(super) fn read(name: &str) -> Option<Track> {
    let wanted = key(name);
    ALL.into_iter().find(|&track| {
        [Language::Vietnamese, Language::English]
            .iter()
            .flat_map(|&language| keyword(track).spellings(language))
            .any(|spelling| key(spelling) == wanted)
    })
}

/// A track's name as it is compared.
pub(super) fn key(name: &str) -> String {
    let folded = fold(name).replace(['-', '_'], " ");
    level_i(&folded.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// How far an explanation has come, by the words of either language.
pub(super) fn explained(words: &str) -> Option<Explained> {
    Some(match key(words).as_str() {
        "awaited" | "dang cho" | "dang cho giai trinh" | "cho giai trinh" => Explained::Asked,
        "given" | "da giai trinh" => Explained::Given,
        "lapsed" | "het han" | "het han giai trinh" => Explained::Lapsed,
        "not asked" | "khong ieu cau" | "khong yeu cau" => Explained::NotAsked,
        _ => return None,
    })
}

/// How a sheet says how far an explanation has come.
pub fn explained_name(explained: Explained) -> &'static str {
    match explained {
        Explained::NotAsked => "not asked",
        Explained::Asked => "awaited",
        Explained::Given => "given",
        Explained::Lapsed => "lapsed",
    }
}

/// Whether the unit states this head itself.
pub(super) fn self_scored(head: &Head) -> bool {
    head.method == Method::Appraised
}

/// The track of a leaf's values where none is named: the unit's own, or the last appraisal for what it does not state.
pub fn usual_track(ruleset: &Ruleset, head: &Head) -> Option<Track> {
    let entered = head.leaf.as_ref().is_some_and(|leaf| matches!(leaf.scoring, Scoring::Entered { .. }));
    let has_self = ruleset.tracks.contains(&Track::SelfScore);
    let appraisal =
        ruleset.tracks.iter().copied().rfind(|track| matches!(track, Track::Appraisal1 | Track::Appraisal2));
    if has_self && self_scored(head) && (!entered || appraisal.is_none()) {
        return Some(Track::SelfScore);
    }
    appraisal
}
