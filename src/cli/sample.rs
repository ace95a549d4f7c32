//! `sample`: submissions made up from a seed, marked so.

use std::fs;
use std::path::{Path, PathBuf};

use super::exit::{Ended, Exit};
use super::{Manner, output, which};
use crate::analysis::ranking::rank;
use crate::report::{self, Context};
use crate::submission::{Gaps, Submission, sample, without_survey_results};
use crate::{survey, wire};

/// What `sample` takes.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct Arguments {
    /// Tệp, hoặc đường dẫn và năm như `vn/par-index/tinh/2022` · A file, or a path and year
    #[arg(long, value_name = "FILE")]
    ruleset: String,
    /// Thư mục bộ tiêu chí · The folder of rulesets
    #[arg(long, value_name = "DIR", default_value = "rulesets")]
    rulesets: PathBuf,
    /// Số đơn vị · How many units
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    units: u32,
    /// Hạt giống: cùng số này cho cùng hồ sơ · The seed: the same number gives the same submissions
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Ghi mỗi đơn vị một tệp vào thư mục này; nếu không nói: một danh sách JSON ra stdout · A file a unit in this folder; else a JSON list on stdout
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Ghi phiếu giả định vào tệp này (.csv, .json); kết quả phiếu khi đó không ghi trong hồ sơ · Write made-up answers to this file (.csv, .json); submissions then leave their results out
    #[arg(long, value_name = "FILE")]
    survey: Option<PathBuf>,
    /// Mỗi đơn vị một dòng JSON, in dần ra stdout · A line of JSON a unit, as a stream on stdout
    #[arg(long, conflicts_with_all = ["out", "rank", "csv"])]
    ndjson: bool,
    /// Mỗi đơn vị một hàng của bảng CSV, in dần ra stdout, không kèm minh chứng · A row of CSV a unit, as a stream on stdout, without evidence
    #[arg(long, conflicts_with_all = ["out", "rank"])]
    csv: bool,
    /// Không in hồ sơ mà xếp hạng chúng · Rank them instead of printing them
    #[arg(long, conflicts_with = "out")]
    rank: bool,
    /// Bỏ trống vài số liệu · Leave a few figures out
    #[arg(long)]
    gaps: bool,
}

pub(super) fn run(arguments: &Arguments, manner: Manner) -> Ended {
    let (plan, sources) = match which::plan(&arguments.ruleset, &arguments.rulesets, manner) {
        Ok(found) => found,
        Err(exit) => return Ok(exit),
    };
    let ruleset = plan.ruleset();
    let language = manner.language(ruleset.language);
    let gaps = if arguments.gaps { Gaps::Few } else { Gaps::None };
    let width = arguments.units.to_string().len().max(2);
    let unit = |number: u32| format!("{} {number:0width$}", language.pick("Đơn vị mẫu", "Sample unit"));
    let mut around = crate::engine::Context::default();
    if let Some(path) = &arguments.survey {
        let questionnaires = &ruleset.questionnaires;
        for number in 1..=arguments.units {
            survey::sample(questionnaires, &unit(number), arguments.seed, u64::from(number), &mut around.surveys);
        }
        let csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        let text = if csv { wire::tallies_csv } else { wire::tallies_json }(ruleset, &around.surveys, true);
        write_file(path, &text)?;
    }
    let made = |number: u32| {
        let unit = unit(number);
        let mut submission = sample(ruleset, &unit, arguments.seed, u64::from(number), gaps);
        if arguments.survey.is_some() {
            without_survey_results(ruleset, &mut submission);
        }
        Submission { synthetic: true, ..submission }
    };
    if arguments.csv {
        let Some(header) = wire::csv_header(ruleset) else {
            output::say(language.pick(
                "bộ tiêu chí có danh sách từng dòng, một hàng CSV không chứa được; hãy dùng --ndjson",
                "the ruleset has lists of rows, which no row of CSV can hold; use --ndjson",
            ));
            return Ok(Exit::Usage);
        };
        output::data(&header)?;
        return stream(arguments.units, |number| wire::csv_row(ruleset, &made(number)));
    }
    if arguments.ndjson {
        return stream(arguments.units, |number| wire::to_json_line(ruleset, &made(number)));
    }
    let sampled = (1..=arguments.units).map(|number| (number, made(number)));
    if arguments.rank {
        let context = Context { ruleset, sources: &sources, language };
        let submissions: Vec<Submission> = sampled.map(|(_, submission)| submission).collect();
        if plan.compares_units() {
            around.cohort = Some(plan.cohort(&submissions, &around));
        }
        let cards = submissions.iter().map(|submission| plan.evaluate(submission, &around)).collect();
        let ranking = rank(ruleset, cards);
        output::data(&if manner.json {
            wire::write(&wire::Ranking::new(ruleset, &ranking, report::labels(&context, true), Vec::new()))
        } else {
            report::ranking(&context, &ranking)
        })?;
        return Ok(Exit::Done);
    }
    let made = sampled.map(|(number, submission)| (number, wire::to_json(ruleset, &submission)));
    let Some(folder) = &arguments.out else {
        output::data("[\n")?;
        for (number, text) in made {
            let end = if number == arguments.units { "\n]\n" } else { ",\n" };
            output::data(&format!("{}{end}", text.trim_end()))?;
        }
        return Ok(Exit::Done);
    };
    let file = |number: u32| format!("{}-{number:0width$}.json", language.pick("don-vi-mau", "sample-unit"));
    for (number, text) in made {
        write(folder, &file(number), &text)?;
    }
    let count = arguments.units;
    output::say(&language.pick(
        format!("đã ghi {count} hồ sơ giả định vào {}", folder.display()),
        format!("{count} made-up submissions written to {}", folder.display()),
    ));
    Ok(Exit::Done)
}

/// Makes and prints units batch by batch, on all cores, in their order.
fn stream(units: u32, line: impl Fn(u32) -> String + Sync) -> Ended {
    const BATCH: u32 = 256;
    let threads = u32::try_from(super::bulk::cores()).unwrap_or(1);
    let mut from = 1u32;
    while from <= units {
        let texts: Vec<String> = std::thread::scope(|scope| {
            let batches = (0..threads).map(|thread| {
                let line = &line;
                let first = from.saturating_add(thread.saturating_mul(BATCH));
                let last = first.saturating_add(BATCH - 1).min(units);
                scope.spawn(move || (first..=last).map(line).collect::<String>())
            });
            let batches: Vec<_> = batches.collect();
            batches.into_iter().map(|batch| batch.join().unwrap_or_default()).collect()
        });
        for text in texts {
            output::data(&text)?;
        }
        from = from.saturating_add(threads.saturating_mul(BATCH));
    }
    Ok(Exit::Done)
}

fn write(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    write_file(&folder.join(name), text)
}

fn write_file(path: &Path, text: &str) -> std::io::Result<()> {
    let told = |error: std::io::Error| std::io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(told)?;
    }
    fs::write(path, text).map_err(told)
}
