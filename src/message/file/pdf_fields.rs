//! What was typed into a PDF form's fields and its file does not draw: many a viewer leaves that to the next one.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Rect, String as Bytes};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, Rect as Place};

use super::super::charset;
use super::page::Glyph;

/// More fields than any form has, on a page.
const MOST_FIELDS: usize = 500;
/// A longer value is no entry of a form, in characters.
const LONGEST: usize = 500;
/// Fields inside fields: nobody nests them deeper.
const DEEPEST: usize = 8;
/// Not shown (ISO 32000-1, table 165): hidden, or to be printed only.
const UNSEEN: u32 = 0b10_0010;

/// The glyphs of typed values over which none of the `drawn` ones stands.
pub(super) fn undrawn(page: &PdfPage<'_>, turn: Affine, drawn: &[Glyph]) -> Vec<Glyph> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { return Vec::new() };
    let mut glyphs = Vec::new();
    for field in annotations.iter::<Dict<'_>>().take(MOST_FIELDS) {
        let Some((value, rect)) = entry(&field) else { continue };
        let place = turn.transform_rect_bbox(Place::new(rect.x0, rect.y0, rect.x1, rect.y1));
        let inside = |glyph: &Glyph| {
            let (x, y) = (glyph.x + glyph.size * 0.3, glyph.y - glyph.size * 0.3);
            place.x0 <= x && x <= place.x1 && place.y0 <= y && y <= place.y1
        };
        if !drawn.iter().any(|glyph| !glyph.text.trim().is_empty() && inside(glyph)) {
            glyphs.extend(set(&value, place));
        }
    }
    glyphs
}

/// The value of a shown field that holds text, and where it stands.
fn entry(field: &Dict<'_>) -> Option<(String, Rect)> {
    let widget = field.get::<Name<'_>>(b"Subtype").is_some_and(|kind| *kind == *b"Widget");
    let unseen = field.get::<u32>(b"F").unwrap_or(0) & UNSEEN != 0;
    if !widget || unseen {
        return None;
    }
    let (mut kind, mut value) = (None, None);
    let mut holder = Some(field.clone());
    for _ in 0..DEEPEST {
        let Some(here) = holder else { break };
        kind = kind.or_else(|| here.get::<Name<'_>>(b"FT"));
        value = value.or_else(|| here.get::<Bytes<'_>>(b"V"));
        holder = here.get::<Dict<'_>>(b"Parent");
    }
    let text = kind.is_some_and(|kind| *kind == *b"Tx" || *kind == *b"Ch");
    let value = value.filter(|_| text).map(|value| charset::decode(value.as_bytes(), None))?;
    let fits = !value.trim().is_empty() && value.chars().nth(LONGEST).is_none();
    Some((value, field.get::<Rect>(b"Rect")?)).filter(|_| fits)
}

/// Puts a value into its field, as a viewer would.
fn set(value: &str, place: Place) -> Vec<Glyph> {
    let lines: Vec<&str> = value.lines().collect();
    let rows = u32::try_from(lines.len()).map_or(1.0, f64::from).max(1.0);
    let height = place.height() / rows;
    let size = (height * 0.7).clamp(4.0, 10.0);
    let mut glyphs = Vec::new();
    let mut y = place.y0 + height * 0.5 + size * 0.35;
    for line in lines {
        let mut x = place.x0 + 2.0;
        for c in line.chars() {
            glyphs.push(Glyph { text: c.to_string(), x, y, size });
            x += if c.is_ascii() { size * 0.55 } else { size };
        }
        y += height;
    }
    glyphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_in_its_field() {
        let place = Place::new(10.0, 100.0, 200.0, 118.0);
        let glyphs = set("沈红", place);
        assert!(glyphs.iter().all(|glyph| place.contains((glyph.x, glyph.y))));
        assert_eq!(glyphs.len(), 2);
    }
}
