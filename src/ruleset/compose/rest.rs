//! What is no head: the header, templates, tests.

use std::collections::BTreeSet;

use super::blocks::{Block, Kind};
use super::change::{Change, ChangeKind};
use super::rights::{locked, never_opened};
use super::sources::is_source;
use super::steps::{Act, Step};
use super::{Work, header};
use crate::diagnostic::Both;
use crate::language::tree::{Expect, FormKind, Line, Statement};

impl Work<'_, '_> {
    /// Brings in the lines of the header; tells whether the rules of every head may have changed.
    pub(super) fn header(&mut self, lines: &[Line]) -> bool {
        let header = header::compose(&mut self.blocks, lines, &self.rights, self.texts, self.findings);
        self.changes.extend(header.changes);
        header.settings
    }

    /// A template or a questionnaire takes the place of the one of its name; tells whether one did.
    pub(super) fn templates(&mut self, header: &[Line], steps: &[Step<'_>]) -> bool {
        let mut any = false;
        for step in steps {
            let (kind, name, word) = match step.act {
                Act::Template(template) => {
                    let name = &template.name.value;
                    (Kind::Template(name.clone()), name, ("mẫu", "template"))
                }
                Act::Questionnaire(questionnaire) => {
                    let name = &questionnaire.name.value;
                    (Kind::Questionnaire(name.clone()), name, ("phiếu", "questionnaire"))
                }
                _ => continue,
            };
            let template = matches!(step.act, Act::Template(_));
            let mut lines = vec![Line { comment: None, ..step.line.clone() }];
            lines.extend(step.lines.iter().cloned());
            let known = self.blocks.iter().position(|block| block.kind == kind);
            // Two of one text stay both, and are told as in any set.
            let again = known.filter(|&at| self.blocks.get(at).is_some_and(|block| of_one_text(block, step.line)));
            if let Some(at) = again {
                self.blocks.insert(at + 1, Block { kind, lines });
                continue;
            }
            if let Some(at) = known {
                let of_above = self.blocks.get(at).and_then(|block| block.lines.first());
                if of_above.is_some_and(|line| self.rights.written_above(line.span)) {
                    let what =
                        Both::new(format!("viết lại {} `{name}`", word.0), format!("write {} `{name}` anew", word.1));
                    self.findings.push(self.rights.closed(what, never_opened(), step.place()));
                    continue;
                }
                let uses = |code: &str| {
                    self.blocks.iter().any(|block| {
                        block.place().is_some_and(|place| place.old.as_deref() == Some(code))
                            && block.statements().any(|statement| uses(statement, template, name))
                    })
                };
                if let Some((lock, line)) = self.rights.lock_on(uses) {
                    self.findings.push(locked(Both::same(format!("`{name}`")), lock, *line, step.place()));
                    continue;
                }
                if let Some(block) = self.blocks.get_mut(at) {
                    // A set that says nothing of where it is from makes no questionnaire firmer.
                    if !header.iter().chain(&lines).any(is_source) {
                        lines.extend(block.lines.iter().filter(|line| is_source(line)).cloned());
                    }
                    block.lines = lines;
                }
                any = true;
            } else {
                let last = self
                    .blocks
                    .iter()
                    .rposition(|block| matches!(block.kind, Kind::Template(_) | Kind::Questionnaire(_) | Kind::Header));
                self.blocks.insert(last.map_or(0, |at| at + 1), Block { kind, lines });
            }
            let (name, known) = (name.clone(), known.is_some());
            let change =
                if template { ChangeKind::Template { name, known } } else { ChangeKind::Questionnaire { name, known } };
            self.change(change, step.place());
        }
        any
    }

    /// Tests of the set extended that ask for nothing amended, then the text's own.
    pub(super) fn tests(&mut self, steps: &[Step<'_>], settings: bool) {
        let mut above: BTreeSet<String> = BTreeSet::new();
        for code in &self.touched {
            let mut at = Some(code.clone());
            while let Some(code) = at {
                let place = self.blocks.iter().filter_map(Block::place).find(|place| place.code == code);
                at = place.and_then(|place| place.parent.clone()).filter(|parent| !above.contains(parent));
                above.insert(code);
            }
        }
        let untouched = above.is_empty();
        // A submission in a file states heads by the codes, and the figures, of the set that it was written for.
        let another = |change: &Change| {
            use ChangeKind as C;
            matches!(change.kind, C::Amended { .. } | C::Repealed { .. } | C::Renumbered { .. } | C::Split { .. })
        };
        let stands = !self.changes.iter().any(another);
        let holds = |block: &Block| {
            !settings
                && block.statements().all(|statement| match statement {
                    Statement::Given(given) => !self.touched.contains(&given.code.value),
                    Statement::Expect(Expect::Head(code, _)) => !above.contains(&code.value),
                    Statement::Expect(_) => untouched,
                    Statement::GivenSubmission(_) => stands,
                    _ => true,
                })
        };
        let left: Vec<Block> =
            self.blocks.iter().filter(|block| block.kind == Kind::Test && !holds(block)).cloned().collect();
        self.blocks.retain(|block| !left.iter().any(|gone| gone.lines == block.lines));
        for block in left {
            let test = block.lines.iter().find_map(|line| match &line.statement {
                Some(Statement::Test(name)) => Some((name.value.clone(), line.words)),
                _ => None,
            });
            if let Some((name, span)) = test {
                self.change(ChangeKind::TestLeft { name }, span);
            }
        }
        for step in steps {
            let Act::Test = step.act else { continue };
            let mut lines = vec![Line { comment: None, ..step.line.clone() }];
            lines.extend(step.lines.iter().cloned());
            self.blocks.push(Block { kind: Kind::Test, lines });
        }
    }
}

/// Whether a block is of the text that a line is of.
fn of_one_text(block: &Block, line: &Line) -> bool {
    block.lines.first().is_some_and(|first| first.span.source == line.span.source)
}

/// Whether a form uses a template, or else a questionnaire, of a name.
fn uses(statement: &Statement, template: bool, name: &str) -> bool {
    let Statement::Form(form) = statement else { return false };
    match &form.kind {
        FormKind::Template { name: used, .. } => template && used.value == name,
        FormKind::Survey(survey) => !template && survey.questionnaire.value == name,
        _ => false,
    }
}
