//! Text made comparable without losing what was written.
//!
//! [`Text::shown`] is the original with full-width letters and digits made narrow, strange blanks
//! made plain and invisible characters removed. [`Text::folded`] has the same byte positions and
//! traditional characters replaced by simplified ones, so what is found in the one can be cut out of
//! the other.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

/// A piece of text in both forms; byte offsets are the same in both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    /// As written, blanks and widths normalised.
    pub shown: String,
    /// Simplified and lower-cased, for comparing.
    pub folded: String,
}

impl Text {
    /// Normalises.
    #[must_use]
    pub(crate) fn new(raw: &str) -> Self {
        let shown = show(raw);
        let folded = simple(&shown);
        Self { shown, folded }
    }

    /// The shown form alone.
    #[must_use]
    pub(crate) fn show(raw: &str) -> String {
        show(raw)
    }

    /// The folded form alone.
    #[must_use]
    pub(crate) fn fold(raw: &str) -> String {
        simple(&show(raw))
    }

    /// The part in this range of bytes, in both forms; empty where the range is none.
    #[must_use]
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        Self {
            shown: cut(&self.shown, range.clone()).to_owned(),
            folded: cut(&self.folded, range).to_owned(),
        }
    }

    /// Whether there is nothing but blanks.
    #[must_use]
    pub(crate) fn is_blank(&self) -> bool {
        self.shown.trim().is_empty()
    }
}

/// A part of a string; empty where the range does not fit.
#[must_use]
pub(crate) fn cut(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or("")
}

/// What follows a byte position.
#[must_use]
pub(crate) fn from(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or("")
}

/// What stands before a byte position.
#[must_use]
pub(crate) fn until(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or("")
}

/// The first characters, so many as are wanted; `None` when there are fewer.
#[must_use]
pub(crate) fn take(text: &str, count: usize) -> Option<&str> {
    match text.char_indices().nth(count) {
        Some((end, _)) => Some(until(text, end)),
        None => (text.chars().count() == count).then_some(text),
    }
}

/// Nearly every text is normal already: then it is copied as a whole, not character by character.
fn show(raw: &str) -> String {
    if raw.chars().all(|c| narrow(c) == Some(c)) {
        return raw.to_owned();
    }
    let mut shown = String::with_capacity(raw.len());
    shown.extend(raw.chars().filter_map(narrow));
    shown
}

fn simple(shown: &str) -> String {
    if shown.chars().all(|c| simplify(c) == c) {
        return shown.to_owned();
    }
    let mut folded = String::with_capacity(shown.len());
    folded.extend(shown.chars().map(simplify));
    // Traditional texts write the word so; both are of one length.
    if folded.contains("身分") { folded.replace("身分", "身份") } else { folded }
}

/// Without a word at its start, however often it stands there.
#[must_use]
pub(crate) fn without_start<'t>(text: &'t str, word: &str) -> &'t str {
    let mut rest = text;
    while let Some(shorter) = rest.strip_prefix(word) {
        rest = shorter;
    }
    rest
}

fn narrow(c: char) -> Option<char> {
    Some(match c {
        // Nearly all of a mail: nothing to do.
        ' '..='~' | '\u{4e00}'..='\u{9fff}' => c,
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}'
        | '\u{ad}'
        | '\u{fe0e}'
        | '\u{fe0f}' => return None,
        '\t' => '\t',
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{1680}'
        // Pictures stand where others put a mark; 🗸 and 🗹 tick a box.
        | '\u{1f000}'..='\u{1f5f7}' | '\u{1f5fa}'..='\u{1faff}' => {
            ' '
        }
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        '＠' => '@',
        '．' => '.',
        '－' => '-',
        '＋' => '+',
        '＆' => '&',
        '／' => '/',
        '＃' => '#',
        '＝' => '=',
        '＿' => '_',
        '•' | '‧' | '・' => '·',
        '〖' | '〘' | '〚' | '❲' | '⟦' | '︻' => '【',
        '〗' | '〙' | '〛' | '❳' | '⟧' | '︼' => '】',
        '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
        _ if c.is_control() && c != '\n' => return None,
        _ => radical(c),
    })
}

/// Radicals that some fonts and PDF makers put in place of the characters themselves.
fn radical(c: char) -> char {
    if !matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}') {
        return c;
    }
    let mut forms = std::iter::once(c).nfkc();
    match (forms.next(), forms.next()) {
        (Some(form), None) => form,
        _ => c,
    }
}

/// Traditional characters that occur in labels, categories, ethnic groups and the words of intent.
const TRADITIONAL: &str = "並并亞亚佈布佔占併并來来係系俠侠倉仓個个們们倫伦偉伟側侧偵侦傑杰備备傢家傭佣傳传債债傷伤僅仅僑侨僱雇價价儀仪億亿優优儲储兇凶兒儿冊册凱凯別别則则創创劃划劇剧劉刘劍剑動动務务勝胜勞劳勢势勳勋勵励匯汇區区協协卻却厭厌參参吳吴呂吕員员問问啟启單单嘆叹噸吨嚐尝嚴严囑嘱國国圍围園园圓圆圖图團团執执堅坚報报場场墊垫墳坟壓压壞坏壯壮壽寿夢梦奪夺奮奋姪侄婦妇媽妈嬰婴孃娘孫孙學学寢寝實实寧宁審审寫写寬宽寶宝將将專专對对導导屆届層层屬属岡冈島岛峽峡嶺岭師师帳帐帶带幣币幫帮幾几廚厨廟庙廠厂廣广廳厅張张強强彈弹彙汇後后徑径從从復复徵征徹彻恆恒悅悦惡恶惱恼愛爱態态慣惯慶庆憂忧憑凭憲宪應应懶懒懷怀戰战戲戏戶户掃扫揀拣換换損损搖摇搶抢撥拨擇择擔担據据擬拟擴扩攜携攝摄攤摊敗败敵敌數数斷断於于時时晝昼暫暂曆历曬晒書书會会東东條条楊杨業业極极榮荣構构槍枪樂乐樓楼標标樞枢樣样樸朴樹树橋桥機机檔档檢检權权歐欧歡欢歲岁歷历歸归殘残殺杀毀毁氣气決决沒没況况洩泄淚泪淨净淺浅減减渦涡測测湊凑湯汤準准溝沟溫温滅灭滙汇滾滚滿满漁渔漢汉漲涨漸渐潔洁潤润澤泽濃浓濕湿濟济濤涛濱滨瀏浏灑洒灣湾災灾為为無无煉炼煙烟煩烦熱热燈灯燒烧營营爐炉爭争爺爷爾尔犧牺狀状獎奖獨独獲获獵猎獻献現现環环產产畢毕畫画異异當当療疗癥症發发盜盗盡尽監监盤盘眾众睏困矚瞩碩硕確确碼码礎础禮礼禱祷種种稱称穀谷積积穩稳窮穷競竞筆笔筍笋節节範范築筑簡简簽签籃篮糧粮糾纠紀纪約约紅红純纯紙纸級级紛纷細细終终組组結结絡络給给統统絲丝經经綠绿維维網网緊紧線线緣缘編编練练縣县縮缩總总績绩織织繞绕繪绘繫系繳缴繼继續续罰罚羅罗義义聖圣聞闻聯联聰聪聲声聶聂職职聽听肅肃脅胁脈脉腦脑腳脚膽胆臨临臺台與与興兴舉举舊旧舖铺艦舰艱艰莊庄莖茎華华萬万葉叶葷荤蓮莲蔣蒋蔥葱蕭萧薑姜薦荐藍蓝藝艺藥药蘇苏蘭兰處处虛虚號号蟲虫衆众術术衛卫衝冲裏里補补裝装裡里複复見见視视親亲覺觉覽览觀观觸触訂订計计訊讯訓训託托記记訪访設设許许診诊註注詞词詢询試试詩诗話话該该誌志認认誠诚誤误說说課课調调談谈請请論论諮咨諸诸謝谢謹谨證证識识譚谭譜谱議议護护讀读變变讓让讚赞豐丰貝贝財财貨货販贩貫贯貴贵買买費费貼贴貿贸賀贺資资賈贾賓宾賢贤賣卖賴赖購购贊赞贏赢趕赶趙赵趨趋躍跃車车軍军軟软較较輕轻輛辆輝辉輪轮輯辑輸输辦办辭辞農农這这週周進进運运過过遞递遠远適适遲迟遷迁選选還还邊边邏逻郵邮鄉乡鄒邹鄔邬鄧邓鄭郑鄰邻鄺邝醫医醬酱釋释針针釣钓銀银銘铭銜衔銷销鋪铺鋼钢錄录錢钱錦锦錯错錶表鍋锅鍵键鍾钟鎖锁鎮镇鏈链鏡镜鐘钟鐵铁鑒鉴鑰钥長长門门閃闪閆闫閉闭開开閒闲間间閔闵閱阅閻阎闊阔關关陳陈陸陆陽阳隊队階阶際际隨随險险隱隐隻只雙双雜杂雞鸡離离難难雲云電电霧雾靈灵靜静鞏巩韋韦韓韩響响頁页項项順顺須须預预頒颁領领頭头頻频顆颗題题額额顏颜願愿類类顧顾風风飛飞飯饭飲饮飽饱飾饰養养餘余館馆馬马馮冯駐驻駕驾駛驶駱骆騎骑騙骗驅驱驗验驚惊驟骤體体髮发鬆松鬥斗鬧闹魯鲁鮑鲍鮮鲜鳥鸟鳳凤鳴鸣鵝鹅鵬鹏鹽盐麗丽麥麦麵面黃黄點点黨党齊齐齒齿齡龄齣出龍龙龐庞龔龚龜龟";

fn simplify(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    if !matches!(c, '\u{4e00}'..='\u{9fff}') {
        return c;
    }
    let place = usize::try_from(u32::from(c) - FIRST_HAN).unwrap_or(usize::MAX);
    SIMPLE.get(place).copied().filter(|simple| *simple != '\0').unwrap_or(c)
}

/// Where the block of the common Han characters begins (CJK Unified Ideographs, U+4E00).
const FIRST_HAN: u32 = 0x4e00;
/// How many it holds.
const HAN: usize = 0x5200;

/// By place in the block; every character of a mail is looked up, so there is no hashing.
static SIMPLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table = vec!['\0'; HAN];
    let mut pairs = TRADITIONAL.chars();
    while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
        let place = u32::from(from).checked_sub(FIRST_HAN).and_then(|at| usize::try_from(at).ok());
        if let Some(simple) = place.and_then(|place| table.get_mut(place)) {
            *simple = to;
        }
    }
    table
});

/// A set of characters of the basic plane, a bit each.
#[derive(Debug)]
pub(crate) struct CharSet(Vec<u64>);

impl CharSet {
    /// Whether the character is in it.
    #[must_use]
    pub(crate) fn has(&self, c: char) -> bool {
        let code = u32::from(c);
        let bits = usize::try_from(code / 64).ok().and_then(|place| self.0.get(place));
        bits.is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }
}

impl FromIterator<char> for CharSet {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        let mut set = vec![0; 0x1_0000 / 64];
        for code in chars.into_iter().map(u32::from) {
            let bits = usize::try_from(code / 64).ok().and_then(|place| set.get_mut(place));
            if let Some(bits) = bits {
                *bits |= 1 << (code % 64);
            }
        }
        Self(set)
    }
}

/// A Han character.
#[must_use]
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}' | '〇' | '\u{e000}'..='\u{f8ff}')
}

/// Without any blank.
#[must_use]
pub(crate) fn squeeze(text: &str) -> String {
    if !text.contains(char::is_whitespace) {
        return text.to_owned();
    }
    let mut squeezed = String::with_capacity(text.len());
    squeezed.extend(text.chars().filter(|c| !c.is_whitespace()));
    squeezed
}

/// Names of equal length that differ in one character: one of them is mistyped.
#[must_use]
pub(crate) fn one_apart(a: &str, b: &str) -> bool {
    a != b
        && a.chars().count() == b.chars().count()
        && a.chars().zip(b.chars()).filter(|(x, y)| x != y).count() == 1
}

/// Shortened for a quotation, at most 60 characters.
#[must_use]
pub(crate) fn quote(text: &str) -> String {
    let text = text.trim();
    let mut places = text.char_indices().map(|(at, _)| at).skip(59);
    let quote = match (places.next(), places.next()) {
        (Some(last), Some(_)) => format!("{}…", until(text, last)),
        _ => text.to_owned(),
    };
    if quote.contains('\n') { quote.replace('\n', " ") } else { quote }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_have_the_same_byte_positions() {
        let text = Text::new("報名類別：群眾代表　１３８\u{200b}X");
        assert_eq!(text.shown, "報名類別：群眾代表 138X");
        assert!(text.folded.starts_with("报名类别"));
        assert_eq!(Text::show("\u{2068}焦 旺\u{2069}"), "焦 旺");
        assert_eq!(text.shown.len(), text.folded.len());
    }
}
