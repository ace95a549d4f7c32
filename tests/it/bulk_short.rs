//! The short way into machine words takes nothing that `import` would not take, and makes the same of it.

use std::io::Cursor;

use proptest::prelude::*;
use tieuchi::analysis::ranking::rank;
use tieuchi::bulk::{self, By, CHUNK, Stream};
use tieuchi::diagnostic::SourceId;
use tieuchi::engine::{Context, IndexResult};
use tieuchi::import::{self, Format};
use tieuchi::number::Ratio;
use tieuchi::ruleset::meaning::FigureId;
use tieuchi::submission::{Gaps, Value, sample};
use tieuchi::wire;

use crate::support::{Set, set};

/// A leaf of every kind of figure that the short way takes, points that are entered, and evidence.
const RULES: &str = "bộ tiêu chí minh-hoa/ngan \"Bộ thử\"
  năm: 2025
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 25 điểm
  thiếu số liệu: chưa chấm
  thiếu minh chứng: 0 điểm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn
  khối a \"Khối A\"
  khối b \"Khối B\": xếp hạng riêng

tiêu chí 1 \"Tỷ lệ\": 4 điểm
  số liệu a \"Phải làm\": số đếm, từ 1 đến hết 9
  số liệu b \"Đã làm\": số đếm, không quá a
  chấm theo tỷ lệ b / a: tỷ lệ thuận

tiêu chí 2 \"Có hay không\": 6 điểm
  minh chứng: \"Báo cáo\"
  số liệu a \"Đã làm\": có/không
  chấm theo điều kiện
    khi a = có: tối đa
    còn lại: 0 điểm

tiêu chí 3 \"Lựa chọn\": 5 điểm
  số liệu m \"Mức\": lựa chọn \"tốt\"; \"khá\"
  chấm theo lựa chọn m
    chọn \"tốt\": tối đa
    chọn \"khá\": 2 điểm

tiêu chí 4 \"Trung bình\": 5 điểm
  số liệu m \"Trung bình\": số, từ -5 đến hết 100, 2 chữ số
  chấm theo công thức lớn_nhất(0; tối_đa * m / 100)

tiêu chí 5 \"Tỷ lệ đã tính\": 5 điểm
  số liệu r \"Tỷ lệ\": tỷ lệ, từ 0% đến hết 100%
  chấm theo tỷ lệ r: tỷ lệ thuận
";

/// Leaves whose figures the unit states, or its surroundings say.
const LOOKED_UP: &str = "bộ tiêu chí minh-hoa/quanh \"Bộ thử\"
  năm: 2025
  nguồn: minh họa, \"bộ thử\"
  thang điểm: 20 điểm
  thiếu số liệu: chưa chấm
  làm tròn: chỉ số, 2 chữ số, nửa lên
  xếp hạng: đồng hạng, bỏ hạng sau, theo điểm chưa làm tròn

phiếu dân \"Phiếu hỏi\": ít nhất 4 phiếu
  không đủ phiếu: chưa chấm
  phương án: \"A\" 100%; \"B\" 0%
  câu c1 \"Thái độ\"

tiêu chí 1 \"Chỉ số\": 5 điểm
  chấm theo chỉ số vn/sipas năm 2024: tỷ lệ thuận

tiêu chí 2 \"Vốn\": 5 điểm
  số liệu vốn \"Vốn\": số tiền, đơn vị tính \"tỷ đồng\", kèm năm trước
  chấm theo mức tăng vốn so với năm trước
    từ 10% trở lên: tối đa
    từ 0% đến dưới 10%: 50% tối đa
    dưới 0%: 0 điểm
  không phát sinh khi vốn của năm trước = 0: 1 điểm

tiêu chí 3 \"Phiếu\": 5 điểm, điều tra
  chấm theo phiếu dân, câu c1: trung bình

tiêu chí 4 \"Doanh nghiệp\": 5 điểm
  số liệu dn \"Doanh nghiệp\": số đếm, kèm năm trước
  chấm theo điều kiện
    khi dn >= dn của năm trước: tối đa
    còn lại: 0 điểm
";

/// A change of a text: what may go wrong in one, and what is another way to say the same.
#[derive(Clone, Debug)]
enum Slip {
    Take(prop::sample::Index),
    Put(prop::sample::Index, char),
    Twice(prop::sample::Index, prop::sample::Index),
    Swap(usize),
}

const WORDS: [(&str, &str); 28] = [
    ("\"a\":", "\"a\":0"),
    ("\"a\":", "\"a\":-"),
    ("\"a\":", "\"a\" :\t "),
    ("\"figures\"", "\"points\""),
    ("\"figures\"", "\"reason\":\"vì thế\",\"figures\""),
    ("\"unit\"", "\"unit\":\"x\",\"unit\""),
    ("\"unit\":\"", "\"unit\":\"\\u0110\\\"ơn "),
    ("\"block\":\"a\"", "\"block\":\" Khối B \""),
    ("\"block\":\"a\"", "\"block\":null"),
    ("\"block\":\"", "\"block\":\"c"),
    ("\"year\":2025", "\"year\":\"2025\""),
    ("\"year\":2025", "\"year\":2024"),
    ("\"year\":2025", "\"year\":2025.0"),
    ("\"synthetic\":true", "\"synthetic\":null"),
    ("\"leaves\":{", "\"leaves\":{\"9\":{},"),
    ("\"leaves\":{", "\"submitted\":\"01/02/2026\",\"leaves\":{"),
    ("\"evidence\":[{", "\"evidence\":[{\"page\":0,"),
    ("\"evidence\":[{", "\"evidence\":[{\"page\":3,"),
    ("\"evidence\":[{", "\"evidence\":[{\"sha256\":\"ab\","),
    ("\"evidence\":[{", "\"evidence\":[],\"evidence\":[{"),
    ("\"evidence\":[{", "\"evidence\":[],\"b\":[{"),
    ("true", "false"),
    ("true", "\"có\""),
    ("tốt", "kém"),
    ("%", " %"),
    (",", ";"),
    (",", ",\"\""),
    (".", ".000"),
];

fn slip() -> impl Strategy<Value = Slip> {
    let sign = prop::sample::select("0123456789.-+eE,;:\"'{}[] \tađ%\\\u{feff}\u{0}".chars().collect::<Vec<char>>());
    prop_oneof![
        2 => any::<prop::sample::Index>().prop_map(Slip::Take),
        3 => (any::<prop::sample::Index>(), sign).prop_map(|(at, sign)| Slip::Put(at, sign)),
        1 => (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(from, to)| Slip::Twice(from, to)),
        3 => (0..WORDS.len()).prop_map(Slip::Swap),
    ]
}

impl Slip {
    fn on(&self, text: &str) -> String {
        let mut signs: Vec<char> = text.chars().collect();
        match self {
            Self::Take(at) => {
                signs.remove(at.index(signs.len()));
            }
            Self::Put(at, sign) => signs.insert(at.index(signs.len() + 1), *sign),
            Self::Twice(from, to) => {
                let (from, to) = (from.index(signs.len()), to.index(signs.len()));
                let part = signs[from.min(to)..from.max(to)].to_vec();
                signs.splice(from.max(to)..from.max(to), part);
            }
            Self::Swap(words) => return text.replacen(WORDS[*words].0, WORDS[*words].1, 1),
        }
        signs.into_iter().collect()
    }
}

/// What a record comes to, and what is told of it, in bulk and as a file.
fn both(set: &Set, stream: Stream, header: &str, record: &str) -> (bool, [String; 2]) {
    among(set, &Context::default(), stream, header, record)
}

/// The same in some surroundings.
fn among(set: &Set, context: &Context, stream: Stream, header: &str, record: &str) -> (bool, [String; 2]) {
    let ruleset = set.plan.ruleset();
    let text = format!("{header}{record}");
    let by = By { plan: &set.plan, context, roll: None, threads: 1, chunk: CHUNK };
    let mut told = Vec::new();
    let ranked = bulk::rank(by, (stream, Cursor::new(text.as_bytes())), &mut |one| {
        told.extend(one.diagnostics.into_iter().map(|found| (found.code(), found.span)));
        Ok(())
    });
    let ranked = ranked.unwrap();
    let lines = ranked.placed.iter().map(|one| {
        (one.place.map(u64::from), one.unit.to_string(), one.share.clone(), one.within.map(u64::from), one.open)
    });
    let bulk = format!("{:?} {told:?}", lines.collect::<Vec<_>>());
    let format = if stream == Stream::Ndjson { Format::Json } else { Format::Csv };
    let loaded = import::load(ruleset, SourceId(0), &text, format);
    let cards = loaded.submissions.iter().map(|submission| set.plan.evaluate(submission, context)).collect();
    let lines = rank(ruleset, cards).rows.into_iter().map(|row| {
        let within = ruleset.blocks.iter().position(|block| Some(&block.name) == row.within.as_ref());
        let (place, index) = (row.place.map(|place| u64::try_from(place).unwrap()), row.card.index);
        let open = index.total.provisional || index.total.out_of_scale;
        (place, row.card.unit, index.share, within.map(|at| u64::try_from(at).unwrap()), open)
    });
    let lines = lines.collect::<Vec<_>>();
    let told: Vec<_> = loaded.diagnostics.iter().map(|found| (found.code(), found.span)).collect();
    (ranked.at_length == 0, [bulk, format!("{lines:?} {told:?}")])
}

proptest! {
    #[test]
    fn a_line_of_json_is_what_a_file_is(
        number in 0u64..1000,
        slips in prop::collection::vec(slip(), 0..4),
        gaps in prop::sample::select(vec![Gaps::None, Gaps::None, Gaps::Few]),
    ) {
        let set = set("ngan.tieuchi", RULES);
        let ruleset = set.plan.ruleset();
        let line = wire::to_json_line(ruleset, &sample(ruleset, "Đơn vị", 1, number, gaps));
        let record = slips.iter().fold(line.trim_end().to_owned(), |text, slip| slip.on(&text));
        // A blank line is no record, and a byte order mark is one of the file.
        prop_assume!(!record.trim().is_empty() && !record.starts_with('\u{feff}'));
        let (short, [bulk, file]) = both(&set, Stream::Ndjson, "", &record);
        prop_assert_eq!(bulk, file, "{}", record);
        prop_assert!(short || !slips.is_empty() || gaps != Gaps::None, "{}", record);
    }

    #[test]
    fn a_row_of_a_table_is_what_a_file_is(number in 0u64..1000, slips in prop::collection::vec(slip(), 0..4)) {
        let set = set("ngan.tieuchi", &RULES.replacen("  minh chứng: \"Báo cáo\"\n", "", 1).replacen("  thiếu minh chứng: 0 điểm\n", "", 1));
        let ruleset = set.plan.ruleset();
        let row = wire::csv_row(ruleset, &sample(ruleset, "Đơn vị", 1, number, Gaps::None));
        let record = slips.iter().fold(row.trim_end().to_owned(), |text, slip| slip.on(&text));
        prop_assume!(!record.trim().is_empty());
        let header = wire::csv_header(ruleset).unwrap();
        let (short, [bulk, file]) = both(&set, Stream::Csv, &header, &record);
        prop_assert_eq!(bulk, file, "{}", record);
        prop_assert!(short || !slips.is_empty(), "{}", record);
    }

    #[test]
    fn what_surrounds_a_unit_is_looked_up_the_short_way_too(
        number in 0u64..1000,
        slips in prop::collection::vec(slip(), 0..3),
        known in prop::collection::vec(prop::option::of(0i64..150), 5),
        left_out in prop::collection::vec(any::<bool>(), 4),
    ) {
        let set = set("quanh.tieuchi", LOOKED_UP);
        let ruleset = set.plan.ruleset();
        let leaf = |code: &str| ruleset.by_code(code).unwrap().0;
        let mut context = Context::default();
        let unit = "Đơn vị";
        for (of, year, code, figure) in [(0, 2024, "2", 0), (1, 2024, "4", 0)] {
            if let Some(value) = known[of] {
                context.archive.put(year, unit, leaf(code), FigureId(figure), Value::Number(Ratio::from(value)));
            }
        }
        if let Some(share) = known[2] {
            // Above a hundred it is no share, and what the sheet states does not stand in for it.
            let share = Ratio::new(i128::from(share), 100).unwrap();
            context.indices.put("vn/sipas", 2024, None, unit, IndexResult::Share(share));
        }
        for (at, count) in known[3..].iter().enumerate().filter_map(|(at, count)| Some((at, (*count)?))) {
            context.surveys.of(unit, 0).add(0, 0, at, u64::try_from(count / 30).unwrap());
        }
        let row = wire::csv_row(ruleset, &sample(ruleset, unit, 1, number, Gaps::None));
        let header = wire::csv_header(ruleset).unwrap();
        // Of what the surroundings may say, some is left out of the sheet.
        let names = ["1:chỉ số", "2:vốn của năm trước", "3:kết quả phiếu", "4:dn của năm trước"];
        let cells = header.trim_end().split(',').zip(row.trim_end().split(',')).map(|(name, cell)| {
            let out = names.iter().position(|known| *known == name).is_some_and(|at| left_out[at]);
            if out { String::new() } else { cell.to_owned() }
        });
        let record = slips.iter().fold(cells.collect::<Vec<_>>().join(","), |text, slip| slip.on(&text));
        prop_assume!(!record.trim().is_empty());
        let (short, [bulk, file]) = among(&set, &context, Stream::Csv, &header, &record);
        prop_assert_eq!(bulk, file, "{} {:?}", record, context);
        // A mean of answers may be no decimal: that has no machine word. A result that is no share is no value.
        let worded = known[3..].iter().all(Option::is_none) && known[2].is_none_or(|share| share <= 100);
        let plain = slips.is_empty() && worded && !left_out.iter().any(|out| *out);
        prop_assert!(short || !plain, "{} {:?}", record, context);
    }
}

#[test]
fn most_samples_of_the_province_set_take_the_short_way() {
    let set = crate::support::shipped_set("vn/par-index/tinh/2022.tieuchi");
    let ruleset = set.plan.ruleset();
    let header = wire::csv_header(ruleset).unwrap();
    let mut at_length = 0;
    for number in 0..40 {
        let row = wire::csv_row(ruleset, &sample(ruleset, "Đơn vị", 1, number, Gaps::None));
        let (short, [bulk, file]) = both(&set, Stream::Csv, &header, row.trim_end());
        assert_eq!(bulk, file, "{row}");
        at_length += i32::from(!short);
    }
    // Something never done, or nothing to divide by: those are read at length.
    assert!(at_length < 15, "{at_length}");
}

#[test]
fn quotes_and_line_ends_cut_no_row_wherever_chunks_end() {
    let set = set(
        "ngan.tieuchi",
        &RULES.replacen("  minh chứng: \"Báo cáo\"\n", "", 1).replacen("  thiếu minh chứng: 0 điểm\n", "", 1),
    );
    let ruleset = set.plan.ruleset();
    let names = ["Xã 5\" A", "\"Xã\nhai\"", "Xã ba", "\"Xã \"\"bốn\"\", bản\n\nnăm\"", "Xã sáu"];
    let mut text = format!("\n{}", wire::csv_header(ruleset).unwrap().replacen("unit", "\"unit\"", 1));
    for (number, name) in (0..).zip(names) {
        let row = wire::csv_row(ruleset, &sample(ruleset, "TÊN", 1, number, Gaps::None));
        text.push_str(&row.replacen("TÊN", name, 1).replace('\n', if number % 2 == 0 { "\r\n" } else { "\n" }));
        text.push_str("\n\n");
    }
    let context = Context::default();
    let mut first = None;
    for chunk in (1..40).chain([100, 1000, CHUNK]) {
        let by = By { plan: &set.plan, context: &context, roll: None, threads: 1 + chunk % 3, chunk };
        let ranked =
            bulk::rank(by, (Stream::Csv, Cursor::new(text.as_bytes())), &mut |told| panic!("{told:?}")).unwrap();
        let mut units: Vec<_> = ranked.placed.iter().map(|one| (one.number, one.unit.to_string())).collect();
        units.sort();
        let names: Vec<&str> = units.iter().map(|(_, unit)| unit.as_str()).collect();
        assert_eq!(names, ["Xã 5\" A", "Xã\nhai", "Xã ba", "Xã \"bốn\", bản\n\nnăm", "Xã sáu"], "{chunk}");
        let places = wire::Places::new(ruleset);
        let placed: Vec<String> = ranked.placed.iter().map(|placed| places.csv(placed)).collect();
        assert_eq!(*first.get_or_insert(placed.clone()), placed, "{chunk}");
    }
    assert_eq!(first.map(|placed| placed.len()), Some(names.len()));
}
