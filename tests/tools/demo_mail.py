#!/usr/bin/env python3
"""Writes the demo's mail: `src/command/demo/mail/*.eml`, `list.rs` and `truth.csv`.

Two weeks of an open day's mailbox, told message by message: whoever writes, in which program, and what
becomes of it. Everybody in it is invented. Run it from the project's root after changing the story;
the same story always gives the same bytes.
"""

import csv
import pathlib

import demo_clients as by
from demo_clients import Mail

OUT = pathlib.Path("src/command/demo/mail")
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def id_number(day, serial):
    """A number of Xiji's district with its right check character (GB 11643-1999)."""
    body = f"642223{day}{serial:03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS)) % 11]


def who(name, phone=None, born=None, category=None):
    """What a message states of a person, as far as the rules of the roster look at it."""
    return {"name": name, "phone": phone, "id_number": id_number(*born) if born else None, "category": category}


S, R = "supervisor", "representative"
HAI = who("海彩虹", "13995801207", ("19860314", 126), R)
MAZY = who("马志远", "18095802213", ("19590820", 137), S)
HUO = who("火志强", "15009583318", None, R)
YANG = who("杨秀兰", "13895804426", ("19780506", 144), R)
COOP = [who("王建国", "13519585531", ("19690214", 115), R), who("李文霞", "15825805532", ("19801019", 128), R),
        who("苏正刚", "18295805533", ("19921205", 139), R)]
LUO = who("罗文斌", "13709586640", None, S)
LIU = who("柳玉梅", "15009587719", None, R)
MAJS = who("马俊山", "13995808852", ("19611130", 151), S)
XIE = who("谢金花", "18709589964", ("19830727", 162), R)
FAMILY = [who("马国栋", "15121810071", ("19790118", 173)), who("白秀英", "15121810071", ("19810922", 184)),
          who("马小雨", "15121810071", ("20030605", 186))]
SA = who("撒雅琴", "13469581182", None, S)
LIHJ = who("李海军", "17795812293", None, R)
SHAN = who("单永福", "13895813304", ("19570409", 195), S)
CADRES = [who("张学文", "13995814415", None, S), who("冯桂英", "13995814416", None, S)]
KANG = who("康建军", "15909585526", None, R)
WANGXL = who("王晓玲", "18195816637", ("19900812", 204), R)
MAYW = who("马耀武", "13649587748", ("19750303", 215), R)
BAI = who("摆玉芳", "18295818859", None, R)
TIAN = who("田广林", "13709589960", None, R)
AN = who("安治平", "13995810171", ("19641016", 225), S)
YUAN = who("袁丽萍", "15709581282", None, R)
GAO = [who("高占海", "13895812393", None, R), who("高小军", "17395812394", None, R)]
TIE = who("铁文忠", "13995813404", ("19600701", 237), S)
ZHE = who("者秀珍", "18995814515", None, R)
ZHOU = who("周玉芝", "13619585626", None, S)
WUSHU = who("马跃武", "13649587748", ("19750303", 215), R)
YE = who("冶文秀", "15009586737", None, R)
ZHAO = who("赵德成", None, None, R)
SU = who("苏海燕", "18095817848", ("19950228", 242), R)
CHEN = who("陈国柱", "13995818959", None, R)

STORY = []


def tell(mail, make, kind, people, answers, note, **more):
    """One message: its truth, and `answers`, one for each person: number, what the letter says, and how that
    registration stands in the end."""
    STORY.append({"mail": mail, "raw": make(mail), "kind": kind, "people": people, "answers": answers, "note": note,
                  "ledger": more.pop("ledger", "done"), "doubt": more.pop("doubt", "")})
    assert not more


def id_of(person):
    return person["id_number"]


def quote(number, headline, at, body):
    """Our own letter as clients quote it."""
    return (f"\n\n\n\n\n\n\nAt {at}, \"西吉县审批服务管理局\" <{by.BUREAU}> wrote:\n>【{headline}】\n>报名编号：{number}\n>{body}\n"
            ">咨询：综合办公室 0954-3018118\n>西吉县审批服务管理局\n")


def before_and_first_day():
    m = Mail("09-10 19:42:10", "火哥", "3045118726@qq.com", "报名", "你好，我想参加28号的政府开放日。\n姓名：火志强\n电话：15009583318\n我是吉强镇开五金店的，报群众代表。")
    tell(m, by.qq, "registration", [HUO], [("", "not_yet_open", "")], "太早：还没开始，请他到时再来")

    m = Mail("09-13 08:30:15", "海彩虹", "haicaihong_xj@163.com", "政府开放日报名", f"审批服务管理局：\n    现报名参加“政府开放日”活动，信息如下：\n姓名：海彩虹\n性别：女\n民族：回族\n身份证号：{id_of(HAI)}\n联系电话：13995801207\n工作单位：西吉县彩虹刺绣专业合作社\n职务：理事长\n家庭住址：西吉县吉强镇夏寨村三组\n报名类别：企业代表\n本人承诺以上信息全部属实。")
    tell(m, by.netease, "registration", [HAI], [("XJ21-001", "confirmed", "confirmed")], "开始后十五秒，第一个名额")

    m = Mail("09-13 08:31:40", "志在千里", "1190273645@qq.com", "义务监督员报名", f"您好！我是政务公开义务监督员马志远，回族，男，退休前在县文化馆工作，手机18095802213，身份证{id_of(MAZY)}。收到通知，报名参加本月28日的政府开放日活动。")
    tell(m, by.qq, "registration", [MAZY], [("XJ21-002", "confirmed", "confirmed")], "监督员，一句话说完")

    m = Mail("09-13 08:35:02", "火哥", "3045118726@qq.com", "再次报名", "上次说还没开始，今天再报一次。\n姓名：火志强\n性别：男\n民族：汉族\n电话：15009583318\n单位：西吉县志强五金店\n报名类别：群众代表")
    tell(m, lambda m: by.qq(m, "utf-8"), "registration", [HUO], [("XJ21-003", "confirmed", "confirmed")], "按时再来，先后以这一封为准")

    m = Mail("09-13 08:47:31", "杨秀兰", "yangxiulan@xjmls.cn", "开放日报名-杨秀兰", f"您好：\n\n报名参加政府开放日。\n姓名：杨秀兰    性别：女    民族：汉族\n身份证号：{id_of(YANG)}\n手机：13895804426\n工作单位：西吉县马铃薯淀粉有限公司\n职务：办公室主任\n报名类别：企业代表")
    tell(m, by.foxmail, "registration", [YANG], [("XJ21-004", "confirmed", "confirmed")], "Foxmail，一行几项")

    rows = "\n".join(f"{n}、{p['name']}，{sex}，汉族，{p['id_number']}，{p['phone']}" for n, (p, sex) in enumerate(zip(COOP, "男女男"), 1))
    m = Mail("09-13 09:02:44", "将台堡农机合作社", "jtb_njhzs@sina.com", "三人报名", f"您好，我们西吉县将台堡镇农机服务专业合作社报三个人参加政府开放日活动，都是群众代表。按姓名、性别、民族、身份证号、手机排列：\n{rows}\n")
    tell(m, by.sina, "registration", COOP, [(f"XJ21-00{n}", "confirmed", "confirmed") for n in (5, 6, 7)], "一封信三个人，各有编号，一封回信")

    m = Mail("09-13 09:20:18", "罗老师", "luowenbin1957@163.com", "报名", "审批局的同志：\n你们好！\n我叫罗文斌，男，汉族，退休教师，是县里聘的政务公开义务监督员。看到公众号上的消息，想参加9月28日的开放日，提一点建议。\n我的电话是13709586640。\n谢谢！")
    tell(m, by.master, "registration", [LUO], [("XJ21-008", "confirmed", "confirmed")], "手机上写的，只有网页格式")

    m = Mail("09-13 09:58:31", "柳玉梅", "liuyumei_8011@163.com", "我要报名", "您好，我叫柳玉梅，是新营乡的村民，想报名参加政府开放日，做群众代表。")
    tell(m, by.netease, "registration", [who("柳玉梅", None, None, R)], [("XJ21-009", "incomplete", "confirmed")], "没写电话：回信请她补，名额先留着")

    m = Mail("09-13 10:30:26", "永清社区居委会", "yqsq@xjsq.net.cn", "关于推荐义务监督员参加政府开放日的函", f"县审批服务管理局：\n\n    经研究，推荐我社区马俊山同志（男，回族，身份证号：{id_of(MAJS)}，联系电话：13995808852）作为政务公开义务监督员参加贵局9月28日的“政府开放日”活动。\n    请予接洽。\n\n                    吉强镇永清社区居民委员会\n                      2021年9月13日")
    tell(m, by.outlook, "registration", [MAJS], [("XJ21-010", "confirmed", "confirmed")], "单位来函，数据在括号里")

    m = Mail("09-13 11:15:09", "宁夏招标快讯", "daily@mail.nxztb-news.com", "今日招标：固原市项目报名进行中（62条）", "")
    body = by.b64("<html><body><h2>宁夏招标快讯</h2><p><b>1. 西吉县2021年高标准农田建设</b><br>报名截止：9月20日17:00<br>报名联系人：王工 15008581101<br>报名须提供：单位名称、姓名、身份证号、联系电话</p><p>不想再收到此类邮件，请点<a href=\"http://mail.nxztb-news.com/u?e=xjxspj\">退订</a></p></body></html>", "utf-8")
    bulk = lambda m: by.raw(m, {"host": "edm5.nxztb-news.com", "From": f"{by.word(m.name, 'UTF-8')} <{m.address}>", "To": by.BUREAU, "Subject": by.word(m.subject, "UTF-8"), "Message-ID": f"<{m.hexes(20)}@nxztb-news.com>", "List-Id": "<daily.nxztb-news.com>", "List-Unsubscribe": "<http://mail.nxztb-news.com/u?e=xjxspj>", "Precedence": "bulk", "MIME-Version": "1.0", "Content-Type": "text/html; charset=UTF-8", "Content-Transfer-Encoding": "base64"}, body)
    tell(m, bulk, "bulk", [], [("", "none", "")], "招标快讯里的“报名”与我们无关", ledger="ignored")

    m = Mail("09-13 14:22:55", "谢金花", "xiejinhua_gy@sohu.com", "参加政府开放日", f"姓名：谢金花 性别：女 民族：汉族\n身份证：{id_of(XIE)} 联系方式：18709589964\n单位：西吉县金花家政服务部 职务：负责人\n住址：吉强镇北关社区 报名类别：群众代表\n")
    tell(m, by.sohu, "registration", [XIE], [("XJ21-011", "confirmed", "cancelled")], "后来家里有事，把名额让了出来")

    m = Mail("09-13 15:40:37", "彩虹", "haicaihong_xj@163.com", "报名", "上午报过了，怕没收到，再发一遍。海彩虹，13995801207，企业代表。")
    tell(m, by.master, "registration", [dict(HAI, id_number=None)], [("XJ21-001", "already", "confirmed")], "同一个人再来信：告诉她编号，不另占名额")

    m = Mail("09-13 16:10:50", "马国栋", "magd_1979@icloud.com", "一家三口报名", "您好，我们一家三口都想参加开放日，看看大厅怎么办事。\n1. 马国栋，男，回族，" + id_of(FAMILY[0]) + "\n2. 白秀英，女，回族，" + id_of(FAMILY[1]) + "\n3. 马小雨，女，回族，" + id_of(FAMILY[2]) + "\n三个人的联系电话都是15121810071，都报群众代表。")
    tell(m, by.iphone, "registration", [dict(p, category=R) for p in FAMILY], [("XJ21-012", "confirmed", "confirmed"), ("XJ21-013", "confirmed", "confirmed"), ("XJ21-014", "confirmed", "cancelled")], "一家人共用一个电话，不是同一个人")

    m = Mail("09-13 17:05:12", "韩师傅", "hsf_penhui@126.com", "请问", "请问28号开放日那天上午，政务大厅还正常办业务吗？我要去办营业执照年报，怕白跑一趟。")
    tell(m, by.netease, "inquiry", [], [("", "passed", "")], "咨询：转工作人员")


def second_and_third_day():
    m = Mail("09-14 08:10:22", "柳玉梅", "liuyumei_8011@163.com", "回复:【请补充资料】XJ21-009 西吉县审批服务管理局“政府开放日”活动", "我的电话是15009587719" + quote("XJ21-009", "请补充资料", "2021-09-13 09:58:33", "姓　　名：柳玉梅\n>报名已经收到，还缺少：联系电话。"))
    tell(m, by.netease, "registration", [who("柳玉梅", "15009587719")], [("XJ21-009", "confirmed", "confirmed")], "补上电话，先后仍以第一封为准")

    m = Mail("09-14 08:45:33", "雅琴", "870112395@qq.com", "撒雅琴报名", "我是政务公开监督员撒雅琴，女，回族，在县融媒体中心上班，报名参加开放日，手机13469581182。")
    tell(m, lambda m: by.qq(m, "utf-8"), "registration", [SA], [("XJ21-015", "confirmed", "confirmed")], "监督员")

    m = Mail("09-14 09:30:41", "1190273645", "1190273645@qq.com", "自动回复: 【报名成功】XJ21-002 西吉县审批服务管理局“政府开放日”活动", "")
    auto = lambda m: by.raw(m, {"host": "out203-205-221-19.mail.qq.com", "X-QQ-XMRINFO": m.letters(22) + "==", "From": f'"{by.word(m.name, "utf-8")}" <{m.address}>', "To": f'"xjxspj" <{by.BUREAU}>', "Subject": by.word(m.subject, "utf-8"), "Mime-Version": "1.0", "Content-Type": 'text/html;\n\tcharset="utf-8"', "Content-Transfer-Encoding": "base64", "Message-ID": f"<tencent_{m.hexes(24).upper()}@qq.com>", "X-QQ-MIME": "TCMime 1.0 by Tencent", "X-Mailer": "QQMail 2.x"}, by.b64("这是来自QQ邮箱的假期自动回复邮件。<br /><br />您好，我最近正在休假中，无法亲自回复您的邮件。我将在假期结束后，尽快给您回复。", "utf-8"))
    tell(m, auto, "automatic", [], [("", "none", "")], "QQ的假期自动回复：没有任何标头说明，只有那句话", ledger="ignored")

    m = Mail("09-14 10:12:08", "李海军", "lihaijun.xj@gmail.com", "报名参加政府开放日", "您好，报名参加9月28日政府开放日。\n姓名: 李海军\n性别: 男\n民族: 汉族\n电话: 177-9581-2293\n单位: 西吉县海军汽修\n报名类别: 群众代表")
    tell(m, by.gmail, "registration", [LIHJ], [("XJ21-016", "confirmed", "cancelled")], "后来取消")

    m = Mail("09-14 11:00:47", "单永福", "shanyongfu@126.com", "监督员报名", f"姓名：单永福\n性别：男\n民族：汉族\n身份证号：{id_of(SHAN)}\n联系电话：13895813304\n住址：西吉县吉强镇团结路\n报名类别：政务公开义务监督员")
    table = "<div>您好，表格如下：</div><table border=\"1\" cellspacing=\"0\" cellpadding=\"4\">" + "".join(f"<tr><td>{l.split('：')[0]}</td><td>{l.split('：')[1]}</td></tr>" for l in m.text.split("\n")) + "</table>"
    tell(m, lambda m: by.netease(m, table), "registration", [SHAN], [("XJ21-017", "confirmed", "confirmed")], "只有一张网页表格")

    m = Mail("09-14 15:20:35", "县委老干部局", "xjlgbj@xjdw.net.cn", "报送监督员名单", "县审批服务管理局：\n    我局报送政务公开义务监督员2名参加政府开放日活动：\n    1、张学文，男，汉族，电话：13995814415\n    2、冯桂英，女，汉族，电话：13995814416\n    请查收。")
    tell(m, by.outlook, "registration", CADRES, [("XJ21-018", "confirmed", "confirmed"), ("XJ21-019", "confirmed", "cancelled")], "两名监督员，其中一位后来不能来")

    m = Mail("09-14 16:45:19", "康建军", "kangjianjun_sh@163.com", "报名表", "姓名：康建军\n性别：男\n民族：汉族\n身份证号：64222319740816213\n联系电话：15909585526\n工作单位：西吉县建军建材经营部\n报名类别：企业代表")
    tell(m, by.netease, "registration", [KANG], [("XJ21-020", "review", "review")], "身份证号少了一位：请人核对，名额先留着", doubt="1.id_number")

    m = Mail("09-15 09:00:56", "王晓玲", "xiaoling@nxlxwl.cn", "开放日报名", f"您好，我报名参加政府开放日。\n\n姓名：王晓玲\n性别：女\n民族：回族\n身份证号码：{id_of(WANGXL)}\n手机：18195816637\n工作单位：西吉县乐行物流有限公司\n职务：客服主管\n报名类别：企业代表")
    tell(m, by.thunderbird, "registration", [WANGXL], [("XJ21-021", "confirmed", "cancelled")], "截止以后才说来不了")

    m = Mail("09-15 09:40:14", "Postmaster@163.com", "Postmaster@163.com", "系统退信", "")
    def bounce(m):
        edge, inner = f"------------Boundary-00=_{m.letters(20).upper()}", f"------------Boundary-00=_{m.letters(20).upper()}"
        said = "抱歉，您的邮件被退回来了……\n      原邮件信息：\n           时 间 2021-09-14 16:45:21\n           主 题 【正在核对】XJ21-020\n           收件人 kangjianjun_sh@163.com\n      退信原因：\n           收件人邮箱空间已满。\n           英文说明:Mailbox quota exceeded: kangjianjun_sh@163.com\n\n----------------\nThis message is generated by Coremail.\n您收到的是来自 Coremail 专业邮件系统的信件.\n"
        return (f"From: Postmaster@163.com\nTo: {by.BUREAU}\nSubject: {by.word('系统退信', 'gb2312')}\nMIME-Version: 1.0\nContent-Type: Multipart/report;\n  report-type=delivery-status;\n  boundary=\"{edge}\"\n"
                f"Message-Id: <6140{m.hexes(4).upper()}.{m.hexes(6).upper()}.06864@163mx4.163.com>\nDate: {m.date()} (CST)\nDelivered-To: aa\nX-Mailer: Coremail MTA server\n\n\n--{edge}\nMIME-Version: 1.0\n"
                f"Content-Type: Multipart/Alternative;\n  boundary=\"{inner}\"\n\n\n--{inner}\nContent-Type: Text/Plain;\n  charset=\"gb2312\"\nContent-Transfer-Encoding: base64\n\n{by.b64(said, 'gb18030')}\n--{inner}--\n"
                f"--{edge}\nContent-Type: Message/delivery-status\n\nFinal-Recipient: RFC822; kangjianjun_sh@163.com\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: Mailbox quota exceeded\n--{edge}\nContent-Type: Message/Rfc822\n\n"
                f"From: {by.word('西吉县审批服务管理局', 'UTF-8')} <{by.BUREAU}>\nTo: kangjianjun_sh@163.com\nSubject: {by.word('【正在核对】XJ21-020', 'UTF-8')}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n"
                f"{by.b64('姓　　名：康建军' + chr(10) + '报名已经收到，有些内容需要工作人员核对。', 'utf-8')}\n--{edge}--\n")
    tell(m, bounce, "bounce", [], [("", "none", "")], "163的退信，里面有我们自己的信和一个人的姓名", ledger="ignored")

    m = Mail("09-15 10:20:03", "耀武农资", "mayaowu_nz@126.com", "报名", f"姓名：马耀武\n性别：男\n民族：回族\n身份证号：{id_of(MAYW)}\n手机：13649587748\n工作单位：西吉县耀武农资店\n职务：经理\n参加身份：群众代表")
    tell(m, by.android, "registration", [MAYW], [("XJ21-022", "confirmed", "confirmed")], "小米手机")
    first = STORY[-1]["raw"]

    m = Mail("09-15 10:20:41", "耀武农资", "mayaowu_nz@126.com", "报名", "")
    again = first.split("\n", 1)[1]
    tell(m, lambda m: f"Received: from m15-{m.dice.randrange(60, 70)}.126.com (unknown [{m.ip()}])\n" + again, "registration", [MAYW], [("XJ21-022", "none", "confirmed")], "同一封信投递了两次：不再办，不再回", ledger="duplicate")

    m = Mail("09-15 14:00:27", "玉芳", "baiyufang66@163.com", "报名政府开放日：摆玉芳，女，回族，电话18295818859，群众代表", "内容都写在标题上了")
    tell(m, by.android, "registration", [BAI], [("XJ21-023", "confirmed", "confirmed")], "全写在标题里")

    m = Mail("09-15 16:12:00", "田广林", "tianguanglin_xj@189.cn", "群众代表报名", "田广林，男，汉族，兴隆镇单南村农民，报名参加28号的活动，群众代表。")
    tell(m, by.netease, "registration", [who("田广林", None, None, R)], [("XJ21-024", "incomplete", "cancelled")], "没写电话，两天后失效；最后一个名额转给候补")


def the_lists_are_full():
    m = Mail("09-16 08:20:11", "安治平", "anzhiping64@163.com", "义务监督员安治平报名", f"姓名：安治平\n性别：男\n民族：汉族\n身份证号：{id_of(AN)}\n电话：13995810171\n类别：政务公开义务监督员\n住址：西吉县吉强镇西关社区")
    tell(m, by.netease, "registration", [AN], [("XJ21-025", "confirmed", "confirmed")], "第八位监督员，满员")

    m = Mail("09-16 09:10:48", "袁丽萍", "52718890@qq.com", "开放日", "您好，我叫袁丽萍，女，汉族，在北街小学门口开文具店，电话15709581282，想报群众代表。")
    tell(m, by.qq, "registration", [YUAN], [("XJ21-026", "waitlisted:1", "confirmed")], "满员，候补第一位；李海军取消后递补")

    m = Mail("09-16 10:05:36", "高占海", "gaozhanhai@163.com", "父子报名", "同志你好，我和儿子都想去看看新的办事大厅。\n高占海，男，回族，13895812393\n高小军，男，回族，17395812394\n都是群众代表，硝河乡的。")
    tell(m, by.foxmail, "registration", GAO, [("XJ21-027", "waitlisted:2", "confirmed"), ("XJ21-028", "waitlisted:3", "confirmed")], "父子俩候补，先后都递补上")

    m = Mail("09-16 14:30:05", "铁文忠", "tiewenzhong@139.com", "监督员报名", f"姓名：铁文忠\n性别：男\n民族：汉族\n身份证号：{id_of(TIE)}\n联系电话：13995813404\n报名类别：政务公开义务监督员")
    tell(m, by.thunderbird, "registration", [TIE], [("XJ21-029", "waitlisted:1", "confirmed")], "监督员候补第一位，两类名额互不占用")

    m = Mail("09-16 15:00:52", "文霞", "liwenxia_jtb@163.com", "查询报名", "您好，我是将台堡的李文霞，合作社说统一给我们报了名，请问我报上了吗？")
    tell(m, by.netease, "status", [who("李文霞")], [("", "passed", "")], "不是登记的邮箱，不说别人的情况，转工作人员")

    m = Mail("09-17 09:05:40", "李海军", "lihaijun.xj@gmail.com", "取消报名", "您好，28号我要去银川进货，参加不了了，请取消我的报名，把名额给别人吧。李海军")
    tell(m, by.gmail, "cancellation", [who("李海军")], [("XJ21-016", "cancelled", "cancelled")], "登记的邮箱来信取消，候补第一位当场递补")

    m = Mail("09-17 11:30:17", "杨秀兰", "yangxiulan@xjmls.cn", "更正电话", "您好，我之前报名时留的电话换了，姓名杨秀兰，新手机号是13895804499，请帮我改一下，谢谢。")
    tell(m, by.foxmail, "change", [who("杨秀兰", "13895804499")], [("XJ21-004", "corrected", "confirmed")], "更正电话：按来信更正并答复")

    m = Mail("09-17 19:48:25", "珍珍", "1407725516@qq.com", "报名", "姓名：者秀珍\n性别：女\n民族：回族\n电话：18995814515\n单位：西吉县秀珍面馆\n报名类别：群众代表\n\n发自我的iPhone")
    tell(m, lambda m: by.qq(m, "utf-8"), "registration", [ZHE], [("XJ21-030", "waitlisted:2", "confirmed")], "候补第二位（第一位是高小军）")

    m = Mail("09-18 10:00:30", "县委老干部局", "xjlgbj@xjdw.net.cn", "关于冯桂英同志不能参加活动的说明", "县审批服务管理局：\n    我局报送的监督员冯桂英同志因住院，不能参加9月28日的政府开放日活动，请取消其报名。其他人员不变。")
    tell(m, by.outlook, "cancellation", [who("冯桂英", category=S)], [("XJ21-019", "cancelled", "cancelled")], "两人中取消一人，监督员候补递补")

    m = Mail("09-18 15:30:44", "田广林", "tianguanglin_xj@189.cn", "重新报名", "前几天在地里忙着挖洋芋，没看到邮件。现在重新报名：田广林，男，汉族，电话13709589960，兴隆镇单南村，群众代表。")
    tell(m, by.netease, "registration", [TIAN], [("XJ21-031", "waitlisted:3", "confirmed")], "失效以后重新报名：新编号，排到队尾；最后还是等到了")


def holiday_and_last_days():
    m = Mail("09-19 08:00:13", "周玉芝", "zhouyuzhi@xjzx.org.cn", "监督员报名", "我是政务公开义务监督员周玉芝，女，汉族，电话13619585626，报名参加政府开放日活动。")
    tell(m, by.thunderbird, "registration", [ZHOU], [("XJ21-032", "waitlisted:1", "waitlisted")], "中秋假期照常办理")

    m = Mail("09-19 12:00:29", "武", "mayw_1975@163.com", "报名", f"姓名：马跃武\n性别：男\n民族：回族\n身份证号：{id_of(WUSHU)}\n电话：13649587748\n报名类别：群众代表")
    tell(m, by.master, "registration", [WUSHU], [("XJ21-033", "review", "review")], "身份证号与马耀武相同而姓名差一个字：请人核对")

    m = Mail("09-20 13:20:58", "小谢", "xiexx_yc@163.com", "我妈的报名", "您好，我妈妈谢金花之前报了开放日，她那天要去医院复查，帮她取消一下吧。")
    tell(m, by.master, "cancellation", [who("谢金花")], [("", "passed", "cancelled")], "女儿从别的邮箱来信：不能直接取消，转工作人员")

    m = Mail("09-20 13:50:06", "侯经理", "houjl@xjmls.cn", "Auto: 来信已转工作人员", "")
    vacation = lambda m: "Return-Path: <>\n" + by.raw(m, {"host": "mail.xjmls.cn", "Message-ID": f"<dovecot-sieve-{m.seconds()}-{m.dice.randrange(10**6)}-0@mail.xjmls.cn>", "From": f"{by.word(m.name, 'utf-8')} <{m.address}>", "To": f"<{by.BUREAU}>", "Subject": by.word(m.subject, "utf-8"), "X-Sieve": "Pigeonhole Sieve 0.5.4 (60b0f48d)", "Precedence": "bulk", "Auto-Submitted": "auto-replied (vacation)", "X-Auto-Response-Suppress": "All", "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit"}, "您好，我中秋节期间休假，22日上班。急事请联系：\n姓名：杨秀兰\n电话：13895804426\n")
    tell(m, vacation, "automatic", [], [("", "none", "")], "休假自动回复，里面的姓名电话不是报名", ledger="ignored")

    m = Mail("09-21 10:00:15", "马国栋", "magd_1979@icloud.com", "马小雨不能来了", "您好，我女儿马小雨28号要上课，请取消马小雨的报名，我和她妈妈照常参加。")
    tell(m, by.iphone, "cancellation", [who("马小雨")], [("XJ21-014", "cancelled", "cancelled")], "一家三口取消一人，高小军递补")

    m = Mail("09-22 09:15:38", "冶文秀", "yewenxiu@aliyun.com", "報名", "您好，本人報名參加政府開放日。\n姓名：冶文秀\n性別：女\n民族：回族\n聯繫電話：15009586737\n報名類別：群眾代表")
    tell(m, by.sina, "registration", [YE], [("XJ21-034", "waitlisted:4", "waitlisted")], "繁体字；前面有者秀珍、田广林和待核实的一位")

    m = Mail("09-22 15:00:33", "优才教育", "ad@youcai-edu.com.cn", "（AD）公务员面试冲刺班火热报名，前20名立减500元", "")
    ad = lambda m: by.raw(m, {"host": "mta9.youcai-edu.com.cn", "From": f"{by.word(m.name, 'UTF-8')} <{m.address}>", "To": by.BUREAU, "Subject": by.word(m.subject, "UTF-8"), "Message-ID": f"<{m.hexes(24)}@youcai-edu.com.cn>", "List-Unsubscribe": "<mailto:td@youcai-edu.com.cn>", "MIME-Version": "1.0", "Content-Type": "text/html; charset=UTF-8", "Content-Transfer-Encoding": "base64"}, by.b64("<html><body><h1>面试冲刺班 火热报名中</h1><p>报名电话：400-820-0021　联系人：陈老师 13909511122</p><p>如不想再收到本邮件，请<a href=\"http://youcai-edu.com.cn/td\">退订</a></p></body></html>", "utf-8"))
    tell(m, ad, "bulk", [], [("", "none", "")], "广告", ledger="ignored")

    m = Mail("09-23 10:30:20", "PostMaster", "PostMaster@qq.com", "来自qq.com的退信", "")
    def qq_bounce(m):
        edge = f"----=_Bounce_{m.hexes(8).upper()}_{m.hexes(8).upper()}"
        page = "<html><body><p>很抱歉您发送的邮件被退回，以下是该邮件的相关信息：</p><table><tr><td>被退回邮件</td><td>主 题：【已列入候补】XJ21-030<br />时 间：2021-09-17 19:48:27</td></tr><tr><td>无法发送到 1407725516@qq.com</td></tr><tr><td>退信原因</td><td>收件人邮箱空间已满<br />host mx3.qq.com said: 550 Mailbox space not enough.</td></tr></table></body></html>"
        sent = f"From: {by.word('西吉县审批服务管理局', 'UTF-8')} <{by.BUREAU}>\nTo: 1407725516@qq.com\nSubject: {by.word('【已列入候补】XJ21-030', 'UTF-8')}\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n{by.b64('姓　　名：者秀珍', 'utf-8')}"
        return by.raw(m, {"host": "out162-62-57-210.mail.qq.com", "From": '"PostMaster" <PostMaster@qq.com>', "To": by.BUREAU, "Subject": by.word(m.subject, "gb2312"), "Message-Id": f"<bounce_{m.hexes(24).upper()}@qq.com>", "Auto-Submitted": "auto-generated", "Mime-Version": "1.0", "Content-Type": f'multipart/report;\n\treport-type=delivery-status;\n\tboundary="{edge}"'},
                      f'--{edge}\nContent-Type: text/html;\n\tcharset="gb18030"\nContent-Transfer-Encoding: base64\n\n{by.b64(page, "gb18030")}\n--{edge}\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n{by.b64(sent, "utf-8")}\n--{edge}--\n')
    tell(m, qq_bounce, "bounce", [], [("", "none", "")], "QQ的退信：网页加一个说不出类型的附件", ledger="ignored")

    m = Mail("09-23 16:00:42", "秀珍", "zhexiuzhen@163.com", "报名政府开放日", "者秀珍，女，回族，18995814515，群众代表。之前那个QQ邮箱满了，用这个再报一次。")
    tell(m, by.netease, "registration", [ZHE], [("XJ21-030", "already:1", "confirmed")], "换了邮箱还是同一个人：候补第一位")

    m = Mail("09-24 09:00:36", "谢金花", "xiejinhua_gy@sohu.com", "取消报名", "您好，我是谢金花，28号要去医院复查，参加不了，请取消我的报名，谢谢。")
    tell(m, by.sohu, "cancellation", [who("谢金花")], [("XJ21-011", "cancelled", "cancelled")], "本人从登记的邮箱来信，者秀珍递补")

    m = Mail("09-24 15:00:09", "秀珍", "1407725516@qq.com", "回复：【候补成功】XJ21-030 西吉县审批服务管理局“政府开放日”活动", "收到，谢谢！")
    tell(m, by.qq, "inquiry", [], [("", "none", "")], "只是道谢：看过，不必再回")

    m = Mail("09-24 17:20:21", "老赵", "zhaodecheng@163.com", "我也报一个", "我叫赵德成，想报名参加政府开放日的群众代表，不知道还有没有名额。")
    tell(m, by.master, "registration", [ZHAO], [("XJ21-035", "incomplete", "cancelled")], "差十分钟截止，没写电话，到点失效")

    m = Mail("09-24 17:29:30", "苏海燕", "suhaiyan0228@163.com", "报名", f"姓名：苏海燕\n性别：女\n民族：回族\n身份证号：{id_of(SU)}\n电话：18095817848\n单位：西吉县海燕幼儿园\n职务：教师\n报名类别：群众代表")
    tell(m, by.netease, "registration", [SU], [("XJ21-036", "waitlisted:5", "waitlisted")], "最后半分钟，仍在时限之内")

    m = Mail("09-24 17:31:05", "陈国柱", "chenguozhu_xj@163.com", "报名参加开放日", "姓名：陈国柱\n性别：男\n民族：汉族\n电话：13995818959\n报名类别：群众代表")
    tell(m, by.netease, "registration", [CHEN], [("", "closed", "")], "迟了一分钟")

    m = Mail("09-24 17:35:44", "王晓玲", "xiaoling@nxlxwl.cn", "来不了了", "您好，公司临时安排28号出差，我参加不了开放日，请取消王晓玲的报名。抱歉。")
    tell(m, by.thunderbird, "cancellation", [who("王晓玲")], [("XJ21-021", "cancelled", "cancelled")], "截止以后的取消仍然有效，田广林递补")


def write():
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.eml"):
        old.unlink()
    names, rows = [], []
    for place, told in enumerate(STORY, 1):
        name = f"{told['mail'].seconds()}.M{place}P1.baoming"
        names.append(name)
        (OUT / f"{name}.eml").write_bytes(told["raw"].encode("utf-8"))
        people = told["people"] or [who(None)]
        answers = told["answers"] if len(told["answers"]) == len(people) else told["answers"] * len(people)
        for person, (number, answer, status) in zip(people, answers):
            rows.append([name, told["mail"].address.lower(), told["kind"], told["ledger"], *(person[k] or "" for k in ("name", "phone", "id_number", "category")), told["doubt"], number, answer, status, told["note"]])
    with open(OUT / "truth.csv", "w", newline="", encoding="utf-8") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow("message,from,kind,ledger,name,phone,id_number,category,doubt,number,answer,finally,note".split(","))
        table.writerows(rows)
    entries = "\n".join(f'    ("{name}", include_bytes!("{name}.eml")),' for name in names)
    (OUT / "list.rs").write_text(f"// Made by tests/tools/demo_mail.py: each message's Maildir name and bytes.\n\nconst MAIL: &[(&str, &[u8])] = &[\n{entries}\n];\n", encoding="utf-8")
    print(f"{len(names)} messages, {len(rows)} lines of truth")


if __name__ == "__main__":
    before_and_first_day()
    second_and_third_day()
    the_lists_are_full()
    holiday_and_last_days()
    write()
