//! The N-th command to the mailbox fails, and the N-th to the provider, in every way, until a story
//! passes without a fault. The mailbox is Dovecot behind the proxy.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use baoming::clock::Clock;
use baoming::intake::Look;
use baoming::mailbox::Source;
use baoming::outbox::smtp::{Limits, Login, Server, Tls};
use baoming::outbox::{Postman, Sent};
use jiff::SignedDuration;

use crate::bureau::DESK;
use crate::invariants::Invariants;
use crate::kills::{number, seed};
use crate::nth::{Story, by_recipient, few_places, opening, roster_of};
use crate::provider::{Act, Provider};
use crate::support::account::imap_options;
use crate::support::mailserver::MailServer;
use crate::support::proxy::Proxy;
use crate::support::proxy::rules::{Fault, Rules};
use crate::world::World;

/// What is wrong at the end, the roster, and whether a listing that failed was taken for an empty
/// folder in between.
async fn tell(world: &World, clock: &Clock, listed: i64) -> (Vec<String>, Vec<String>) {
    clock.set(opening() + SignedDuration::from_hours(1));
    let mut daemon = world.open().await.unwrap();
    daemon.round(Look::All).await;
    let mut invariants = Invariants::open(&world.url).await;
    let wrong = format!("select count(*) from pass where folder = 'INBOX' and listed <> {listed}");
    let mut broken = Vec::new();
    if invariants.number(&wrong).await > 0 {
        broken.push("a broken listing was taken for the whole".to_owned());
    }
    for minutes in [1, 20, 31, 31] {
        clock.set(clock.now() + SignedDuration::from_mins(minutes));
        daemon.round(Look::All).await;
    }
    broken.extend(invariants.broken_at_rest(&daemon.store).await);
    invariants.close().await;
    let roster = roster_of(&daemon.store).await;
    daemon.store.close().await;
    (broken, roster)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_nth_command_to_the_mailbox_fails() {
    let begun = Instant::now();
    let server = MailServer::start(&[DESK]);
    let mails = Story::first();
    let mut at = opening();
    for (folder, raw) in &mails {
        at += SignedDuration::from_secs(1);
        let date = at.strftime("%d-%b-%Y %H:%M:%S +0000").to_string();
        server.append(DESK, folder, &date, raw);
    }
    let listed = mails.iter().filter(|mail| mail.0 == "INBOX").count();
    let listed = i64::try_from(listed).unwrap();
    let mut expected = None;
    let faults = [
        None,
        Some(Fault::No),
        Some(Fault::Bad),
        Some(Fault::Bye),
        Some(Fault::Eof(0)),
        Some(Fault::Eof(1)),
        Some(Fault::HalfLiteral),
        Some(Fault::Answer(b"{tag} OK done\r\n".to_vec())),
    ];
    let mut played = BTreeMap::<String, usize>::new();
    for fault in faults {
        for nth in 1.. {
            let nth_fault = fault.clone().map(|fault| (nth, fault));
            let proxy = Proxy::start(&server, Rules { nth: nth_fault, ..Rules::default() });
            let mut options = imap_options(&server, DESK);
            options.port = proxy.port;
            options.security = baoming::mailbox::Security::None;
            options.limits.command = Duration::from_millis(300);
            options.limits.quiet = Duration::from_millis(300);
            let clock = Clock::standing_at(opening());
            let (source, sent) = (Source::Imap(Box::new(options)), Sent::default());
            let world = few_places(&clock, source, Postman::Memory(sent.clone()), None);
            let (mut broken, roster) = tell(&world, &clock, listed).await;
            let store = world.store().await.unwrap();
            let mails: Vec<_> = sent.all().into_iter().map(|letter| letter.mail).collect();
            broken.extend(Invariants::letters(&store, &by_recipient(&mails)).await);
            store.close().await;
            assert!(broken.is_empty(), "{fault:?} {nth}: {broken:#?}");
            // A folder for spam that was read first has its place: compare the inbox's people.
            let told = expected.get_or_insert_with(|| roster.clone());
            assert_eq!(roster.len(), told.len(), "{fault:?} {nth}: {roster:#?}\n{told:#?}");
            if fault.is_none() || proxy.commands().len() < nth {
                break;
            }
            *played.entry(format!("{fault:?}")).or_default() += 1;
        }
    }
    println!("IMAP: {} faults {played:?}, {:.0?}", played.values().sum::<usize>(), begun.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_nth_command_to_the_provider_fails() {
    let begun = Instant::now();
    let provider = Provider::start();
    let acts = [
        Act::HangUp,
        Act::TakeAndHangUp,
        Act::Say("421 4.3.2 closing"),
        Act::Say("451 4.3.0 later"),
        Act::Say("550 5.1.1 nobody"),
        Act::Say("nonsense"),
    ];
    let (mut faults, mut uncertain) = (0, 0);
    // Every third one, from a random beginning, when nobody asks for all (`BAOMING_EVERY=1`).
    let step = number("BAOMING_EVERY").unwrap_or(3);
    for (act, first) in acts.into_iter().zip(seed()..) {
        for nth in (first % step + 1..).step_by(usize::try_from(step).unwrap()) {
            let story = Story::begin_with(Postman::Smtp(Box::new(server(provider.port)))).await;
            provider.strike(Some((nth, act)));
            story.tell(None).await;
            let taken = provider.taken();
            let broken = story.broken_with(&taken).await;
            assert!(broken.is_empty(), "{act:?} {nth}: {broken:#?}");
            uncertain += story.uncertain().await;
            if provider.commands() < nth {
                break;
            }
            faults += 1;
        }
    }
    println!("SMTP: {faults} faults, {uncertain} letters uncertain, {:.0?}", begun.elapsed());
}

/// The provider, without TLS.
fn server(port: u16) -> Server {
    Server {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        extra_ca: None,
        login: Some(Login { user: DESK.to_owned(), password: "code".into() }),
        from: baoming::message::Email::parse(DESK).unwrap(),
        ehlo: "baoming.invalid".to_owned(),
        limits: Limits {
            connect: Duration::from_secs(2),
            command: Duration::from_millis(500),
            text: Duration::from_millis(500),
        },
    }
}
