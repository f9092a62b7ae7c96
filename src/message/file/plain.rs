//! Text files and HTML pages.

use super::super::document::{Document, Origin};
use super::super::{charset, html};
use super::File;

/// Reads a text file.
#[must_use]
pub(super) fn read(file: File<'_>) -> Document {
    Document::of_text(Origin::File, file.name, &charset::decode(file.bytes, None))
}

/// Reads an HTML page.
#[must_use]
pub(super) fn html(file: File<'_>) -> Document {
    let label = charset::meta(file.bytes);
    let page = charset::decode(file.bytes, label.as_deref());
    Document { blocks: html::read(&page), ..file.document() }
}
