//! What an amendment made wrong in a line taken over: told at the amendment, which is the one that its author can mend.

use std::collections::BTreeSet;
use std::ops::Range;

use super::change::{Change, ChangeKind};
use super::kinds::reads;
use crate::diagnostic::{Both, Diagnostic, Label, Language, Names, Problem, SourceId, Span, Texts};
use crate::language::tree::{File, Form, FormKind, Line, Statement};

/// A composed set, and the lines of its own text that changed what it took over.
#[derive(Clone, Copy)]
pub struct Causes<'a> {
    /// The composed set.
    pub file: &'a File,
    /// What its own text changed.
    pub changes: &'a [Change],
    /// Its own text.
    pub own: SourceId,
    /// Every text.
    pub texts: Texts<'a>,
}

impl Causes<'_> {
    /// Turns a finding in a line taken over round: told at the lines of this text that brought it about, with the line
    /// taken over beside them. Where none is known, the line that takes everything over, if it is given, is named.
    pub fn lead(&self, finding: &mut Diagnostic, extends: Option<Span>) {
        let leads_here = |span: Span| span.source == self.own;
        if leads_here(finding.span) || finding.labels.iter().any(|label| leads_here(label.span)) {
            return;
        }
        if let Problem::Names(Names::GateCycle { mend, .. }) = &mut finding.problem {
            // None of the lines that wait stands in this text, to be dropped from it.
            *mend = Both::new(
                "các dòng `chỉ chấm khi` ấy là của văn bản trước: ở đây sửa một mục trong vòng (`sửa tiêu chí …`) với một dòng `chỉ chấm khi` chờ mục ngoài vòng, hoặc bỏ chỗ chia, đổi mã, dòng `thuộc` làm nên vòng",
                "those lines `only scored when` are of an earlier text: amend a head of the circle here (`amend criterion …`) with a line `only scored when` that waits for a head outside it, or drop the split, the renumbering or the `under` that closes it",
            );
        }
        let mut causes = self.of(finding).into_iter();
        let (first, words) = match (causes.next(), extends) {
            (Some(first), _) => (first, taken_over()),
            (None, Some(extends)) => {
                let words = Both::new("một dòng của bộ này làm nên điều ấy", "a line of this set brings it about");
                return finding.labels.push(Label { span: extends, words });
            }
            (None, None) => return,
        };
        let there = std::mem::replace(&mut finding.span, first);
        finding.labels.insert(0, Label { span: there, words });
        for span in causes {
            finding.labels.push(Label { span, words: Both::new("và vì dòng này", "and because of this line") });
        }
        // Last year's text is not this one's to edit.
        finding.fixes.retain(|fix| leads_here(fix.span));
    }

    /// The lines that brought a finding about, the likeliest first.
    fn of(&self, finding: &Diagnostic) -> Vec<Span> {
        use ChangeKind as C;
        let named = names(&finding.problem.words(Language::Vietnamese).message);
        let block = self.block(finding.span);
        let lines = block.clone().and_then(|block| self.file.lines.get(block)).unwrap_or_default();
        let code = lines.iter().find_map(|line| match &line.statement {
            Some(Statement::Head(head)) => Some(head.code.value.as_str()),
            _ => None,
        });
        let (reached, templates, asked) = self.reached(lines);
        let reads_it = |name: &str| {
            let mut statements = reached.iter().filter_map(|line| line.statement.as_ref());
            statements.any(|statement| reads(statement, name, self.texts))
        };
        let before = self.changes.iter().find_map(|change| match &change.kind {
            C::Renumbered { from, to, .. } if Some(to.as_str()) == code => Some(from.as_str()),
            _ => None,
        });
        let under = |gone: &str| {
            let above = gone.rsplit_once('.').map(|(above, _)| above);
            above.is_some() && (above == code || above == before)
        };
        let is_named = |name: &str| named.iter().any(|other| other == name);
        // Another code makes wrong what names a code; of anything else it is the likeliest cause only where none is known.
        let of_codes = matches!(finding.problem, Problem::Names(_) | Problem::Inheritance(_));
        // How surely a change is the cause; the surest first.
        let rank = |kind: &C| match kind {
            C::Repealed { code, .. } if is_named(code) => Some(0),
            C::Renumbered { from, to, .. } if is_named(from) || is_named(to) => Some(if of_codes { 0 } else { 5 }),
            C::Parameter { name, .. } if is_named(name) || reads_it(name) => Some(1),
            C::Template { name, known: true } if is_named(name) || templates.contains(name.as_str()) => Some(1),
            C::Questionnaire { name, known: true } if is_named(name) || asked.contains(name.as_str()) => Some(1),
            C::Amended { code: changed, .. } | C::Split { code: changed, .. } if Some(changed.as_str()) == code => {
                Some(2)
            }
            C::Repealed { code: gone, .. } if under(gone) => Some(3),
            C::Amended { code: changed, .. } | C::Split { code: changed, .. } | C::Added { code: changed, .. }
                if is_named(changed) =>
            {
                Some(4)
            }
            _ => None,
        };
        let ranked = self.changes.iter().filter(|change| change.span.source == self.own);
        let mut ranked: Vec<(u8, Span)> =
            ranked.filter_map(|change| Some((rank(&change.kind)?, change.span))).collect();
        ranked.sort();
        ranked.dedup();
        // Of surer causes only the surest are told: a head renumbered and named needs no other reason.
        let surest = ranked.first().map(|(rank, _)| *rank);
        ranked.into_iter().filter(|(rank, _)| Some(*rank) == surest).map(|(_, span)| span).take(3).collect()
    }

    /// The lines of the head, the template, the questionnaire or the test that a place lies in.
    fn block(&self, place: Span) -> Option<Range<usize>> {
        let lines = &self.file.lines;
        let holds =
            |line: &Line| line.span.source == place.source && (line.span.start..=line.span.end).contains(&place.start);
        let at = lines.iter().position(holds)?;
        let start = lines.get(..=at)?.iter().rposition(opens)?;
        let end = lines.iter().skip(start + 1).position(opens).map_or(lines.len(), |next| start + 1 + next);
        Some(start..end)
    }

    /// These lines, with those of the templates and questionnaires that they score by, and the names of both.
    fn reached<'a>(&'a self, lines: &'a [Line]) -> (Vec<&'a Line>, BTreeSet<&'a str>, BTreeSet<&'a str>) {
        let mut reached: Vec<&Line> = lines.iter().collect();
        let (mut templates, mut asked) = (BTreeSet::new(), BTreeSet::new());
        let mut at = 0;
        while let Some(&line) = reached.get(at) {
            at += 1;
            let opener: Box<dyn Fn(&Statement) -> bool> = match &line.statement {
                Some(Statement::Form(Form { kind: FormKind::Template { name, .. }, .. }))
                    if templates.insert(name.value.as_str()) =>
                {
                    Box::new(|other| matches!(other, Statement::Template(known) if known.name.value == name.value))
                }
                Some(Statement::Form(Form { kind: FormKind::Survey(survey), .. })) => {
                    let name = &survey.questionnaire.value;
                    if !asked.insert(name.as_str()) {
                        continue;
                    }
                    Box::new(|other| matches!(other, Statement::Questionnaire(known) if known.name.value == *name))
                }
                _ => continue,
            };
            let opened = |line: &Line| line.statement.as_ref().is_some_and(&opener);
            let Some(start) = self.file.lines.iter().position(opened) else { continue };
            let below = self.file.lines.iter().skip(start + 1).take_while(|line| !opens(line));
            reached.extend(below);
        }
        (reached, templates, asked)
    }
}

/// Whether a line begins what others stand under.
fn opens(line: &Line) -> bool {
    use Statement as S;
    matches!(line.statement, Some(S::Head(_) | S::Template(_) | S::Questionnaire(_) | S::Test(_)))
}

/// What a message puts in quotes; of `2 (2021)`, the code alone.
fn names(message: &str) -> Vec<String> {
    let quoted = message.split('`').skip(1).step_by(2);
    quoted.map(|name| name.split_once(" (").map_or(name, |(code, _)| code).to_owned()).collect()
}

fn taken_over() -> Both {
    Both::new(
        "lấy từ bộ được kế thừa; sửa bằng một dòng của bộ này",
        "taken over from the set extended; mend it by a line of this set",
    )
}
