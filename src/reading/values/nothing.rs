//! What a form's field holds that nobody wrote into it: marks of nothing, the form's own prompts and choices.

use crate::reading::language::text::{from, squeeze, until};

/// Whether a value stands for nothing.
#[must_use]
pub(super) fn is_none(folded: &str) -> bool {
    let bare = squeeze(folded);
    let bare = bare.trim_matches(|c: char| "。，,.；;、_（）()【】[]".contains(c));
    let bare = without_reason(bare);
    is_blank(bare)
        || declines(bare)
        || matches!(
            bare,
            "暂时没有"
                | "无手机"
                | "没有手机"
                | "没手机"
                | "保密"
                | "不便提供"
                | "待补"
                | "后补"
                | "忘了"
                | "记不清"
                | "不想写"
                | "不想填"
                | "不愿透露"
                | "不方便填"
                | "不方便写"
                | "不便填写"
                | "不便透露"
                | "不公开"
                | "不记得"
        )
        || is_prompt(bare)
        || bare.chars().all(|c| matches!(c, '_' | '-' | '—' | '*' | 'x' | '×' | '/' | '.' | '…'))
}

/// `暂不填`, `先不写了`, `不填可以吗`: the answer is put off or declined.
fn declines(bare: &str) -> bool {
    let bare = bare.trim_end_matches(['了', '吧', '啊', '？', '?', '吗']);
    let bare = bare.trim_end_matches("可以").trim_end_matches("行");
    let put_off = ["暂时", "暂且", "暂", "先", "这个", "此项", "就"];
    let rest = put_off.iter().fold(bare, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    matches!(
        rest,
        "不填" | "不填写" | "不写" | "不提供" | "不留" | "不说" | "不报" | "空着" | "略过"
    )
}

/// What stands in any field that is left empty, without blanks and marks around it.
#[must_use]
pub(super) fn is_blank(bare: &str) -> bool {
    matches!(
        bare,
        "" | "无"
            | "没有"
            | "没"
            | "暂无"
            | "/"
            | "-"
            | "--"
            | "—"
            | "——"
            | "\\"
            | "略"
            | "空"
            | "未填"
            | "待填"
            | "不详"
            | "请填写"
            | "none"
            | "null"
            | "n/a"
    )
}

/// `无（2018年退休）`, `暂无，务农`: nothing, and the reason why.
fn without_reason(bare: &str) -> &str {
    let (nothing, reason) = bare.split_once(['（', '(', '，', ',']).unwrap_or((bare, ""));
    let why = [
        "退休",
        "务农",
        "待业",
        "失业",
        "无业",
        "种地",
        "在家",
        "离职",
        "内退",
        "毕业",
        "学生",
        "没有",
        "灵活就业",
    ];
    let told = matches!(nothing, "无" | "没有" | "没" | "暂无")
        && why.iter().any(|word| reason.contains(word));
    if told { nothing } else { bare }
}

/// `单击或点击此处输入文字`, `没有可不填`: what the form itself says in an empty field.
fn is_prompt(bare: &str) -> bool {
    let prompts = [
        "单击此处",
        "点击此处",
        "此处输入",
        "选择一项",
        "请选择",
        "请输入",
        "点击输入",
        "点击选择",
        "在此填写",
        "在此输入",
        "可不填",
        "可以不填",
        "没有不填",
        "无则不填",
        "选填",
        "必填",
    ];
    bare.chars().nth(16).is_none() && prompts.iter().any(|prompt| bare.contains(prompt))
}

/// `企业代表（监督员、企业代表、群众代表任选其一）`: without the bracket by which a form tells its choices.
pub(super) fn without_choices(folded: &str) -> String {
    let Some(open) = folded.rfind(['（', '(']).filter(|open| *open > 0) else {
        return folded.to_owned();
    };
    let told = from(folded, open);
    let choose = ["选一", "选其一", "任选", "单选", "之一", "可选", "勾选", "选填", "多选"];
    let hint = choose.iter().any(|word| told.contains(word)) && told.ends_with(['）', ')']);
    if hint { until(folded, open).to_owned() } else { folded.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_says_itself_is_no_value() {
        assert!(is_none("单击或点击此处输入文字。") && is_none("（没有可不填）") && is_none("/"));
        assert!(is_none("无（2018年退休）") && is_none("暂无，在家务农") && !is_none("无（待办）"));
        assert!(!is_none("选煤厂") && !is_none("西吉县无忧商店"));
        assert_eq!(without_choices("企业代表（三选一）"), "企业代表");
        assert_eq!(without_choices("企业代表（个体）"), "企业代表（个体）");
    }
}
