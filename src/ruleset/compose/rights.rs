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
    /// The set of the level above, closed but for what it opens: the one extended, or one that this path extended before.
    above: Option<&'a Ruleset>,
    /// The set is of another year than the one extended.
    pub(super) other_year: bool,
    pub(super) name: String,
    own_year: u16,
    /// Where each head of the set extended stands.
    places: Places<'a>,
    /// Where each head of the level above stands.
    places_above: Places<'a>,
}

/// Heads by their codes.
type Places<'a> = BTreeMap<&'a str, HeadId>;

fn places(ruleset: &Ruleset) -> Places<'_> {
    ruleset.heads.iter().enumerate().map(|(at, head)| (head.code.as_str(), HeadId(at))).collect()
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
        let above = if upper.path == own.path { upper.upper_level.as_deref() } else { Some(upper) };
        let places_above = above.map(places).unwrap_or_default();
        let other_year = upper.year != own.year;
        Self { upper, above, other_year, name, own_year: own.year, places: places(upper), places_above }
    }

    /// The head of the set extended with a code.
    pub(super) fn by_code(&self, code: &str) -> Option<(HeadId, &'a Head)> {
        let id = *self.places.get(code)?;
        Some((id, self.upper.head(id)?))
    }

    /// The head of the level above with a code. There it never gets another code: nothing opens that.
    fn head_above(&self, code: &str) -> Option<(HeadId, &'a Head)> {
        let id = *self.places_above.get(code)?;
        Some((id, self.above?.head(id)?))
    }

    /// Whether a head is one of the level above.
    pub(super) fn is_above(&self, code: &str) -> bool {
        self.places_above.contains_key(code)
    }

    /// Whether a level above closes what it does not open.
    pub(super) fn is_lower(&self) -> bool {
        self.above.is_some()
    }

    /// Whether the level above is of another year than this set.
    pub(super) fn above_other_year(&self) -> bool {
        self.above.is_some_and(|above| above.year != self.own_year)
    }

    /// Whether a line stands in the text of the level above, or in one that it extends.
    pub(super) fn written_above(&self, line: Span) -> bool {
        self.above.is_some_and(|above| above.decisions.iter().any(|decision| decision.source == line.source))
    }

    /// What the level above does not let a lower level do, as a finding.
    pub(super) fn closed(&self, what: Both, mend: Both, span: Span) -> Diagnostic {
        let name = self.above.map(|above| above.identity().name()).unwrap_or_default();
        Diagnostic::new(Inheritance::Closed { what, name, mend }, span)
    }

    /// Whether a line may do this to a head (where it adds one: to the head above it); if not, that is told.
    pub(super) fn allow(&self, act: Act, code: &str, span: Span, findings: &mut Vec<Diagnostic>) -> bool {
        if let Some((lock, line)) = self.lock(act, code) {
            findings.push(locked(Both::same(format!("`{code}`")), lock, *line, span));
            return false;
        }
        if !self.is_open(act, code) {
            findings.push(self.closed(what(act, code), self.mend(act, code), span));
            return false;
        }
        true
    }

    /// Whether the level above keeps this closed, and no lock says so already.
    pub(super) fn is_closed(&self, act: Act, code: &str) -> bool {
        self.lock(act, code).is_none() && !self.is_open(act, code)
    }

    /// Whether the level above, if there is one, leaves this to a lower level: it opens it, or the head is none of its own.
    pub(super) fn is_open(&self, act: Act, code: &str) -> bool {
        let Some((_, head)) = self.head_above(code) else { return true };
        // Its parts are all of this level: it was split here.
        let split_here =
            head.children.is_empty() && self.by_code(code).is_some_and(|(_, now)| !now.children.is_empty());
        act == Act::Counts || (matches!(act, Act::Add(_)) && split_here) || self.opened(act, code)
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
        let opens = |open: &Open| {
            let inside = self.under_above(code, &open.target.code.value);
            match (act, open.opening) {
                (Act::Split, Opening::Split) => code == open.target.code.value,
                (Act::Split, Opening::SplitIn(level)) => {
                    let of_level = self.head_above(code).is_some_and(|(_, head)| head.level == level);
                    inside && of_level && code != open.target.code.value
                }
                (Act::Add(level), Opening::Add(opened)) => inside && level >= opened,
                (Act::Points, Opening::Add(_)) => inside && code != open.target.code.value,
                _ => false,
            }
        };
        self.above.is_some_and(|above| above.openings.iter().any(|(open, _)| opens(open)))
    }

    /// Whether a head of the set extended is another, or lies somewhere below it.
    pub(super) fn under(&self, code: &str, above: &str) -> bool {
        match (self.by_code(code), self.by_code(above)) {
            (Some((id, _)), Some((above, _))) => self.upper.lies_under(id, above),
            _ => false,
        }
    }

    /// The same in the set of the level above.
    fn under_above(&self, code: &str, other: &str) -> bool {
        match (self.above, self.head_above(code), self.head_above(other)) {
            (Some(above), Some((id, _)), Some((other, _))) => above.lies_under(id, other),
            _ => false,
        }
    }

    /// The line by which the upper level would open it, where there is one.
    fn mend(&self, act: Act, code: &str) -> Both {
        let Some((_, head)) = self.head_above(code) else { return never_opened() };
        let above = |id| self.above.and_then(|above| above.head(id)).unwrap_or(head);
        let (opening, head) = match act {
            Act::Split => (Opening::Split, head),
            Act::Add(level) => (Opening::Add(level), head),
            Act::Points | Act::Counts => match head.parent {
                Some(parent) => (Opening::Add(Level::SubCriterion), above(parent)),
                // Points are shared out anew in the head above, and this one has none.
                None => return never_opened(),
            },
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

/// What a line does, in words.
fn what(act: Act, code: &str) -> Both {
    let (vietnamese, english) = match act {
        Act::Points | Act::Counts | Act::Amend | Act::AmendBelow => ("sửa", "amend"),
        Act::Add(_) => ("bổ sung mục trong", "add heads in"),
        Act::Split => ("chia", "split"),
        Act::Repeal => ("bãi bỏ", "repeal"),
        Act::Renumber => ("đổi mã", "renumber"),
    };
    Both::new(format!("{vietnamese} `{code}`"), format!("{english} `{code}`"))
}

/// A lower level's opening of what it was never given.
pub(super) fn hand_on(rights: &Rights<'_>, open: &Open, span: Span) -> Diagnostic {
    let one = |language| write_statement(&Statement::Open(open.clone()), "", language);
    let what = Both::new(
        format!("mở tiếp `{}`", one(Language::Vietnamese)),
        format!("open further `{}`", one(Language::English)),
    );
    let mend = Both::new(
        "chỉ mở tiếp được điều cấp trên đã mở cho mình, hoặc điều của chính mình: bỏ dòng này, hoặc cấp trên phải mở trước bằng chính dòng ấy",
        "only what the upper level opened to you, or what is your own, can be opened further: drop the line, or the upper level must write it first",
    );
    rights.closed(what, mend, span)
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
