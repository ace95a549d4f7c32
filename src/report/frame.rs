//! What a frame knows in place of criteria: its scale, and the counts that its decision is said to state.

use super::words::Context;
use crate::language::tree::{Count, Statement};
use crate::language::write_statement;
use crate::ruleset::Head;

/// The lines of a frame's header; none of a set whose table shows them.
pub(super) fn lines(context: &Context<'_>) -> Vec<String> {
    let ruleset = context.ruleset;
    if ruleset.frame.is_none() {
        return Vec::new();
    }
    let points = |points: &crate::number::Points| points.exact(context.language.decimal_mark());
    let mut scale = format!("{}: {}", context.pick("thang điểm", "scale"), points(&ruleset.scale));
    let shares = [
        (&ruleset.appraised, context.pick("thẩm định", "appraised")),
        (&ruleset.survey, context.pick("điều tra", "survey")),
    ];
    for (share, name) in shares {
        if let Some(share) = share {
            scale.push_str(&format!("; {name} {}", points(share)));
        }
    }
    std::iter::once(scale).chain(counts(context, &ruleset.counts)).collect()
}

/// The counts stated under a head of a frame.
pub(super) fn under(context: &Context<'_>, head: &Head) -> Option<String> {
    context.ruleset.frame.as_ref()?;
    counts(context, &head.counts)
}

fn counts(context: &Context<'_>, counts: &[Count]) -> Option<String> {
    let said = || write_statement(&Statement::Contains(counts.to_vec()), "", context.language);
    (!counts.is_empty()).then(said)
}
