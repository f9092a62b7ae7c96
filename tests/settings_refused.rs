//! Every kind of wrong setting is refused with the file, the key, the value and what is allowed.

mod settings_support;

use settings_support::Folder;

/// A change to the sample, and what the message must say, in order.
struct Case {
    /// What stands in the sample, and what stands there instead.
    change: (&'static str, &'static str),
    says: &'static [&'static str],
}

const fn case(from: &'static str, to: &'static str, says: &'static [&'static str]) -> Case {
    Case { change: (from, to), says }
}

const MAIN: &[Case] = &[
    case(
        "host = \"imap.163.com\"",
        "hots = \"imap.163.com\"",
        &[
            "baoming.toml: mailbox.bureau.hots = \"imap.163.com\": unknown key, did you mean \"host\"?",
            "allowed: after, ca_file, encryption, events, folders, host, kind",
        ],
    ),
    case(
        "host = \"imap.163.com\"",
        "hots = \"imap.163.com\"",
        &["baoming.toml: mailbox.bureau.host: is missing; allowed: a host name or IP address"],
    ),
    case("[staff]", "[stuff]", &["stuff = { addresses }: unknown key, did you mean \"staff\"?"]),
    case(
        "#port = 993",
        "port = 0",
        &["mailbox.bureau.port = 0: ", "allowed: a whole number from 1 to 65535"],
    ),
    case("#port = 993", "port = \"993\"", &["mailbox.bureau.port = \"993\": "]),
    case("#port = 993", "port = 70000", &["mailbox.bureau.port = 70000: "]),
    case(
        "#encryption = \"tls\"\n# By default 993",
        "encryption = \"ssl\"\n# By default 993",
        &["mailbox.bureau.encryption = \"ssl\": ", "allowed: \"tls\", \"starttls\", \"none\""],
    ),
    case(
        "#encryption = \"tls\"\n# By default 993",
        "encryption = \"none\"\n# By default 993",
        &[
            "mailbox.bureau.encryption = \"none\": would send the password readable to imap.163.com",
            "allowed: \"tls\" or \"starttls\"; \"none\" only to localhost",
        ],
    ),
    case(
        "host = \"imap.163.com\"",
        "host = \"imap 163\"",
        &["mailbox.bureau.host = \"imap 163\": "],
    ),
    case(
        "#ca_file = \"/etc/baoming/ca.pem\"\nuser",
        "ca_file = \"no.pem\"\nuser",
        &["mailbox.bureau.ca_file = \"no.pem\": there is no file "],
    ),
    case("folders = [\"INBOX\", ", "folders = [1, ", &["mailbox.bureau.folders = [1, "]),
    case(
        "#after = \"keep\"",
        "after = \"delete\"",
        &["mailbox.bureau.after = \"delete\": ", "allowed: \"keep\", \"seen\" or \"move:FOLDER\""],
    ),
    case(
        "#after = \"keep\"",
        "after = \"move:INBOX\"",
        &["mailbox.bureau.after = \"move:INBOX\": moves mail into a folder that is read"],
    ),
    case(
        "#kind = \"imap\"",
        "kind = \"pop3\"",
        &["mailbox.bureau.kind = \"pop3\": ", "allowed: \"imap\", \"maildir\""],
    ),
    case(
        "#events = [\"xiji-open-day\"]",
        "events = [\"open-day\"]",
        &[
            "mailbox.bureau.events = [\"open-day\"]: there is no event \"open-day\"",
            "allowed: ids of events: xiji-open-day",
        ],
    ),
    case("#since = \"2021-09-08 00:00\"", "since = \"2021-09-08\"", &["mailbox.bureau.since = "]),
    case(
        "#poll = \"90s\"",
        "poll = \"1s\"",
        &["mailbox.bureau.poll = \"1s\": ", "allowed: a length of time from 10s to 1h"],
    ),
    case("#poll = \"90s\"", "poll = 90", &["mailbox.bureau.poll = 90: "]),
    case(
        "#poll = \"90s\"",
        "poll = \"1h\"\nlisting = \"30m\"",
        &["mailbox.bureau.listing = \"30m\": is shorter than poll"],
    ),
    case(
        "#size_limit = \"30 MiB\"",
        "size_limit = \"30 GB\"",
        &["mailbox.bureau.size_limit = \"30 GB\": ", "allowed: a size from 1 MiB to 64 MiB"],
    ),
    case("[mailbox.bureau]", "[mailbox.Bureau]", &["mailbox.Bureau: is no name"]),
    case(
        "events = [\"xiji-open-day.toml\"]",
        "events = []",
        &["baoming.toml: events = []: lists no event"],
    ),
    case(
        "events = [\"xiji-open-day.toml\"]",
        "events = [\"other.toml\"]",
        &["other.toml: cannot be read: No such file"],
    ),
    case(
        "events = [\"xiji-open-day.toml\"]",
        "events = [\"../xiji.toml\"]",
        &[
            "baoming.toml: events = [\"../xiji.toml\"]: ",
            "allowed: a list",
            "a file beside this one",
        ],
    ),
    case(
        "events = [\"xiji-open-day.toml\"]",
        "events = [\"xiji-open-day.toml\", \"xiji-open-day.toml\"]",
        &["lists \"xiji-open-day.toml\" twice"],
    ),
    case(
        "events = [\"xiji-open-day.toml\"]",
        "events = [\"xiji-open-day.toml\", \"same-prefix.toml\"]",
        &["same-prefix.toml: prefix = \"XJ21\": is the prefix of xiji-open-day already"],
    ),
    case(
        "#letters = \"letters\"",
        "letters = \"letters\"",
        &["baoming.toml: letters = \"letters\": there is no folder "],
    ),
    case(
        "#url = \"sqlite:/var/lib",
        "url = \"mysql:/var/lib",
        &[
            "database.url = \"mysql:/var/lib/baoming/baoming.db\": is no address of a database",
            "allowed: \"sqlite:/var/lib/baoming/baoming.db\" or \"postgres://user@host/database\"",
        ],
    ),
    case(
        "#url = \"sqlite:/var/lib/baoming/baoming.db\"",
        "url = \"postgres://u@h/d\"",
        &["database.key: is missing: with PostgreSQL"],
    ),
    case(
        "addresses = [\"bangongshi@example.cn\"]",
        "addresses = [\"bangongshi\"]",
        &["staff.addresses = [\"bangongshi\"]: ", "each an e-mail address"],
    ),
    case("addresses = [\"bangongshi@example.cn\"]", "addresses = []", &["staff.addresses = []: "]),
    case(
        "from = \"xjxspj@163.com\"",
        "from = \"bureau@163.com\"",
        &["sending.from = \"bureau@163.com\": differs from user"],
    ),
    case(
        "#per_day = 40",
        "per_day = 0",
        &["sending.per_day = 0: ", "allowed: a whole number from 1 to 1000000"],
    ),
    case(
        "#per_day = 40",
        "per_day = 5\nper_address = 6",
        &["sending.per_day = 5: is smaller than per_address"],
    ),
    case(
        "#per_quarter = 5\n#per_day = 40",
        "per_quarter = 50",
        &["sending.per_day: is smaller than per_quarter"],
    ),
    case("#kind = \"smtp\"", "kind = \"folder\"", &["sending.path: is missing; allowed: a path"]),
    case(
        "#at = \"17:40\"",
        "at = \"25:00\"",
        &["digest.at = \"25:00\": ", "allowed: a time of day as \"17:40\""],
    ),
    case(
        "#zone = \"Asia/Shanghai\"",
        "zone = \"Asia/Xiji\"",
        &["digest.zone = \"Asia/Xiji\": ", "allowed: the name of a time zone"],
    ),
    case(
        "#log_json = false",
        "log_json = \"yes\"",
        &["daemon.log_json = \"yes\": ", "allowed: true or false"],
    ),
    case("#log = \"info\"", "log = \"loud and clear\"", &["daemon.log = \"loud and clear\": "]),
    case("[daemon]", "daemon = 1\n[deamon]", &["daemon"]),
    case("[staff]", "[staff", &["baoming.toml: ", "allowed: TOML"]),
];

const COPIES: &[Case] = &[
    case(
        "#sent_folder = \"已发送\"",
        "sent_folder = \"INBOX\"",
        &["sending.sent_folder = \"INBOX\": is a folder whose mail is read", "已发送"],
    ),
    case("#sent_folder = \"已发送\"", "sent_folder = \"\"", &["sending.sent_folder = \"\": "]),
];

const EVENT: &[Case] = &[
    case(
        "quota = 8",
        "quota = 0",
        &[
            "xiji-open-day.toml: category[1].quota = 0: ",
            "allowed: a whole number from 1 to 100000",
        ],
    ),
    case(
        "quota = 8",
        "qouta = 8",
        &["category[1].qouta = 8: unknown key, did you mean \"quota\"?"],
    ),
    case(
        "closes = \"2021-09-24 17:30\"",
        "closes = \"2021-09-12 17:30\"",
        &[
            "xiji-open-day.toml: closes = \"2021-09-12 17:30\": is not after opens",
            "allowed: a moment after opens",
        ],
    ),
    case(
        "announced = \"2021-09-08 00:00\"",
        "announced = \"2021-09-14 00:00\"",
        &["announced = \"2021-09-14 00:00\": is after opens"],
    ),
    case(
        "takes_place = \"2021-09-28 09:00\"",
        "takes_place = \"2021-09-20 09:00\"",
        &["takes_place = \"2021-09-20 09:00\": is before closes"],
    ),
    case(
        "opens = \"2021-09-13 08:30\"",
        "opens = \"13.9.2021\"",
        &["opens = \"13.9.2021\": ", "allowed: a date and time as \"2021-09-13 08:30\""],
    ),
    case(
        "default_category = \"representative\"",
        "default_category = \"guest\"",
        &[
            "default_category = \"guest\": is no category of this event",
            "allowed: one of the categories: supervisor, representative",
        ],
    ),
    case(
        "required = [\"name\", \"phone\"]",
        "required = [\"name\", \"fone\"]",
        &[
            "required = [\"name\", \"fone\"]: there is no field \"fone\"",
            "allowed: fields: name, phone, id_number",
        ],
    ),
    case("required = [\"name\", \"phone\"]", "required = [\"phone\"]", &["leaves out the name"]),
    case(
        "id = \"supervisor\"",
        "id = \"representative\"",
        &["category[2].id = \"representative\": is another category's id already"],
    ),
    case(
        "\"公开义务监督员\", ",
        "\"群众代表\", ",
        &["category[2].words = ", "\"群众代表\" is another category's word already"],
    ),
    case(
        "prefix = \"XJ21\"",
        "prefix = \"xj-21\"",
        &["prefix = \"xj-21\": ", "allowed: 1 to 12 capital letters and digits"],
    ),
    case("hold = \"48h\"", "hold = \"0s\"", &["hold = \"0s\": ", "from 1h to 720h"]),
    case("zone = \"Asia/Shanghai\"", "zone = \"China\"", &["zone = \"China\": "]),
    case("lasts = \"3h\"", "lasts = 3", &["lasts = 3: "]),
    case("digest = \"17:40\"", "digest = \"5 pm\"", &["digest = \"5 pm\": "]),
    case("sender_cap = 5", "sender_cap = 0", &["sender_cap = 0: "]),
    case("telephone = \"0954-3018118\"", "telephone = \"ask\"", &["telephone = \"ask\": "]),
    case("name = \"西吉县", "nmae = \"西吉县", &["name: is missing"]),
    case("place = \"西吉县政务服务大厅\"", "place = \"\"", &["place = \"\": "]),
    case(
        "[labels]",
        "[[field]]\nid = \"phone\"\nname = \"手机\"\n[labels]",
        &["field[2].id = \"phone\": is a field already"],
    ),
    case("remind = \"10:00\"", "remind = true", &["remind = true: ", "allowed: a time of day"]),
    case("#erase_after = \"90d\"", "erase_after = \"90\"", &["erase_after = ", "or \"never\""]),
    case("#tag = \"kfr\"", "tag = \"k+r\"", &["tag = \"k+r\": "]),
    case(
        "#form = [\"organization\",",
        "form = [\"firm\",",
        &["form = ", "there is no field \"firm\""],
    ),
    case("[labels]", "[labels]\nfone = [\"手机\"]", &["labels.fone = ", "did you mean \"phone\"?"]),
];

fn check(file: &str, cases: &[Case]) {
    for case in cases {
        let folder = Folder::new();
        folder.change(file, case.change.0, case.change.1);
        let said = folder.sources().load().err().map(|problems| problems.to_string());
        let said = said.unwrap_or_else(|| format!("{:?} was taken", case.change.1));
        let mut rest = Some(said.as_str());
        for words in case.says {
            rest = rest.and_then(|rest| rest.split_once(words)).map(|(_, behind)| behind);
            assert!(rest.is_some(), "{:?}: no {words:?} in\n{said}", case.change.1);
        }
    }
}

#[test]
fn every_wrong_key_of_the_settings_file_is_refused_with_what_is_allowed() {
    check("baoming.toml", MAIN);
    check("baoming.toml", COPIES);
}

#[test]
fn copies_of_sent_mail_are_looked_for_only_in_an_account_whose_mail_is_read() {
    let folder = Folder::new();
    folder.change("baoming.toml", "#sent_folder", "sent_folder");
    let settings = folder.sources().load().unwrap();
    let sent = settings.sending.sent.unwrap();
    assert_eq!((&*sent.folder, &*sent.account.host), ("已发送", "imap.163.com"));
    folder.change("baoming.toml", "user = \"xjxspj@163.com\"", "user = \"other@163.com\"");
    let said = folder.sources().load().unwrap_err().to_string();
    let expected = "sending.sent_folder = \"已发送\": belongs to no mailbox that is read; allowed: no \
                    such key, unless a [mailbox.NAME] of kind \"imap\" has the same user";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn every_wrong_key_of_an_event_file_is_refused_with_what_is_allowed() {
    check("xiji-open-day.toml", EVENT);
}

#[test]
fn all_mistakes_are_told_at_once_and_none_besides() {
    let folder = Folder::new();
    folder.change("baoming.toml", "host = \"imap.163.com\"", "host = \"\"");
    folder.change("baoming.toml", "#poll = \"90s\"", "poll = \"1s\"");
    folder.change("baoming.toml", "[digest]", "[digest]\nat = \"24:00\"");
    folder.change("xiji-open-day.toml", "quota = 8", "quota = 0");
    folder.change("xiji-open-day.toml", "quota = 17", "quota = \"17\"");
    let problems = folder.sources().load().unwrap_err();
    let mut keys: Vec<_> = problems.0.iter().map(|problem| problem.key.as_str()).collect();
    keys.sort_unstable();
    let expected = [
        "category[1].quota",
        "category[2].quota",
        "digest.at",
        "mailbox.bureau.host",
        "mailbox.bureau.poll",
    ];
    assert_eq!(keys, expected, "{problems}");
}

#[test]
fn a_wrong_kind_of_mailbox_hides_no_other_mistake_and_adds_none() {
    let folder = Folder::new();
    folder.change("baoming.toml", "#kind = \"imap\"", "kind = \"pop3\"");
    folder.change("baoming.toml", "#url = \"sqlite:", "url = \"file:");
    let problems = folder.sources().load().unwrap_err();
    let keys: Vec<_> = problems.0.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(keys, ["mailbox.bureau.kind", "database.url"], "{problems}");
}
