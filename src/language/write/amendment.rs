//! Years, levels and editions.

use super::super::keyword::Keyword;
use super::super::tree::{Amend, Extends, Level, Open, Opening, Renumber, Repeal, Replaces, Supersedes, Target};
use super::pen::Pen;

impl Pen<'_> {
    pub(super) fn extends(&mut self, extends: &Extends) {
        self.property(Keyword::Extends).word(&extends.path.value).keyword(Keyword::Year);
        self.word(&extends.year.value.to_string());
        if let Some(edition) = &extends.edition {
            self.mark(",").keyword(Keyword::Edition).word(&edition.value.to_string());
        }
    }

    pub(super) fn supersedes(&mut self, supersedes: &Supersedes) {
        self.property(Keyword::Supersedes).keyword(Keyword::Edition).word(&supersedes.edition.value.to_string());
        self.mark(",").keyword(Keyword::From).date(supersedes.from.value);
        if supersedes.whole_year {
            self.mark(",").keyword(Keyword::WholeYear);
        }
    }

    pub(super) fn amend(&mut self, amend: &Amend) {
        self.keyword(Keyword::Amend).level(amend.head.level).word(&amend.head.code.value);
        if amend.retitled {
            self.string(&amend.head.title.value);
        }
        self.worth(&amend.head);
    }

    pub(super) fn target(&mut self, target: &Target) -> &mut Self {
        self.level(target.level).word(&target.code.value)
    }

    pub(super) fn repeal(&mut self, repeal: &Repeal) {
        self.keyword(Keyword::Repeal).target(&repeal.target).mark(",").keyword(Keyword::Because);
        self.string(&repeal.reason.value);
    }

    pub(super) fn renumber(&mut self, renumber: &Renumber) {
        self.keyword(Keyword::Renumber).word(&renumber.from.value).keyword(Keyword::Into).word(&renumber.to.value);
    }

    pub(super) fn open_to_lower(&mut self, open: &Open) {
        self.keyword(Keyword::LowerLevel);
        let counted = |level: Level| {
            if level == Level::Criterion { Keyword::CriterionCount } else { Keyword::SubCriterionCount }
        };
        match open.opening {
            Opening::Split => self.keyword(Keyword::Split),
            Opening::SplitIn(level) => self.keyword(Keyword::Split).keyword(counted(level)).keyword(Keyword::In),
            Opening::Add(level) => self.keyword(Keyword::AddHead).keyword(counted(level)).keyword(Keyword::In),
        };
        self.target(&open.target);
    }

    pub(super) fn replaces(&mut self, replaces: &Replaces) {
        self.keyword(Keyword::Replaces).items(&replaces.codes, |pen, code| {
            pen.word(&code.value);
        });
        self.keyword(Keyword::Of).keyword(Keyword::Year).word(&replaces.year.value.to_string());
    }
}
