//! Blocks, registers and units that are compared: streamed, and changed one by one, they are what `rank` says.

use std::io::Cursor;
use std::sync::Arc;

use proptest::prelude::*;
use tieuchi::analysis::identity::{self, Brought};
use tieuchi::analysis::ranking::{Ranking, not_assessed, rank};
use tieuchi::analysis::round::{Cards, Round};
use tieuchi::analysis::standing::Standing;
use tieuchi::bulk::{self, By, Stream, Told};
use tieuchi::diagnostic::{SourceId, SourceMap, any_error};
use tieuchi::engine::{Cohort, Context};
use tieuchi::import::{self, Format};
use tieuchi::language::tree::Track;
use tieuchi::submission::{Gaps, Submission, sample};
use tieuchi::unit::{Register, Roll};
use tieuchi::wire;

use crate::support::{Set, set};

const BLOCKS: [&str; 4] = ["sở", "huyện", "xã", "tw"];
const RANKED: [&str; 3] = ["", ": xếp hạng riêng", ": không xếp hạng"];

/// How a set is drawn.
#[derive(Clone, Debug)]
struct Drawn {
    /// How each block is ranked.
    ranked: Vec<usize>,
    /// Scores depend on the block.
    by_block: bool,
    /// A leaf compares units.
    compares: Option<&'static str>,
    /// A grade is cut by the mean of the round.
    mean: bool,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let compares = prop::option::of(prop::sample::select(vec!["trong khối", "trong cả đợt"]));
    let ranked = prop::collection::vec(0usize..3, 4);
    (ranked, any::<bool>(), compares, any::<bool>()).prop_map(|(ranked, by_block, compares, mean)| Drawn {
        ranked,
        by_block,
        compares,
        mean,
    })
}

impl Drawn {
    fn set(&self) -> Set {
        let mut text =
            String::from("bộ tiêu chí minh-hoa/khoi \"Bộ thử\"\n  năm: 2025\n  nguồn: minh họa, \"bộ thử\"\n");
        text.push_str(if self.by_block {
            "  thang điểm: 14 điểm; khối xã 13 điểm\n"
        } else {
            "  thang điểm: 14 điểm\n"
        });
        text.push_str("  thiếu số liệu: chưa chấm\n  làm tròn: chỉ số, 2 chữ số, nửa lên\n  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn\n");
        let best = if self.mean { "\"A\" từ trung bình chung" } else { "\"A\" từ 60%" };
        text.push_str(&format!("  xếp loại: theo điểm chưa làm tròn; {best}; \"B\" còn lại\n"));
        for (block, ranked) in BLOCKS.iter().zip(&self.ranked) {
            text.push_str(&format!("  khối {block} \"Khối {block}\"{}\n", RANKED[*ranked]));
        }
        text.push_str("  đơn vị \"Đơn vị 3\": không xếp hạng, do \"đặc thù\"\n  đơn vị \"Đơn vị 5\": không đánh giá, do \"mới thành lập\"\n");
        let (own, only, also, last) = if self.by_block {
            (
                "; khối tw 5 điểm",
                "  chỉ áp dụng với khối sở; huyện; tw\n",
                "  không áp dụng với khối huyện: loại khỏi thang điểm\n",
                "; khối tw 5 điểm",
            )
        } else {
            ("", "", "", "")
        };
        text.push_str(&format!(
            "
tiêu chí 1 \"Chung\": 4 điểm{own}
  số liệu a \"Phải làm\": số đếm, từ 1 đến hết 9
  số liệu b \"Đã làm\": số đếm, không quá a
  chấm theo tỷ lệ b / a: tỷ lệ thuận

tiêu chí 2 \"Riêng\": 6 điểm{last}
{only}  số liệu a \"Đã làm\": có/không
  chấm theo điều kiện
    khi a = có: tối đa
    còn lại: 0 điểm
{also}"
        ));
        if self.by_block {
            text.push_str("\ntiêu chí 3 \"Riêng của xã\": 5 điểm\n  chỉ áp dụng với khối xã\n  số liệu a \"Đã làm\": có/không\n  chấm theo điều kiện\n    khi a = có: tối đa\n    còn lại: 0 điểm\n");
        }
        text.push_str("\ntiêu chí 4 \"Hạng\": 4 điểm\n  số liệu x \"X\": số đếm, không quá 12\n");
        match self.compares {
            Some(within) => text.push_str(&format!(
                "  chấm theo thứ hạng x {within}, càng cao càng tốt\n    từ 1 đến hết 2: tối đa\n    từ 3 trở lên: 1 điểm\n"
            )),
            None => text.push_str("  chấm theo công thức tối_đa * x / 12\n"),
        }
        set("khoi.tieuchi", &text)
    }
}

/// A register of so many units: which block each is in, and whether it is assessed and ranked.
fn register(units: &[(usize, usize)]) -> Arc<Register> {
    let mut text = String::from("mã;tên;khối;đánh giá\n");
    for (at, (block, assessed)) in units.iter().enumerate() {
        let block = BLOCKS.get(*block).copied().unwrap_or_default();
        let assessed = ["", "", "không xếp hạng", "không"][*assessed];
        text.push_str(&format!("U{at:03};Đơn vị {at};{block};{assessed}\n"));
    }
    let (rows, findings) = import::units(SourceId(0), &text);
    assert!(findings.is_empty(), "{findings:?}");
    let (register, findings) = Register::new(&rows);
    assert!(findings.is_empty(), "{findings:?}");
    Arc::new(register)
}

/// The round as `rank` has it: every sheet read together.
fn together(set: &Set, register: Option<&Arc<Register>>, list: &str) -> (Context, Vec<Submission>, Vec<String>) {
    let (ruleset, mut sources) = (set.plan.ruleset(), SourceMap::new());
    let id = sources.add("s.json", list);
    let imported = import::read(id, list, Format::Json);
    assert!(imported.diagnostics.is_empty(), "{:?}", imported.diagnostics);
    let mut context = Context::default();
    let mut brought = match register {
        Some(register) => identity::identify(ruleset, register, &imported.sheets, &mut context),
        None => Brought { raws: imported.sheets, ..Brought::default() },
    };
    identity::set_aside(ruleset, &mut brought);
    let all = import::validate(ruleset, &brought.raws, &brought.findings);
    assert!(!any_error(&all.diagnostics) && !any_error(&brought.findings), "{:?}", all.diagnostics);
    for submission in &all.submissions {
        if let Some(block) = &submission.block {
            context.blocks.insert(submission.unit.clone(), block.clone());
        }
    }
    if set.plan.compares_units() {
        context.cohort = Some(set.plan.cohort(&all.submissions, &context));
    }
    let aside = not_assessed(ruleset).into_iter().chain(brought.aside);
    (context, all.submissions, aside.map(|unit| format!("{unit:?}")).collect())
}

fn ranked(set: &Set, submissions: &[Submission], context: &Context) -> Ranking {
    let cards = submissions.iter().map(|submission| set.plan.evaluate(submission, context)).collect();
    rank(set.plan.ruleset(), cards)
}

fn by_rank(ranking: &Ranking) -> Vec<String> {
    let line = |row: &tieuchi::analysis::ranking::Row| {
        let (index, why) = (&row.card.index, &row.card.unranked);
        format!(
            "{:?} {} {:?} {} {:?} {:?} {:?} {why:?}",
            row.place, row.shared, row.within, row.card.unit, index.share, index.rounded_share, index.grading.name
        )
    };
    ranking.rows.iter().map(line).collect()
}

fn by_place(set: &Set, placed: &[Standing]) -> Vec<String> {
    let ruleset = set.plan.ruleset();
    let line = |standing: &Standing| {
        let grade = standing.grade.map(|grade| ruleset.grades[usize::from(grade)].name.value.clone());
        let within = standing.within.map(|at| ruleset.blocks[usize::from(at)].name.clone());
        let (share, rounded) = (&standing.share, standing.rounded_share(ruleset));
        format!(
            "{:?} {} {within:?} {} {share:?} {rounded:?} {grade:?} {:?}",
            standing.place,
            standing.shared,
            standing.unit,
            standing.unranked.as_deref()
        )
    };
    placed.iter().map(line).collect()
}

/// The same as a stream: both passes where units are compared.
fn streamed(set: &Set, roll: Option<&Roll>, (stream, text): (Stream, &str), by: (usize, usize)) -> bulk::Ranked {
    let mut context = Context::default();
    let (threads, chunk) = by;
    let input = || (stream, Cursor::new(text.as_bytes()));
    if set.plan.compares_units() {
        let cohort: Option<Cohort> =
            bulk::cohort(By { plan: &set.plan, context: &context, roll, threads, chunk }, input()).unwrap();
        context.cohort = cohort;
    }
    let mut none = |told: Told| {
        assert!(!any_error(&told.diagnostics), "{told:?}");
        Ok(())
    };
    bulk::rank(By { plan: &set.plan, context: &context, roll, threads, chunk }, input(), &mut none).unwrap()
}

proptest! {
    #[test]
    fn blocks_registers_and_compared_units_are_ranked_in_bulk_as_by_rank(
        drawn in drawn(),
        units in prop::collection::vec((0usize..4, 0usize..4), 2..24),
        registered in any::<bool>(),
        seed in any::<u64>(),
        gaps in prop::sample::select(vec![Gaps::None, Gaps::Few]),
        by in prop::collection::vec((1usize..4, 1usize..3000), 2),
    ) {
        let set = drawn.set();
        let ruleset = set.plan.ruleset();
        let register = registered.then(|| register(&units));
        let submissions = units.iter().enumerate().map(|(at, (block, _))| {
            // The block of the register decides which reading a sheet is made up for.
            let drawn = sample(ruleset, &format!("Đơn vị {at}"), seed, u64::try_from(*block + 4 * at).unwrap(), gaps);
            assert_eq!(drawn.block.as_deref(), Some(BLOCKS[*block]));
            drawn
        });
        let submissions: Vec<Submission> = submissions.collect();
        let lines: String = submissions.iter().map(|submission| wire::to_json_line(ruleset, submission)).collect();
        // Where a register knows the blocks the sheets need not, and may go by codes.
        let mut text = lines.clone();
        if registered {
            for (at, (block, _)) in units.iter().enumerate() {
                text = text.replacen(&format!("\"Đơn vị {at}\",\"block\":\"{}\"", BLOCKS[*block]), &format!("\"U{at:03}\""), 1);
            }
        }
        let list = format!("[{}]", text.trim_end().replace('\n', ","));
        let (context, read, aside) = together(&set, register.as_ref(), &list);
        let expected = by_rank(&ranked(&set, &read, &context));
        let roll = register.as_ref().map(|register| Roll::new(Arc::clone(register), ruleset.last_day()));
        let header = wire::csv_header(ruleset).unwrap();
        let rows = submissions.iter().map(|submission| wire::csv_row(ruleset, submission));
        let table: String = std::iter::once(header).chain(rows).collect();
        for by in by {
            let ranked = streamed(&set, roll.as_ref(), (Stream::Ndjson, &text), by);
            prop_assert_eq!(by_place(&set, &ranked.placed), expected.clone());
            let found: Vec<String> = ranked.not_assessed.iter().map(|unit| format!("{unit:?}")).collect();
            prop_assert_eq!(&found, &aside);
            if gaps == Gaps::None && drawn.compares.is_none() {
                // What is not assessed is told at length, and nothing else is read so.
                let told = units.iter().enumerate().filter(|(at, (_, assessed))| *at == 5 || (registered && *assessed == 3));
                prop_assert_eq!(ranked.at_length, u64::try_from(told.count()).unwrap());
            }
            // A table says no gap apart from a leaf not stated, and shows no evidence: none is asked for here.
            if gaps == Gaps::None {
                let ranked = streamed(&set, roll.as_ref(), (Stream::Csv, &table), by);
                prop_assert_eq!(by_place(&set, &ranked.placed), expected.clone());
            }
        }
    }

    #[test]
    fn a_round_with_blocks_and_compared_units_after_changes_is_the_round_from_scratch(
        (before, after) in (drawn(), prop::collection::vec(0usize..3, 4), any::<bool>())
            .prop_map(|(drawn, ranked, mean)| (drawn.clone(), Drawn { ranked, mean, ..drawn })),
        blocks in prop::collection::vec(0u64..4, 2..9),
        seed in any::<u64>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u64>(), any::<bool>()), 1..6),
    ) {
        let set = before.set();
        let made = |at: usize, number: u64| {
            let unit = format!("Đơn vị {}", if at < 5 { at } else { at + 1 });
            sample(set.plan.ruleset(), &unit, seed, number, Gaps::Few)
        };
        let mut submissions: Vec<Submission> = blocks.iter().enumerate().map(|(at, block)| made(at, *block)).collect();
        let mut round = Round::new(set.plan.clone(), Context::default(), submissions.clone());
        let anew = |set: &Set, submissions: &[Submission]| {
            let mut context = Context::default();
            if set.plan.compares_units() {
                context.cohort = Some(set.plan.cohort(submissions, &context));
            }
            by_rank(&ranked(set, submissions, &context))
        };
        prop_assert_eq!(by_place(&set, &round.ranking()), anew(&set, &submissions));
        for (unit, number, whole) in changes {
            let at = unit.index(submissions.len());
            let other = made(at, number);
            if whole {
                submissions[at] = other.clone();
                round.replace(at, other);
            } else {
                // Of the block's own leaves only, and not of all.
                let same = other.block == submissions[at].block;
                let ids = set.plan.ruleset().leaves().map(|(id, ..)| id).filter(|id| same && number % 2 == id.0 as u64 % 2);
                for id in ids {
                    let entry = other.leaves.get(&id).and_then(|tracks| tracks.get(&Track::SelfScore)).cloned();
                    match entry.clone() {
                        Some(entry) => submissions[at].leaves.entry(id).or_default().insert(Track::SelfScore, entry),
                        None => submissions[at].leaves.remove(&id).and(None),
                    };
                    round.state(at, id, Track::SelfScore, entry);
                }
            }
            prop_assert_eq!(by_place(&set, &round.ranking()), anew(&set, &submissions));
        }
        let other = after.set();
        prop_assert!(round.amend(other.plan.clone()));
        prop_assert_eq!(by_place(&other, &round.ranking()), anew(&other, &submissions));
    }

    #[test]
    fn a_round_looked_at_again_has_the_scorecards_of_the_first_look(
        (before, after) in (drawn(), drawn()),
        blocks in prop::collection::vec(0u64..4, 2..9),
        seed in any::<u64>(),
        looks in prop::collection::vec((any::<prop::sample::Index>(), 0u64..40, any::<bool>(), any::<bool>()), 1..6),
    ) {
        let sets = [before.set(), after.set()];
        let made = |at: usize, number: u64| {
            let drawn = sample(sets[0].plan.ruleset(), &format!("Đơn vị {at}"), seed, number, Gaps::Few);
            Submission { leaves: drawn.leaves.into_iter().filter(|(id, _)| id.0 < 2).collect(), ..drawn }
        };
        let mut submissions: Vec<Submission> = blocks.iter().enumerate().map(|(at, block)| made(at, *block)).collect();
        let (mut cards, mut of) = (Cards::default(), 0);
        for (unit, number, other, same) in looks {
            let (at, before) = (unit.index(submissions.len()), (of, submissions.clone()));
            if !same {
                submissions[at] = made(at, number);
                of ^= usize::from(other);
            }
            let set = &sets[of];
            let mut context = Context::default();
            if set.plan.compares_units() {
                context.cohort = Some(set.plan.cohort(&submissions, &context));
            }
            let first = cards.anew() == 0;
            let anew: Vec<_> = submissions.iter().map(|submission| set.plan.evaluate(submission, &context)).collect();
            prop_assert_eq!(cards.of(&set.plan, &set.sources, &context, &submissions), anew);
            if !first && before == (of, submissions.clone()) {
                prop_assert_eq!(cards.anew(), 0);
                // So that the next look is not taken for the first.
                cards = Cards::default();
            } else if !first && before.0 == of && !set.plan.compares_units() {
                prop_assert!(cards.anew() <= 1);
            }
        }
    }
}
