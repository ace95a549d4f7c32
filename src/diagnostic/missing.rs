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
        AllNotApplicable { code: String } Warning "all-not-applicable"
            vi "mọi mục của `{code}` đều có thể bị loại khỏi thang điểm cùng lúc", "nếu vậy `{code}` cũng ra khỏi thang điểm; kiểm tra xem có đúng ý không"
            en "every part of `{code}` can go out of scale at once", "`{code}` then leaves the scale too; see whether that is meant"
    }
}
