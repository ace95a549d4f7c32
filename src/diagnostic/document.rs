//! What kind of file a finding is about: what is read alike is not called alike.

use super::say::{Language, Say};

/// A kind of file that is read with a ruleset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// A unit's sheet, of this year or an earlier one.
    Submission,
    /// A table of rows that a sheet names.
    Table,
    /// The register of units.
    Register,
    /// Results as printed.
    Published,
    /// Results of another index.
    Results,
    /// Answers to questionnaires.
    Answers,
    /// What was typed at the prompt.
    Prompt,
}

impl Say for Document {
    fn say(&self, language: Language) -> String {
        let (vietnamese, english) = match self {
            Self::Submission => ("hồ sơ", "the submission"),
            Self::Table => ("bảng", "the table"),
            Self::Register => ("sổ đơn vị", "the register of units"),
            Self::Published => ("bảng công bố", "the published table"),
            Self::Results => ("tệp kết quả", "the file of results"),
            Self::Answers => ("tệp kết quả phiếu", "the file of answers"),
            Self::Prompt => ("dòng lệnh", "the command"),
        };
        language.pick(vietnamese, english).to_owned()
    }
}
