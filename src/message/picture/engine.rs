//! The recogniser of the feature `ocr`: PP-OCRv4 by way of `rten`. One model marks where text
//! stands, the other reads one line at a time.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a picture are far below 2^23 and held within it"
)]

use std::fmt;
use std::io::Cursor;

use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage};
use rten::Model;
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

use super::boxes::{self, Map, TextBox};
use super::{ModelError, Models, Recogniser};

/// The shorter side is made at least this long, as the first model was trained, in dots.
const SHORTEST_SIDE: u32 = 736;
/// The longer side is made no longer, in dots: it bounds time and memory.
const LONGEST_SIDE: u32 = 1_600;
/// Wider or higher pictures are not opened, in dots.
const LARGEST_SIDE: u32 = 12_000;
/// Pictures with more dots are not opened: a few copies of one must fit into the memory of the process.
const MOST_DOTS: u64 = 64 << 20;
/// Opening a picture may take so much memory, in bytes.
const MEMORY: u64 = 256 << 20;
/// The first model takes sides that are a multiple of this.
const STEP: u32 = 32;
/// How high the second model takes a line, in dots.
const LINE_HEIGHT: usize = 48;
/// Longer lines are cut, in dots.
const LONGEST_LINE: usize = 2_400;
/// A line that is less certain than this on average is not told.
const CERTAIN: f32 = 0.5;

/// The loaded models.
pub struct Engine {
    finding: Model,
    reading: Model,
    characters: Vec<String>,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("characters", &self.characters.len()).finish_non_exhaustive()
    }
}

impl Engine {
    /// Loads the models.
    pub fn new(models: Models) -> Result<Self, ModelError> {
        let load = |name, bytes| {
            Model::load(bytes).map_err(|error| ModelError::Broken(name, error.to_string()))
        };
        let finding = load("finding lines", models.finding)?;
        let reading = load("reading lines", models.reading)?;
        let known = reading.metadata().get("character").ok_or(ModelError::Characters)?;
        // The first label is "nothing", the last one a blank.
        let known = known.lines().map(str::to_owned);
        let characters =
            std::iter::once(String::new()).chain(known).chain([" ".to_owned()]).collect();
        Ok(Self { finding, reading, characters })
    }

    fn read(&self, picture: &RgbImage) -> Option<Vec<String>> {
        let found = self.find(picture)?;
        let read = found.into_iter().filter_map(|one| Some((one, self.line(picture, &one)?)));
        let lines = boxes::lines(read.collect());
        Some(lines.into_iter().map(|line| line.join("\t")).collect())
    }

    /// Where lines stand, in dots of the picture.
    fn find(&self, picture: &RgbImage) -> Option<Vec<TextBox>> {
        let (width, height) = fitted(picture.width(), picture.height());
        let small = image::imageops::resize(picture, width, height, FilterType::Triangle);
        let input = tensor(width as usize, height as usize, |column, row| {
            small.get_pixel(column as u32, row as u32).0.map(f32::from)
        });
        let output = self.finding.run_one(input.view().into(), None).ok()?;
        let output: NdTensor<f32, 4> = output.try_into().ok()?;
        let values = output.to_vec();
        let map = Map { values: &values, width: *output.shape().last()? };
        let (across, down) = (
            picture.width() as f32 / map.width as f32,
            picture.height() as f32 / (values.len() / map.width.max(1)).max(1) as f32,
        );
        let scaled = |one: TextBox| TextBox {
            middle: boxes::Point { x: one.middle.x * across, y: one.middle.y * down },
            width: one.width * across,
            height: one.height * down,
            angle: one.angle,
        };
        Some(boxes::find(&map).into_iter().map(scaled).collect())
    }

    /// The text of one line; `None` when it is not certain, or stands upright.
    fn line(&self, picture: &RgbImage, place: &TextBox) -> Option<String> {
        if place.height > place.width * 1.5 {
            return None;
        }
        let columns = boxes::columns(place, LINE_HEIGHT, LONGEST_LINE);
        let input = tensor(columns, LINE_HEIGHT, |column, row| {
            sample(picture, boxes::dot(place, (column, row), (columns, LINE_HEIGHT)))
        });
        let output = self.reading.run_one(input.view().into(), None).ok()?;
        let output: NdTensor<f32, 3> = output.try_into().ok()?;
        let (text, certainty) = self.decode(output.slice(0));
        (certainty >= CERTAIN && !text.trim().is_empty()).then_some(text)
    }

    /// The most likely labels, repeated ones once, and how certain they are on average.
    fn decode(&self, steps: NdTensorView<f32, 2>) -> (String, f32) {
        let (mut text, mut sum, mut count, mut last) = (String::new(), 0.0, 0.0_f32, 0);
        for step in 0..steps.size(0) {
            let likely = steps.slice(step);
            let best = likely.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
            let Some((label, certainty)) = best else { continue };
            if label != 0 && label != last {
                text.push_str(self.characters.get(label).map_or("", String::as_str));
                sum += certainty;
                count += 1.0;
            }
            last = label;
        }
        (text, sum / count.max(1.0))
    }
}

impl Recogniser for Engine {
    fn lines(&self, picture: &[u8]) -> Vec<String> {
        open(picture).and_then(|picture| self.read(&picture)).unwrap_or_default()
    }
}

/// Opens a picture within bounds, turned as the camera says.
fn open(bytes: &[u8]) -> Option<RgbImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_DOTS || decoder.total_bytes() > MEMORY {
        return None;
    }
    let turned = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(turned);
    let empty = picture.width() < STEP || picture.height() < STEP;
    (!empty).then(|| picture.into_rgb8())
}

/// The size that the first model takes.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let larger = SHORTEST_SIDE as f32 / width.min(height) as f32;
    let smaller = LONGEST_SIDE as f32 / width.max(height) as f32;
    let factor = larger.max(1.0).min(smaller);
    let side = |length: u32| {
        ((length as f32 * factor / STEP as f32).round() as u32).max(1).saturating_mul(STEP)
    };
    (side(width), side(height))
}

/// What both models take: blue, green and red, each from -1 to 1.
fn tensor(width: usize, height: usize, dot: impl Fn(usize, usize) -> [f32; 3]) -> NdTensor<f32, 4> {
    let mut values = vec![0.0; 3 * width * height];
    let plane = width * height;
    for row in 0..height {
        for column in 0..width {
            let [red, green, blue] = dot(column, row);
            for (channel, value) in [blue, green, red].into_iter().enumerate() {
                if let Some(slot) = values.get_mut(channel * plane + row * width + column) {
                    *slot = value / 127.5 - 1.0;
                }
            }
        }
    }
    NdTensor::from_data([1, 3, height, width], values)
}

/// The colour between the dots around a place; beyond the edge it is the edge's.
fn sample(picture: &RgbImage, at: boxes::Point) -> [f32; 3] {
    let (x, y) = (at.x - 0.5, at.y - 0.5);
    let (right, bottom) = (picture.width() - 1, picture.height() - 1);
    let pixel = |x: f32, y: f32| {
        let column = (x.max(0.0) as u32).min(right);
        picture.get_pixel(column, (y.max(0.0) as u32).min(bottom)).0.map(f32::from)
    };
    let (left, top) = (x.floor(), y.floor());
    let (across, down) = (x - left, y - top);
    let around = [
        (pixel(left, top), (1.0 - across) * (1.0 - down)),
        (pixel(left + 1.0, top), across * (1.0 - down)),
        (pixel(left, top + 1.0), (1.0 - across) * down),
        (pixel(left + 1.0, top + 1.0), across * down),
    ];
    let mut mixed = [0.0; 3];
    for (colour, share) in around {
        for (value, more) in mixed.iter_mut().zip(colour) {
            *value += more * share;
        }
    }
    mixed
}
