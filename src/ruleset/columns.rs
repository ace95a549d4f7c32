//! Which columns of a list are read: by what is told of its rows, by the rule that scores each.

use super::meaning::{FigureId, Guard, Meaning, Outcome};
use super::model::{PerRow, Scoring, Take};
use super::origin::Told;

impl Told {
    /// The columns that it reads.
    pub fn figures(&self, see: &mut dyn FnMut(FigureId)) {
        match self {
            Self::Sum(expr) | Self::Least(expr) | Self::Greatest(expr) => expr.figures(see),
            Self::Count(None) => {}
            Self::Count(Some(test)) | Self::All(test) | Self::Any(test) => test.figures(see),
        }
    }
}

impl PerRow {
    /// The columns that it reads.
    pub fn figures(&self, see: &mut dyn FnMut(FigureId)) {
        for rule in &self.row.not_applicable {
            rule.test.figures(see);
        }
        if let Take::Weighted(weight) = &self.take {
            weight.figures(see);
        }
        let Scoring::Declared(_, meaning) = &self.row.scoring else { return };
        match meaning {
            Meaning::Cases { subject, arms } => {
                if let Some(subject) = subject {
                    subject.figures(see);
                }
                for arm in arms {
                    if let Guard::Test(test) = &arm.guard {
                        test.figures(see);
                    }
                    if let Outcome::Points(award) = &arm.outcome {
                        award.figures(see);
                    }
                }
            }
            Meaning::Sum(parts) => {
                for part in &parts.parts {
                    part.test.figures(see);
                    part.award.figures(see);
                }
            }
            Meaning::Value { expr, .. } => expr.figures(see),
        }
    }
}
