//! Problems of points and counts that must add up.

use super::catalogue::problems;
use super::say::Both;
use crate::number::Points;

problems! {
    /// Points and counts that must add up.
    Budget {
        PartsDoNotAddUp { code: String, sum: Points, stated: Points, difference: Points, hint: Both } Error "parts-do-not-add-up"
            vi "các mục dưới `{code}` cộng lại được {sum} điểm, `{code}` ghi {stated} điểm (lệch {difference})", "{hint}"
            en "the parts of `{code}` add up to {sum} points, `{code}` says {stated} (off by {difference})", "{hint}"
        ScaleMismatch { level: Both, sum: Points, stated: Points, difference: Points, hint: Both } Error "scale-mismatch"
            vi "các {level} cộng lại được {sum} điểm, thang điểm ghi {stated} (lệch {difference})", "{hint}"
            en "{level} add up to {sum}, the scale says {stated} (off by {difference})", "{hint}"
        ExtractAboveScale { sum: Points, stated: Points } Error "extract-above-scale"
            vi "phần được trích đã có {sum} điểm, nhiều hơn thang điểm {stated}", "kiểm tra điểm của các lĩnh vực"
            en "the extract alone has {sum} points, more than the scale of {stated}", "see the points of the areas"
        SharesDoNotAddUp { sum: Points, stated: Points } Error "scale-shares"
            vi "thẩm định và điều tra cộng lại được {sum} điểm, thang điểm ghi {stated}", "sửa dòng `thang điểm`"
            en "appraised and survey points add up to {sum}, the scale says {stated}", "mend the line `scale`"
        SurveyShare { sum: Points, stated: Points } Error "survey-share"
            vi "các mục điều tra có {sum} điểm, thang điểm ghi điều tra {stated} điểm", "kiểm tra các mục `, điều tra`"
            en "survey leaves have {sum} points, the scale says {stated} for surveys", "see the heads marked `, survey`"
        CountMismatch { level: Both, counted: usize, stated: usize } Error "count-mismatch"
            vi "đếm được {counted} {level}, căn cứ ghi {stated}", "kiểm tra xem có sót mục nào khi chép"
            en "{counted} {level} are here, the decision says {stated}", "see whether a head was left out"
        CountsConflict { level: Both, stated: usize, other: usize } Warning "counts-conflict"
            vi "các nguồn ghi khác nhau: {stated} và {other} {level}", "giữ cả hai số cho đến khi có phụ lục"
            en "sources differ: {stated} and {other} {level}", "both are kept until the annex is known"
        AwardAboveMaximum { award: Points, maximum: Points } Error "award-above-maximum"
            vi "dòng này cho {award} điểm, tối đa của mục là {maximum}", "sửa số điểm, hoặc viết `tối đa`"
            en "this line gives {award} points, the maximum of the head is {maximum}", "mend the points, or write `maximum`"
        ChecklistAboveMaximum { sum: Points, maximum: Points } Error "checklist-above-maximum"
            vi "các dòng `đạt` cộng lại được {sum} điểm, tối đa của mục là {maximum}", "sửa điểm từng dòng cho bằng điểm tối đa"
            en "the `met` lines add up to {sum} points, the maximum is {maximum}", "mend the points of the lines"
        OutsideCapNotReached { kind: Both, sum: Points, most: Points } Warning "outside-cap-not-reached"
            vi "các mục {kind} cộng lại chỉ được {sum} điểm, mức trần {most} điểm không bao giờ đạt tới", "kiểm tra xem có sót mục nào, hoặc sửa mức trần"
            en "the {kind} heads add up to {sum} only, the cap of {most} is never reached", "see whether a head was left out, or mend the cap"
        IndexCapIdle { most: Both, best: Both } Warning "index-cap-idle"
            vi "chỉ số cao nhất có thể là {best}, không bao giờ vượt {most}", "bỏ `chỉ số không quá …`, hoặc sửa tỷ lệ"
            en "the index can be {best} at best, which is never above {most}", "drop `index at most …`, or mend the rate"
        IndexCapTooLow {} Error "index-cap-too-low"
            vi "mức trần của chỉ số không thể dưới 100%", "viết `chỉ số không quá 100%`"
            en "the index cannot be capped below 100%", "write `index at most 100%`"
        MaximumUnreachable { best: Points, maximum: Points } Warning "maximum-unreachable"
            vi "cao nhất chỉ được {best} điểm, tối đa của mục là {maximum}", "kiểm tra dòng cao nhất"
            en "at best {best} points can be had, the maximum is {maximum}", "see the highest line"
        CannotDiscriminate { award: Points } Warning "cannot-discriminate"
            vi "mọi trường hợp đều được {award} điểm", "kiểm tra lại các dòng"
            en "every case gives {award} points", "see the lines again"
        AwardBelowFloor { award: Points } Error "negative-award"
            vi "dòng này cho {award} điểm, dưới mức thấp nhất của mục", "khai `thấp nhất trừ … điểm` ở dòng tiêu đề, hoặc sửa số điểm"
            en "this line gives {award} points, below the floor of the head", "say `at least minus … points` on the head, or mend the points"
        WeightsDoNotAddUp { parent: Both, sum: Both } Error "weights-do-not-add-up"
            vi "trọng số dưới {parent} cộng lại được {sum}, phải là 100%", "sửa trọng số"
            en "the weights under {parent} add up to {sum}, they must make 100%", "mend the weights"
    }
}
