//! Problems of names and codes.

use super::catalogue::problems;
use super::say::Nearest;

problems! {
    /// Names and codes.
    Names {
        DuplicateCode { code: String } Error "duplicate-code"
            vi "mã `{code}` đã dùng", "mỗi mã đứng một lần trong bộ tiêu chí"
            en "the code `{code}` is used already", "a code stands once in a ruleset"
        DuplicateFigure { name: String } Error "duplicate-figure"
            vi "số liệu `{name}` đã khai trong cùng tiêu chí", "đặt tên khác"
            en "the figure `{name}` is declared already in this criterion", "give it another name"
        UnknownFigure { name: String, nearest: Nearest } Error "unknown-figure"
            vi "không có số liệu `{name}`{nearest}", "khai bằng dòng `số liệu {name} \"…\": …` trong cùng tiêu chí"
            en "there is no figure `{name}`{nearest}", "declare it by a line `data {name} \"…\": …` in the same criterion"
        FoldAlike { name: String, other: String } Error "names-fold-alike"
            vi "`{name}` và `{other}` chỉ khác nhau ở dấu hoặc chữ hoa", "đặt hai tên khác hẳn nhau"
            en "`{name}` and `{other}` differ by marks or case only", "give them names that differ in letters"
        UnusedFigure { name: String } Warning "unused-figure"
            vi "số liệu `{name}` được hỏi mà không dùng để chấm", "dùng trong cách chấm, hoặc bỏ dòng này"
            en "the figure `{name}` is asked for and never used", "use it in the scoring, or drop the line"
        UnusedTemplate { name: String } Warning "unused-template"
            vi "mẫu `{name}` không tiêu chí nào dùng", "gọi bằng `chấm theo mẫu {name}(…)`, hoặc bỏ mẫu"
            en "no criterion uses the template `{name}`", "call it by `score by template {name}(…)`, or drop it"
        UnknownTemplate { name: String, nearest: Nearest } Error "unknown-template"
            vi "không có mẫu `{name}`{nearest}", "khai bằng dòng `mẫu {name}(…)`"
            en "there is no template `{name}`{nearest}", "declare it by a line `template {name}(…)`"
        TemplateArity { name: String, expected: usize, found: usize } Error "template-arity"
            vi "mẫu `{name}` nhận {expected} đối số, ở đây có {found}", "ngăn các đối số bằng `;`"
            en "the template `{name}` takes {expected} arguments, {found} are given", "separate arguments by `;`"
        TemplateCycle { path: String } Error "template-cycle"
            vi "mẫu gọi vòng: {path}", "mẫu không gọi lại chính nó"
            en "templates call in a circle: {path}", "a template does not come back to itself"
        ReservedName { name: String } Error "reserved-name"
            vi "`{name}` là từ dành riêng của ngôn ngữ", "đặt tên khác"
            en "`{name}` is a word reserved by the language", "choose another name"
        NotUnderParent { code: String, parent: String } Error "code-not-under-parent"
            vi "mã `{code}` không nằm dưới `{parent}`, mục gần nhất ở trên", "sửa mã, chuyển dòng đến đúng chỗ, hoặc thêm dòng `thuộc …`"
            en "the code `{code}` does not lie under `{parent}`, the nearest head above", "mend the code, move the line, or add a line `under …`"
        UnknownCode { code: String, nearest: Nearest } Error "unknown-code"
            vi "không có mục nào mang mã `{code}`{nearest}", "dùng mã của một mục trong bộ tiêu chí"
            en "no head has the code `{code}`{nearest}", "use the code of a head of this ruleset"
        UnknownOption { option: String, nearest: Nearest } Error "unknown-option"
            vi "số liệu không có phương án `{option}`{nearest}", "dùng một phương án đã khai ở `lựa chọn …`"
            en "the figure has no option `{option}`{nearest}", "use an option declared after `choice`"
        NumberingGap { missing: String, code: String } Warning "numbering-gap"
            vi "trước `{code}` không có `{missing}`", "kiểm tra xem có sót mục nào khi chép"
            en "there is no `{missing}` before `{code}`", "see whether a head was left out"
    }
}
