//! A set that checks compiles, runs its examples, and never scores a sample outside its bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieuchi::diagnostic::{Colour, Language, SourceMap, render};
use tieuchi::engine::{Context, Failure, Plan, Reason, Status};
use tieuchi::ruleset;
use tieuchi::submission::{Gaps, sample};
use tieuchi::{report, trial};

/// What every set must say; the heads are the fuzzer's.
const HEADER: &str = "bộ tiêu chí a/b \"Bộ thử\"\nnăm: 2022\nnguồn: minh họa, \"x\"\nthang điểm: 1 điểm\nthiếu số liệu: chưa chấm\nthiếu minh chứng: phải giải trình\nlàm tròn: chỉ số, 2 chữ số, nửa lên\nxếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n";

fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    let whole = ["bộ", "bo ", "ruleset"].iter().any(|first| body.starts_with(first));
    let text = if whole { body.to_owned() } else { format!("{HEADER}{body}") };
    let mut sources = SourceMap::new();
    let source = sources.add("a.tieuchi", text.as_str());
    let checked = ruleset::check(source, &text);
    render(&checked.diagnostics, &sources, Language::Vietnamese, Colour::Never);
    let Some(ruleset) = checked.ruleset else { return };
    let Ok(plan) = Plan::compile(ruleset) else { return };
    trial::run(&plan, &trial::Sheets::new());
    for number in 0..4 {
        let gaps = if number % 2 == 0 { Gaps::None } else { Gaps::Few };
        let card = plan.evaluate(&sample(plan.ruleset(), "Mẫu", 7, number, gaps), &Context::default());
        for leaf in &card.leaves {
            let failed = matches!(leaf.last.reason, Reason::Failed(Failure::OutOfRange(_) | Failure::NoLine));
            assert!(!failed, "{:?}\n{text}", leaf.last);
            if let (Status::Scored { exact, .. }, Some(head)) = (&leaf.last.status, plan.ruleset().head(leaf.head)) {
                assert!(*exact >= head.floor && *exact <= head.maximum, "{exact:?}\n{text}");
            }
        }
        let context = report::Context { ruleset: plan.ruleset(), sources: &sources, language: Language::English };
        report::explain(&context, &card, None);
        report::appendix(&context, None);
    }
});
