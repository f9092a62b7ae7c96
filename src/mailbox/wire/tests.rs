use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use std::{fmt, io};

use async_imap::Client;
use async_imap::imap_proto::{AttributeValue, Response, ResponseCode, Status};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};

use super::strict::{Allowance, Strict};
use super::{Fault, MAX_LINE};
use crate::clock::Dice;

const ALLOWANCE: Allowance =
    Allowance { bytes: 1 << 30, literal: 1 << 20, quiet: Duration::from_secs(5) };

/// Hands out bytes in pieces of chance, and takes everything.
struct Pieces {
    bytes: Vec<u8>,
    at: usize,
    largest: u64,
    dice: Dice,
}

impl Pieces {
    fn new(bytes: &[u8], largest: u64, seed: u64) -> Self {
        Self { bytes: bytes.to_vec(), at: 0, largest, dice: Dice::seeded(seed) }
    }
}

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let size = usize::try_from(1 + self.dice.below(self.largest)).unwrap();
        let end = (self.at + size.min(buf.remaining())).min(self.bytes.len());
        buf.put_slice(&self.bytes[self.at..end]);
        self.at = end;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Pieces {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(buf.len()))
    }
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl fmt::Debug for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pieces")
    }
}

async fn cleaned(input: &[u8], largest: u64, seed: u64) -> Result<Vec<u8>, Fault> {
    let mut stream = Strict::new(Pieces::new(input, largest, seed), ALLOWANCE);
    let mut out = Vec::new();
    match stream.read_to_end(&mut out).await {
        Ok(_) => Ok(out),
        Err(error) => Err(Fault::of(&error).unwrap()),
    }
}

async fn clean(input: &[u8]) -> String {
    String::from_utf8(cleaned(input, 1 << 16, 1).await.unwrap()).unwrap()
}

#[tokio::test]
async fn lines_that_stop_the_parser_come_out_in_the_form_it_takes() {
    let gbk = encoding_rs::GBK.encode("未知错误").0.into_owned();
    for (input, output) in [
        ("* OK 登录成功\r\n".as_bytes().to_vec(), "* OK x\r\n"),
        ([b"A1 NO ".as_slice(), &gbk, b"\r\n"].concat(), "A1 NO x\r\n"),
        ("A1 OK [ALERT]中文\r\n".as_bytes().to_vec(), "A1 OK x\r\n"),
        (b"a1 ok\n".to_vec(), "a1 OK x\r\n"),
        (b"* OK [UIDVALIDITY 1] UIDs valid\r\n".to_vec(), "* OK [UIDVALIDITY 1] x\r\n"),
        (b"* OK [UIDVALIDITY 0] none\r\n".to_vec(), "* OK x\r\n"),
        (b"* OK [UIDVALIDITY 99999999999] none\r\n".to_vec(), "* OK x\r\n"),
        (b"* ID ()\r\n* ID (\"a\", \"b\")\r\n* STATUS \"INBOX\" ()\r\n".to_vec(), ""),
        (b"* FLAGS (\\Seen \xb1\xa8)\r\n* SEARCH 1 2 \r\n\r\n".to_vec(), ""),
        (b"* 3 EXISTS \r\n* 0 RECENT\r\n* 4 expunge\r\n".to_vec(), "* 3 EXISTS\r\n* 4 EXPUNGE\r\n"),
        (b"+\r\n".to_vec(), "+ go\r\n"),
        (
            b"* capability IMAP4 xlist id \xff IMAP4rev1 X{\r\n".to_vec(),
            "* CAPABILITY IMAP4rev1 IMAP4 XLIST ID\r\n",
        ),
        (
            b"* 5 FETCH (UID 9 FLAGS (\\Seen \xd6\xd0 [x) INTERNALDATE NIL )\r\n".to_vec(),
            "* 5 FETCH (UID 9 FLAGS () INTERNALDATE \"\")\r\n",
        ),
        // Found by fuzzing: the parser took the beginning for NIL, and unwrapped it.
        (
            b"* 3 FETCH (U {0}\r\n INTERNALDATE NIL\x80BODY[] NIL)\r\n".to_vec(),
            "* 3 FETCH (U {0}\r\n INTERNALDATE \"\" NIL)\r\n",
        ),
        (
            b"* 3 FETCH (U \x80{5}\r\n INTERNALDATE NIL)\r\n".to_vec(),
            "* 3 FETCH (U _ {5}\r\n INTERNALDATE NIL)\r\n",
        ),
        (b"* 3 FETCH (INTERNALDATE nilNIL T)\r\n".to_vec(), "* 3 FETCH (INTERNALDATE \"\" T)\r\n"),
        (
            b"* 5 fetch ( UID  9  RFC822.SIZE 5  INTERNALDATE \"2-Jun-2016 1:02:03 +0800\")\n"
                .to_vec(),
            "* 5 FETCH (UID 9 RFC822.SIZE 5 INTERNALDATE \"2-Jun-2016 1:02:03 +0800\")\r\n",
        ),
        (
            "* LIST (\\HasNoChildren \\Junk 中) \"/\" 垃圾 邮件\r\n".as_bytes().to_vec(),
            "* LIST (\\HasNoChildren \\Junk) \"/\" \"垃圾 邮件\"\r\n",
        ),
        (b"* LIST () NIL \"a\\\"b\" (x)\r\n".to_vec(), "* LIST () NIL \"a\\\"b\"\r\n"),
        (b"* LIST () \"/\" {3}\r\na\"b\r\n".to_vec(), "* LIST () \"/\" {3}\r\na\"b\r\n"),
        (b"* METADATA x {4}\r\n\r\n()\r\nA1 OK\r\n".to_vec(), "A1 OK x\r\n"),
    ] {
        assert_eq!(clean(&input).await, output, "{}", String::from_utf8_lossy(&input));
    }
}

#[tokio::test]
async fn what_is_no_response_ends_the_session() {
    for input in [
        &b"HTTP/1.1 400 Bad Request\r\n"[..],
        b"Subject: the body of a message whose literal was too short\r\n",
        b"*OK\r\n",
        b"* 1 FETCH (BODY[] \"no end)\r\n",
    ] {
        assert_eq!(cleaned(input, 100, 1).await, Err(Fault::Garbage));
    }
    assert_eq!(cleaned(b"* OK half", 100, 1).await, Err(Fault::Truncated));
    assert_eq!(cleaned(b"* 1 FETCH (BODY[] {9}\r\nhalf", 100, 1).await, Err(Fault::Truncated));
    assert_eq!(cleaned(b"* 1 FETCH (BODY[] {1}\r\nx", 100, 1).await, Err(Fault::Truncated));
    let long = vec![b'x'; 2 * MAX_LINE];
    assert_eq!(cleaned(&long, 1 << 16, 1).await, Err(Fault::LongLine));
}

#[tokio::test]
async fn a_huge_literal_is_refused_by_its_announcement() {
    let refused = |uid, announced| Err(Fault::Literal { uid, announced, limit: 1 << 20 });
    let input = b"* 1 FETCH (UID 77 BODY[] {500000000}\r\n";
    assert_eq!(cleaned(input, 100, 1).await, refused(Some(77), 500_000_000));
    let input = b"* 1 FETCH (BODY[] {99999999999999999999999}\r\n";
    assert_eq!(cleaned(input, 100, 1).await, refused(None, u64::MAX));
    let input = b"* WHATEVER {500000000}\r\n";
    assert_eq!(cleaned(input, 100, 1).await, refused(None, 500_000_000));
}

#[tokio::test]
async fn a_flood_and_a_silence_end_the_session() {
    let allowance = Allowance { bytes: 1_000, ..ALLOWANCE };
    let lines = b"* 1 EXISTS\r\n".repeat(1_000);
    let mut stream = Strict::new(Pieces::new(&lines, 100, 1), allowance);
    let error = stream.read_to_end(&mut Vec::new()).await.unwrap_err();
    assert_eq!(Fault::of(&error), Some(Fault::Flood(1_000)));

    let quiet = Duration::from_millis(20);
    let (ours, _theirs) = tokio::io::duplex(64);
    let mut stream = Strict::new(ours, Allowance { quiet, ..ALLOWANCE });
    let error = stream.read_to_end(&mut Vec::new()).await.unwrap_err();
    assert_eq!(Fault::of(&error), Some(Fault::Quiet(quiet)));
}

/// Bytes that are hard on a scanner: line ends, announcements, quotes, half characters.
fn nasty(dice: &Dice, longest: u64) -> Vec<u8> {
    const PIECES: [&[u8]; 12] = [
        b"\r\n",
        b"\n",
        b"\r",
        b"{5}\r\n",
        b"* BYE\r\n",
        b"A0001 OK\r\n",
        b"\"",
        b")",
        b"(",
        b"\x00\xff",
        b"\xb1",
        b"x",
    ];
    let mut bytes = Vec::new();
    for _ in 0..dice.below(longest) {
        bytes.extend_from_slice(PIECES[usize::try_from(dice.below(12)).unwrap()]);
    }
    bytes
}

#[tokio::test]
async fn literals_are_untouched_and_every_chunking_gives_the_same() {
    for seed in 0..100 {
        let dice = Dice::seeded(seed);
        let (mut input, mut expected) = (Vec::new(), Vec::new());
        for uid in 1..=dice.below(6) {
            let body = nasty(&dice, if uid == 3 { 20_000 } else { 40 });
            let head = format!("* {uid} FETCH (UID {uid} FLAGS (\\Seen) BODY[] {{{}}}", body.len());
            input.extend_from_slice(head.as_bytes());
            input.extend_from_slice(if dice.below(2) == 0 { b"\n" } else { b"\r\n" });
            input.extend_from_slice(&body);
            input.extend_from_slice(b" )\r\n* ID ()\r\n");
            expected.extend_from_slice(head.replace("\\Seen", "").as_bytes());
            expected.extend_from_slice(b"\r\n");
            expected.extend_from_slice(&body);
            expected.extend_from_slice(b")\r\n");
        }
        input.extend_from_slice("A0001 OK 完成\r\n".as_bytes());
        expected.extend_from_slice(b"A0001 OK x\r\n");
        for largest in [1, 3, 50, 5_000, 1 << 17] {
            let out = cleaned(&input, largest, seed + largest).await;
            assert!(out.as_deref() == Ok(&expected[..]), "seed {seed}, pieces up to {largest}");
        }
    }
}

#[tokio::test]
async fn no_bytes_of_chance_bring_the_parser_down() {
    for seed in 0..3_000 {
        let dice = Dice::seeded(seed);
        let starts: [&[u8]; 8] = [
            b"* OK [",
            b"* 1 FETCH (",
            b"* LIST (",
            b"A0001 ",
            b"* CAPABILITY ",
            b"+ ",
            b"* 1 FETCH (INTERNALDATE NIL UID ",
            b"* LIST (\\A) \"/\" ",
        ];
        let mut input = starts[usize::try_from(dice.below(8)).unwrap()].to_vec();
        input.extend_from_slice(&nasty(&dice, 12));
        let mut client = Client::new(Strict::new(Pieces::new(&input, 20, seed), ALLOWANCE));
        // The end, an error or responses: anything but a panic, and it ends.
        while let Ok(Some(_)) = client.read_response().await {}
    }
}

#[tokio::test]
async fn the_parser_reads_what_the_filter_writes() {
    let input =
        "* OK 您好\r\n* 2 FETCH (UID 7 BODY[]<0> {5}\r\n\r\n中 )\r\nA0001 OK [UIDVALIDITY 3]好\r\n";
    let mut client = Client::new(Strict::new(Pieces::new(input.as_bytes(), 3, 1), ALLOWANCE));
    client.read_response().await.unwrap().unwrap();
    let fetch = client.read_response().await.unwrap().unwrap();
    let Response::Fetch(2, attributes) = fetch.parsed() else { panic!("{fetch:?}") };
    assert_eq!(attributes[0], AttributeValue::Uid(7));
    let AttributeValue::BodySection { data: Some(data), index: Some(0), .. } = &attributes[1]
    else {
        panic!("{fetch:?}")
    };
    assert_eq!(data.as_ref(), "\r\n中".as_bytes());
    let done = client.read_response().await.unwrap().unwrap();
    let Response::Done { status: Status::Ok, outcome, .. } = done.parsed() else {
        panic!("{done:?}")
    };
    assert_eq!(outcome.code, Some(ResponseCode::UidValidity(3)));
    assert!(client.read_response().await.unwrap().is_none());
}
