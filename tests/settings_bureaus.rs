//! Several bureaus in one settings file: read, and refused where they could be taken for each other.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod settings_support;

use baoming::reply::SealKey;
use settings_support::Folder;

/// The sample with its other bureau switched on, and a mailbox for each.
fn two() -> Folder {
    let folder = Folder::new();
    folder.secret("credentials/smtp-yunshui", "AUTHCODEYUNSHUI\n", 0o600);
    folder.secret("credentials/imap-yunshui", "AUTHCODEYUNSHUI\n", 0o600);
    let text = std::fs::read_to_string(folder.path("baoming.toml")).unwrap();
    let (before, rest) = text.split_once("#[bureau.yunshui]").unwrap();
    let (own, after) = rest.split_once("\n\n").unwrap();
    let own = own.replace("\n#", "\n").replace("\n With", "\n# With");
    let mailbox = "[mailbox.yunshui]\nhost = \"imap.163.com\"\nuser = \"yunshui@163.com\"\n\
                   password = { credential = \"imap-yunshui\" }\nevents = [\"another-bureau\"]\n";
    let text = format!("{before}[bureau.yunshui]{own}\n\n{mailbox}\n{after}");
    std::fs::write(folder.path("baoming.toml"), text).unwrap();
    folder.change("baoming.toml", "#events = [\"xiji-open-day\"]", "events = [\"xiji-open-day\"]");
    let events = "events = [\"xiji-open-day.toml\", \"another-bureau.toml\"]";
    folder.change("baoming.toml", "events = [\"xiji-open-day.toml\"]", events);
    folder
}

fn load(folder: &Folder) -> Result<baoming::settings::Settings, String> {
    let sources = folder.of_systemd(&folder.path("credentials"));
    sources.load().map_err(|problems| problems.to_string())
}

#[test]
fn each_bureau_has_its_events_its_staff_its_sender_and_its_hour() {
    let settings = load(&two()).unwrap();
    let [own, other] = ["", "yunshui"].map(|name| settings.office_of(name, SealKey::new([7; 32])));
    assert_eq!((own.email.as_str(), own.bureau.as_str()), ("xjxspj@163.com", ""));
    assert_eq!((other.email.as_str(), other.bureau.as_str()), ("yunshui@163.com", "yunshui"));
    let stationery = settings.stationery().unwrap();
    let told = [own, other].map(|office| settings.digests(office, stationery.clone()));
    let events = |at: usize| told[at].events.iter().map(|one| one.id.as_str()).collect::<Vec<_>>();
    assert_eq!([events(0), events(1)], [["xiji-open-day"], ["another-bureau"]]);
    assert_eq!(told[1].staff[0].as_str(), "bangongshi@yunshui.example.cn");
    assert_eq!([0, 1].map(|at| told[at].hour.at.to_string()), ["17:40:00", "16:50:00"]);
    let mailboxes = |at: usize| told[at].mailboxes.clone().unwrap().into_iter().collect::<Vec<_>>();
    assert_eq!([mailboxes(0), mailboxes(1)], [["bureau"], ["yunshui"]]);
}

#[test]
fn bureaus_that_could_be_taken_for_each_other_are_refused() {
    let cases: &[(&str, &str, &str)] = &[
        (
            "events = [\"another-bureau\"]",
            "events = [\"market\"]",
            "bureau.yunshui.events = [\"market\"]: there is no event \"market\"; allowed: ids of events",
        ),
        (
            "events = [\"another-bureau\"]",
            "events = []",
            "bureau.yunshui.events = []: names no event",
        ),
        (
            "events = [\"another-bureau\"]",
            "events = [\"another-bureau\", \"another-bureau\"]",
            "\"another-bureau\" is an event of [bureau.yunshui] already; allowed: each event once",
        ),
        (
            "events = [\"another-bureau\"]",
            "events = [\"another-bureau\", \"xiji-open-day\"]",
            "bureau = { yunshui }: leaves no event to [staff] and [sending]",
        ),
        (
            "events = [\"xiji-open-day\"]\n",
            "\n",
            "mailbox.bureau.events: are events of several bureaus; allowed: events of one bureau",
        ),
        (
            "user = \"yunshui@163.com\"\npassword = { credential = \"smtp-yunshui\" }\nfrom = \"yunshui@163.com\"",
            "user = \"xjxspj@163.com\"\npassword = { credential = \"smtp-yunshui\" }\nfrom = \"xjxspj@163.com\"",
            "bureau.yunshui.sending.from: is another bureau's sender; allowed: an account of its own",
        ),
        (
            "[bureau.yunshui]",
            "[bureau.Yunshui]",
            "bureau.Yunshui: is no name; allowed: [bureau.NAME]",
        ),
        (
            "addresses = [\"bangongshi@yunshui.example.cn\"]",
            "addresses = []",
            "bureau.yunshui.staff.addresses = []: is empty",
        ),
        ("[bureau.yunshui.sending]", "[bureau.yunshui.sender]", "bureau.yunshui.sender"),
    ];
    for (from, to, says) in cases {
        let folder = two();
        folder.change("baoming.toml", from, to);
        let said = load(&folder).map_or_else(|said| said, |_| format!("{to:?} was taken"));
        assert!(said.contains(says), "no {says:?} in\n{said}");
    }
}
