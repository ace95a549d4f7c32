//! Sums, means of elements, points on another scale: what one line says by itself.

use super::fact::{Checked, Fact, Verdict};
use super::printed::Printed;
use super::round::{Round, judged};
use super::table::{Line, Who};
use crate::number::Ratio;

pub(super) fn check(round: &Round<'_>, out: &mut Vec<Checked>) {
    for line in round.lines() {
        let Some(score) = &line.score else { continue };
        // A second source may print the sum alone: it is held against the parts that the first one prints.
        let own = round.alike(&line.who);
        let parts = if line.parts.is_empty() && matches!(line.who, Who::Unit(_)) {
            own.iter().find(|other| !other.parts.is_empty()).map_or(&line.parts, |other| &other.parts)
        } else {
            &line.parts
        };
        if parts.len() > 1 {
            out.push(sum(line, parts, score));
        }
        if line.elements.len() > 1 {
            out.push(elements(line, score));
        }
        for (scale, printed) in &line.points {
            let exact = (score.value() * scale).checked_div(&Ratio::from(100)).unwrap_or(Ratio::ZERO);
            let verdict = if printed.prints(&exact) { Verdict::Agrees } else { Verdict::Disagrees };
            let (score, scale, printed) = (score.clone(), scale.clone(), printed.clone());
            out.push(judged(line, Fact::Points { score, scale, exact, printed }, verdict));
        }
    }
}

/// Parts rounded one by one may miss their sum by as much as was rounded away.
fn sum(line: &Line, parts: &[(String, Printed)], printed: &Printed) -> Checked {
    let sum: Ratio = parts.iter().map(|(_, part)| part.value()).sum();
    let slack = parts.iter().map(|(_, part)| part.half()).sum::<Ratio>() + printed.half();
    let verdict = if sum == *printed.value() {
        Verdict::Agrees
    } else if (&sum - printed.value()).abs() < slack {
        Verdict::Consistent
    } else {
        Verdict::Disagrees
    };
    judged(line, Fact::Sum { parts: parts.to_vec(), sum, printed: printed.clone() }, verdict)
}

/// Nobody says that a score is the mean of its elements: where it is not, nothing is wrong.
fn elements(line: &Line, printed: &Printed) -> Checked {
    let all: Ratio = line.elements.iter().map(|(_, element)| element.value()).sum();
    let mean = all.checked_div(&Ratio::from(line.elements.len())).unwrap_or(Ratio::ZERO);
    let verdict = if printed.prints(&mean) { Verdict::Agrees } else { Verdict::Cannot };
    judged(line, Fact::Elements { mean, printed: printed.clone() }, verdict)
}
