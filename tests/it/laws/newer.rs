//! Leaves of the forms that look beyond one sheet's figures, at random: rows, surveys, other years, other indices, the
//! round; a checklist with a cap. Values that the unit does not state of itself are stated by name.

use proptest::prelude::*;

use super::{Leaf, leaf, points};

/// A list with two columns; one line for the laws, since columns stand below their list.
const ROWS: &str =
    "  danh sách xã \"Xã\": ít nhất 1\u{1}    cột n \"N\": số đếm\u{1}    cột m \"M\": số đếm, không quá n";

fn rows() -> impl Strategy<Value = String> {
    prop::collection::vec((0_u32..40, 0_u32..3), 1..5).prop_map(|rows| {
        let rows = rows
            .iter()
            .enumerate()
            .map(|(at, (m, more))| format!("{{\"tên\": \"Xã {at}\", \"n\": {}, \"m\": {m}}}", m + more));
        format!("\"xã\": [{}]", rows.collect::<Vec<_>>().join(", "))
    })
}

fn bands(high: u32, low: u32, more: u32) -> String {
    format!(
        "    từ {high}% trở lên: tối đa\n    từ {low}% đến dưới {high}%: {} điểm\n    dưới {low}%: 0 điểm",
        points(more)
    )
}

fn over_rows() -> impl Strategy<Value = Leaf> {
    prop_oneof![
        (50_u32..100, 1_u32..50, 0_u32..20, rows()).prop_map(|(high, low, more, rows)| leaf(
            ROWS,
            format!("  chấm theo tỷ lệ tổng(xã; m) / tổng(xã; n)\n{}", bands(high, low, more)),
            "  không phát sinh khi tổng(xã; n) = 0: loại khỏi thang điểm",
            rows
        )),
        (1_u32..40, 0_u32..20, rows()).prop_map(|(edge, less, rows)| leaf(
            ROWS,
            format!(
                "  chấm theo điều kiện\n    khi tất cả(xã; n <= {edge}): tối đa\n    khi đếm(xã; m = n) >= 2: {} điểm\n    còn lại: 0 điểm",
                points(less)
            ),
            "",
            rows
        )),
        (50_u32..100, any::<bool>(), 0_u32..20, rows()).prop_map(|(edge, lowest, left, rows)| leaf(
            ROWS,
            format!(
                "  chấm theo tỷ lệ m / n từng xã, lấy {}\n    từ {edge}% trở lên: tỷ lệ thuận\n    dưới {edge}%: 0 điểm",
                if lowest { "thấp nhất" } else { "trung bình" }
            ),
            &format!(
                "  không phát sinh từng xã khi n = 0: bỏ qua dòng\n  không còn dòng nào: {} điểm",
                points(left)
            ),
            rows
        )),
    ]
}

fn of_others() -> impl Strategy<Value = Leaf> {
    let n = "  số liệu n \"N\": số đếm";
    prop_oneof![
        (1_u32..30, 0_u32..20, 0_u32..60, 0_u32..60).prop_map(move |(edge, less, now, then)| leaf(
            n,
            format!(
                "  chấm theo mức tăng n so với năm trước\n    từ {edge}% trở lên: tối đa\n    từ -5% đến dưới {edge}%: {} điểm\n    dưới -5%: 0 điểm",
                points(less)
            ),
            "  không phát sinh khi n của năm trước = 0: 0,5 điểm",
            format!("\"n\": {now}, \"n của năm trước\": {then}")
        )),
        (0_u32..20, 0_u32..60, 0_u32..60).prop_map(move |(less, now, then)| leaf(
            n,
            format!(
                "  chấm theo điều kiện\n    khi n > n của năm 2020: tối đa\n    khi n = n của năm 2020: {} điểm\n    còn lại: 0 điểm",
                points(less)
            ),
            "",
            format!("\"n\": {now}, \"n của năm 2020\": {then}")
        )),
        (any::<bool>(), 50_u32..100, 0_u32..=100).prop_map(|(straight, edge, result)| leaf(
            "",
            if straight {
                "  chấm theo chỉ số vn/sipas năm 2021: tỷ lệ thuận".to_owned()
            } else {
                format!("  chấm theo chỉ số vn/sipas năm 2021\n    từ {edge}% trở lên: tối đa\n    dưới {edge}%: 0 điểm")
            },
            "",
            format!("\"chỉ số\": \"{result}%\"")
        )),
        (1_u32..8, 0_u32..20, 0_u32..60, 1_u32..20).prop_map(move |(edge, less, now, rank)| leaf(
            n,
            format!(
                "  chấm theo thứ hạng n trong cả đợt, càng cao càng tốt\n    từ 1 đến hết {edge}: tối đa\n    từ {} trở lên: {} điểm",
                edge + 1,
                points(less)
            ),
            "",
            format!("\"n\": {now}, \"thứ hạng\": {rank}")
        )),
        (0_u32..30, 0_u32..60, 0_u32..60).prop_map(|(edge, now, plan)| leaf(
            "  số liệu n \"N\": số đếm\n  số liệu kế_hoạch \"K\": số đếm",
            format!(
                "  chấm theo chênh lệch n so với kế_hoạch\n    từ {edge} trở lên: tối đa\n    dưới {edge}: 0,25 điểm"
            ),
            "",
            format!("\"n\": {now}, \"kế_hoạch\": {plan}")
        )),
    ]
}

fn of_people() -> impl Strategy<Value = Leaf> {
    (0_u32..90, any::<bool>(), 50_u32..100, 0_u32..=100).prop_map(|(middle, straight, edge, result)| {
        let bands = if straight {
            String::new()
        } else {
            format!("\n    từ {edge}% trở lên: tỷ lệ thuận\n    dưới {edge}%: 0 điểm")
        };
        Leaf {
            above: format!(
                "phiếu p{{at}} \"Phiếu\": ít nhất 2 phiếu\n  không đủ phiếu: chưa chấm\n  phương án: \"A\" 100%; \"B\" {middle}%; \"C\" 0%; \"E\" không tính\n  câu c{{at}} \"Câu\"\n"
            ),
            method: ", điều tra",
            track: "appraisal 1",
            ..leaf(
                "",
                format!("  chấm theo phiếu p{{at}}, câu c{{at}}: trung bình{bands}"),
                "",
                format!("\"kết quả phiếu\": \"{result}%\""),
            )
        }
    })
}

fn capped() -> impl Strategy<Value = Leaf> {
    (5_u32..20, 10_u32..20, any::<bool>(), 0_u32..40).prop_map(|(one, other, yes, n)| leaf(
        "  số liệu n \"N\": số đếm",
        format!(
            "  chấm theo danh mục\n    đạt đủ \"Đủ\": {} điểm\n    đạt khi n ≥ 20: {} điểm\n    đạt khi n < 30: 1 điểm\n    cao nhất tối đa",
            points(one),
            points(other)
        ),
        "",
        format!("\"đủ\": {yes}, \"n\": {n}")
    ))
}

pub(super) fn newer_leaf() -> impl Strategy<Value = Leaf> {
    prop_oneof![3 => over_rows(), 4 => of_others(), 2 => of_people(), 1 => capped()]
}
