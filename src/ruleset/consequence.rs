//! What is said for all heads below one, or for the set: what follows when figures or evidence are missing, and which
//! texts say for which blocks, and by which method, they are.

use super::draft::{HeadDraft, Placed};
use super::header::Header;
use super::model::WhenMissing;
use crate::diagnostic::SourceId;
use crate::language::tree::{Consequence, Statement};
use crate::number::Points;

/// What holds at a head and, unless said anew, at every head below it.
#[derive(Clone, Debug, Default)]
pub(super) struct Consequences {
    pub(super) figures: WhenMissing,
    pub(super) evidence: WhenMissing,
    /// The texts that say for which blocks it is.
    blocks: Vec<SourceId>,
    /// The text that says its method.
    method: Option<SourceId>,
}

impl Consequences {
    /// What the header says.
    pub(super) fn of_set(header: &Header<'_>) -> Consequences {
        Consequences {
            figures: header.figures_missing.map(when_missing).unwrap_or_default(),
            evidence: header.evidence_missing.map(when_missing).unwrap_or_default(),
            ..Consequences::default()
        }
    }

    /// What of it holds at a penalty: points for what is missing are those of gains. A penalty that is stated and cannot
    /// be worked out is open, for 0 would be the best of it.
    pub(super) fn of_penalty(&self) -> Consequences {
        let open = |general: &WhenMissing| match general.points {
            Some(_) => WhenMissing { points: None, unscored: true, of_gains: true, ..general.clone() },
            None => general.clone(),
        };
        Consequences { figures: open(&self.figures), evidence: open(&self.evidence), ..self.clone() }
    }

    /// The texts that settle this for a leaf with this evidence.
    pub(super) fn texts(&self, evidence: &[String]) -> Vec<SourceId> {
        let evidence = Some(self.evidence.line).filter(|_| !evidence.is_empty());
        let missing = std::iter::once(self.figures.line).chain(evidence).map(|line| line.source);
        missing.chain(self.blocks.iter().copied()).chain(self.method).collect()
    }

    /// What holds where these lines stand: what they say, else what holds above.
    pub(super) fn below(&self, head: &HeadDraft<'_>) -> Consequences {
        let lines: &[Placed<'_>] = &head.lines;
        let said = |pick: fn(&Statement) -> Option<&Consequence>| {
            lines.iter().find_map(|&(statement, _)| pick(statement)).map(when_missing)
        };
        let of_blocks = |(line, span): &Placed<'_>| {
            matches!(line, Statement::OnlyBlock(_) | Statement::NotBlock(_)).then_some(span.source)
        };
        let own = head.head.method.as_ref().map(|method| method.span.source);
        Consequences {
            blocks: self.blocks.iter().copied().chain(lines.iter().filter_map(of_blocks)).collect(),
            method: own.or(self.method),
            figures: said(figures_line).unwrap_or_else(|| self.figures.clone()),
            evidence: said(evidence_line).unwrap_or_else(|| self.evidence.clone()),
        }
    }
}

fn figures_line(statement: &Statement) -> Option<&Consequence> {
    match statement {
        Statement::FiguresMissing(consequence) => Some(consequence),
        _ => None,
    }
}

fn evidence_line(statement: &Statement) -> Option<&Consequence> {
    match statement {
        Statement::EvidenceMissing(consequence) => Some(consequence),
        _ => None,
    }
}

fn when_missing(consequence: &Consequence) -> WhenMissing {
    WhenMissing {
        points: consequence.points.as_ref().map(|points| Points::new(points.value.clone())),
        unscored: consequence.unscored,
        explain: consequence.explain,
        of_gains: false,
        line: consequence.span,
    }
}
