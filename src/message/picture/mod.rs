//! Text in pictures: a scanned form, a photo of one. What is recognised is never entered; it is
//! shown to the person who has to look at the picture.
//!
//! The recogniser itself stands behind [`Recogniser`]. The one that comes with the feature `ocr` is
//! [`Engine`]; without the feature nothing is recognised and nothing of it is compiled.

#[cfg(feature = "ocr")]
mod boxes;
#[cfg(feature = "ocr")]
mod engine;

use std::fmt::{self, Debug};
use std::io::{Cursor, Read as _};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use zip::ZipArchive;

#[cfg(feature = "ocr")]
pub use engine::Engine;

use super::file::{File, Format, sniff};
use super::mime::{self, Part};
use super::parse::UNNAMED;

/// More pictures of one message are not looked at: a page takes seconds.
const MOST_PICTURES: usize = 3;
/// Larger pictures are not looked at, in bytes.
const LARGEST_PICTURE: usize = 20 << 20;
/// No more of a packed picture is unpacked, in bytes: one more than may be looked at.
const LARGEST_UNPACKED: u64 = (20 << 20) + 1;
/// How a JPEG picture begins; scanners put them into PDF files as they are.
const JPEG: &[u8] = b"\xff\xd8\xff";
/// What follows a picture in a PDF file.
const STREAM_END: &[u8] = b"endstream";

/// Reads the text in a picture.
pub trait Recogniser: Debug + Send + Sync {
    /// The lines of text in a picture file (PNG, JPEG), from the top down; empty when there are
    /// none, or when it is no picture that can be opened. Total and bounded: a stranger sent it.
    fn lines(&self, picture: &[u8]) -> Vec<String>;
}

/// The files that a recogniser is made of, as bytes: they go to where pictures are looked at.
#[derive(Clone, Serialize, Deserialize)]
pub struct Models {
    /// Finds the lines of text in a picture (ONNX).
    pub finding: Vec<u8>,
    /// Reads one line (ONNX), and holds the list of the characters it knows.
    pub reading: Vec<u8>,
}

impl fmt::Debug for Models {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes = (self.finding.len(), self.reading.len());
        f.debug_tuple("Models").field(&sizes).finish()
    }
}

/// Why models cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file is no model that can be loaded.
    #[error("the model for {0} cannot be loaded: {1}")]
    Broken(&'static str, String),
    /// The second model does not say which characters it knows.
    #[error("the model for reading lines has no list of characters")]
    Characters,
    /// This program cannot use any.
    #[error("this program was built without the feature `ocr`")]
    Feature,
}

impl Models {
    /// Loads them.
    #[cfg(feature = "ocr")]
    pub fn recogniser(self) -> Result<Arc<dyn Recogniser>, ModelError> {
        Ok(Arc::new(Engine::new(self)?))
    }

    /// Cannot load them.
    #[cfg(not(feature = "ocr"))]
    pub fn recogniser(self) -> Result<Arc<dyn Recogniser>, ModelError> {
        Err(ModelError::Feature)
    }
}

/// A picture that came with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The file's name as evidence calls it.
    pub name: String,
    /// The picture file.
    pub bytes: Vec<u8>,
}

/// The pictures that are attached to a message, and those that a scanner or a person put into an
/// attached PDF or Word file: the first one of it.
#[must_use]
pub fn pictures(raw: &[u8]) -> Vec<Picture> {
    let parts = mime::cut(raw);
    parts
        .iter()
        .filter(|part| part.children.is_empty())
        .filter_map(picture)
        .take(MOST_PICTURES)
        .collect()
}

fn picture(part: &Part<'_>) -> Option<Picture> {
    let name = part.name().filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| UNNAMED.to_owned());
    let bytes = part.content();
    let file = File { name: &name, media: "", bytes: &bytes, depth: 0 };
    let bytes = match sniff(&file) {
        Format::Image => bytes,
        Format::Pdf => scanned(&bytes)?.to_vec(),
        Format::Word => pasted(&bytes)?,
        _ => return None,
    };
    (bytes.len() <= LARGEST_PICTURE).then_some(Picture { name, bytes })
}

/// The first picture that was put into a Word file.
fn pasted(docx: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(docx)).ok()?;
    let pasted = |at: &usize| {
        let name = archive.name_for_index(*at).and_then(Result::ok);
        name.is_some_and(|name| name.starts_with("word/media/"))
    };
    let place = (0..archive.len()).find(pasted)?;
    let mut bytes = Vec::new();
    let member = archive.by_index(place).ok()?;
    member.take(LARGEST_UNPACKED).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The first JPEG picture in a PDF file.
fn scanned(pdf: &[u8]) -> Option<&[u8]> {
    let start = pdf.windows(JPEG.len()).position(|part| part == JPEG)?;
    let rest = pdf.get(start..)?;
    let end = rest.windows(STREAM_END.len()).position(|part| part == STREAM_END)?;
    rest.get(..end)
}
