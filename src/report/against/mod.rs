//! Two sets held against each other: what one says otherwise than an earlier one, as far as their lineage tells which
//! head is which.

mod lines;
mod text;

use std::collections::BTreeSet;

pub use lines::Unlisted;
use lines::{Section, Under, differing, sections};
pub use text::{against, notes};

use super::words::{self, Context};
use super::{frame, general};
use crate::language::date_text;
use crate::language::tree::{File, Statement};
use crate::ruleset::{Earlier, Head, HeadId, Origin, Pairs, Ruleset};

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
    /// The head in the newer set; none of a line of the header, a questionnaire or a template.
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

/// A set and its one text, what it extends written in.
pub type Whole<'a> = (&'a Context<'a>, &'a File);

/// What is written otherwise among the lines that [`differences`] does not list.
pub fn unlisted(new: Whole<'_>, old: Whole<'_>) -> Vec<Unlisted> {
    lines::unlisted(new, old)
}

/// What a set says otherwise than an earlier one; both contexts speak one language.
pub fn differences((new, text): Whole<'_>, (old, old_text): Whole<'_>) -> Vec<Difference> {
    let (parts, old_parts) = (sections(text), sections(old_text));
    let mut found = header((new, &parts), (old, &old_parts));
    found.extend(beside_heads((new, &parts), (old, &old_parts)));
    let mut linked: BTreeSet<String> = BTreeSet::new();
    let mut lost = false;
    let pairs = Pairs::of_set(new.ruleset, old.ruleset, &[]);
    for (at, head) in new.ruleset.heads.iter().enumerate() {
        let was = match pairs.told(&head.code) {
            Earlier::Codes(codes) => codes,
            Earlier::New => Vec::new(),
            Earlier::Unknown => {
                lost = true;
                found.push(one(Became::Unlinked, new, HeadId(at), head, Vec::new(), unlinked(new)));
                continue;
            }
        };
        linked.extend(was.iter().cloned());
        let before: Vec<(HeadId, &Head)> = was.iter().filter_map(|code| old.ruleset.by_code(code)).collect();
        let new_by_itself = head.starts.as_ref().is_some_and(|starts| starts.value > old.ruleset.year);
        if before.is_empty() && old.ruleset.frame.is_some() && !new_by_itself {
            let words = unsaid_by(new, old);
            found.push(one(Became::Unlinked, new, HeadId(at), head, was, words));
            continue;
        }
        if before.is_empty() {
            let words = format!("{} {} {}{}", new.pick("thêm", "added"), head.code, head.title, points(new, head));
            found.push(one(Became::Added, new, HeadId(at), head, was, words));
            continue;
        }
        let mut changes = changes(new, (HeadId(at), head), old, &before);
        if let [(id, was)] = before.as_slice() {
            let (own, was) = ((new, HeadId(at), head, parts.as_slice()), (old, *id, *was, old_parts.as_slice()));
            changes.extend(lines_of_head(own, was));
        }
        if !changes.is_empty() {
            let words = format!("{} {} {}: {}", new.pick("đổi", "changed"), head.code, head.title, changes.join("; "));
            let mut difference = one(Became::Changed, new, HeadId(at), head, was, words);
            let before = before.iter().flat_map(|&(id, _)| sources(old, id));
            difference.sources_before = before.collect();
            found.push(difference);
        }
    }
    for (at, head) in old.ruleset.heads.iter().enumerate() {
        if linked.contains(&head.code) {
            continue;
        }
        // Where a head of the newer set does not say what it was, it may be this one.
        let (became, words) = if lost {
            (Became::Unlinked, unlinked(new))
        } else if new.ruleset.frame.is_some() || new.ruleset.heads.is_empty() {
            (Became::Unlinked, unsaid_by(new, new))
        } else {
            let gone = new.pick("không còn", "gone");
            (Became::Gone, format!("{gone} {} {}{}", head.code, head.title, points(old, head)))
        };
        let mut difference = one(became, old, HeadId(at), head, vec![head.code.clone()], words);
        difference.code = None;
        difference.sources_before = std::mem::take(&mut difference.sources);
        found.push(difference);
    }
    found
}

/// That nothing says which heads of two sets are which.
fn unlinked(context: &Context<'_>) -> String {
    let (vietnamese, english) = (
        "không bộ nào nói mục nào của bộ kia, nên không so",
        "neither set says which head of the other, so not compared",
    );
    context.pick(vietnamese, english).to_owned()
}

/// That a set is a frame, and a head may be in its decision though it is not in its text.
fn unsaid_by(words: &Context<'_>, frame: &Context<'_>) -> String {
    let name = frame.ruleset.name();
    words.pick(
        format!("{name} là khung, không nêu hết các mục, nên không so"),
        format!("{name} is a frame and does not name every head, so not compared"),
    )
}

fn one(became: Became, context: &Context<'_>, id: HeadId, head: &Head, was: Vec<String>, words: String) -> Difference {
    Difference {
        became,
        code: Some(head.code.clone()),
        was,
        words,
        sources: sources(context, id),
        sources_before: Vec::new(),
    }
}

/// Where the numbers of a head come from, and those of single lines that it reads.
fn sources(context: &Context<'_>, id: HeadId) -> Vec<String> {
    let own = words::own_sources(context, &context.ruleset.own_sources(id));
    let own = own.into_iter().map(|(of, source)| format!("{of}: {source}"));
    words::sources(context, context.ruleset.provenance_of(id)).into_iter().chain(own).collect()
}

/// What a head says otherwise than those that it takes the place of.
fn changes(
    new: &Context<'_>,
    (own, head): (HeadId, &Head),
    old: &Context<'_>,
    before: &[(HeadId, &Head)],
) -> Vec<String> {
    let mut changes = Vec::new();
    let silent = |side: &Context<'_>, said: &str| side.ruleset.frame.is_some() && said.is_empty();
    let mut step = |what: (&str, &str), was: String, is: String| {
        // What a frame does not say is not known, and may be as it was.
        if was != is && !silent(new, &is) && !silent(old, &was) {
            let shown =
                |text: String| if text.is_empty() { new.pick("không nêu", "not stated").to_owned() } else { text };
            changes.push(format!("{} {} → {}", new.pick(what.0, what.1), shown(was), shown(is)));
        }
    };
    // Of several heads, what one does not say is told beside what the others do; what none says is not said.
    let all = |of: &dyn Fn(&Head) -> String| {
        let said: Vec<String> = before.iter().map(|(_, head)| of(head)).collect();
        if said.iter().all(String::is_empty) {
            return String::new();
        }
        let named =
            |said: String| if said.is_empty() { new.pick("không nêu", "not stated").to_owned() } else { said };
        said.into_iter().map(named).collect::<Vec<_>>().join(" + ")
    };
    step(("mã", "code"), all(&|head| head.code.clone()), head.code.clone());
    step(("tên", "name"), all(&|head| format!("“{}”", head.title)), format!("“{}”", head.title));
    let maximum = |context: &Context<'_>, head: &Head| {
        let mark = context.language.decimal_mark();
        if head.maximum.is_zero() { String::new() } else { head.maximum.exact(mark) }
    };
    if before.iter().all(|(_, was)| !unknown_points(old.ruleset, was)) {
        step(("điểm", "points"), all(&|head| maximum(old, head)), maximum(new, head));
    }
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
        let known = !no_rule(new, head) && !no_rule(old, was);
        let evidence = |side: &Context<'_>, head: &Head| side.ruleset.frame.is_none() || !head.evidence.is_empty();
        let differs = [
            (known && rule(new, head) != rule(old, was), new.pick("chấm theo", "score by")),
            (known && asked(head) != asked(was), new.pick("số liệu", "data")),
            (known && head.method != was.method, new.pick("ai chấm", "who scores")),
            (
                head.evidence != was.evidence && evidence(new, head) && evidence(old, was),
                new.pick("minh chứng", "evidence"),
            ),
        ];
        changes.extend(differs.into_iter().filter(|(differs, _)| *differs).map(|(_, what)| what.to_owned()));
    } else {
        let (vietnamese, english) =
            ("quy tắc: gộp từ nhiều mục nên không so", "rules: made of several heads, so not compared");
        changes.push(new.pick(vietnamese, english).to_owned());
    }
    changes
}

/// Whether a frame does not know what a head is worth.
fn unknown_points(ruleset: &Ruleset, head: &Head) -> bool {
    ruleset.frame.is_some() && head.maximum.is_zero()
}

/// Whether a frame does not know how a head is scored.
fn no_rule(context: &Context<'_>, head: &Head) -> bool {
    context.ruleset.frame.is_some() && head.leaf.is_none()
}

/// The lines of a head that are written otherwise and that [`changes`] gives no values of.
fn lines_of_head(
    new: (&Context<'_>, HeadId, &Head, &[Section<'_>]),
    old: (&Context<'_>, HeadId, &Head, &[Section<'_>]),
) -> Vec<String> {
    let blocks = |context, id: HeadId, head| super::blocks::of_head(context, id.0, head);
    let same_blocks = blocks(new.0, new.1, new.2) == blocks(old.0, old.1, old.2);
    let same_points = new.2.maximum == old.2.maximum;
    let lines = |(_, _, head, parts): &(&Context<'_>, HeadId, &Head, &[Section<'_>])| {
        let under = Under::Head(head.code.clone());
        let lines = parts.iter().filter(|part| part.under == under).flat_map(|part| &part.lines);
        let lines = lines.filter(|line| match line {
            Statement::Contains(_) | Statement::Evidence(_) | Statement::Replaces(_) | Statement::Starts(_) => false,
            Statement::OnlyBlock(_) | Statement::NotBlock(_) => same_blocks,
            line => is_rule(line),
        });
        lines.map(|&line| line.clone().without_sources()).collect::<Vec<_>>()
    };
    let (mut is, mut was) = (lines(&new), lines(&old));
    // The code, the name and the points are told as such; a line that says more otherwise is quoted as it stands.
    if let (Some(Statement::Head(head)), Some(Statement::Head(before))) = (is.first(), was.first()) {
        let mut told = before.clone();
        told.code.clone_from(&head.code);
        told.title.clone_from(&head.title);
        if !same_points {
            told.points.clone_from(&head.points);
        }
        if !same_blocks {
            told.block_points.clone_from(&head.block_points);
        }
        let head = Statement::Head(head.clone());
        if differing((new.0, &[head]), (old.0, &[Statement::Head(told)])).is_empty() {
            is.remove(0);
            was.remove(0);
        }
    }
    differing((new.0, &is), (old.0, &was))
}

/// Whether a line is a rule, not where it comes from and not what proves it.
fn is_rule(line: &Statement) -> bool {
    !matches!(line, Statement::Provenance(_) | Statement::Example(_))
}

/// Questionnaires and templates, those of one name against each other.
fn beside_heads(new: (&Context<'_>, &[Section<'_>]), old: (&Context<'_>, &[Section<'_>])) -> Vec<Difference> {
    let context = new.0;
    // Of another chain nothing says that a name means the same.
    if context.ruleset.path != old.0.ruleset.path {
        return Vec::new();
    }
    let name = |under: &Under| match under {
        Under::Questionnaire(name) => Some(format!("{} {name}", context.pick("phiếu", "questionnaire"))),
        Under::Template(name) => Some(format!("{} {name}", context.pick("mẫu", "template"))),
        Under::Header | Under::Head(_) => None,
    };
    let rules = |part: &Section<'_>| {
        let rules = part.lines.iter().filter(|line| is_rule(line));
        rules.map(|&line| line.clone().without_sources()).collect::<Vec<_>>()
    };
    let other = |part: &Section<'_>, parts: &[Section<'_>]| parts.iter().position(|other| other.under == part.under);
    let mut found = Vec::new();
    for part in new.1 {
        let Some(name) = name(&part.under) else { continue };
        let before = other(part, old.1).and_then(|at| old.1.get(at));
        let Some(before) = before else {
            // What a frame does not say is not known.
            if old.0.ruleset.frame.is_none() {
                found.push(beside(Became::Added, format!("{} {name}", context.pick("thêm", "added"))));
            }
            continue;
        };
        let lines = differing((new.0, &rules(part)), (old.0, &rules(before)));
        if !lines.is_empty() {
            let words = format!("{} {name}: {}", context.pick("đổi", "changed"), lines.join("; "));
            found.push(beside(Became::Changed, words));
        }
    }
    for part in old.1.iter().filter(|part| context.ruleset.frame.is_none() && other(part, new.1).is_none()) {
        let gone = name(&part.under).map(|name| format!("{} {name}", context.pick("không còn", "gone")));
        found.extend(gone.map(|words| beside(Became::Gone, words)));
    }
    found
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
fn header(
    (new, parts): (&Context<'_>, &[Section<'_>]),
    (old, old_parts): (&Context<'_>, &[Section<'_>]),
) -> Vec<Difference> {
    // What a frame does not say is not known, and may hold as it did.
    let [silent, was_silent] = [new, old].map(|context| context.ruleset.frame.is_some());
    let frames = silent || was_silent;
    let lines = |context: &Context<'_>, parts: &[Section<'_>]| {
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
        if frames {
            let scale = context.pick("thang điểm:", "scale:");
            lines.iter_mut().filter(|line| line.starts_with(scale)).for_each(|line| {
                *line = frame::known_scale(context, [new.ruleset, old.ruleset]);
            });
        }
        let parameter = |one| format!("{} {}", context.pick("tham số", "parameter"), words::parameter(context, one));
        lines.extend(context.ruleset.parameters.iter().map(parameter));
        let own = parts.iter().filter(|part| part.under == Under::Header).flat_map(|part| &part.lines);
        lines.extend(own.filter_map(|line| general::unworded(context, line)));
        lines
    };
    let key = |line: &str| line.split([':', '=']).next().unwrap_or_default().to_owned();
    let (is, was) = (lines(new, parts), lines(old, old_parts));
    let other = |line: &&String, lines: &[String]| !lines.contains(line);
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut found = Vec::new();
    for line in is.iter().filter(|line| other(line, &was)) {
        let before: Vec<&str> =
            was.iter().filter(|old| key(old) == key(line) && !is.contains(old)).map(|old| value(old)).collect();
        if before.is_empty() && was_silent {
            continue;
        }
        told.insert(key(line));
        let before = if before.is_empty() {
            String::new()
        } else {
            format!(" ({} {})", new.pick("trước:", "before:"), before.join("; "))
        };
        found.push(beside(Became::Header, format!("{}: {line}{before}", new.pick("phần đầu", "header"))));
    }
    for line in was.iter().filter(|line| !silent && other(line, &is) && !told.contains(&key(line))) {
        found.push(beside(Became::Header, format!("{}: {line}", new.pick("phần đầu không còn", "header no longer"))));
    }
    found
}

fn value(line: &str) -> &str {
    line.split_once(": ").map_or(line, |(_, value)| value)
}

/// A difference that is of no head.
fn beside(became: Became, words: String) -> Difference {
    Difference { became, code: None, was: Vec::new(), words, sources: Vec::new(), sources_before: Vec::new() }
}
