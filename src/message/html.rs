//! An HTML page becomes lines and tables. The walker is iterative: 20,000 nested elements are a walk.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::Html;
use scraper::node::{Element, Node};

use super::document::{Block, Line, Voice};
use super::table::Builder;

/// What an element means for the walk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Hidden,
    Block,
    Break,
    Rule,
    Table,
    Row,
    Cell,
    Caption,
    Inline,
}

/// Deeper pages are hostile: the parser's time grows with the square of the depth.
const DEEPEST_PAGE: u32 = 500;

/// Reads a page.
#[must_use]
pub(super) fn read(page: &str) -> Vec<Block> {
    if too_deep(page) {
        return stripped(page);
    }
    let html = Html::parse_document(page);
    let mut walk = Walk::default();
    let mut hidden: Option<NodeId> = None;
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) if hidden.is_none() => match node.value() {
                Node::Text(text) => walk.text(text),
                Node::Element(element) => {
                    let role = role(element);
                    if role == Role::Hidden {
                        hidden = Some(node.id());
                    } else {
                        walk.open(node.id(), role, element);
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                if hidden == Some(node.id()) {
                    hidden = None;
                } else if hidden.is_none()
                    && let Node::Element(element) = node.value()
                {
                    walk.close(node.id(), role(element), element.name());
                }
            }
            Edge::Open(_) => {}
        }
    }
    walk.finish()
}

/// Whether more elements are open at once than any honest page has. Counts, does not parse.
fn too_deep(page: &str) -> bool {
    let mut depth = 0u32;
    let mut bytes = page.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, bytes.peek()) {
            (b'<', Some(b'/')) => depth = depth.saturating_sub(1),
            (b'<', Some(b'b' | b'B' | b'p' | b'P' | b'l' | b'L' | b'm' | b'M' | b'i' | b'I')) => {}
            (b'<', Some(next)) if next.is_ascii_alphabetic() => depth += 1,
            _ => {}
        }
        if depth > DEEPEST_PAGE {
            return true;
        }
    }
    page.matches("<b").count() > 20_000
        || page.matches("<p").count() > 50_000
        || page.matches("<i").count() > 20_000
}

/// The words of a page without its structure.
fn stripped(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (piece, number) in page.split('<').zip(1..) {
        let text = piece.split_once('>').map_or(piece, |(_, text)| text).trim();
        if !text.is_empty() {
            blocks.push(Block::Line(Line { text: text.to_owned(), voice: Voice::Own, number }));
        }
    }
    blocks
}

#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    line: String,
    tables: Vec<Builder>,
    voices: Vec<(NodeId, Voice)>,
    pre: u32,
}

impl Walk {
    fn voice(&self) -> Voice {
        self.voices.last().map_or(Voice::Own, |(_, voice)| *voice)
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 {
            let mut lines = text.split('\n');
            self.line.push_str(lines.next().unwrap_or(""));
            for line in lines {
                self.end_line();
                self.line.push_str(line);
            }
            return;
        }
        // Blanks and line ends collapse, non-breaking blanks stay.
        for c in text.chars() {
            let blank = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !blank {
                self.line.push(c);
            } else if !self.line.ends_with(' ') && !self.line.is_empty() {
                self.line.push(' ');
            }
        }
    }

    fn open(&mut self, id: NodeId, role: Role, element: &Element) {
        if role != Role::Inline && role != Role::Break {
            self.soft_end();
        }
        if let Some(voice) = container(element, self.voice()) {
            self.soft_end();
            self.voices.push((id, voice));
        }
        match role {
            Role::Table => self.tables.push(Builder::new(self.voice())),
            Role::Row => self.with_table(Builder::row),
            Role::Cell => {
                let span =
                    |name| element.attr(name).and_then(|v| v.trim().parse().ok()).unwrap_or(1);
                let (rows, columns) = (span("rowspan"), span("colspan"));
                self.with_table(|table| table.cell(rows, columns));
            }
            Role::Break => self.end_line(),
            Role::Rule => {
                self.line.push_str("________");
                self.end_line();
            }
            _ => {}
        }
        match element.name() {
            "pre" | "textarea" => self.pre += 1,
            "input" => self.input(element),
            "option" if element.attr("selected").is_none() => self.line.push('○'),
            "option" => self.line.push('●'),
            _ => {}
        }
    }

    fn input(&mut self, element: &Element) {
        let on = element.attr("checked").is_some();
        match element.attr("type").unwrap_or("text") {
            "checkbox" => self.line.push(if on { '☑' } else { '□' }),
            "radio" => self.line.push(if on { '●' } else { '○' }),
            "text" | "tel" | "email" | "number" => {
                self.line.push_str(element.attr("value").unwrap_or(""));
            }
            _ => {}
        }
    }

    fn close(&mut self, id: NodeId, role: Role, name: &str) {
        if name == "pre" || name == "textarea" {
            self.pre = self.pre.saturating_sub(1);
        }
        match role {
            Role::Inline | Role::Break | Role::Rule | Role::Hidden => {}
            Role::Caption => {
                let caption = std::mem::take(&mut self.line);
                self.with_table(|table| table.caption(caption.trim()));
            }
            Role::Block => self.soft_end(),
            Role::Cell | Role::Row => {
                self.soft_end();
                if role == Role::Cell {
                    self.with_table(Builder::end_cell);
                }
            }
            Role::Table => {
                self.soft_end();
                if let Some(table) = self.tables.pop() {
                    for block in table.finish() {
                        self.push(block);
                    }
                }
            }
        }
        if self.voices.last().is_some_and(|(open, _)| *open == id) {
            self.soft_end();
            self.voices.pop();
        }
    }

    fn with_table(&mut self, change: impl FnOnce(&mut Builder)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    /// Ends the line if it holds anything.
    fn soft_end(&mut self) {
        if self.line.trim_matches(' ').is_empty() {
            self.line.clear();
        } else {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.line);
        let text = text.trim_end_matches(' ').to_owned();
        self.push(Block::Line(Line { text, voice: self.voice(), number: 0 }));
    }

    fn push(&mut self, block: Block) {
        match self.tables.last_mut() {
            Some(table) => table.push(block),
            None => self.blocks.push(block),
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.soft_end();
        while let Some(table) = self.tables.pop() {
            for block in table.finish() {
                self.push(block);
            }
        }
        let lines = self.blocks.iter_mut().filter_map(|block| match block {
            Block::Line(line) => Some(line),
            Block::Table(_) => None,
        });
        for (line, number) in lines.zip(1..) {
            line.number = number;
        }
        self.blocks
    }
}

fn role(element: &Element) -> Role {
    match element.name() {
        "script" | "style" | "head" | "title" | "template" | "del" | "s" | "strike"
        | "noscript" => Role::Hidden,
        _ if is_hidden(element) => Role::Hidden,
        "br" => Role::Break,
        "hr" => Role::Rule,
        "table" => Role::Table,
        "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "caption" => Role::Caption,
        "p" | "div" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "h1" | "h2" | "h3" | "h4"
        | "h5" | "h6" | "pre" | "blockquote" | "section" | "article" | "header" | "footer"
        | "center" | "address" | "fieldset" | "form" | "body" | "tbody" | "thead" | "tfoot"
        | "includetail" | "sign" => Role::Block,
        _ => Role::Inline,
    }
}

fn is_hidden(element: &Element) -> bool {
    if element.attr("hidden").is_some() || element.attr("type") == Some("hidden") {
        return true;
    }
    let Some(style) = element.attr("style") else { return false };
    let style: String =
        style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let exact = |rule: &str| style.split(';').any(|part| part == rule);
    style.contains("display:none")
        || style.contains("visibility:hidden")
        || style.contains("mso-hide:all")
        || style.contains("line-through")
        || exact("font-size:0")
        || exact("font-size:0px")
        || exact("opacity:0")
}

/// Whose words an element holds, when it is a container that mail clients make.
fn container(element: &Element, outer: Voice) -> Option<Voice> {
    let id = element.id().unwrap_or("").to_ascii_lowercase();
    let class = element.attr("class").unwrap_or("").to_ascii_lowercase();
    let has = |word: &str| id.contains(word) || class.contains(word);
    if has("isforwardcontent") {
        return Some(Voice::Forwarded);
    }
    let quoted = match element.name() {
        "includetail" => true,
        "blockquote" => {
            let style = element.attr("style").unwrap_or("").to_ascii_lowercase();
            element.attr("type") == Some("cite")
                || element.attr("cite").is_some()
                || has("quote")
                || has("isreplycontent")
                || style.contains("border-left")
        }
        _ => {
            has("moz-cite") || has("ntes-mailmaster-quote") || has("yahoo_quoted") || has("qmquote")
        }
    };
    if quoted {
        return Some(if outer == Voice::Forwarded { outer } else { Voice::Quoted });
    }
    let signature = element.name() == "sign"
        || has("localsignature")
        || has("mailmaster-signature")
        || has("gmail_signature")
        || has("mobile_signature")
        || has("neteasefooter")
        || class.split_whitespace().any(|word| word == "signature")
        || id == "signature"
        || id == "ntes-pcmac-signature";
    (signature && outer == Voice::Own).then_some(Voice::Signature)
}

#[cfg(test)]
mod tests {
    use super::super::document::{Document, Origin};
    use super::*;

    fn shown(page: &str) -> String {
        let blocks = read(page);
        Document { origin: Origin::Body, name: String::new(), blocks, remarks: Vec::new() }.text()
    }

    #[test]
    fn layout_tables_fall_away_and_data_tables_stay() {
        let page = "<table><tr><td>您好</td></tr><tr><td><table><tr><th>姓&emsp;名</th><td>张三<br>丰</td></tr>\
                    <tr><th>性别</th><td>男</td></tr></table></td></tr></table>";
        let blocks = read(page);
        assert!(matches!(&blocks[0], Block::Line(line) if line.text == "您好"));
        let Block::Table(table) = &blocks[1] else { panic!("{blocks:?}") };
        assert_eq!(table.cells[1].text, "张三\n丰");
        assert_eq!((table.cells[3].row, table.cells[3].column), (1, 1));
    }

    #[test]
    fn hidden_and_struck_text_is_dropped_and_ticks_stay() {
        let page = "<p>电话<span style='display: none'>1</span><s>2</s>3 <input type=checkbox checked>企业代表</p>";
        assert_eq!(shown(page), "电话3 ☑企业代表\n");
    }

    #[test]
    fn quotes_and_signatures_keep_their_voice() {
        let blocks = read(
            "<div>好</div><blockquote type=cite>旧</blockquote><div class='signature'>签</div>",
        );
        let voices: Vec<_> = blocks
            .iter()
            .map(|b| match b {
                Block::Line(l) => l.voice,
                Block::Table(t) => t.voice,
            })
            .collect();
        assert_eq!(voices, [Voice::Own, Voice::Quoted, Voice::Signature]);
    }

    #[test]
    fn twenty_thousand_nested_elements_are_walked() {
        let page = "<div>".repeat(20_000) + "x";
        assert_eq!(shown(&page), "x\n");
        assert_eq!(shown(&("<table><tr><td>".repeat(3_000) + "x")).trim(), "x");
    }
}
