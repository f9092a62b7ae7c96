#!/usr/bin/env python3
"""Writes the seed corpora of the fuzz targets: `fuzz/seeds.py FOLDER`.

They come from tests/fixtures: each mail as it is, its attachments by their format, the forms, the
XML inside office files, the streams of PDF files unpacked, the words that reading knows as a
dictionary. The answers of servers stand below. Nothing of it is committed.
"""

import email
import email.policy
import hashlib
import io
import pathlib
import re
import sys
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests/fixtures"
LARGEST = 100_000

IMAP = [
    "* OK [CAPABILITY IMAP4rev1 ID IDLE UIDPLUS MOVE] Coremail ready\r\nA1 OK LOGIN completed\r\n",
    "* CAPABILITY IMAP4rev1 XLIST SPECIAL-USE ID LITERAL+ STARTTLS\r\nA2 OK completed\r\n",
    "* ID ()\r\n* ID (\"name\" \"Coremail\" \"vendor\" NIL)\r\nA3 OK ID completed\r\n",
    "* 3 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 1] UIDs valid\r\n* FLAGS (\\Seen 已读)\r\n"
    "A4 OK [READ-ONLY] EXAMINE completed\r\n",
    "* 1 FETCH (UID 1320 RFC822.SIZE 42 INTERNALDATE \"13-Sep-2021 09:00:00 +0800\" FLAGS (\\Seen))\r\n"
    "* 2 FETCH (UID 19436 )\r\nA5 OK FETCH completed\r\n",
    "* 1 FETCH (UID 7 BODY[] {11}\r\nhello world)\r\n* 2 FETCH (UID 8 BODY[] \"a\\\"b\\\\\")\r\nA6 OK\r\n",
    "* 3 FETCH (UID 9 BODY[]<0> {0}\r\n INTERNALDATE NIL BODY[] NIL)\r\nA7 OK FETCH\r\n",
    "* LIST (\\HasNoChildren \\Junk) \"/\" \"&V4NXPpCuTvY-\"\r\n* LIST () NIL {5}\r\nINBOX\r\n"
    "* LIST (\\Noselect) \".\" 垃圾 邮件\r\nA8 OK LIST completed\r\n",
    "* NO SELECT Unsafe Login. Please contact kefu@188.com for help\r\nA9 NO [UNAVAILABLE] busy\r\n",
    "+ idling\r\n* 5 EXISTS\r\n* 4 EXPUNGE\r\n* BYE 登录超时\r\n",
    "* SEARCH 1 2 3\r\n* STATUS INBOX (MESSAGES 2)\r\n* XYZ {4}\r\nabcd tail\r\nA10 BAD x\r\n",
    "* 1 FETCH (ENVELOPE (NIL \"s\" NIL) BODY[HEADER.FIELDS (TO SUBJECT)] {3+}\r\nabc)\r\n",
]
SMTP = [
    "220 163.com Anti-spam GT for Coremail System\r\n",
    "250-mail\r\n250-PIPELINING\r\n250-AUTH LOGIN PLAIN\r\n250-SIZE 73400320\r\n250 8BITMIME\r\n",
    "235 Authentication successful\r\n",
    "354 End data with <CR><LF>.<CR><LF>\r\n",
    "250 Mail OK queued as smtp12,EMCowABX 1631494800\r\n",
    "554 DT:SPM 163 smtp12,EMCowABX 1631494800,please see http://mail.163.com/help/help_spam_16.htm\r\n",
    "450 MI:SFQ 163 smtp5\r\n",
    "421 HL:ICC 163 smtp1\r\n",
    "550 Connection frequency limited. http://service.mail.qq.com\r\n",
    "535 Error: authentication failed\r\n",
    "550 User in blacklist\r\n",
    "553 authentication is required\r\n",
    "451-4.3.0 one\r\n451 4.3.0 two\r\n",
    "250",
    "999 x\r\n",
]
FIELDS = [
    "马玉兰", "张 三 先生", "买买提·艾力", "欧阳晓雯（女）", "13995000001", "+86 139-9500-0001",
    "一三九九五零零零零零一", "0954-3018118转802", "139.9500.0001 / 0954 301 8118", "139****0001",
    "642223197607166136", "64222319760716613X", "642223 19760716 613x", "640300760716613", "回", "维吾尔族",
    "男", "女士", "政务公开义务监督员", "☑企业代表 □群众代表 □监督员", "√ 市民", "A", "无",
    "西吉县宏宇消防器材经销部经理", "西吉天工纸箱厂，质量部主管", "宁夏固原市西吉县吉强镇团结路12号",
]
ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:body>
<office:spreadsheet><table:table table:name="名单"><table:table-row><table:table-cell>
<text:p>姓名</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2">
<text:p>电话</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse" table:number-rows-repeated="3"><table:table-cell
table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>马玉兰<text:s text:c="3"/>
<text:tab/><text:line-break/></text:p></table:table-cell><table:covered-table-cell/>
<table:table-cell office:value-type="float" office:value="13995000001"><text:p>13995000001</text:p>
</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>
</office:document-content>"""
XLSX = b"\0".join(part.encode() for part in (
    '<workbook><sheets><sheet name="名单" r:id="rId1"/><sheet name="旧" state="hidden" r:id="rId2"/>'
    "</sheets></workbook>",
    "<sst><si><t>姓名</t></si><si><r><t>电</t></r><r><t>话</t></r><rPh><t>x</t></rPh></si></sst>",
    '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>马玉兰</t></is></c>'
    '<c r="B2"><v>1.3995000001E10</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/>'
    "</mergeCells></worksheet>",
    '<worksheet><sheetData><row><c t="str"><f>A1</f><v>姓名</v></c></row></sheetData></worksheet>',
))


class Corpus:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.counts = {}

    def add(self, target, data):
        if not data or len(data) > LARGEST:
            return
        folder = self.folder / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)
        self.counts[target] = self.counts.get(target, 0) + 1

    def file(self, data):
        """An attached file, by its content."""
        if data.startswith(b"%PDF"):
            self.add("pdf", data)
            self.add("pdf", unpacked_pdf(data))
        elif data.startswith(b"{\\rtf"):
            self.add("rtf", data)
        elif data.startswith(b"\x78\x9f\x3e\x22"):
            self.add("tnef", data)
        elif data.startswith(b"\xd0\xcf\x11\xe0"):
            wide = "WordDocument".encode("utf-16-le")
            self.add("doc" if wide in data else "xls", data)
        elif data.startswith(b"PK"):
            self.zipped(data)
        elif re.search(rb"<html|<table", data[:1024], re.I):
            self.add("html", data)
        elif b"," in data or b"\t" in data:
            self.add("csv", data)

    def zipped(self, data):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inside = {name: archive.read(name) for name in archive.namelist()}
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile):
            inside = {}
        if "word/document.xml" in inside:
            self.add("docx", data)
            self.add("docx", inside["word/document.xml"])
        elif "xl/workbook.xml" in inside:
            self.add("xlsx", data)
            parts = ["xl/workbook.xml", "xl/sharedStrings.xml"]
            parts += ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]
            self.add("xlsx", b"\0".join(inside.get(part, b"") for part in parts))
        elif "content.xml" in inside:
            kind = "ods" if b"spreadsheet" in inside.get("mimetype", b"") else "odt"
            self.add(kind, data)
            self.add(kind, inside["content.xml"])
        else:
            self.add("zip", data)
            for member in inside.values():
                self.file(member)

    def mail(self, data):
        self.add("message", data)
        self.add("eml", data)
        mail = email.message_from_bytes(data, policy=email.policy.compat32)
        for part in mail.walk():
            if part.is_multipart():
                continue
            content = part.get_payload(decode=True) or b""
            if part.get_filename():
                self.file(content)
            elif part.get_content_subtype() == "html":
                self.add("html", b"<html>" + content)
            elif part.get_content_type() == "text/plain":
                self.add("prose", as_text(content))
                self.add("csv", content)


def as_text(data):
    for charset in ("utf-8", "gb18030"):
        try:
            return ("报名\n" + data.decode(charset)).encode()
        except UnicodeDecodeError:
            pass
    return data


def unpacked_pdf(data):
    """The same file with its streams unpacked; readers find the objects without the table."""

    def unpack(found):
        try:
            return b"stream\n" + zlib.decompressobj().decompress(found[1]) + b"\nendstream"
        except zlib.error:
            return found[0]

    data = re.sub(rb"stream\r?\n(.*?)\r?\nendstream", unpack, data, flags=re.S)
    return data.replace(b"/FlateDecode", b"[]")


def dictionary(path):
    """The words of reading's source, and the marks of forms."""
    words = set()
    for source in (ROOT / "src/reading").glob("*.rs"):
        text = source.read_text(encoding="utf-8")
        for word in re.findall(r"[\u4e00-\u9fff]{2,8}", text):
            words.add(word)
    words.update("： ； ， 。 、 ☑ □ ■ √ （ ） 【 】 · 13995000001 642223197607166136 0954-3018118".split())
    with path.open("w", encoding="ascii") as out:
        for word in sorted(words):
            out.write('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n')


def main():
    corpus = Corpus(sys.argv[1])
    for path in sorted(FIXTURES.glob("*/*.eml")):
        corpus.mail(path.read_bytes())
    for path in sorted((FIXTURES / "forms").iterdir()):
        if path.is_file():
            corpus.file(path.read_bytes())
    for text in IMAP:
        for first in (b"\x00", b"\x06", b"\xff"):
            corpus.add("imap", first + text.encode())
    for step in range(9):
        for text in SMTP:
            corpus.add("smtp", bytes([step]) + text.encode())
        for text in FIELDS:
            corpus.add("fields", bytes([step]) + text.encode())
    corpus.add("ods", ODS.encode())
    corpus.add("xlsx", XLSX)
    dictionary(corpus.folder / "words.dict")
    for target, count in sorted(corpus.counts.items()):
        print(f"{target}: {count}")


if __name__ == "__main__":
    main()
