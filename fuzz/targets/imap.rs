//! What a server sends over IMAP: our strict stream hands on only what the parser takes without a
//! panic, in whatever pieces it comes.
#![no_main]
#![allow(dead_code)]

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use async_imap::imap_proto;
use libfuzzer_sys::{Corpus, fuzz_target};
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

/// The stream is private to its room: its files are compiled here under the same paths.
#[path = "../../src/mailbox"]
mod mailbox {
    mod utf7;
    pub mod wire {
        mod fault;
        mod fetch;
        mod filter;
        mod strict;
        mod text;

        use std::time::Duration;
        use strict::{Allowance, Strict};
        use tokio::io::AsyncRead;

        const MAX_LINE: usize = 64 * 1024;

        /// A folder's name as it goes out, and what comes back of it.
        pub fn there_and_back(name: &str) -> (String, String) {
            let wire = super::utf7::encode(name);
            let name = super::utf7::decode(&wire);
            (wire, name)
        }

        /// A folder's name as it came.
        pub fn name(wire: &str) -> String {
            super::utf7::decode(wire)
        }

        /// A strict stream over `socket`.
        pub fn over<S: AsyncRead + Unpin>(
            socket: S,
            literal: u64,
            quiet: Duration,
        ) -> impl AsyncRead + Unpin {
            Strict::new(socket, Allowance { bytes: 1 << 24, literal, quiet })
        }
    }
}

/// Hands out at most so many bytes at once.
struct Pieces<'a>(&'a [u8], usize);

impl AsyncRead for Pieces<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let size = self.1.min(buf.remaining()).min(self.0.len());
        let (now, later) = self.0.split_at(size);
        buf.put_slice(now);
        self.0 = later;
        Poll::Ready(Ok(()))
    }
}

fn cleaned(input: &[u8], pieces: usize) -> (Vec<u8>, bool) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().build().expect("runs");
    runtime.block_on(async {
        let mut out = Vec::new();
        let mut stream =
            mailbox::wire::over(Pieces(input, pieces), 1 << 16, Duration::from_secs(60));
        let whole = stream.read_to_end(&mut out).await.is_ok();
        (out, whole)
    })
}

fuzz_target!(|input: &[u8]| -> Corpus {
    let Some((first, input)) = input.split_first() else { return Corpus::Reject };
    let (out, whole) = cleaned(input, 1 << 16);
    assert_eq!((&out, whole), (&cleaned(input, usize::from(*first) + 1).0, whole), "other pieces");
    let mut rest = out.as_slice();
    while let Ok((behind, _)) = imap_proto::Response::parse(rest) {
        if behind.len() == rest.len() {
            break;
        }
        rest = behind;
    }
    if let Ok(name) = std::str::from_utf8(input) {
        let (wire, back) = mailbox::wire::there_and_back(name);
        assert!(wire.is_ascii());
        assert_eq!(back, name);
        let _ = mailbox::wire::name(name);
    }
    Corpus::Keep
});
