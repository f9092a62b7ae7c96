//! The mail server that the other tests stand on does what they take for granted.

mod support;

use std::time::{Duration, Instant};

use support::mailserver::{MailServer, is_root};
use support::wait_until;

#[test]
fn a_citizen_writes_by_smtp_and_the_bureau_finds_the_message_in_its_mailbox() {
    let began = Instant::now();
    let mut users: Vec<String> = (0..40).map(|n| format!("citizen{n:02}@example.test")).collect();
    users.push("xjxspj@example.test".into());
    let server = MailServer::start(&users);
    assert!(began.elapsed() < Duration::from_secs(5), "a start takes well below a second");
    let other = MailServer::start(&["xjxspj@example.test"]);
    if is_root() {
        server.submit(
            "citizen07@example.test",
            "xjxspj@example.test",
            b"Subject: one\r\n\r\nx\r\n",
        );
    } else {
        support::skip::left_out("Postfix needs root; mail came by LMTP alone");
    }
    server.deliver("xjxspj@example.test", b"Subject: two\r\n\r\n.y\r\n");
    let expected = if is_root() { 2 } else { 1 };
    let found = wait_until("all mail is there", || {
        let found = server.messages("xjxspj@example.test", "INBOX");
        (found.len() == expected).then_some(found)
    });
    assert!(found.iter().any(|raw| raw.ends_with(b"Subject: two\r\n\r\n.y\r\n")));
    assert!(other.messages("xjxspj@example.test", "INBOX").is_empty(), "two servers do not mix");
}

#[test]
fn a_mailbox_can_be_given_folders_dates_and_another_uidvalidity() {
    let user = "xjxspj@example.test";
    let mut server = MailServer::start(&[user]);
    server.create_folder(user, "&Xn9USpCuTvY-");
    server.append(user, "&Xn9USpCuTvY-", "13-Sep-2021 08:31:00 +0800", b"Subject: a\r\n\r\n");
    server.set_uidvalidity(user, "INBOX", 1, 1_392_611_444);
    server.plant(user, [(b"Subject: planted\r\n\r\n".to_vec(), 1_631_493_060)]);
    let mut imap = server.imap(user);
    let selected = imap.command("EXAMINE INBOX");
    assert!(selected.iter().any(|reply| reply.text.contains("UIDVALIDITY 1]")), "{selected:?}");
    assert_eq!(imap.flags("INBOX")[0].0, 1_392_611_444);
    let listed = imap.command("UID FETCH 1:* (INTERNALDATE)");
    assert!(listed[0].text.contains("13-Sep-2021"), "{listed:?}");
    assert_eq!(imap.messages("&Xn9USpCuTvY-"), [b"Subject: a\r\n\r\n"]);
    server.stop_dovecot();
    server.start_dovecot().unwrap();
    assert_eq!(server.messages(user, "INBOX").len(), 1);
}
