//! What follows from a refusal: decided by the provider's token, then the code, then the text.
//!
//! The tokens are NetEase's (`554 DT:SPM 163 smtp12,…`), from help.163.com/09/1224/17/
//! 5RAJ4LMH00753VB8.html and its copies; codes differ between their old and new tables, so the
//! token alone decides. A refusal that nobody knows is never thrown away: a person sees it.

use std::time::Duration;

use super::smtp::{Answer, Step};

/// What follows from a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// This letter again, later; the others go on.
    Again,
    /// This letter again on a new connection: this one has had its share.
    Reconnect,
    /// Nothing is sent for a while; the letter waits.
    Pause {
        /// How long.
        rest: Rest,
        /// Somebody must mend something: said in the log and the digest.
        alarm: bool,
    },
    /// This letter is refused for good; a person looks at it.
    Refuse,
}

/// How long nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// For so long.
    For(Duration),
    /// Until 00:10 of the next day in Beijing: the providers count by their day.
    Tomorrow,
}

/// For a limit on mails within a quarter of an hour.
const QUARTER: Rest = Rest::For(Duration::from_mins(25));

/// For limits of unknown length and for blocked addresses.
const HOUR: Rest = Rest::For(Duration::from_mins(65));

/// For a login that is refused: the providers block an account that goes on trying.
const LOGIN: Rest = Rest::For(Duration::from_mins(35));

/// For a server that closes or is in trouble.
const SHORT: Rest = Rest::For(Duration::from_mins(10));

/// How often a letter is tried when the server finds fault with the program's commands: once more
/// could help, thrice is stubborn.
const BUG_ATTEMPTS: u32 = 2;

/// NetEase's tokens, by what follows.
const TOKENS: &[(&str, Next)] = &[
    // The address of this machine: unknown recipients, connections, bursts, forged domains.
    ("HL:REP", Next::Pause { rest: HOUR, alarm: true }),
    ("HL:ICC", Next::Pause { rest: HOUR, alarm: true }),
    ("HL:IFC", Next::Pause { rest: HOUR, alarm: true }),
    ("HL:MEP", Next::Pause { rest: HOUR, alarm: true }),
    ("HL:IHU", Next::Pause { rest: HOUR, alarm: true }),
    ("HL:IPB", Next::Pause { rest: HOUR, alarm: true }),
    // This machine or account is blocked.
    ("MI:SPB", Next::Pause { rest: HOUR, alarm: true }),
    ("DT:RBL", Next::Pause { rest: HOUR, alarm: true }),
    ("WM:BLI", Next::Pause { rest: HOUR, alarm: true }),
    ("WM:BLU", Next::Pause { rest: HOUR, alarm: true }),
    // Mails and recipients of this connection.
    ("MI:DMC", Next::Reconnect),
    ("RP:DRC", Next::Reconnect),
    // Mails within fifteen minutes; recipients within a short time.
    ("MI:SFQ", Next::Pause { rest: QUARTER, alarm: false }),
    ("RP:QRC", Next::Pause { rest: HOUR, alarm: false }),
    // Mails, connections and recipients of this day.
    ("MI:STC", Next::Pause { rest: Rest::Tomorrow, alarm: true }),
    ("RP:TRC", Next::Pause { rest: Rest::Tomorrow, alarm: true }),
    ("RP:RCL", Next::Pause { rest: Rest::Tomorrow, alarm: true }),
    // The settings: From is not the login, SPF or DMARC of its domain, no right to relay.
    ("DT:SUM", Next::Pause { rest: HOUR, alarm: true }),
    ("MI:SPF", Next::Pause { rest: HOUR, alarm: true }),
    ("MI:DMA", Next::Pause { rest: HOUR, alarm: true }),
    ("RP:FRL", Next::Pause { rest: HOUR, alarm: true }),
];

/// Tokens that find fault with our commands.
const BUGS: &[&str] = &["MI:CEL", "MI:CCL", "RP:CCL", "RP:CEL", "MI:NHD", "MI:IMF"];

/// Texts without a token, lower case, by what follows. Asked last.
const TEXTS: &[(&str, Next)] = &[
    ("too much fail authentication", Next::Pause { rest: HOUR, alarm: true }),
    ("auth error limit exceed", Next::Pause { rest: HOUR, alarm: true }),
    ("mail from must equal", Next::Pause { rest: HOUR, alarm: true }),
    ("authentication is required", Next::Pause { rest: HOUR, alarm: true }),
    ("null sender is not allowed", Next::Pause { rest: HOUR, alarm: true }),
    ("local user only", Next::Pause { rest: HOUR, alarm: true }),
    ("no smtp mx only", Next::Pause { rest: HOUR, alarm: true }),
    ("in blacklist", Next::Pause { rest: HOUR, alarm: true }),
    // 163's word for the day's share, and QQ's for too much at once (service.mail.qq.com/detail/122).
    ("too much recipient", Next::Pause { rest: Rest::Tomorrow, alarm: true }),
    ("frequency limited", Next::Pause { rest: HOUR, alarm: false }),
    ("exceeded hour limit", Next::Pause { rest: HOUR, alarm: false }),
];

/// What follows when the server answered `answer` at `step`; `attempts` counts this one.
#[must_use]
pub fn next(step: Step, answer: &Answer, attempts: u32) -> Next {
    // `User in blacklist` (550 at RCPT) is about the recipient, `IP in blacklist` about us.
    if step == Step::Recipient && answer.text.to_lowercase().contains("user in blacklist") {
        return Next::Refuse;
    }
    let token = token(&answer.text);
    if token == Some("DT:SPM") {
        // Taken for spam. 451 says: once more after two minutes. The same text again and again
        // would only make it worse.
        return if answer.code < 500 && attempts < 2 { Next::Again } else { Next::Refuse };
    }
    if token.is_some_and(|token| BUGS.contains(&token)) {
        return faulty(attempts);
    }
    let known = token.and_then(|token| TOKENS.iter().find(|(known, _)| *known == token));
    if let Some((_, next)) = known {
        return *next;
    }
    let text = answer.text.to_lowercase();
    if let Some((_, next)) = TEXTS.iter().find(|(part, _)| text.contains(part)) {
        return *next;
    }
    by_code(step, answer.code, attempts)
}

fn by_code(step: Step, code: u16, attempts: u32) -> Next {
    match (step, code) {
        (Step::Login, _) => Next::Pause { rest: LOGIN, alarm: code >= 500 },
        (Step::Connect | Step::Tls | Step::Greeting, 500..) => {
            Next::Pause { rest: HOUR, alarm: true }
        }
        (Step::Connect | Step::Tls | Step::Greeting, _) | (_, 421) => {
            Next::Pause { rest: SHORT, alarm: false }
        }
        (_, 500 | 502 | 503 | 504) => faulty(attempts),
        (_, 530 | 535 | 538) => Next::Pause { rest: LOGIN, alarm: true },
        // The sender is always the same: what is refused there is refused for all letters.
        (Step::Sender, 500..) => Next::Pause { rest: HOUR, alarm: true },
        (_, 500..) => Next::Refuse,
        // 4xx, and a positive answer in a place where it makes no sense.
        _ => Next::Again,
    }
}

/// The server finds fault with what the program says.
fn faulty(attempts: u32) -> Next {
    if attempts < BUG_ATTEMPTS { Next::Pause { rest: HOUR, alarm: true } } else { Next::Refuse }
}

/// The first `XX:YYY` of capital letters that stands alone.
fn token(text: &str) -> Option<&str> {
    let apart = |c: char| !(c.is_ascii_alphanumeric() || c == ':');
    text.split(apart).find(|word| {
        let capital = |part: &str| part.chars().all(|c| c.is_ascii_uppercase());
        word.split_once(':').is_some_and(|(left, right)| {
            left.len() == 2 && right.len() == 3 && capital(left) && capital(right)
        })
    })
}
