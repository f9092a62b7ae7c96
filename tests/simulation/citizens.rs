//! What citizens write. Each mail says in a header of its own what is meant by it, which the service
//! does not know and the model reads.

use crate::bureau::DESK;

const FAMILY: [&str; 10] = ["马", "王", "李", "张", "杨", "苏", "韩", "丁", "田", "陈"];
const FIRST: [&str; 10] = ["建", "玉", "志", "淑", "彦", "永", "佳", "思", "国", "海"];
const SECOND: [&str; 10] = ["国", "梅", "强", "芳", "龙", "红", "慧", "远", "栋", "涵"];

/// What is meant by a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// A complete registration; as a supervisor or a representative.
    Register {
        supervisor: bool,
    },
    /// A registration without a telephone.
    Begin,
    /// The telephone that was missing.
    Answer,
    Cancel,
    Ask,
    /// Advertisement.
    Bulk,
}

const WISHES: [(&str, Wish); 7] = [
    ("supervisor", Wish::Register { supervisor: true }),
    ("representative", Wish::Register { supervisor: false }),
    ("begin", Wish::Begin),
    ("answer", Wish::Answer),
    ("cancel", Wish::Cancel),
    ("ask", Wish::Ask),
    ("bulk", Wish::Bulk),
];

pub(crate) fn address(n: usize) -> String {
    format!("c{n}@example.test")
}

pub(crate) fn name(n: usize) -> String {
    [FAMILY[n % 10], FIRST[n / 10 % 10], SECOND[n / 100 % 10]].concat()
}

pub(crate) fn phone(n: usize) -> String {
    format!("139950{n:05}")
}

/// The `number`-th mail of a week, from citizen `n`.
pub(crate) fn mail(n: usize, wish: Wish, number: usize) -> Vec<u8> {
    let (name, phone) = (name(n), phone(n));
    let category = |supervisor| {
        if supervisor { "政务公开义务监督员" } else { "企业及群众代表" }
    };
    let (subject, text, more) = match wish {
        Wish::Register { supervisor } => {
            let category = category(supervisor);
            let text = format!("姓名：{name}\n联系电话：{phone}\n报名类别：{category}\n");
            ("政府开放日报名", text, "")
        }
        Wish::Begin => ("政府开放日报名", format!("姓名：{name}\n想做群众代表。\n"), ""),
        Wish::Answer => ("Re: 报名", format!("我的电话是{phone}。\n"), ""),
        Wish::Cancel => ("取消报名", format!("我是{name}，去不了，取消报名。\n"), ""),
        Wish::Ask => ("请问", "请问到政务服务大厅可以坐几路公交车？谢谢。\n".to_owned(), ""),
        Wish::Bulk => (
            "招标信息日报",
            "今日招标项目12个。\n".to_owned(),
            "List-Id: <news.example.test>\r\nPrecedence: bulk\r\n",
        ),
    };
    let word = WISHES.iter().find(|(_, one)| *one == wish).unwrap().0;
    let from = address(n);
    format!(
        "From: {from}\r\nTo: {DESK}\r\nSubject: {subject}\r\nMessage-ID: <{number}.{from}>\r\n\
         X-Meant: {word} {n}\r\n{more}MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}",
        text.replace('\n', "\r\n")
    )
    .into_bytes()
}

/// Who meant what by a mail.
pub(crate) fn meant(raw: &[u8]) -> (usize, Wish) {
    let text = String::from_utf8_lossy(raw);
    let line = text.lines().find_map(|line| line.strip_prefix("X-Meant: ")).unwrap();
    let (word, n) = line.split_once(' ').unwrap();
    let wish = WISHES.iter().find(|(known, _)| *known == word).unwrap().1;
    (n.trim().parse().unwrap(), wish)
}

/// A mail's Message-ID.
pub(crate) fn message_id(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().trim().to_owned()
}
