//! Models for pictures, so small that they are written here byte by byte (ONNX): a black bar is a
//! line of text, and every line says the same. `tests/ocr` runs real ones.
#![expect(dead_code, reason = "each test program uses its own part of this")]

use std::fs;
use std::io::Write as _;
use std::path::Path;

use baoming::message::picture::Models;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

// Kinds of a tensor and of attributes, in ONNX.
const FLOAT: u64 = 1;
const GRAPH: u64 = 5;
const INTS: u64 = 7;

/// Models that read this in every black bar.
pub(crate) fn reading(text: &str) -> Models {
    let colours = [bytes(1, "axes"), number(8, 1), number(20, INTS)].concat();
    let light = node("ReduceMean", &["x"], "light", &[colours]);
    let finding = graph(&[light, node("Neg", &["light"], "y", &[])], &[], &["x"], "y");
    let mut known: Vec<char> = text.chars().collect();
    known.sort_unstable();
    known.dedup();
    // The first label is nothing, the last one a blank.
    let labels = known.len() + 2;
    let mut steps = Vec::new();
    for character in text.chars() {
        let label = 1 + known.iter().position(|one| *one == character).unwrap();
        for likely in [label, 0] {
            steps.extend((0..labels).map(|one| if one == likely { 1.0 } else { 0.0 }));
        }
    }
    let shape = [1, 2 * text.chars().count(), labels];
    let said = tensor("said", &shape, &steps);
    let saying = graph(&[node("Identity", &["said"], "y", &[])], &[said], &["x"], "y");
    let known = known.iter().map(char::to_string).collect::<Vec<_>>().join("\n");
    let list = [bytes(1, "character"), bytes(2, known)].concat();
    Models { finding: model(&finding), reading: [model(&saying), bytes(14, list)].concat() }
}

/// Models that look at a picture for hours.
pub(crate) fn endless() -> Models {
    let body = graph(&[], &[], &["step", "again", "z"], "again");
    let body = [body, bytes(12, bytes(1, "z"))].concat();
    let turns = [bytes(1, "body"), bytes(6, body), number(20, GRAPH)].concat();
    let finding = graph(&[node("Loop", &["", "", "x"], "y", &[turns])], &[], &["x"], "y");
    Models { finding: model(&finding), ..reading("无") }
}

/// Models that are none.
pub(crate) fn rubbish() -> Models {
    Models { finding: b"no model".to_vec(), reading: b"no model".to_vec() }
}

/// Puts models where the settings want them.
pub(crate) fn put(models: &Models, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("det.onnx"), &models.finding).unwrap();
    fs::write(folder.join("rec.onnx"), &models.reading).unwrap();
}

/// A picture with one line of text, or with none, so many dots wide and high (PNG); eight dots are a
/// byte.
pub(crate) fn page(side: u32, line: bool) -> Vec<u8> {
    let row = usize::try_from(side / 8).unwrap();
    let within = |place: usize, of: usize| (of / 10..of - of / 10).contains(&place);
    let mut dots = ZlibEncoder::new(Vec::new(), Compression::fast());
    for height in 0..8 * row {
        let bar = line && height / row == 3;
        let byte = |place| if bar && within(place, row) { 0 } else { 0xff };
        // Each row is stored as it is.
        dots.write_all(&[0]).unwrap();
        dots.write_all(&(0..row).map(byte).collect::<Vec<_>>()).unwrap();
    }
    let width = side.to_be_bytes();
    // One bit a dot, black or white.
    let head = [&width[..], &width, &[1, 0, 0, 0, 0]].concat();
    let dots = dots.finish().unwrap();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk("IHDR", &head), chunk("IDAT", &dots), chunk("IEND", &[])]
        .concat()
}

fn chunk(kind: &str, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let mut sum = Crc::new();
    sum.update(kind.as_bytes());
    sum.update(content);
    [&length[..], kind.as_bytes(), content, &sum.sum().to_be_bytes()].concat()
}

/// The parts of a mail behind its header lines: a text, and a picture attached to it.
pub(crate) fn parts(text: &str, picture: &[u8]) -> String {
    format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         {text}\r\n--b\r\n\
         Content-Type: image/png; name=\"form.png\"\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"form.png\"\r\n\r\n{}\r\n--b--\r\n",
        base64(picture)
    )
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let value = three.iter().fold(0, |value, byte| value << 8 | usize::from(*byte));
        let value = value << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[value >> (18 - 6 * place) & 63];
            text.push(if place > three.len() { '=' } else { char::from(digit) });
        }
        if text.len() % 78 == 76 {
            text.push_str("\r\n");
        }
    }
    text
}

// The messages of onnx.proto, each field by its number.

fn model(graph: &[u8]) -> Vec<u8> {
    let operators = number(2, 17);
    [number(1, 8), bytes(8, operators), bytes(7, graph)].concat()
}

fn graph(nodes: &[Vec<u8>], tensors: &[Vec<u8>], inputs: &[&str], output: &str) -> Vec<u8> {
    let name = bytes(2, "graph");
    let nodes = nodes.iter().map(|node| bytes(1, node));
    let tensors = tensors.iter().map(|tensor| bytes(5, tensor));
    let inputs = inputs.iter().map(|input| bytes(11, bytes(1, input)));
    let output = bytes(12, bytes(1, output));
    [name, nodes.chain(tensors).chain(inputs).flatten().collect(), output].concat()
}

fn node(operator: &str, inputs: &[&str], output: &str, attributes: &[Vec<u8>]) -> Vec<u8> {
    let inputs = inputs.iter().flat_map(|input| bytes(1, input)).collect();
    let attributes = attributes.iter().flat_map(|attribute| bytes(5, attribute)).collect();
    [inputs, bytes(2, output), bytes(3, operator), bytes(4, operator), attributes].concat()
}

fn tensor(name: &str, shape: &[usize], values: &[f32]) -> Vec<u8> {
    let shape = shape.iter().flat_map(|size| number(1, u64::try_from(*size).unwrap())).collect();
    let values: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    [shape, number(2, FLOAT), bytes(8, name), bytes(9, values)].concat()
}

fn bytes(field: u64, value: impl AsRef<[u8]>) -> Vec<u8> {
    let value = value.as_ref();
    let length = u64::try_from(value.len()).unwrap();
    [varint(field << 3 | 2), varint(length), value.to_vec()].concat()
}

fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut written = Vec::new();
    loop {
        let more = value >> 7 > 0;
        written.push(u8::try_from(value & 0x7f).unwrap() | u8::from(more) << 7);
        value >>= 7;
        if !more {
            return written;
        }
    }
}

/// Used by no test, so that the expectation of dead code above always holds.
struct NobodyNeedsThis;
