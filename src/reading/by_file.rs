//! A file that a clerk hands in: its people are read as those of a mail that brings it along.

use crate::message::file::{File, open};
use crate::message::{Document, Message, Origin};

use super::{Reader, Reading};

/// The mail that would bring the list along.
const COVER: &str = "报名，名单见附件。";

impl Reader {
    /// Reads the people on a list or a form, in any format in which people send one.
    #[must_use]
    pub fn read_file(&self, name: &str, bytes: &[u8]) -> Reading {
        let opened = open(File { name, media: "", bytes, depth: 0 });
        let mut documents = vec![Document::of_text(Origin::Body, "正文", COVER)];
        documents.extend(opened.documents);
        for document in &mut documents {
            document.bound();
        }
        let attachments = vec![name.to_owned()];
        let unread = opened.unread;
        self.understand(&Message { documents, unread, attachments, ..Message::default() })
    }
}
