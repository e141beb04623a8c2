//! A printed document, independent of what prints it: blocks that a layout turns into lines once, and renderers turn
//! into printer bytes, a picture, a PDF or a screen.

use serde::{Deserialize, Serialize};

/// A document to be laid out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Document {
    /// Language tag (BCP 47) of the words.
    pub language: String,
    /// Whether lines run from right to left.
    pub right_to_left: bool,
    /// What is on it, from top to bottom.
    pub blocks: Vec<Block>,
}

/// One part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Block {
    /// A paragraph, wrapped at words.
    Text {
        /// What it says.
        text: String,
        /// Where it stands.
        align: Align,
        /// How it looks.
        style: Style,
    },
    /// Cells side by side.
    Row {
        /// From the start of the line to its end.
        cells: Vec<Cell>,
        /// How all of it looks.
        style: Style,
    },
    /// A line across the paper.
    Rule,
    /// Empty lines.
    Space {
        /// How many.
        lines: u8,
    },
    /// A picture from the blob store, centred and no wider than the paper.
    Image {
        /// Its content hash (hexadecimal SHA-256).
        picture: String,
        /// How much of the paper it takes.
        size: PictureSize,
    },
    /// A bar code with its text under it.
    Barcode {
        /// How it is drawn.
        symbology: Symbology,
        /// What it says.
        data: String,
    },
    /// Where the paper is cut; what follows is another sheet.
    Cut,
}

/// One cell of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Cell {
    /// What it says; wrapped within its own width.
    pub text: String,
    /// How wide it is.
    pub width: Width,
    /// Where its text stands.
    pub align: Align,
}

/// How wide a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Width {
    /// As wide as its text; never wrapped.
    Text,
    /// What the other cells leave. One cell of a row has this.
    Rest,
}

/// Where text stands between the start and the end of its line (left and right, mirrored in right-to-left documents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Align {
    /// At the start.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the end.
    End,
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Style {
    /// Heavier.
    pub bold: bool,
    /// Twice as wide and high.
    pub large: bool,
}

/// How much of the paper's width a picture takes; a high one takes less, so that it is at most as high as half the paper
/// is wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum PictureSize {
    /// A third.
    Small,
    /// Half.
    #[default]
    Medium,
    /// All of it.
    Large,
}

impl PictureSize {
    /// Its width on paper this many dots wide.
    pub const fn of(self, dots: usize) -> usize {
        match self {
            Self::Small => dots / 3,
            Self::Medium => dots / 2,
            Self::Large => dots,
        }
    }
}

/// How a bar code is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Symbology {
    /// Code 128 (ISO/IEC 15417).
    Code128,
    /// EAN-13 (ISO/IEC 15420).
    Ean13,
    /// QR Code (ISO/IEC 18004).
    Qr,
}

impl Block {
    /// A plain paragraph at the start of the line.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), align: Align::Start, style: Style::default() }
    }

    /// A paragraph in the middle.
    pub fn centered(text: impl Into<String>, style: Style) -> Self {
        Self::Text { text: text.into(), align: Align::Center, style }
    }

    /// A label at the start that may wrap, and a value at the end that may not.
    pub fn pair(label: impl Into<String>, value: impl Into<String>, style: Style) -> Self {
        Self::Row {
            cells: vec![
                Cell { text: label.into(), width: Width::Rest, align: Align::Start },
                Cell { text: value.into(), width: Width::Text, align: Align::End },
            ],
            style,
        }
    }

    /// The same block with other words. What a bar code says is data and stays.
    #[must_use]
    pub fn with_words(&self, mut words: impl FnMut(&str) -> String) -> Self {
        match self {
            Self::Text { text, align, style } => {
                Self::Text { text: words(text), align: *align, style: *style }
            }
            Self::Row { cells, style } => {
                let cells = cells.iter();
                let cells =
                    cells.map(|cell| Cell { text: words(&cell.text), width: cell.width, align: cell.align });
                Self::Row { cells: cells.collect(), style: *style }
            }
            Self::Rule | Self::Space { .. } | Self::Image { .. } | Self::Barcode { .. } | Self::Cut => {
                self.clone()
            }
        }
    }
}
