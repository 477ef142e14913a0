//! What the state wants done outside of itself.

use std::path::PathBuf;
use std::sync::Arc;

use super::action::CopyAs;
use super::drawing::{Drawing, Order, Output};
use crate::model::{BodyKind, Edition, JoinedLayer, LayerId, Register};
use crate::read::{Choices, Progress};
use crate::recipe::FigureChoice;
use crate::render::png::Picture;

/// An order to the shell, which carries it out and reports back with an action.
#[derive(Debug)]
pub enum Effect {
    /// Decode bundled areas.
    Decode(BodyKind, Edition),
    /// Read a file.
    Read {
        /// To be handed back with the result.
        generation: u64,
        /// The file.
        path: PathBuf,
        /// What a person has chosen for it.
        choices: Choices,
        /// Tells how far it is and takes the wish to stop.
        progress: Progress,
    },
    /// Ask for a file to open.
    PickFile,
    /// Compare two layers.
    Compare {
        /// To be handed back with the result.
        generation: u64,
        /// The earlier one.
        before: LayerId,
        /// The later one.
        after: LayerId,
        /// Takes the wish to stop.
        progress: Progress,
    },
    /// Ask where to save something; the name to suggest.
    PickTarget(String),
    /// Ask for a recipe and read it.
    PickRecipe,
    /// Ask for a logo.
    PickLogo,
    /// Make something and save it.
    Save {
        /// What.
        output: Output,
        /// Where.
        path: PathBuf,
        /// Whether a file that is there is replaced; otherwise another name is found.
        may_replace: bool,
    },
    /// Read a table of figures for a layer.
    ReadFigures {
        /// To be handed back with the result.
        generation: u64,
        /// The table.
        choice: Box<FigureChoice>,
        /// The layer whose areas the figures are of.
        layer: Arc<JoinedLayer>,
        /// For names and codes of all times.
        register: Arc<Register>,
    },
    /// Draw a preview.
    Preview {
        /// To be handed back with the result.
        generation: u64,
        /// What to draw.
        order: Box<Order>,
        /// Pixels for each pixel of the page.
        scale: f32,
    },
    /// Draw something for the clipboard.
    Draw(Drawing, CopyAs),
    /// Put a picture on the clipboard.
    CopyPicture(Arc<Picture>),
    /// Put text on the clipboard.
    CopyText(String),
    /// Open a web page.
    OpenUrl(String),
    /// Make the window as large as the screen, or as it was before.
    FullScreen(bool),
    /// Put the keyboard into the find box.
    FocusFind,
    /// Keep the settings.
    SaveSettings,
}
