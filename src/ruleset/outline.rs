//! The tree of heads, read off their codes.

use std::collections::BTreeMap;

use super::compose::level_words;
use super::draft::{Draft, HeadDraft};
use super::model::HeadId;
use crate::diagnostic::{Both, Diagnostic, Names, Nearest, Structure, nearest};
use crate::language::limits;
use crate::language::tree::{Level, Statement};

/// Where each head stands: for the heads kept, their draft, parent and depth.
#[derive(Debug)]
pub(super) struct Place {
    /// Its place among the drafts.
    pub(super) draft: usize,
    /// Its parent among the places.
    pub(super) parent: Option<usize>,
    /// Its children among the places.
    pub(super) children: Vec<usize>,
}

/// The places by their code; of a code that stands twice, the last.
type Codes<'a> = BTreeMap<&'a str, usize>;

/// Reads the tree off the codes.
pub(super) fn outline(draft: &Draft<'_>, findings: &mut Vec<Diagnostic>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut depths: Vec<usize> = Vec::new();
    let mut by_code: Codes<'_> = BTreeMap::new();
    let mut by_number: BTreeMap<String, usize> = BTreeMap::new();
    for (at, head) in draft.heads.iter().enumerate() {
        let code = &head.head.code;
        let same = by_code.get(code.value.as_str()).and_then(|&place| places.get(place));
        if let Some(first) = same.and_then(|place| code_of(draft, place)) {
            let finding = Diagnostic::new(Names::DuplicateCode { code: code.value.clone() }, code.span);
            // It stays in the tree, so that sums and the lines below it are not told of as well.
            findings.push(finding.label(first.head.code.span, "đã dùng ở đây", "used here"));
        }
        let plain = without_zeros(&code.value);
        if same.is_none()
            && let Some(other) = by_number.get(&plain).and_then(|&place| places.get(place))
            && let Some(other) = code_of(draft, other)
        {
            let problem = Names::FoldAlike { name: code.value.clone(), other: other.head.code.value.clone() };
            let finding = Diagnostic::new(problem, code.span);
            findings.push(finding.label(other.head.code.span, "mã kia ở đây", "the other code is here"));
        }
        by_number.insert(plain, places.len());
        let parent = parent_of(head, &places, &by_code, draft, findings);
        let depth = parent.and_then(|parent| depths.get(parent)).map_or(1, |depth| depth + 1);
        if depth > limits::LEVELS {
            let problem = Structure::TooDeep { code: code.value.clone(), limit: limits::LEVELS };
            findings.push(Diagnostic::new(problem, code.span));
        }
        let index = places.len();
        by_code.insert(&code.value, index);
        places.push(Place { draft: at, parent, children: Vec::new() });
        depths.push(depth);
        if let Some(parent) = parent.and_then(|parent| places.get_mut(parent)) {
            parent.children.push(index);
        }
    }
    if !draft.incomplete {
        gaps(draft, &places, &by_code, findings);
        levels(draft, &places, findings);
    }
    places
}

/// Heads side by side are of one level, and of a lower one than the head above; parts of a sub-criterion are
/// sub-criteria too. Of those side by side, the few are told.
fn levels(draft: &Draft<'_>, places: &[Place], findings: &mut Vec<Diagnostic>) {
    let head = |at: usize| places.get(at).and_then(|place| code_of(draft, place));
    let level = |at: usize| head(at).map(|head| head.head.level).filter(|level| !level.is_outside());
    let roots: Vec<usize> =
        (0..places.len()).filter(|&at| places.get(at).is_some_and(|at| at.parent.is_none())).collect();
    let groups = std::iter::once((None, roots.as_slice()));
    let groups = groups.chain(places.iter().enumerate().map(|(at, place)| (Some(at), place.children.as_slice())));
    for (above, group) in groups {
        let mut counts: BTreeMap<Level, usize> = BTreeMap::new();
        for level in group.iter().filter_map(|&at| level(at)) {
            let count = counts.entry(level).or_default();
            *count = count.saturating_add(1);
        }
        let first = group.iter().find_map(|&at| level(at));
        let usual = counts.iter().max_by_key(|(level, count)| (**count, Some(**level) == first));
        let Some((&usual, _)) = usual else { continue };
        for &at in group {
            let (Some(own), Some(level)) = (head(at), level(at)) else { continue };
            let beside = level != usual;
            let other = if beside {
                group.iter().copied().find(|&other| level_is(head(other), usual))
            } else {
                let below = |above: Level| level > above || (level == above && level == Level::SubCriterion);
                // Where a line names the head above, that line is told.
                let named = own.lines.iter().any(|(line, _)| matches!(line, Statement::Under(_)));
                above.filter(|&above| !named && head(above).is_some_and(|above| !below(above.head.level)))
            };
            let Some(other) = other.and_then(head) else { continue };
            let (code, there) = (other.head.code.value.clone(), level_words(other.head.level));
            let place = if beside {
                Both::new(
                    format!("`{code}` bên cạnh là {}", there.0),
                    format!("`{code}` beside it of level {}", there.1),
                )
            } else {
                Both::new(
                    format!("`{code}` ở trên nó là {}", there.0),
                    format!("`{code}` above it of level {}", there.1),
                )
            };
            let problem =
                Structure::LevelsMixed { code: own.head.code.value.clone(), level: level_words(level), place };
            let finding = Diagnostic::new(problem, own.head.code.span);
            findings.push(finding.label(other.head.code.span, "mục kia ở đây", "the other head is here"));
        }
    }
}

fn level_is(head: Option<&HeadDraft<'_>>, level: Level) -> bool {
    head.is_some_and(|head| head.head.level == level)
}

/// Every head of the outline by its code; of a code that stands twice, the first.
pub(super) fn codes(draft: &Draft<'_>, places: &[Place]) -> BTreeMap<String, HeadId> {
    let mut codes = BTreeMap::new();
    for (at, place) in places.iter().enumerate() {
        if let Some(head) = code_of(draft, place) {
            codes.entry(head.head.code.value.clone()).or_insert(HeadId(at));
        }
    }
    codes
}

/// A code without the zeros that its numbers begin with: `1.01` reads as `1.1`.
fn without_zeros(code: &str) -> String {
    let part = |part: &str| {
        let digits = part.trim_start_matches('0');
        if digits.is_empty() && !part.is_empty() { "0".to_owned() } else { digits.to_owned() }
    };
    code.split('.').map(part).collect::<Vec<_>>().join(".")
}

fn code_of<'a>(draft: &'a Draft<'_>, place: &Place) -> Option<&'a HeadDraft<'a>> {
    draft.heads.get(place.draft)
}

fn parent_of(
    head: &HeadDraft<'_>,
    places: &[Place],
    by_code: &Codes<'_>,
    draft: &Draft<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let code = &head.head.code;
    if head.head.level.is_outside() {
        return None;
    }
    let inside = |place: usize| {
        places.get(place).and_then(|place| code_of(draft, place)).is_some_and(|other| !other.head.level.is_outside())
    };
    // Nothing lies under a bonus or a penalty, and one between two heads parts them from nothing.
    let find = |wanted: &str| by_code.get(wanted).copied().filter(|&place| inside(place));
    let under = head.lines.iter().find_map(|(statement, _)| match statement {
        Statement::Under(code) => Some(code),
        _ => None,
    });
    if let Some(under) = under {
        let found = find(&under.value);
        if found.is_some() || draft.incomplete {
            let shown = code.value.rsplit_once('.').and_then(|(prefix, _)| find(prefix));
            let above = found.and_then(|found| places.get(found)).and_then(|place| code_of(draft, place));
            let upside_down = above.is_some_and(|above| above.head.level > head.head.level);
            if !draft.incomplete && (shown.is_some_and(|shown| Some(shown) != found) || upside_down) {
                let problem = Names::NotUnderParent { code: code.value.clone(), parent: under.value.clone() };
                findings.push(Diagnostic::new(problem, under.span));
            }
            return found;
        }
        let near: Nearest = nearest(&under.value, by_code.keys().copied(), str::to_owned);
        // The one that was meant is the parent, so that it is not told to have no parts.
        let meant = near.0.as_deref().and_then(find);
        findings.push(Diagnostic::new(Names::UnknownCode { code: under.value.clone(), nearest: near }, under.span));
        return meant;
    }
    let prefix = code.value.rsplit_once('.').map(|(prefix, _)| prefix);
    let named = prefix.and_then(find);
    // The heads that are still open: the last one and everything above it.
    let mut open = Vec::new();
    let mut at = (0..places.len()).rfind(|&place| inside(place));
    while let Some(place) = at {
        open.push(place);
        at = places.get(place).and_then(|place| place.parent);
    }
    if let Some(named) = named
        && open.contains(&named)
    {
        return Some(named);
    }
    let above = open.iter().copied().find(|&place| {
        places
            .get(place)
            .and_then(|place| code_of(draft, place))
            .is_some_and(|other| other.head.level < head.head.level)
    });
    match above.and_then(|above| places.get(above)).and_then(|place| code_of(draft, place)) {
        None if named.is_none() => None,
        _ if head.head.level == Level::Area => None,
        other => {
            if !draft.incomplete {
                let parent = other.map_or_else(String::new, |other| other.head.code.value.clone());
                let problem = Names::NotUnderParent { code: code.value.clone(), parent };
                findings.push(Diagnostic::new(problem, code.span));
            }
            named.or(above)
        }
    }
}

/// `1.3` without `1.2`.
fn gaps(draft: &Draft<'_>, places: &[Place], by_code: &Codes<'_>, findings: &mut Vec<Diagnostic>) {
    let partial = draft.header.iter().any(|(statement, _)| matches!(statement, Statement::Extract(_)));
    let mut siblings: BTreeMap<String, (u32, String)> = BTreeMap::new();
    for place in places {
        let Some(head) = code_of(draft, place) else {
            continue;
        };
        let code = &head.head.code;
        let (prefix, last) = match code.value.rsplit_once('.') {
            Some((prefix, last)) => (format!("{prefix}."), last),
            None => (String::new(), code.value.as_str()),
        };
        let Ok(number) = last.parse::<u32>() else {
            continue;
        };
        // The sibling that stands right above: decisions number their heads in order.
        let above = siblings.insert(prefix.clone(), (number, code.value.clone()));
        if let Some((_, after)) = above.filter(|&(above, _)| above > number) {
            let problem = Names::OutOfOrder { code: code.value.clone(), after };
            findings.push(Diagnostic::new(problem, code.span));
        }
        if number < 2 {
            continue;
        }
        let before = format!("{prefix}{}", number - 1);
        // An extract leaves whole areas out; that is no gap.
        let left_out = partial && place.parent.is_none();
        if !(by_code.contains_key(before.as_str()) || left_out) {
            let problem = Names::NumberingGap { missing: before, code: code.value.clone() };
            findings.push(Diagnostic::new(problem, code.span));
        }
    }
}
