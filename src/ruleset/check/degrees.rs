//! Whether the options of a question are degrees of one scale, as far as they show it themselves: the ways of handing in a
//! file stand in some order, too, and none of them lies between two others.

use super::super::questionnaire::Choice;
use crate::number::Ratio;

/// What makes a degree of another: `Rất tốt` of `Tốt`.
const BEFORE: [&str; 20] = [
    "rất",
    "hoàn toàn",
    "khá",
    "tương đối",
    "hơi",
    "ít",
    "không",
    "chưa",
    "very",
    "fully",
    "completely",
    "entirely",
    "quite",
    "rather",
    "fairly",
    "somewhat",
    "slightly",
    "hardly",
    "not",
    "not very",
];

/// Words that grade by themselves.
const GRADES: [&str; 17] = [
    "xuất sắc",
    "giỏi",
    "tốt",
    "khá",
    "bình thường",
    "trung bình",
    "trung bình khá",
    "đạt",
    "yếu",
    "kém",
    "excellent",
    "good",
    "fair",
    "average",
    "acceptable",
    "poor",
    "weak",
];

/// Whether the options that count are seen to be degrees: by what they are worth, as numbers in order, or by their words.
pub(super) fn are_degrees(options: &[Choice]) -> bool {
    let counted = || options.iter().filter(|option| option.counted);
    let worths: Option<Vec<Ratio>> = counted().map(|option| option.worth.clone()).collect();
    let numbers: Option<Vec<Ratio>> =
        counted().map(|option| option.text.trim().parse::<i64>().ok().map(Ratio::from)).collect();
    let words: Vec<String> = counted().map(|option| option.text.trim().to_lowercase()).collect();
    worths.is_some_and(|worths| in_order(&worths)) || numbers.is_some_and(|numbers| in_order(&numbers)) || named(&words)
}

/// One way, and no two of them alike.
fn in_order(values: &[Ratio]) -> bool {
    values.is_sorted_by(|one, next| one < next) || values.is_sorted_by(|one, next| one > next)
}

fn named(words: &[String]) -> bool {
    let bare =
        |word: &str| BEFORE.iter().find_map(|before| Some(word.strip_prefix(before)?.strip_prefix(' ')?.to_owned()));
    let known = |word: &String| words.iter().any(|other| bare(other).is_some_and(|bare| bare == *word));
    let grade = |word: &str| GRADES.contains(&word);
    words.iter().any(known) || words.iter().all(|word| grade(word) || bare(word).is_some_and(|bare| grade(&bare)))
}
