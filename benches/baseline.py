"""The same job as one would first write it in Python: the smallest honest script. Usage: baseline.py PORT USER PASSWORD DATABASE"""
import email, email.header, imaplib, re, sqlite3, sys

port, user, password, database = sys.argv[1:]
FIELDS = {
    "name": r"(?:姓名[:：]\s*|我叫)([^\s，。,:：]{2,15})",
    "phone": r"(?<!\d)(1[3-9]\d{9})(?!\d)",
    "id_number": r"(?<!\d)(\d{17}[\dXx])(?!\d)",
    "organization": r"(?:单位[:：]\s*|，在)([^\s，。]+?)(?:工作|[\s，。]|$)",
    "position": r"职务[:：]\s*(\S+)",
    "address": r"(?:住址[:：]\s*|家住)([^\s，。]+)",
    "category": r"(政务公开义务监督员|企业及群众代表)",
}

db = sqlite3.connect(database, isolation_level=None)
db.executescript("""
pragma journal_mode = wal; pragma synchronous = full;
create table message (uid integer primary key, arrived text, message_id text, raw blob);
create table applicant (id integer primary key, uid integer, status text, position integer, name text, phone text, id_number text,
                        organization text, job text, address text, category text);
create index by_id on applicant (id_number); create index by_phone on applicant (name, phone);
create table letter (id integer primary key, uid integer, recipient text, subject text, body text, state text);
""")
imap = imaplib.IMAP4("127.0.0.1", int(port))
imap.login(user, password)
imap.select("INBOX", readonly=True)
quotas, waiting = {"政务公开义务监督员": 8, "企业及群众代表": 17}, {"政务公开义务监督员": 0, "企业及群众代表": 0}
for uid in imap.uid("SEARCH", "ALL")[1][0].split():
    uid = int(uid)
    if db.execute("select 1 from message where uid = ?", (uid,)).fetchone():
        continue
    answer = imap.uid("FETCH", str(uid), "(INTERNALDATE BODY.PEEK[])")[1]
    arrived, raw = answer[0][0].decode().split('"')[1], answer[0][1]
    mail = email.message_from_bytes(raw)
    subject = "".join(t.decode(c or "ascii", "replace") if isinstance(t, bytes) else t for t, c in email.header.decode_header(mail["Subject"]))
    part = next(p for p in mail.walk() if p.get_content_type() == "text/plain")
    text = subject + "\n" + part.get_payload(decode=True).decode(part.get_content_charset() or "gb18030", "replace")
    found = {k: (re.search(p, text) or [None, None])[1] for k, p in FIELDS.items()}
    category = found["category"] or "企业及群众代表"
    db.execute("begin immediate")
    known = db.execute("select id, status, position from applicant where id_number = ? or (name = ? and phone = ?)", (found["id_number"], found["name"], found["phone"])).fetchone()
    if known:
        status, position = known[1:]
    elif quotas[category] > 0:
        quotas[category] -= 1
        status, position = "confirmed", None
    else:
        waiting[category] += 1
        status, position = "waitlisted", waiting[category]
    db.execute("insert into message values (?, ?, ?, ?)", (uid, arrived, mail["Message-ID"], raw))
    if not known:
        db.execute("insert into applicant (uid, status, position, name, phone, id_number, organization, job, address, category) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   (uid, status, position, found["name"], found["phone"], found["id_number"], found["organization"], found["position"], found["address"], category))
    body = "%s：您好！您的报名已收到，结果：%s%s。" % (found["name"], status, "" if position is None else "，候补第%d位" % position)
    db.execute("insert into letter (uid, recipient, subject, body, state) values (?, ?, ?, ?, 'waiting')", (uid, mail["From"], "报名结果", body))
    db.execute("commit")
imap.logout()
print(db.execute("select count(*) from message").fetchone()[0])
