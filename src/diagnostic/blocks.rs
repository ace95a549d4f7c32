//! Problems of blocks: who is in them, what applies to them, what they are bounded by.

use super::catalogue::problems;
use super::say::Nearest;
use crate::number::Points;

problems! {
    /// Blocks of units.
    Blocks {
        NameTwice { name: String } Error "block-twice"
            vi "khối `{name}` đã khai", "mỗi khối một dòng, tên và nhan đề không trùng"
            en "the block `{name}` is declared already", "one line a block; neither name nor title stands twice"
        Unknown { name: String, nearest: Nearest } Error "unknown-block"
            vi "không có khối `{name}`{nearest}", "khai ở phần đầu: `khối {name} \"…\"`, hoặc sửa tên"
            en "there is no block `{name}`{nearest}", "declare it in the header: `block {name} \"…\"`, or mend the name"
        UnitTwice { unit: String } Error "unit-line-twice"
            vi "đơn vị `{unit}` đã có dòng", "giữ lại một: không đánh giá, hoặc không xếp hạng"
            en "the unit `{unit}` has a line already", "keep one: not assessed, or not ranked"
        AppliesToNobody { code: String } Error "applies-to-no-block"
            vi "`{code}` không áp dụng với khối nào", "sửa khối ở mục này hoặc ở mục trên nó, hoặc bỏ mục này"
            en "`{code}` applies to no block", "mend the blocks of this head or of one above it, or drop it"
        DecidedTwice { code: String, block: String } Error "block-decided-twice"
            vi "hai dòng của `{code}` cùng quyết định cho khối `{block}`", "giữ một dòng cho mỗi khối; khối không có trong `chỉ áp dụng với khối` thì thôi viết `không áp dụng với khối`"
            en "two lines of `{code}` decide for the block `{block}`", "keep one line a block; what `only applies to block` leaves out needs no `not applicable to block`"
        PointsAside { code: String, block: String } Warning "block-points-aside"
            vi "điểm của khối `{block}` ở `{code}` không dùng đến: mục này không áp dụng với khối ấy", "bỏ điểm của khối này, hoặc thêm khối vào dòng `chỉ áp dụng với khối`"
            en "the points of block `{block}` at `{code}` are not used: the head does not apply to it", "drop the block's points, or add the block to the line `only applies to block`"
        ReadsAside { code: String, name: String, owner: String } Warning "reads-not-of-block"
            vi "`{code}` đọc `{name}`, mà `{owner}` không áp dụng với khối này: đơn vị của khối không khai được số liệu ấy", "thêm `chỉ áp dụng với khối …` ở `{code}`, hoặc khai số liệu ở mục áp dụng với cả khối này"
            en "`{code}` reads `{name}`, and `{owner}` does not apply to this block: its units cannot state the figure", "add `only applies to block …` under `{code}`, or declare the figure at a head that applies to this block too"
        ReadsSurvey { code: String, name: String, owner: String } Warning "reads-of-survey"
            vi "`{code}` đọc `{name}`, mà `{owner}` do điều tra chấm: năm không điều tra thì không ai khai số liệu ấy", "khai số liệu ở một mục không do điều tra chấm, hoặc làm số liệu chung"
            en "`{code}` reads `{name}`, and `{owner}` is scored by the survey: in a year without one nobody states the figure", "declare the figure at a head that no survey scores, or as shared data"
        Shares { block: String, appraised: Points, survey: Points } Warning "block-shares"
            vi "khối `{block}`: thẩm định {appraised}, điều tra {survey} điểm, khác cả hai phần ghi ở `thang điểm`", "thường chỉ một phần khác; kiểm tra các mục của khối này, hoặc giữ nguyên nếu quyết định chia vậy"
            en "block `{block}`: {appraised} appraised, {survey} survey points; neither is that of the line `scale`", "usually one of them stays; see the heads of this block, or leave it where the decision divides it so"
        PointsOnParent { code: String } Error "block-points-on-parent"
            vi "`{code}` cộng từ các mục dưới, không cho điểm ấn định theo khối", "viết dòng này ở từng mục dưới, hoặc `loại khỏi thang điểm`, `tối đa`, `0 điểm`"
            en "`{code}` is the sum of its parts and is given no points of its own by block", "write the line under each part, or `out of scale`, `maximum`, `0 points`"
    }
}
