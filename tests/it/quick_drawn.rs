//! Rulesets drawn at random, of the forms that the quick way has lanes for, and of some that it has none for.

use proptest::prelude::*;

use crate::support::{Set, USUAL, with_header};

/// What the bands of a ladder look at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject {
    Rate,
    RateOfSum,
    OneRate,
    Count,
}

/// What a band gives.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Gives {
    Share(u32),
    Third,
    Between(u32, u32),
    Proportional,
    ProportionalTo(u32),
}

/// A leaf of a drawn set.
#[derive(Clone, Debug)]
pub(crate) enum Leaf {
    Ladder { subject: Subject, edges: Vec<(u32, bool)>, gives: Vec<Gives>, leaves_scale: bool },
    Formula { times: u32, other: u32, capped: bool },
    Checks { no: Vec<bool>, tenths: Vec<u32> },
    Share { digits: u32 },
}

fn gives() -> impl Strategy<Value = Gives> {
    prop_oneof![
        4 => (0u32..=100).prop_map(Gives::Share),
        1 => Just(Gives::Third),
        2 => (0u32..=100, 0u32..=100).prop_map(|(from, to)| Gives::Between(from, to)),
        2 => Just(Gives::Proportional),
        1 => (1u32..150).prop_map(Gives::ProportionalTo),
    ]
}

pub(crate) fn leaf() -> impl Strategy<Value = Leaf> {
    let subject = prop_oneof![
        3 => Just(Subject::Rate), 1 => Just(Subject::RateOfSum), 1 => Just(Subject::OneRate), 1 => Just(Subject::Count),
    ];
    let edges = prop::collection::btree_map(1u32..1500, any::<bool>(), 1..10);
    let ladder = (subject, edges, prop::collection::vec(gives(), 10), any::<bool>()).prop_map(
        |(subject, edges, gives, leaves_scale)| {
            let edges: Vec<_> = edges.into_iter().collect();
            Leaf::Ladder { subject, gives: gives[..=edges.len()].to_vec(), edges, leaves_scale }
        },
    );
    let lines = (1usize..19)
        .prop_flat_map(|lines| (prop::collection::vec(any::<bool>(), lines), prop::collection::vec(1u32..9, lines)));
    prop_oneof![
        4 => ladder,
        1 => (1u32..40, 1u32..9, any::<bool>())
            .prop_map(|(times, other, capped)| Leaf::Formula { times, other, capped }),
        2 => lines.prop_map(|(no, tenths)| Leaf::Checks { no, tenths }),
        1 => (0u32..5).prop_map(|digits| Leaf::Share { digits }),
    ]
}

/// A whole number of hundredths.
fn hundredths(of: u32) -> String {
    format!("{},{:02}", of / 100, of % 100)
}

impl Leaf {
    /// Its maximum in hundredths of a point, and its lines.
    fn text(&self, code: usize) -> (u32, String) {
        let maximum = match self {
            Self::Checks { tenths, .. } => tenths.iter().sum::<u32>() * 10,
            Self::Ladder { .. } | Self::Formula { .. } | Self::Share { .. } => 50 + 25 * u32::try_from(code).unwrap(),
        };
        let mut text = format!("tiêu chí {code} \"Mục {code}\": {} điểm\n", hundredths(maximum));
        match self {
            Self::Ladder { subject, edges, gives, leaves_scale } => {
                text.push_str(match subject {
                    Subject::Rate => "  số liệu a \"Tổng\": số đếm, ít nhất 1\n  số liệu b \"Làm\": số đếm\n  chấm theo tỷ lệ b / a",
                    Subject::RateOfSum => "  số liệu a \"Tổng\": số, ít nhất 1, 2 chữ số\n  số liệu b \"Làm\": số, ít nhất 0\n  số liệu c \"Dở\": số đếm\n  chấm theo tỷ lệ (b + c) / a",
                    Subject::OneRate => "  số liệu r \"Tỷ lệ\": tỷ lệ, ít nhất 0%\n  chấm theo tỷ lệ r",
                    Subject::Count => "  số liệu n \"Số\": số đếm\n  chấm theo số lượng n",
                });
                text.push_str(", không đơn điệu\n");
                let count = matches!(subject, Subject::Count);
                let edge = |at: u32| if count { at.to_string() } else { format!("{},{}%", at / 10, at % 10) };
                let mut above: Option<(u32, bool)> = None;
                for (band, gives) in gives.iter().enumerate() {
                    let from = edges.iter().rev().nth(band).copied();
                    let end = above.map(|(at, included)| format!("{} {}", if included { "đến dưới" } else { "đến hết" }, edge(at)));
                    let words = match (from, end) {
                        (Some((at, true)), None) => format!("từ {} trở lên", edge(at)),
                        (Some((at, false)), None) => format!("trên {}", edge(at)),
                        (Some((at, true)), Some(end)) => format!("từ {} {end}", edge(at)),
                        (Some((at, false)), Some(end)) => format!("trên {} {end}", edge(at)),
                        (None, Some(end)) => end.trim_start_matches("đến ").to_owned(),
                        (None, None) => panic!("one edge at least"),
                    };
                    let words = if words.starts_with("hết") { format!("đến {words}") } else { words };
                    let points = |share: u32| format!("{} điểm", hundredths(maximum * share / 100));
                    let inner = from.is_some() && above.is_some();
                    let award = match *gives {
                        Gives::Between(low, high) if inner => format!("nội suy từ {} đến {}", points(low), points(high)),
                        Gives::Proportional if !count => "tỷ lệ thuận".to_owned(),
                        Gives::Share(share) | Gives::Between(share, _) => points(share),
                        Gives::ProportionalTo(share) if !count => format!("tỷ lệ thuận đến {share}%"),
                        Gives::Third | Gives::Proportional | Gives::ProportionalTo(_) => "1/3 tối đa".to_owned(),
                    };
                    text.push_str(&format!("    {words}: {award}\n"));
                    above = from;
                }
                if *leaves_scale && matches!(subject, Subject::Rate) {
                    text.push_str("  không phát sinh khi b = 7: loại khỏi thang điểm\n");
                }
            }
            Self::Formula { times, other, capped } => {
                let cap = if *capped { "tối_đa".to_owned() } else { hundredths(maximum) };
                text.push_str(&format!(
                    "  số liệu a \"Mẫu\": số đếm, ít nhất 1\n  số liệu b \"Một\": số, ít nhất 0\n  số liệu c \"Hai\": số đếm\n  chấm theo công thức nhỏ_nhất({},{} * (b + {other} * c) / a; {cap})\n",
                    times / 10, times % 10
                ));
            }
            Self::Checks { no, tenths } => {
                text.push_str("  chấm theo danh mục\n");
                for (line, (no, tenths)) in no.iter().zip(tenths).enumerate() {
                    let points = hundredths(tenths * 10);
                    let (name, label) = (format!("k{line}"), format!("Dòng {line}"));
                    if *no {
                        text = text.replacen("  chấm theo danh mục", &format!("  số liệu {name} \"{label}\": có/không\n  chấm theo danh mục"), 1);
                        text.push_str(&format!("    đạt khi {name} = không: {points} điểm\n"));
                    } else {
                        text.push_str(&format!("    đạt {name} \"{label}\": {points} điểm\n"));
                    }
                }
            }
            Self::Share { digits } => text.push_str(&format!(
                "  số liệu m \"Trung bình\": số, từ 0 đến hết 100, {digits} chữ số\n  chấm theo công thức tối_đa * m / 100\n"
            )),
        }
        (maximum, text)
    }
}

/// The set of drawn leaves.
pub(crate) fn set(leaves: &[Leaf]) -> Set {
    let mut all = 0;
    let texts: Vec<String> = leaves
        .iter()
        .enumerate()
        .map(|(at, leaf)| {
            let (maximum, text) = leaf.text(at + 1);
            all += maximum;
            text
        })
        .collect();
    with_header(&format!("{} điểm", hundredths(all)), USUAL, &texts.join("\n"))
}
