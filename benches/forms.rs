//! What costs what, by form: sets of ninety leaves of one form each, `cargo bench --bench forms`.
//!
//! `score` and `explain` are the quick way over a sheet that is laid out; `lay` lays it out, and settles there what the
//! quick way leaves to the exact one; `evaluate` is the exact way from end to end; `bulk` reads and ranks a hundred lines.

use std::fmt::Write;
use std::hint::black_box;
use std::io::Cursor;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use tieuchi::bulk::{self, By, CHUNK, Stream};
use tieuchi::diagnostic::SourceId;
use tieuchi::engine::quick::{Program, Scores, Traces};
use tieuchi::engine::{Context, Plan};
use tieuchi::submission::{Gaps, Submission, sample};
use tieuchi::{ruleset, wire};

const LEAVES: usize = 90;

/// The forms of `submission-90`, then those that it has none of.
const FORMS: [(&str, &str); 11] = [
    (
        "bands",
        "  data a \"All\": count, at least 1\n  data b \"Done\": count, at most a\n  score by rate b / a\n    from 30% up: maximum\n    from 20% to below 30%: 50% of maximum\n    below 20%: 0 points\n",
    ),
    (
        "linear with a floor",
        "  data a \"All\": count, at least 1\n  data b \"Done\": count, at most a\n  score by rate b / a\n    from 100% up: maximum\n    from 80% to below 100%: proportional\n    below 80%: 0 points\n",
    ),
    (
        "checklist of four",
        "  score by checklist\n    met k0 \"Line 0\": 0.25 points\n    met k1 \"Line 1\": 0.25 points\n    met k2 \"Line 2\": 0.25 points\n    met k3 \"Line 3\": 0.25 points\n",
    ),
    (
        "survey mean",
        "  data m \"Mean of 100\": number, from 0 through 100, 2 digits\n  score by formula maximum * m / 100\n",
    ),
    (
        "formula",
        "  data a \"Asked\": count, at least 1\n  data b \"Done\": count\n  data c \"Half done\": count\n  score by formula min(1.5 * (b + c) / a; maximum)\n",
    ),
    (
        "condition",
        "  data a \"One\": count\n  data b \"Other\": yes/no\n  score by condition\n    when a >= 3 and b = yes: maximum\n    when b = yes: 50% of maximum\n    otherwise: 0 points\n",
    ),
    (
        "choice",
        "  data m \"Level\": choice \"good\"; \"fair\"; \"poor\"\n  score by choice m\n    option \"good\": maximum\n    option \"fair\": 75% of maximum\n    option \"poor\": 0 points\n",
    ),
    (
        "deadline",
        "  data plan \"Day\": date\n  score by deadline plan, before 31/01/2025\n    on time: maximum\n    late up to 15 days: 50% of maximum\n    late over 15 days: 0 points\n    not done: 0 points\n",
    ),
    (
        "year before",
        "  data x \"X\": count, with year before\n  score by condition\n    when x > x of year before: maximum\n    when x = x of year before: 50% of maximum\n    otherwise: 0 points\n",
    ),
    ("shared figure", "  data b \"Done\": count, at most files\n  score by rate b / files: proportional\n"),
    (
        "rank in the round",
        "  data x \"X\": count\n  score by rank x within round, higher is better\n    from 1 through 9: maximum\n    from 10 up: 0 points\n",
    ),
];

fn plan(form: &str) -> Option<Plan> {
    let mut text = format!(
        "ruleset bench/forms \"Forms\"\n  year: 2025\n  source: illustrative, \"for the benchmark\"\n  scale: {LEAVES} points\n  figures missing: unscored\n  rounding: index, 2 digits, half up\n  ranking: shared, skip, on exact points\n\narea 1 \"All\": {LEAVES} points\n"
    );
    if form.contains("files") {
        text.push_str("  shared data files \"Files\": count, at least 1\n");
    }
    for leaf in 1..=LEAVES {
        write!(text, "\ncriterion 1.{leaf} \"Leaf {leaf}\": 1 point\n{form}").unwrap_or_default();
    }
    let checked = ruleset::check(SourceId(0), &text);
    assert!(checked.ruleset.is_some(), "{:?}", checked.diagnostics.first());
    Plan::compile(checked.ruleset?).ok()
}

fn forms(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("forms");
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1)).sample_size(20);
    for (name, form) in FORMS {
        let Some(plan) = plan(form) else { return };
        let units: Vec<Submission> =
            (0..100).map(|unit| sample(plan.ruleset(), &format!("Unit {unit}"), 1, unit, Gaps::None)).collect();
        let (Some(first), Some(program)) = (units.first(), Program::compile(&plan)) else { return };
        let mut context = Context::default();
        context.cohort = plan.compares_units().then(|| plan.cohort(&units, &context));
        let mut sheet = program.sheet(first, &context);
        let (mut scores, mut traces) = (Scores::default(), Traces::default());
        println!(
            "{name}: {} of {LEAVES} leaves on machine words, {} side by side",
            program.compiled(),
            program.side_by_side()
        );
        group.bench_function(format!("score, {name}"), |bench| {
            bench.iter(|| program.score(black_box(&sheet), black_box(&mut scores)));
        });
        group.bench_function(format!("explain, {name}"), |bench| {
            bench.iter(|| program.trace(black_box(&sheet), black_box(&mut scores), black_box(&mut traces)));
        });
        group.bench_function(format!("lay, {name}"), |bench| {
            bench.iter(|| program.lay_all(black_box(&mut sheet), black_box(first), &context));
        });
        group.bench_function(format!("evaluate, {name}"), |bench| {
            bench.iter(|| plan.evaluate(black_box(first), &context));
        });
        let lines: String = units.iter().map(|unit| wire::to_json_line(plan.ruleset(), unit)).collect();
        group.bench_function(format!("bulk, {name}"), |bench| {
            let by = By { plan: &plan, context: &context, roll: None, threads: 1, chunk: CHUNK };
            let mut none = |_| Ok(());
            bench.iter(|| bulk::rank(by, (Stream::Ndjson, Cursor::new(lines.as_bytes())), &mut none).is_ok());
        });
    }
    group.finish();
}

criterion_group!(benches, forms);
criterion_main!(benches);
