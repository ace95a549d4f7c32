//! Where the value of a figure comes from.

use super::meaning::FigureId;
use super::questionnaire::SurveyRule;

/// Where the value of a figure comes from.
///
/// Whatever it is, an example, a test or a sheet may state the value under the figure's name; where none does, the
/// engine looks for it in what surrounds the submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The unit states it.
    Stated,
    /// What another figure of the leaf was in an earlier year.
    Prior {
        /// The figure.
        figure: FigureId,
        /// The year.
        year: u16,
        /// Whether the sheet is asked for it too (`kèm năm trước`), or only the archive.
        asked: bool,
    },
    /// What people answered about the unit.
    Survey(Box<SurveyRule>),
}

impl Origin {
    /// Whether the value comes from elsewhere than the unit's own statement.
    pub fn is_derived(&self) -> bool {
        *self != Self::Stated
    }
}
