//! `.pdf` with a text layer: glyphs and ruling lines as the page draws them, form fields included.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};

use super::super::document::UnreadKind;
use super::office::number;
use super::page::{Glyph, Page};
use super::pdf_fields;
use super::{File, Opened};

/// More pages than any form has.
const MOST_PAGES: usize = 30;
/// More glyphs than any form has, over all pages.
const MOST_GLYPHS: usize = 60_000;
/// More ruling lines than any form has, on a page.
const MOST_RULES: usize = 6_000;
/// The units in which glyphs are drawn.
const EM: f64 = 1000.0;

/// Reads a file.
#[must_use]
pub(super) fn read(file: File<'_>) -> Opened {
    let pdf = match Pdf::new(file.bytes.to_vec()) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(_)) => {
            return file.unread(UnreadKind::Locked, "PDF有密码，无法打开").into();
        }
        Err(LoadPdfError::Invalid) => {
            return file.unread(UnreadKind::Damaged, "PDF损坏，无法打开").into();
        }
    };
    let mut document = file.document();
    let mut glyphs = 0;
    let mut pictures = false;
    for page in pdf.pages().iter().take(MOST_PAGES) {
        let cache = InterpreterCache::new();
        let (width, height) = page.render_dimensions();
        let turn = Affine::new(page.initial_transform(true).as_coeffs());
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context =
            Context::new(turn, bounds, &cache, pdf.xref(), InterpreterSettings::default());
        let mut pen = Pen { left: MOST_GLYPHS.saturating_sub(glyphs), ..Pen::default() };
        interpret_page(page, &mut context, &mut pen);
        let typed = pdf_fields::undrawn(page, turn, &pen.page.glyphs);
        pen.page.glyphs.extend(typed);
        glyphs += pen.page.glyphs.len();
        pictures |= pen.pictures;
        document.blocks.extend(pen.page.blocks());
    }
    number(&mut document);
    if document.is_blank() {
        let reason = if pictures {
            "PDF是扫描件，没有文字，需由人工录入"
        } else {
            "PDF里没有文字"
        };
        return file.unread(UnreadKind::Image, reason).into();
    }
    document.into()
}

/// Notes what is drawn.
#[derive(Default)]
struct Pen {
    page: Page,
    pictures: bool,
    left: usize,
}

impl Pen {
    fn rule(&mut self, rect: Rect) {
        if self.page.rules.len() < MOST_RULES {
            self.page.rules.push([rect.x0, rect.y0, rect.x1, rect.y1]);
        }
    }
}

impl Device<'_> for Pen {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        if path.elements().len() > 200 {
            return;
        }
        let filled = matches!(mode, DrawMode::Fill(_));
        if filled {
            let bounds = (props.transform * path.clone()).bounding_box();
            let thin = bounds.width() < 2.5 || bounds.height() < 2.5;
            if thin {
                self.rule(bounds);
            }
            return;
        }
        let path = props.transform * path.clone();
        for segment in path.segments() {
            let bounds = segment.bounding_box();
            if bounds.width() < 1.0 || bounds.height() < 1.0 {
                self.rule(bounds);
            }
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.page.glyphs.len() >= self.left {
                return;
            }
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text,
                None => '\u{fffd}'.to_string(),
            };
            let place = props.transform * glyph.transform();
            let at = place * Point::ZERO;
            let up = place * Point::new(0.0, EM);
            let size = (up - at).hypot();
            self.page.glyphs.push(Glyph { text, x: at.x, y: at.y, size });
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.pictures = true;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
