//! Rounds of any size: submissions as a stream, scored on all cores, ranked in bounded memory.
//!
//! A stream is cut into chunks of whole records; threads take them in turn, and what they give is put together in the order
//! of the stream, so that neither the result nor what is told depends on how many there are. Of a unit only its
//! [`Standing`] is kept. A record that is written as most are goes straight into machine words; any other is read, checked
//! and scored as a file is.

mod among;
mod json;
mod lines;
mod rows;
mod whose;

pub use lines::CHUNK;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Result};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::analysis::identity::{self, Brought};
use crate::analysis::ranking::{NotAssessed, not_assessed};
use crate::analysis::standing::{Standing, place};
use crate::diagnostic::{Both, Diagnostic, Document, Sheet, SourceId, Span, any_error};
use crate::engine::quick::{ByBlock, Filling, Scores};
use crate::engine::{Cohort, Context, Plan};
use crate::import::{self, Format, Headings, headings};
use crate::language::compose;
use crate::submission::Submission;
use crate::unit::Roll;
use lines::{Chunk, Chunks, Record, has_bare_return};
use rows::Rows;
use whose::{Taken, Whose};

/// What a stream is ranked by.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// The set.
    pub plan: &'a Plan,
    /// What surrounds the units.
    pub context: &'a Context,
    /// The register, on the last day of the round.
    pub roll: Option<&'a Roll>,
    /// How many threads; results do not depend on it.
    pub threads: usize,
    /// Bytes of a chunk, [`CHUNK`] if nothing speaks against it; results do not depend on it.
    pub chunk: usize,
}

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
    /// How many of its lines stand above the record: those of a table's header; nothing where it is no text of the stream.
    pub above: Option<usize>,
    /// It is about the header of a table, and so about every record.
    pub of_header: bool,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

impl Told {
    /// Whether a place lies in its text.
    pub fn holds(&self, span: Span) -> bool {
        span.source == SourceId(0) && usize::try_from(span.end).is_ok_and(|end| end <= self.text.len())
    }
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
    /// Units that have no score: those that the set names, then those of the register that sent a sheet all the same.
    pub not_assessed: Vec<NotAssessed>,
}

/// Reads, scores and ranks the submissions of a stream; `tell` hears what was found in it, in its order.
///
/// # Errors
/// Those of the stream, and of `tell`.
pub fn rank<R: BufRead + Send>(
    by: By<'_>,
    (stream, input): (Stream, R),
    tell: &mut dyn FnMut(Told) -> Result<()>,
) -> Result<Ranked> {
    let ruleset = by.plan.ruleset();
    let intakes = ByBlock::compile(by.plan).intakes();
    let known = by.roll.map(|roll| {
        let mut context = by.context.clone();
        identity::everyone(ruleset, roll, &mut context);
        context
    });
    let by = By { context: known.as_ref().unwrap_or(by.context), ..by };
    let whose = Whose { plan: by.plan, context: by.context, roll: by.roll, intakes: &intakes };
    let work = Work { by, stream, whose: Some(whose) };
    let mut ranked = Ranked { not_assessed: not_assessed(ruleset), ..Ranked::default() };
    let mut standings: Vec<Standing> = Vec::new();
    let mut unsound: Vec<(u64, Box<str>)> = Vec::new();
    let mut shadows: Vec<u64> = Vec::new();
    let (table, chunks) = work.open(input)?;
    // Every record below a header meets its mistakes again: each is told once.
    let mut of_header: Vec<Diagnostic> = Vec::new();
    if !table.diagnostics.is_empty() {
        of_header.clone_from(&table.diagnostics);
        ranked.lacks |= any_error(&of_header);
        tell(table.told(of_header.clone()))?;
    }
    if table.refused {
        return Ok(ranked);
    }
    work.each(chunks, |chunk| work.score(&table, chunk), &mut |scored: Scored| {
        standings.extend(scored.standings);
        unsound.extend(scored.unsound);
        shadows.extend(scored.shadows);
        ranked.records = ranked.records.saturating_add(scored.records);
        ranked.at_length = ranked.at_length.saturating_add(scored.at_length);
        ranked.not_assessed.extend(scored.not_assessed);
        for mut told in scored.told {
            if told.of_header {
                told.diagnostics.retain(|finding| !of_header.contains(finding));
                of_header.extend(told.diagnostics.iter().cloned());
            }
            if !told.diagnostics.is_empty() {
                ranked.lacks |= any_error(&told.diagnostics);
                tell(told)?;
            }
        }
        Ok(())
    })?;
    if by.roll.is_none() {
        for told in among::alike(&standings, &unsound, shadows) {
            tell(told)?;
        }
    }
    for told in among::refused(by.plan, &mut standings, &unsound) {
        ranked.lacks = true;
        tell(told)?;
    }
    place(ruleset, &mut standings);
    ranked.placed = standings;
    Ok(ranked)
}

/// The first pass over a round whose units are compared: what they are compared by. Nothing where the round has an error:
/// a unit left out would give the others false places.
///
/// # Errors
/// Those of the stream.
pub fn cohort<R: BufRead + Send>(by: By<'_>, (stream, input): (Stream, R)) -> Result<Option<Cohort>> {
    let work = Work { by, stream, whose: None };
    let mut cohort = Cohort::default();
    let (table, chunks) = work.open(input)?;
    if table.refused || any_error(&table.diagnostics) {
        return Ok(None);
    }
    let gather = |chunk: &Chunk| {
        let (mut submissions, mut sound) = (Vec::new(), true);
        table.each(chunk, |record, _| {
            let read = work.read(&table, record);
            sound &= !read.told.iter().any(|told| any_error(&told.diagnostics));
            submissions.extend(read.submissions);
        });
        let units: Vec<(String, bool)> = submissions.iter().map(|one| (one.unit.clone(), one.no_survey)).collect();
        (sound, units, by.plan.cohort(&submissions, by.context))
    };
    let (mut sound, mut units, mut without) = (true, BTreeSet::new(), BTreeSet::new());
    work.each(chunks, gather, &mut |(whole, named, part): (bool, Vec<(String, bool)>, Cohort)| {
        sound &= whole;
        for (unit, no_survey) in named {
            sound &= units.insert(unit);
            without.insert(no_survey);
        }
        cohort.join(part);
        Ok(())
    })?;
    Ok(Some(cohort).filter(|_| sound && without.len() < 2))
}

/// What a chunk came to.
#[derive(Debug, Default)]
struct Scored {
    standings: Vec<Standing>,
    /// Of each of them, what tells names apart by more than marks and capitals; nothing where a register does.
    shadows: Vec<u64>,
    /// The units that unsound sheets name, and where.
    unsound: Vec<(u64, Box<str>)>,
    told: Vec<Told>,
    records: u64,
    at_length: u64,
    not_assessed: Vec<NotAssessed>,
}

/// The header of a table; nothing of lines.
#[derive(Debug, Default)]
struct Table {
    text: String,
    headings: Option<Headings>,
    rows: Option<Rows>,
    /// What is wrong with the header, whatever stands below it.
    diagnostics: Vec<Diagnostic>,
    /// The header cannot be read, and so nothing below it.
    refused: bool,
}

/// A record read as a file of its own.
#[derive(Debug, Default)]
struct Read {
    submissions: Vec<Submission>,
    /// The units that its unsound sheets name.
    unsound: Vec<Box<str>>,
    not_assessed: Vec<NotAssessed>,
    told: Vec<Told>,
}

impl Table {
    /// Findings in the header.
    fn told(&self, diagnostics: Vec<Diagnostic>) -> Told {
        Told { line: 1, text: self.text.clone(), above: Some(0), of_header: true, diagnostics }
    }

    /// Every record of a chunk, with its cells where it is a row.
    fn each(&self, chunk: &Chunk, mut take: impl FnMut(Record<'_>, Option<&csv::ByteRecord>)) {
        match &self.headings {
            Some(headings) => chunk.rows(headings.delimiter, |record, row| take(record, Some(row))),
            None => chunk.lines().for_each(|record| take(record, None)),
        }
    }
}

struct Work<'a> {
    by: By<'a>,
    stream: Stream,
    /// Nothing where all is read at length.
    whose: Option<Whose<'a>>,
}

impl Work<'_> {
    /// A stream, cut: its header, where it has one, and what is below.
    fn open<R: BufRead>(&self, input: R) -> Result<(Table, Chunks<R>)> {
        Ok(match self.stream {
            Stream::Ndjson => (Table::default(), Chunks::of_lines(input, self.by.chunk)),
            Stream::Csv => {
                let (chunks, header) = Chunks::of_table(input, self.by.chunk)?;
                (self.table(&header), chunks)
            }
        })
    }

    /// Does something with every chunk on so many threads, and takes what it gives in the order of the stream.
    fn each<R: BufRead + Send, T: Send>(
        &self,
        chunks: Chunks<R>,
        work: impl Fn(&Chunk) -> T + Sync,
        take: &mut dyn FnMut(T) -> Result<()>,
    ) -> Result<()> {
        let (chunks, threads) = (Mutex::new(chunks), self.by.threads.max(1));
        thread::scope(|scope| {
            let (give, taken) = sync_channel::<Result<(u64, T)>>(threads.saturating_mul(4));
            for _ in 0..threads {
                let (give, chunks, work) = (give.clone(), &chunks, &work);
                scope.spawn(move || worker(chunks, &give, work));
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

    fn table(&self, header: &[u8]) -> Table {
        let mut text =
            String::from_utf8_lossy(header.strip_prefix("\u{feff}".as_bytes()).unwrap_or(header)).into_owned();
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let headings = headings(SourceId(0), &text);
        let whole = Span::new(SourceId(0), 0, text.len());
        let refused = if std::str::from_utf8(header).is_err() {
            Some(Both::new("dòng tiêu đề không phải UTF-8", "the header is not UTF-8"))
        } else if has_bare_return(&text, headings.delimiter) {
            Some(Both::new(
                "dòng tiêu đề kết thúc bằng CR; hãy lưu lại tệp với dấu xuống dòng LF hoặc CRLF",
                "the header ends in a CR alone; save the file again with LF or CRLF at the ends of lines",
            ))
        } else {
            text.trim().is_empty().then(import::no_header)
        };
        let problem =
            |message| Sheet::NotReadable { of: Document::Submission, format: Format::Csv.name().to_owned(), message };
        let (diagnostics, refused) = match refused {
            Some(message) => (vec![Diagnostic::new(problem(message), whole)], true),
            // What a table without a row says of its header.
            None => (import::read(SourceId(0), &text, Format::Csv).diagnostics, false),
        };
        let sound = self.whose.filter(|_| !any_error(&diagnostics));
        let rows = sound.and_then(|whose| Rows::below(&headings, whose.intakes));
        Table { text, headings: Some(headings), rows, diagnostics, refused }
    }

    fn score(&self, table: &Table, chunk: &Chunk) -> Scored {
        let mut scored = Scored::default();
        let (mut fillings, mut scores) = (Vec::new(), Scores::default());
        let mut of_header: Vec<Diagnostic> = Vec::new();
        table.each(chunk, |record, row| {
            scored.records = scored.records.saturating_add(1);
            if let Some(standing) = self.quick(table, (record, row), &mut fillings, &mut scores) {
                scored.standings.push(standing);
                return;
            }
            scored.at_length = scored.at_length.saturating_add(1);
            let read = self.read(table, record);
            scored.standings.extend(read.submissions.iter().map(|submission| {
                let card = self.by.plan.evaluate(submission, self.by.context);
                Standing::of_card(self.by.plan.ruleset(), &card, record.line)
            }));
            scored.unsound.extend(read.unsound.into_iter().map(|unit| (record.line, unit)));
            scored.not_assessed.extend(read.not_assessed);
            for mut told in read.told {
                if told.of_header {
                    told.diagnostics.retain(|finding| !of_header.contains(finding));
                    of_header.extend(told.diagnostics.iter().cloned());
                }
                scored.told.extend(Some(told).filter(|told| !told.diagnostics.is_empty()));
            }
        });
        if self.by.roll.is_none() {
            scored.shadows = scored.standings.iter().map(|standing| among::shadow(&standing.unit)).collect();
        }
        scored
    }

    /// A record straight into machine words.
    fn quick(
        &self,
        table: &Table,
        (record, row): (Record<'_>, Option<&csv::ByteRecord>),
        fillings: &mut Vec<Filling>,
        scores: &mut Scores,
    ) -> Option<Standing> {
        let whose = self.whose.as_ref()?;
        let taken: Taken<'_> = match row {
            // Whether quotes are well set is asked where it is told; a byte order mark is dropped at the start of a chunk only.
            Some(row) => {
                let plain = !record.bytes.contains(&b'"') && !record.bytes.starts_with("\u{feff}".as_bytes());
                let rows = table.rows.as_ref().filter(|_| plain)?;
                rows.take(row, whose, fillings)?
            }
            None => json::take(std::str::from_utf8(record.bytes).ok()?, whose, fillings)?,
        };
        let program = taken.intake.program();
        program.score(taken.filled(fillings)?.sheet(), scores);
        Standing::of_scores(program, scores, taken.who, record.line)
    }

    /// A record as a file of its own.
    fn read(&self, table: &Table, record: Record<'_>) -> Read {
        let ruleset = self.by.plan.ruleset();
        let lossy = String::from_utf8_lossy(record.bytes);
        let text = format!("{}{lossy}", table.text);
        let format = match self.stream {
            Stream::Ndjson => Format::Json,
            Stream::Csv => Format::Csv,
        };
        let header = table.text.len();
        let import::Imported { sheets, mut diagnostics } = import::read(SourceId(0), &text, format);
        let mut brought = match self.by.roll {
            // What the register says of blocks and places surrounds the whole stream.
            Some(roll) => identity::identify(ruleset, roll.register(), &sheets, &mut Context::default()),
            None => Brought { raws: sheets, ..Brought::default() },
        };
        identity::set_aside(ruleset, &mut brought);
        diagnostics.extend(brought.findings);
        let mut validated = import::validate(ruleset, &brought.raws, &diagnostics);
        diagnostics.extend(validated.diagnostics);
        diagnostics.sort_by_key(|finding| finding.span);
        if std::str::from_utf8(record.bytes).is_err() {
            let message = Both::new("dòng không phải UTF-8", "the line is not UTF-8");
            let problem = Sheet::NotReadable { of: Document::Submission, format: format.name().to_owned(), message };
            diagnostics.push(Diagnostic::new(problem, Span::new(SourceId(0), header, text.len())));
            validated.submissions.clear();
        }
        // What is missing at the very beginning of a record stands at the end of the header, and is of the record.
        let before = |place: u32, most: usize| usize::try_from(place).is_ok_and(|place| place <= most);
        let above = |finding: &Diagnostic| {
            header > 0 && before(finding.span.start, header.saturating_sub(1)) && before(finding.span.end, header)
        };
        let (of_header, own): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(above);
        let above = Some(table.text.matches('\n').count());
        let own = Told { line: record.line, text, above, of_header: false, diagnostics: own };
        let told = [table.told(of_header), own].into_iter().filter(|told| !told.diagnostics.is_empty()).collect();
        let submissions = validated.submissions;
        let named = brought.raws.iter().filter_map(|raw| Some(compose(&raw.unit.as_ref()?.value)));
        let lost = named.filter(|unit| !unit.is_empty() && !submissions.iter().any(|one| one.unit == *unit));
        let unsound = lost.map(String::into_boxed_str).collect();
        Read { submissions, unsound, not_assessed: brought.aside, told }
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
