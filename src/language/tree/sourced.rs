//! Lines that may say where they alone come from.

use super::{MetTest, Provenance, Statement};

impl Statement {
    /// The sources that stand on the line itself, of what it alone says: `, nguồn dựng lại, "…"`.
    pub fn own_sources(&self) -> Vec<&Provenance> {
        match self {
            Self::Figure(figure) | Self::SharedFigure(figure) | Self::Column(figure) => figure.sources.iter().collect(),
            Self::List(list) => list.sources.iter().collect(),
            Self::Parameter(parameter) => parameter.sources.iter().collect(),
            Self::AmendParameter(amend) => amend.sources.iter().collect(),
            Self::Respondents(group) => group.sources.iter().collect(),
            Self::Question(question) => question.sources.iter().collect(),
            Self::Contains(counts) => counts.iter().flat_map(|count| &count.sources).collect(),
            Self::Met(met) => match &met.test {
                MetTest::Figure { sources, .. } => sources.iter().collect(),
                MetTest::Condition(_) => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The same line without a word on where it comes from: what it rules.
    #[must_use]
    pub fn without_sources(mut self) -> Self {
        match &mut self {
            Self::Figure(figure) | Self::SharedFigure(figure) | Self::Column(figure) => figure.sources.clear(),
            Self::List(list) => list.sources.clear(),
            Self::Parameter(parameter) => parameter.sources.clear(),
            Self::AmendParameter(amend) => amend.sources.clear(),
            Self::Respondents(group) => group.sources.clear(),
            Self::Question(question) => question.sources.clear(),
            Self::Contains(counts) => counts.iter_mut().for_each(|count| count.sources.clear()),
            Self::Met(met) => {
                if let MetTest::Figure { sources, .. } = &mut met.test {
                    sources.clear();
                }
            }
            _ => {}
        }
        self
    }
}
