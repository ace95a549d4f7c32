//! A set and one that extends it: whatever the two say, composing ends, its findings lie in the texts, and what it gives stands
//! by itself with the same fingerprint and never scores a sample outside its bounds.
//!
//! A line `====` parts the two; a part that does not open a set of its own is given a header.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieuchi::diagnostic::{Colour, Language, SourceId, SourceMap, render};
use tieuchi::engine::{Context, Plan, Status};
use tieuchi::language::{Comments, parse, write_file};
use tieuchi::report;
use tieuchi::ruleset::{self, Identity, Library};
use tieuchi::submission::{Gaps, sample};

/// What the first set must say.
const PARENT: &str = "bộ tiêu chí a/b \"Bộ thử\"\nnăm: 2022\nnguồn: minh họa, \"x\"\nthang điểm: 3 điểm\nthiếu số liệu: chưa chấm\nthiếu minh chứng: phải giải trình\nlàm tròn: chỉ số, 2 chữ số, nửa lên\nxếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n";
/// What the second must.
const CHILD: &str = "bộ tiêu chí a/b \"Bộ thử\"\nnăm: 2023\nkế thừa: a/b năm 2022\n";

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some((parent, child)) = text.split_once("\n====\n") else { return };
    let whole = |body: &str, header: &str| {
        let opens = ["bộ", "bo ", "ruleset"].iter().any(|first| body.starts_with(first));
        if opens { body.to_owned() } else { format!("{header}{body}") }
    };
    let (mut sources, mut library) = (SourceMap::new(), Library::new());
    let mut last = SourceId(0);
    for (name, text) in [("2022.tieuchi", whole(parent, PARENT)), ("2023.tieuchi", whole(child, CHILD))] {
        let Some(identity) = Identity::of(&parse(SourceId(0), &text).file) else { return };
        last = sources.add(name, text);
        library.add(identity, last);
    }
    let checked = ruleset::check_among(last, &sources, &library);
    for finding in &checked.diagnostics {
        for span in [finding.span].into_iter().chain(finding.labels.iter().map(|label| label.span)) {
            let source = sources.get(span.source).unwrap();
            assert!(source.text().get(span.range()).is_some(), "{finding:?}");
        }
    }
    render(&checked.diagnostics, &sources, Language::Vietnamese, Colour::Never);
    let (Some(set), Some(composed)) = (checked.ruleset, checked.composed) else { return };
    let text = write_file(&composed, &sources, Language::Vietnamese, Comments::Drop);
    let again = parse(SourceId(0), &text);
    assert_eq!(write_file(&again.file, text.as_str(), Language::Vietnamese, Comments::Drop), text);
    let mut one = SourceMap::new();
    let alone = ruleset::check(one.add("composed.tieuchi", text.as_str()), &text);
    let told = render(&alone.diagnostics, &one, Language::Vietnamese, Colour::Never);
    let alone = alone.ruleset.map(|set| set.fingerprint);
    assert_eq!(alone.as_ref(), Some(&set.fingerprint), "{text}\n{told}");
    let Ok(plan) = Plan::compile(set) else { return };
    for number in 0..2 {
        let card = plan.evaluate(&sample(plan.ruleset(), "Mẫu", 7, number, Gaps::Few), &Context::default());
        for leaf in &card.leaves {
            if let (Status::Scored { exact, .. }, Some(head)) = (&leaf.last.status, plan.ruleset().head(leaf.head)) {
                assert!(*exact >= head.floor && *exact <= head.maximum, "{exact:?}\n{text}");
            }
        }
        let context = report::Context { ruleset: plan.ruleset(), sources: &sources, language: Language::English };
        report::explain(&context, &card, None);
        report::appendix(&context, None);
    }
});
