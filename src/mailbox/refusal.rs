//! What a refusal means: by response code (RFC 5530) where there is one, else by the providers'
//! known sentences. An unknown refusal of LOGIN counts as a wrong password, because trying that
//! again is what gets an account banned.

use std::time::Duration;

use super::error::{Error, LONGEST_PAUSE, Step, THROTTLE_PAUSE};

/// QQ packs "abnormal, not open, incorrect, frequency limited, busy" into one sentence (quirk A.2):
/// that is taken as a limit first, since it passes by itself. `Throttled` is Exchange.
const BUSY: [&str; 11] = [
    "frequency limited",
    "system is busy",
    "system busy",
    "too many",
    "throttled",
    "try again later",
    "temporarily",
    "频繁",
    "频率",
    "繁忙",
    "稍后",
];

/// NetEase, at EXAMINE or as a BYE: no ID was sent, or the account is under watch (quirk A2).
const BLOCKED: [&str; 2] = ["unsafe login", "不安全"];

/// Turns the words of a NO, BAD or BYE at `step` into an error, when they say more than "no".
pub(super) fn known(step: Step, words: &str) -> Option<Error> {
    let lower = words.to_lowercase();
    let says = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    let code = lower.strip_prefix('[').and_then(|rest| rest.split([']', ' ']).next()).unwrap_or("");
    let words = words.to_owned();
    if matches!(code, "unavailable" | "limit" | "inuse") || says(&BUSY) {
        return Some(Error::Throttled { step, wait: asked_pause(&lower), words });
    }
    if code == "contactadmin" || says(&BLOCKED) {
        return Some(Error::AccountBlocked { words });
    }
    let credentials = matches!(
        code,
        "authenticationfailed" | "authorizationfailed" | "expired" | "privacyrequired"
    );
    credentials.then_some(Error::Credentials { words })
}

/// `Suggested Backoff Time: 299912 milliseconds`, held between our own pause and the longest one.
fn asked_pause(lower: &str) -> Duration {
    let asked = lower.split_once("backoff time: ").and_then(|(_, rest)| {
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok().map(Duration::from_millis)
    });
    asked.unwrap_or(THROTTLE_PAUSE).clamp(THROTTLE_PAUSE, LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_of_the_providers_are_known() {
        let qq = "Login fail. Account is abnormal, service is not open, password is incorrect, \
                  login frequency limited, or system is busy. More information at https://help";
        for (words, code) in [
            ("SELECT Unsafe Login. Please contact ***@188.com for help", "account-blocked"),
            (qq, "throttled"),
            ("System busy!", "throttled"),
            ("Too many concurrent connections", "throttled"),
            ("登录过于频繁，请稍后再试", "throttled"),
            ("[AUTHENTICATIONFAILED] Authentication failed.", "credentials"),
            ("[UNAVAILABLE] Temporary authentication failure.", "throttled"),
        ] {
            assert_eq!(known(Step::Login, words).map(|error| error.code()), Some(code), "{words}");
        }
        assert!(known(Step::Login, "LOGIN Login error or password error").is_none());
    }

    #[test]
    fn a_server_may_ask_for_a_longer_pause_but_not_for_any() {
        let ask = |millis: u64| {
            let words =
                format!("Request is throttled. Suggested Backoff Time: {millis} milliseconds");
            match known(Step::List, &words) {
                Some(Error::Throttled { wait, .. }) => wait,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(ask(299_912), THROTTLE_PAUSE);
        assert_eq!(ask(1_800_000), Duration::from_mins(30));
        assert_eq!(ask(u64::MAX), LONGEST_PAUSE);
    }
}
