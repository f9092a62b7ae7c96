"""How Chinese mail programs write: each function makes the raw bytes of one message.

The habits (headers, charsets, encodings, boundaries) follow what these programs and 163's own servers
really write; every name, address and number is invented.
"""

import base64
import datetime
import html
import quopri
import random

BUREAU = "xjxspj@163.com"
CST = datetime.timezone(datetime.timedelta(hours=8))
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Mail:
    """What a writer wants to send, and when it arrives."""

    def __init__(self, at, name, address, subject, text):
        self.at = datetime.datetime.strptime("2021-" + at, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CST)
        self.name, self.address, self.subject, self.text = name, address, subject, text
        self.dice = random.Random(at + address)
        self.reply_to_id = None

    def date(self, early=0):
        t = self.at - datetime.timedelta(seconds=early)
        return f"{DAYS[t.weekday()]}, {t.day} {MONTHS[t.month - 1]} {t:%Y %H:%M:%S} +0800"

    def seconds(self):
        return int(self.at.timestamp())

    def hexes(self, count):
        return "".join(self.dice.choice("0123456789abcdef") for _ in range(count))

    def letters(self, count):
        pool = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        return "".join(self.dice.choice(pool) for _ in range(count))

    def ip(self):
        return f"{self.dice.choice([14, 36, 42, 61, 106, 111, 117, 123, 183, 218, 222])}." + ".".join(
            str(self.dice.randrange(1, 255)) for _ in range(3))


def word(text, charset, form="B"):
    """An encoded word; long ones are split between characters as most programs do."""
    out, part = [], ""
    for c in text + "\0":
        if c == "\0" or len((part + c).encode(charset)) > 42:
            raw = part.encode(charset)
            if form == "B":
                code = base64.b64encode(raw).decode()
            else:
                code = "".join(chr(b) if chr(b).isalnum() and b < 128 else f"={b:02X}" for b in raw)
            out.append(f"=?{charset}?{form}?{code}?=")
            part = ""
        part += c
    return "\n ".join(out)


def b64(text, charset):
    return base64.encodebytes(text.encode(charset)).decode()


def qp(text, charset):
    return quopri.encodestring(text.encode(charset)).decode()


def page(text, style=""):
    lines = "".join(f"<div{style}>{html.escape(line) or '<br>'}</div>" for line in text.split("\n"))
    return lines


def thread(mail):
    if not mail.reply_to_id:
        return ""
    return f"In-Reply-To: <{mail.reply_to_id}>\nReferences: <{mail.reply_to_id}>\n"


def received(mail, host):
    """The line that 163's own server adds to mail from elsewhere."""
    mark = f"{mail.letters(12)}CgA{mail.letters(18)}--.{mail.dice.randrange(10000, 60000)}S2"
    head = (f"Received: from {host} (unknown [{mail.ip()}])\n"
            f"\tby mx{mail.dice.randrange(1, 64)} (Coremail) with SMTP id {mark};\n"
            f"\t{mail.date()} (CST)\n")
    tail = (f"X-CM-TRANSID:{mark}\n"
            f"Authentication-Results: mx{mail.dice.randrange(1, 64)}; spf=pass smtp.mail={mail.address};\n"
            f"X-Coremail-Antispam: 1Uf129KBjDUn29KB7{mail.letters(27)}\n\t{mail.letters(40)}U\n")
    return head, tail


def netease(mail, table=None):
    """163 and 126 web mail: GBK in base64, text beside HTML; mail within the house has no results of checks."""
    domain = mail.address.split("@")[1]
    user = mail.address.split("@")[0]
    brand = domain.replace(".com", "com")
    edge = f"----=_Part_{mail.dice.randrange(100000, 400000)}_{mail.dice.randrange(10**9)}.{mail.seconds()}{mail.dice.randrange(1000):03}"
    shown = table or ('<div style="line-height:1.7;color:#000000;font-size:14px;font-family:Arial">'
                      + "".join(f'<p style="margin: 0;">{html.escape(l) or "<br>"}</p>' for l in mail.text.split("\n"))
                      + '</div><br><br><span title="neteasefooter"><p>&nbsp;</p></span>')
    head = (f"Received: from {user}${domain} ( [{mail.ip()}] ) by\n ajax-webmail-wmsvr{mail.dice.randrange(1, 160)} (Coremail) ; "
            f"{mail.date()} (CST)\nX-Originating-IP: [{mail.ip()}]\nDate: {mail.date()} (CST)\n"
            f"From: {word(mail.name, 'GBK')} <{mail.address}>\nTo: {BUREAU}\nSubject: {word(mail.subject, 'GBK')}\n"
            f"X-Priority: 3\nX-Mailer: Coremail Webmail Server Version XT5.0.13 build\n 20210622(1d4788a8) Copyright (c) 2002-2021 www.mailtech.cn {brand}\n"
            f"{thread(mail)}")
    ids = (f"MIME-Version: 1.0\nMessage-ID: <{mail.hexes(8)}.{mail.hexes(4)}.17{mail.hexes(9)}.Coremail.{mail.address}>\n"
           f"X-Coremail-Locale: zh_CN\nX-CM-TRANSID:{mail.letters(12)}CgA{mail.letters(14)}.{mail.dice.randrange(10000, 60000)}W\n"
           f"X-CM-SenderInfo: {mail.letters(10).lower()}/1tbi{mail.letters(22)}\nX-Coremail-Antispam: 1U5529EdanIXcx71UUUUU7vcSsGvfC2KfnxnUU==\n")
    if table:
        return head + "Content-Type: text/html; charset=GBK\nContent-Transfer-Encoding: base64\n" + ids + "\n" + b64(shown, "gbk")
    parts = "".join(f"--{edge}\nContent-Type: text/{kind}; charset=GBK\nContent-Transfer-Encoding: base64\n\n{b64(body, 'gbk')}\n"
                    for kind, body in [("plain", mail.text), ("html", shown)])
    return head + f'Content-Type: multipart/alternative; \n\tboundary="{edge}"\n' + ids + f"\n{parts}--{edge}--\n"


def qq(mail, charset="gb18030"):
    """QQ mail in the browser: encoded words inside quotes, gb18030."""
    head, tail = received(mail, f"out{mail.ip().replace('.', '-')}.mail.qq.com")
    edge = f"----=_NextPart_{mail.hexes(8).upper()}_{mail.hexes(8).upper()}_{mail.hexes(8).upper()}"
    mid = f"webmail{mail.dice.randrange(100, 900)}t{mail.seconds()}t{mail.dice.randrange(10**6, 10**7)}"
    parts = "".join(f'--{edge}\nContent-Type: text/{kind};\n\tcharset="{charset}"\nContent-Transfer-Encoding: base64\n\n{b64(body, charset)}\n'
                    for kind, body in [("plain", mail.text), ("html", page(mail.text))])
    return (head + f"X-QQ-FEAT: {mail.letters(64)}\nX-QQ-SSF: 00010000000000F000000000000000Z\nX-QQ-BUSINESS-ORIGIN: 2\n"
            f"X-Originating-IP: {mail.ip()}\nX-QQ-STYLE: \nX-QQ-mid: {mid}\n"
            f'From: "{word(mail.name, charset)}" <{mail.address}>\nTo: "{word("xjxspj", charset)}" <{BUREAU}>\n'
            f"Subject: {word(mail.subject, charset)}\nMime-Version: 1.0\nContent-Type: multipart/alternative;\n\tboundary=\"{edge}\"\n"
            f"Content-Transfer-Encoding: 8Bit\nDate: {mail.date(2)}\nX-Priority: 3\nMessage-ID: <tencent_{mail.hexes(36).upper()}@qq.com>\n"
            f"X-QQ-MIME: TCMime 1.0 by Tencent\nX-Mailer: QQMail 2.x\nX-QQ-Mailer: QQMail 2.x\n{thread(mail)}{tail}\n"
            f"This is a multi-part message in MIME format.\n\n{parts}--{edge}--\n")


def foxmail(mail):
    """Foxmail on Windows: gb2312, plain in base64 beside HTML in quoted-printable."""
    head, tail = received(mail, f"m12-{mail.dice.randrange(11, 19)}.163.com")
    edge = f"----=_001_NextPart{mail.dice.randrange(10**8, 10**9)}_=----"
    styled = ('<html><head><meta http-equiv="content-type" content="text/html; charset=gb2312"></head><body>'
              + page(mail.text) + '\n<hr style="width: 210px; height: 1px;" color="#b5c4df" size="1" align="left">\n'
              f'<div><span><div style="margin: 10px; font-family: verdana; font-size: 10pt"><div>{mail.address}</div></div></span></div></body></html>')
    return (head + f'Date: {mail.date(2)}\nFrom: "{word(mail.name, "gb2312")}" <{mail.address}>\nTo: xjxspj <{BUREAU}>\n'
            f"Subject: {word(mail.subject, 'gb2312')}\nX-Priority: 3\nX-GUID: {mail.hexes(8).upper()}-{mail.hexes(4).upper()}-{mail.hexes(4).upper()}-{mail.hexes(4).upper()}-{mail.hexes(12).upper()}\n"
            f"X-Has-Attach: no\nX-Mailer: Foxmail 7.2.21.453[cn]\nMime-Version: 1.0\nMessage-ID: <{mail.at:%Y%m%d%H%M%S}{mail.dice.randrange(10**9):010}@{mail.address.split('@')[1]}>\n"
            f'Content-Type: multipart/alternative;\n\tboundary="{edge}"\n{tail}\nThis is a multi-part message in MIME format.\n\n'
            f'--{edge}\nContent-Type: text/plain;\n\tcharset="gb2312"\nContent-Transfer-Encoding: base64\n\n{b64(mail.text, "gb2312")}\n'
            f'--{edge}\nContent-Type: text/html;\n\tcharset="gb2312"\nContent-Transfer-Encoding: quoted-printable\n\n{qp(styled, "gb2312")}\n--{edge}--\n')


def master(mail):
    """NetEase Mail Master on a telephone: HTML only, UTF-8 in base64, its own advertisement at the end."""
    user, domain = mail.address.split("@")
    body = ('<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/></head><body><div id="mail-editor-reference-message-container">'
            + page(mail.text, ' style="font-size:14px;"') + "</div>\n<style>font{line-height:1.6;}</style><div class=\"ntes-mailmaster-signature\">"
            "<br/><div>发自我的<a href=\"https://mail.163.com/dashi\">网易邮箱大师</a></div></div></body></html>")
    return (f"Received: from {user}${domain} ( [{mail.ip()}] ) by\n ajax-webmail-wmsvr{mail.dice.randrange(1, 160)} (Coremail) ; {mail.date()}\n (CST)\n"
            f"Date: {mail.date()} (GMT+08:00)\nFrom: {word(mail.name, 'UTF-8')} <{mail.address}>\nTo: {BUREAU}\n"
            f"Subject: {word(mail.subject, 'UTF-8')}\nX-CUSTOM-MAIL-MASTER-SENT-ID: {mail.hexes(8).upper()}-{mail.hexes(4).upper()}-4{mail.hexes(3).upper()}-{mail.hexes(12).upper()}\n"
            f"X-Mailer: MailMasterAndroid/7.6.4_(11)\n{thread(mail)}MIME-Version: 1.0\nContent-Type: text/html; charset=UTF-8\nContent-Transfer-Encoding: base64\n"
            f"Message-ID: <{mail.hexes(8)}.{mail.dice.randrange(100)}.17{mail.hexes(9)}.Coremail.{mail.address}>\n"
            f"X-CM-TRANSID:{mail.letters(30)}.{mail.dice.randrange(10000, 60000)}W\n\n{b64(body, 'utf-8')}")


def outlook(mail, charset="gb2312"):
    """Outlook in an office: plain in base64 beside Word's HTML in quoted-printable."""
    head, tail = received(mail, f"mail.{mail.address.split('@')[1]}")
    edge = f"----=_NextPart_000_0003_01D7{mail.hexes(4).upper()}.{mail.hexes(8).upper()}"
    body = ('<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">'
            "<style>p.MsoNormal{margin:0cm;font-size:10.5pt;}</style></head><body lang=ZH-CN>"
            + "".join(f"<p class=MsoNormal>{html.escape(l) or '<o:p>&nbsp;</o:p>'}<o:p></o:p></p>\n" for l in mail.text.split("\n")) + "</body></html>")
    return (head + f'From: "{word(mail.name, charset)}" <{mail.address}>\nTo: <{BUREAU}>\nSubject: {word(mail.subject, charset)}\n'
            f"Date: {mail.date(2)}\nMessage-ID: <{mail.hexes(12)}$023c3346$0838cb16$@{mail.address.split('@')[1]}>\nMIME-Version: 1.0\n"
            f'Content-Type: multipart/alternative;\n\tboundary="{edge}"\nX-Mailer: Microsoft Outlook 16.0\nThread-Index: Ade{mail.letters(26)}==\nContent-Language: zh-cn\n{tail}\n'
            f'This is a multipart message in MIME format.\n\n--{edge}\nContent-Type: text/plain;\n\tcharset="{charset}"\nContent-Transfer-Encoding: base64\n\n{b64(mail.text, charset)}\n'
            f'--{edge}\nContent-Type: text/html;\n\tcharset="{charset}"\nContent-Transfer-Encoding: quoted-printable\n\n{qp(body, charset)}\n--{edge}--\n')


def iphone(mail):
    """The iPhone's own program: UTF-8, quoted-printable, one part."""
    head, tail = received(mail, f"out{mail.ip().replace('.', '-')}.mail.{mail.address.split('@')[1]}")
    return (head + f"From: {word(mail.name, 'utf-8')} <{mail.address}>\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n"
            f"Mime-Version: 1.0 (1.0)\nSubject: {word(mail.subject, 'utf-8')}\nMessage-Id: <{mail.hexes(8).upper()}-{mail.hexes(4).upper()}-4{mail.hexes(3).upper()}-{mail.hexes(4).upper()}-{mail.hexes(12).upper()}@{mail.address.split('@')[1]}>\n"
            f"Date: {mail.date(3)}\nTo: {BUREAU}\n{thread(mail)}X-Mailer: iPhone Mail (18G82)\n{tail}\n" + qp(mail.text + "\n\n发自我的iPhone\n", "utf-8"))


def sina(mail):
    """Sina web mail: GBK, one plain part."""
    head, tail = received(mail, f"mail3-{mail.dice.randrange(100, 200)}.sinamail.sina.com.cn")
    return (head + f"From: {word(mail.name, 'GBK')} <{mail.address}>\nDate: {mail.date(2)}\nTo: <{BUREAU}>\nSubject: {word(mail.subject, 'GBK')}\nMIME-Version: 1.0\nX-Priority: 3\n"
            f"Message-ID: <{mail.dice.randrange(10**9, 10**10)}.{mail.dice.randrange(10**5, 10**6)}.webmail@sina.com>\nX-MessageID: {mail.hexes(32)}\nX-Originating-IP: [{mail.ip()}]\nX-Mailer: Sina WebMail 4.0\n"
            f"Content-Type: text/plain;\n\tcharset=GBK\nContent-Transfer-Encoding: base64\n{tail}\n" + b64(mail.text, "gbk"))


def sohu(mail):
    """Sohu web mail: GBK in quoted-printable, whose soft breaks may cut a character in two."""
    head, tail = received(mail, "mx1.sohu.com")
    return (head + f"From: {word(mail.name, 'GBK', 'Q')} <{mail.address}>\nTo: {BUREAU}\nSubject: {word(mail.subject, 'GBK')}\nDate: {mail.date(2)}\n"
            f"Message-ID: <{mail.dice.randrange(10**9, 10**10)}.{mail.hexes(18)}.sohu@sohu.com>\nMIME-Version: 1.0\n"
            f'Content-Type: text/plain; charset="GBK"\nContent-Transfer-Encoding: quoted-printable\nX-Mailer: SOHU Web Mail 2.0.4\n{tail}\n' + qp(mail.text, "gbk") + "\n")


def thunderbird(mail):
    """Thunderbird: UTF-8 as it is, format=flowed."""
    head, tail = received(mail, f"mail.{mail.address.split('@')[1]}")
    return (head + f"To: {BUREAU}\nFrom: {word(mail.name, 'UTF-8')} <{mail.address}>\nSubject: {word(mail.subject, 'UTF-8')}\n"
            f"Message-ID: <{mail.hexes(8)}-{mail.hexes(4)}-{mail.hexes(4)}-{mail.hexes(12)}@{mail.address.split('@')[1]}>\nDate: {mail.date(3)}\n"
            f"User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:78.0)\n Gecko/20100101 Thunderbird/78.13.0\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8; format=flowed\n"
            f"Content-Transfer-Encoding: 8bit\nContent-Language: zh-CN\n{thread(mail)}{tail}\n{mail.text}\n")


def gmail(mail):
    """Gmail: UTF-8 in base64, text beside HTML, headers in an order of its own."""
    head, tail = received(mail, "mail-pj1-f47.google.com")
    edge = f"000000000000{mail.hexes(16)}"
    return (head + f"MIME-Version: 1.0\nFrom: {word(mail.name, 'UTF-8')} <{mail.address}>\nDate: {mail.date(2)}\nMessage-ID: <CA{mail.letters(40)}@mail.gmail.com>\n"
            f'Subject: {word(mail.subject, "UTF-8")}\nTo: {BUREAU}\nContent-Type: multipart/alternative; boundary="{edge}"\n{tail}\n'
            + "".join(f'--{edge}\nContent-Type: text/{kind}; charset="UTF-8"\nContent-Transfer-Encoding: base64\n\n{b64(body, "utf-8")}\n'
                      for kind, body in [("plain", mail.text.replace("\n", "\r\n")), ("html", f'<div dir="ltr">{page(mail.text)}</div>')]) + f"--{edge}--\n")


def android(mail):
    """The telephone's own program (小米): UTF-8 in base64, text beside HTML."""
    head, tail = received(mail, f"m15-{mail.dice.randrange(50, 60)}.126.com")
    edge = f"--_com.android.email_{mail.dice.randrange(10**14, 10**15)}"
    return (head + f"Date: {mail.date(2)}\nFrom: {word(mail.name, 'UTF-8')} <{mail.address}>\nTo: xjxspj <{BUREAU}>\nSubject: {word(mail.subject, 'UTF-8')}\n"
            f"Message-ID: <{mail.hexes(8)}-{mail.hexes(4)}-{mail.hexes(4)}-{mail.hexes(4)}-{mail.hexes(12)}@email.android.com>\nMIME-Version: 1.0\n"
            f'Content-Type: multipart/alternative; boundary="{edge}"\n{tail}\n'
            + "".join(f"--{edge}\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{b64(body, 'utf-8')}\n"
                      for kind, body in [("plain", mail.text + "\n\n\n发自我的小米手机\n"), ("html", page(mail.text + "\n\n\n发自我的小米手机"))]) + f"--{edge}--\n")


def raw(mail, headers, body):
    """A machine's message: the headers that it wants, after those of the server that took it."""
    head, tail = received(mail, headers.pop("host"))
    lines = "".join(f"{name}: {value}\n" for name, value in headers.items())
    return head + lines + f"Date: {mail.date(2)}\n" + tail + "\n" + body
