//! What stands on a source of its own: one figure, one count, and how firm that leaves the leaf that reads it.

use super::draft::{self, Draft, HeadDraft, Placed};
use super::model::{Figure, FigureKind, Head, HeadId, Ruleset};
use super::origin::Origin;
use super::parameters::Reads;
use super::summary::Standing;
use crate::diagnostic::{Both, Diagnostic, Provenance as Problem, Span};
use crate::language::tree::{Count, File, FormKind, MetTest, Provenance, Statement};

/// What a source of its own is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sourced<'a> {
    /// A figure, by the name that the leaf knows it under.
    Figure(&'a str),
    /// A column of a list.
    Column {
        /// The list.
        list: &'a str,
        /// The column.
        column: &'a str,
    },
    /// A parameter of the set.
    Parameter(&'a str),
    /// Respondents of a questionnaire.
    Respondents {
        /// The questionnaire.
        questionnaire: &'a str,
        /// The group.
        group: &'a str,
    },
    /// A question of a questionnaire.
    Question {
        /// The questionnaire.
        questionnaire: &'a str,
        /// The question.
        question: &'a str,
    },
    /// A count that the decision states.
    Count(&'a Count),
}

/// A source that is said of one thing alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnSource<'a> {
    /// Of what.
    pub of: Sourced<'a>,
    /// Where it comes from.
    pub source: &'a Provenance,
}

impl Ruleset {
    /// What under a head stands on a source of its own: the figures, parameters and questions that its rule reads, and
    /// the counts that are stated under it.
    pub fn own_sources(&self, id: HeadId) -> Vec<OwnSource<'_>> {
        let Some(head) = self.head(id) else { return Vec::new() };
        let mut own = Vec::new();
        figures_of(head, &mut own);
        for parameter in self.parameters.iter().filter(|known| head.parameters.contains(&known.name.value)) {
            put(Sourced::Parameter(&parameter.name.value), &parameter.sources, &mut own);
        }
        self.answers_of(head, &mut own);
        counts(&head.counts, &mut own);
        own
    }

    /// What beside its heads stands on a source of its own: parameters, shared figures and counts of the header, and
    /// what questionnaires ask.
    pub fn own_sources_beside_heads(&self) -> Vec<OwnSource<'_>> {
        let mut own = Vec::new();
        for parameter in &self.parameters {
            put(Sourced::Parameter(&parameter.name.value), &parameter.sources, &mut own);
        }
        for figure in &self.shared.figures {
            put(Sourced::Figure(&figure.name), &figure.sources, &mut own);
        }
        for asked in &self.questionnaires {
            let questionnaire = asked.name.as_str();
            for group in &asked.groups {
                put(Sourced::Respondents { questionnaire, group: &group.name }, &group.sources, &mut own);
            }
            for question in &asked.questions {
                put(Sourced::Question { questionnaire, question: &question.name }, &question.sources, &mut own);
            }
        }
        counts(&self.counts, &mut own);
        own
    }

    /// Every line with a source of its own, each once and with the head that it stands under: of the whole set, or of what
    /// lies under a head and what that reads.
    pub fn own_source_lines(&self, under: Option<HeadId>) -> Vec<(Option<HeadId>, OwnSource<'_>)> {
        let all = (0..self.heads.len()).map(HeadId);
        let heads: Vec<HeadId> = all.filter(|&id| under.is_none_or(|under| self.lies_under(id, under))).collect();
        let read: Vec<OwnSource<'_>> = match under {
            None => Vec::new(),
            Some(_) => heads.iter().flat_map(|&id| self.own_sources(id)).collect(),
        };
        let beside = self.own_sources_beside_heads().into_iter().filter(|own| under.is_none() || read.contains(own));
        let mut lines: Vec<(Option<HeadId>, OwnSource<'_>)> = beside.map(|own| (None, own)).collect();
        for id in heads {
            for own in self.own_sources(id).into_iter().filter(|own| self.stands_under(id, own, under)) {
                // What another leaf states is one line, however many leaves read it.
                if !lines.iter().any(|(_, known)| known.source.kind.span == own.source.kind.span) {
                    lines.push((Some(id), own));
                }
            }
        }
        lines
    }

    /// Whether a line stands under a head that reads it; of a part of the set, what leaves outside it state is told
    /// here too.
    fn stands_under(&self, id: HeadId, own: &OwnSource<'_>, part: Option<HeadId>) -> bool {
        let (Sourced::Figure(name) | Sourced::Column { list: name, .. }) = own.of else {
            return matches!(own.of, Sourced::Count(_));
        };
        let figures = self.head(id).and_then(|head| head.leaf.as_ref()).map_or(&[][..], |leaf| &leaf.figures);
        figures.iter().filter(|figure| figure.name == name).any(|figure| match figure.origin {
            Origin::Stated => true,
            Origin::Far { head, .. } => part.is_some_and(|part| !self.lies_under(head, part)),
            _ => false,
        })
    }

    /// How firm the numbers of a head are: no firmer than the least firm thing said of it, or of anything that its rule
    /// reads. What the transcriber read into a line of the decision is not the decision's.
    pub fn standing(&self, id: HeadId) -> Standing {
        let read = self.own_sources(id).into_iter().filter(|own| !matches!(own.of, Sourced::Count(_)));
        let asked = self.head(id).and_then(|head| head.leaf.as_ref()?.survey());
        let asked = asked.and_then(|(_, rule)| self.questionnaires.get(rule.questionnaire));
        let asked = asked.map_or(&[][..], |questionnaire| &questionnaire.provenance);
        let least = read.map(|own| own.source).chain(asked).map(Standing::of).max();
        Standing::least(self.provenance_of(id)).max(least.unwrap_or(Standing::Official))
    }

    fn answers_of<'a>(&'a self, head: &'a Head, own: &mut Vec<OwnSource<'a>>) {
        let rules = head.leaf.iter().flat_map(|leaf| &leaf.figures).filter_map(|figure| match &figure.origin {
            Origin::Survey(rule) => Some(rule),
            _ => None,
        });
        for rule in rules {
            let Some(asked) = self.questionnaires.get(rule.questionnaire) else { continue };
            let questionnaire = asked.name.as_str();
            for group in &asked.groups {
                put(Sourced::Respondents { questionnaire, group: &group.name }, &group.sources, own);
            }
            for question in rule.questions.iter().filter_map(|&at| asked.questions.get(at)) {
                put(Sourced::Question { questionnaire, question: &question.name }, &question.sources, own);
            }
        }
    }
}

fn figures_of<'a>(head: &'a Head, own: &mut Vec<OwnSource<'a>>) {
    for figure in head.leaf.iter().flat_map(|leaf| &leaf.figures) {
        // What a figure was in another year is what it is.
        if !figure.origin.is_own() {
            continue;
        }
        put(Sourced::Figure(&figure.name), &figure.sources, own);
        if let FigureKind::Rows(columns) = &figure.kind {
            for column in columns {
                put(Sourced::Column { list: &figure.name, column: &column.name }, &column.sources, own);
            }
        }
    }
}

fn put<'a>(of: Sourced<'a>, sources: &'a [Provenance], own: &mut Vec<OwnSource<'a>>) {
    own.extend(sources.iter().map(|source| OwnSource { of, source }));
}

fn counts<'a>(counts: &'a [Count], own: &mut Vec<OwnSource<'a>>) {
    for count in counts {
        put(Sourced::Count(count), &count.sources, own);
    }
}

/// Every line that a head's rule rests on: its own, those of its templates and of what it asks people, and those that
/// declare elsewhere what the leaf reads.
pub(super) fn reached<'a>(head: &HeadDraft<'a>, figures: &[Figure], draft: &Draft<'a>) -> Vec<Placed<'a>> {
    let mut lines = elsewhere(figures, draft);
    lines.extend(&head.lines);
    let mut known: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(&(statement, _)) = lines.get(at) {
        at += 1;
        let Statement::Form(form) = statement else { continue };
        match &form.kind {
            FormKind::Template { name, .. } if !known.contains(&name.value.as_str()) => {
                known.push(&name.value);
                let used = draft.templates.iter().filter(|other| other.template.name.value == name.value);
                lines.extend(used.flat_map(|template| &template.lines));
            }
            FormKind::Survey(survey) => {
                let name = &survey.questionnaire.value;
                let asked = draft.questionnaires.iter().filter(|other| other.questionnaire.name.value == *name);
                lines.extend(asked.flat_map(|asked| &asked.lines));
            }
            _ => {}
        }
    }
    lines
}

/// The parameters with a source of their own that these lines read.
pub(super) fn parameters(lines: &[Placed<'_>], reads: &Reads) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in lines.iter().filter_map(|(_, span)| reads.get(span)).flatten() {
        if !found.contains(name) {
            found.push(name.clone());
        }
    }
    found
}

/// The lines that declare elsewhere the figures, and the columns, that a leaf reads.
fn elsewhere<'a>(figures: &[Figure], draft: &Draft<'a>) -> Vec<Placed<'a>> {
    let mut places: Vec<Span> = Vec::new();
    for figure in figures.iter().filter(|figure| figure.origin.stated_at().is_some()) {
        places.push(figure.span);
        if let FigureKind::Rows(columns) = &figure.kind {
            places.extend(columns.iter().map(|column| column.span));
        }
    }
    if places.is_empty() {
        return Vec::new();
    }
    let lines = draft.header.iter().chain(draft.heads.iter().flat_map(|head| &head.lines));
    let declares = |(statement, _): &&Placed<'a>| match statement {
        Statement::Figure(figure) | Statement::SharedFigure(figure) | Statement::Column(figure) => {
            places.contains(&figure.name.span)
        }
        Statement::List(list) => places.contains(&list.name.span),
        _ => false,
    };
    lines.filter(declares).copied().collect()
}

/// A `nguồn` line that is indented as if it were of the line above alone: indentation means nothing, so it is of all.
pub(super) fn indented(file: &File, findings: &mut Vec<Diagnostic>) {
    let mut whole = Both::new("cả bộ", "the whole set");
    let mut above: Option<(u32, Both)> = None;
    for line in &file.lines {
        let Some(statement) = &line.statement else { continue };
        let margin = line.words.start.saturating_sub(line.span.start);
        match statement {
            Statement::Provenance(_) => {
                // Several such lines are one mistake.
                if let Some((_, said)) = above.take_if(|(of_line, _)| *of_line < margin) {
                    let problem = Problem::SourceOfWhole { line: said, whole: whole.clone() };
                    findings.push(Diagnostic::new(problem, line.words));
                }
                continue;
            }
            Statement::Head(head) | Statement::Add(head) => whole = of_head(&head.code.value),
            Statement::Amend(amend) => whole = of_head(&amend.head.code.value),
            Statement::Questionnaire(asked) => {
                let name = &asked.name.value;
                whole = Both::new(format!("cả phiếu `{name}`"), format!("the whole questionnaire `{name}`"));
            }
            _ => {}
        }
        above = own_line(statement).map(|said| (margin, said));
    }
}

fn of_head(code: &str) -> Both {
    Both::new(format!("cả mục `{code}`"), format!("the whole of `{code}`"))
}

/// A line that may have a source of its own, as a message names it.
fn own_line(statement: &Statement) -> Option<Both> {
    let name = match statement {
        Statement::Figure(figure) | Statement::SharedFigure(figure) | Statement::Column(figure) => &figure.name,
        Statement::List(list) => &list.name,
        Statement::Parameter(parameter) => &parameter.name,
        Statement::AmendParameter(amend) => &amend.name,
        Statement::Respondents(group) => &group.name,
        Statement::Question(question) => &question.name,
        Statement::Met(met) => match &met.test {
            MetTest::Figure { name, .. } => name,
            MetTest::Condition(_) => return None,
        },
        Statement::Contains(_) => return Some(draft::name(statement)),
        _ => return None,
    };
    let opener = draft::name(statement);
    Some(Both::new(format!("{} {}", opener.0, name.value), format!("{} {}", opener.1, name.value)))
}
