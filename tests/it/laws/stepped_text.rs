//! The text of a set that is scored step by step, and of a sheet for it.

use std::fmt::Write as _;

use super::points;
use super::stepped::{Head, Leaf, Missing, STEPS, Stepped, Whose, worth};
use crate::support::{Set, set};

impl Missing {
    fn words(self) -> String {
        match self {
            Self::Unscored => "chưa chấm".to_owned(),
            Self::Points(points, explain) => {
                format!("{} điểm{}", super::points(points), if explain { ", phải giải trình" } else { "" })
            }
            Self::Explain => "phải giải trình".to_owned(),
        }
    }
}

impl Stepped {
    /// What the leaves in the scale are worth that count in one share of it.
    pub(super) fn share(&self, counts: impl Fn(&Leaf) -> bool) -> u32 {
        let leaves = self.heads.iter().filter(|head| !head.is_outside()).filter_map(Head::leaf);
        leaves.filter(|leaf| counts(leaf)).map(|leaf| leaf.worth).sum()
    }

    /// The lines of the header below the one that names the set.
    pub(super) fn settings(&self) -> Vec<String> {
        let all = self.share(|_| true);
        let asked = self.share(|leaf| leaf.whose == Whose::Survey);
        let share = match asked {
            0 => String::new(),
            asked => {
                let held = if self.optional.is_some() { ", nếu có" } else { "" };
                format!("; thẩm định {} điểm; điều tra {} điểm{held}", points(all - asked), points(asked))
            }
        };
        let tracks = ["tự chấm", "thẩm định lần 1", "giải trình", "thẩm định lần 2"][..self.steps].join("; ");
        let mut lines = vec![
            "  nguồn: minh họa, \"để thử\"".to_owned(),
            format!("  thang điểm: {} điểm{share}", points(all)),
            format!("  thiếu số liệu: {}", self.says.0.words()),
            format!("  thiếu minh chứng: {}", self.says.1.words()),
            "  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn".to_owned(),
            "  hiển thị: 2 chữ số".to_owned(),
            format!("  cách chấm: {tracks}"),
        ];
        lines.push(match self.rounding {
            Some((level, digits)) => format!("  làm tròn: {level}, {digits} chữ số, nửa lên"),
            None => "  làm tròn: không".to_owned(),
        });
        lines.extend(self.calendar.lines());
        lines.extend(self.optional.map(|rebased| {
            let follows = if rebased { format!("quy về {} điểm", points(all)) } else { "chưa chấm".to_owned() };
            format!("  không tổ chức điều tra: {follows}")
        }));
        if let Some((bonus, penalty)) = self.caps {
            lines.push(format!("  điểm thưởng: không quá {} điểm, chỉ số không quá 105%", points(bonus)));
            lines.push(format!("  điểm phạt: không quá {} điểm", points(penalty)));
        }
        if let Some(grades) = &self.grades {
            let basis = if grades.rounded { "theo điểm đã làm tròn" } else { "theo điểm chưa làm tròn" };
            let mut line = format!("  xếp loại: {basis}");
            for (at, (cut, above)) in grades.cuts.iter().enumerate() {
                write!(line, "; \"L{at}\" {} {cut}%", if *above { "trên" } else { "từ" }).unwrap();
            }
            if grades.rest {
                write!(line, "; \"L{}\" còn lại", grades.cuts.len()).unwrap();
            } else {
                line.push_str("; còn lại không xếp loại");
            }
            lines.push(line);
            for &(grade, head, below) in grades.ceilings.iter().filter(|(grade, ..)| grades.has(*grade)) {
                let Head { level, code, .. } = &self.heads[head];
                lines.push(format!("  xếp loại: không quá \"L{grade}\" khi {level} {code} dưới {below}%"));
            }
        }
        lines.extend(self.heads.iter().enumerate().filter_map(|(at, head)| head.leaf()?.rule.parameter(at)));
        lines
    }

    /// A head and the lines under it.
    pub(super) fn head(&self, at: usize) -> Vec<String> {
        let head = &self.heads[at];
        let Head { code, level, says, .. } = head;
        let mut line = format!("{level} {code} \"Mục {code}\": {} điểm", points(worth(&self.heads, at)));
        let mut lines = Vec::new();
        lines.extend(says.figures.map(|says| format!("  thiếu số liệu: {}", says.words())));
        lines.extend(says.evidence.map(|says| format!("  thiếu minh chứng: {}", says.words())));
        if let Some(leaf) = head.leaf() {
            line.push_str(match leaf.whose {
                Whose::Own => "",
                Whose::Appraiser => ", chỉ thẩm định",
                Whose::External => ", số liệu ngoài",
                Whose::Survey => ", điều tra",
            });
            if leaf.floor > 0 {
                write!(line, ", thấp nhất trừ {} điểm", points(leaf.floor)).unwrap();
            }
            lines.extend(leaf.evidence.then(|| "  minh chứng: \"Báo cáo\"; \"Quyết định\"".to_owned()));
            lines.extend(leaf.gate.as_ref().map(|gate| {
                let sign = gate.sign.replace("limit", &format!("{} điểm", points(gate.limit)));
                let of = &self.heads[gate.of].code;
                format!("  chỉ chấm khi điểm của {of} {sign}; nếu không: {}", gate.otherwise.words())
            }));
            lines.extend(leaf.rule.lines(at));
        }
        std::iter::once(line).chain(lines).collect()
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!("bộ tiêu chí thử/nghiệm \"Bộ thử\"\n  năm: 2022\n{}\n", self.settings().join("\n"));
        for at in 0..self.heads.len() {
            writeln!(text, "\n{}", self.head(at).join("\n")).unwrap();
        }
        text
    }

    pub(super) fn set(&self) -> Set {
        set("thử.tieuchi", &self.text())
    }

    pub(super) fn sheet(&self) -> String {
        let mut leaves = Vec::new();
        for head in &self.heads {
            let Some(leaf) = head.leaf() else { continue };
            let mut steps = Vec::new();
            for (step, name) in STEPS.into_iter().enumerate() {
                let mut keys = Vec::new();
                let mut shown = false;
                if let Some((state, document)) = leaf.explained.filter(|_| step == 2) {
                    keys.extend((!state.is_empty()).then(|| format!("\"state\": \"{state}\"")));
                    keys.push("\"reason\": \"Vì sao\"".to_owned());
                    shown = document;
                }
                if let Some(entry) = &leaf.entries[step] {
                    shown = entry.shown;
                    if entry.set {
                        let points = leaf.entered(entry.stated);
                        let sign = if points < 0 { "-" } else { "" };
                        let size = points.unsigned_abs();
                        keys.push(format!("\"points\": {sign}{}.{}", size / 10, size % 10));
                        keys.push("\"reason\": \"Hội đồng chấm\"".to_owned());
                    } else {
                        keys.push(format!("\"figures\": {{{}}}", leaf.rule.figures(entry.stated)));
                    }
                }
                if keys.is_empty() {
                    continue;
                }
                keys.extend(shown.then(|| "\"evidence\": [{\"file\": \"a.pdf\"}]".to_owned()));
                steps.push(format!("\"{name}\": {{{}}}", keys.join(", ")));
            }
            if !steps.is_empty() {
                leaves.push(format!("\"{}\": {{{}}}", head.code, steps.join(", ")));
            }
        }
        let held = if self.held { "" } else { "\"survey held\": false, " };
        format!(
            "{{\"ruleset\": \"thử/nghiệm\", \"year\": 2022, \"unit\": \"U\", {held}\"leaves\": {{{}}}}}",
            leaves.join(", ")
        )
    }
}
