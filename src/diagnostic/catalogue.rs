//! The shape of a chapter of problems: one place holds id, severity and the words in both languages.

use super::say::Language;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The text or sheet cannot be used.
    Error,
    /// It can be used, but an official would want to know.
    Warning,
    /// Worth saying.
    Note,
}

/// The wording of a problem in one language; `help` may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// One fact: what is wrong here.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// An entry of the catalogue of checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The stable kebab-case id; its page is `docs/diagnostics/<code>.md`.
    pub code: &'static str,
    /// The weight of every finding under this id.
    pub severity: Severity,
}

/// Declares a chapter: an enum of problems that carry data, with id, severity and words of each.
macro_rules! problems {
    (
        $(#[$meta:meta])*
        $chapter:ident {
            $(
                $variant:ident { $($field:ident: $ty:ty),* $(,)? } $severity:ident $code:literal
                vi $vi:literal, $vi_help:literal
                en $en:literal, $en_help:literal
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the words beside each variant say what it is")]
        pub enum $chapter {
            $($variant { $($field: $ty),* }),*
        }

        impl $chapter {
            /// Every id of the chapter.
            pub const ENTRIES: &'static [$crate::diagnostic::catalogue::Entry] = &[
                $($crate::diagnostic::catalogue::Entry {
                    code: $code,
                    severity: $crate::diagnostic::catalogue::Severity::$severity,
                }),*
            ];

            /// The entry of the catalogue that this problem falls under.
            pub fn entry(&self) -> $crate::diagnostic::catalogue::Entry {
                match self {
                    $(Self::$variant { .. } => $crate::diagnostic::catalogue::Entry {
                        code: $code,
                        severity: $crate::diagnostic::catalogue::Severity::$severity,
                    }),*
                }
            }

            /// The wording in one language.
            pub fn words(&self, language: $crate::diagnostic::say::Language) -> $crate::diagnostic::catalogue::Words {
                match self {
                    $(Self::$variant { $($field),* } => {
                        $(
                            let $field = $crate::diagnostic::say::Say::say($field, language);
                            let _ = &$field;
                        )*
                        $crate::diagnostic::catalogue::pick(
                            language,
                            || (format!($vi), format!($vi_help)),
                            || (format!($en), format!($en_help)),
                        )
                    }),*
                }
            }
        }

        impl From<$chapter> for $crate::diagnostic::Problem {
            fn from(problem: $chapter) -> Self {
                Self::$chapter(problem)
            }
        }
    };
}
pub(crate) use problems;

/// The words of one language, made only when asked for.
pub(crate) fn pick(
    language: Language,
    vietnamese: impl FnOnce() -> (String, String),
    english: impl FnOnce() -> (String, String),
) -> Words {
    let (message, help) = match language {
        Language::Vietnamese => vietnamese(),
        Language::English => english(),
    };
    Words { message, help }
}
