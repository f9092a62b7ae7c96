//! From a map of where text is likely to the boxes that its lines stand in.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a picture are far below 2^23 and held within it"
)]

/// A place in a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f32,
    pub(super) y: f32,
}

/// A line of text: a rectangle that may be turned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TextBox {
    pub(super) middle: Point,
    pub(super) width: f32,
    pub(super) height: f32,
    /// Clockwise, in radians.
    pub(super) angle: f32,
}

/// Where text is likely: one value a dot, row by row.
pub(super) struct Map<'a> {
    pub(super) values: &'a [f32],
    pub(super) width: usize,
}

/// From this likelihood on a dot belongs to text.
const TEXT: f32 = 0.3;
/// A box whose dots are less likely than this on average is none.
const BOX: f32 = 0.5;
/// Text is wider than what the map marks: by so much of area by circumference.
const WIDER: f32 = 1.6;
/// Smaller ones are dirt, in dots.
const SMALLEST: f32 = 3.0;
/// More boxes than any form has.
const MOST_BOXES: usize = 600;
/// A photo of a form is held this straight at least, in degrees; beyond that it is not read.
const STEEPEST: i32 = 30;

/// The boxes of a map.
pub(super) fn find(map: &Map<'_>) -> Vec<TextBox> {
    let mut seen = vec![false; map.values.len()];
    let mut boxes = Vec::new();
    for start in 0..map.values.len() {
        if boxes.len() >= MOST_BOXES {
            break;
        }
        if map.is_text(start) && seen.get(start) == Some(&false) {
            boxes.extend(enclose(&map.piece(start, &mut seen)));
        }
    }
    boxes
}

/// The dots that hang together, and how likely they are on average.
struct Piece {
    outline: Vec<Point>,
    likely: f32,
}

impl Map<'_> {
    fn is_text(&self, at: usize) -> bool {
        self.values.get(at).is_some_and(|value| *value > TEXT)
    }

    fn piece(&self, start: usize, seen: &mut [bool]) -> Piece {
        let (mut open, mut outline) = (vec![start], Vec::new());
        let (mut sum, mut count) = (0.0, 0.0_f32);
        while let Some(at) = open.pop() {
            match seen.get_mut(at) {
                Some(seen @ false) if self.is_text(at) => *seen = true,
                _ => continue,
            }
            sum += self.values.get(at).copied().unwrap_or_default();
            count += 1.0;
            let (x, y) = (at % self.width, at / self.width);
            let left = (x > 0).then(|| at - 1);
            let right = (x + 1 < self.width).then(|| at + 1);
            let around = [left, right, at.checked_sub(self.width), Some(at + self.width)];
            let inside = around.iter().flatten().filter(|place| self.is_text(**place)).count();
            if inside < 4 {
                outline.push(Point { x: x as f32 + 0.5, y: y as f32 + 0.5 });
            }
            open.extend(around.into_iter().flatten().filter(|place| self.is_text(*place)));
        }
        Piece { outline, likely: sum / count.max(1.0) }
    }
}

/// The smallest rectangle around a piece, made as wide as its text is.
fn enclose(piece: &Piece) -> Option<TextBox> {
    if piece.likely < BOX {
        return None;
    }
    let turned = |degrees: i32| around(&piece.outline, (degrees as f32).to_radians());
    let area = |found: &TextBox| found.width * found.height;
    let smallest = (-STEEPEST..=STEEPEST)
        .filter_map(turned)
        .min_by(|one, other| area(one).total_cmp(&area(other)))?;
    if smallest.width.min(smallest.height) < SMALLEST {
        return None;
    }
    let wider = area(&smallest) * WIDER / (2.0 * (smallest.width + smallest.height));
    Some(TextBox {
        width: 2.0f32.mul_add(wider, smallest.width),
        height: 2.0f32.mul_add(wider, smallest.height),
        ..smallest
    })
}

/// The rectangle of this angle around some points.
fn around(points: &[Point], angle: f32) -> Option<TextBox> {
    let (sin, cos) = angle.sin_cos();
    let mut bounds: Option<[f32; 4]> = None;
    for point in points {
        let along = point.x * cos + point.y * sin;
        let down = point.y * cos - point.x * sin;
        let [left, right, top, bottom] = bounds.unwrap_or([along, along, down, down]);
        bounds = Some([left.min(along), right.max(along), top.min(down), bottom.max(down)]);
    }
    let [left, right, top, bottom] = bounds?;
    let (along, down) = (f32::midpoint(left, right), f32::midpoint(top, bottom));
    Some(TextBox {
        middle: Point { x: along * cos - down * sin, y: along * sin + down * cos },
        width: right - left + 1.0,
        height: bottom - top + 1.0,
        angle,
    })
}

/// Puts boxes into lines from the top down, each from left to right, however the page is turned.
pub(super) fn lines<T>(mut found: Vec<(TextBox, T)>) -> Vec<Vec<T>> {
    let mut angles: Vec<f32> = found
        .iter()
        .filter(|(one, _)| one.width > 3.0 * one.height)
        .map(|(one, _)| one.angle)
        .collect();
    angles.sort_by(f32::total_cmp);
    let (sin, cos) = angles.get(angles.len() / 2).copied().unwrap_or_default().sin_cos();
    let down = |one: &TextBox| one.middle.y * cos - one.middle.x * sin;
    let along = |one: &TextBox| one.middle.x * cos + one.middle.y * sin - one.width / 2.0;
    found.sort_by(|(one, _), (other, _)| down(one).total_cmp(&down(other)));
    let mut lines: Vec<Line<T>> = Vec::new();
    for (one, text) in found {
        let entry = (along(&one), text);
        match lines.last_mut() {
            Some(line) if down(&one) - line.middle < line.height.min(one.height) * 0.5 => {
                line.texts.push(entry);
            }
            _ => {
                let (middle, height) = (down(&one), one.height);
                lines.push(Line { middle, height, texts: vec![entry] });
            }
        }
    }
    let sorted = |mut line: Line<T>| {
        line.texts.sort_by(|one, other| one.0.total_cmp(&other.0));
        line.texts.into_iter().map(|(_, text)| text).collect()
    };
    lines.into_iter().map(sorted).collect()
}

/// What stands side by side, each with where it begins.
struct Line<T> {
    middle: f32,
    height: f32,
    texts: Vec<(f32, T)>,
}

/// A dot of a box, counted within a grid of `columns` × `rows` laid over it.
pub(super) fn dot(
    of: &TextBox,
    (column, row): (usize, usize),
    (columns, rows): (usize, usize),
) -> Point {
    let (sin, cos) = of.angle.sin_cos();
    let along = ((column as f32 + 0.5) / columns.max(1) as f32 - 0.5) * of.width;
    let down = ((row as f32 + 0.5) / rows.max(1) as f32 - 0.5) * of.height;
    Point { x: of.middle.x + along * cos - down * sin, y: of.middle.y + along * sin + down * cos }
}

/// How many columns a box has when it is drawn so many dots high.
pub(super) fn columns(of: &TextBox, height: usize, most: usize) -> usize {
    ((of.width / of.height.max(1.0) * height as f32).ceil() as usize).clamp(8, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(x: f32, y: f32) -> TextBox {
        TextBox { middle: Point { x, y }, width: 40.0, height: 10.0, angle: 0.0 }
    }

    #[test]
    fn a_bar_of_likely_dots_is_one_box_as_wide_as_its_text() {
        let (width, height) = (60, 30);
        let mut values = vec![0.0; width * height];
        for row in 10..18 {
            for column in 5..50 {
                values[row * width + column] = 0.9;
            }
        }
        let found = find(&Map { values: &values, width });
        let [found] = found.as_slice() else { panic!("{found:?}") };
        assert!(found.angle.abs() < 0.001, "{found:?}");
        assert!((found.middle.x - 27.5).abs() < 0.1 && (found.middle.y - 14.0).abs() < 0.1);
        assert!(found.width > 50.0 && found.width < 60.0 && found.height > 14.0, "{found:?}");
        assert!(find(&Map { values: &vec![0.2; width * height], width }).is_empty());
        assert!(find(&Map { values: &[], width: 0 }).is_empty());
    }

    #[test]
    fn boxes_become_lines_in_the_order_of_reading() {
        let found = vec![
            (place(100.0, 52.0), 'd'),
            (place(20.0, 21.0), 'a'),
            (place(20.0, 50.0), 'c'),
            (place(100.0, 19.0), 'b'),
        ];
        assert_eq!(lines(found), [['a', 'b'], ['c', 'd']]);
    }
}
