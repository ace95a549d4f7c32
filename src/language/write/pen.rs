//! The pen: words with one space between them, marks that cling to the word before.

use super::super::keyword::Keyword;
use super::super::literal::{date_text, quote};
use super::super::tree::{Number, Unit};
use crate::diagnostic::{Language, Texts};
use crate::number::Ratio;

/// Writes one statement, a word at a time.
pub(super) struct Pen<'t> {
    pub(super) language: Language,
    /// The text that spans point into: a script is sliced from it.
    pub(super) source: Texts<'t>,
    pub(super) text: String,
    /// The next word clings to what stands before it.
    glued: bool,
}

impl<'t> Pen<'t> {
    pub(super) fn new(source: Texts<'t>, language: Language) -> Self {
        Self { language, source, text: String::new(), glued: true }
    }

    /// A word, with a space before it where one belongs.
    pub(super) fn word(&mut self, word: &str) -> &mut Self {
        if !self.glued {
            self.text.push(' ');
        }
        self.text.push_str(word);
        self.glued = false;
        self
    }

    /// `:`, `;`, `,` or `)`: clings to the word before.
    pub(super) fn mark(&mut self, mark: &str) -> &mut Self {
        self.text.push_str(mark);
        self
    }

    /// What the next word clings to: the `(` of a call or of a template.
    pub(super) fn open(&mut self) -> &mut Self {
        self.text.push('(');
        self.glued = true;
        self
    }

    /// A sign before a word: `(` of a bracket, `-` of a negation.
    pub(super) fn sign(&mut self, sign: &str) -> &mut Self {
        self.word(sign);
        self.glued = true;
        self
    }

    pub(super) fn keyword(&mut self, keyword: Keyword) -> &mut Self {
        self.word(keyword.canonical(self.language))
    }

    /// A keyword that counts: `1 point`, `2 points`.
    pub(super) fn counted(&mut self, keyword: Keyword, one: bool) -> &mut Self {
        let word = match (self.language, keyword) {
            (Language::English, Keyword::Points) if one => "point",
            (Language::English, Keyword::PercentagePoints) if one => "percentage point",
            (Language::English, Keyword::Digits) if one => "digit",
            (Language::English, Keyword::Days) if one => "day",
            (Language::English, Keyword::Hours) if one => "hour",
            (Language::English, Keyword::WorkingDays) if one => "working day",
            (Language::English, Keyword::Answers) if one => "answer",
            (Language::English, Keyword::InQuestions) if one => "question",
            (Language::English, Keyword::AreaCount) if one => "area",
            (Language::English, Keyword::CriterionCount) if one => "criterion",
            (Language::English, Keyword::SubCriterionCount) if one => "sub-criterion",
            _ => keyword.canonical(self.language),
        };
        self.word(word)
    }

    /// A keyword and the colon after it.
    pub(super) fn property(&mut self, keyword: Keyword) -> &mut Self {
        self.keyword(keyword).mark(":")
    }

    pub(super) fn string(&mut self, text: &str) -> &mut Self {
        self.word(&quote(text))
    }

    pub(super) fn date(&mut self, days: i32) -> &mut Self {
        self.word(&date_text(days))
    }

    /// A number with what it carries, in the file's language.
    pub(super) fn number(&mut self, number: &Number) -> &mut Self {
        match number.unit {
            Unit::None => self.word(&self.exact(&number.value)),
            Unit::Percent => {
                let percent = self.exact(&(&number.value * &Ratio::from(100)));
                self.word(&percent).mark("%")
            }
            Unit::PercentagePoints => {
                let percent = &number.value * &Ratio::from(100);
                let written = self.exact(&percent);
                self.word(&written).counted(Keyword::PercentagePoints, percent.abs() == Ratio::ONE)
            }
            Unit::Points => self.points(&number.value),
        }
    }

    /// `n điểm`, or `trừ n điểm` of a negative number.
    pub(super) fn points(&mut self, value: &Ratio) -> &mut Self {
        if value.is_negative() {
            self.keyword(Keyword::Minus);
        }
        let size = value.abs();
        let written = self.exact(&size);
        self.word(&written).counted(Keyword::Points, size == Ratio::ONE)
    }

    pub(super) fn exact(&self, value: &Ratio) -> String {
        value.exact(self.language.decimal_mark())
    }

    /// Items with `;` between them.
    pub(super) fn items<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) -> &mut Self {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.mark(";");
            }
            each(self, item);
        }
        self
    }
}
