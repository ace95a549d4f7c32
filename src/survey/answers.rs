//! Tallies: how many chose each option, by unit, questionnaire, group and question.

use std::collections::BTreeMap;

/// How many chose each option of a question, in the order of its options.
pub type Tally = Vec<u64>;

/// The answers to one questionnaire about one unit, by group (0 where there are no groups) and question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    tallies: BTreeMap<(usize, usize), Tally>,
}

impl Answers {
    /// Adds answers to an option.
    pub fn add(&mut self, group: usize, question: usize, option: usize, count: u64) {
        let tally = self.tallies.entry((group, question)).or_default();
        if tally.len() <= option {
            tally.resize(option.saturating_add(1), 0);
        }
        if let Some(place) = tally.get_mut(option) {
            *place = place.saturating_add(count);
        }
    }

    /// How many of a group chose an option of a question.
    pub fn count(&self, group: usize, question: usize, option: usize) -> u64 {
        self.tallies.get(&(group, question)).and_then(|tally| tally.get(option)).copied().unwrap_or(0)
    }

    /// The tallies by group and question.
    pub fn tallies(&self) -> impl Iterator<Item = (usize, usize, &[u64])> {
        self.tallies.iter().map(|(&(group, question), tally)| (group, question, tally.as_slice()))
    }
}

/// What was answered about units, by unit and questionnaire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surveys {
    units: BTreeMap<String, BTreeMap<usize, Answers>>,
}

impl Surveys {
    /// The answers to a questionnaire about a unit, if there are any.
    pub fn answers(&self, unit: &str, questionnaire: usize) -> Option<&Answers> {
        self.units.get(unit)?.get(&questionnaire)
    }

    /// The answers to a questionnaire about a unit, to be added to.
    pub fn of(&mut self, unit: &str, questionnaire: usize) -> &mut Answers {
        self.units.entry(unit.to_owned()).or_default().entry(questionnaire).or_default()
    }

    /// The units that were asked about.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.units.keys().map(String::as_str)
    }

    /// Everything about a unit, by questionnaire.
    pub fn unit(&self, unit: &str) -> impl Iterator<Item = (usize, &Answers)> {
        self.units.get(unit).into_iter().flatten().map(|(&questionnaire, answers)| (questionnaire, answers))
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }
}
