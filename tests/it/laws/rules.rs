//! Ways of scoring a leaf as drawn: their lines, what a sheet states for them, and what the docs say that they give.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero as _;
use proptest::prelude::*;
use proptest::sample::select;

use super::points;

/// Days of 2022, counted from 01/01/2022, a Saturday.
type Day = u32;

/// What may stand after a condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Effect {
    Tenths(u32),
    Maximum,
    Out,
    Unscored,
}

/// What a rule, or a line beside it, comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Came {
    Points(BigRational),
    Out,
    Unscored,
}

pub(super) fn tenths(tenths: u32) -> BigRational {
    BigRational::new(tenths.into(), 10.into())
}

impl Effect {
    pub(super) fn words(self) -> String {
        match self {
            Self::Tenths(tenths) => format!("{} điểm", points(tenths)),
            Self::Maximum => "tối đa".to_owned(),
            Self::Out => "loại khỏi thang điểm".to_owned(),
            Self::Unscored => "chưa chấm".to_owned(),
        }
    }

    pub(super) fn came(self, maximum: &BigRational) -> Came {
        match self {
            Self::Tenths(points) => Came::Points(tenths(points)),
            Self::Maximum => Came::Points(maximum.clone()),
            Self::Out => Came::Out,
            Self::Unscored => Came::Unscored,
        }
    }

    /// Whether no case arose for good: points for no case are points like any other.
    pub(super) fn leaves(self) -> bool {
        matches!(self, Self::Out | Self::Unscored)
    }
}

pub(super) fn effect() -> impl Strategy<Value = Effect> {
    select(vec![Effect::Out, Effect::Out, Effect::Tenths(0), Effect::Tenths(5), Effect::Maximum, Effect::Unscored])
}

/// Which days are worked.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    /// Saturdays are worked.
    pub(super) saturday: bool,
    /// Days off, both ends in each.
    pub(super) off: Vec<(Day, Day)>,
    /// Days worked in exchange.
    pub(super) made_up: Vec<Day>,
}

pub(super) fn calendar() -> impl Strategy<Value = Calendar> {
    let off = prop::collection::vec((2_u32..75, 0_u32..6).prop_map(|(from, more)| (from, from + more)), 0..4);
    // Weekends are made up on: Saturdays and Sundays.
    let made_up = prop::collection::vec((2_u32..9, 0_u32..2).prop_map(|(week, day)| week * 7 + day), 0..5);
    (any::<bool>(), off, made_up).prop_map(|(saturday, off, made_up)| Calendar {
        saturday,
        // A day is off or made up for one, never both.
        made_up: made_up.into_iter().filter(|day| !off.iter().any(|(from, upto)| from <= day && day <= upto)).collect(),
        off,
    })
}

/// `dd/mm/2022`.
pub(super) fn date(day: Day) -> String {
    let (mut day, mut month) = (day, 0);
    for length in [31, 28, 31, 30] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    format!("{:02}/{:02}/2022", day + 1, month + 1)
}

impl Calendar {
    pub(super) fn lines(&self) -> Vec<String> {
        let off = self.off.iter().map(|(from, upto)| {
            if from == upto { date(*from) } else { format!("từ {} đến hết {}", date(*from), date(*upto)) }
        });
        let off = off.collect::<Vec<_>>().join("; ");
        let mut lines = vec![
            format!("  tuần làm việc: thứ hai đến hết {}", if self.saturday { "thứ bảy" } else { "thứ sáu" }),
            format!("  ngày nghỉ: {}", if off.is_empty() { "không" } else { &off }),
        ];
        let made_up = self.made_up.iter().map(|day| date(*day)).collect::<Vec<_>>().join("; ");
        lines.extend((!made_up.is_empty()).then(|| format!("  làm bù: {made_up}")));
        lines
    }

    fn works(&self, day: Day) -> bool {
        // 01/01/2022 was a Saturday.
        let weekend = matches!((day % 7, self.saturday), (1, _) | (0, false));
        let off = self.off.iter().any(|(from, upto)| *from <= day && day <= *upto);
        self.made_up.contains(&day) || !weekend && !off
    }

    /// How many working days lie after one day, through another.
    fn after(&self, due: Day, done: Day) -> u32 {
        u32::try_from((due + 1..=done).filter(|day| self.works(*day)).count()).unwrap()
    }
}

/// What lateness is counted in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Late {
    Days,
    WorkingDays,
    /// By the clock, in hours and days of 24 hours.
    Hours,
    /// By the clock, in working days.
    ClockDays,
}

#[derive(Clone, Debug)]
pub(super) enum Rule {
    /// Yes or no; tenths otherwise.
    Done(u32),
    /// The unit may say that it does not apply.
    MayDo(u32),
    /// `b / a` in three bands: edges in per cent, tenths for the middle; what follows where `a` is 0.
    Rate { edges: (u32, u32), middle: u32, no_case: Effect },
    /// Tenths for each case, up to the maximum.
    Each(u32),
    /// An authority enters points.
    Entered,
    /// A last day in time, whether it is itself in time, and two lines of lateness: half and a quarter of the maximum.
    Deadline { late: Late, due: Day, strict: bool, steps: (u32, u32), named: bool },
}

/// Rules that figures decide.
pub(super) fn by_figures() -> impl Strategy<Value = Rule> {
    let late =
        select(vec![Late::Days, Late::WorkingDays, Late::WorkingDays, Late::WorkingDays, Late::Hours, Late::ClockDays]);
    prop_oneof![
        2 => (0_u32..=10).prop_map(Rule::Done),
        1 => (0_u32..=10).prop_map(Rule::MayDo),
        4 => ((1_u32..50, 50_u32..100), 0_u32..=10, effect())
            .prop_map(|(edges, middle, no_case)| Rule::Rate { edges, middle, no_case }),
        1 => (1_u32..8).prop_map(Rule::Each),
        3 => (late, 10_u32..50, any::<bool>(), (1_u32..6, 1_u32..9), any::<bool>()).prop_map(
            |(late, due, strict, (first, more), named)| Rule::Deadline {
                late, due, strict, steps: (first, first + more), named
            }
        ),
    ]
}

/// Two numbers from which a sheet's figures are made, and which of them it leaves out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stated {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) left_out: (bool, bool),
}

pub(super) fn stated() -> impl Strategy<Value = Stated> {
    let left_out = (prop::bool::weighted(0.12), prop::bool::weighted(0.12));
    (0_u32..1_000, 0_u32..1_000, left_out).prop_map(|(x, y, left_out)| Stated { x, y, left_out })
}

impl Rule {
    /// Its lines; `at` tells its parameter from those of others.
    pub(super) fn lines(&self, at: usize) -> Vec<String> {
        let text = match self {
            Self::Done(less) => format!(
                "  số liệu đủ \"Đủ\": có/không\n  chấm theo điều kiện\n    khi đủ = có: tối đa\n    còn lại: {} điểm",
                points(*less)
            ),
            Self::MayDo(less) => format!(
                "  số liệu đủ \"Đủ\": có/không, được chọn không áp dụng\n  chấm theo điều kiện\n    khi đủ = có: tối đa\n    còn lại: {} điểm",
                points(*less)
            ),
            Self::Rate { edges: (low, high), middle, no_case } => format!(
                "  số liệu a \"A\": số đếm\n  số liệu b \"B\": số đếm, không quá a\n  chấm theo tỷ lệ b / a\n    từ {high}% trở lên: tối đa\n    từ {low}% đến dưới {high}%: {} điểm\n    dưới {low}%: 0 điểm\n  không phát sinh khi a = 0: {}",
                points(*middle),
                no_case.words()
            ),
            Self::Each(each) => format!(
                "  số liệu n \"N\": số đếm\n  chấm theo từng trường hợp\n    mỗi n: cộng {} điểm",
                points(*each)
            ),
            Self::Entered => "  chấm theo điểm nhập, do \"Hội đồng\"".to_owned(),
            Self::Deadline { late, due, strict, steps: (first, second), named } => {
                let clock = matches!(late, Late::Hours | Late::ClockDays);
                let due = match (*named, late) {
                    (true, _) => format!("{} hạn_{at}", if *strict { "hạn trước" } else { "hạn hết" }),
                    (false, Late::Hours) if !*strict => format!("hạn 17:00 ngày {}", date(*due)),
                    (false, _) => format!("{} {}", if *strict { "hạn trước" } else { "hạn hết" }, date(*due)),
                };
                let (one, other) = match late {
                    Late::Days => ("ngày", "ngày"),
                    Late::WorkingDays | Late::ClockDays => ("ngày làm việc", "ngày làm việc"),
                    Late::Hours => ("giờ", "ngày"),
                };
                format!(
                    "  số liệu khi_nào \"Khi nào\": {}\n  chấm theo thời hạn khi_nào, {due}\n    đúng hạn: tối đa\n    muộn không quá {first} {one}: 1/2 tối đa\n    muộn không quá {second} {other}: 1/4 tối đa\n    muộn trên {second} {other}: 0 điểm\n    không thực hiện: 0 điểm",
                    if clock { "ngày giờ" } else { "ngày" }
                )
            }
        };
        text.lines().map(str::to_owned).collect()
    }

    /// The parameter that it reads.
    pub(super) fn parameter(&self, at: usize) -> Option<String> {
        match self {
            Self::Deadline { due, named: true, .. } => Some(format!("  tham số hạn_{at} \"Hạn {at}\": {}", date(*due))),
            _ => None,
        }
    }

    /// How many figures it asks for.
    pub(super) fn asks(&self) -> usize {
        match self {
            Self::Entered => 0,
            Self::Rate { .. } => 2,
            _ => 1,
        }
    }

    /// The moment in minutes of 2022 at which it was done; nothing where it never was.
    fn done(&self, stated: Stated) -> Option<u32> {
        let Self::Deadline { due, late, .. } = self else { return None };
        let around = match late {
            // Half of them within a day of the last minute.
            Late::Hours if stated.y.is_multiple_of(2) => due * 1_440 + 960 + stated.x * 3,
            Late::Hours => (due - 5) * 1_440 + stated.x * 24,
            _ => (due - 3 + stated.x % 16) * 1_440 + if stated.y.is_multiple_of(3) { 0 } else { stated.y },
        };
        (!stated.x.is_multiple_of(11)).then_some(around)
    }

    /// `b` and `a`.
    fn share(stated: Stated) -> (u32, u32) {
        let whole = stated.x % 25;
        (stated.y % (whole + 1), whole)
    }

    /// The figures as a sheet states them.
    pub(super) fn figures(&self, stated: Stated) -> String {
        let (first, second) = stated.left_out;
        let figures = match self {
            Self::Done(_) => vec![("đủ", (!stated.x.is_multiple_of(2)).to_string())],
            Self::MayDo(_) => {
                let words = ["true", "false", "\"không áp dụng\""];
                vec![("đủ", words[usize::try_from(stated.x % 3).unwrap()].to_owned())]
            }
            Self::Rate { .. } => {
                let (part, whole) = Self::share(stated);
                vec![("a", whole.to_string()), ("b", part.to_string())]
            }
            Self::Each(_) => vec![("n", (stated.x % 12).to_string())],
            Self::Entered => Vec::new(),
            Self::Deadline { late, .. } => {
                let done = self.done(stated).map_or("false".to_owned(), |minute| {
                    let day = date(minute / 1_440);
                    let clock = minute % 1_440;
                    match late {
                        Late::Hours | Late::ClockDays => {
                            format!("\"{:02}:{:02} ngày {day}\"", clock / 60, clock % 60)
                        }
                        Late::Days | Late::WorkingDays => format!("\"{day}\""),
                    }
                });
                vec![("khi_nào", done)]
            }
        };
        let kept = figures.into_iter().zip([first, second]).filter(|(_, left_out)| !left_out);
        kept.map(|((name, value), _)| format!("\"{name}\": {value}")).collect::<Vec<_>>().join(", ")
    }

    /// Whether a figure that it asks for is not stated.
    pub(super) fn lacks(&self, stated: Stated) -> bool {
        stated.left_out.0 && self.asks() > 0 || stated.left_out.1 && self.asks() > 1
    }

    /// What decides before anything else: no case arose, or the unit says that it does not apply.
    pub(super) fn no_case(&self, stated: Stated) -> Option<Effect> {
        match self {
            Self::MayDo(_) => (!stated.left_out.0 && stated.x % 3 == 2).then_some(Effect::Out),
            Self::Rate { no_case, .. } => (!stated.left_out.0 && Self::share(stated).1 == 0).then_some(*no_case),
            _ => None,
        }
    }

    /// Whether what is not stated may still tell that there is nothing to score here.
    pub(super) fn may_leave_unsaid(&self, stated: Stated) -> bool {
        stated.left_out.0
            && match self {
                Self::MayDo(_) => true,
                Self::Rate { no_case, .. } => no_case.leaves(),
                _ => false,
            }
    }

    /// Whether some answer takes it out of the scale.
    pub(super) fn may_leave(&self) -> bool {
        matches!(self, Self::MayDo(_) | Self::Rate { no_case: Effect::Out, .. })
    }

    /// Its points where every figure is stated and a case arose.
    pub(super) fn came(&self, stated: Stated, maximum: &BigRational, calendar: &Calendar) -> BigRational {
        match self {
            Self::Done(less) | Self::MayDo(less) => {
                let yes = match self {
                    Self::Done(_) => !stated.x.is_multiple_of(2),
                    _ => stated.x.is_multiple_of(3),
                };
                if yes { maximum.clone() } else { tenths(*less) }
            }
            Self::Rate { edges: (low, high), middle, .. } => {
                let (part, whole) = Self::share(stated);
                if part * 100 >= high * whole {
                    maximum.clone()
                } else if part * 100 >= low * whole {
                    tenths(*middle)
                } else {
                    BigRational::zero()
                }
            }
            Self::Each(each) => tenths(each * (stated.x % 12)).min(maximum.clone()),
            Self::Entered => panic!("points are entered"),
            Self::Deadline { .. } => match self.done(stated) {
                Some(minute) => maximum * self.kept(minute, calendar),
                None => BigRational::zero(),
            },
        }
    }

    /// What part of the maximum is left for what was done at a minute.
    fn kept(&self, minute: u32, calendar: &Calendar) -> BigRational {
        let Self::Deadline { late, due, strict, steps: (first, second), named } = self else { panic!("a deadline") };
        let last = if *strict { due - 1 } else { *due };
        let day = minute / 1_440;
        let (in_time, first, second) = match late {
            Late::Days => (day <= last, day <= last + first, day <= last + second),
            Late::WorkingDays | Late::ClockDays => {
                let after = calendar.after(last, day);
                (day <= last, after <= *first, after <= *second)
            }
            Late::Hours => {
                // The minute that is named is itself in time; midnight is not.
                let end = if *strict || *named { (last + 1) * 1_440 - 1 } else { last * 1_440 + 17 * 60 };
                let from = if *strict || *named { end + 1 } else { end };
                let within =
                    |minutes: u32| if end == from { minute <= from + minutes } else { minute < from + minutes };
                (minute <= end, within(first * 60), within(second * 1_440))
            }
        };
        let part = |part: u32| BigRational::new(BigInt::from(1), BigInt::from(part));
        match (in_time, first, second) {
            (true, ..) => part(1),
            (_, true, _) => part(2),
            (_, _, true) => part(4),
            _ => BigRational::zero(),
        }
    }
}
