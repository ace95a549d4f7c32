//! Any text is read to its end, its findings lie in it, and what is written reads as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieuchi::diagnostic::{Colour, Language, SourceMap, render};
use tieuchi::language::{Comments, parse, write_file};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut sources = SourceMap::new();
    let source = sources.add("a.tieuchi", text);
    let parsed = parse(source, text);
    for finding in &parsed.diagnostics {
        assert!(text.get(finding.span.range()).is_some(), "{finding:?}");
        assert!(finding.fixes.iter().all(|fix| text.get(fix.span.range()).is_some()), "{finding:?}");
    }
    render(&parsed.diagnostics, &sources, Language::English, Colour::Never);
    let once = write_file(&parsed.file, text, parsed.file.language, Comments::Keep);
    let again = parse(source, &once);
    assert_eq!(write_file(&again.file, &once, again.file.language, Comments::Keep), once);
});
