//! Numbers of whoever answers for an office: `如需补材料，请与办公室小段联系：187…`.

use super::alone;
use super::refer::Known;
use crate::reading::fact::Role;
use crate::reading::language::text::{Text, from, until};
use crate::reading::language::words::words;
use crate::reading::prose::Said;
use crate::reading::values::names;
use crate::reading::vocabulary::Item;

words! {
    /// Before whom one is to reach.
    WITH = "与 和 跟 同 找";
    /// Behind them.
    SPEAKS = "联系 联络 对接 沟通 接洽 联系一下";
    /// Before them, where nothing stands behind.
    REACHES = "联系 联络 咨询 询问 打给 致电 洽";
    /// Between them and the number.
    BETWEEN = "的电话是 电话是 的电话 电话 手机 的手机 号码 是";
    /// Rooms where somebody answers.
    ROOMS = "办公室 综合办 党政办 厂办 院办 校办 行政部 人事部 人事科 综合部 综合科 人力资源部 财务部 财务科 政工科 工会";
}

/// A number by which an office or somebody called by half a name is reached is nobody's who is put down,
/// unless one of them may be called so.
pub(super) fn office(text: &Text, names: &[Said], known: &[Known], said: &mut [Said]) {
    let spoken_of = || names.iter().filter(|name| name.role != Role::Contact);
    let families: Vec<char> = spoken_of()
        .filter_map(|name| name.value.chars().next())
        .chain(known.iter().filter_map(Known::family))
        .collect();
    for one in said.iter_mut().filter(|one| one.item == Item::Phone && one.role != Role::Contact) {
        let Some(whom) = whom(until(&text.folded, one.range.start)) else { continue };
        let called = alone::nickname(whom).then(|| family(whom)).flatten();
        let other = called.is_some_and(|c| !families.contains(&c)) || ROOMS.end(whom).is_some();
        if other && !whom.starts_with(['我', '本', '他', '她']) {
            one.role = Role::Contact;
        }
    }
}

/// Whom the sentence before a number names as the one to reach.
fn whom(before: &str) -> Option<&str> {
    let sentence = before.rsplit(['。', '；', ';', '！', '？', '（', '(', '\n']).next()?;
    let marks = |text: &str| text.trim_end_matches(['，', ',', '：', ':', ' ']).len();
    let bare = until(sentence, marks(sentence));
    let bare = BETWEEN.end(bare).map_or(bare, |word| until(bare, bare.len() - word.len()));
    let bare = until(bare, marks(bare));
    let behind = |clause| WITH.spans(clause).map(|(_, end)| from(clause, end)).last();
    if let Some(verb) = SPEAKS.end(bare) {
        return behind(until(bare, bare.len() - verb.len())).filter(|whom| !whom.is_empty());
    }
    let clause = bare.rsplit(['，', ',']).next()?;
    let reached = REACHES.spans(clause).map(|(_, end)| from(clause, end)).last();
    reached.filter(|whom| !whom.is_empty() && !whom.starts_with(['人', '我', '方', '电']))
}

/// `办公室小段`, `厂办的王主任`: the family name by which somebody is called.
fn family(whom: &str) -> Option<char> {
    let (name, title) = names::split_title(whom);
    if title.is_empty() { whom.chars().next_back() } else { name.chars().next_back() }
}
