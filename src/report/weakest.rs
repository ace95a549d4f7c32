//! Which part decides where the weakest one counts.

use super::scorecard::percent;
use super::words::Context;
use crate::engine::Scorecard;
use crate::number::Ratio;
use crate::ruleset::HeadId;

/// A line for each head, and for the whole, that has the points of its weakest part.
pub(super) fn weakest(context: &Context<'_>, card: &Scorecard, under: Option<HeadId>) -> String {
    let ruleset = context.ruleset;
    let heads = (0..ruleset.heads.len()).map(HeadId).filter(|&id| under.is_none_or(|top| ruleset.lies_under(id, top)));
    let whole = under.is_none().then_some(None);
    let mut text = String::new();
    for of in whole.into_iter().chain(heads.map(Some)) {
        let Some(part) = card.weakest(ruleset, of) else { continue };
        let Some((head, total)) = context.head(part).zip(card.head(part).map(|head| &head.total)) else { continue };
        let share = total.rounded.share_of(&total.maximum).unwrap_or(Ratio::ZERO);
        let name =
            of.and_then(|of| context.head(of)).map_or(context.pick("Chỉ số", "Index"), |of| of.code.as_str());
        let share = percent(context, &share);
        text.push_str(&context.pick(
            format!("{name}: lấy mục thấp nhất, {} ({share})\n", head.code),
            format!("{name}: the weakest part counts, {} ({share})\n", head.code),
        ));
    }
    text
}
