//! Blocks in words: whose result it is, why it takes no place, who is not assessed, what the header says.

use super::words::{self, Context};
use crate::analysis::ranking::Ranking;
use crate::diagnostic::Say;
use crate::engine::{Scorecard, Unranked};
use crate::language::tree::Ranked;
use crate::ruleset::{Aside, Head, HeadId};

/// The unit, its block, and why it takes no place.
pub(super) fn unit(context: &Context<'_>, card: &Scorecard) -> String {
    let mut text = format!("{}: {}\n", context.pick("Đơn vị", "Unit"), card.unit);
    if let Some(block) = &card.block {
        text.push_str(&format!("{}: {}\n", context.pick("Khối", "Block"), title(context, block)));
    }
    if let Some(why) = &card.unranked {
        let told = unranked(context, why);
        text.push_str(&context.pick(format!("Không xếp hạng: {told}\n"), format!("Not ranked: {told}\n")));
    }
    text
}

/// What a block is called; a register's own word where the set does not know it.
pub(super) fn title(context: &Context<'_>, block: &str) -> String {
    context.ruleset.block(block).map_or_else(|| block.to_owned(), |block| block.title.clone())
}

/// Why a unit takes no place.
pub(super) fn unranked(context: &Context<'_>, why: &Unranked) -> String {
    match why {
        Unranked::Block(block) => {
            let title = title(context, block);
            context.pick(format!("khối {title} không xếp hạng"), format!("the block {title} is not ranked"))
        }
        Unranked::Unit(because) => because.clone(),
        Unranked::Register => {
            context.pick("sổ đơn vị ghi không xếp hạng", "the register says that it is not ranked").to_owned()
        }
    }
}

/// A line for each unit that is not assessed.
pub(super) fn not_assessed(context: &Context<'_>, ranking: &Ranking) -> String {
    let line = |unit: &str, because: Option<&str>| {
        let why = because.map(|because| format!(": {because}")).unwrap_or_default();
        context.pick(format!("không đánh giá: {unit}{why}\n"), format!("not assessed: {unit}{why}\n"))
    };
    ranking.not_assessed.iter().map(|unit| line(&unit.unit, unit.because.as_deref())).collect()
}

/// Units named in one line; the others are counted.
const NAMED: usize = 20;

/// Who has no sheet yet, and that the places may change with them.
pub(super) fn not_submitted(context: &Context<'_>, ranking: &Ranking) -> String {
    let units = &ranking.not_submitted;
    if units.is_empty() {
        return String::new();
    }
    let named = units.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let (count, more) = (units.len(), units.len().saturating_sub(NAMED));
    let rest = context.pick(format!(" và {more} đơn vị khác"), format!(" and {more} others"));
    let rest = if more > 0 { rest } else { String::new() };
    context.pick(
        format!("chưa nộp ({count}), thứ hạng là tạm: {named}{rest}\n"),
        format!("not submitted ({count}), places are provisional: {named}{rest}\n"),
    )
}

/// What the header says of blocks and units.
pub(super) fn lines(context: &Context<'_>) -> Vec<String> {
    let blocks = context.ruleset.blocks.iter().map(|block| {
        let ranked = match block.ranked {
            Ranked::Together => context.pick("xếp hạng chung", "ranked together"),
            Ranked::Apart => context.pick("xếp hạng riêng", "ranked apart"),
            Ranked::Not => context.pick("không xếp hạng", "not ranked"),
        };
        let scale = context.ruleset.of_block(Some(&block.name)).scale.clone();
        let own = (scale != context.ruleset.scale).then(|| scale.exact(context.language.decimal_mark()));
        let own = own.map(|scale| context.pick(format!(", thang {scale} điểm"), format!(", scale {scale} points")));
        let name = context.pick("khối", "block");
        format!("{name} {}: {} ({ranked}{})", block.name, block.title, own.unwrap_or_default())
    });
    let units = context.ruleset.units.iter().map(|rule| {
        let what = if rule.not_assessed {
            context.pick("không đánh giá", "not assessed")
        } else {
            context.pick("không xếp hạng", "not ranked")
        };
        format!("{} {}: {what}, {}", context.pick("đơn vị", "unit"), rule.unit, rule.because)
    });
    blocks.chain(units).collect()
}

/// What a head is worth for blocks of their own, and to which it does not apply; what holds of the head above is told there.
pub(super) fn of_head(context: &Context<'_>, at: usize, head: &Head) -> Vec<String> {
    let ruleset = context.ruleset;
    if !head.by_block {
        return Vec::new();
    }
    let above = head.parent.map(|parent| parent.0);
    let aside =
        |at: usize, block: &str| ruleset.of_block(Some(block)).heads.get(at).and_then(|head| head.aside.clone());
    let (mut only, mut told): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    let mut limited = false;
    for block in &ruleset.blocks {
        let Some(own) = ruleset.of_block(Some(&block.name)).heads.get(at) else { continue };
        let inherited = above.and_then(|above| aside(above, &block.name)).is_some();
        match &own.aside {
            _ if inherited => {}
            Some(Aside { only: true, .. }) => limited = true,
            Some(Aside { outcome, .. }) => {
                only.push(&block.name);
                let effect = words::effect(context, outcome);
                let name = &block.name;
                told.push(context.pick(
                    format!("khối {name}: không áp dụng, {effect}"),
                    format!("block {name}: not applicable, {effect}"),
                ));
            }
            None => {
                only.push(&block.name);
                if own.maximum != head.maximum {
                    let maximum = own.maximum.exact(context.language.decimal_mark());
                    told.push(format!("{} {}: {maximum}", context.pick("khối", "block"), block.name));
                }
            }
        }
    }
    if limited {
        let blocks = only.join(", ");
        told.insert(0, context.pick(format!("chỉ khối {blocks}"), format!("block {blocks} only")));
    }
    told
}

/// What is to be said of a head scored for no block, where its points depend on one.
pub fn other_blocks(context: &Context<'_>, id: HeadId) -> Option<String> {
    let head = context.ruleset.head(id)?;
    let own = |head: HeadId| Some(of_head(context, head.0, context.ruleset.head(head)?).join("; "));
    // What holds of a head above is told there.
    let mut at = Some(id);
    let mut told = Vec::new();
    while let Some(id) = at {
        told.extend(own(id).filter(|own| !own.is_empty()));
        at = context.ruleset.head(id).and_then(|head| head.parent);
    }
    let maximum = head.maximum.say(context.language);
    (!told.is_empty()).then(|| {
        let told = told.join("; ");
        context.pick(
            format!("chưa nêu khối, tính theo {maximum} ({told}): thêm `--block`"),
            format!("no block is named, so {maximum} are taken ({told}): add `--block`"),
        )
    })
}
