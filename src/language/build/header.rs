//! Header lines and properties from pairs.

use super::super::grammar::Rule;
use super::super::tree::{
    Aggregation, Consequence, Count, CountedFor, Grade, GradeBasis, GradeCeiling, GradeFrom, Level, OutsideCap,
    Parameter, Preferred, Provenance, ProvenanceKind, Quoted, Ranking, RoundedLevel, RoundingRule, Scale, Spanned,
    Statement, Ties, Track,
};
use super::head::level;
use super::{Builder, Counted, P, children, has};
use crate::diagnostic::{Diagnostic, Span, Structure};

impl Builder<'_> {
    pub(super) fn header(&mut self, pair: P<'_>) -> Option<Statement> {
        Some(match pair.as_rule() {
            Rule::ruleset => {
                let mut parts = children(pair);
                Statement::Ruleset { path: self.path(&parts.next()?), title: self.quoted(&parts.next()?) }
            }
            Rule::year => {
                let year = self.whole(children(pair).next()?, (Counted::Years, 9_999))?;
                Statement::Year(Spanned::new(u16::try_from(year.value).ok()?, year.span))
            }
            Rule::authority => Statement::Authority(self.dated(pair)?),
            Rule::provenance => Statement::Provenance(self.source(pair)?),
            Rule::extract => Statement::Extract(self.lone_string(pair)?),
            Rule::frame => Statement::Frame(self.lone_string(pair)?),
            Rule::lead => Statement::Lead(self.lone_string(pair)?),
            Rule::appraiser => Statement::Appraiser(self.lone_string(pair)?),
            Rule::evidence => {
                let strings = children(pair).next()?;
                Statement::Evidence(children(strings).map(|item| self.quoted(&item)).collect())
            }
            Rule::parameter => {
                let mut parts = children(pair);
                let name = self.spanned(&parts.next()?);
                let label = self.quoted(&parts.next()?);
                let value = self.expression(parts.next()?.into_inner().next()?)?;
                Statement::Parameter(Parameter { name, label, value, sources: self.sources(parts)? })
            }
            Rule::applies_to => Statement::AppliesTo(self.phrase(&children(pair).next()?)),
            Rule::scale => self.scale(pair)?,
            Rule::survey_not_held => {
                let points = children(pair).next();
                let points = match points {
                    Some(points) => Some(self.number(points)?),
                    None => None,
                };
                Statement::SurveyNotHeld(points)
            }
            Rule::contains => {
                let mut counts = Vec::new();
                for count in children(pair) {
                    counts.push(self.count(count)?);
                }
                Statement::Contains(counts)
            }
            Rule::figures_missing => Statement::FiguresMissing(self.consequence(pair)?),
            Rule::evidence_missing => Statement::EvidenceMissing(self.consequence(pair)?),
            Rule::tracks => {
                let mut tracks = Vec::new();
                for track in children(pair) {
                    let value = match track.clone().into_inner().next()?.as_rule() {
                        Rule::kw_self => Track::SelfScore,
                        Rule::kw_appraisal_1 => Track::Appraisal1,
                        Rule::kw_appraisal_2 => Track::Appraisal2,
                        _ => Track::Explanation,
                    };
                    tracks.push(Spanned::new(value, self.span(&track)));
                }
                Statement::Tracks(tracks)
            }
            Rule::outside_cap => {
                let level = if has(&pair, Rule::kw_bonus) { Level::Bonus } else { Level::Penalty };
                let mut parts = children(pair);
                let most = match parts.next() {
                    Some(points) => Some(self.number(points)?),
                    None => None,
                };
                let index = match parts.next() {
                    Some(part) => Some(self.number(children(part).next()?)?),
                    None => None,
                };
                Statement::OutsideCap(OutsideCap { level, most, index })
            }
            Rule::index_floor => Statement::IndexFloor(self.number(children(pair).next()?)?),
            Rule::rounding => self.rounding(pair)?,
            Rule::display => Statement::Display(self.digits(children(pair).next()?)?),
            Rule::ranking => self.ranking(pair),
            Rule::grades => self.grades(pair)?,
            Rule::grade_ceiling => {
                let mut parts = children(pair);
                let at_most = self.quoted(&parts.next()?);
                let head = self.preferred(parts.next()?)?;
                Statement::GradeCeiling(GradeCeiling { at_most, head, below: self.number(parts.next()?)? })
            }
            Rule::grade_fall => Statement::GradeFall(self.how_many(children(pair).next()?)?),
            Rule::aggregation => {
                let span = self.span(&pair);
                let weighted = has(&pair, Rule::kw_weighted_mean);
                let value = if has(&pair, Rule::kw_weakest) {
                    Aggregation::Weakest
                } else if weighted {
                    Aggregation::WeightedMean
                } else {
                    Aggregation::Sum
                };
                Statement::Aggregation(Spanned::new(value, span))
            }
            _ => return self.round(pair),
        })
    }

    fn lone_string(&mut self, pair: P<'_>) -> Option<Quoted> {
        children(pair).next().map(|string| self.quoted(&string))
    }

    /// Where a figure comes from, said on its own line.
    pub(super) fn sources<'p>(&mut self, parts: impl Iterator<Item = P<'p>>) -> Option<Vec<Provenance>> {
        parts.map(|part| self.source(part)).collect()
    }

    /// The kind of a source and its words.
    pub(super) fn source(&mut self, pair: P<'_>) -> Option<Provenance> {
        let mut parts = children(pair);
        let kind = parts.next()?;
        let span = self.span(&kind);
        let value = if has(&kind, Rule::kw_official) {
            ProvenanceKind::Official
        } else if has(&kind, Rule::kw_reconstructed) {
            ProvenanceKind::Reconstructed
        } else if has(&kind, Rule::kw_illustrative) {
            ProvenanceKind::Illustrative
        } else {
            ProvenanceKind::Amended(self.quoted(&children(kind).next()?))
        };
        let notes = parts.map(|note| self.quoted(&note)).collect();
        Some(Provenance { kind: Spanned::new(value, span), notes })
    }

    fn scale(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut parts = children(pair);
        let total = self.number(parts.next()?)?;
        let mut scale = Scale {
            total,
            appraised: None,
            survey: None,
            appraised_not_known: None,
            survey_not_known: None,
            if_held: false,
            blocks: Vec::new(),
        };
        for share in parts {
            if share.clone().into_inner().next()?.as_rule() == Rule::block_points {
                let own = self.block_points(share.into_inner().next()?, &scale.blocks)?;
                scale.blocks.push(own);
                continue;
            }
            let survey = has(&share, Rule::kw_survey);
            let said = if survey { &scale.survey } else { &scale.appraised };
            let named = if survey { scale.survey_not_known } else { scale.appraised_not_known };
            self.once(said.is_some() || named.is_some(), &share);
            scale.if_held |= has(&share, Rule::kw_if_held);
            let not_known = has(&share, Rule::kw_not_known).then(|| self.span(&share));
            let points = match children(share).next() {
                Some(points) => self.number(points),
                None => None,
            };
            if survey {
                (scale.survey, scale.survey_not_known) = (points, not_known);
            } else {
                (scale.appraised, scale.appraised_not_known) = (points, not_known);
            }
        }
        Some(Statement::Scale(scale))
    }

    fn count(&mut self, pair: P<'_>) -> Option<Count> {
        let (mut counted, mut only) = (None, None);
        let (mut numbers, mut sources) = (Vec::new(), Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_common_count => only = Some(CountedFor::EveryBlock),
                Rule::kw_specific_count => only = Some(CountedFor::SomeBlocks),
                Rule::number => numbers.push(self.how_many(part)?),
                Rule::own_source => sources.push(self.source(part)?),
                Rule::comma | Rule::kw_other_source => {}
                rule => counted = Some(level(rule)),
            }
        }
        let mut numbers = numbers.into_iter();
        Some(Count { level: counted?, only, count: numbers.next()?, other: numbers.next(), sources })
    }

    fn consequence(&mut self, pair: P<'_>) -> Option<Consequence> {
        let span = self.span(&pair);
        let mut consequence = Consequence { points: None, unscored: false, explain: false, span };
        for part in children(pair) {
            let inner = part.into_inner().next()?;
            // Points and "unscored" exclude each other.
            let decided = consequence.unscored || consequence.points.is_some();
            self.once(if inner.as_rule() == Rule::kw_must_explain { consequence.explain } else { decided }, &inner);
            match inner.as_rule() {
                Rule::kw_unscored => consequence.unscored = true,
                Rule::kw_must_explain => consequence.explain = true,
                _ => consequence.points = Some(self.number(inner)?),
            }
        }
        Some(consequence)
    }

    fn rounding(&mut self, pair: P<'_>) -> Option<Statement> {
        let span = self.span(&pair);
        let mut rule = RoundingRule { level: None, digits: Spanned::new(0, span) };
        for part in children(pair) {
            if part.as_rule() == Rule::digits {
                rule.digits = self.digits(part)?;
            } else {
                let place = self.span(&part);
                let level = match part.into_inner().next()?.as_rule() {
                    Rule::kw_each_leaf => RoundedLevel::EachLeaf,
                    Rule::kw_round_area => RoundedLevel::Area,
                    _ => RoundedLevel::Index,
                };
                rule.level = Some(Spanned::new(level, place));
            }
        }
        Some(Statement::Rounding(rule))
    }

    fn basis(&self, pair: &P<'_>) -> Spanned<GradeBasis> {
        let exact = has(pair, Rule::kw_on_exact);
        Spanned::new(if exact { GradeBasis::Exact } else { GradeBasis::Rounded }, self.span(pair))
    }

    fn ranking(&mut self, pair: P<'_>) -> Statement {
        let mut ties = Ties::SharedSkip;
        let mut basis = None;
        for part in children(pair) {
            match part.as_rule() {
                Rule::shared_ties if has(&part, Rule::kw_no_skip) => ties = Ties::SharedDense,
                Rule::shared_ties => ties = Ties::SharedSkip,
                Rule::broken_ties => {
                    ties = Ties::Broken(children(part).filter_map(|head| self.preferred(head)).collect());
                }
                _ => basis = Some(self.basis(&part)),
            }
        }
        Statement::Ranking(Ranking { ties, basis })
    }

    pub(super) fn preferred(&self, pair: P<'_>) -> Option<Preferred> {
        let mut parts = pair.into_inner();
        let level = level(parts.next()?.as_rule());
        Some(Preferred { level, code: self.code(&parts.next()?) })
    }

    fn grades(&mut self, pair: P<'_>) -> Option<Statement> {
        let mut basis = None;
        let mut grades = Vec::new();
        let mut ungraded = false;
        let before_outside = has(&pair, Rule::kw_before_outside);
        for part in children(pair) {
            match part.as_rule() {
                Rule::basis => {
                    basis = Some(self.basis(&part));
                    continue;
                }
                Rule::ungraded => {
                    ungraded = true;
                    continue;
                }
                _ => {}
            }
            let (mean, above) = (has(&part, Rule::kw_overall_mean), has(&part, Rule::kw_above));
            let top = part.clone().into_inner().find(|part| part.as_rule() == Rule::grade_top);
            let before = part.clone().into_inner().take_while(|part| part.as_rule() != Rule::grade_top).last();
            let mut parts = children(part);
            let name = self.quoted(&parts.next()?);
            let from = match parts.next() {
                Some(percent) if above => GradeFrom::Above(self.number(percent)?),
                Some(percent) => GradeFrom::Share(self.number(percent)?),
                None if mean => GradeFrom::Mean,
                None => GradeFrom::Otherwise,
            };
            if let Some((top, before)) = top.zip(before) {
                self.grade_top(&name.value, &top, self.span(&before), grades.last());
            }
            grades.push(Grade { name, from });
        }
        Some(Statement::Grades { basis, before_outside, grades, ungraded })
    }

    /// A grade that says where it ends, behind what stands at a place. To drop that is offered where the grade above
    /// begins at the very same edge, and nowhere else: of two edges that differ only the text knows which is right.
    fn grade_top(&mut self, name: &str, top: &P<'_>, behind: Span, above: Option<&Grade>) {
        let problem = Structure::GradeWithTop { name: name.to_owned(), top: self.written(top) };
        let span = self.span(top);
        let mut finding = Diagnostic::new(problem, span);
        let (below, through) = (has(top, Rule::kw_to_below), has(top, Rule::kw_through));
        let edge = children(top.clone()).find(|part| part.as_rule() == Rule::percent);
        let edge = edge.and_then(|edge| self.number(edge));
        let meets = edge.zip(above).is_some_and(|(edge, above)| match &above.from {
            GradeFrom::Share(from) => !through && from.value == edge.value,
            GradeFrom::Above(from) => !below && from.value == edge.value,
            GradeFrom::Mean | GradeFrom::Otherwise => false,
        });
        if meets {
            finding = finding.fix(Span { start: behind.end, ..span }, "");
        }
        self.findings.push(finding);
    }
}
