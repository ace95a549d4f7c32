//! What a set without a source of its own decides would wear that of the set it extends: that is told.

use std::collections::BTreeMap;

use super::super::draft::name;
use super::super::summary::Standing;
use super::Work;
use super::blocks::{Block, Kind};
use super::change::{Change, ChangeKind, words};
use super::header::of_one_round;
use super::nature::nature;
use super::sources::{Said, Stood, decides, is_source, provenance};
use super::steps::{Act, Step};
use crate::diagnostic::{Both, Diagnostic, Inheritance, SourceId, Span};
use crate::language::tree::{self, Line, Provenance, Spanned, Statement};

impl Work<'_, '_> {
    /// A set that says nothing of where its numbers are from would wear the decision behind the one that it extends. The
    /// first line that does is told.
    pub(super) fn own_source(
        &mut self,
        header: &[Line],
        stood: &Stood,
        (said, decided): (&Said, &BTreeMap<String, Vec<Line>>),
        steps: &[Step<'_>],
    ) {
        // What the text says itself, in whatever words, is no source of another.
        let speaks = |code: &str| {
            let is_new = || self.block(code).and_then(Block::place).is_some_and(|place| place.old.is_none());
            said.of(code).is_some()
                || decided.contains_key(code)
                || (is_new() && !self.said_above(code, said).is_empty())
        };
        let worn = |code: &str, text: SourceId| self.worn(code, text).filter(|_| !speaks(code));
        let heads = steps.iter().find_map(|step| {
            let code = match step.act {
                Act::New(head) => head.code.value.clone(),
                Act::Amend(amend) if decides(amend, &step.lines) => self.now(&amend.head.code.value),
                _ => return None,
            };
            self.block(&code)?;
            let worn = worn(&code, step.line.span.source)?;
            Some((Both::same(code), step.place(), worn))
        });
        let found = heads.or_else(|| steps.iter().find_map(|step| self.repealed_on(step, stood, said)));
        let found = found.or_else(|| self.settled_anew(header, stood));
        let found = found.or_else(|| {
            let (name, span, worn) = self.read_by_heads(header, stood, &worn, steps)?;
            Some((Both::same(name), span, worn))
        });
        let Some((code, span, worn)) = found else { return };
        let finding = Diagnostic::new(Inheritance::OwnSource { code, name: self.rights.name.clone() }, span);
        self.findings.push(finding.label(worn, "nguồn sẽ mang ở đây", "the source it would wear is here"));
    }

    /// A repeal changes what units get, and no line of it can say a source: what is said of the heads above it is of it,
    /// too, else it wears what these stand on.
    fn repealed_on(&self, step: &Step<'_>, stood: &Stood, said: &Said) -> Option<(Both, Span, Span)> {
        let Act::Repeal(repeal) = step.act else { return None };
        let old = &repeal.target.code.value;
        let is_gone =
            |change: &Change| change.span == step.place() && matches!(change.kind, ChangeKind::Repealed { .. });
        let (_, head) = self.rights.by_code(old).filter(|_| self.changes.iter().any(is_gone))?;
        let worn = match self
            .rights
            .upper
            .above(head)
            .map(|head| self.now(&head.code))
            .find(|code| self.block(code).is_some())
        {
            Some(above) => {
                let spoken = self.path(&above).into_iter().filter_map(Block::place);
                let spoken = spoken.map(|place| &place.code).any(|code| said.of(code).is_some());
                self.worn(&above, step.line.span.source).filter(|_| !spoken)
            }
            None => firm_header(stood),
        };
        let words = Both::new(format!("bãi bỏ {old}"), format!("repeal {old}"));
        Some((words, step.place(), worn?))
    }

    /// The line of another text, where a head has no source but firm ones of others.
    fn worn(&self, code: &str, text: SourceId) -> Option<Span> {
        let worn = self.nearest(code).1;
        let others = worn.iter().all(|line| line.span.source != text);
        worn.first().filter(|_| others && is_firm(&provenance(&worn))).map(|line| line.words)
    }

    /// The first rule of the header that a set without a source settles otherwise than it was under a firm source.
    fn settled_anew(&self, header: &[Line], stood: &Stood) -> Option<(Both, Span, Span)> {
        let worn = firm_header(stood)?;
        // A line that was refused is not in the composed header.
        let stands =
            |line: &Line| self.blocks.first().is_some_and(|block| block.lines.iter().any(|own| own.span == line.span));
        header.iter().find_map(|line| {
            let said = line.statement.as_ref()?;
            let anew = settles(said) && !stood.settled(said) && stands(line);
            let named = || match said {
                Statement::Block(block) => {
                    let (Both(vietnamese, english), block) = (name(said), &block.name.value);
                    Both::new(format!("{vietnamese} {block}"), format!("{english} {block}"))
                }
                _ => name(said),
            };
            anew.then(|| (named(), line.words, worn))
        })
    }

    /// The first parameter, shared figure, template or questionnaire that a set without a source writes: the heads that
    /// read it would wear the source that it had, their own old one, or that of the header.
    fn read_by_heads(
        &self,
        header: &[Line],
        stood: &Stood,
        worn: &dyn Fn(&str, SourceId) -> Option<Span>,
        steps: &[Step<'_>],
    ) -> Option<(String, Span, Span)> {
        let of_header = firm_header(stood);
        let had = |name: &str| {
            let lines = self.blocks.first().into_iter().flat_map(|block| &block.lines);
            let mut known = lines.filter_map(|line| match &line.statement {
                Some(Statement::Parameter(known)) if known.name.value == name => Some((line.words, &known.sources)),
                // A shared figure written anew has taken over where the old one was from.
                Some(Statement::SharedFigure(known)) if known.name.value == name => {
                    Some((known.sources.first()?.kind.span, &known.sources))
                }
                _ => None,
            });
            known.rfind(|(_, sources)| !sources.is_empty())
        };
        let wearer = |text: SourceId, reads: &dyn Fn(&Block) -> bool| {
            let heads = self.blocks.iter().filter_map(|block| Some((block, block.place()?)));
            heads.filter(|(block, _)| reads(block)).find_map(|(_, place)| worn(&place.code, text))
        };
        let header = header.iter().find_map(|line| {
            let (name, sources) = match line.statement.as_ref()? {
                Statement::AmendParameter(amend) => (&amend.name.value, &amend.sources),
                Statement::Parameter(parameter) => (&parameter.name.value, &parameter.sources),
                Statement::SharedFigure(figure) => (&figure.name.value, &figure.sources),
                _ => return None,
            };
            let worn = match had(name) {
                Some((words, sources)) => is_firm(sources).then_some(words),
                None => of_header.or_else(|| wearer(line.span.source, &|block| self.reads(block, name, &|_| true))),
            };
            Some((name.clone(), line.words, worn.filter(|_| sources.is_empty())?))
        });
        header.or_else(|| {
            steps.iter().find_map(|step| {
                let text = step.line.span.source;
                let (name, worn) = match step.act {
                    // A template says no source: those that score by it do.
                    Act::Template(template) => {
                        let kind = Kind::Template(template.name.value.clone());
                        let by = |block: &Block| self.templates_of(block).iter().any(|used| used.kind == kind);
                        (&template.name.value, wearer(text, &by))
                    }
                    Act::Questionnaire(asked) if !step.lines.iter().any(is_source) => (&asked.name.value, of_header),
                    _ => return None,
                };
                Some((name.clone(), step.place(), worn?))
            })
        })
    }
}

/// The first line of the header that says its source, where that looks decided.
fn firm_header(stood: &Stood) -> Option<Span> {
    stood.header().first().filter(|_| is_firm(&provenance(stood.header()))).map(|line| line.words)
}

/// What a rule of the header settles, in words. What a block is called decides nothing.
pub(super) fn settled_by(said: &Statement) -> Both {
    let Statement::Block(block) = said else { return words(said) };
    let title = Spanned::new(String::new(), block.title.span);
    words(&Statement::Block(tree::Block { title, ..block.clone() }))
}

/// Whether a line of the header is a rule that the level that made the set decides alone, for every round.
pub(super) fn settles(said: &Statement) -> bool {
    let nature = nature(said);
    nature.scores && !nature.lower && !of_one_round(said) && !matches!(said, Statement::AmendParameter(_))
}

/// Whether numbers of these sources look decided.
fn is_firm(sources: &[Provenance]) -> bool {
    sources.iter().map(Standing::of).max() <= Some(Standing::Amended)
}
