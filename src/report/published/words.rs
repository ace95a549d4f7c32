//! A published fact and what came out of it, in a sentence.

use crate::diagnostic::Language;
use crate::number::Ratio;
use crate::published::{Checked, Conflicting, Fact, Printed, Verdict};

/// What came out, in a word.
pub fn verdict(verdict: Verdict, language: Language) -> &'static str {
    match verdict {
        Verdict::Agrees => language.pick("khớp", "agrees"),
        Verdict::Consistent => language.pick("không trái", "consistent"),
        Verdict::Disagrees => language.pick("lệch", "disagrees"),
        Verdict::Cannot => language.pick("không tính được", "cannot tell"),
    }
}

/// Who speaks, and how numbers are written.
#[derive(Clone, Copy)]
struct Voice {
    language: Language,
    year: u16,
}

impl Voice {
    fn pick(self, vietnamese: String, english: String) -> String {
        self.language.pick(vietnamese, english)
    }

    fn printed(self, printed: &Printed) -> String {
        printed.text(self.language.decimal_mark())
    }

    fn signed(self, printed: &Printed) -> String {
        printed.signed(self.language.decimal_mark())
    }

    /// Exactly, or with three digits where decimals do not end.
    fn exact(self, ratio: &Ratio) -> String {
        let mark = self.language.decimal_mark();
        if ratio.is_terminating() { ratio.exact(mark) } else { format!("≈ {}", ratio.fixed(3, mark)) }
    }

    /// `= 70%`, or `≈ 33,333%`.
    fn equals(self, ratio: &Ratio) -> String {
        let exact = self.exact(ratio);
        if exact.starts_with('≈') { exact } else { format!("= {exact}") }
    }

    fn ranks(self, least: usize, most: Option<usize>) -> String {
        match most {
            Some(most) if most == least => self.pick(format!("hạng {least}"), format!("rank {least}")),
            Some(most) => self.pick(format!("hạng từ {least} đến {most}"), format!("a rank from {least} to {most}")),
            None => self.pick(format!("hạng từ {least} trở đi"), format!("rank {least} or after")),
        }
    }
}

fn places(number: i64) -> String {
    format!("{number:+}")
}

/// The fact with its arithmetic, in a sentence without its end.
pub fn fact(checked: &Checked, year: u16, language: Language) -> String {
    let voice = Voice { language, year };
    match &checked.fact {
        Fact::Sum { parts, sum, printed } => {
            let terms: Vec<String> =
                parts.iter().map(|(name, part)| format!("{name} {}", voice.printed(part))).collect();
            let (terms, sum, printed) = (terms.join(" + "), voice.exact(sum), voice.printed(printed));
            let rounded = checked.verdict == Verdict::Consistent;
            let why = if rounded {
                language.pick("; chênh vì từng phần đã làm tròn", "; what is missing was rounded off the parts")
            } else {
                ""
            };
            voice
                .pick(format!("{terms} = {sum}; in {printed}{why}"), format!("{terms} = {sum}; printed {printed}{why}"))
        }
        Fact::Elements { mean, printed } => {
            let (mean, shown) = (voice.exact(mean), voice.printed(printed));
            if checked.verdict == Verdict::Agrees {
                return voice.pick(
                    format!("trung bình cộng các yếu tố là {mean}; in {shown}"),
                    format!("the mean of the elements is {mean}; printed {shown}"),
                );
            }
            voice.pick(
                format!("trung bình cộng các yếu tố là {mean}, in {shown}: chỉ số không phải là trung bình này"),
                format!("the mean of the elements is {mean}, printed {shown}: the index is not that mean"),
            )
        }
        Fact::Points { score, scale, exact, printed } => {
            let (score, scale) = (voice.printed(score), voice.exact(scale));
            let (exact, printed) = (voice.exact(exact), voice.printed(printed));
            voice.pick(
                format!("{score}% của {scale} điểm là {exact}; in {printed}"),
                format!("{score}% of {scale} points is {exact}; printed {printed}"),
            )
        }
        Fact::Rank { .. } | Fact::Order { .. } | Fact::Equal { .. } => ranks(voice, &checked.fact),
        Fact::Band { .. } | Fact::Counts { .. } | Fact::Share { .. } => bands(voice, &checked.fact),
        Fact::Mean { .. } | Fact::AboveCount { .. } | Fact::AboveMean { .. } => means(voice, &checked.fact),
        Fact::Places { .. }
        | Fact::Change { .. }
        | Fact::Earlier { .. }
        | Fact::Moved { .. }
        | Fact::Extreme { .. } => changes(voice, &checked.fact, checked.verdict),
        Fact::Conflict { what, values } => {
            let name = match what {
                Conflicting::Score => voice.pick("chỉ số".to_owned(), "scores".to_owned()),
                Conflicting::Rank => voice.pick("hạng".to_owned(), "ranks".to_owned()),
                Conflicting::Count => voice.pick("số đơn vị".to_owned(), "counts".to_owned()),
                Conflicting::Of => {
                    voice.pick("tổng số đơn vị xếp hạng".to_owned(), "numbers of ranked units".to_owned())
                }
                Conflicting::Change(None) => voice.pick("mức tăng giảm".to_owned(), "changes".to_owned()),
                Conflicting::Change(Some(year)) => {
                    voice.pick(format!("mức tăng giảm so với {year}"), format!("changes since {year}"))
                }
                Conflicting::Places => voice.pick("số bậc tăng giảm".to_owned(), "changes of places".to_owned()),
                Conflicting::AboveMean => {
                    voice.pick("khoảng cách với trung bình".to_owned(), "distances from the mean".to_owned())
                }
                Conflicting::Share => voice.pick("tỷ lệ đơn vị".to_owned(), "shares of units".to_owned()),
                Conflicting::Cut => voice.pick("mức bắt đầu nhóm".to_owned(), "cuts".to_owned()),
                Conflicting::Part(part) => voice.pick(format!("“{part}”"), format!("values of “{part}”")),
            };
            let told: Vec<String> =
                values.iter().map(|(value, source)| format!("{} ({source})", voice.printed(value))).collect();
            let told = told.join(language.pick(" và ", " and "));
            voice.pick(format!("nguồn in {name} khác nhau: {told}"), format!("sources print different {name}: {told}"))
        }
    }
}

fn ranks(voice: Voice, fact: &Fact) -> String {
    match fact {
        Fact::Rank { printed, score: None, .. } => {
            voice.pick(format!("hạng {printed}, không in chỉ số"), format!("rank {printed}, no score is printed"))
        }
        Fact::Rank { printed, score: Some(score), least, most } => {
            let (score, ranks) = (voice.printed(score), voice.ranks(*least, *most));
            voice.pick(
                format!("chỉ số {score}: theo các chỉ số đã biết là {ranks}; in hạng {printed}"),
                format!("score {score}: by the scores known {ranks}; printed rank {printed}"),
            )
        }
        Fact::Order { units, against } if against.is_empty() => voice.pick(
            format!("{units} đơn vị có cả hạng và chỉ số: hạng trước không có chỉ số thấp hơn hạng sau"),
            format!("{units} units with rank and score: none has a lower score than one placed after it"),
        ),
        Fact::Order { against, .. } => {
            let pairs = |sign: &str| {
                let pairs: Vec<String> = against.iter().map(|(one, other)| format!("{one} {sign} {other}")).collect();
                pairs.join("; ")
            };
            voice.pick(
                format!("hạng trước mà chỉ số thấp hơn, hoặc cùng hạng mà chỉ số khác: {}", pairs("trước")),
                format!("placed before with a lower score, or level with another one: {}", pairs("before")),
            )
        }
        Fact::Equal { first, second, printed } => {
            let ((one, at), (other, after), printed) = (first, second, voice.printed(printed));
            voice.pick(
                format!("{one} (hạng {at}) và {other} (hạng {after}) cùng in {printed}: thứ tự theo số không in, hoặc theo quy tắc không nêu"),
                format!("{one} (rank {at}) and {other} (rank {after}) are both printed with {printed}: ordered by digits not printed, or by a rule not told"),
            )
        }
        _ => String::new(),
    }
}

fn bands(voice: Voice, fact: &Fact) -> String {
    match fact {
        Fact::Band { printed, by_score, by_rank } => {
            let said = [
                printed.as_ref().map(|band| voice.pick(format!("in nhóm {band}"), format!("printed band {band}"))),
                by_score
                    .as_ref()
                    .map(|band| voice.pick(format!("theo chỉ số là nhóm {band}"), format!("band {band} by score"))),
                by_rank
                    .as_ref()
                    .map(|band| voice.pick(format!("theo hạng là nhóm {band}"), format!("band {band} by rank"))),
            ];
            said.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        Fact::Counts { counts, sum, units } => {
            let terms: Vec<String> = counts.iter().map(|(_, count)| count.to_string()).collect();
            let terms = terms.join(" + ");
            let terms = if counts.len() > 1 { format!("{terms} = {sum}") } else { terms };
            voice.pick(
                format!("số đơn vị các nhóm có in: {terms}, trên {units} đơn vị"),
                format!("the bands printed hold {terms} of {units} units"),
            )
        }
        Fact::Share { band, count, units, exact, printed } => {
            let (exact, printed) = (voice.equals(exact), voice.printed(printed));
            voice.pick(
                format!("nhóm {band}: {count}/{units} {exact}%; in {printed}%"),
                format!("band {band}: {count}/{units} {exact}%; printed {printed}%"),
            )
        }
        _ => String::new(),
    }
}

fn means(voice: Voice, fact: &Fact) -> String {
    match fact {
        Fact::Mean { printed, known: (known, units), least, most } => {
            let (shown, mark) = (voice.printed(printed), voice.language.decimal_mark());
            if least == most {
                let mean = voice.exact(least);
                return voice.pick(
                    format!("trung bình của {units} chỉ số là {mean}; in {shown}"),
                    format!("the mean of {units} scores is {mean}; printed {shown}"),
                );
            }
            let (least, most) = (least.fixed(2, mark), most.fixed(2, mark));
            voice.pick(
                format!("biết {known} trên {units} chỉ số, trung bình từ {least} đến {most}; in {shown}"),
                format!("with {known} of {units} scores known the mean is from {least} to {most}; printed {shown}"),
            )
        }
        Fact::AboveCount { printed, least, most } => voice.pick(
            format!("số đơn vị trên trung bình theo hạng và chỉ số đã biết: từ {least} đến {most}; in {printed}"),
            format!("units above the mean by the ranks and scores known: from {least} to {most}; printed {printed}"),
        ),
        Fact::AboveMean { printed, score, mean, follows } => {
            let by = voice.signed(printed);
            let (Some(mean), Some(follows)) = (mean, follows) else {
                return voice.pick(
                    format!("hơn trung bình {by}; không có trung bình"),
                    format!("{by} above the mean; no mean is printed"),
                );
            };
            let (mean, follows) = (voice.printed(mean), voice.exact(follows));
            let shown = score.as_ref().map_or_else(|| String::from("–"), |score| voice.printed(score));
            voice.pick(
                format!("trung bình {mean}, hơn {by}, tức {follows}; in {shown}"),
                format!("mean {mean}, {by} above it, which makes {follows}; printed {shown}"),
            )
        }
        _ => String::new(),
    }
}

fn changes(voice: Voice, fact: &Fact, verdict: Verdict) -> String {
    match fact {
        Fact::Places { printed, now, before, since, follows } => {
            let (told, year) = (places(*printed), voice.year);
            match (now, before, follows) {
                (Some(now), Some(before), _) => voice.pick(
                    format!("hạng {before} năm {since}, hạng {now} năm {year}; in {told} bậc"),
                    format!("rank {before} in {since}, rank {now} in {year}; printed {told} places"),
                ),
                (Some(now), None, Some(rank)) => voice.pick(
                    format!("hạng {now}, in {told} bậc: năm {since} hạng {rank} (không có trong bảng năm đó)"),
                    format!("rank {now}, printed {told} places: rank {rank} in {since} (not in that year's table)"),
                ),
                (None, Some(before), Some(rank)) => voice.pick(
                    format!("hạng {before} năm {since}, in {told} bậc: năm {year} hạng {rank} (không in)"),
                    format!("rank {before} in {since}, printed {told} places: rank {rank} in {year} (not printed)"),
                ),
                _ => voice.pick(
                    format!("in {told} bậc; không có hạng năm nào"),
                    format!("printed {told} places; neither year's rank is known"),
                ),
            }
        }
        Fact::Change { printed, now, before, since, follows } => {
            let (by, year) = (voice.signed(printed), voice.year);
            let shown = |score: &Option<Printed>| score.as_ref().map(|score| voice.printed(score));
            match (shown(now), shown(before), follows.as_ref().map(|score| voice.exact(score))) {
                (Some(now), Some(before), Some(makes)) => {
                    let slack = match (verdict, fact) {
                        (Verdict::Consistent, _) => {
                            voice.language.pick(" (chênh vì làm tròn)", " (rounding)").to_owned()
                        }
                        (Verdict::Disagrees, Fact::Change { printed, now: Some(now), .. }) => {
                            let would = voice.exact(&(now.value() - printed.value()));
                            voice.pick(
                                format!(", ngược lại thì năm {since} là {would}"),
                                format!(", or else {since} was {would}"),
                            )
                        }
                        _ => String::new(),
                    };
                    voice.pick(
                        format!("{before} năm {since}, in {by}, tức {makes} năm {year}; in {now}{slack}"),
                        format!(
                            "{before} in {since}, printed {by}, which makes {makes} in {year}; printed {now}{slack}"
                        ),
                    )
                }
                (Some(now), None, Some(makes)) => voice.pick(
                    format!("{now}, in {by}: năm {since} là {makes} (không có trong bảng năm đó)"),
                    format!("{now}, printed {by}: {makes} in {since} (not in that year's table)"),
                ),
                (None, Some(before), Some(makes)) => voice.pick(
                    format!("{before} năm {since}, in {by}: năm {year} là {makes} (không in)"),
                    format!("{before} in {since}, printed {by}: {makes} in {year} (not printed)"),
                ),
                _ => voice.pick(
                    format!("in {by} so với năm {since}; không có chỉ số năm nào"),
                    format!("printed {by} since {since}; neither year's score is known"),
                ),
            }
        }
        Fact::Earlier { since, score, rank, least, most } => {
            let (score, ranks) = (voice.printed(score), voice.ranks(*least, *most));
            voice.pick(
                format!("suy ra năm {since}: {score}, hạng {rank}; trong bảng năm đó chỉ số này là {ranks}"),
                format!("what follows for {since}: {score}, rank {rank}; in that year's table such a score is {ranks}"),
            )
        }
        Fact::Moved { rose, fell, units } => voice.pick(
            format!("{rose} tăng + {fell} giảm, trên {units} đơn vị"),
            format!("{rose} rose + {fell} fell, of {units} units"),
        ),
        Fact::Extreme { greatest, printed, known, unit } => {
            let by = voice.signed(printed);
            let name = if *greatest {
                voice.language.pick("tăng nhiều nhất", "the greatest rise")
            } else {
                voice.language.pick("tăng ít nhất", "the least rise")
            };
            let who = match (unit, verdict) {
                (Some(unit), Verdict::Disagrees) => {
                    voice.pick(format!("; {unit} vượt ra ngoài"), format!("; {unit} goes beyond"))
                }
                (Some(unit), _) => format!("; {unit}"),
                (None, _) => String::new(),
            };
            voice.pick(
                format!("{name} {by}, so với {known} mức đã biết{who}"),
                format!("{name} {by}, held against {known} known{who}"),
            )
        }
        _ => String::new(),
    }
}
