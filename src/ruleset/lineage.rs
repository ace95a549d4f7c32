//! Lineage and policy lines: what they name exists, and what they say agrees.

use std::collections::BTreeMap;

use super::compose::Identity;
use super::draft::Draft;
use super::model::{Head, HeadId};
use crate::diagnostic::{Both, Diagnostic, Inheritance, Language, Names, SourceId, Span, Structure, nearest};
use crate::language::tree::{Open, Opening, Replaces, Statement, Target};
use crate::language::write_statement;

/// Locks and openings, each with its line.
#[derive(Clone, Debug, Default)]
pub(super) struct Policies {
    pub(super) locks: Vec<(Target, Span)>,
    pub(super) openings: Vec<(Open, Span)>,
}

/// Reads the locks and openings of a set; each names a head of it.
pub(super) fn policies(
    draft: &Draft<'_>,
    heads: &[Head],
    source: SourceId,
    findings: &mut Vec<Diagnostic>,
) -> Policies {
    let mut policies = Policies::default();
    if draft.policies.is_empty() {
        return policies;
    }
    let by_code: BTreeMap<&str, &Head> = heads.iter().map(|head| (head.code.as_str(), head)).collect();
    for &(statement, span) in &draft.policies {
        let target = match statement {
            Statement::Lock(target) => {
                policies.locks.push((target.clone(), span));
                target
            }
            Statement::Open(open) => {
                policies.openings.push((open.clone(), span));
                &open.target
            }
            _ => continue,
        };
        let code = &target.code;
        match by_code.get(code.value.as_str()) {
            None if !draft.incomplete => {
                let near = nearest(&code.value, heads.iter().map(|head| head.code.as_str()), str::to_owned);
                let problem = Names::UnknownCode { code: code.value.clone(), nearest: near };
                findings.push(Diagnostic::new(problem, code.span));
            }
            Some(head) if head.level != target.level => {
                let (said, there) =
                    (super::compose::level_words(target.level), super::compose::level_words(head.level));
                let problem = Inheritance::LevelDiffers { code: code.value.clone(), said, there };
                findings.push(Diagnostic::new(problem, code.span));
            }
            _ => {}
        }
    }
    said_twice(draft, source, findings);
    let locks: BTreeMap<&str, Span> =
        policies.locks.iter().map(|(lock, span)| (lock.code.value.as_str(), *span)).collect();
    for (open, span) in policies.openings.iter().filter(|(_, span)| span.source == source) {
        let Some(head) = by_code.get(open.target.code.value.as_str()) else { continue };
        findings.extend(opens_nothing(open, *span, head, (&locks, &policies.openings), heads));
    }
    policies
}

/// Tells the locks and openings that one text says twice.
fn said_twice(draft: &Draft<'_>, source: SourceId, findings: &mut Vec<Diagnostic>) {
    let mut before: BTreeMap<String, Span> = BTreeMap::new();
    for &(statement, span) in draft.policies.iter().filter(|(_, span)| span.source == source) {
        let line = words(statement);
        if let Some(&first) = before.get(&line.0) {
            let finding = Diagnostic::new(Structure::SaidTwice { line }, span);
            findings.push(finding.label(first, "lần đầu ở đây", "first said here"));
        } else {
            before.insert(line.0, span);
        }
    }
}

fn words(statement: &Statement) -> Both {
    let one = |language| write_statement(statement, "", language);
    Both::new(one(Language::Vietnamese), one(Language::English))
}

/// What an opening meets that leaves nothing of it: a lock, the parts that a head has, or its form.
fn opens_nothing(
    open: &Open,
    span: Span,
    head: &Head,
    (locks, openings): (&BTreeMap<&str, Span>, &[(Open, Span)]),
    heads: &[Head],
) -> Option<Diagnostic> {
    let code = &head.code;
    let line = words(&Statement::Open(open.clone()));
    let mut above = std::iter::successors(Some(head), |head| heads.get(head.parent?.0)).map(|head| head.code.as_str());
    if let Some((lock, there)) = above.clone().find_map(|code| Some((code, *locks.get(code)?))) {
        let why = Both::new(format!("`{lock}` đã khóa"), format!("`{lock}` is locked"));
        let mend =
            Both::new("bỏ dòng này, hoặc bỏ khóa ở bộ đặt khóa", "drop the line, or the lock in the set that locks");
        let finding = Diagnostic::new(Inheritance::OpensNothing { line, why, mend }, span);
        return Some(finding.label(there, "khóa ở đây", "locked here"));
    }
    let part = head.children.first().and_then(|part| heads.get(part.0));
    let instead = match (open.opening, part) {
        (Opening::Split, Some(part)) => Opening::Add(part.level),
        (Opening::Add(_), _) if head.leaf.is_some() => {
            let split = |other: &Open, above: &str| match other.opening {
                Opening::Split => above == code && other.target.code.value == above,
                Opening::SplitIn(level) => level == head.level && other.target.code.value == above,
                Opening::Add(_) => false,
            };
            if above.any(|above| openings.iter().any(|(other, _)| split(other, above))) {
                return None;
            }
            Opening::Split
        }
        _ => return None,
    };
    let said = words(&Statement::Open(Open { opening: instead, ..open.clone() }));
    let (why, mend) = if part.is_some() {
        (
            Both::new(format!("`{code}` đã có mục con"), format!("`{code}` has parts already")),
            Both::new(
                format!("để thêm mục con, viết `{}`; nếu không, bỏ dòng này", said.0),
                format!("to have parts added, write `{}`; otherwise drop the line", said.1),
            ),
        )
    } else {
        (
            Both::new(format!("`{code}` đang được chấm trực tiếp"), format!("`{code}` is scored itself")),
            Both::new(
                format!("thêm dòng `{}`, hoặc bỏ dòng này", said.0),
                format!("add the line `{}`, or drop this one", said.1),
            ),
        )
    };
    Some(Diagnostic::new(Inheritance::OpensNothing { line, why, mend }, span))
}

/// The codes of a set of an earlier year, if it is known; nothing is asked of a year whose set is not.
pub(super) type Codes<'a> = dyn Fn(u16) -> Option<(String, Vec<String>)> + 'a;

/// Checks what heads say of where they come from.
///
/// `above` is whether a line is one of an upper level, whose years are not this set's.
pub(super) fn check(
    own: &Identity,
    heads: &[Head],
    (derived, above): (bool, &dyn Fn(Span) -> bool),
    codes: &Codes<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let mut known: BTreeMap<u16, Option<(String, Vec<String>)>> = BTreeMap::new();
    let mut successors: BTreeMap<(u16, &str), (usize, Span)> = BTreeMap::new();
    for (at, head) in heads.iter().enumerate() {
        if let Some(starts) = head.starts.as_ref().filter(|starts| starts.value > own.year) {
            findings.push(Diagnostic::new(Inheritance::LineageYear { year: starts.value.to_string() }, starts.span));
        }
        for replaces in &head.replaces {
            let year = &replaces.year;
            if year.value >= own.year {
                findings.push(Diagnostic::new(Inheritance::LineageYear { year: year.value.to_string() }, year.span));
                continue;
            }
            let there =
                if above(year.span) { &None } else { known.entry(year.value).or_insert_with(|| codes(year.value)) };
            for code in &replaces.codes {
                if let Some((name, all)) = there
                    && !all.contains(&code.value)
                {
                    let near = nearest(&code.value, all.iter().map(String::as_str), str::to_owned);
                    let problem =
                        Inheritance::LineageUnknown { code: code.value.clone(), name: name.clone(), nearest: near };
                    findings.push(Diagnostic::new(problem, code.span));
                }
                match successors.get(&(year.value, code.value.as_str())) {
                    // Lines of one head count together.
                    Some(&(first, span))
                        if first != at
                            && heads
                                .get(first)
                                .is_some_and(|first| first.parent.is_none() || first.parent != head.parent) =>
                    {
                        let problem =
                            Inheritance::LineageTwice { code: code.value.clone(), year: year.value.to_string() };
                        let finding = Diagnostic::new(problem, code.span);
                        findings.push(finding.label(span, "mục kế tục kia ở đây", "the other successor is here"));
                    }
                    Some(_) => {}
                    None => {
                        successors.insert((year.value, &code.value), (at, code.span));
                    }
                }
            }
        }
    }
    // In a set that extends another, what is not new is where it was.
    if !derived {
        missing(heads, findings);
    }
}

/// Heads without a word on where they come from, in a set whose other heads say it.
fn missing(heads: &[Head], findings: &mut Vec<Diagnostic>) {
    let says = |head: &Head| !head.replaces.is_empty() || head.starts.is_some();
    if !heads.iter().any(says) {
        return;
    }
    let said_above = |head: &Head| {
        let mut at = head.parent;
        while let Some(above) = at.and_then(|HeadId(at)| heads.get(at)) {
            // Below one that stood under other codes nobody knows what stood where.
            if says(above) {
                let same = |line: &Replaces| line.codes.iter().any(|code| code.value == above.code);
                return above.starts.is_some() || above.replaces.iter().all(same);
            }
            at = above.parent;
        }
        false
    };
    for head in heads.iter().filter(|head| head.children.is_empty() && !says(head) && !said_above(head)) {
        findings.push(Diagnostic::new(Inheritance::LineageMissing { code: head.code.clone() }, head.span));
    }
}
