//! Papers that come along for another purpose, as the writer says: `附件是我们社的花名册，不是报名的`.

use crate::reading::context::case::FileCase;
use crate::reading::language::text::{Text, from, until};
use crate::reading::language::words::words;

words! {
    /// That something has nothing to do with the registration.
    NOT_FOR_IT = "不是报名的 不是报名用的 不是报名表 不是报名名单 不是来报名的 不是要报名的 跟报名无关 与报名无关 和报名无关 跟报名没关系 和报名没关系 与报名没有关系 跟报名没有关系 和报名没有关系 跟这次报名无关 与本次报名无关 不是参加活动的 不是参会人员 不是参加人员";
    /// What came along.
    PAPERS = "附件 附上 附的 附后 随信 捎带 花名册 名册 名单 文件 表格 那个表 那张表 那份";
}

/// Takes them for what they are said to be.
pub(crate) fn settle(files: &mut [FileCase], own_lines: &str) {
    let own = Text::fold(own_lines);
    if !NOT_FOR_IT.found_in(&own) {
        return;
    }
    let sentences = own.split(['。', '！', '\n', '；']);
    let said: Vec<&str> = sentences
        .filter(|sentence| {
            NOT_FOR_IT.first(sentence).is_some_and(|at| PAPERS.found_in(until(sentence, at)))
        })
        .collect();
    let only = files.len() == 1;
    for file in files {
        let name = Text::fold(&file.name);
        if said.iter().any(|sentence| only || names(sentence, &name)) {
            (file.relevant, file.people) = (false, false);
        }
    }
}

/// Whether a sentence names a file by what it is called: `社员花名册.xlsx`, 花名册.
fn names(sentence: &str, file: &str) -> bool {
    let stem = until(file, file.rfind('.').unwrap_or(file.len()));
    let starts = stem.char_indices().map(|(at, _)| from(stem, at));
    starts
        .filter_map(|rest| rest.char_indices().nth(2).map(|(at, c)| until(rest, at + c.len_utf8())))
        .any(|word| sentence.contains(word))
}
