//! A set as it reads in the other language: what the language itself names is named in that.

use std::borrow::Cow;
use std::sync::Arc;

use super::model::{Leaf, Ruleset};
use crate::diagnostic::Language;

impl Ruleset {
    /// The set with derived values by their names in a language; what its text says stays as it is written.
    pub fn spoken(&self, language: Language) -> Cow<'_, Self> {
        if language == self.language {
            return Cow::Borrowed(self);
        }
        let mut spoken = self.clone();
        spoken.heads.iter_mut().filter_map(|head| head.leaf.as_mut()).for_each(|leaf| rename(leaf, language));
        for own in spoken.by_block.values_mut() {
            *own = Arc::new(own.spoken(language).into_owned());
        }
        Cow::Owned(spoken)
    }
}

fn rename(leaf: &mut Leaf, language: Language) {
    for figure in &mut leaf.figures {
        if let Some(made) = &figure.made {
            figure.name.clone_from(language.pick(&made.name.0, &made.name.1));
            figure.label.clone_from(language.pick(&made.label.0, &made.label.1));
        }
    }
}
