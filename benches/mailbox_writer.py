"""Writes a Maildir of registration mail: seeded, 2-6 KB a message, GBK and UTF-8, as Chinese clients send it. All people are invented."""
import base64, os, quopri, random

SURNAMES = "马王李张杨苏韩丁田陈赵刘穆金海买单冶兰白黄周吴徐孙朱高林何郭罗"
GIVEN = "希文明亮晓兰玉梅国梁建军志强淑芳海燕彦龙小花文博学义桂英春生秀琴成林永红佳慧子涵思远"
TOWNS = "吉强镇 兴隆镇 平峰镇 将台堡镇 新营乡 红耀乡 田坪乡 马建乡 震湖乡 兴平乡 西滩乡 王民乡 什字乡 马莲乡 沙沟乡 白崖乡 火石寨乡 偏城乡 硝河乡".split()
FIRMS = "西吉县{}商贸有限公司 西吉县{}马铃薯专业合作社 {}农机服务部 西吉县{}建材经营部 {}村村民委员会 {}小学 西吉县{}餐饮店".split()
STYLE = "font-family:Arial;line-height:1.7;color:#000000;font-size:14px"


def id_number(r):
    body = "642223%04d%02d%02d%03d" % (r.randint(1955, 2002), r.randint(1, 12), r.randint(1, 28), r.randint(1, 999))
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights)) % 11]


def person(r):
    name = r.choice(SURNAMES) + "".join(r.sample(GIVEN, r.choice((1, 2, 2))))
    town = r.choice(TOWNS)
    return {
        "姓名": name, "电话": "1" + r.choice("3578") + "".join(r.choices("0123456789", k=9)), "身份证号": id_number(r),
        "单位": r.choice(FIRMS).format("".join(r.sample(GIVEN, 2))), "职务": r.choice(["经理", "会计", "村民", "店主", "教师", "理事长"]),
        "住址": "西吉县" + town + r.choice(["一", "二", "三"]) + "组", "类别": r.choice(["企业及群众代表"] * 3 + ["政务公开义务监督员"]),
    }


def text_of(r, p):
    if r.random() < 0.7:
        labels = {"电话": r.choice(["电话", "联系电话", "手机号码"]), "身份证号": r.choice(["身份证号", "身份证号码"]), "单位": r.choice(["单位", "工作单位"]), "类别": "报名类别"}
        lines = ["审批服务管理局：", "    本人自愿报名参加“政府开放日”活动，情况如下："] + ["%s：%s" % (labels.get(k, k), v) for k, v in p.items()] + ["    请予登记，谢谢！"]
    else:
        lines = ["您好！我叫%s，在%s工作，想报名参加贵局的政府开放日活动，作为%s。" % (p["姓名"], p["单位"], p["类别"]),
                 "我的手机号是%s，身份证号%s，家住%s。" % (p["电话"], p["身份证号"], p["住址"]), "盼复，谢谢。"]
    extra = r.randint(1, 5)
    lines += ["关注贵局的“%s”改革已久，希望在座谈会上就%s谈一点看法。" % (r.choice(["一窗受理", "不见面审批", "证照分离"]), r.choice(["开办企业", "不动产登记", "医保报销", "农机补贴"])) for _ in range(extra)]
    return "\r\n".join(lines) + "\r\n"


def message(r, number):
    p = person(r)
    text = text_of(r, p)
    charset = r.choice(["GBK", "GBK", "utf-8"])
    html = "".join('<div style="%s">%s</div>' % (STYLE, line) for line in text.split("\r\n"))
    boundary = "----=_Part_%d_%d" % (number, r.randint(10**8, 10**9))
    local = "u%06d" % number
    subject = "=?%s?B?%s?=" % (charset, base64.b64encode(("%s报名参加政府开放日" % p["姓名"]).encode(charset)).decode())

    def part(kind, body):
        raw = body.encode(charset)
        if charset == "utf-8" and kind == "html" and r.random() < 0.3:
            return "quoted-printable", quopri.encodestring(raw).decode().replace("\n", "\r\n")
        return "base64", base64.encodebytes(raw).decode().replace("\n", "\r\n")

    head = [
        "Received: from %s$163.com ( [10.0.%d.%d] ) by ajax-webmail-wmsvr%d (Coremail) ; Wed, 15 Sep 2021 09:12:21 +0800 (CST)" % (local, r.randint(0, 255), r.randint(1, 254), r.randint(1, 99)),
        "Date: Wed, 15 Sep 2021 09:12:21 +0800 (CST)", "From: <%s@163.com>" % local, "To: xjxspj@163.com", "Subject: " + subject,
        "X-Mailer: Coremail Webmail Server Version XT5.0.13 build 20210622(1d4788a8)", "X-CM-TRANSID: " + "".join(r.choices("ABCDEFabcdef0123456789", k=32)),
        'Content-Type: multipart/alternative; boundary="%s"' % boundary, "MIME-Version: 1.0", "Message-ID: <%08x.%06d.Coremail.%s@163.com>" % (r.getrandbits(32), number, local), "",
    ]
    for kind, body in (("plain", text), ("html", html)):
        encoding, encoded = part(kind, body)
        head += ["--" + boundary, "Content-Type: text/%s; charset=%s" % (kind, charset), "Content-Transfer-Encoding: " + encoding, "", encoded]
    return "\r\n".join(head + ["--" + boundary + "--", ""]).encode()


def write(maildir, count, seed):
    """`count` messages into `maildir`/new, one a second from the opening on; returns the sum of their sizes in bytes."""
    for sub in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(maildir, sub))
    r, total = random.Random(seed), 0
    for number in range(count):
        raw = message(r, number)
        total += len(raw)
        # the window is eleven days long; all messages fall into it, in order
        arrived = 1631493000 + number * 900_000 // max(count, 1)
        path = os.path.join(maildir, "new", "%d.M%dP1.bench" % (arrived, number))
        with open(path, "wb") as f:
            f.write(raw)
        os.utime(path, (arrived, arrived))
    return total
