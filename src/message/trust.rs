//! How far the receiving server vouches for the sender.

use super::mime::Part;
use super::{Headers, Trust};

/// Reads the topmost Authentication-Results (RFC 8601), if a server with a known id wrote it.
/// Everything below could have been written by the sender. An id matches whole or, ending with `*`,
/// by its start (163 writes `mx38`, `mx5` …).
#[must_use]
pub(super) fn read(part: &Part<'_>, headers: &Headers, servers: &[String]) -> Trust {
    // Which of several senders was checked cannot be told.
    let senders = part.fields.iter().filter(|(name, _)| name.eq_ignore_ascii_case("from"));
    let addresses = |value: &[u8]| value.split(|byte| *byte == b'<').skip(1).count().max(1);
    if senders.map(|(_, value)| addresses(value)).sum::<usize>() > 1 {
        return Trust::Failed;
    }
    let Some(value) = part.field("authentication-results") else { return Trust::Unknown };
    let Some(from) = &headers.from else { return Trust::Unknown };
    let text = String::from_utf8_lossy(value).to_ascii_lowercase();
    let lines: Vec<&str> = text.split(['\r', '\n']).map(str::trim).collect();
    let mut found = Found::default();
    // 163 folds in the middle of words, others between them.
    for between in [" ", ""] {
        let results = results(&lines.join(between));
        let id = results.first().and_then(|words| words.first());
        if id.is_some_and(|id| is_known(id, servers)) {
            found.look(&results, from.email.domain());
        }
    }
    match found {
        Found { refused: true, .. } => Trust::Failed,
        Found { verified: true, .. } => Trust::Verified,
        Found { failed: true, .. } => Trust::Failed,
        Found { .. } => Trust::Unknown,
    }
}

fn is_known(server: &str, servers: &[String]) -> bool {
    servers.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => server.starts_with(&start.to_ascii_lowercase()),
        None => server == known.to_ascii_lowercase(),
    })
}

/// The results as words, the server's id first. Comments are left out; what stands in quotes is no
/// word of its own: both may quote the sender.
fn results(text: &str) -> Vec<Vec<String>> {
    let mut results = vec![vec![String::new()]];
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for c in text.chars() {
        let word = results.last_mut().and_then(|words: &mut Vec<String>| words.last_mut());
        let Some(word) = word else { break };
        if escaped || (c == '\\' && (quoted || depth > 0)) {
            escaped = !escaped;
            continue;
        }
        match c {
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            ';' if !quoted => results.push(vec![String::new()]),
            c if c.is_whitespace() && !quoted => {
                results.last_mut().into_iter().for_each(|words| words.push(String::new()));
            }
            c => word.push(c),
        }
    }
    for words in &mut results {
        words.retain(|word| !word.is_empty());
    }
    results
}

/// What the results say of a sender.
#[derive(Default)]
struct Found {
    /// The domain's own policy (DMARC) refuses the mail.
    refused: bool,
    /// A check of the sender's own domain passed.
    verified: bool,
    /// A check failed, or was about another domain's envelope.
    failed: bool,
}

impl Found {
    /// A pass counts when it is about the sender's own domain. What failed counts against it, and
    /// so does an envelope of another domain, with nothing that joins the two.
    fn look(&mut self, results: &[Vec<String>], domain: &str) {
        for words in results.iter().skip(1) {
            let mut words = words.iter().filter_map(|word| word.split_once('='));
            let Some((method, verdict)) = words.next() else { continue };
            let properties: &[&str] = match method {
                "spf" => &["smtp.mailfrom", "smtp.mail"],
                "dkim" => &["header.d", "header.i"],
                "dmarc" => &["header.from"],
                _ => continue,
            };
            let checked = words.find(|(name, _)| properties.contains(name)).map(|(_, value)| value);
            let checked = checked.map(|value| value.rsplit('@').next().unwrap_or(value));
            let aligned = checked.map(|checked| is_of(checked, domain));
            match (method, verdict) {
                ("dmarc", "fail") => self.refused = true,
                (_, "pass") if aligned == Some(true) => self.verified = true,
                (_, "fail" | "softfail" | "permerror") => self.failed = true,
                ("spf", _) if aligned == Some(false) => self.failed = true,
                _ => {}
            }
        }
    }
}

/// Whether a domain is this one or one above or below it.
fn is_of(checked: &str, domain: &str) -> bool {
    let checked = checked.trim_matches(['<', '>']);
    let below = |long: &str, short: &str| {
        short.contains('.') && long.strip_suffix(short).is_some_and(|rest| rest.ends_with('.'))
    };
    checked == domain || below(domain, checked) || below(checked, domain)
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Email};
    use super::*;

    fn of(fields: &[(&'static str, &'static str)]) -> Trust {
        let fields = fields.iter().map(|(name, value)| ((*name).into(), value.as_bytes()));
        let part = Part { fields: fields.collect(), ..Part::default() };
        let from = Address { name: None, email: Email::parse("a@qq.com").unwrap() };
        let headers = Headers { from: Some(from), ..Headers::default() };
        read(&part, &headers, &["mx*".to_owned()])
    }

    fn trust(value: &'static str) -> Trust {
        of(&[("Authentication-Results", value)])
    }

    #[test]
    fn only_a_known_server_that_checked_the_senders_own_domain_is_believed() {
        for value in [
            "mx38; spf=pass smtp.mail=a@qq.com;",
            "mx38; spf=pass smtp.mailfrom=qq.com",
            "mx1; dkim=pass header.i=@mail.qq.com",
            "mx1 1; DKIM=Pass (2048-bit key) header.d=QQ.com header.b=AbC",
            "mx1; dmarc=pass action=none header.from=qq.com",
            "mx1; dkim=pass header.d=list.org; dkim=pass header.d=qq.com",
            "mx1; spf=pass smtp.mail=srs0=x@forward.org; dkim=pass header.i=@qq.com",
            "mx38; spf=pass\r\n\tsmtp.mail=a@qq.com; dkim=none",
            "mx38; spf=pa\r\n\tss smtp.mail=a@q\r\n q.com",
        ] {
            assert_eq!(trust(value), Trust::Verified, "{value}");
        }
        for value in [
            "evil.com; spf=pass smtp.mail=a@qq.com",
            "evil.mx; spf=pass smtp.mail=a@qq.com",
            "mx38; none",
            "mx38",
            "",
            "mx38; spf=none smtp.mail=a@qq.com",
            "mx38; spf=temperror smtp.mail=a@qq.com; dkim=none",
            "mx38; spf=pass smtp.mail=",
        ] {
            assert_ne!(trust(value), Trust::Verified, "{value}");
        }
    }

    #[test]
    fn what_failed_and_what_was_checked_for_somebody_else_count_against_the_sender() {
        for value in [
            "mx38; spf=pass smtp.mail=x@evil.com; dkim=fail header.i=@qq.com",
            "mx38; spf=pass smtp.mail=x@evil.com",
            "mx38; spf=none smtp.mail=x@evil.com; dkim=pass header.i=@evil.com",
            "mx38; spf=softfail smtp.mail=a@qq.com",
            "mx38; spf=fa\r\n il smtp.mail=a@qq.com",
            "mx38; dkim=permerror header.d=qq.com",
            "mx38; spf=pass smtp.mail=a@qq.com; dmarc=fail header.from=qq.com",
        ] {
            assert_eq!(trust(value), Trust::Failed, "{value}");
        }
    }

    #[test]
    fn nothing_that_the_sender_chose_speaks_for_the_sender() {
        for value in [
            // The name in EHLO, a comment, a quoted local part, a selector, a look-alike.
            "mx38; spf=pass smtp.mail=x@evil.com smtp.helo=qq.com",
            "mx38; spf=pass (sender a@qq.com; dkim=pass header.d=qq.com) smtp.mail=x@evil.com",
            "mx38; spf=pass smtp.mail=\"a;dkim=pass header.d=qq.com\"@evil.com",
            "mx38; spf=pass smtp.mail=\"a\\\";dkim=pass header.d=qq.com\"@evil.com",
            "mx38; spf=pass smtp.mail=a@qq.com@evil.com",
            "mx38; dkim=pass header.d=evil.com header.s=qq.com; spf=pass smtp.mail=x@evil.com",
            "mx38; spf=pass smtp.mail=x@evilqq.com",
            "mx38; spf=pass smtp.mail=x@com",
            "mx38; iprev=pass smtp.mail=a@qq.com",
        ] {
            assert_ne!(trust(value), Trust::Verified, "{value}");
        }
    }

    #[test]
    fn a_forged_result_below_the_servers_own_is_not_looked_at() {
        let (own, forged) =
            ("mx38; spf=pass smtp.mail=x@evil.com", "mx38; spf=pass smtp.mail=a@qq.com");
        let name = "Authentication-Results";
        assert_eq!(of(&[(name, own), ("Received", "x"), (name, forged)]), Trust::Failed);
        assert_eq!(of(&[(name, own), (name, forged)]), Trust::Failed);
        assert_eq!(of(&[(name, "other.org; spf=pass"), (name, forged)]), Trust::Unknown);
        assert_eq!(of(&[(name, forged)]), Trust::Verified);
        let good = (name, forged);
        assert_eq!(of(&[good, ("From", "<a@qq.com>"), ("From", "<b@evil.com>")]), Trust::Failed);
        assert_eq!(of(&[good, ("From", "<a@qq.com>, <b@evil.com>")]), Trust::Failed);
        assert_eq!(of(&[good, ("From", "\"A\" <a@qq.com>")]), Trust::Verified);
    }
}
