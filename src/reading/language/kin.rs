//! What people are to each other: 我妈, 她二叔, 老同事. One list for everything that asks.

use super::text::from;
use super::words::words;

words! {
    /// Relatives, the words of the north-west among them.
    RELATIVES = "\
        爱人 丈夫 妻子 老公 老婆 媳妇 媳妇儿 婆姨 屋里人 掌柜的 当家的 老伴 老伴儿 我家老汉 我老汉 他老汉 那口子 对象 男朋友 女朋友 未婚夫 未婚妻 \
        老头子 老头 老婆子 老太婆 老太太 老爷子 老父亲 老母亲 大哥 大姐 二哥 二姐 大嫂 二嫂 小叔 \
        父亲 爸爸 爸 爹 老爸 老爹 家父 母亲 妈妈 妈 老妈 老娘 家母 我娘 他娘 她娘 父母 \
        爷爷 祖父 奶奶 祖母 外公 外祖父 姥爷 外爷 外婆 外祖母 姥姥 外奶奶 太爷 太奶 \
        公公 婆婆 岳父 岳母 丈人 老丈人 丈母娘 亲家 亲家公 亲家母 \
        伯父 伯伯 伯母 叔叔 叔父 叔 婶婶 婶子 婶 舅舅 舅父 舅妈 舅 姑姑 姑妈 姑父 姑 姨妈 姨父 姨夫 姨 \
        哥哥 哥 嫂子 嫂 妹子 婆娘 表叔 堂叔 表婶 堂婶 表舅 表姨 表姑 表嫂 堂嫂 大伯 弟弟 弟 兄弟 弟媳 弟妹 姐姐 姐 姐夫 妹妹 妹 妹夫 堂哥 堂弟 堂姐 堂妹 堂兄 表哥 表弟 表姐 表妹 表兄 \
        小舅子 大舅哥 小姨子 大姑子 小姑子 连襟 妯娌 \
        儿子 女儿 闺女 丫头 娃 娃娃 孩子 儿媳 儿媳妇 女婿 孙子 孙女 孙媳 孙女婿 外孙 外孙女 外甥 外甥女 侄子 侄儿 侄女 侄媳妇";
    /// Those of them who are younger than the writer's parents: at the end of a mail they sign.
    YOUNGER = "\
        儿子 女儿 闺女 丫头 儿媳 儿媳妇 女婿 孙子 孙女 孙媳 孙女婿 外孙 外孙女 外甥 外甥女 侄子 侄儿 侄女 侄媳妇 学生 徒弟";
    /// Others by whom somebody is told.
    ACQUAINTED = "\
        家属 同事 邻居 街坊 朋友 好友 同学 老乡 亲戚 战友 徒弟 师傅 学徒 房东 搭档 合伙人 员工 队友 舍友 室友 同桌 闺蜜 发小 工友";
}

/// Whether a relative's word stands directly before: 我妈.
#[must_use]
pub(crate) fn relative_before(before: &str) -> bool {
    RELATIVES.end(before).is_some() || dad(before)
}

/// `我大叫苏万仓`: the father, as the north-west calls him.
fn dad(before: &str) -> bool {
    ["我大", "俺大", "他大", "她大"].iter().any(|word| before.ends_with(word))
}

/// Whether the word for a relative or an acquaintance stands directly before.
#[must_use]
pub(crate) fn before(before: &str) -> bool {
    relative_before(before) || ACQUAINTED.end(before).is_some()
}

/// The word for a relative or an acquaintance that stands directly before.
#[must_use]
pub(crate) fn last(before: &str) -> Option<&'static str> {
    let dad = dad(before).then_some("大");
    let words = [RELATIVES.end(before), ACQUAINTED.end(before), dad];
    words.into_iter().flatten().max_by_key(|word| word.len())
}

/// Whether such a word occurs at all.
#[must_use]
pub(crate) fn spoken_of(text: &str) -> bool {
    RELATIVES.found_in(text) || ACQUAINTED.found_in(text)
}

/// Whether a text begins with one: 儿子马强.
#[must_use]
pub(crate) fn first(text: &str) -> Option<&'static str> {
    let words = [RELATIVES.start(text), ACQUAINTED.start(text)];
    words.into_iter().flatten().max_by_key(|word| word.len())
}

/// Whether a word is one and nothing else, whoever it is said of: 我妈, 她的爷爷.
#[must_use]
pub(crate) fn is_one(word: &str) -> bool {
    let bare = word.trim_start_matches([
        '我', '俺', '他', '她', '咱', '们', '的', '大', '小', '老', '二', '三',
    ]);
    [word, bare].iter().any(|word| first(word) == Some(*word))
}

/// `我爸是农惠合作社的理事长`: a clause told of one of the writer's people; how long the words are that say so.
#[must_use]
pub(crate) fn told_of(clause: &str) -> Option<usize> {
    let mine = ["我的", "俺的", "我", "俺"].iter().find_map(|lead| clause.strip_prefix(lead))?;
    let rest = from(mine, first(mine)?.len());
    let told = rest.trim_start_matches(['他', '她', '现', '也', '都', '就', '一', '直']);
    let is = told.strip_prefix('是');
    let tells = is.is_some() || told.starts_with(['在', '当', '做', '任', '开', '办']);
    tells.then(|| clause.len() - is.unwrap_or(told).len())
}

/// A younger relative signs: 孙女尤佳, 小儿子.
#[must_use]
pub(crate) fn signs(before: &str) -> bool {
    let bare = before.trim_start_matches(['您', '你', '的', '大', '小', '二', '三', '我', '是']);
    YOUNGER.start(bare) == Some(bare) && !bare.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_somebody_is_to_the_writer_is_told() {
        for word in ["我妈", "她二叔", "小女儿", "我的岳父", "老同学"] {
            assert!(before(word), "{word}");
        }
        assert_eq!(told_of("我爸是理事长"), Some("我爸是".len()));
        assert!(told_of("我爸想来").is_none() && told_of("我是理事长").is_none());
        assert!(before("我大") && !before("大"));
        assert!(is_one("我爷爷") && is_one("媳妇") && !is_one("我单位"));
        assert!(signs("孙女") && signs("小儿子") && !signs("爷爷"));
    }
}
