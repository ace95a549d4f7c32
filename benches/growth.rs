//! How time grows: with the leaves of a set, with the units of a round, with the number of rulesets; and the new ranking
//! after one change: `cargo bench --bench growth`.

use std::fmt::Write;
use std::hint::black_box;
use std::io::Cursor;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tieuchi::analysis::round::Round;
use tieuchi::bulk::{self, By, CHUNK, Stream};
use tieuchi::diagnostic::SourceId;
use tieuchi::engine::quick::{Program, Scores};
use tieuchi::engine::{Context, Plan};
use tieuchi::language::tree::Track;
use tieuchi::submission::{Gaps, Submission, sample};
use tieuchi::{ruleset, wire};

const PROVINCE: &str = include_str!("../rulesets/vn/par-index/tinh/2022.tieuchi");
const NINETY: &str = include_str!("submission.tieuchi");

/// A set of so many leaves, of the three forms that most are of.
fn text(leaves: usize) -> String {
    let mut text = format!(
        "ruleset bench/growth \"Growth\"\n  year: 2025\n  source: illustrative, \"for the benchmark\"\n  scale: {leaves} points\n  figures missing: unscored\n  rounding: index, 2 digits, half up\n  ranking: shared, skip, on exact points\n"
    );
    for code in 1..=leaves {
        let form = match code % 3 {
            0 => {
                "  data a \"All\": count, at least 1\n  data b \"Done\": count, at most a\n  score by rate b / a\n    from 100% up: maximum\n    from 80% to below 100%: proportional\n    below 80%: 0 points\n  example a = 10; b = 9: 0.9 points\n"
            }
            1 => "  score by checklist\n    met x \"One\": 0.5 points\n    met y \"Other\": 0.5 points\n",
            _ => "  data m \"Mean\": number, from 0 through 100, 2 digits\n  score by formula maximum * m / 100\n",
        };
        write!(text, "\ncriterion {code} \"Leaf {code}\": 1 point\n{form}").unwrap_or_default();
    }
    text
}

fn plan(text: &str) -> Option<Plan> {
    let checked = ruleset::check(SourceId(0), text);
    assert!(checked.ruleset.is_some(), "{:?}", checked.diagnostics.first());
    Plan::compile(checked.ruleset?).ok()
}

fn units(plan: &Plan, units: u64) -> Vec<Submission> {
    (0..units).map(|number| sample(plan.ruleset(), &format!("Unit {number}"), 1, number, Gaps::None)).collect()
}

fn leaves(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("leaves");
    group.sample_size(10);
    for leaves in [10, 100, 1_000, 10_000] {
        let text = text(leaves);
        group.throughput(Throughput::Elements(leaves as u64));
        group.bench_function(BenchmarkId::new("check", leaves), |bench| {
            bench.iter(|| ruleset::check(SourceId(0), black_box(&text)));
        });
        let Some(plan) = plan(&text) else { return };
        let Some(submission) = units(&plan, 1).pop() else { return };
        group.bench_function(BenchmarkId::new("evaluate", leaves), |bench| {
            bench.iter(|| plan.evaluate(black_box(&submission), &Context::default()));
        });
        let Some(program) = Program::compile(&plan) else { return };
        let (sheet, mut scores) = (program.sheet(&submission, &Context::default()), Scores::default());
        group.bench_function(BenchmarkId::new("score", leaves), |bench| {
            bench.iter(|| program.score(black_box(&sheet), black_box(&mut scores)));
        });
    }
    group.finish();
}

fn round(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("units");
    group.sample_size(10);
    let Some(set) = plan(&text(90)) else { return };
    let line: Vec<String> = units(&set, 1_000).iter().map(|unit| wire::to_json_line(set.ruleset(), unit)).collect();
    for count in [10usize, 100, 1_000, 10_000] {
        let lines = line.iter().cycle().take(count).enumerate();
        let text: String = lines.map(|(at, line)| line.replacen("\"Unit ", &format!("\"Unit {at}-"), 1)).collect();
        group.throughput(Throughput::Elements(count as u64));
        for threads in [1, 2] {
            group.bench_function(BenchmarkId::new(format!("bulk, {threads} threads"), count), |bench| {
                let mut none = |_| Ok(());
                bench.iter(|| {
                    let input = (Stream::Ndjson, Cursor::new(text.as_bytes()));
                    let context = Context::default();
                    let by = By { plan: &set, context: &context, roll: None, threads, chunk: CHUNK };
                    bulk::rank(by, input, &mut none).is_ok()
                });
            });
        }
    }
    group.finish();
}

/// The new ranking of 63 units after one change.
fn change(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("63-units");
    for (name, text, other) in [
        ("province 2022", PROVINCE.to_owned(), None),
        ("ninety leaves", NINETY.to_owned(), Some(NINETY.replacen("50% of maximum", "40% of maximum", 1))),
    ] {
        let Some(set) = plan(&text) else { return };
        let submissions = units(&set, 63);
        let round = Round::new(set.clone(), Context::default(), submissions.clone());
        let mut stated = submissions.iter().flat_map(|submission| &submission.leaves);
        let found = stated.find_map(|(id, tracks)| Some((*id, tracks.get(&Track::SelfScore)?.clone())));
        let (Some((id, entry)), Some(ninth)) = (found, submissions.get(9)) else { return };
        group.bench_function(format!("one figure, {name}"), |bench| {
            let mut round = round.clone();
            let mut unit = 0;
            bench.iter(|| {
                unit = (unit + 1) % 63;
                round.state(unit, id, Track::SelfScore, Some(entry.clone()));
                black_box(round.ranking())
            });
        });
        group.bench_function(format!("one submission, {name}"), |bench| {
            let mut round = round.clone();
            bench.iter_batched(
                || ninth.clone(),
                |submission| {
                    round.replace(9, submission);
                    black_box(round.ranking())
                },
                BatchSize::SmallInput,
            );
        });
        let Some(changed) = other.and_then(|text| plan(&text)) else { continue };
        group.bench_function(format!("one criterion, {name}"), |bench| {
            let mut round = round.clone();
            let mut at = 0;
            bench.iter_batched(
                || {
                    at += 1;
                    if at % 2 == 0 { set.clone() } else { changed.clone() }
                },
                |plan| {
                    assert!(round.amend(plan));
                    black_box(round.ranking())
                },
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, leaves, round, change);
criterion_main!(benches);
