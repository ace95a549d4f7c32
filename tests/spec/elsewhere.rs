//! Ids that no fence can show: the test that tries each, and why.

/// Id, file of the test, test, reason.
pub(crate) const ELSEWHERE: &[(&str, &str, &str, &str)] = &[];
