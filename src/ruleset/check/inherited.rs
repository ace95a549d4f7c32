//! Counts that a set takes over and no longer holds: what changed them is told, and not the text that stated them.

use super::super::build::Built;
use super::super::compose::{Change, ChangeKind, Composed};
use super::counts::words;
use crate::diagnostic::{Both, Budget, Diagnostic, Problem, SourceId, Span};

/// Puts the findings on counts that another text states where this one adds, repeals or divides such heads.
pub(in super::super) fn counts(
    (name, composed): (&str, &Composed),
    built: &[Built],
    (source, extends): (SourceId, Span),
    findings: &mut [Diagnostic],
) {
    for finding in findings.iter_mut().filter(|finding| finding.span.source != source) {
        let Problem::Budget(Budget::CountMismatch { level, counted, stated, .. }) = &finding.problem else { continue };
        let of_level = |change: &&Change| match &change.kind {
            ChangeKind::Added { code, .. } => built.iter().any(|built| {
                let own = words(built.head.level);
                built.head.code == *code && (level.0.starts_with(&own.0) || level.1.starts_with(&own.1))
            }),
            _ => false,
        };
        let other = |change: &&Change| matches!(change.kind, ChangeKind::Repealed { .. } | ChangeKind::Split { .. });
        let changes = &composed.changes;
        let cause = changes.iter().find(of_level).or_else(|| changes.iter().find(other));
        let mend = Both::new(
            format!("số ấy kế thừa từ `{name}`; số mục nay khác thì nêu lại trong bộ này bằng dòng `gồm: …`"),
            format!(
                "that number is taken over from `{name}`; if there are others now, state them here in a line `contains: …`"
            ),
        );
        let problem = Budget::CountMismatch { level: level.clone(), counted: *counted, stated: *stated, mend };
        let mut told = Diagnostic::new(problem, cause.map_or(extends, |change| change.span));
        told.labels = std::mem::take(&mut finding.labels);
        *finding = told.label(finding.span, "số ấy nêu ở đây", "it is stated here");
    }
}
