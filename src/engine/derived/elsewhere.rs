//! What the unit states elsewhere in its sheet: figures that leaves share, and figures of other leaves.

use super::{Absent, Source};
use crate::language::tree::Track;
use crate::ruleset::HeadId;
use crate::ruleset::meaning::FigureId;
use crate::submission::{Submission, Value};

/// A sheet as it stands after a track: a later track may correct what an earlier one stated.
#[derive(Clone, Copy)]
pub(in crate::engine) struct Sheet<'a> {
    pub(in crate::engine) submission: &'a Submission,
    pub(in crate::engine) upto: Track,
}

impl<'a> Sheet<'a> {
    /// A sheet as it stands in the end.
    pub(in crate::engine) fn whole(submission: &'a Submission) -> Self {
        Self { submission, upto: Track::Appraisal2 }
    }
}

/// A value that the sheet states elsewhere.
pub(super) fn resolve(
    sheet: Option<Sheet<'_>>,
    home: Option<HeadId>,
    figure: FigureId,
) -> Result<(Value, Source), Absent> {
    let found = sheet.and_then(|sheet| sheet.submission.value_at(home, figure, sheet.upto));
    let Some((value, track)) = found else {
        let chosen = |(sheet, home): (Sheet<'_>, HeadId)| sheet.submission.chosen_at(home, figure, sheet.upto);
        let why = sheet.zip(home).filter(|found| chosen(*found)).map(|(_, home)| Absent::NotApplicable(home));
        return Err(why.unwrap_or(Absent::Elsewhere(home)));
    };
    Ok((value.clone(), Source::Elsewhere(home, track)))
}
