//! Reading and proving a set, in process: `cargo bench --bench check`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tieuchi::diagnostic::SourceId;
use tieuchi::language::parse;
use tieuchi::ruleset;

/// As the binary has it (`src/main.rs`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The province set, and the invented one whose leaves are scripts and weights.
const SETS: [(&str, &str); 2] = [
    ("province 2022", include_str!("../rulesets/vn/par-index/tinh/2022.tieuchi")),
    ("service desk 2025", include_str!("../rulesets/example/service-desk/2025.tieuchi")),
];

fn check(criterion: &mut Criterion) {
    for (name, text) in SETS {
        assert!(ruleset::check(SourceId(0), text).ruleset.is_some(), "{name}");
        criterion.bench_function(&format!("parse, {name}"), |bench| {
            bench.iter(|| parse(SourceId(0), black_box(text)));
        });
        criterion.bench_function(&format!("check, {name}"), |bench| {
            bench.iter(|| ruleset::check(SourceId(0), black_box(text)));
        });
    }
}

/// Twice the text takes about twice the time: read it off the two lines.
fn doubled(criterion: &mut Criterion) {
    let text = SETS[0].1;
    for times in [1, 2, 4] {
        let text = text.repeat(times);
        criterion.bench_function(&format!("parse, {times} × province 2022"), |bench| {
            bench.iter(|| parse(SourceId(0), black_box(&text)));
        });
    }
}

criterion_group!(benches, check, doubled);
criterion_main!(benches);
