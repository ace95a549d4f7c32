//! Header lines and the properties that heads share with them.

use super::super::keyword::Keyword;
use super::super::tree::{
    Aggregation, Consequence, Count, CountedFor, Grade, GradeBasis, GradeCeiling, GradeFrom, Level, Number, OutsideCap,
    Preferred, Provenance, ProvenanceKind, Quoted, Ranking, RoundedLevel, RoundingRule, Scale, Spanned, Ties, Track,
};
use super::pen::Pen;

impl Pen<'_> {
    /// `lĩnh vực 3`.
    pub(super) fn preferred(&mut self, head: &Preferred) -> &mut Self {
        self.level(head.level).word(&head.code.value)
    }

    pub(super) fn strings(&mut self, strings: &[Quoted]) -> &mut Self {
        self.items(strings, |pen, text| {
            pen.string(&text.value);
        })
    }

    pub(super) fn provenance(&mut self, provenance: &Provenance) {
        self.property(Keyword::Source).source_kind(provenance);
        for (index, note) in provenance.notes.iter().enumerate() {
            self.mark(if index == 0 { "," } else { ";" }).string(&note.value);
        }
    }

    /// `, nguồn dựng lại, "…"`, at the end of the line of what comes from there.
    pub(super) fn own_sources(&mut self, sources: &[Provenance]) -> &mut Self {
        for source in sources {
            self.mark(",").keyword(Keyword::Source).source_kind(source);
            for note in &source.notes {
                self.mark(",").string(&note.value);
            }
        }
        self
    }

    fn source_kind(&mut self, provenance: &Provenance) -> &mut Self {
        match &provenance.kind.value {
            ProvenanceKind::Official => self.keyword(Keyword::Official),
            ProvenanceKind::Amended(by) => self.keyword(Keyword::AmendedBy).string(&by.value),
            ProvenanceKind::Reconstructed => self.keyword(Keyword::Reconstructed),
            ProvenanceKind::Illustrative => self.keyword(Keyword::Illustrative),
        }
    }

    pub(super) fn scale(&mut self, scale: &Scale) {
        self.property(Keyword::Scale).points(&scale.total.value);
        let shares = [
            (Keyword::Appraised, &scale.appraised, scale.appraised_not_known),
            (Keyword::Survey, &scale.survey, scale.survey_not_known),
        ];
        for (keyword, share, not_known) in shares {
            if let Some(share) = share {
                self.mark(";").keyword(keyword).points(&share.value);
            } else if not_known.is_some() {
                self.mark(";").keyword(keyword).keyword(Keyword::NotKnown);
            }
        }
        if scale.if_held && (scale.survey.is_some() || scale.survey_not_known.is_some()) {
            self.mark(",").keyword(Keyword::IfHeld);
        }
        self.block_points(&scale.blocks);
    }

    pub(super) fn survey_not_held(&mut self, rebase: Option<&Number>) {
        self.property(Keyword::SurveyNotHeld);
        match rebase {
            Some(points) => self.keyword(Keyword::RebaseTo).points(&points.value),
            None => self.keyword(Keyword::Unscored),
        };
    }

    pub(super) fn outside_cap(&mut self, cap: &OutsideCap) {
        self.property(if cap.level == Level::Penalty { Keyword::Penalty } else { Keyword::Bonus });
        match &cap.most {
            Some(most) => self.keyword(Keyword::AtMost).points(&most.value),
            None => self.keyword(Keyword::NotKnown),
        };
        if let Some(index) = &cap.index {
            self.mark(",").keyword(Keyword::RoundIndex).keyword(Keyword::AtMost).number(index);
        }
    }

    pub(super) fn contains(&mut self, counts: &[Count]) {
        self.property(Keyword::Contains).items(counts, |pen, count| {
            let level = match count.level {
                Level::Area => Keyword::AreaCount,
                Level::Criterion => Keyword::CriterionCount,
                // Nothing outside the scale is counted.
                Level::SubCriterion | Level::Bonus | Level::Penalty => Keyword::SubCriterionCount,
            };
            pen.word(&count.count.value.to_string()).counted(level, count.count.value == 1);
            match count.only {
                Some(CountedFor::EveryBlock) => drop(pen.keyword(Keyword::CommonCount)),
                Some(CountedFor::SomeBlocks) => drop(pen.keyword(Keyword::SpecificCount)),
                None => {}
            }
            if let Some(other) = &count.other {
                pen.mark(",").keyword(Keyword::OtherSource).word(&other.value.to_string());
            }
            pen.own_sources(&count.sources);
        });
    }

    pub(super) fn consequence(&mut self, of: Keyword, consequence: &Consequence) {
        self.keyword(of);
        let mut mark = ":";
        if consequence.unscored {
            self.mark(mark).keyword(Keyword::Unscored);
            mark = ",";
        }
        if let Some(points) = &consequence.points {
            self.mark(mark).points(&points.value);
            mark = ",";
        }
        if consequence.explain {
            self.mark(mark).keyword(Keyword::MustExplain);
        }
    }

    pub(super) fn tracks(&mut self, tracks: &[Spanned<Track>]) {
        self.property(Keyword::Tracks).items(tracks, |pen, track| {
            pen.keyword(match track.value {
                Track::SelfScore => Keyword::SelfScore,
                Track::Appraisal1 => Keyword::Appraisal1,
                Track::Explanation => Keyword::Explanation,
                Track::Appraisal2 => Keyword::Appraisal2,
            });
        });
    }

    pub(super) fn rounding(&mut self, rule: &RoundingRule) {
        self.property(Keyword::Rounding);
        let Some(level) = &rule.level else {
            self.keyword(Keyword::None);
            return;
        };
        self.keyword(match level.value {
            RoundedLevel::EachLeaf => Keyword::EachLeaf,
            RoundedLevel::Area => Keyword::RoundArea,
            RoundedLevel::Index => Keyword::RoundIndex,
        });
        self.mark(",").digits(rule.digits.value).mark(",").keyword(Keyword::HalfUp);
    }

    pub(super) fn digits(&mut self, digits: u32) -> &mut Self {
        self.word(&digits.to_string()).counted(Keyword::Digits, digits == 1)
    }

    fn basis(&mut self, basis: GradeBasis) -> &mut Self {
        self.keyword(match basis {
            GradeBasis::Rounded => Keyword::OnRounded,
            GradeBasis::Exact => Keyword::OnExact,
        })
    }

    pub(super) fn ranking(&mut self, ranking: &Ranking) {
        self.property(Keyword::Ranking);
        match &ranking.ties {
            Ties::SharedSkip => {
                self.keyword(Keyword::Shared).mark(",").keyword(Keyword::Skip);
            }
            Ties::SharedDense => {
                self.keyword(Keyword::Shared).mark(",").keyword(Keyword::NoSkip);
            }
            Ties::Broken(preferred) => {
                self.keyword(Keyword::NoTies);
                if !preferred.is_empty() {
                    self.mark(",").keyword(Keyword::Prefer);
                }
                self.items(preferred, |pen, head| {
                    pen.preferred(head);
                });
            }
        }
        if let Some(basis) = &ranking.basis {
            self.mark(",").basis(basis.value);
        }
    }

    pub(super) fn grades(
        &mut self,
        (basis, before_outside): (Option<&Spanned<GradeBasis>>, bool),
        grades: &[Grade],
        ungraded: bool,
    ) {
        self.property(Keyword::Grades);
        if let Some(basis) = basis {
            self.basis(basis.value);
            if before_outside {
                self.mark(",").keyword(Keyword::BeforeOutside);
            }
            self.mark(";");
        }
        self.items(grades, |pen, grade| {
            pen.string(&grade.name.value);
            match &grade.from {
                GradeFrom::Share(from) => pen.keyword(Keyword::From).number(from),
                GradeFrom::Above(from) => pen.keyword(Keyword::Above).number(from),
                GradeFrom::Mean => pen.keyword(Keyword::From).keyword(Keyword::OverallMean),
                GradeFrom::Otherwise => pen.keyword(Keyword::Otherwise),
            };
        });
        if ungraded {
            self.mark(";").keyword(Keyword::Otherwise).keyword(Keyword::NoGrade);
        }
    }

    pub(super) fn grade_ceiling(&mut self, ceiling: &GradeCeiling) {
        self.property(Keyword::Grades).keyword(Keyword::AtMost).string(&ceiling.at_most.value).keyword(Keyword::When);
        self.level(ceiling.head.level).word(&ceiling.head.code.value).keyword(Keyword::Below).number(&ceiling.below);
    }

    pub(super) fn aggregation(&mut self, aggregation: Aggregation) {
        self.property(Keyword::Aggregation).keyword(match aggregation {
            Aggregation::Sum => Keyword::SumUp,
            Aggregation::WeightedMean => Keyword::WeightedMean,
            Aggregation::Weakest => Keyword::Weakest,
        });
    }
}
