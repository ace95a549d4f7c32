//! What may be amended: nothing that is locked, and of an upper level's set nothing but what it opens.

use std::collections::BTreeMap;

use super::super::model::{Head, HeadId, Ruleset};
use super::library::Identity;
use crate::diagnostic::{Both, Diagnostic, Inheritance, Language, Span};
use crate::language::tree::{Level, Open, Opening, Statement, Target};
use crate::language::write_statement;

/// What the set extended allows.
pub(super) struct Rights<'a> {
    /// The set extended.
    pub(super) upper: &'a Ruleset,
    /// Another path: the set of an upper level, closed but for what it opens.
    pub(super) of_level: bool,
    /// The set is of another year than the one extended.
    pub(super) other_year: bool,
    pub(super) name: String,
    /// Where each head of the set extended stands.
    places: BTreeMap<&'a str, HeadId>,
}

/// What a line does to the set extended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Amends only the points of a head.
    Points,
    /// States only the counts of a head, which follow from what is opened.
    Counts,
    /// Amends anything else of a head.
    Amend,
    /// Amends what holds for every head below it too.
    AmendBelow,
    /// Adds a head of a level.
    Add(Level),
    Split,
    Repeal,
    Renumber,
}

impl<'a> Rights<'a> {
    pub(super) fn new(upper: &'a Ruleset, own: &Identity, name: String) -> Self {
        let places = upper.heads.iter().enumerate().map(|(at, head)| (head.code.as_str(), HeadId(at))).collect();
        Self { upper, of_level: upper.path != own.path, other_year: upper.year != own.year, name, places }
    }

    /// The head of the set extended with a code.
    pub(super) fn by_code(&self, code: &str) -> Option<(HeadId, &'a Head)> {
        let id = *self.places.get(code)?;
        Some((id, self.upper.head(id)?))
    }

    /// Whether a line may do this to a head (where it adds one: to the head above it); if not, that is told.
    pub(super) fn allow(&self, act: Act, code: &str, span: Span, findings: &mut Vec<Diagnostic>) -> bool {
        if let Some((lock, line)) = self.lock(act, code) {
            findings.push(locked(Both::same(format!("`{code}`")), lock, *line, span));
            return false;
        }
        if self.of_level && !self.opened(act, code) {
            findings.push(Diagnostic::new(self.closed(act, code), span));
            return false;
        }
        true
    }

    /// The lock that keeps a head as it is.
    fn lock(&self, act: Act, code: &str) -> Option<&'a (Target, Span)> {
        self.upper.locks.iter().find(|(lock, _)| {
            let of_a_part =
                matches!(act, Act::AmendBelow | Act::Repeal | Act::Renumber) && self.under(&lock.code.value, code);
            self.under(code, &lock.code.value) || of_a_part
        })
    }

    /// The first lock on a head that reads a name or uses a template: what it reads may not change behind it.
    pub(super) fn lock_on(&self, reads: impl Fn(&str) -> bool) -> Option<&'a (Target, Span)> {
        self.upper.heads.iter().filter(|head| reads(&head.code)).find_map(|head| self.lock(Act::Amend, &head.code))
    }

    /// Every head that a lock keeps, with the lock.
    pub(super) fn locked_heads(&self) -> impl Iterator<Item = (&'a Head, &'a (Target, Span))> {
        self.upper.heads.iter().filter_map(|head| Some((head, self.lock(Act::Amend, &head.code)?)))
    }

    fn opened(&self, act: Act, code: &str) -> bool {
        if act == Act::Counts {
            return true;
        }
        let opens = |open: &Open| {
            let inside = self.under(code, &open.target.code.value);
            match (act, open.opening) {
                (Act::Split, Opening::Split) => code == open.target.code.value,
                (Act::Split, Opening::SplitIn(level)) => {
                    let of_level = self.by_code(code).is_some_and(|(_, head)| head.level == level);
                    inside && of_level && code != open.target.code.value
                }
                (Act::Add(level), Opening::Add(opened)) => inside && level >= opened,
                (Act::Points, Opening::Add(_)) => inside && code != open.target.code.value,
                _ => false,
            }
        };
        self.upper.openings.iter().any(|(open, _)| opens(open))
    }

    fn under(&self, code: &str, above: &str) -> bool {
        match (self.by_code(code), self.by_code(above)) {
            (Some((id, _)), Some((above, _))) => self.upper.lies_under(id, above),
            _ => false,
        }
    }

    fn closed(&self, act: Act, code: &str) -> Inheritance {
        let (vietnamese, english) = match act {
            Act::Points | Act::Counts | Act::Amend | Act::AmendBelow => ("sửa", "amend"),
            Act::Add(_) => ("bổ sung mục trong", "add heads in"),
            Act::Split => ("chia", "split"),
            Act::Repeal => ("bãi bỏ", "repeal"),
            Act::Renumber => ("đổi mã", "renumber"),
        };
        let what = Both::new(format!("{vietnamese} `{code}`"), format!("{english} `{code}`"));
        Inheritance::Closed { what, name: self.name.clone(), mend: self.mend(act, code) }
    }

    /// The line by which the upper level would open it, where there is one.
    fn mend(&self, act: Act, code: &str) -> Both {
        let Some((id, head)) = self.by_code(code) else { return never_opened() };
        let above = |id| self.upper.head(id).unwrap_or(head);
        let (opening, head) = match act {
            Act::Split => (Opening::Split, head),
            Act::Add(level) => (Opening::Add(level), head),
            Act::Points | Act::Counts => (Opening::Add(Level::SubCriterion), head.parent.map_or(above(id), above)),
            Act::Amend | Act::AmendBelow | Act::Repeal | Act::Renumber => return never_opened(),
        };
        let code = crate::language::tree::Spanned::new(head.code.clone(), head.span);
        let open = Statement::Open(Open { opening, target: Target { level: head.level, code } });
        let one = |language| write_statement(&open, "", language);
        Both::new(
            format!("cấp trên phải mở bằng `{}`; nếu không thì bỏ dòng này", one(Language::Vietnamese)),
            format!("the upper level must open it with `{}`; else drop the line", one(Language::English)),
        )
    }
}

/// What to do about that which no line opens.
pub(super) fn never_opened() -> Both {
    Both::new(
        "không dòng nào mở được điều này cho cấp dưới: bỏ dòng này, hoặc đề nghị cấp trên sửa bộ của mình",
        "no line opens this to a lower level: drop it, or ask the upper level to amend its own set",
    )
}

/// What may not be amended, and the lock that keeps it.
pub(super) fn locked(what: Both, lock: &Target, line: Span, span: Span) -> Diagnostic {
    let problem = Inheritance::Locked { what, lock: Both::same(format!("`{}`", lock.code.value)) };
    Diagnostic::new(problem, span).label(line, "khóa ở đây", "locked here")
}
