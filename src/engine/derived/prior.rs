//! What a figure was in an earlier year: from the archive.

use super::{Absent, Source, Surroundings};
use crate::ruleset::Earlier;
use crate::ruleset::meaning::FigureId;
use crate::submission::{NotThere, Value};

/// The unit's own value of that year.
pub(super) fn resolve(around: Surroundings<'_>, figure: FigureId, year: u16) -> Result<(Value, Source), Absent> {
    let archive = &around.context.archive;
    match archive.value(year, around.unit, around.head, figure) {
        Ok(value) => Ok((value.clone(), Source::Archive(year))),
        Err(NotThere::Figure) if was_several(around, year) => Err(Absent::Archive(year, NotThere::Joined)),
        Err(lacking) => Err(Absent::Archive(year, lacking)),
    }
}

/// Whether the head of the leaf is several of that year in one.
fn was_several(around: Surroundings<'_>, year: u16) -> bool {
    let head = around.ruleset.head(around.head);
    let was = head.map(|head| around.ruleset.earlier(&head.code, year));
    matches!(was, Some(Earlier::Codes(codes)) if codes.len() > 1)
}
