//! The same leaves written by hand: in machine words at a scale of ten thousand, and in decimals.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::Answers;
use crate::sheet::Sheet;

/// Ten-thousandths of a point in a point.
const SCALE: i64 = 10_000;

/// `n / d`, a half up; both positive.
fn half_up(n: i64, d: i64) -> i64 {
    (2 * n + d) / (2 * d)
}

/// The limit: fixed point, no check, nothing read but arrays, the leaves known when this was compiled.
pub fn limit_i64(sheet: &Sheet, into: &mut [i64; crate::LEAVES]) -> i64 {
    let mut leaves = into.iter_mut();
    let mut total = 0;
    let mut give = |points: i64| {
        if let Some(place) = leaves.next() {
            *place = points;
        }
        total += points;
    };
    for (all, done) in sheet.tiers {
        give(if done * 10 >= all * 3 {
            5_000
        } else if done * 10 >= all * 2 {
            2_500
        } else {
            0
        });
    }
    for (all, done) in sheet.floors {
        give(if done >= all {
            15_000
        } else if done * 10 >= all * 8 {
            half_up(15_000 * done, all)
        } else {
            0
        });
    }
    for lines in sheet.checklists {
        give(lines.iter().map(|&held| if held { 2_500 } else { 0 }).sum());
    }
    for mean in sheet.means {
        give(mean * 2 * SCALE / 10_000);
    }
    for (all, done, half) in sheet.formulas {
        give(half_up(15_000 * (done + half), all).min(15_000));
    }
    total
}

/// A sheet in decimals.
#[derive(Clone, Debug)]
pub struct Decimals {
    tiers: Vec<(Decimal, Decimal)>,
    floors: Vec<(Decimal, Decimal)>,
    checklists: Vec<[bool; 4]>,
    means: Vec<Decimal>,
    formulas: Vec<(Decimal, Decimal, Decimal)>,
}

impl Decimals {
    /// The same figures.
    pub fn new(sheet: &Sheet) -> Self {
        let pair = |&(a, b): &(i64, i64)| (Decimal::from(a), Decimal::from(b));
        Self {
            tiers: sheet.tiers.iter().map(pair).collect(),
            floors: sheet.floors.iter().map(pair).collect(),
            checklists: sheet.checklists.to_vec(),
            means: sheet.means.iter().map(|&mean| Decimal::new(mean, 2)).collect(),
            formulas: sheet.formulas.iter().map(|&(a, b, c)| (a.into(), b.into(), c.into())).collect(),
        }
    }
}

/// Ten-thousandths, a half up.
pub fn rounded(points: Decimal) -> i64 {
    let scaled = points.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero) * Decimal::from(SCALE);
    i64::try_from(scaled.mantissa() / 10i128.pow(scaled.scale())).unwrap_or(i64::MIN)
}

/// What a careful programmer writes: decimals, every step checked, products before quotients.
pub fn hand_decimal(sheet: &Decimals, into: &mut Vec<Decimal>) -> Option<Decimal> {
    into.clear();
    let (half, quarter) = (Decimal::new(5, 1), Decimal::new(25, 2));
    let (most, hundred, two) = (Decimal::new(15, 1), Decimal::from(100), Decimal::TWO);
    for (all, done) in &sheet.tiers {
        let rate = done.checked_div(*all)?;
        into.push(if rate >= Decimal::new(3, 1) {
            half
        } else if rate >= Decimal::new(2, 1) {
            quarter
        } else {
            Decimal::ZERO
        });
    }
    for (all, done) in &sheet.floors {
        let rate = done.checked_div(*all)?;
        into.push(if rate >= Decimal::ONE {
            most
        } else if rate >= Decimal::new(8, 1) {
            most.checked_mul(*done)?.checked_div(*all)?
        } else {
            Decimal::ZERO
        });
    }
    for lines in &sheet.checklists {
        let mut sum = Decimal::ZERO;
        for &held in lines {
            if held {
                sum = sum.checked_add(quarter)?;
            }
        }
        into.push(sum);
    }
    for mean in &sheet.means {
        into.push(two.checked_mul(*mean)?.checked_div(hundred)?);
    }
    for (all, done, begun) in &sheet.formulas {
        into.push(most.checked_mul(done.checked_add(*begun)?)?.checked_div(*all)?.min(most));
    }
    into.iter().try_fold(Decimal::ZERO, |total, points| total.checked_add(*points))
}

/// The answers of the limit.
pub fn limit_answers(sheet: &Sheet) -> Answers {
    let mut leaves = [0; crate::LEAVES];
    limit_i64(sheet, &mut leaves);
    leaves.to_vec()
}

/// The answers of the decimals; nothing if a step did not fit.
pub fn decimal_answers(sheet: &Sheet) -> Option<Answers> {
    let mut leaves = Vec::new();
    hand_decimal(&Decimals::new(sheet), &mut leaves)?;
    Some(leaves.into_iter().map(rounded).collect())
}
