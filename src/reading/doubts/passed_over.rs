//! What stands in a mail that registers or mends and was passed over: an employer where nobody has one, a name that stands
//! alone, more people than were read. A person looks before it counts for nothing.

use crate::message::{Block, Message, Voice};
use crate::reading::context::case::Case;
use crate::reading::language::kin;
use crate::reading::language::text::{Text, from, is_han, until};
use crate::reading::language::words::words;
use crate::reading::people::unemployed;
use crate::reading::prose::former;
use crate::reading::prose::shops;
use crate::reading::values::id_number;
use crate::reading::values::names;
use crate::reading::values::places;
use crate::reading::vocabulary::Vocabulary;
use crate::reading::{Kind, Reading, field};

words! {
    /// What may stand between the beginning of a clause and the name of an employer.
    LEADS = "我们是 我们的 我们 我是 我在 我 咱们 咱 俺 在 是 的 来自 本人 单位 现在 一直 就 都 均 三个 两个 两人 三人 他 她";
    /// Whoever is spoken of there does not work there.
    ELSEWHERE = "去 到 给 跟 向 听 让 找 问 从 路过 旁边 隔壁 对面 附近 后面 前面 住 上学 读书 念书 报告 反映 建议 希望 投诉 感谢 业务 办理 办证 办事 买 卖给 送到 接送 儿子 女儿 孩子 孙 \
        老师 班主任 家长 学生 毕业 书记 支部 业委会 公开 摊 县城";
    /// Whose parents come, and to whose school they do not belong.
    OF_PUPILS = "家长 班主任 妈妈 爸爸";
    /// Offices that are written to and not worked in.
    OFFICES = "党和政府 审批 政务 大厅 贵局 贵单位 你局 公安局 派出所 社保 医保 人民政府 新闻 服务中心 服务站 村委会 居委会 民委员会";
}

/// What was passed over in a mail that registers somebody.
pub(crate) fn doubts(
    case: &Case,
    message: &Message,
    reading: &Reading,
    words: &Vocabulary,
) -> Vec<String> {
    let mut reasons = only_named(reading);
    reasons.extend(employer(case, message, reading, words));
    reasons.extend(pieces(case, reading));
    reasons.extend(lone_name(case, reading));
    reasons.extend(sections(case, reading));
    if reasons.is_empty() {
        reasons.extend(called(case, reading));
        reasons.extend(owner(case, reading));
        reasons.extend(retired(case, reading));
    }
    reasons
}

/// The name of an employer that stands in the mail, where nobody who is registered has one.
fn employer(
    case: &Case,
    message: &Message,
    reading: &Reading,
    words: &Vocabulary,
) -> Option<String> {
    let none = reading.applicants.iter().all(|one| !one.fields.contains_key(field::ORGANIZATION));
    let open = reading.kind == Kind::Registration
        && none
        && !reading.review()
        && !case.letter.ours
        && !unemployed::NO_EMPLOYER.found_in(&case.own)
        && !unemployed::in_form(message)
        && !OF_PUPILS.found_in(&case.own);
    if !open {
        return None;
    }
    let retired = case.own.contains("退休");
    let relevant = |name: &str| case.files.iter().any(|file| file.relevant && file.name == name);
    let documents = message.documents.iter().enumerate();
    let read = documents.filter(|(place, document)| *place == 0 || relevant(&document.name));
    let mut named = read.flat_map(|(_, document)| &document.blocks).find_map(|block| match block {
        Block::Line(line) if line.voice == Voice::Own => workplace(&line.text, words, retired),
        Block::Table(table) if table.voice == Voice::Own => {
            // Below such a heading stand the family and where they work.
            let family = ["家庭主要成员", "家庭成员", "主要社会关系", "称谓"];
            let cells = table.cells.iter().map(|cell| cell.text.as_str());
            let cells = cells.take_while(|text| !family.iter().any(|word| text.contains(word)));
            std::iter::once(table.title.as_str())
                .chain(cells)
                .find_map(|text| workplace(text, words, retired))
        }
        _ => None,
    });
    named.take().map(|name| format!("“{name}”没有读懂是不是工作单位"))
}

/// The name of an employer in a line, said of no one else and of no former time.
fn workplace(line: &str, words: &Vocabulary, retired: bool) -> Option<String> {
    let folded = Text::fold(line);
    let marks =
        ['，', '。', '；', '！', '？', ',', ';', '、', '（', '）', '(', ')', ' ', '：', ':'];
    folded.split(marks).find_map(|clause| {
        let end = places::organization_end(clause)?;
        let mut name = until(clause, end);
        while let Some(word) = LEADS.start(name) {
            name = from(name, word.len());
        }
        // 是某某驿站的值班电话: whose telephone it is.
        let telephone = from(clause, end).starts_with('的') && clause.ends_with("电话");
        let told = !telephone
            && (4..=20).contains(&name.chars().count())
            && name.chars().all(is_han)
            && places::has_ending(name)
            && !name.starts_with(['不', '同', '各', '某', '哪'])
            && places::is_organization(name)
            && !ELSEWHERE.found_in(clause)
            && kin::told_of(clause).is_none()
            && !shops::only_planned(clause)
            && !OFFICES.found_in(name)
            && !words
                .bureau_names
                .iter()
                .any(|own| name.contains(own.as_str()) || own.contains(name))
            && !(retired && former::served(clause))
            && !former::is_past(clause);
        told.then(|| name.to_owned())
    })
}

/// Somebody of whom a name is said and nothing that all others have: `报名：葛文娟…`, and a name in a file.
fn only_named(reading: &Reading) -> Vec<String> {
    let keys =
        [field::PHONE, field::ID_NUMBER, field::CATEGORY, field::ORGANIZATION, field::POSITION];
    let told = |key: &str| reading.applicants.iter().any(|one| one.fields.contains_key(key));
    let several = reading.kind == Kind::Registration && reading.applicants.len() > 1;
    if !several
        || reading.review()
        || !told(field::CATEGORY)
        || !(told(field::PHONE) || told(field::ID_NUMBER))
    {
        return Vec::new();
    }
    let bare = reading
        .applicants
        .iter()
        .filter(|one| keys.iter().all(|key| !one.fields.contains_key(*key)));
    let names = bare.filter_map(|one| one.get(field::NAME));
    names.map(|name| format!("只写了“{name}”的名字，不确定是否也要报名")).collect()
}

/// `一、监督员（2人）…二、企业代表（1人）…`: what the headings count, and what was read below them.
fn sections(case: &Case, reading: &Reading) -> Option<String> {
    let heading = |line: &str| {
        let line = line.trim().trim_end_matches([':', '：']);
        let numbered =
            line.starts_with(|c: char| "一二三四五六七八".contains(c)) && line.contains('、');
        let count = line.strip_suffix("人）").or_else(|| line.strip_suffix("名）"))?;
        let (_, count) = count.rsplit_once('（')?;
        numbered.then(|| count.trim_start_matches('共').parse::<usize>().ok()).flatten()
    };
    let counts: Vec<usize> = case.own_lines.lines().filter_map(heading).collect();
    let (announced, read) = (counts.iter().sum::<usize>(), reading.applicants.len());
    let differ = reading.kind == Kind::Registration && counts.len() > 1 && announced != read;
    (differ && !reading.review()).then(|| format!("邮件说有{announced}人，读到{read}人的信息"))
}

/// `马文的应该是153…，杨小娟的应该是181…`: whose data are put right is named, and nobody was read by name.
fn owner(case: &Case, reading: &Reading) -> Option<String> {
    let nameless = reading.applicants.iter().all(|one| one.get(field::NAME).is_none());
    if reading.kind != Kind::Change || !nameless || reading.review() {
        return None;
    }
    let own = Text::fold(&case.own_lines);
    own.match_indices('的').find_map(|(at, of)| {
        let rest = from(&own, at + of.len());
        let theirs = ["应", "电话", "手机", "号", "身份证", "名字", "类别"];
        let clause = until(&own, at).rsplit(|c: char| !is_han(c)).next()?;
        let name = (2..=3).contains(&clause.chars().count()) && names::plausible(clause);
        (name && theirs.iter().any(|word| rest.starts_with(word)))
            .then(|| format!("“{clause}”的更正没有读懂"))
    })
}

/// `先后在什字中学、西吉二中任教，2011年退休`: nobody works where they have retired from.
fn retired(case: &Case, reading: &Reading) -> Option<String> {
    let [one] = reading.applicants.as_slice() else { return None };
    let name = one.get(field::ORGANIZATION)?;
    if reading.kind != Kind::Registration || reading.review() {
        return None;
    }
    let folded = Text::fold(name);
    let mut sentences = case.own.split(['。', '；', '！', '\n']);
    let told = sentences.any(|sentence| {
        sentence.split_once(folded.as_str()).is_some_and(|(_, rest)| {
            ["年退休", "月退休", "已退休", "退休了"].iter().any(|word| rest.contains(word))
                && !["返聘", "现在", "现为", "现任", "如今"]
                    .iter()
                    .any(|word| sentence.contains(word))
        })
    });
    told.then(|| format!("信中说已退休，不确定“{name}”是不是现在的单位"))
}

/// `他叫摆占财，我叫马秀莲`: whoever is called by a name is meant, though they were not read.
fn called(case: &Case, reading: &Reading) -> Option<String> {
    let own = Text::fold(&case.own_lines);
    let with = ["跟我", "和我", "与我", "我俩"].iter().any(|word| own.contains(word));
    if reading.kind != Kind::Registration || reading.review() || case.letter.ours || !with {
        return None;
    }
    own.match_indices("我叫").find_map(|(at, lead)| {
        let rest = from(&own, at + lead.len());
        let word = rest.split(|c: char| !is_han(c) && c != '·').next()?;
        let length = word.chars().count();
        let known = reading.applicants.iter().any(|one| {
            one.get(field::NAME).is_some_and(|name| rest.starts_with(Text::fold(name).as_str()))
        });
        let name = (2..=3).contains(&length) && names::plausible(word) && !known;
        let only = reading.applicants.len() == 1 && at > 0;
        (name && only).then(|| format!("“{word}”没有读懂是不是报名人"))
    })
}

/// A name that stands alone in the mail, where somebody who is registered has none: `问：您叫什么？答：杜鹏程。`
fn lone_name(case: &Case, reading: &Reading) -> Option<String> {
    let nameless = reading.applicants.iter().any(|one| !one.fields.contains_key(field::NAME));
    if reading.kind != Kind::Registration || !nameless || reading.review() || case.letter.ours {
        return None;
    }
    let own = Text::fold(&case.own_lines);
    let mut words = own.split(|c: char| !is_han(c) && c != '·');
    let lone = words.find(|word| {
        let length = word.chars().count();
        (2..=3).contains(&length)
            && names::plausible(word)
            && !reading
                .applicants
                .iter()
                .any(|one| one.fields.values().any(|value| value.value.contains(word)))
    });
    lone.map(|name| format!("“{name}”没有读懂是不是报名人"))
}

/// `证件号前头是642223，中间是我生日19800417，后头四位是2065`: a number told in pieces.
fn pieces(case: &Case, reading: &Reading) -> Option<String> {
    let lacking = reading.applicants.iter().any(|one| one.get(field::ID_NUMBER).is_none());
    if reading.kind != Kind::Registration || !lacking || reading.review() {
        return None;
    }
    let figure = |c: char| c.is_ascii_digit() || c == 'x';
    let runs: Vec<&str> =
        case.own_lines.split(|c| !figure(c)).filter(|run| !run.is_empty()).collect();
    let whole = runs.windows(3).any(|run| {
        let lengths = run.iter().map(|piece| piece.len());
        lengths.eq([6, 8, 4]) && id_number::check(&run.concat()).is_ok()
    });
    // 前面642223，生日1982年4月17日，后面3548
    let dated = runs.windows(5).any(|run| {
        let [region, year, month, day, rest] = run else { return false };
        let date = region.len() == 6 && year.len() == 4 && month.len() <= 2 && day.len() <= 2;
        date && id_number::check(&format!("{region}{year}{month:0>2}{day:0>2}{rest}")).is_ok()
    });
    (whole || dated).then(|| "身份证号分开写了，没有读懂".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::reading::reader::read_letter as read;

    #[test]
    fn an_employer_and_a_number_in_pieces_are_asked_about() {
        let body = "我叫巩彩红，报群众代表，17795551408。";
        assert!(!read(body).review());
        let pieces = "证件号前头是642223，中间是我生日1980年4月17日，后头四位是2065";
        assert!(read(&format!("{body}{pieces}")).review());
        let named = read(&format!("{body}\r\n红星砖厂人员"));
        assert!(named.review() || named.applicants[0].get("organization").is_some(), "{named:?}");
    }

    #[test]
    fn rows_of_one_shape_are_rows_to_the_last() {
        let rows = "都是群众代表\r\n关雪梅 15226551608 大班教师\r\n尚小娟 18295551617 保健医\r\n\
                    马秀芬 13895551626 木工";
        assert_eq!(read(rows).applicants.len(), 3);
    }

    #[test]
    fn counts_of_headings_and_former_work_are_held_against_what_was_read() {
        let sections = |last: &str| {
            format!(
                "报送如下。\r\n一、政务公开义务监督员（1人）\r\n1. 贾文奎，男，18795466021\r\n\
                 二、群众代表（{last}人）\r\n1. 拓海霞，女，18209546639"
            )
        };
        assert!(!read(&sections("1")).review());
        assert!(read(&sections("2")).review());
        let past = "我叫张志林，愿意担任监督员，15309546071。先后在西吉县什字中学、西吉二中任教，2011年退休。";
        let reading = read(past);
        assert!(
            reading.review() || reading.applicants[0].get("organization").is_none(),
            "{reading:?}"
        );
    }
}
