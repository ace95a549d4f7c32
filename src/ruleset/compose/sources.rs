//! Whose the new numbers are: what a set adds or amends stands on its own source, not on that of the set it extends.

use super::Work;
use super::blocks::Kind;
use super::nature::nature;
use super::steps::{Act, Step};
use crate::language::tree::{Line, Statement};

impl Work<'_, '_> {
    /// Writes the set's own source under the heads that it adds or whose points it decides, where they name none: the
    /// old source, which went down to the areas, would otherwise be the nearest, and a placed number look official.
    pub(super) fn sources(&mut self, header: &[Line], steps: &[Step<'_>]) {
        let own: Vec<Line> = header.iter().filter(|line| is_source(line)).cloned().collect();
        if own.is_empty() {
            return;
        }
        for step in steps.iter().filter(|step| !step.lines.iter().any(is_source)) {
            let code = match step.act {
                Act::New(head) if self.under_old(&head.code.value) => head.code.value.clone(),
                Act::Amend(amend)
                    if amend.head.points.is_some()
                        || amend.head.floor.is_some()
                        || step
                            .lines
                            .iter()
                            .filter_map(|line| line.statement.as_ref())
                            .any(|said| nature(said).scores) =>
                {
                    self.now(&amend.head.code.value)
                }
                _ => continue,
            };
            let block = self.blocks.iter_mut().find(|block| block.place().is_some_and(|place| place.code == code));
            let Some(block) = block else { continue };
            block.lines.retain(|line| !is_source(line));
            let at = block.lines.len().min(1);
            block.lines.splice(at..at, own.iter().cloned());
        }
    }

    /// Whether the head right above a new one is taken over.
    fn under_old(&self, code: &str) -> bool {
        let above = |wanted: &str| {
            self.blocks.iter().find_map(|block| match &block.kind {
                Kind::Head(place) if place.code == wanted => Some(place),
                _ => None,
            })
        };
        let parent = above(code).and_then(|place| place.parent.as_deref());
        parent.and_then(above).is_some_and(|place| place.old.is_some())
    }
}

fn is_source(line: &Line) -> bool {
    matches!(line.statement, Some(Statement::Provenance(_)))
}
