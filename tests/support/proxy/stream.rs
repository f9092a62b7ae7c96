//! Lines and responses.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// A line with its end; empty at the end of the connection.
pub(super) async fn line(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line).await?;
    Ok(line)
}

/// One whole response with its literals; empty at the end of the connection.
pub(super) async fn response(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let line = line(from).await?;
        whole.extend_from_slice(&line);
        let Some(length) = announced(&line) else { return Ok(whole) };
        let start = whole.len();
        whole.resize(start + length, 0);
        from.read_exact(&mut whole[start..]).await?;
    }
}

/// The length of the literal that a line announces.
pub(super) fn announced(line: &[u8]) -> Option<usize> {
    let text = line.strip_suffix(b"}\r\n")?;
    let open = text.iter().rposition(|byte| *byte == b'{')?;
    std::str::from_utf8(&text[open + 1..]).ok()?.parse().ok()
}

/// Where the first literal of a response begins and ends.
pub(super) fn first_literal(response: &[u8]) -> Option<(usize, usize)> {
    let start = response.iter().position(|byte| *byte == b'\n')? + 1;
    Some((start, start + announced(&response[..start])?))
}
