//! How far the receiving server vouches for the sender.

use super::mime::Part;
use super::{Headers, Trust};

/// Reads the topmost Authentication-Results, if a server with a known id wrote it. Everything below
/// could have been written by the sender. An id matches whole or, ending with `*`, by its start
/// (163 writes `mx38`, `mx5` …).
#[must_use]
pub(super) fn read(part: &Part<'_>, headers: &Headers, servers: &[String]) -> Trust {
    let Some(value) = part.field("authentication-results") else { return Trust::Unknown };
    let Some(from) = &headers.from else { return Trust::Unknown };
    let text = String::from_utf8_lossy(value).to_ascii_lowercase();
    let text: String = text.split(['\r', '\n']).map(str::trim).collect::<Vec<_>>().join(" ");
    let mut results = text.split(';').map(str::trim);
    let server = results.next().and_then(|first| first.split_whitespace().next()).unwrap_or("");
    let known = servers.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => server.starts_with(&start.to_ascii_lowercase()),
        None => server == known.to_ascii_lowercase(),
    });
    if !known {
        return Trust::Unknown;
    }
    let mut failed = false;
    for result in results {
        let verdict = result.split_whitespace().next().unwrap_or("");
        match verdict.split_once('=') {
            Some(("spf" | "dkim" | "dmarc", "pass")) if speaks_for(result, from.email.domain()) => {
                return Trust::Verified;
            }
            Some(("spf" | "dkim" | "dmarc", "fail" | "softfail" | "permerror")) => failed = true,
            _ => {}
        }
    }
    if failed { Trust::Failed } else { Trust::Unknown }
}

/// Whether a passed check is about this domain or one above or below it.
fn speaks_for(result: &str, domain: &str) -> bool {
    let mut values = result.split_whitespace().filter_map(|word| word.split_once('='));
    values.any(|(_, value)| {
        let checked = value.trim_matches(['"', '<', '>', '@']);
        let checked = checked.rsplit('@').next().unwrap_or(checked);
        checked == domain
            || domain
                .strip_suffix(checked)
                .is_some_and(|rest| rest.ends_with('.') && checked.contains('.'))
            || checked.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Email};
    use super::*;

    fn trust(value: &str) -> Trust {
        let fields = vec![("Authentication-Results".into(), value.as_bytes())];
        let part = Part { fields, ..Part::default() };
        let from = Address { name: None, email: Email::parse("a@qq.com").unwrap() };
        let headers = Headers { from: Some(from), ..Headers::default() };
        read(&part, &headers, &["mx*".to_owned()])
    }

    #[test]
    fn only_a_known_server_that_checked_the_senders_own_domain_is_believed() {
        assert_eq!(trust("mx38; spf=pass smtp.mail=a@qq.com;"), Trust::Verified);
        assert_eq!(
            trust("mx38; spf=pass smtp.mail=x@evil.com; dkim=fail header.i=@qq.com"),
            Trust::Failed
        );
        assert_eq!(trust("mx38; spf=pass smtp.mail=x@evil.com"), Trust::Unknown);
        assert_eq!(trust("evil.com; spf=pass smtp.mail=a@qq.com"), Trust::Unknown);
        assert_eq!(trust("mx1; dkim=pass header.i=@mail.qq.com"), Trust::Verified);
    }
}
