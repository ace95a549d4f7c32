//! Reasons that a page shows, as the engine gives them.

use tieuchi::diagnostic::SourceMap;
use tieuchi::engine::Plan;
use tieuchi::report::{Context, explain, leaf};

use super::fence::Fence;

/// First words of a line that says what is explained.
const KEYS: [&str; 4] = ["ví dụ ", "kiểm thử ", "example ", "test "];

/// The content of a fence with the reasons that are true: each under the line that
/// says what is explained, with an empty line between.
pub(crate) fn rewritten(rules: Option<&Fence>, content: &str) -> String {
    let mut above = "";
    // A key stands at the top or below an empty line; an explanation has empty lines of its own.
    let keys = content.lines().filter(|line| {
        let key = above.is_empty() && KEYS.iter().any(|word| line.starts_with(word));
        above = line;
        key
    });
    let told = keys.map(|key| {
        let reasons = rules.and_then(|rules| reasons(rules, key));
        format!("{key}\n{}", reasons.unwrap_or_else(|| "?\n".to_owned()))
    });
    told.collect::<Vec<_>>().join("\n")
}

fn reasons(rules: &Fence, key: &str) -> Option<String> {
    let text = rules.text();
    let mut sources = SourceMap::new();
    let source = sources.add("fence", text.clone());
    let plan = Plan::compile(tieuchi::ruleset::check(source, &text).ruleset?).ok()?;
    let trial = tieuchi::trial::run(&plan, &tieuchi::trial::Sheets::new());
    let set = plan.ruleset();
    let context = Context { ruleset: set, sources: &sources, language: set.language };
    let told = if let Some(named) = ["kiểm thử ", "test "].iter().find_map(|word| key.strip_prefix(word)) {
        let (name, code) = named.rsplit_once(", ").unwrap_or((named, ""));
        let test = trial.tests.iter().find(|test| test.name == name.trim_matches('"'))?;
        match set.by_code(code) {
            Some((id, _)) => match test.card.leaf(id) {
                Some(score) => leaf(&context, id, &score.last),
                None => explain(&context, &test.card, Some(id)),
            },
            None => explain(&context, &test.card, None),
        }
    } else {
        let run =
            trial.runs.iter().find(|run| text.get(run.example.span.range()).is_some_and(|own| own.trim() == key))?;
        leaf(&context, run.head, run.assessed.as_ref()?)
    };
    Some(told.lines().flat_map(|line| [counted(line, rules.above()), "\n".to_owned()]).collect())
}

/// A line of text that names a line of the set, counted from the fence's first.
fn counted(told: &str, above: usize) -> String {
    let number = |word| {
        let (before, rest) = told.split_once(word)?;
        let (number, after) = rest.split_once(':')?;
        let line: usize = number.parse().ok()?;
        // A line of the prelude has no number in the fence.
        let place = line.checked_sub(above).filter(|&line| line > 0).map_or("…".to_owned(), |line| line.to_string());
        before.trim().is_empty().then(|| format!("{before}{word}{place}:{after}"))
    };
    number("dòng ").or_else(|| number("line ")).unwrap_or_else(|| told.to_owned())
}
