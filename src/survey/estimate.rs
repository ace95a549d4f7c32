//! Point estimates, exact: the mean worth or the share of answers, by question, then over questions, then over groups.
//!
//! A mean over several questions is the mean of the questions' own means: each question counts the same, however many
//! left it open or did not know. It is the same from tallies as from single answers, and equals the mean of the
//! respondents' own means wherever everybody answered everything.

use super::answers::Answers;
use crate::number::Ratio;
use crate::ruleset::{Questionnaire, SurveyRule};

/// One question as one group answered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The question, by its place in the questionnaire.
    pub question: usize,
    /// How many chose each option.
    pub counts: Vec<u64>,
    /// How many of them count.
    pub counted: u64,
    /// The mean of what their options are worth; nothing where nobody counts.
    pub mean: Option<Ratio>,
}

/// One group over the questions that are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupMean {
    /// The group, by its place; 0 where the questionnaire has none.
    pub group: usize,
    /// Its questions, in the order read.
    pub cells: Vec<Cell>,
    /// The mean of its questions' means; nothing where a question has no answer that counts.
    pub mean: Option<Ratio>,
    /// What it counts for, after the weights of missing groups are shared; 0 where it is missing.
    pub weight: Ratio,
}

/// What is lacking for a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// Nobody answered.
    Answers,
    /// Nobody of this group answered some question, and the other groups do not take its weight.
    Group(usize),
    /// A question has fewer answers that count than are needed: of a group, or of all.
    TooFew {
        /// The group; nothing for all respondents.
        group: Option<usize>,
        /// The question.
        question: usize,
        /// How many count.
        counted: u64,
        /// How many are needed.
        needed: u64,
    },
}

/// The result of a rule over a unit's answers, with all that it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Each group, in the order of the questionnaire.
    pub groups: Vec<GroupMean>,
    /// The result, or what is lacking.
    pub result: Result<Ratio, Lacking>,
}

/// Estimates what a rule asks of a questionnaire.
pub fn estimate(questionnaire: &Questionnaire, rule: &SurveyRule, answers: &Answers) -> Estimate {
    let count = questionnaire.groups.len().max(1);
    let mut groups: Vec<GroupMean> = (0..count).map(|group| self::group(questionnaire, rule, answers, group)).collect();
    let result = result(questionnaire, &mut groups);
    Estimate { groups, result }
}

fn group(questionnaire: &Questionnaire, rule: &SurveyRule, answers: &Answers, group: usize) -> GroupMean {
    let cells: Vec<Cell> =
        rule.questions.iter().map(|&question| cell(questionnaire, rule, answers, group, question)).collect();
    let means: Option<Vec<Ratio>> = cells.iter().map(|cell| cell.mean.clone()).collect();
    let mean = means.and_then(|means| {
        let sum: Ratio = means.iter().cloned().sum();
        sum.checked_div(&Ratio::from(means.len()))
    });
    GroupMean { group, cells, mean, weight: Ratio::ZERO }
}

fn cell(questionnaire: &Questionnaire, rule: &SurveyRule, answers: &Answers, group: usize, question: usize) -> Cell {
    let options = questionnaire.questions.get(question).map_or(&[][..], |question| question.options.as_slice());
    let counts: Vec<u64> = (0..options.len()).map(|option| answers.count(group, question, option)).collect();
    let mut counted = 0_u64;
    let mut sum = Ratio::ZERO;
    for (option, &count) in options.iter().zip(&counts).filter(|(option, _)| option.counted) {
        counted = counted.saturating_add(count);
        sum = &sum + &(&rule.measure.worth(option) * &whole(count));
    }
    Cell { question, counts, counted, mean: sum.checked_div(&whole(counted)) }
}

fn whole(count: u64) -> Ratio {
    Ratio::from(i128::from(count))
}

fn result(questionnaire: &Questionnaire, groups: &mut [GroupMean]) -> Result<Ratio, Lacking> {
    use crate::language::tree::GroupMissing;
    if groups.iter().flat_map(|group| &group.cells).all(|cell| cell.counted == 0) {
        return Err(Lacking::Answers);
    }
    let said = questionnaire.group_missing.as_ref().map(|follows| follows.value);
    let shared = said == Some(GroupMissing::ShareWeights);
    let missing = groups.iter().find(|group| group.mean.is_none()).map(|group| group.group);
    // Without groups, a question that nobody answered is one with too few answers.
    if let Some(group) = missing.filter(|_| !shared && !questionnaire.groups.is_empty()) {
        return Err(Lacking::Group(group));
    }
    few(questionnaire, groups).map_or(Ok(()), Err)?;
    let weight = |at: usize| questionnaire.groups.get(at).map_or(Ratio::ONE, |group| group.weight.clone());
    let absent = missing.unwrap_or(0);
    let present: Ratio = groups.iter().filter(|group| group.mean.is_some()).map(|group| weight(group.group)).sum();
    let mut sum = Ratio::ZERO;
    for group in groups.iter_mut() {
        let Some(mean) = &group.mean else { continue };
        group.weight = weight(group.group).checked_div(&present).unwrap_or(Ratio::ZERO);
        sum = &sum + &(mean * &group.weight);
    }
    // Where every group leaves some question open, no group has a mean.
    if present.is_zero() { Err(Lacking::Group(absent)) } else { Ok(sum) }
}

/// The question that falls furthest short: of a group that answered, then of all respondents.
fn few(questionnaire: &Questionnaire, groups: &[GroupMean]) -> Option<Lacking> {
    let mut lacking: Vec<(u64, Lacking)> = Vec::new();
    let mut look = |group: Option<usize>, question: usize, counted: u64, needed: Option<u64>| {
        if let Some(needed) = needed.filter(|needed| counted < *needed) {
            lacking.push((needed.saturating_sub(counted), Lacking::TooFew { group, question, counted, needed }));
        }
    };
    let ungrouped = questionnaire.groups.is_empty();
    let answered = |group: &&GroupMean| group.mean.is_some() || ungrouped;
    for group in groups.iter().filter(answered) {
        let needed = questionnaire.groups.get(group.group).and_then(|group| group.minimum);
        for cell in &group.cells {
            look(Some(group.group), cell.question, cell.counted, needed);
        }
    }
    let questions = groups.first().map_or(0, |group| group.cells.len());
    for at in 0..questions {
        let cells = || groups.iter().filter(answered).filter_map(|group| group.cells.get(at));
        let counted = cells().map(|cell| cell.counted).fold(0_u64, u64::saturating_add);
        if let Some(cell) = cells().next() {
            look(None, cell.question, counted, questionnaire.minimum);
        }
    }
    lacking.into_iter().max_by_key(|(short, _)| *short).map(|(_, lacking)| lacking)
}
