//! Any sheet is read with findings that lie in it, or scored; the first byte says whether it is JSON, TOML or CSV.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tieuchi::diagnostic::{Colour, Language, SourceId, SourceMap, render};
use tieuchi::engine::{Context, Plan};
use tieuchi::import::{self, Format};
use tieuchi::ruleset;

static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    let text = include_str!("../../rulesets/example/service-desk/2025.tieuchi");
    Plan::compile(ruleset::check(SourceId(0), text).ruleset.unwrap()).unwrap()
});

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let name = ["a.json", "a.toml", "a.csv"][usize::from(*first) % 3];
    let mut sources = SourceMap::new();
    sources.add("rules", include_str!("../../rulesets/example/service-desk/2025.tieuchi"));
    let source = sources.add(name, text);
    let loaded = import::load(PLAN.ruleset(), source, text, Format::of_path(name).unwrap());
    for finding in loaded.diagnostics.iter().filter(|finding| finding.span.source == source) {
        assert!(text.get(finding.span.range()).is_some(), "{finding:?}");
    }
    render(&loaded.diagnostics, &sources, Language::English, Colour::Never);
    for submission in &loaded.submissions {
        PLAN.evaluate(submission, &Context::default());
    }
});
