//! Ids that no fence can show: the test that tries each, and why.

const LIMITS: &str = "tests/it/limits.rs";
const CHECK: &str = "tests/it/cli/check.rs";
const RANK: &str = "tests/it/cli/rank.rs";
const HOSTILE: &str = "tests/it/cli/hostile.rs";
const PUBLISHED: &str = "tests/it/published.rs";
const TABLES: &str = "the_tables_of_every_page_raise_what_it_says";
const SURVEY: &str = "tests/it/survey.rs";
const FILES: &str = "every_mistake_in_a_file_of_answers_is_told_at_its_cell";
const PREVIOUS: &str = "tests/it/cli/previous_table.rs";
const RESULTS: &str = "what_is_wrong_with_last_years_table_is_told_where_it_stands";
const SECOND: &str = "a_set_out_of_its_place_is_a_warning_and_a_second_one_of_its_name_an_error";

/// Id, file of the test, test, reason.
pub(crate) const ELSEWHERE: &[(&str, &str, &str, &str)] = &[
    ("not-utf8", LIMITS, "bytes_that_are_not_utf_8_are_told_where_they_begin", "a page is UTF-8 itself"),
    ("text-too-large", LIMITS, "a_file_over_the_limit_is_not_read", "a fence of 4 MiB"),
    ("line-too-long", LIMITS, "a_line_over_the_limit_is_passed_over", "a line of 4,097 characters"),
    ("too-many-leaves", LIMITS, "a_set_has_a_limited_number_of_leaves", "a fence of 20,001 heads"),
    (
        "not-read-through",
        "tests/it/whole.rs",
        "what_was_not_read_through_is_told_in_both_languages",
        "a bolt that no known set meets",
    ),
    ("frame-not-scored", LIMITS, "a_frame_is_not_scored", "told on scoring, not on checking"),
    ("extends-too-deep", LIMITS, "sets_extend_one_another_over_a_limited_number_of_generations", "seventeen files"),
    ("same-identity", CHECK, SECOND, "two files of one folder"),
    ("misfiled", CHECK, SECOND, "the place of a file in its folder"),
    ("no-such-ruleset", HOSTILE, "odd_files_are_findings", "a folder of rulesets beside the submission"),
    ("ruleset-not-named", RANK, "a_table_without_a_ruleset_needs_one_named_and_is_told_once", "told on scoring"),
    ("published-column", PUBLISHED, TABLES, "a published table"),
    ("published-column-missing", PUBLISHED, TABLES, "a published table"),
    ("published-row", PUBLISHED, TABLES, "a published table"),
    ("published-source", PUBLISHED, TABLES, "a published table"),
    ("published-unit", PUBLISHED, TABLES, "a published table"),
    ("published-fact", PUBLISHED, TABLES, "a published table"),
    (
        "published-year",
        "tests/it/cli/published.rs",
        "a_file_that_is_named_after_no_year_gives_no_table",
        "the name of a file",
    ),
    ("previous-not-earlier", PREVIOUS, RESULTS, "results of another year"),
    ("previous-of-other-index", PREVIOUS, RESULTS, "results of another year"),
    ("previous-in-points", PREVIOUS, RESULTS, "results of another year"),
    ("previous-year-not-used", PREVIOUS, RESULTS, "results of another year"),
    ("previous-off-scale", PREVIOUS, RESULTS, "results of another year"),
    ("previous-unit-unknown", PREVIOUS, RESULTS, "results of another year"),
    ("group-expected", SURVEY, FILES, "a file of answers"),
    ("tally-twice", SURVEY, FILES, "a file of answers"),
    ("bad-answer-count", SURVEY, FILES, "a file of answers"),
    ("survey-columns", SURVEY, FILES, "a file of answers"),
    (
        "surveyed-unit-unknown",
        SURVEY,
        "a_unit_of_another_spelling_is_warned_of",
        "a file of answers beside submissions",
    ),
];
