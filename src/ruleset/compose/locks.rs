//! What a locked head reads beyond its own lines: nobody changes that behind the lock.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Block, Kind, Place};
use super::codes::{Renamed, rename};
use super::rights::locked;
use super::{ChangeKind, Work};
use crate::diagnostic::{Both, Language, Span, Texts};
use crate::language::tree::{Form, FormKind, Line, Method, RoundedLevel, Statement, Target};
use crate::language::write_statement;

/// What a locked head reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    /// A shared figure, as a leaf sees it.
    Shared {
        name: String,
        leaf: String,
    },
    /// A figure or a list of another leaf.
    Far {
        name: String,
        code: String,
    },
    /// A column of such a list.
    Column {
        name: String,
        list: String,
        code: String,
    },
    /// A head whose points it waits for: that there is one.
    Waited(String),
    Template(String),
    Questionnaire(String),
    Parameter(String),
    /// A line of the header, as a head feels it.
    Setting {
        setting: Setting,
        head: String,
    },
}

/// A line of the header that decides on points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Setting {
    FiguresMissing,
    EvidenceMissing,
    SurveyNotHeld,
    Rounding,
    WorkingDays,
    Aggregation,
    Scale,
}

/// The set that is extended, before and after; heads go by the codes that they had.
pub(super) struct World<'a> {
    blocks: &'a [Block],
    heads: BTreeMap<&'a str, &'a Block>,
    /// Codes as they are written, and those that the heads had.
    old: BTreeMap<&'a str, &'a str>,
    texts: Texts<'a>,
}

impl<'a> World<'a> {
    fn new(blocks: &'a [Block], texts: Texts<'a>) -> Self {
        let places = || blocks.iter().filter_map(|block| Some((block, block.place()?)));
        let heads = places().filter_map(|(block, place)| Some((place.old.as_deref()?, block))).collect();
        let old = places().filter_map(|(_, place)| Some((place.code.as_str(), place.old.as_deref()?))).collect();
        Self { blocks, heads, old, texts }
    }

    fn header(&self) -> impl Iterator<Item = &'a Line> {
        let blocks = self.blocks;
        blocks.iter().filter(|block| block.kind == Kind::Header).flat_map(|block| &block.lines)
    }

    /// A head and those above it, from below.
    fn above(&self, code: &str) -> Vec<&'a Block> {
        let above = |block: &&'a Block| {
            let parent = block.place().and_then(|place: &Place| place.parent.as_deref())?;
            self.heads.get(self.old.get(parent)?).copied()
        };
        std::iter::successors(self.heads.get(code).copied(), above).take(self.blocks.len()).collect()
    }

    /// The words of a line, but for those in quotes.
    fn bare(&self, statement: &Statement) -> String {
        let text = write_statement(statement, self.texts, Language::English);
        text.split('"').step_by(2).collect::<Vec<_>>().join(" ")
    }

    /// The lines that say what a thing is.
    fn said(&self, thing: &Thing) -> Vec<&'a Line> {
        let of = |kind: Kind| -> Vec<&'a Line> {
            self.blocks.iter().filter(|block| block.kind == kind).flat_map(|block| &block.lines).collect()
        };
        match thing {
            Thing::Template(name) => of(Kind::Template(name.clone())),
            Thing::Questionnaire(name) => {
                // Whose its numbers are is no part of what is read.
                let is_source = |line: &&Line| matches!(line.statement, Some(Statement::Provenance(_)));
                of(Kind::Questionnaire(name.clone())).into_iter().filter(|line| !is_source(line)).collect()
            }
            Thing::Shared { name, leaf } => {
                let above = self.above(leaf);
                let lines = self.header().chain(above.into_iter().flat_map(|block| &block.lines));
                let is = |line: &&Line| matches!(&line.statement, Some(Statement::SharedFigure(figure)) if figure.name.value == *name);
                lines.filter(is).collect()
            }
            Thing::Far { name, code } => {
                let lines = self.heads.get(code.as_str()).into_iter().flat_map(|block| &block.lines);
                let is = |line: &&Line| match &line.statement {
                    Some(Statement::Figure(figure)) => figure.name.value == *name,
                    Some(Statement::List(list)) => list.name.value == *name,
                    _ => false,
                };
                lines.filter(is).collect()
            }
            Thing::Column { name, list, code } => {
                let columns = self.columns(list, code).into_iter();
                columns.filter(|(column, _)| *column == name).map(|(_, line)| line).collect()
            }
            Thing::Waited(code) => {
                let lines = self.heads.get(code.as_str()).into_iter().flat_map(|block| &block.lines);
                lines.filter(|line| matches!(line.statement, Some(Statement::Head(_)))).collect()
            }
            Thing::Parameter(name) => {
                let is = |line: &&Line| matches!(&line.statement, Some(Statement::Parameter(parameter)) if parameter.name.value == *name);
                self.header().filter(is).collect()
            }
            Thing::Setting { setting, head } => {
                let is_top = self.above(head).len() == 1;
                let is = |line: &&Line| line.statement.as_ref().is_some_and(|said| setting.is(said, is_top));
                self.header().filter(is).collect()
            }
        }
    }

    /// The columns of a list of a head, by their names.
    fn columns(&self, list: &str, code: &str) -> Vec<(&'a str, &'a Line)> {
        let mut here = false;
        let mut columns = Vec::new();
        for line in self.heads.get(code).into_iter().flat_map(|block| &block.lines) {
            match &line.statement {
                Some(Statement::List(found)) => here = found.name.value == list,
                Some(Statement::Column(column)) if here => columns.push((column.name.value.as_str(), line)),
                _ => {}
            }
        }
        columns
    }

    /// All that a head reads, directly or through what it reads.
    fn read_by(&self, code: &str, survey: bool) -> BTreeSet<Thing> {
        let Some(block) = self.heads.get(code) else { return BTreeSet::new() };
        let mut things = self.settings(code, block, survey);
        let mut open: Vec<(String, &'a Statement)> =
            block.statements().map(|statement| (code.to_owned(), statement)).collect();
        let mut words: BTreeSet<String> = BTreeSet::new();
        let mut days = false;
        while let Some((leaf, statement)) = open.pop() {
            if matches!(statement, Statement::Example(_)) {
                continue;
            }
            let bare = self.bare(statement);
            days |= bare.contains("working day");
            words.extend(names_in(&bare).map(str::to_owned));
            for thing in self.names(&leaf, statement) {
                if things.contains(&thing) {
                    continue;
                }
                let leaf = match &thing {
                    Thing::Far { code, .. } => code,
                    _ => &leaf,
                };
                // Of a head whose points it waits for, it reads nothing.
                if !matches!(thing, Thing::Waited(_)) {
                    open.extend(
                        self.said(&thing).into_iter().filter_map(|line| Some((leaf.clone(), line.statement.as_ref()?))),
                    );
                }
                things.insert(thing);
            }
            if open.is_empty() {
                open = self.columns_read(&words, &mut things);
            }
        }
        // It may be a template, or a figure of elsewhere, that counts them.
        if days {
            things.insert(Thing::Setting { setting: Setting::WorkingDays, head: code.to_owned() });
        }
        things
    }

    /// The columns, not known so far, that are named of the lists read; their lines may read more.
    fn columns_read(&self, words: &BTreeSet<String>, things: &mut BTreeSet<Thing>) -> Vec<(String, &'a Statement)> {
        let mut open = Vec::new();
        let lists = things.iter().filter_map(|thing| match thing {
            Thing::Far { name, code } => Some((name.clone(), code.clone())),
            _ => None,
        });
        for (list, code) in lists.collect::<Vec<_>>() {
            for (name, line) in self.columns(&list, &code) {
                let column = Thing::Column { name: name.to_owned(), list: list.clone(), code: code.clone() };
                if words.contains(name) && things.insert(column) {
                    open.extend(line.statement.as_ref().map(|said| (code.clone(), said)));
                }
            }
        }
        open
    }

    /// What a line of a leaf names that stands elsewhere.
    fn names(&self, leaf: &str, statement: &Statement) -> Vec<Thing> {
        let bare = self.bare(statement);
        let mut things: Vec<Thing> = Vec::new();
        for name in names_in(&bare) {
            things.push(Thing::Shared { name: name.to_owned(), leaf: leaf.to_owned() });
            things.push(Thing::Parameter(name.to_owned()));
            // In the bounds of a figure, others of its leaf.
            things.push(Thing::Far { name: name.to_owned(), code: leaf.to_owned() });
        }
        let words: Vec<&str> = bare
            .split(|character: char| character.is_whitespace() || "()+*/;,:=<>".contains(character))
            .filter(|word| !word.is_empty())
            .collect();
        for words in words.windows(3) {
            if let [name, "in", code] = words {
                let code = self.old.get(code).copied().unwrap_or(code);
                things.push(Thing::Far { name: (*name).to_owned(), code: code.to_owned() });
            }
        }
        match statement {
            Statement::Form(Form { kind: FormKind::Template { name, .. }, .. }) => {
                things.push(Thing::Template(name.value.clone()));
            }
            Statement::Form(Form { kind: FormKind::Survey(survey), .. }) => {
                things.push(Thing::Questionnaire(survey.questionnaire.value.clone()));
            }
            Statement::Gate(gate) => {
                let code = self.old.get(gate.of.value.as_str()).copied().unwrap_or(&gate.of.value);
                things.push(Thing::Waited(code.to_owned()));
            }
            _ => {}
        }
        things.retain(|thing| !self.said(thing).is_empty());
        things
    }

    /// The lines of the header by which a head gets its points.
    fn settings(&self, code: &str, block: &Block, survey: bool) -> BTreeSet<Thing> {
        let above = self.above(code);
        let says = |is: fn(&Statement) -> bool| above.iter().any(|block| block.statements().any(is));
        let leaf = block.statements().any(|statement| matches!(statement, Statement::Form(_)));
        let felt = [
            (Setting::FiguresMissing, leaf && !says(|line| matches!(line, Statement::FiguresMissing(_)))),
            (
                Setting::EvidenceMissing,
                leaf && block.statements().any(|line| matches!(line, Statement::Evidence(_)))
                    && !says(|line| matches!(line, Statement::EvidenceMissing(_))),
            ),
            (Setting::SurveyNotHeld, leaf && survey),
            (Setting::Rounding, true),
            // Of a weight, the scale makes points.
            (Setting::Scale, block.head().is_some_and(|head| head.points.is_none() && head.weight.is_some())),
            (Setting::Aggregation, !leaf && !block.statements().any(|line| matches!(line, Statement::Aggregation(_)))),
        ];
        let felt = felt.into_iter().filter(|(_, felt)| *felt);
        felt.map(|(setting, _)| Thing::Setting { setting, head: code.to_owned() }).collect()
    }
}

impl Setting {
    /// Whether a line of the header is this setting, as a head (at the top or not) feels it.
    fn is(self, line: &Statement, is_top: bool) -> bool {
        use Statement as S;
        match (self, line) {
            (Self::FiguresMissing, S::FiguresMissing(_))
            | (Self::EvidenceMissing, S::EvidenceMissing(_))
            | (Self::SurveyNotHeld, S::SurveyNotHeld(_))
            | (Self::WorkingDays, S::WorkingWeek(_) | S::DaysOff(_) | S::MadeUp(_))
            | (Self::Scale, S::Scale(_))
            | (Self::Aggregation, S::Aggregation(_)) => true,
            (Self::Rounding, S::Rounding(rule)) => match rule.level.as_ref().map(|level| level.value) {
                Some(RoundedLevel::EachLeaf) => true,
                Some(RoundedLevel::Area) => is_top,
                Some(RoundedLevel::Index) | None => false,
            },
            _ => false,
        }
    }

    fn words(self) -> Both {
        match self {
            Self::FiguresMissing => Both::new("thiếu số liệu", "figures missing"),
            Self::EvidenceMissing => Both::new("thiếu minh chứng", "evidence missing"),
            Self::SurveyNotHeld => Both::new("không tổ chức điều tra", "survey not held"),
            Self::Rounding => Both::new("làm tròn", "rounding"),
            Self::WorkingDays => Both::new("ngày làm việc", "working days"),
            Self::Scale => Both::new("thang điểm", "scale"),
            Self::Aggregation => Both::new("cách tổng hợp", "aggregation"),
        }
    }
}

impl Work<'_, '_> {
    /// Refuses what changes anything that a locked head reads, told at the line that changes it.
    pub(super) fn keep_locks(&mut self, upper: &[Block]) {
        if self.rights.upper.locks.is_empty() {
            return;
        }
        let (before, now) = (World::new(upper, self.texts), World::new(&self.blocks, self.texts));
        let mut told: Vec<(Span, Both, (Target, Span))> = Vec::new();
        for (head, lock) in self.rights.locked_heads() {
            for thing in before.read_by(&head.code, head.method == Method::Survey) {
                let days = matches!(thing, Thing::Setting { setting: Setting::WorkingDays, .. });
                let (was, is) = (before.said(&thing), now.said(&thing));
                if matches!(thing, Thing::Waited(_)) && !is.is_empty() {
                    continue;
                }
                // The next year has its own days off.
                let counts = |line: &&Line| {
                    !(days && self.rights.other_year && !matches!(line.statement, Some(Statement::WorkingWeek(_))))
                };
                let was: Vec<String> =
                    was.into_iter().filter(counts).map(|line| written(line, &self.renamed, self.texts)).collect();
                let is: Vec<(&Line, String)> = is
                    .into_iter()
                    .filter(counts)
                    .map(|line| (line, written(line, &Renamed::new(), self.texts)))
                    .collect();
                if was.iter().eq(is.iter().map(|(_, text)| text)) {
                    continue;
                }
                let new = is.iter().find(|(_, text)| !was.contains(text)).map(|(line, _)| line.words);
                let Some(span) = new.or_else(|| self.changed(&thing)) else { continue };
                let said = |finding: &crate::diagnostic::Diagnostic| finding.span == span;
                if !told.iter().any(|(other, ..)| *other == span) && !self.findings.iter().any(said) {
                    told.push((span, what(&thing, &head.code), lock.clone()));
                }
            }
        }
        for (span, what, (lock, line)) in told {
            self.findings.push(locked(what, &lock, line, span));
        }
    }

    /// The line that took a thing away.
    fn changed(&self, thing: &Thing) -> Option<Span> {
        let about = |kind: &ChangeKind| match (thing, kind) {
            (
                Thing::Far { code, .. } | Thing::Column { code, .. } | Thing::Waited(code),
                ChangeKind::Repealed { code: gone, .. },
            ) => self.rights.under(code, gone),
            (
                Thing::Far { code, .. } | Thing::Column { code, .. },
                ChangeKind::Amended { code: changed, .. } | ChangeKind::Split { code: changed, .. },
            ) => self.now(code) == *changed,
            (Thing::Setting { setting, .. }, ChangeKind::Header { line }) => line.1.starts_with(&setting.words().1),
            _ => false,
        };
        self.changes.iter().find(|change| about(&change.kind)).map(|change| change.span)
    }
}

/// The words of a text that may be names.
fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    text.split(move |character| !is_name(character)).filter(|name| !name.is_empty())
}

fn written(line: &Line, renamed: &Renamed, texts: Texts<'_>) -> String {
    let Some(mut statement) = line.statement.clone() else { return String::new() };
    if !renamed.is_empty() {
        rename(&mut statement, renamed);
    }
    // Whose a number is makes no other number of it.
    match &mut statement {
        Statement::Parameter(parameter) => parameter.sources.clear(),
        Statement::Figure(figure) | Statement::SharedFigure(figure) | Statement::Column(figure) => {
            figure.sources.clear();
        }
        Statement::List(list) => list.sources.clear(),
        _ => {}
    }
    write_statement(&statement, texts, Language::English)
}

/// What is changed, and who reads it.
fn what(thing: &Thing, head: &str) -> Both {
    let read = |name: &str| Both::new(format!("`{name}` mà `{head}` đọc"), format!("`{name}`, which `{head}` reads,"));
    match thing {
        Thing::Shared { name, .. } | Thing::Template(name) | Thing::Questionnaire(name) | Thing::Parameter(name) => {
            read(name)
        }
        Thing::Far { name, code } if code == head => read(name),
        Thing::Far { name, code } => Both::new(
            format!("`{name} trong {code}` mà `{head}` đọc"),
            format!("`{name} in {code}`, which `{head}` reads,"),
        ),
        Thing::Column { name, list, code } => Both::new(
            format!("cột `{name}` của `{list} trong {code}` mà `{head}` đọc"),
            format!("the column `{name}` of `{list} in {code}`, which `{head}` reads,"),
        ),
        Thing::Waited(code) => {
            Both::new(format!("`{code}` mà `{head}` chờ điểm"), format!("`{code}`, for whose points `{head}` waits,"))
        }
        Thing::Setting { setting, .. } => {
            let words = setting.words();
            Both::new(
                format!("`{}` mà `{head}` được chấm theo", words.0),
                format!("`{}`, by which `{head}` is scored,", words.1),
            )
        }
    }
}
