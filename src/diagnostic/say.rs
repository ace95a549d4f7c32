//! The two languages of tieuchi, and how values read in each.

use crate::number::{DecimalMark, Points, Ratio};

/// The language of keywords, messages and outputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Vietnamese: decimal comma.
    #[default]
    Vietnamese,
    /// English: decimal point.
    English,
}

impl Language {
    /// How numbers are written in this language.
    pub fn decimal_mark(self) -> DecimalMark {
        match self {
            Self::Vietnamese => DecimalMark::Comma,
            Self::English => DecimalMark::Point,
        }
    }

    /// One of two wordings, by language.
    pub fn pick<T>(self, vietnamese: T, english: T) -> T {
        match self {
            Self::Vietnamese => vietnamese,
            Self::English => english,
        }
    }
}

/// A value that a message quotes, in either language.
pub trait Say {
    /// The value as it reads in `language`.
    fn say(&self, language: Language) -> String;
}

impl Say for String {
    fn say(&self, _: Language) -> String {
        self.clone()
    }
}

impl Say for &'static str {
    fn say(&self, _: Language) -> String {
        (*self).to_owned()
    }
}

impl Say for usize {
    fn say(&self, _: Language) -> String {
        self.to_string()
    }
}

impl Say for u64 {
    fn say(&self, _: Language) -> String {
        self.to_string()
    }
}

impl Say for Ratio {
    fn say(&self, language: Language) -> String {
        self.exact(language.decimal_mark())
    }
}

impl Say for Points {
    fn say(&self, language: Language) -> String {
        self.exact(language.decimal_mark())
    }
}

/// Words that differ by language: the Vietnamese, then the English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Both(pub String, pub String);

impl Both {
    /// A pair of wordings.
    pub fn new(vietnamese: impl Into<String>, english: impl Into<String>) -> Self {
        Self(vietnamese.into(), english.into())
    }

    /// The same words in both languages.
    pub fn same(words: impl Into<String>) -> Self {
        let words = words.into();
        Self(words.clone(), words)
    }
}

impl Say for Both {
    fn say(&self, language: Language) -> String {
        language.pick(&self.0, &self.1).clone()
    }
}

/// A list in words: `a; b; c`.
impl<T: Say> Say for Vec<T> {
    fn say(&self, language: Language) -> String {
        self.iter().map(|item| item.say(language)).collect::<Vec<_>>().join("; ")
    }
}

/// A nearest name to offer; nothing reads as an empty string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nearest(pub Option<String>);

impl Say for Nearest {
    fn say(&self, language: Language) -> String {
        match &self.0 {
            Some(name) => language.pick(format!("; có phải là `{name}`?"), format!("; did you mean `{name}`?")),
            None => String::new(),
        }
    }
}
