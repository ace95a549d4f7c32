//! What may be stated of a figure, in words.

use super::{Context, working};
use crate::ruleset::meaning::Kind;
use crate::ruleset::{Figure, FigureKind, Leaf, Origin, Side};

/// The type of a figure as its line names it.
pub fn kind(context: &Context<'_>, kind: &FigureKind) -> String {
    let word = match kind {
        FigureKind::YesNo => context.pick("có/không", "yes/no"),
        FigureKind::Number(Kind::Count) => context.pick("số đếm", "count"),
        FigureKind::Number(Kind::Rate) => context.pick("tỷ lệ", "rate"),
        FigureKind::Number(Kind::Money) => context.pick("số tiền", "money"),
        FigureKind::Number(Kind::Date) => context.pick("ngày", "date"),
        FigureKind::Number(Kind::Moment) => context.pick("ngày giờ", "date-time"),
        FigureKind::Number(_) => context.pick("số", "number"),
        FigureKind::Text => context.pick("văn bản", "text"),
        FigureKind::Rows(_) => context.pick("danh sách", "list"),
        FigureKind::Choice(options) => {
            let options: Vec<String> = options.iter().map(|option| crate::language::quote(option)).collect();
            return format!("{} {}", context.pick("lựa chọn", "choice"), options.join("; "));
        }
    };
    word.to_owned()
}

/// Its bounds and what else its line says of the value, each after a comma: `, ít nhất 1, không quá a`. Nothing of a value that
/// the leaf does not state.
pub fn bounds(context: &Context<'_>, leaf: &Leaf, figure: &Figure) -> String {
    if figure.origin != Origin::Stated {
        return String::new();
    }
    let limits = figure.limits.iter().map(|limit| {
        let bound = working::expression(context, leaf, &limit.bound);
        match limit.side {
            Side::Least => context.pick(format!(", ít nhất {bound}"), format!(", at least {bound}")),
            Side::Most => context.pick(format!(", không quá {bound}"), format!(", at most {bound}")),
        }
    });
    let digits = figure.digits.map(|digits| {
        let english = if digits == 1 { "digit" } else { "digits" };
        context.pick(format!(", {digits} chữ số thập phân"), format!(", {digits} {english} after the mark"))
    });
    let anywhen = context.pick(", kể cả ngoài kỳ đánh giá", ", also outside the period");
    let anywhen = figure.beyond_period.then(|| anywhen.to_owned());
    limits.chain(digits).chain(anywhen).collect()
}
