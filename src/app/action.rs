//! Everything that a person, a finished job or a test can do to the state.

use std::path::PathBuf;
use std::sync::Arc;

use super::comparison::Compared;
use super::files::Stamp;
use super::notice::Notice;
use super::picture::{Preview, Shown};
use super::state::Overlay;
use crate::diag::Diagnostic;
use crate::figures::Figures;
use crate::geo::space::{GridRect, PagePoint, PageSize};
use crate::model::{BodyId, BodyKind, Edition, JoinedLayer, LayerId};
use crate::read::{Choices, Findings, ReadError};
use crate::recipe::{FigureChoice, Recipe};
use crate::render::Format;
use crate::render::png::Picture;
use crate::scene::lines::Lines;

/// One act, by area.
#[derive(Debug, Clone)]
pub enum Action {
    /// Move the map.
    Map(MapAction),
    /// Choose areas.
    Select(SelectAction),
    /// Choose, open or close layers.
    Layer(LayerAction),
    /// Make pictures.
    Picture(PictureAction),
    /// Put figures on the map.
    Figure(FigureAction),
    /// Go through time.
    Time(TimeAction),
    /// Compare layers.
    Compare(CompareAction),
    /// Keep views and come back to them.
    Bookmark(BookmarkAction),
    /// Use the panels.
    Panel(PanelAction),
    /// A job has something to say.
    Job(JobAction),
}

/// Moving the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MapAction {
    /// The map area has another size.
    Resize(PageSize),
    /// Zoom by a factor, holding a point.
    ZoomAt(f64, PagePoint),
    /// Zoom by a factor, holding the middle.
    Zoom(f64),
    /// A drag begins.
    DragStart,
    /// The pointer is this far from where the drag began.
    DragTo(f32, f32),
    /// Pan by pixels.
    Pan(f32, f32),
    /// Show all of the layer.
    Fit,
    /// Show the selection, or all if there is none.
    FitSelection,
    /// The pointer is here, or has left the map.
    Point(Option<PagePoint>),
}

/// Choosing areas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SelectAction {
    /// This area and no other.
    Only(usize),
    /// This area too, or no more.
    Toggle(usize),
    /// This area, and show it.
    GoTo(usize),
    /// A body, in the edition that has an area for it, and show it.
    Body(BodyId),
    /// Light up an area of the layer, as the pointer over it does.
    Hover(Option<usize>),
    /// Light up a body on the map, wherever its area is.
    Light(Option<BodyId>),
    /// Nothing.
    Clear,
    /// The nearest area in a direction, or the middle one if there is no selection.
    Step(Compass),
    /// What was looked at before.
    Back,
    /// What was looked at before going back.
    Forward,
}

/// A direction on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compass {
    /// Up.
    North,
    /// Right.
    East,
    /// Down.
    South,
    /// Left.
    West,
}

/// Going through the dated states of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeAction {
    /// To a state.
    Go(Edition),
    /// To a state that the slider is dragged over: all of a drag is one step to go back from.
    DragTo(Edition),
    /// The slider is let go.
    DragEnd,
    /// One state earlier.
    Earlier,
    /// One state later.
    Later,
    /// Play from here to the last state, or stop.
    TogglePlay,
    /// While playing: the next state, or the end.
    Tick,
}

/// Comparing two layers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CompareAction {
    /// Compare what is on show with what was before, or end the comparison.
    Toggle,
    /// Compare these: the earlier and the later one.
    Choose(LayerId, LayerId),
    /// Show both maps side by side, or the changes on one.
    ToggleSwipe,
    /// Move the line between the two maps to a share of the map's width.
    SwipeTo(f32),
    /// Show a piece of land that moved, by its number in the list.
    ShowMoved(usize),
    /// Ask where to save the changes as a table.
    SaveTable,
}

/// Layers.
#[derive(Debug, Clone, PartialEq)]
pub enum LayerAction {
    /// Show a layer.
    Choose(LayerId),
    /// Ask for a file with a dialog.
    AskForFile,
    /// The dialog was answered.
    Picked(Option<PathBuf>),
    /// Read a file and show it.
    Open(PathBuf),
    /// Read several files and show the last one: those that were dropped together.
    OpenAll(Vec<PathBuf>),
    /// Read the opened file on show and the table of figures again.
    Reload,
    /// Read an opened file again with other choices.
    Rechoose(LayerId, Choices),
    /// Read this part of the file that waits for a choice.
    ChoosePart(String),
    /// Show the part of a layer, or of the map as it is, that a message is about.
    ShowPart(Option<LayerId>, GridRect),
    /// Close an opened file.
    Close(LayerId),
    /// Forget the files that were opened before.
    ForgetRecent,
    /// Stop reading.
    CancelReading,
}

/// Pictures.
#[derive(Debug, Clone, PartialEq)]
pub enum PictureAction {
    /// Choose otherwise.
    Edit(Box<Recipe>),
    /// Take back what was chosen last.
    Undo,
    /// Show something else of the map.
    Show(Shown),
    /// Save as another kind of file.
    Format(Format),
    /// Put the middle of the name of an area, by its code, at an easting and northing.
    MoveLabel(String, [f64; 2]),
    /// Put all names back that were moved.
    PutLabelsBack,
    /// The next drag over the preview draws an inset, or no more.
    FrameInset,
    /// Show a part of the map larger: west, south, east and north edge in grid metres.
    AddInset([f64; 4]),
    /// The preview has so many pixels of the screen.
    Room(u16, u16),
    /// Ask where to save the picture.
    AskWhere,
    /// Ask where to save what was chosen for it.
    AskWhereRecipe,
    /// Ask for a recipe.
    AskForRecipe,
    /// A recipe was read; an error without words: none was picked.
    PickedRecipe(Result<Box<Recipe>, Option<String>>),
    /// Ask for a logo.
    AskForLogo,
    /// A logo was picked, or none.
    PickedLogo(Option<PathBuf>),
    /// The dialog for where to save was answered.
    Picked(Option<PathBuf>),
    /// Save the same picture again, of what is on show now.
    Repeat,
    /// Copy the map as shown.
    Copy(CopyAs),
}

/// What a picture is on the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyAs {
    /// Pixels, for slides and documents.
    Pixels,
    /// The text of an SVG file, which drawing programs take as a drawing.
    Svg,
}

/// A picture for the clipboard.
#[derive(Debug, Clone)]
pub enum Copied {
    /// Pixels.
    Pixels(Arc<Picture>),
    /// The text of an SVG file.
    Svg(String),
}

/// Figures on the map.
#[derive(Debug, Clone, PartialEq)]
pub enum FigureAction {
    /// Show others, or in another way.
    Choose(Box<FigureChoice>),
    /// Sort the list of areas by the figure, or no more.
    ToggleSort,
    /// Change the breaks between classes.
    Break(BreakAction),
    /// Take them off the map.
    Close,
}

/// Own breaks between classes. A break is named by its number in the list of all breaks, from
/// zero.
#[derive(Debug, Clone, PartialEq)]
pub enum BreakAction {
    /// A drag of a break begins.
    Grab(usize),
    /// The dragged break is held at a value.
    DragTo(f64),
    /// The dragged break is held outside of the histogram.
    DragOut,
    /// It is let go: all of a drag is one step to take back.
    DragEnd,
    /// Move a break by so many of the smallest steps.
    Step(usize, i32),
    /// Put one more at a value.
    Add(f64),
    /// Take a break away.
    Remove(usize),
    /// The text in the field for own breaks.
    Type(String),
    /// What is typed is meant: read it.
    TakeTyped,
}

/// Views to come back to. Numbers are those of the list, from zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookmarkAction {
    /// Keep the view on show.
    Add,
    /// Show a kept one.
    Go(usize),
    /// Show the one that is so many further on, of those that can be shown.
    Step(isize),
    /// Call one otherwise.
    Rename(usize, String),
    /// Move one so many down the list.
    Move(usize, isize),
    /// Take one off the list.
    Delete(usize),
    /// Put the one that was deleted last back into the list.
    Undelete,
}

/// Panels.
#[derive(Debug, Clone, PartialEq)]
pub enum PanelAction {
    /// The text in the find box.
    Find(String),
    /// Move the mark in what the find box has found.
    FindMove(i32),
    /// Go to what is marked in what the find box has found.
    FindGo,
    /// Put the keyboard into the find box.
    FocusFind,
    /// Light or dark panels.
    ToggleDark,
    /// Show the map alone on the screen, or the panels again.
    TogglePresenting,
    /// Open or close what lies over the map.
    Toggle(Overlay),
    /// Open an explanation.
    Explain(&'static str),
    /// Show or hide the lines of other areas.
    ToggleLines(Lines),
    /// Lines of other areas everywhere, or in the selection only.
    ToggleLinesEverywhere,
    /// Forget a notice.
    Dismiss(usize),
    /// Forget all notices.
    DismissAll,
    /// Copy text.
    CopyText(String),
    /// Open a web page.
    OpenUrl(String),
}

/// A file that has been read.
#[derive(Debug, Clone)]
pub struct ReadFile {
    /// Its areas.
    pub layer: Arc<JoinedLayer>,
    /// What reading found out besides.
    pub findings: Findings,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// The state of the file just before it was read.
    pub stamp: Stamp,
}

/// What a job does, to be told when it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Decoding bundled areas.
    Decode,
    /// Making a level of detail.
    Refine,
    /// Reading a file; which reading it was.
    Read(u64),
    /// Comparing two layers; which comparison it was.
    Compare(u64),
    /// Asking for a file.
    Ask,
    /// Making a picture.
    Draw,
    /// Making a preview.
    Preview,
    /// Reading figures; which reading it was.
    Figures(u64),
}

/// What jobs report.
#[derive(Debug, Clone)]
pub enum JobAction {
    /// Bundled areas are decoded.
    Decoded(BodyKind, Edition),
    /// A level of detail is made.
    Refined,
    /// A file has been read.
    Read {
        /// Which reading it was; a stale one is thrown away.
        generation: u64,
        /// The layer and what was noticed, or why there is none.
        result: Result<Box<ReadFile>, ReadError>,
    },
    /// Two layers have been compared.
    Compared {
        /// Which comparison it was.
        generation: u64,
        /// What was found; `None`: cancelled, or one of them is gone.
        found: Option<Arc<Compared>>,
    },
    /// Opened files have changed on disk.
    Changed(Vec<LayerId>),
    /// The table of figures has changed on disk.
    FiguresChanged,
    /// A picture has been saved.
    Saved(Result<PathBuf, String>),
    /// A picture is ready for the clipboard.
    Drawn(Result<Copied, String>),
    /// A preview is drawn, or cannot be.
    Previewed {
        /// Which one it was.
        generation: u64,
        /// The preview.
        preview: Result<Arc<Preview>, String>,
    },
    /// A table of figures has been read for a layer.
    FiguresRead {
        /// Which reading it was.
        generation: u64,
        /// The state of the table just before it was read.
        stamp: Stamp,
        /// The figures and what was noticed, or why there are none.
        result: Result<(Arc<Figures>, Vec<Diagnostic>), String>,
    },
    /// A job ended by a fault of the program.
    Failed(Work),
    /// Something else that a person should know.
    Told(Notice),
}

macro_rules! into_action {
    ($($variant:ident($inner:ty)),*) => {$(
        impl From<$inner> for Action {
            fn from(action: $inner) -> Self {
                Self::$variant(action)
            }
        }
    )*};
}
into_action!(
    Map(MapAction),
    Select(SelectAction),
    Layer(LayerAction),
    Picture(PictureAction),
    Figure(FigureAction),
    Time(TimeAction),
    Compare(CompareAction),
    Bookmark(BookmarkAction),
    Panel(PanelAction),
    Job(JobAction)
);
