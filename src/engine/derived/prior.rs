//! What a figure was in an earlier year: from the archive.

use super::{Absent, Source, Surroundings};
use crate::ruleset::meaning::FigureId;
use crate::submission::Value;

/// The unit's own value of that year.
pub(super) fn resolve(around: Surroundings<'_>, figure: FigureId, year: u16) -> Result<(Value, Source), Absent> {
    match around.context.archive.value(year, around.unit, around.head, figure) {
        Ok(value) => Ok((value.clone(), Source::Archive(year))),
        Err(lacking) => Err(Absent::Archive(year, lacking)),
    }
}
