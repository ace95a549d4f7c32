//! What a set says otherwise than an earlier one, as text.

use super::lines::{Unlisted, unlisted};
use super::{Became, Difference, Whole, differences, unknown_points};
use crate::report::labels::{labels, named};
use crate::report::sources::codes;
use crate::report::words::{self, Context};
use crate::ruleset::{Earlier, Head, Pairs};

/// The differences as text, below the labels of both sets.
pub fn against(set: Whole<'_>, earlier: Whole<'_>) -> String {
    let (new, old) = (set.0, earlier.0);
    let mut text = String::new();
    for context in [new, old] {
        text.push_str(&named(context));
        for label in labels(context, false) {
            text.push_str(&format!("! {label}\n"));
        }
    }
    let against = new.pick("so với", "against");
    text.push_str(&format!("\n{} {against} {}:\n", new.ruleset.name(), old.ruleset.name()));
    let found = differences(set, earlier);
    let told = found.iter().filter(|difference| difference.became != Became::Unlinked);
    let told: String = told.map(|difference| one(difference, new, old)).collect();
    text.push_str(&told);
    let unlisted = unlisted(set, earlier);
    if told.is_empty() {
        text.push_str(&format!("  {}\n", new.pick(
            "không thấy khác ở những dòng đem so; hai văn bản khác nhau ở những dòng không liệt kê ở đây (như năm, nguồn, ví dụ, kiểm thử)",
            "no line compared differs; the two texts differ in lines that are not listed here (such as year, sources, examples, tests)",
        )));
    } else if !unlisted.is_empty() {
        let kind = |kind: Unlisted| match kind {
            Unlisted::Sources => new.pick("nguồn", "sources"),
            Unlisted::Examples => new.pick("ví dụ", "examples"),
            Unlisted::Tests => new.pick("kiểm thử", "tests"),
        };
        let kinds = unlisted.into_iter().map(kind).collect::<Vec<_>>().join(", ");
        text.push_str(&new.pick(
            format!("  không liệt kê ở đây, cũng khác: {kinds}\n"),
            format!("  not listed here, and other too: {kinds}\n"),
        ));
    }
    text.push_str(&not_compared(new, old, &found));
    if let Some(paired) = paired(new, old) {
        text.push_str(&format!("  {paired}\n"));
    }
    text
}

/// A difference, and below it the sources that it has on either side.
fn one(difference: &Difference, new: &Context<'_>, old: &Context<'_>) -> String {
    let mut text = format!("  {}\n", difference.words);
    let year = |context: &Context<'_>| context.ruleset.year;
    let both = difference.sources == difference.sources_before;
    let newer = if both { format!("{}, {}", year(new), year(old)) } else { year(new).to_string() };
    let earlier = if both { &[] } else { difference.sources_before.as_slice() };
    let sides = [(newer, new, difference.sources.as_slice()), (year(old).to_string(), old, earlier)];
    for (years, context, sources) in sides {
        // What the whole set stands on is said above.
        let of_set = words::sources(context, &context.ruleset.provenance);
        for source in sources.iter().filter(|source| !of_set.contains(source)) {
            text.push_str(&format!("      {years}: {source}\n"));
        }
    }
    text
}

/// The heads of either set that are not compared, or not in their points, with the reason.
fn not_compared(new: &Context<'_>, old: &Context<'_>, found: &[Difference]) -> String {
    let mut text = String::new();
    let mut line = |context: &Context<'_>, heads: &[&Head], words: &str| {
        if !heads.is_empty() {
            text.push_str(&format!("  {} {}: {words}\n", context.ruleset.name(), codes(heads)));
        }
    };
    for context in [new, old] {
        let mut reasons: Vec<(&str, Vec<&Head>)> = Vec::new();
        for difference in found.iter().filter(|difference| difference.became == Became::Unlinked) {
            let code = match (&difference.code, difference.was.first()) {
                (Some(code), _) if std::ptr::eq(context, new) => code,
                (None, Some(code)) if std::ptr::eq(context, old) => code,
                _ => continue,
            };
            let Some((_, head)) = context.ruleset.by_code(code) else { continue };
            match reasons.iter_mut().find(|(words, _)| *words == difference.words) {
                Some((_, heads)) => heads.push(head),
                None => reasons.push((&difference.words, vec![head])),
            }
        }
        for (words, heads) in reasons {
            line(context, &heads, words);
        }
    }
    // Of a head whose points one of the two does not know, its other lines are compared.
    let (mut newer, mut earlier): (Vec<&Head>, Vec<&Head>) = (Vec::new(), Vec::new());
    let pairs = Pairs::of_set(new.ruleset, old.ruleset, &[]);
    for head in &new.ruleset.heads {
        let Earlier::Codes(were) = pairs.told(&head.code) else { continue };
        let were = || were.iter().filter_map(|code| old.ruleset.by_code(code)).map(|(_, head)| head);
        let known = |was: &&Head| !unknown_points(old.ruleset, was);
        match unknown_points(new.ruleset, head) {
            true if were().any(|was| known(&was)) => newer.push(head),
            false => earlier.extend(were().filter(|was| !known(was))),
            true => {}
        }
    }
    let words =
        new.pick("khung chưa rõ mấy điểm, nên không so điểm", "a frame without the points, so these are not compared");
    line(new, &newer, words);
    line(old, &earlier, words);
    for told in frames(new, old) {
        text.push_str(&format!("  {told}\n"));
    }
    text
}

/// What bears on the differences as a whole: that a set is a frame, that heads are paired by their codes.
pub fn notes(new: &Context<'_>, old: &Context<'_>) -> Vec<String> {
    let mut notes = frames(new, old);
    notes.extend(paired(new, old));
    notes
}

/// That of lines which a frame does not state nobody knows whether they changed.
fn frames(new: &Context<'_>, old: &Context<'_>) -> Vec<String> {
    let frames = [new, old].into_iter().filter(|context| context.ruleset.frame.is_some());
    let told = frames.map(|frame| {
        let name = frame.ruleset.name();
        new.pick(
            format!("{name} là khung: dòng nào khung không nêu thì không biết có đổi không, nên không liệt kê"),
            format!("{name} is a frame: of lines that it does not state nobody knows whether they changed; they are not listed"),
        )
    });
    told.collect()
}

/// That heads are held against those of their code, and why.
fn paired(new: &Context<'_>, old: &Context<'_>) -> Option<String> {
    let numbers = new.ruleset.authorities.iter().map(|(number, _)| number.as_str());
    let decisions = || numbers.collect::<Vec<_>>().join("; ");
    by_codes(new, old).then(|| {
        let decisions = decisions();
        new.pick(
            format!("hai bộ cùng căn cứ {decisions}: mục nào không ghi kế tục mục nào thì so với mục cùng mã"),
            format!("both stand on {decisions}: a head that does not say what it was is held against that of its code"),
        )
    })
}

/// Whether heads are held against each other by their codes alone.
fn by_codes(new: &Context<'_>, old: &Context<'_>) -> bool {
    let (set, earlier) = (new.ruleset, old.ruleset);
    set.name() != earlier.name() && set.path == earlier.path && !set.builds_on(earlier) && set.same_decisions(earlier)
}
