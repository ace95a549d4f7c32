//! Lineage and policy lines: what they name exists, and what they say agrees.

use std::collections::BTreeMap;

use super::compose::Identity;
use super::draft::Draft;
use super::model::{Head, HeadId};
use crate::diagnostic::{Diagnostic, Inheritance, Names, Span, nearest};
use crate::language::tree::{Open, Statement, Target};

/// Locks and openings, each with its line.
#[derive(Clone, Debug, Default)]
pub(super) struct Policies {
    pub(super) locks: Vec<(Target, Span)>,
    pub(super) openings: Vec<(Open, Span)>,
}

/// Reads the locks and openings of a set; each names a head of it.
pub(super) fn policies(draft: &Draft<'_>, heads: &[Head], findings: &mut Vec<Diagnostic>) -> Policies {
    let mut policies = Policies::default();
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
        match heads.iter().find(|head| head.code == code.value) {
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
    policies
}

/// The codes of a set of an earlier year, if it is known; nothing is asked of a year whose set is not.
pub(super) type Codes<'a> = dyn Fn(u16) -> Option<(String, Vec<String>)> + 'a;

/// Checks what heads say of where they come from.
pub(super) fn check(own: &Identity, heads: &[Head], derived: bool, codes: &Codes<'_>, findings: &mut Vec<Diagnostic>) {
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
            let there = known.entry(year.value).or_insert_with(|| codes(year.value));
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
                    Some(&(first, span)) if heads.get(first).is_some_and(|first| first.parent != head.parent) => {
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
            if says(above) {
                return true;
            }
            at = above.parent;
        }
        false
    };
    for head in heads.iter().filter(|head| head.children.is_empty() && !says(head) && !said_above(head)) {
        findings.push(Diagnostic::new(Inheritance::LineageMissing { code: head.code.clone() }, head.span));
    }
}
