//! The binary; for now it prints what parsing a file finds.

fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let mut map = tieuchi::diagnostic::SourceMap::new();
        let id = map.add(path.clone(), text.clone());
        let parsed = tieuchi::ruleset::check(id, &text);
        for finding in &parsed.diagnostics {
            let words = finding.problem.words(tieuchi::diagnostic::Language::Vietnamese);
            let line = map.position(finding.span).map_or(0, |position| position.line);
            println!("{path}:{line}: {:?} [{}] {} | {}", finding.severity(), finding.code(), words.message, words.help);
        }
        println!(
            "{path}: {} heads, {} findings",
            parsed.ruleset.map_or(0, |set| set.heads.len()),
            parsed.diagnostics.len()
        );
    }
}
