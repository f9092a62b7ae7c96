//! Where a setting may come from, which source wins, and how passwords are kept out of sight.

mod settings_support;

use baoming::mailbox::{After, Source};
use baoming::outbox::Postman;
use baoming::reply::SealKey;
use baoming::settings::{Holder, Settings};
use secrecy::{ExposeSecret, SecretString};
use settings_support::Folder;

/// The password of the sample's one mailbox, or an empty one.
fn imap_password(settings: &Settings) -> SecretString {
    let source = settings.mailboxes.first().map(|mailbox| &mailbox.source);
    match source {
        Some(Source::Imap(options)) => options.password.clone(),
        _ => SecretString::default(),
    }
}

#[test]
fn the_environment_wins_over_the_file() {
    let folder = Folder::new();
    let sources = folder.with(&[
        ("BAOMING__MAILBOX__BUREAU__HOST", "imap.example.cn"),
        ("BAOMING__MAILBOX__BUREAU__PORT", "1993"),
        ("BAOMING__MAILBOX__BUREAU__FOLDERS", "INBOX, 广告邮件"),
        ("BAOMING__SENDING__PER_DAY", "200"),
        ("BAOMING__DAEMON__LOG_JSON", "TRUE"),
        ("BAOMING_FAULT", "a variable of another kind"),
        ("HOME", "/nowhere"),
    ]);
    let settings = sources.load().unwrap();
    let Source::Imap(options) = &settings.mailboxes[0].source else { panic!() };
    assert_eq!((options.host.as_str(), options.port), ("imap.example.cn", 1993));
    assert_eq!(settings.mailboxes[0].folders, ["INBOX", "广告邮件"]);
    assert_eq!(settings.sending.pace.per_day, 200);
    assert!(settings.daemon.log_json);
}

#[test]
fn a_mistake_in_the_environment_is_told_as_such() {
    let folder = Folder::new();
    let wrong = folder.with(&[("BAOMING__SENDING__PER_DAY", "many")]).load().unwrap_err();
    assert!(
        wrong.to_string().starts_with("the environment: sending.per_day = \"many\": "),
        "{wrong}"
    );
    let unknown = folder.with(&[("BAOMING__SENDING__PERDAY", "9")]).load().unwrap_err();
    let expected =
        "the environment: sending.perday = \"9\": unknown key, did you mean \"per_day\"?";
    assert!(unknown.to_string().starts_with(expected), "{unknown}");
}

#[test]
fn a_password_comes_from_a_file_from_systemd_or_from_beside_the_settings() {
    let folder = Folder::new();
    assert_eq!(imap_password(&folder.sources().load().unwrap()).expose_secret(), "AUTHCODEIMAP");

    std::fs::create_dir(folder.path("run")).unwrap();
    folder.secret("run/imap", "OFSYSTEMD", 0o440);
    folder.secret("run/smtp", "OFSYSTEMD", 0o440);
    let settings = folder.of_systemd(&folder.path("run")).load().unwrap();
    assert_eq!(imap_password(&settings).expose_secret(), "OFSYSTEMD");

    folder.secret("imap.password", "OFFILE\r\n", 0o400);
    folder.change(
        "baoming.toml",
        "{ credential = \"imap\" }\n\n",
        "{ file = \"imap.password\" }\n\n",
    );
    assert_eq!(imap_password(&folder.sources().load().unwrap()).expose_secret(), "OFFILE");

    let elsewhere = folder.with(&[("BAOMING__MAILBOX__BUREAU__PASSWORD__CREDENTIAL", "smtp")]);
    assert_eq!(imap_password(&elsewhere.load().unwrap()).expose_secret(), "AUTHCODESMTP");
}

#[test]
fn a_password_in_the_settings_or_the_environment_is_refused_and_never_repeated() {
    for to in ["password = \"HUNTER2\"", "pasword = \"HUNTER2\""] {
        let folder = Folder::new();
        folder.change("baoming.toml", "password = { credential = \"smtp\" }", to);
        let said = folder.sources().load().unwrap_err().to_string();
        assert!(said.contains("sending.pas") && !said.contains("HUNTER2"), "{said}");
    }
    let folder = Folder::new();
    let said = folder.with(&[("BAOMING__SENDING__PASSWORD", "HUNTER2")]).load().unwrap_err();
    assert!(said.to_string().contains("a password does not stand in"), "{said}");
    assert!(!format!("{said}{said:?}").contains("HUNTER2"), "{said}");
    folder.change(
        "baoming.toml",
        "#url = \"sqlite:/var/lib/baoming/baoming.db\"",
        "url = \"postgres://u:HUNTER2@h/d\"",
    );
    let said = folder.sources().load().unwrap_err().to_string();
    assert!(said.contains("database.url: holds a password") && !said.contains("HUNTER2"), "{said}");
}

#[test]
fn a_password_file_that_others_may_read_is_missing_or_empty_is_refused() {
    let folder = Folder::new();
    let said = |folder: &Folder| folder.sources().load().unwrap_err().to_string();
    folder.secret("credentials/imap", "AUTHCODEIMAP", 0o640);
    assert!(
        said(&folder).contains("mailbox.bureau.password = { credential }: "),
        "{}",
        said(&folder)
    );
    assert!(said(&folder).contains("others may read it (mode 640); allowed: mode 600: chmod 600 "));
    folder.secret("credentials/imap", "\n", 0o600);
    assert!(said(&folder).contains("credentials/imap: empty"), "{}", said(&folder));
    std::fs::remove_file(folder.path("credentials/imap")).unwrap();
    assert!(said(&folder).contains("credentials/imap: No such file"), "{}", said(&folder));
    folder.secret("credentials/imap", "x", 0o600);
    let two = "{ credential = \"imap\", file = \"x\" }\n\n";
    folder.change("baoming.toml", "{ credential = \"imap\" }\n\n", two);
    assert!(said(&folder).contains("password.file = \"x\": stands beside credential"));
}

#[test]
fn a_clerk_who_may_not_read_the_passwords_still_gets_the_settings() {
    let folder = Folder::new();
    std::fs::remove_dir_all(folder.path("credentials")).unwrap();
    let sources = baoming::settings::Sources { passwords: false, ..folder.sources() };
    let settings = sources.load().unwrap();
    assert_eq!(settings.days[0].event.id, "xiji-open-day");
    assert!(imap_password(&settings).expose_secret().is_empty());
}

#[test]
fn no_password_shows_in_debug_output() {
    let settings = Folder::new().sources().load().unwrap();
    assert!(!format!("{settings:?}").contains("AUTHCODE"));
}

#[test]
fn another_bureau_s_day_is_another_file_and_nothing_else() {
    let folder = Folder::new();
    folder.change("baoming.toml", "\"xiji-open-day.toml\"]", "\"another-bureau.toml\"]");
    let settings = folder.sources().load().unwrap();
    let day = &settings.days[0];
    assert_eq!(day.event.id, "another-bureau");
    assert_eq!(day.event.required, ["name", "phone", "id_number", "category", "diet"]);
    assert_eq!(day.event.default_category, None);
    assert_eq!(day.event.opens, "2022-03-07T01:00:00Z".parse().unwrap());
    assert_eq!(day.fields[0].labels, ["饮食禁忌", "忌口", "饮食要求", "饮食习惯"]);
    assert_eq!(settings.digest.at.to_string(), "16:50:00", "the event's own time");
}

#[test]
fn defaults_are_those_of_the_manual() {
    let settings = Folder::new().sources().load().unwrap();
    let pace = &settings.sending.pace;
    let counts = (pace.per_session, pace.per_quarter, pace.per_day, settings.sending.per_address);
    assert_eq!((pace.gap.as_secs(), counts), (10, (5, 5, 40, 6)));
    let Postman::Smtp(server) = &settings.sending.postman else { panic!() };
    assert_eq!((server.port, server.from.as_str()), (465, "xjxspj@163.com"));
    let mailbox = &settings.mailboxes[0];
    assert_eq!((mailbox.poll.as_secs(), mailbox.listing.as_secs()), (90, 3600));
    assert_eq!(mailbox.since, "2021-09-08T00:00:00+08:00".parse().unwrap());
    assert_eq!(mailbox.after, After::Keep);
    let Source::Imap(options) = &mailbox.source else { panic!() };
    assert_eq!((options.port, options.limits.message), (993, 30 * 1024 * 1024));
    assert_eq!(options.identity.support_email, "xjxspj@163.com");
    assert_eq!(mailbox.events, ["xiji-open-day"]);
    let key = Holder::File("/var/lib/baoming/baoming.key".into());
    assert_eq!(settings.database.key, key, "beside the database");
}

#[test]
fn the_events_that_decisions_were_taken_by_can_be_kept_and_read_again() {
    let settings = Folder::new().sources().load().unwrap();
    let days = Settings::from_record(&settings.record()).unwrap();
    assert_eq!(days, settings.days);
    assert_eq!(settings.events()["xiji-open-day"], days[0].event);
}

#[test]
fn letters_call_an_event_s_own_fields_by_their_names() {
    let folder = Folder::new();
    folder.change("baoming.toml", "\"xiji-open-day.toml\"]", "\"another-bureau.toml\"]");
    let settings = folder.sources().load().unwrap();
    let office = settings.office(SealKey::new([7; 32]));
    assert_eq!(office.fields["diet"], "饮食禁忌");
    let stationery = settings.stationery().unwrap();
    let outbox = settings.outbox(office.clone(), stationery.clone());
    assert_eq!(outbox.events.keys().collect::<Vec<_>>(), ["another-bureau"]);
    let digests = settings.digests(office, stationery);
    assert_eq!(digests.staff[0].as_str(), "bangongshi@example.cn");
}
