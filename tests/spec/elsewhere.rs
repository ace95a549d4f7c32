//! Ids that no fence can show: the test that tries each, and why.

const LIMITS: &str = "tests/it/limits.rs";

/// Id, file of the test, test, reason.
pub(crate) const ELSEWHERE: &[(&str, &str, &str, &str)] = &[
    ("not-utf8", LIMITS, "bytes_that_are_not_utf_8_are_told_where_they_begin", "a page is UTF-8 itself"),
    ("text-too-large", LIMITS, "a_file_over_the_limit_is_not_read", "a fence of 4 MiB"),
    ("line-too-long", LIMITS, "a_line_over_the_limit_is_passed_over", "a line of 4,097 characters"),
    ("too-many-leaves", LIMITS, "a_set_has_a_limited_number_of_leaves", "a fence of 20,001 heads"),
    ("frame-not-scored", LIMITS, "a_frame_is_not_scored", "told on scoring, not on checking"),
];
