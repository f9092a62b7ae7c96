//! What the digest says of a busy day, of a quiet one and of trouble.
use crate::desk::{at, event};
use crate::facts;
use baoming::digest::{Facts, Page, check_templates, write};
use baoming::reply::Stationery;
use baoming::roster::{Status, TaskKind};
use baoming::store::{LetterState, Pause, Standing};

fn written(facts: &Facts) -> Page {
    let stationery = Stationery::load(None).unwrap();
    write(&stationery, facts, "西吉县审批服务管理局", &event().zone).unwrap()
}

fn says(page: &Page, parts: &[&str]) {
    for part in parts {
        assert!(page.text.contains(part), "text lacks {part}:\n{}", page.text);
    }
}

#[test]
fn a_busy_day_tells_places_news_work_letters_mail_and_health() {
    let page = written(&facts::busy_day());
    assert_eq!(page.subject, "【报名日报】9月13日 已确认19/25 待办3件 西吉县审批服务管理局");
    says(&page, &["已确认 19/25，候补 3，新报名 7，待办 3 件，系统正常"]);
    says(&page, &["政务公开义务监督员：名额 8 = 已确认 5 + 保留 0 + 空余 3；候补 0"]);
    says(&page, &["企业及群众代表：名额 17 = 已确认 14 + 保留 3 + 空余 0；候补 3"]);
    says(&page, &["合计：名额 25 = 已确认 19 + 保留 3 + 空余 3；候补 3"]);
    says(&page, &["XJ21-014 马*文 企业及群众代表 已确认（邮件，09-13 09:12）"]);
    says(&page, &["XJ21-006 摆*海 企业及群众代表 已取消（邮件，09-13 10:22，变动）"]);
    says(
        &page,
        &[
            "候补第3位",
            "身份证号码第18位校验不符",
            "baoming approve XJ21-017",
            "baoming reject XJ21-017",
        ],
    );
    says(&page, &["《请问老人能不能代报名？》", "baoming settle 13"]);
    says(&page, &["重新发送：baoming resend 31"]);
    assert!(!page.text.contains("--arrived"), "it was refused:\n{}", page.text);
    says(&page, &["自动回复（不作处理）：2 封", "群发和广告（不作处理）：4 封"]);
    says(&page, &["最近一次核对邮箱：09-13 17:39", "日报每天发出"]);
}

#[test]
fn a_letter_of_unknown_fate_is_shown_with_both_choices() {
    let mut facts = facts::busy_day();
    let letters = facts.tasks.iter_mut().filter_map(|task| task.letter.as_mut());
    letters.for_each(|letter| letter.state = LetterState::Uncertain);
    let page = written(&facts);
    says(&page, &["回信去向不明", "重新发送：baoming resend 31"]);
    says(&page, &["已问明，对方收到了：baoming resend 31 --arrived"]);
}

#[test]
fn the_folders_sums_add_up_to_what_the_server_listed() {
    let page = written(&facts::busy_day());
    says(
        &page,
        &[
            "邮箱列出 48 = 已办理 36 + 不处理 6 + 重复 2 + 无法读取 0 + 待处理 0 + 其他 5 - 已移走 1",
        ],
    );
    says(&page, &["广告邮件（bureau）：邮箱列出 7 = 已办理 1 + 不处理 6"]);
    assert!(page.html.contains("相符") && !page.html.contains("差 "), "{}", page.html);
}

#[test]
fn a_message_that_the_ledger_lacks_is_an_alarm() {
    let mut facts = facts::busy_day();
    facts.health.passes[0].seen.held -= 2;
    let page = written(&facts);
    says(&page, &["+ 未登记 2，请检查", "未登记的来信：2 封（请检查）", "系统需要检查"]);
    assert!(page.html.contains("差 2"), "{}", page.html);
    assert!(page.subject.contains("系统需检查"), "{}", page.subject);
}

#[test]
fn people_are_masked_except_where_somebody_must_telephone() {
    let page = written(&facts::busy_day());
    for text in [&page.text, &page.html] {
        assert!(!text.contains("马希文") && !text.contains("13895001217"), "{text}");
        assert!(text.contains("138****1217") && text.contains("w***@163.com"), "{text}");
        assert!(text.contains("李建国") && text.contains("13895001218"), "{text}");
    }
}

#[test]
fn a_quiet_day_is_told_too() {
    let page = written(&facts::quiet_day());
    assert_eq!(page.subject, "【报名日报】9月13日 已确认19/25 待办0件 西吉县审批服务管理局");
    says(&page, &["新报名 0，待办 0 件，系统正常", "没有待办事项。", "没有新邮件。"]);
}

#[test]
fn trouble_is_said_first_and_explained_below() {
    let mut facts = facts::quiet_day();
    let until = at("2021-09-14T00:10:00+08:00");
    let why = "the final dot: 550 MI:STC".to_owned();
    facts.health.pauses = vec![
        Pause { what: "smtp".to_owned(), until, why: why.clone() },
        Pause { what: "imap:bureau".to_owned(), until, why },
    ];
    facts.health.letters = vec![(LetterState::Waiting, 9), (LetterState::Uncertain, 1)];
    facts.health.oldest_due = Some(at("2021-09-13T15:00:00+08:00"));
    facts.health.backlog = 4;
    facts.health.oldest = Some(at("2021-09-13T16:00:00+08:00"));
    facts.health.quarantined = 1;
    facts.health.passes[0].at = at("2021-09-13T16:59:00+08:00");
    let page = written(&facts);
    assert!(page.subject.contains("系统需检查"), "{}", page.subject);
    says(&page, &["系统需要检查", "待发回信：9 封，最早应于 09-13 15:00（请检查）"]);
    says(&page, &["待处理来信：4 封，最早到达 09-13 16:00（请检查）"]);
    says(&page, &["去向不明的回信：1 封（请检查）", "无法读取的来信：1 封（请检查）"]);
    says(&page, &["暂停发信：到 09-14 00:10：the final dot: 550 MI:STC（请检查）"]);
    says(&page, &["暂停收信（bureau）", "最近一次核对邮箱：09-13 16:59（请检查）"]);
}

#[test]
fn a_long_list_is_cut_and_counted() {
    let mut facts = facts::busy_day();
    let one = facts::registration(30, "马希文", Status::Confirmed, "13T10:00");
    let standing = Standing { received: one.key.arrived, registration: one, position: None };
    facts.events[0].changed = vec![standing; 75];
    let page = written(&facts);
    assert_eq!(page.text.matches("XJ21-030").count(), 60);
    says(&page, &["另有 15 人，用 baoming list 查看", "新报名 75"]);
}

#[test]
fn every_kind_of_task_has_its_list_and_its_command() {
    let cases = [
        (TaskKind::Review, "报名待核实", "baoming reject XJ21-017"),
        (TaskKind::Undelivered, "请电话告知", "baoming settle 12"),
        (TaskKind::Change, "信息更正", "baoming change XJ21-017 --set 项目=内容"),
        (TaskKind::Cancellation, "取消待确认", "baoming cancel XJ21-017"),
        (TaskKind::Status, "查询报名情况", "baoming settle 12"),
        (TaskKind::Unreadable, "邮件无法读取", "baoming settle 12"),
    ];
    for (kind, name, command) in cases {
        let mut facts = facts::busy_day();
        facts.tasks.truncate(1);
        facts.tasks[0].task.kind = kind;
        let page = written(&facts);
        says(&page, &[name, command]);
        assert!(page.html.contains(name) && page.html.contains(command), "{}", page.html);
    }
}

#[test]
fn strangers_subjects_are_escaped() {
    let mut facts = facts::busy_day();
    let said = facts.tasks[1].task.message.as_mut().unwrap().facts.as_mut().unwrap();
    said.subject = "<script>alert(1)</script>\r\n{{ sheet.host }}".to_owned();
    let page = written(&facts);
    assert!(!page.html.contains("<script>"), "{}", page.html);
    says(&page, &["《<script>alert(1)</script> {{ sheet.host }}》"]);
}

#[test]
fn a_mistake_in_the_digests_template_is_refused_with_file_and_line() {
    let directory = tempfile::tempdir().unwrap();
    let source = "日报\n{% for todo in sheet.reviews %}\n{{ todo.nmae }}\n{% endfor %}\n";
    std::fs::write(directory.path().join("digest.txt"), source).unwrap();
    let stationery = Stationery::load(Some(directory.path())).unwrap();
    let said = check_templates(&stationery).unwrap_err().to_string();
    assert!(said.contains("digest.txt:3: undefined value"), "{said}");
    check_templates(&Stationery::load(None).unwrap()).unwrap();
}
