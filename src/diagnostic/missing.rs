//! Problems of missing figures and evidence: a consequence must be written.

use super::catalogue::problems;

problems! {
    /// Missing figures and evidence.
    Missing {
        NoFigureConsequence { name: String } Error "no-missing-consequence"
            vi "chưa nói thiếu số liệu `{name}` thì sao", "thêm `thiếu số liệu: chưa chấm` hoặc `thiếu số liệu: 0 điểm, phải giải trình` ở phần đầu hay ở tiêu chí"
            en "nothing says what follows when `{name}` is missing", "add `figures missing: unscored` or `figures missing: 0 points, explain` to the header or the criterion"
        NoEvidenceConsequence { code: String } Error "no-evidence-consequence"
            vi "`{code}` đòi minh chứng mà chưa nói thiếu thì sao", "thêm `thiếu minh chứng: phải giải trình` hoặc `thiếu minh chứng: 0 điểm`"
            en "`{code}` asks for evidence and nothing says what follows without it", "add `evidence missing: explain` or `evidence missing: 0 points`"
        RowsMayBeEmpty { list: String, what: String } Error "rows-may-be-empty"
            vi "danh sách `{list}` có thể không có dòng nào, khi đó `{what}` không có giá trị", "khai danh sách `ít nhất 1`, hoặc thêm `không phát sinh khi đếm({list}) = 0: …`"
            en "the list `{list}` can have no row, and `{what}` then has no value", "declare the list `at least 1`, or add `no case when count({list}) = 0: …`"
        NoRowsConsequence { list: String } Error "no-rows-consequence"
            vi "mọi dòng của `{list}` có thể bị bỏ qua, chưa nói khi đó thì sao", "thêm `không còn dòng nào: loại khỏi thang điểm` hoặc `không còn dòng nào: 0 điểm`"
            en "every row of `{list}` may be passed over, and nothing says what follows", "add `no rows left: out of scale` or `no rows left: 0 points`"
        AllNotApplicable { code: String } Warning "all-not-applicable"
            vi "mọi mục của `{code}` đều có thể bị loại khỏi thang điểm cùng lúc", "nếu vậy `{code}` cũng ra khỏi thang điểm; kiểm tra xem có đúng ý không"
            en "every part of `{code}` can go out of scale at once", "`{code}` then leaves the scale too; see whether that is meant"
    }
}
