//! What a set builds on, what it changes, and where its heads come from, in words.

use super::words::Context;
use crate::diagnostic::{Both, Language, Say};
use crate::language::date_text;
use crate::language::tree::Statement;
use crate::language::write_statement;
use crate::number::Points;
use crate::ruleset::{Change, ChangeKind, Decision, Head, HeadId};

/// The decisions that a head rests on: `theo 876/QĐ-BNV, sửa đổi bởi 1187/QĐ-BNV`; nothing of a set that extends none.
pub fn decisions(context: &Context<'_>, id: HeadId) -> Option<String> {
    context.ruleset.extends.as_ref()?;
    let decisions = context.ruleset.decisions_of(id);
    let (first, later) = decisions.split_first()?;
    let mut words = format!("{} {}", context.pick("theo", "by"), name(first));
    for (at, decision) in later.iter().enumerate() {
        let amended = if at == 0 { context.pick(", sửa đổi bởi", ", amended by") } else { "," };
        words.push_str(&format!("{amended} {}", name(decision)));
    }
    Some(words)
}

/// A decision by its number, or by the set where it states none.
pub fn name(decision: &Decision) -> &str {
    decision.authorities.first().map_or(&decision.name, |(number, _)| number)
}

/// What the set extends, which edition it takes the place of, what it locks and opens; a line each.
pub fn standing(context: &Context<'_>) -> Vec<String> {
    let ruleset = context.ruleset;
    let mut lines = Vec::new();
    if let Some(extends) = &ruleset.extends {
        lines.push(format!("{}: {}", context.pick("kế thừa", "extends"), extends.name()));
    }
    let statement = |statement: &Statement| write_statement(statement, "", context.language);
    lines.extend(ruleset.supersedes.iter().map(|said| statement(&Statement::Supersedes(said.clone()))));
    lines.extend(ruleset.locks.iter().map(|(target, _)| statement(&Statement::Lock(target.clone()))));
    lines.extend(ruleset.openings.iter().map(|(open, _)| statement(&Statement::Open(open.clone()))));
    lines
}

/// What the set changes of the one that it extends, a line each.
pub fn changes(context: &Context<'_>) -> Vec<String> {
    context.ruleset.changes.iter().map(|change| self::change(change).say(context.language)).collect()
}

/// One change in words.
pub fn change(change: &Change) -> Both {
    let one = |language: Language| words(&change.kind, language);
    Both::new(one(Language::Vietnamese), one(Language::English))
}

fn words(kind: &ChangeKind, language: Language) -> String {
    let points = |points: &Option<Points>| match points {
        Some(points) => {
            let unit = language.pick("điểm", if points.say(language) == "1" { "point" } else { "points" });
            format!(", {} {unit}", points.say(language))
        }
        None => String::new(),
    };
    match kind {
        ChangeKind::Added { code, title, points: maximum } => {
            format!("{} {code} {title}{}", language.pick("bổ sung", "added"), points(maximum))
        }
        ChangeKind::Amended { code, title, before, now, by_block, lines } => {
            let mut what: Vec<String> = Vec::new();
            let bare =
                |points: &Option<Points>| points.as_ref().map_or_else(|| "…".to_owned(), |points| points.say(language));
            let steps = |before, now| format!("{} → {} {}", bare(before), bare(now), language.pick("điểm", "points"));
            if before != now {
                what.push(steps(before, now));
            }
            what.extend(by_block.iter().map(|(block, before, now)| {
                format!("{} {block} {}", language.pick("khối", "block"), steps(before, now))
            }));
            what.extend(lines.iter().map(|line| line.say(language)));
            let what = if what.is_empty() { String::new() } else { format!(": {}", what.join("; ")) };
            format!("{} {code} {title}{what}", language.pick("sửa", "amended"))
        }
        ChangeKind::Repealed { code, title, points: maximum, reason } => {
            format!("{} {code} {title}{}: {reason}", language.pick("bãi bỏ", "repealed"), points(maximum))
        }
        ChangeKind::Renumbered { from, to, title } => {
            format!("{} {from} → {to} {title}", language.pick("đổi mã", "renumbered"))
        }
        ChangeKind::Split { code, title } => format!("{} {code} {title}", language.pick("chia", "split")),
        ChangeKind::Parameter { name, before, now } => {
            let value = |line: &Both| {
                let line = line.say(language);
                line.rsplit_once(": ").map_or_else(|| line.clone(), |(_, value)| value.to_owned())
            };
            format!("{} {name}: {} → {}", language.pick("tham số", "parameter"), value(before), value(now))
        }
        ChangeKind::Header { line } => format!("{}: {}", language.pick("phần đầu", "header"), line.say(language)),
        ChangeKind::Template { name, known: true } => {
            format!("{} {name}", language.pick("viết lại mẫu", "template anew:"))
        }
        ChangeKind::Template { name, .. } => format!("{} {name}", language.pick("thêm mẫu", "new template")),
        ChangeKind::Questionnaire { name, known: true } => {
            format!("{} {name}", language.pick("viết lại phiếu", "questionnaire anew:"))
        }
        ChangeKind::Questionnaire { name, .. } => {
            format!("{} {name}", language.pick("thêm phiếu", "new questionnaire"))
        }
        ChangeKind::TestLeft { name } => language.pick(
            format!("không lấy kiểm thử \"{name}\": nó hỏi tới điều đã sửa"),
            format!("test \"{name}\" not taken over: it asks for what is amended"),
        ),
    }
}

/// Where a head comes from, a line each.
pub fn lineage(context: &Context<'_>, head: &Head) -> Vec<String> {
    let statement = |statement: &Statement| write_statement(statement, "", context.language);
    let replaces = head.replaces.iter().map(|said| statement(&Statement::Replaces(said.clone())));
    replaces.chain(head.starts.iter().map(|year| statement(&Statement::Starts(year.clone())))).collect()
}

/// That an edition counts from a day on only, which every output made from it says.
pub(super) fn from_a_day(context: &Context<'_>) -> Option<String> {
    let said = context.ruleset.supersedes.as_ref().filter(|said| !said.whole_year)?;
    let (edition, from) = (context.ruleset.edition, date_text(said.from.value));
    Some(context.pick(
        format!("LẦN BAN HÀNH {edition}: áp dụng từ {from}, trước đó là lần {}", said.edition.value),
        format!("EDITION {edition}: holds from {from}, edition {} before", said.edition.value),
    ))
}
