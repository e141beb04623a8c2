//! Pictures of the goods of a seeded shop: plain drawings, each another, the same bytes on every machine.

use super::words::GOODS;

/// Dots of a side.
const SIDE: i32 = 128;

/// Colours of the categories, on which the goods stand.
const GROUNDS: [[u8; 3]; 10] = [
    [220, 237, 200],
    [255, 236, 209],
    [227, 242, 253],
    [224, 247, 250],
    [255, 248, 225],
    [252, 228, 236],
    [236, 239, 241],
    [243, 229, 245],
    [232, 234, 246],
    [232, 245, 233],
];

/// The picture of a kind of good, as a PNG.
pub fn picture_of(place: usize) -> Vec<u8> {
    let ground = GROUNDS[GOODS.get(place).map_or(0, |good| good.category) % GROUNDS.len()];
    let seed = i32::try_from(place).unwrap_or(0);
    // Colours that go round the circle, each far from the one before.
    let shade = |turn: i32| u8::try_from(60 + (seed * 67 + turn * 53) % 140).unwrap_or(100);
    let ink = [shade(0), shade(1), shade(2)];
    let (wide, high) = (24 + seed * 7 % 24, 24 + seed * 11 % 28);
    let mut dots = Vec::new();
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (across, down) = (x - SIDE / 2, y - SIDE / 2);
            let is_inside = match seed % 3 {
                0 => across * across * high * high + down * down * wide * wide < wide * wide * high * high,
                1 => across.abs() < wide && down.abs() < high,
                _ => across.abs() * high < (down + high) * wide / 2 && down < high,
            };
            dots.extend(if is_inside { ink } else { ground });
        }
    }
    let side = SIDE.unsigned_abs();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Rgb);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&dots));
    written.expect("memory is always written to, and every dot is there");
    file
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_good_has_a_picture_of_its_own_and_always_the_same() {
        let pictures: BTreeSet<Vec<u8>> = (0..GOODS.len()).map(picture_of).collect();
        assert_eq!(pictures.len(), GOODS.len());
        assert_eq!(picture_of(3), picture_of(3));
    }
}
