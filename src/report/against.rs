//! Two sets held against each other: what one says otherwise than an earlier one, as far as their lineage tells which
//! head is which.

use std::collections::BTreeSet;

use super::general;
use super::labels::{labels, named};
use super::words::{self, Context};
use crate::language::date_text;
use crate::ruleset::{Earlier, Head, HeadId, Origin, Ruleset};

/// What became of something between two sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// A line of the header is another one, is new, or is gone.
    Header,
    /// A head is new.
    Added,
    /// A head says something otherwise.
    Changed,
    /// A head has none that takes its place.
    Gone,
    /// Neither set says which head of the other it is.
    Unlinked,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What became of it.
    pub became: Became,
    /// The head in the newer set.
    pub code: Option<String>,
    /// The heads in the earlier set.
    pub was: Vec<String>,
    /// The difference in words.
    pub words: String,
    /// Where the newer set has it from.
    pub sources: Vec<String>,
    /// Where the earlier set had it from.
    pub sources_before: Vec<String>,
}

/// What a set says otherwise than an earlier one; both contexts speak one language.
pub fn differences(new: &Context<'_>, old: &Context<'_>) -> Vec<Difference> {
    let mut found = header(new, old);
    // The codes of sets that this one extends are known through them; other sets only by what heads say themselves.
    let earlier_name = old.ruleset.name();
    let extends = new.ruleset.decisions.iter().any(|decision| decision.name == earlier_name);
    let mut linked: BTreeSet<String> = BTreeSet::new();
    let mut lost = false;
    for (at, head) in new.ruleset.heads.iter().enumerate() {
        let earlier = earlier(new.ruleset, old.ruleset, head, extends);
        let was = match earlier {
            Earlier::Codes(codes) => codes,
            Earlier::New => Vec::new(),
            Earlier::Unknown => {
                lost = true;
                found.push(one(Became::Unlinked, new, HeadId(at), head, Vec::new(), String::new()));
                continue;
            }
        };
        linked.extend(was.iter().cloned());
        let before: Vec<(HeadId, &Head)> = was.iter().filter_map(|code| old.ruleset.by_code(code)).collect();
        if before.is_empty() {
            let words = format!("{} {} {}{}", new.pick("thêm", "added"), head.code, head.title, points(new, head));
            found.push(one(Became::Added, new, HeadId(at), head, was, words));
            continue;
        }
        let changes = changes(new, (HeadId(at), head), old, &before);
        if !changes.is_empty() {
            let words = format!("{} {} {}: {}", new.pick("đổi", "changed"), head.code, head.title, changes.join("; "));
            let mut difference = one(Became::Changed, new, HeadId(at), head, was, words);
            let before = before.iter().flat_map(|&(id, _)| words::sources(old, old.ruleset.provenance_of(id)));
            difference.sources_before = before.collect();
            found.push(difference);
        }
    }
    for (at, head) in old.ruleset.heads.iter().enumerate() {
        if linked.contains(&head.code) {
            continue;
        }
        // Where a head of the newer set does not say what it was, it may be this one.
        let became = if lost || new.ruleset.heads.is_empty() { Became::Unlinked } else { Became::Gone };
        let words = format!("{} {} {}{}", new.pick("không còn", "gone"), head.code, head.title, points(old, head));
        let mut difference = one(became, old, HeadId(at), head, vec![head.code.clone()], words);
        difference.code = None;
        difference.sources_before = std::mem::take(&mut difference.sources);
        found.push(difference);
    }
    found
}

/// The differences as text, below the labels of both sets.
pub fn against(new: &Context<'_>, old: &Context<'_>) -> String {
    let mut text = String::new();
    for context in [new, old] {
        text.push_str(&named(context));
        for label in labels(context, false) {
            text.push_str(&format!("! {label}\n"));
        }
    }
    let against = new.pick("so với", "against");
    text.push_str(&format!("\n{} {against} {}:\n", new.ruleset.name(), old.ruleset.name()));
    let found = differences(new, old);
    let told = found.iter().filter(|difference| difference.became != Became::Unlinked);
    let mut any = false;
    for difference in told {
        any = true;
        text.push_str(&format!("  {}\n", difference.words));
        let year = |context: &Context<'_>| context.ruleset.year;
        let both = difference.sources == difference.sources_before;
        let newer = if both { format!("{}, {}", year(new), year(old)) } else { year(new).to_string() };
        let earlier = if both { &[] } else { difference.sources_before.as_slice() };
        let sides = [(newer, new, difference.sources.as_slice()), (year(old).to_string(), old, earlier)];
        for (years, context, sources) in sides {
            // What the whole set stands on is said above.
            let of_set = words::sources(context, &context.ruleset.provenance);
            for source in sources.iter().filter(|source| !of_set.contains(source)) {
                text.push_str(&format!("      {years}: {source}\n"));
            }
        }
    }
    if !any {
        text.push_str(&format!("  {}\n", new.pick("không thấy khác điều nào", "nothing is seen to differ")));
    }
    let unlinked = |of_new: bool| {
        let codes = found.iter().filter(|difference| difference.became == Became::Unlinked);
        let codes = codes.filter_map(|one| if of_new { one.code.clone() } else { one.was.first().cloned() });
        codes.collect::<Vec<_>>()
    };
    for (context, codes) in [(new, unlinked(true)), (old, unlinked(false))] {
        if !codes.is_empty() {
            let heads = context.ruleset.heads.iter().filter(|head| codes.contains(&head.code)).collect::<Vec<_>>();
            let which = super::sources::codes(&heads);
            let words = new.pick(
                "không bộ nào nói mục nào của bộ kia, nên không so",
                "neither set says which head of the other, so not compared",
            );
            text.push_str(&format!("  {} {which}: {words}\n", context.ruleset.name()));
        }
    }
    text
}

/// What a head was in the earlier set.
fn earlier(new: &Ruleset, old: &Ruleset, head: &Head, extends: bool) -> Earlier {
    let says = head.replaces.iter().any(|said| said.year.value == old.year)
        || head.starts.as_ref().is_some_and(|starts| starts.value > old.year);
    if new.path == old.path && (extends || says) { new.earlier(&head.code, old.year) } else { Earlier::Unknown }
}

fn one(became: Became, context: &Context<'_>, id: HeadId, head: &Head, was: Vec<String>, words: String) -> Difference {
    Difference {
        became,
        code: Some(head.code.clone()),
        was,
        words,
        sources: words::sources(context, context.ruleset.provenance_of(id)),
        sources_before: Vec::new(),
    }
}

/// What a head says otherwise than those that it takes the place of.
fn changes(
    new: &Context<'_>,
    (own, head): (HeadId, &Head),
    old: &Context<'_>,
    before: &[(HeadId, &Head)],
) -> Vec<String> {
    let mut changes = Vec::new();
    let mut step = |what: (&str, &str), was: String, is: String| {
        if was != is {
            let shown =
                |text: String| if text.is_empty() { new.pick("không nêu", "not stated").to_owned() } else { text };
            changes.push(format!("{} {} → {}", new.pick(what.0, what.1), shown(was), shown(is)));
        }
    };
    let all = |of: &dyn Fn(&Head) -> String| before.iter().map(|(_, head)| of(head)).collect::<Vec<_>>().join(" + ");
    step(("mã", "code"), all(&|head| head.code.clone()), head.code.clone());
    step(("tên", "name"), all(&|head| format!("“{}”", head.title)), format!("“{}”", head.title));
    let maximum = |context: &Context<'_>, head: &Head| {
        let mark = context.language.decimal_mark();
        if head.maximum.is_zero() { String::new() } else { head.maximum.exact(mark) }
    };
    step(("điểm", "points"), all(&|head| maximum(old, head)), maximum(new, head));
    let counts = |context: &Context<'_>, head: &Head| {
        let counts = super::stated_counts(context.ruleset, &head.counts, context.language);
        if head.counts.is_empty() { String::new() } else { value(&counts).to_owned() }
    };
    step(("số mục", "counts"), all(&|head| counts(old, head)), counts(new, head));
    if let [(id, was)] = before {
        let of_blocks =
            |context: &Context<'_>, id: HeadId, head: &Head| super::blocks::of_head(context, id.0, head).join("; ");
        step(("khối", "blocks"), of_blocks(old, *id, was), of_blocks(new, own, head));
        let rule = |context: &Context<'_>, head: &Head| {
            head.leaf.as_ref().map(|leaf| words::rule(context, leaf, &head.maximum)).unwrap_or_default()
        };
        // The year before moves with the set.
        let asked = |head: &Head| {
            let figures = head.leaf.iter().flat_map(|leaf| &leaf.figures);
            let figures = figures.filter(|figure| !matches!(figure.origin, Origin::Prior { .. }));
            figures.map(|figure| figure.label.clone()).collect::<Vec<_>>()
        };
        let differs = [
            (rule(new, head) != rule(old, was), new.pick("chấm theo", "score by")),
            (asked(head) != asked(was), new.pick("số liệu", "data")),
            (head.method != was.method, new.pick("ai chấm", "who scores")),
            (head.evidence != was.evidence, new.pick("minh chứng", "evidence")),
        ];
        changes.extend(differs.into_iter().filter(|(differs, _)| *differs).map(|(_, what)| what.to_owned()));
    }
    changes
}

fn points(context: &Context<'_>, head: &Head) -> String {
    let exact = head.maximum.exact(context.language.decimal_mark());
    if head.maximum.is_zero() {
        String::new()
    } else {
        context.pick(format!(", {exact} điểm"), format!(", {exact} points"))
    }
}

/// Lines that hold for the whole, those of one kind against each other.
fn header(new: &Context<'_>, old: &Context<'_>) -> Vec<Difference> {
    let lines = |context: &Context<'_>| {
        let mut lines: Vec<String> = context
            .ruleset
            .authorities
            .iter()
            .map(|(number, date)| {
                let dated = date.map(|date| format!(", {}", date_text(date))).unwrap_or_default();
                format!("{}: {number}{dated}", context.pick("căn cứ", "authority"))
            })
            .collect();
        lines.extend(general::general_rules(context, None));
        let parameter = |one| format!("{} {}", context.pick("tham số", "parameter"), words::parameter(context, one));
        lines.extend(context.ruleset.parameters.iter().map(parameter));
        lines
    };
    let key = |line: &str| line.split([':', '=']).next().unwrap_or_default().to_owned();
    let (is, was) = (lines(new), lines(old));
    let other = |line: &&String, lines: &[String]| !lines.contains(line);
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut found = Vec::new();
    for line in is.iter().filter(|line| other(line, &was)) {
        let before: Vec<&str> =
            was.iter().filter(|old| key(old) == key(line) && !is.contains(old)).map(|old| value(old)).collect();
        told.insert(key(line));
        let before = if before.is_empty() {
            String::new()
        } else {
            format!(" ({} {})", new.pick("trước:", "before:"), before.join("; "))
        };
        found.push(line_of(format!("{}: {line}{before}", new.pick("phần đầu", "header"))));
    }
    // What a frame does not say is not known, and may hold as it did.
    let silent = new.ruleset.frame.is_some();
    for line in was.iter().filter(|line| !silent && other(line, &is) && !told.contains(&key(line))) {
        found.push(line_of(format!("{}: {line}", new.pick("phần đầu không còn", "header no longer"))));
    }
    found
}

fn value(line: &str) -> &str {
    line.split_once(": ").map_or(line, |(_, value)| value)
}

fn line_of(words: String) -> Difference {
    Difference {
        became: Became::Header,
        code: None,
        was: Vec::new(),
        words,
        sources: Vec::new(),
        sources_before: Vec::new(),
    }
}
