//! What is read elsewhere takes its source with it: templates, questionnaires, figures, lists, columns and shared data.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model::Decision;
use super::super::summary::Standing;
use super::Work;
use super::blocks::{Block, Kind, Place, subtree};
use super::change::ChangeKind;
use super::kinds::reads;
use super::sources::{Said, Stood, is_source, less_firm, provenance, put, same, together};
use crate::diagnostic::SourceId;
use crate::language::tree::{Form, FormKind, Line, Provenance, Statement};

/// A line that says what is counted, as other heads name it.
struct Declared {
    /// The place of its block, and of the line there.
    at: (usize, usize),
    /// The head that it stands under.
    home: String,
    name: String,
    of: Of,
}

enum Of {
    /// Figures and lists, which others read with the code of their head.
    Head,
    /// A column of a list.
    List(String),
    /// All below the head.
    Below,
}

impl Work<'_, '_> {
    /// Heads that score by a template or a questionnaire written anew stand on its source beside their own: points and
    /// figures are still where they were from. What this text decides itself stands on it where it is less firm. Tells
    /// which heads stand on something else than before.
    pub(super) fn users(&mut self, said: &Said, decided: &BTreeMap<String, Vec<Line>>) -> Vec<String> {
        let own = said.header();
        let (mut anew, mut asked): (BTreeSet<String>, BTreeSet<String>) = (BTreeSet::new(), BTreeSet::new());
        for change in &self.changes {
            match &change.kind {
                ChangeKind::Template { name, known: true } => anew.insert(name.clone()),
                ChangeKind::Questionnaire { name, known: true } => asked.insert(name.clone()),
                _ => continue,
            };
        }
        if own.is_empty() || (anew.is_empty() && asked.is_empty()) {
            return Vec::new();
        }
        let mut more: Vec<(String, Vec<Line>)> = Vec::new();
        for (block, place) in self.blocks.iter().filter_map(|block| Some((block, block.place()?))) {
            // A template may score by another.
            let by_template = || {
                self.templates_of(block)
                    .iter()
                    .any(|used| matches!(&used.kind, Kind::Template(name) if anew.contains(name)))
            };
            if said.of(&place.code).is_some() || !(surveys(block).any(|name| asked.contains(name)) || by_template()) {
                continue;
            }
            let (by, old) = self.nearest(&place.code);
            let written = place.old.is_none() || decided.contains_key(&place.code);
            if written && !less_firm(&provenance(own), &provenance(&old)) {
                continue;
            }
            let old = if by.is_some() { old } else { Vec::new() };
            let both = together(&old, own);
            if both.len() > old.len() {
                more.push((place.code.clone(), self.still(&place.code, both)));
            }
        }
        for (code, lines) in &more {
            self.stand_on(code, lines);
        }
        more.into_iter().map(|(code, _)| code).collect()
    }

    /// Heads that score by a template taken over as it was stand no firmer than the text that wrote it, unless they say
    /// themselves where they are from or stand on what they stood on.
    pub(super) fn users_of_old(&mut self, stood: &Stood, said: &Said, decided: &BTreeMap<String, Vec<Line>>) {
        let mut more: Vec<(String, Vec<Line>)> = Vec::new();
        for (block, place) in self.blocks.iter().filter_map(|block| Some((block, block.place()?))) {
            let used = self.templates_of(block);
            if used.is_empty() || said.of(&place.code).is_some() {
                continue;
            }
            let now = self.nearest(&place.code).1;
            // What this text writes may say the same words as another did, and be of a template that it did not have.
            let untouched = !decided.contains_key(&place.code);
            if untouched && place.old.as_deref().is_some_and(|old| same(&now, stood.of(old))) {
                continue;
            }
            let firm = provenance(&now);
            let written = used.into_iter().filter_map(|template| self.written_on(template, stood));
            let lines = written
                .filter(|written| less_firm(&provenance(*written), &firm))
                .fold(now.clone(), |lines, written| together(&lines, written));
            if lines.len() > now.len() {
                more.push((place.code.clone(), lines));
            }
        }
        for (code, lines) in more {
            self.stand_on(&code, &lines);
        }
    }

    /// What the header of the text that wrote a template taken over said of where its numbers are from. Where it said
    /// nothing, the heads that are scored by it do; so they do of the first text, which may be one that was composed of
    /// several, where all of them are less firm.
    fn written_on<'s>(&'s self, template: &Block, stood: &'s Stood) -> Option<&'s [Line]> {
        let lines = self.source_of(template.lines.first()?)?;
        let text = template.lines.first()?.span.source;
        let said = lines.is_empty() || lines.iter().any(|line| line.span.source == text);
        match &template.kind {
            Kind::Template(name) if !said || self.all_less_firm((name, text), lines, stood) => {
                // Those that were scored by it when it was written may be gone.
                let decision = self.rights.upper.decisions.iter().find(|decision| decision.source == text);
                let first = decision.and_then(|decision| decision.templates.get(name));
                let first = first.map_or(&[][..], |(lines, _)| lines.as_slice());
                let used = stood.of_template(name);
                let used = if less_firm(&provenance(first), &provenance(used)) { first } else { used };
                Some(if less_firm(&provenance(used), &provenance(lines)) { used } else { lines })
            }
            _ => Some(lines),
        }
    }

    /// Whether a template is of the first text, and all heads that were scored by it there are less firm than its header.
    fn all_less_firm(&self, (template, text): (&str, SourceId), header: &[Line], stood: &Stood) -> bool {
        let firmest = match self.rights.upper.decisions.as_slice() {
            [_] => stood.firmest_of_template(template),
            [first, ..] if first.source == text => first.templates.get(template).map(|(_, firmest)| *firmest),
            _ => None,
        };
        firmest > Some(Standing::least(&provenance(header)))
    }

    /// What the header said of the text that wrote a line taken over.
    fn source_of(&self, line: &Line) -> Option<&[Line]> {
        source_of(&self.rights.upper.decisions, line)
    }

    /// Parameters, shared data and questionnaires taken over that stand on a header less firm than a head that comes to
    /// read them say so.
    pub(super) fn header_taken_over(&mut self, stood: &Stood, decided: &BTreeMap<String, Vec<Line>>) {
        let written = |place: &Place| place.old.is_none() || decided.contains_key(&place.code);
        let readers: Vec<(&Block, Vec<Provenance>)> = self
            .blocks
            .iter()
            .filter_map(|block| Some((block, block.place()?)))
            .filter(|(_, place)| written(place))
            .map(|(block, place)| (block, provenance(&self.nearest(&place.code).1)))
            .collect();
        let mut found: Vec<((usize, usize), Vec<Provenance>)> = Vec::new();
        for (at, line) in self.blocks.first().into_iter().flat_map(|block| block.lines.iter().enumerate()) {
            let (name, sources) = match &line.statement {
                Some(Statement::Parameter(known)) => (&known.name.value, &known.sources),
                Some(Statement::SharedFigure(known)) => (&known.name.value, &known.sources),
                _ => continue,
            };
            let Some(old) = self.source_of(line).map(provenance).filter(|_| sources.is_empty()) else { continue };
            let mut firmer = readers.iter().filter(|(_, firm)| less_firm(&old, firm));
            if firmer.any(|(block, _)| self.reads(block, name, &|line| !self.is_old(line))) {
                found.push(((0, at), old));
            }
        }
        let header = stood.header();
        let asked: BTreeSet<String> = readers
            .iter()
            .filter(|(_, firm)| less_firm(&provenance(header), firm))
            .flat_map(|(block, _)| surveys(block).map(str::to_owned))
            .collect();
        self.say(found);
        let old: BTreeSet<SourceId> = self.rights.upper.decisions.iter().map(|decision| decision.source).collect();
        for block in &mut self.blocks {
            let asked = matches!(&block.kind, Kind::Questionnaire(name) if asked.contains(name));
            let taken_over = block.lines.first().is_some_and(|line| old.contains(&line.span.source));
            if asked && taken_over && !block.lines.iter().any(is_source) {
                put(block, header);
            }
        }
    }

    /// The templates that a head scores by, directly or through each other.
    pub(super) fn templates_of<'s>(&'s self, block: &'s Block) -> Vec<&'s Block> {
        templates_of(&self.blocks, block)
    }

    /// Whether some of a head's lines read a name, or a template that one of them scores by.
    pub(super) fn reads(&self, block: &Block, name: &str, of: &dyn Fn(&Line) -> bool) -> bool {
        let lines = || block.lines.iter().filter(|line| of(line)).filter_map(|line| line.statement.as_ref());
        lines().any(|statement| reads(statement, name, self.texts))
            || (lines().any(|statement| matches!(statement, Statement::Form(_)))
                && self
                    .templates_of(block)
                    .iter()
                    .flat_map(|template| template.statements())
                    .any(|statement| reads(statement, name, self.texts)))
    }

    /// Figures, lists, columns and shared data that this text writes under a head take its source with them to the other
    /// heads that read them.
    pub(super) fn figures_written(&mut self, decided: &BTreeMap<String, Vec<Line>>) {
        let mut found: Vec<((usize, usize), Vec<Provenance>)> = Vec::new();
        for declared in self.declared() {
            let Some(new) = decided.get(&declared.home) else { continue };
            let new = provenance(new);
            // What only new lines read below needs no word: they stand on the same, unless their head says a firmer one.
            let below = matches!(declared.of, Of::Below);
            let firmer = |block: &Block| {
                block.place().is_some_and(|place| less_firm(&new, &provenance(&self.nearest(&place.code).1)))
            };
            let reads = |block: &&Block| {
                let all = !below || firmer(block);
                self.reads_of(block, &declared, &|line| all || self.is_old(line))
            };
            let own = self.line(declared.at).is_some_and(|line| !self.is_old(line));
            if own && self.others(&declared).iter().any(reads) {
                found.push((declared.at, new));
            }
        }
        self.say(found);
    }

    /// Those that are taken over stay as firm as the head that they stand under for what this text writes.
    pub(super) fn figures_taken_over(&mut self, stood: &Stood, said: &Said, decided: &BTreeMap<String, Vec<Line>>) {
        let mut found: Vec<((usize, usize), Vec<Provenance>)> = Vec::new();
        let readers: Vec<(&Block, Vec<Provenance>)> = self
            .blocks
            .iter()
            .filter_map(|block| Some((block, block.place()?)))
            .filter(|(_, place)| place.old.is_none() || decided.contains_key(&place.code))
            .map(|(block, place)| (block, provenance(&self.nearest(&place.code).1)))
            .collect();
        if readers.is_empty() {
            return;
        }
        let mut homes: BTreeMap<String, Vec<Provenance>> = BTreeMap::new();
        for declared in self.declared() {
            let Some(line) = self.line(declared.at) else { continue };
            let known = homes.entry(declared.home.clone());
            // New points of an area are no new word on its data.
            let amended = decided.contains_key(&declared.home) && said.of(&declared.home).is_none();
            let before = || self.block(&declared.home)?.place()?.old.as_deref().filter(|_| amended);
            let sources = known.or_insert_with(|| match before() {
                Some(old) => provenance(stood.of(old)),
                None => provenance(&self.nearest(&declared.home).1),
            });
            let mut firmer = readers.iter().filter(|(_, firm)| less_firm(sources, firm)).peekable();
            if !self.is_old(line) || firmer.peek().is_none() {
                continue;
            }
            let others: BTreeSet<&str> =
                self.others(&declared).into_iter().filter_map(|block| Some(block.place()?.code.as_str())).collect();
            let reads = |block: &Block| {
                let other = block.place().is_some_and(|place| others.contains(place.code.as_str()));
                other && self.reads_of(block, &declared, &|line| !self.is_old(line))
            };
            if firmer.any(|(block, _)| reads(block)) {
                found.push((declared.at, sources.clone()));
            }
        }
        self.say(found);
    }

    /// Whether a line is of the set extended.
    fn is_old(&self, line: &Line) -> bool {
        self.rights.upper.decisions.iter().any(|decision| decision.source == line.span.source)
    }

    fn line(&self, (block, line): (usize, usize)) -> Option<&Line> {
        self.blocks.get(block)?.lines.get(line)
    }

    /// The heads that may read what stands under another: all others, or those below it.
    fn others(&self, declared: &Declared) -> Vec<&Block> {
        let below = match declared.of {
            Of::Below => Some(subtree(&self.blocks, &declared.home)),
            Of::Head | Of::List(_) => None,
        };
        let may = |code: &String| *code != declared.home && below.as_ref().is_none_or(|below| below.contains(code));
        self.blocks.iter().filter(|block| block.place().is_some_and(|place| may(&place.code))).collect()
    }

    fn reads_of(&self, block: &Block, declared: &Declared, of: &dyn Fn(&Line) -> bool) -> bool {
        let Declared { home, name, .. } = declared;
        match &declared.of {
            Of::Below => self.reads(block, name, of),
            Of::Head => self.reads(block, &format!("{name} in {home}"), of),
            Of::List(list) => self.reads(block, &format!("{list} in {home}"), of) && self.reads(block, name, &|_| true),
        }
    }

    /// What heads declare without a source of its own.
    fn declared(&self) -> Vec<Declared> {
        let mut all = Vec::new();
        for (block_at, (block, place)) in
            self.blocks.iter().enumerate().filter_map(|(at, block)| Some((at, (block, block.place()?))))
        {
            let mut list = String::new();
            for (line_at, line) in block.lines.iter().enumerate() {
                let (name, sources, of) = match &line.statement {
                    Some(Statement::Figure(figure)) => (&figure.name.value, &figure.sources, Of::Head),
                    Some(Statement::SharedFigure(figure)) => (&figure.name.value, &figure.sources, Of::Below),
                    Some(Statement::Column(column)) => (&column.name.value, &column.sources, Of::List(list.clone())),
                    Some(Statement::List(here)) => {
                        list.clone_from(&here.name.value);
                        (&here.name.value, &here.sources, Of::Head)
                    }
                    _ => continue,
                };
                if sources.is_empty() {
                    let (at, home) = ((block_at, line_at), place.code.clone());
                    all.push(Declared { at, home, name: name.clone(), of });
                }
            }
        }
        all
    }

    /// Writes under a head where its data are from that do not say it themselves.
    pub(super) fn data_stand_on(&mut self, code: &str, sources: &[Provenance]) {
        let own = self.declared().into_iter().filter(|declared| declared.home == code);
        self.say(own.map(|declared| (declared.at, sources.to_vec())).collect());
    }

    /// Writes at lines where what they declare is from.
    fn say(&mut self, found: Vec<((usize, usize), Vec<Provenance>)>) {
        for ((block, line), said) in found {
            let line = self.blocks.get_mut(block).and_then(|block| block.lines.get_mut(line));
            match line.and_then(|line| line.statement.as_mut()) {
                Some(Statement::Figure(figure) | Statement::SharedFigure(figure) | Statement::Column(figure)) => {
                    figure.sources = said;
                }
                Some(Statement::List(list)) => list.sources = said,
                Some(Statement::Parameter(parameter)) => parameter.sources = said,
                _ => {}
            }
        }
    }
}

/// What the header said of the text that wrote a line: of these decisions.
pub(super) fn source_of<'d>(decisions: &'d [Decision], line: &Line) -> Option<&'d [Line]> {
    let decision = decisions.iter().find(|decision| decision.source == line.span.source)?;
    Some(&decision.sources)
}

/// The templates that a head scores by, directly or through each other.
pub(super) fn templates_of<'s>(blocks: &'s [Block], block: &'s Block) -> Vec<&'s Block> {
    let mut open: Vec<&str> = forms(block).collect();
    let mut known: BTreeSet<&str> = open.iter().copied().collect();
    let mut found = Vec::new();
    while let Some(name) = open.pop() {
        let is = |block: &&Block| matches!(&block.kind, Kind::Template(there) if there == name);
        for template in blocks.iter().filter(is) {
            found.push(template);
            open.extend(forms(template).filter(|name| known.insert(*name)));
        }
    }
    found
}

/// The templates that a block scores by.
fn forms(block: &Block) -> impl Iterator<Item = &str> {
    block.statements().filter_map(|statement| match statement {
        Statement::Form(Form { kind: FormKind::Template { name, .. }, .. }) => Some(name.value.as_str()),
        _ => None,
    })
}

/// The questionnaires that a block scores by.
pub(super) fn surveys(block: &Block) -> impl Iterator<Item = &str> {
    block.statements().filter_map(|statement| match statement {
        Statement::Form(Form { kind: FormKind::Survey(survey), .. }) => Some(survey.questionnaire.value.as_str()),
        _ => None,
    })
}
