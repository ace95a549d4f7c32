//! One submission of ninety leaves: by hand, by tieuchi, by what a user would pick instead.

use std::hint::black_box;

use against::engines::{common, rego, rhai_all, zen};
use against::sheet::Sheet;
use against::{LEAVES, by_hand, ours};
use criterion::{Criterion, criterion_group, criterion_main};
use tieuchi::engine::Context;
use tieuchi::engine::quick::{Scores, Traces};

fn submission(criterion: &mut Criterion) {
    let sheet = Sheet::new(1);
    let mut group = criterion.benchmark_group("submission-90");
    group.bench_function("limit_i64", |bench| {
        let mut leaves = [0; LEAVES];
        bench.iter(|| by_hand::limit_i64(black_box(&sheet), black_box(&mut leaves)));
    });
    group.bench_function("hand_decimal", |bench| {
        let (decimals, mut leaves) = (by_hand::Decimals::new(&sheet), Vec::with_capacity(LEAVES));
        bench.iter(|| by_hand::hand_decimal(black_box(&decimals), black_box(&mut leaves)));
    });
    let program = ours::program().expect("the set is sound");
    let laid = program.sheet(&ours::submission(&program, &sheet), &Context::default());
    group.bench_function("score", |bench| {
        // The exact points of every leaf, as the others give them.
        let mut scores = Scores::default();
        bench.iter(|| program.score(black_box(&laid), black_box(&mut scores)));
    });
    group.bench_function("score_index", |bench| {
        // And the index, rounded exactly.
        let mut scores = Scores::default();
        bench.iter(|| {
            program.score(black_box(&laid), &mut scores);
            program.index(black_box(&scores))
        });
    });
    group.bench_function("explain", |bench| {
        // As `score`, and for every leaf the line that decided and the value that it looked at.
        let (mut scores, mut traces) = (Scores::default(), Traces::default());
        bench.iter(|| program.trace(black_box(&laid), black_box(&mut scores), black_box(&mut traces)));
    });
    group.bench_function("rhai", |bench| {
        let (mut rhai, mut leaves) = (rhai_all::Rhai::new(&sheet).expect("compiles"), Vec::with_capacity(LEAVES));
        bench.iter(|| rhai.run(black_box(&mut leaves)));
    });
    group.bench_function("zen_expression", |bench| {
        let (mut zen, mut leaves) = (zen::Zen::new(&sheet).expect("compiles"), Vec::with_capacity(LEAVES));
        bench.iter(|| zen.run(black_box(&mut leaves)));
    });
    group.bench_function("regorus", |bench| {
        let mut policy = rego::Policy::new(&sheet).expect("compiles");
        bench.iter(|| policy.run());
    });
    group.bench_function("cel", |bench| {
        let (mut cel, mut leaves) = (common::Common::new(&sheet).expect("compiles"), Vec::with_capacity(LEAVES));
        bench.iter(|| cel.run(black_box(&mut leaves)));
    });
    group.finish();
}

criterion_group!(benches, submission);
criterion_main!(benches);
