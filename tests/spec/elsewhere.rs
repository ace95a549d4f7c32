//! Ids that no fence can show: the test that tries each, and why.

/// Id, file of the test, test, reason.
pub(crate) const ELSEWHERE: &[(&str, &str, &str, &str)] = &[
    ("sheet-not-readable", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("unknown-key", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("missing-key", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("repeated-key", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("unknown-leaf", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("not-a-leaf", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("unknown-sheet-figure", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("bad-value", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("sheet-decimal-mark", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("value-out-of-bounds", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("points-out-of-range", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("override-without-reason", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("figures-and-points", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("unknown-track", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("not-self-scored", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("wrong-ruleset", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("duplicate-unit", SHEETS, "every_finding_has_its_place_and_words", SHEET),
    ("bad-digest", SHEETS, "every_finding_has_its_place_and_words", SHEET),
];

const SHEETS: &str = "tests/it/submission.rs";
const SHEET: &str = "a sheet's mistake, no ruleset's";
