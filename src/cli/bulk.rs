//! `bulk`: a round of any size, as a stream of lines or rows, ranked.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Result, Write, stdin};
use std::path::{Path, PathBuf};

use super::exit::{Ended, Exit};
use super::which::{self, Against};
use super::{Manner, output};
use crate::bulk::{self, By, CHUNK, Ranked, Stream, Told};
use crate::catalogue::Round;
use crate::diagnostic::{Diagnostic, Language, Problem, Sheet, SourceMap, Span};
use crate::engine::IndexLabel;
use crate::{report, wire};

/// What `bulk` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Tệp .ndjson (mỗi dòng một hồ sơ JSON) hoặc .csv (mỗi hàng một đơn vị); `-` là stdin · A .ndjson (a JSON submission a line) or .csv file (a row a unit); `-` is stdin
    input: PathBuf,
    #[command(flatten)]
    against: Against,
    /// Stdin là CSV · Stdin is CSV
    #[arg(long)]
    csv: bool,
    /// Kết quả dạng CSV; nếu không nói: mỗi đơn vị một dòng JSON · Results as CSV; else a line of JSON a unit
    #[arg(long)]
    to_csv: bool,
    /// Số luồng; nếu không nói: mọi nhân của máy. Kết quả không phụ thuộc số này · How many threads; else all cores. Results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// Lines that cannot be read are told up to so many, then counted.
const MOST_UNREADABLE: u64 = 20;

/// Cores of this machine.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

pub(super) fn run(arguments: &Arguments, manner: Manner) -> Ended {
    let own = manner.own();
    if !arguments.against.names_ruleset() {
        output::say(own.pick(
            "cần nêu bộ tiêu chí: --ruleset, ví dụ --ruleset vn/par-index/tinh/2022",
            "the ruleset must be named: --ruleset, for example --ruleset vn/par-index/tinh/2022",
        ));
        return Ok(Exit::Usage);
    }
    let ending = arguments.input.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    if let Some(ending) = ending.filter(|ending| matches!(ending.as_str(), "json" | "toml") && !arguments.csv) {
        output::say(&own.pick(
            format!("`bulk` đọc .ndjson (mỗi dòng một hồ sơ) hoặc .csv, không đọc .{ending}: dùng `tieuchi rank`, hoặc ghi mỗi hồ sơ trên một dòng"),
            format!("`bulk` reads .ndjson (a submission a line) or .csv, not .{ending}: use `tieuchi rank`, or write each submission on one line"),
        ));
        return Ok(Exit::Usage);
    }
    let mut sheets = arguments.against.read(&[], manner);
    let exit = which::exit(&sheets);
    let Some(mut round) = sheets.rounds.pop().filter(|_| exit == Exit::Done) else {
        return Ok(exit.max(Exit::Findings));
    };
    let language = manner.language(round.plan.ruleset().language);
    let from_stdin = arguments.input == Path::new("-");
    let csv = arguments.input.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let stream = if arguments.csv || csv { Stream::Csv } else { Stream::Ndjson };
    let threads = arguments.threads.map_or_else(cores, usize::from);
    if round.plan.compares_units() {
        if from_stdin {
            output::say(language.pick(
                "bộ tiêu chí so các đơn vị với nhau nên phải đọc hai lượt: hãy đưa một tệp thay cho stdin",
                "the ruleset compares units with one another and reads the round twice: give a file instead of stdin",
            ));
            return Ok(Exit::Usage);
        }
        let input = open(&arguments.input)?;
        round.context.cohort = bulk::cohort(by(&round, threads), (stream, input))?;
    }
    let name = if from_stdin { "stdin".to_owned() } else { arguments.input.display().to_string() };
    let mut unreadable = 0u64;
    let mut tell = |told: Told| {
        // A file of another kind is one mistake, not one in every line.
        let is = |found: &Diagnostic| matches!(found.problem, Problem::Sheet(Sheet::NotReadable { .. }));
        unreadable = unreadable.saturating_add(u64::from(told.diagnostics.iter().any(is)));
        if unreadable > MOST_UNREADABLE && told.diagnostics.iter().any(is) {
            return Ok(());
        }
        tell(&told, &name, language, manner.json)
    };
    let by = by(&round, threads);
    let ranked = if from_stdin {
        bulk::rank(by, (stream, BufReader::with_capacity(1 << 20, stdin())), &mut tell)?
    } else {
        bulk::rank(by, (stream, open(&arguments.input)?), &mut tell)?
    };
    if unreadable > MOST_UNREADABLE {
        let more = unreadable.saturating_sub(MOST_UNREADABLE);
        output::say(&language.pick(
            format!("và {more} dòng nữa không đọc được; tệp có đúng là .ndjson hoặc .csv không"),
            format!("and {more} more lines cannot be read; is the file really .ndjson or .csv"),
        ));
    }
    let empty = ranked.records == 0 && !ranked.lacks;
    if empty {
        output::say(&language.pick(format!("{name}: không có hồ sơ nào"), format!("{name}: no submission")));
    } else if ranked.lacks {
        output::say(language.pick(
            "có hồ sơ lỗi nên không có trong kết quả; thứ hạng chưa phải của cả đợt",
            "submissions with errors are not in the result; its places are not those of the whole round",
        ));
        which::say_not_compared(&round, language);
    }
    let ruleset = round.plan.ruleset();
    let context = report::Context { ruleset, sources: &round.sources, language };
    let labels = {
        let synthetic = ranked.placed.iter().any(|placed| placed.synthetic);
        report::labels_with(&context, synthetic, &borrowed(&round, &ranked))
    };
    // A table has no room above its rows for what must be known before any number.
    for label in labels.iter().filter(|_| arguments.to_csv && !ranked.placed.is_empty()) {
        output::say(&format!("! {label}"));
    }
    let places = wire::Places::new(ruleset);
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    if arguments.to_csv {
        out.write_all(wire::PLACED_COLUMNS.as_bytes())?;
    } else if !ranked.placed.is_empty() {
        out.write_all(places.head(&ranked.placed, ranked.lacks, &labels).as_bytes())?;
    }
    for placed in &ranked.placed {
        let line = if arguments.to_csv { places.csv(placed) } else { places.json(placed) };
        out.write_all(line.as_bytes())?;
    }
    for unit in &ranked.not_assessed {
        let line = if arguments.to_csv { places.not_assessed_csv(unit) } else { places.not_assessed_json(unit) };
        out.write_all(line.as_bytes())?;
    }
    out.flush()?;
    Ok(if ranked.lacks || empty { Exit::Findings } else { Exit::Done })
}

/// The labels of the results of other indices that the units read are scored by.
fn borrowed(round: &Round, ranked: &Ranked) -> Vec<IndexLabel> {
    let indices = &round.context.indices;
    if !indices.is_labelled() || round.plan.reads_others() {
        return indices.labels(|_| true);
    }
    let units: BTreeSet<&str> = ranked.placed.iter().map(|placed| placed.unit.as_ref()).collect();
    indices.labels(|unit| units.contains(unit))
}

fn by(round: &Round, threads: usize) -> By<'_> {
    By { plan: &round.plan, context: &round.context, roll: round.roll.as_ref(), threads, chunk: CHUNK }
}

fn open(path: &Path) -> Result<impl BufRead + Send + use<>> {
    let told = |error: std::io::Error| std::io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    Ok(BufReader::with_capacity(1 << 20, File::open(path).map_err(told)?.take(u64::MAX)))
}

/// Says what was found in a record, under the name of its file and its line; in JSON a line each.
fn tell(told: &Told, name: &str, language: Language, json: bool) -> Result<()> {
    let mut sources = SourceMap::new();
    let id = match told.above {
        Some(above) => {
            let line = usize::try_from(told.line).unwrap_or(usize::MAX);
            sources.add_record(name, told.text.as_str(), above, line)
        }
        None => sources.add(format!("{name}, {} {}", language.pick("dòng", "line"), told.line), told.text.as_str()),
    };
    let placed = |finding: &Diagnostic| {
        let mut placed = Diagnostic { span: Span { source: id, ..finding.span }, ..finding.clone() };
        // What lies in the register, say, is in none of the texts at hand.
        placed.labels.retain(|label| label.span.source == finding.span.source && told.holds(label.span));
        placed.labels.iter_mut().for_each(|label| label.span.source = id);
        placed
    };
    let findings: Vec<Diagnostic> = told.diagnostics.iter().map(placed).collect();
    if json {
        let findings = findings.iter().map(|found| wire::Finding::new(found, &sources, language)).collect();
        let line = wire::line(&wire::Findings::new(findings));
        return writeln!(std::io::stderr().lock(), "{line}");
    }
    output::say(&output::findings(&findings, &sources, language));
    Ok(())
}
