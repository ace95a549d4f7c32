//! Made-up answers, the same for the same seed.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::answers::Surveys;
use crate::ruleset::{Question, Questionnaire};

/// Answers about a unit are drawn apart from its figures: the same seed and number give other draws there.
const APART: u64 = 1 << 63;

/// Answers to every questionnaire about the unit `number` of a seed, as many as each group needs and some more.
pub fn sample(questionnaires: &[Questionnaire], unit: &str, seed: u64, number: u64, surveys: &mut Surveys) {
    let mut source = ChaCha8Rng::seed_from_u64(seed);
    source.set_stream(number | APART);
    let mut draw = Draw { source };
    for (at, questionnaire) in questionnaires.iter().enumerate() {
        let groups = questionnaire.groups.len().max(1);
        for group in 0..groups {
            let people = respondents(questionnaire, group).saturating_add(draw.upto(10));
            for (question, asked) in questionnaire.questions.iter().enumerate() {
                // A few more come and do not count.
                if let Some(option) = asked.options.iter().position(|option| !option.counted) {
                    let extra = draw.upto(3);
                    surveys.of(super::take::tidy(unit).as_str(), at).add(group, question, option, extra);
                }
                for _ in 0..people {
                    let option = draw.option(asked);
                    surveys.of(super::take::tidy(unit).as_str(), at).add(group, question, option, 1);
                }
            }
        }
    }
}

/// How many counted answers of a group satisfy every minimum of its questionnaire.
pub fn respondents(questionnaire: &Questionnaire, group: usize) -> u64 {
    let groups = u64::try_from(questionnaire.groups.len().max(1)).unwrap_or(1);
    let own = questionnaire.groups.get(group).and_then(|group| group.minimum).unwrap_or(1);
    // A minimum over all groups is met by each doing its part.
    let part = questionnaire.minimum.unwrap_or(1).div_ceil(groups);
    own.max(part).min(2_000)
}

struct Draw {
    source: ChaCha8Rng,
}

impl Draw {
    /// A whole number from 0 to `most`, both included.
    fn upto(&mut self, most: u64) -> u64 {
        let wide = u128::from(self.source.next_u64()) * (u128::from(most) + 1);
        u64::try_from(wide >> 64).unwrap_or(most)
    }

    /// An option that counts, mostly among the first: people judge kindly.
    fn option(&mut self, question: &Question) -> usize {
        let counted: Vec<usize> =
            question.options.iter().enumerate().filter(|(_, option)| option.counted).map(|(at, _)| at).collect();
        let most = u64::try_from(counted.len().saturating_sub(1)).unwrap_or(0);
        let drawn = if self.upto(9) < 7 { self.upto(most / 2) } else { self.upto(most) };
        usize::try_from(drawn).ok().and_then(|at| counted.get(at)).copied().unwrap_or(0)
    }
}
