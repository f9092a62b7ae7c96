//! One connection: a command comes, its answers go back, changed as the rules say.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, split};
use tokio::net::TcpStream;

use super::Shared;
use super::rules::{Fault, IdRule, Rules, Unknown};
use super::stream::{first_literal, line, response};

struct Sides<R, W> {
    from_client: R,
    to_client: W,
    from_server: BufReader<tokio::io::ReadHalf<TcpStream>>,
    to_server: tokio::io::WriteHalf<TcpStream>,
}

/// Relays until either side ends.
pub(super) async fn run<C: AsyncRead + AsyncWrite + Unpin>(
    client: C,
    server: TcpStream,
    shared: &Shared,
) -> io::Result<()> {
    let (from_client, to_client) = split(client);
    let (from_server, to_server) = split(server);
    let mut sides = Sides {
        from_client: BufReader::new(from_client),
        to_client,
        from_server: BufReader::new(from_server),
        to_server,
    };
    let rules = || shared.rules.lock().unwrap().clone();
    let greeting = response(&mut sides.from_server).await?;
    if let Some(("GREETING", fault)) = &rules().fault {
        return sides.fail("*", fault, Some(greeting)).await;
    }
    let greeting = reshape(greeting, &rules()).unwrap_or_default();
    sides.to_client.write_all(&greeting).await?;
    let mut identified = false;
    loop {
        let command = line(&mut sides.from_client).await?;
        let text = String::from_utf8_lossy(&command).trim_end().to_owned();
        let Some((tag, words)) = text.split_once(' ') else { return Ok(()) };
        let rules = rules();
        let noted = words.split_once(' ').filter(|(verb, _)| verb.eq_ignore_ascii_case("LOGIN"));
        let number = {
            let mut commands = shared.commands.lock().unwrap();
            commands.push(noted.map_or(words, |(verb, _)| verb).to_owned());
            commands.len()
        };
        if let Some(fault) = rules.strikes(words, number) {
            let refused = matches!(fault, Fault::No | Fault::Bad);
            if !refused {
                sides.to_server.write_all(&command).await?;
            }
            sides.fail(tag, fault, None).await?;
            if refused {
                continue;
            }
            return Ok(());
        }
        let logins = || {
            let commands = shared.commands.lock().unwrap();
            commands.iter().filter(|command| *command == "LOGIN").count()
        };
        if noted.is_some() && rules.login_max.is_some_and(|most| logins() > most) {
            let said = format!("{tag} NO LOGIN login frequency limited\r\n");
            sides.to_client.write_all(said.as_bytes()).await?;
            continue;
        }
        if let Some(own) = own_answer(tag, words, identified, &rules) {
            sides.to_client.write_all(own.as_bytes()).await?;
            if own.starts_with("* BYE") {
                return Ok(());
            }
            continue;
        }
        identified |= words.to_ascii_uppercase().starts_with("ID ");
        sides.to_server.write_all(&command).await?;
        sides.relay(tag, words.eq_ignore_ascii_case("IDLE"), &rules).await?;
    }
}

/// What the proxy answers without asking the server.
fn own_answer(tag: &str, words: &str, identified: bool, rules: &Rules) -> Option<String> {
    let upper = words.to_ascii_uppercase();
    if tag.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some("* BAD invalid tag\r\n".into());
    }
    if rules.hides(&upper) {
        return Some(match rules.unknown? {
            Unknown::UntaggedBad => "* BAD Request not ending with ...\r\n".into(),
            Unknown::Stall => String::new(),
        });
    }
    if upper.starts_with("LOGIN ")
        && let Some(said) = rules.login_fails
    {
        return Some(format!("{tag} NO {said}\r\n"));
    }
    if upper.starts_with("EXAMINE ") || upper.starts_with("SELECT ") {
        let unsafe_login = "SELECT Unsafe Login. Please contact kefu@188.com for help";
        match rules.require_id {
            Some(IdRule::AlwaysNo) => return Some(format!("{tag} NO {unsafe_login}\r\n")),
            Some(IdRule::No) if !identified => return Some(format!("{tag} NO {unsafe_login}\r\n")),
            Some(IdRule::Bye) if !identified => return Some(format!("* BYE {unsafe_login}\r\n")),
            _ => {}
        }
    }
    if upper.starts_with("STATUS ") && rules.empty_status {
        return Some(format!("* STATUS \"INBOX\" ()\r\n{tag} OK done\r\n"));
    }
    let set = upper.strip_prefix("UID FETCH ").and_then(|rest| rest.split(' ').next());
    if rules.ascending_only && set.is_some_and(descends) {
        return Some(format!("{tag} BAD UID parameters!\r\n"));
    }
    None
}

fn descends(set: &str) -> bool {
    let numbers: Vec<u64> =
        set.split([',', ':']).map(|number| number.parse().unwrap_or(u64::MAX)).collect();
    numbers.windows(2).any(|pair| pair[0] > pair[1])
}

impl<R: tokio::io::AsyncBufRead + Unpin, W: AsyncWrite + Unpin> Sides<R, W> {
    /// Passes the answers of one command on.
    async fn relay(&mut self, tag: &str, idle: bool, rules: &Rules) -> io::Result<()> {
        loop {
            if idle {
                tokio::select! {
                    ready = self.from_client.fill_buf() => {
                        if ready?.is_empty() {
                            return Err(io::ErrorKind::UnexpectedEof.into());
                        }
                        let done = line(&mut self.from_client).await?;
                        self.to_server.write_all(&done).await?;
                        continue;
                    }
                    ready = self.from_server.fill_buf() => drop(ready?.len()),
                }
            }
            let answer = response(&mut self.from_server).await?;
            if answer.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let last = answer.starts_with(tag.as_bytes());
            if idle && rules.mute == Some("IDLE") && answer.starts_with(b"* ") {
                continue;
            }
            if let Some(answer) = reshape(answer, rules) {
                self.to_client.write_all(&answer).await?;
                self.to_client.flush().await?;
            }
            if last {
                return Ok(());
            }
        }
    }

    /// Plays a fault; whatever does not answer stays silent until the client goes away.
    async fn fail(&mut self, tag: &str, fault: &Fault, first: Option<Vec<u8>>) -> io::Result<()> {
        let mut own = Vec::new();
        match fault {
            Fault::No => own = format!("{tag} NO request refused\r\n").into_bytes(),
            Fault::Bad => own = format!("{tag} BAD Request not ending with ...\r\n").into_bytes(),
            Fault::UntaggedBad => own = b"* BAD Request not ending with ...\r\n".to_vec(),
            Fault::Bye => own = b"* BYE the server is going down\r\n".to_vec(),
            Fault::HugeLiteral => {
                own = b"* 1 FETCH (UID 1 BODY[] {500000000}\r\nSubject: x\r\n".to_vec();
            }
            Fault::Answer(bytes) => {
                own = String::from_utf8_lossy(bytes).replace("{tag}", tag).into_bytes();
            }
            Fault::Eof(count) | Fault::Stall(count) => {
                let mut first = first;
                for _ in 0..*count {
                    own.extend(match first.take() {
                        Some(first) => first,
                        None => response(&mut self.from_server).await?,
                    });
                }
            }
            Fault::HalfLiteral | Fault::LongLiteral => {
                own = match first {
                    Some(first) => first,
                    None => response(&mut self.from_server).await?,
                };
                match (first_literal(&own), fault) {
                    (Some((start, end)), Fault::HalfLiteral) => {
                        own.truncate(usize::midpoint(start, end));
                    }
                    (Some((start, _)), _) => {
                        drop(own.splice(start..start, *b"Subject: too long\r\n"));
                    }
                    (None, _) => own.truncate(own.len() / 2),
                }
            }
        }
        self.to_client.write_all(&own).await?;
        self.to_client.flush().await?;
        let silent = matches!(
            fault,
            Fault::UntaggedBad
                | Fault::HugeLiteral
                | Fault::Stall(_)
                | Fault::LongLiteral
                | Fault::Answer(_)
        );
        while silent && !line(&mut self.from_client).await?.is_empty() {}
        Ok(())
    }
}

/// Rewrites one response; `None` leaves it out.
fn reshape(answer: Vec<u8>, rules: &Rules) -> Option<Vec<u8>> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    let head = String::from_utf8_lossy(&answer[..end]).trim_end().to_owned();
    if head.contains(" FETCH (") {
        return reshape_fetch(answer, &head, rules);
    }
    let head = match rules.caps {
        Some(caps) if head.starts_with("* CAPABILITY ") => format!("* CAPABILITY {caps}"),
        Some(_) => without_code(&head, "[CAPABILITY "),
        None => head,
    };
    if rules.no_uidnext && (head.contains("[UIDNEXT ") || head.contains("[UNSEEN ")) {
        return None;
    }
    let mut words = head.splitn(3, ' ');
    let (tag, status, text) =
        (words.next()?, words.next().unwrap_or(""), words.next().unwrap_or(""));
    let mut line = head.clone().into_bytes();
    if let Some(said) = &rules.status_text
        && matches!(status, "OK" | "NO" | "BAD" | "BYE")
    {
        let code = text.starts_with('[').then(|| text.split_inclusive(']').next()).flatten();
        line = format!("{tag} {status} {}", code.unwrap_or_default()).into_bytes();
        line.extend_from_slice(if code.is_some() { b" " } else { b"" });
        line.extend_from_slice(said);
    }
    line.extend_from_slice(b"\r\n");
    Some(line)
}

fn without_code(head: &str, code: &str) -> String {
    match head.split_once(code) {
        Some((before, rest)) => {
            format!("{before}{}", rest.split_once(']').map_or("", |(_, text)| text.trim_start()))
        }
        None => head.to_owned(),
    }
}

/// Whether the answer names a date that lies so many days back.
fn older(head: &str, days: i64) -> bool {
    let date = head.split_once("INTERNALDATE \"").and_then(|(_, rest)| rest.split('"').next());
    let date = date
        .and_then(|date| jiff::Timestamp::strptime("%d-%b-%Y %H:%M:%S %z", date.trim_start()).ok());
    let age = date.map(|date| jiff::Timestamp::now().duration_since(date));
    age.is_some_and(|age| age > jiff::SignedDuration::from_hours(24 * days))
}

fn reshape_fetch(answer: Vec<u8>, head: &str, rules: &Rules) -> Option<Vec<u8>> {
    let digits = head.split_once("UID ").map_or("", |(_, rest)| rest);
    let uid = digits.split(|c: char| !c.is_ascii_digit()).next().and_then(|uid| uid.parse().ok());
    let listed = |uids: &[u32]| uid.is_some_and(|uid: u32| uids.contains(&uid));
    if listed(&rules.hidden_uids) || rules.window_of_days.is_some_and(|days| older(head, days)) {
        return None;
    }
    if listed(&rules.empty_uids) && first_literal(&answer).is_some() {
        return Some(format!("* 1 FETCH (UID {} BODY[] NIL)\r\n", uid?).into_bytes());
    }
    Some(answer)
}
