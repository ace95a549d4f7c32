//! What surrounds a submission: values that its unit does not state of itself.

use crate::submission::Archive;
use crate::survey::Surveys;

/// What is not in a submission and may decide its points. An empty one is legal: what it lacks is missing, and the
/// ruleset says what follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// What units stated in earlier years.
    pub archive: Archive,
    /// What people answered about units.
    pub surveys: Surveys,
}
