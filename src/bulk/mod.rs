//! Rounds of any size: submissions as a stream, scored on all cores, ranked in bounded memory.
//!
//! A stream is cut into chunks of whole records; threads take them in turn, and what they give is put together in the order
//! of the stream, so that neither the result nor what is told depends on how many there are. Of a unit only its
//! [`Standing`] is kept. A record that is written as most are goes straight into machine words; any other is read, checked
//! and scored as a file is.

mod lines;
mod rows;
mod walk;

use std::collections::BTreeMap;
use std::io::{BufRead, Result};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::analysis::standing::{Standing, place};
use crate::diagnostic::{Both, Diagnostic, Document, Sheet, SourceId, Span, any_error};
use crate::engine::quick::{Filling, Intake, Program, Scores};
use crate::engine::{Cohort, Context, Plan};
use crate::import::{self, Format, Headings, headings};
use crate::language::compose;
use crate::submission::Submission;
use lines::{Chunk, Chunks, records};
use rows::Rows;

/// How a stream is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// A submission in JSON a line.
    Ndjson,
    /// A table, a row a unit, in the columns of a file of submissions.
    Csv,
}

/// What was found in one record.
#[derive(Clone, Debug)]
pub struct Told {
    /// The line that the record begins in, from 1.
    pub line: u64,
    /// The text that places are counted in: the record, of a table below its header.
    pub text: String,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// A round that was read.
#[derive(Clone, Debug, Default)]
pub struct Ranked {
    /// The units in order; the numbers of standings are lines.
    pub placed: Vec<Standing>,
    /// Records, sound or not.
    pub records: u64,
    /// Records that were read at length.
    pub at_length: u64,
    /// Some record has an error, so that its unit is missing from the order.
    pub lacks: bool,
}

/// Reads, scores and ranks the submissions of a stream; `tell` hears what was found in it, in its order.
///
/// # Errors
/// Those of the stream, and of `tell`.
pub fn rank<R: BufRead + Send>(
    plan: &Plan,
    context: &Context,
    (stream, input): (Stream, R),
    threads: usize,
    tell: &mut dyn FnMut(Told) -> Result<()>,
) -> Result<Ranked> {
    let program = Program::compile(plan);
    let intake = program.as_ref().and_then(Intake::of);
    let work = Work { plan, context, stream, intake: intake.as_ref() };
    let mut ranked = Ranked::default();
    let mut standings: Vec<Standing> = Vec::new();
    work.each(input, threads, |table, chunk| work.score(table, chunk), &mut |scored: Scored| {
        standings.extend(scored.standings);
        ranked.records = ranked.records.saturating_add(scored.records);
        ranked.at_length = ranked.at_length.saturating_add(scored.at_length);
        for told in scored.told {
            ranked.lacks |= any_error(&told.diagnostics);
            tell(told)?;
        }
        Ok(())
    })?;
    for told in among(plan, &mut standings) {
        ranked.lacks = true;
        tell(told)?;
    }
    place(plan.ruleset(), &mut standings);
    ranked.placed = standings;
    Ok(ranked)
}

/// The first pass over a round whose units are compared: what they are compared by.
///
/// # Errors
/// Those of the stream.
pub fn cohort<R: BufRead + Send>(
    plan: &Plan,
    context: &Context,
    (stream, input): (Stream, R),
    threads: usize,
) -> Result<Cohort> {
    let work = Work { plan, context, stream, intake: None };
    let mut cohort = Cohort::default();
    let gather = |table: &Table, chunk: &Chunk| {
        let mut submissions = Vec::new();
        for (_, record) in records(chunk, stream == Stream::Csv) {
            submissions.extend(work.read(table, record).0);
        }
        plan.cohort(&submissions, context)
    };
    work.each(input, threads, gather, &mut |part: Cohort| {
        cohort.join(part);
        Ok(())
    })?;
    Ok(cohort)
}

/// What a chunk came to.
#[derive(Debug, Default)]
struct Scored {
    standings: Vec<Standing>,
    told: Vec<Told>,
    records: u64,
    at_length: u64,
}

/// The header of a table; nothing of lines.
#[derive(Debug, Default)]
struct Table {
    text: String,
    headings: Option<Headings>,
    rows: Option<Rows>,
}

struct Work<'a> {
    plan: &'a Plan,
    context: &'a Context,
    stream: Stream,
    intake: Option<&'a Intake>,
}

impl Work<'_> {
    /// Does something with every chunk on so many threads, and takes what it gives in the order of the stream.
    fn each<R: BufRead + Send, T: Send>(
        &self,
        input: R,
        threads: usize,
        work: impl Fn(&Table, &Chunk) -> T + Sync,
        take: &mut dyn FnMut(T) -> Result<()>,
    ) -> Result<()> {
        let mut chunks = Chunks::new(input, self.stream == Stream::Csv);
        let table = self.table(&mut chunks)?;
        let (chunks, threads) = (Mutex::new(chunks), threads.max(1));
        thread::scope(|scope| {
            let (give, taken) = sync_channel::<Result<(u64, T)>>(threads.saturating_mul(4));
            for _ in 0..threads {
                let (give, chunks, work, table) = (give.clone(), &chunks, &work, &table);
                scope.spawn(move || worker(chunks, &give, |chunk| work(table, chunk)));
            }
            drop(give);
            let (mut waiting, mut next) = (BTreeMap::new(), 0u64);
            for given in taken {
                let (number, given) = given?;
                waiting.insert(number, given);
                while let Some(given) = waiting.remove(&next) {
                    take(given)?;
                    next = next.saturating_add(1);
                }
            }
            Ok(())
        })
    }

    fn table<R: BufRead>(&self, chunks: &mut Chunks<R>) -> Result<Table> {
        if self.stream == Stream::Ndjson {
            return Ok(Table::default());
        }
        let header = chunks.header()?;
        let mut text =
            String::from_utf8_lossy(header.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&header)).into_owned();
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let headings = headings(SourceId(0), &text);
        let rows = self.intake.and_then(|intake| Rows::below(&headings, intake));
        Ok(Table { text, headings: Some(headings), rows })
    }

    fn score(&self, table: &Table, chunk: &Chunk) -> Scored {
        let mut scored = Scored::default();
        let (mut filling, mut scores) = (Filling::default(), Scores::default());
        if let Some(headings) = table.headings.as_ref().filter(|_| chunk.number == 0)
            && !headings.diagnostics.is_empty()
        {
            let (text, diagnostics) = (table.text.clone(), headings.diagnostics.clone());
            scored.told.push(Told { line: 1, text, diagnostics });
        }
        for (line, record) in records(chunk, self.stream == Stream::Csv) {
            scored.records = scored.records.saturating_add(1);
            if let Some(standing) = self.quick(table, record, line, &mut filling, &mut scores) {
                scored.standings.push(standing);
                continue;
            }
            scored.at_length = scored.at_length.saturating_add(1);
            let (submissions, told) = self.read(table, record);
            scored.standings.extend(submissions.iter().map(|submission| {
                let card = self.plan.evaluate(submission, self.context);
                Standing::of_card(self.plan.ruleset(), &card, line)
            }));
            scored.told.extend(told.map(|told| Told { line, ..told }));
        }
        scored
    }

    /// A record straight into machine words.
    fn quick(
        &self,
        table: &Table,
        record: &[u8],
        line: u64,
        filling: &mut Filling,
        scores: &mut Scores,
    ) -> Option<Standing> {
        let (intake, text) = (self.intake?, std::str::from_utf8(record).ok()?);
        let unit = match self.stream {
            Stream::Ndjson => walk::walk(text, intake, filling)?,
            Stream::Csv => table.rows.as_ref()?.walk(text, intake, filling)?,
        };
        let unit = compose(unit);
        intake.program().score(filling.sheet(), scores);
        Standing::of_scores(intake.program(), scores, &unit, line).filter(|_| !unit.is_empty())
    }

    /// A record as a file of its own.
    fn read(&self, table: &Table, record: &[u8]) -> (Vec<Submission>, Option<Told>) {
        let lossy = String::from_utf8_lossy(record);
        let text = format!("{}{lossy}", table.text);
        let format = match self.stream {
            Stream::Ndjson => Format::Json,
            Stream::Csv => Format::Csv,
        };
        let header = table.text.len();
        let mut loaded = import::load(self.plan.ruleset(), SourceId(0), &text, format);
        if std::str::from_utf8(record).is_err() {
            let message = Both::new("dòng không phải UTF-8", "the line is not UTF-8");
            let problem = Sheet::NotReadable { of: Document::Submission, format: format.name().to_owned(), message };
            loaded.diagnostics.push(Diagnostic::new(problem, Span::new(SourceId(0), header, text.len())));
            loaded.submissions.clear();
        }
        // What is wrong with the header was told once.
        if header > 0 {
            loaded.diagnostics.retain(|finding| usize::try_from(finding.span.end).is_ok_and(|end| end > header));
        }
        let (submissions, diagnostics) = (loaded.submissions, loaded.diagnostics);
        (submissions, (!diagnostics.is_empty()).then_some(Told { line: 0, text, diagnostics }))
    }
}

/// One thread: takes chunks until there are none, or nobody listens.
fn worker<R: BufRead, T>(chunks: &Mutex<Chunks<R>>, give: &SyncSender<Result<(u64, T)>>, work: impl Fn(&Chunk) -> T) {
    loop {
        let next = chunks.lock().unwrap_or_else(PoisonError::into_inner).next();
        let given = match next {
            Ok(Some(chunk)) => Ok((chunk.number, work(&chunk))),
            Ok(None) => return,
            Err(error) => Err(error),
        };
        let failed = given.is_err();
        if give.send(given).is_err() || failed {
            return;
        }
    }
}

/// What no record shows alone: a unit that stands twice, and sheets that do not agree on whether a survey was held. The
/// later one is not ranked, and told.
fn among(plan: &Plan, standings: &mut Vec<Standing>) -> Vec<Told> {
    let mut by_name: Vec<usize> = (0..standings.len()).collect();
    let name = |at: &usize| standings.get(*at).map(|standing| (&standing.unit, standing.number, *at));
    by_name.sort_unstable_by(|one, other| name(one).cmp(&name(other)));
    let mut refused: BTreeMap<usize, Sheet> = BTreeMap::new();
    let unit = |at: usize| standings.get(at).map(|standing| &standing.unit);
    for pair in by_name.windows(2) {
        if let [first, second] = *pair
            && unit(first) == unit(second)
            && let Some(unit) = unit(second)
        {
            refused.insert(second, Sheet::DuplicateUnit { unit: unit.to_string() });
        }
    }
    let first = standings.first().map(|standing| standing.no_survey);
    for (at, standing) in standings.iter().enumerate().filter(|_| plan.ruleset().no_survey.is_some()) {
        if Some(standing.no_survey) != first {
            let why = Both::new(
                "các hồ sơ của đợt không thống nhất có điều tra hay không",
                "the submissions of the round do not agree on whether a survey was held",
            );
            refused.entry(at).or_insert(Sheet::SurveyHeld { why });
        }
    }
    let told = refused.iter().filter_map(|(&at, problem)| {
        let standing = standings.get(at)?;
        let text = standing.unit.to_string();
        let span = Span::new(SourceId(0), 0, text.len());
        Some(Told { line: standing.number, text, diagnostics: vec![Diagnostic::new(problem.clone(), span)] })
    });
    let told: Vec<Told> = told.collect();
    if !refused.is_empty() {
        let mut at = 0usize;
        standings.retain(|_| {
            let keep = !refused.contains_key(&at);
            at = at.saturating_add(1);
            keep
        });
    }
    told
}
