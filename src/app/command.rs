//! The acts that have a name and a key: menus, keys and help all use this one table.

use super::action::{
    Action, BookmarkAction, CompareAction, CopyAs, FigureAction, LayerAction, MapAction,
    PanelAction, PictureAction, SelectAction, TimeAction,
};
use super::state::{Overlay, State};
use crate::model::profile::Profile;
use crate::scene::lines::Lines;

/// A key, named as egui names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    /// Whether Ctrl (on a Mac: Command) is held.
    pub ctrl: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// The key.
    pub key: &'static str,
}

/// An act with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Open a boundary file.
    Open,
    /// What is known of the opened file on show.
    AboutFile,
    /// Read the opened file on show and the table of figures again.
    Reload,
    /// Close the opened file on show, or else the figures.
    CloseFile,
    /// Take the figures off the map.
    CloseFigures,
    /// All notices.
    Notices,
    /// Save the map as a picture.
    SavePicture,
    /// Save the same picture again.
    RepeatPicture,
    /// Take back the last choice for a picture or the figures.
    UndoPicture,
    /// Put the names back that were moved.
    PutNamesBack,
    /// Copy the map as a picture.
    CopyPicture,
    /// Copy the map as a drawing.
    CopySvg,
    /// Put the keyboard into the find box.
    Find,
    /// Show all.
    Fit,
    /// Show the selection.
    FitSelection,
    /// Clear the selection, or close what is open.
    Clear,
    /// Zoom in.
    ZoomIn,
    /// Zoom out.
    ZoomOut,
    /// Light or dark panels.
    ToggleDark,
    /// What was looked at before.
    Back,
    /// What was looked at before going back.
    Forward,
    /// The state of time before.
    Earlier,
    /// The state of time after.
    Later,
    /// Play through time, or stop.
    Play,
    /// What changed since the map before.
    Changes,
    /// Who merged into whom.
    Lineage,
    /// Borders of NHS regions.
    RegionLines,
    /// Lines of councils.
    CouncilLines,
    /// Lines of sub-ICB locations.
    LocationLines,
    /// Lines of the groups of 2021.
    GroupLines,
    /// Lines everywhere or in the selection.
    LinesEverywhere,
    /// What is known of the subject, as text.
    CopyText,
    /// What is known of the subject, as Markdown.
    CopyMarkdown,
    /// What the terms mean.
    Explain,
    /// The map alone on the screen.
    Present,
    /// Keep the view.
    Bookmark,
    /// The kept views.
    Bookmarks,
    /// All actions by name.
    Palette,
    /// The list of keys.
    Help,
}

impl Command {
    /// All commands, in the order of the help.
    pub const ALL: [Self; 39] = [
        Self::Open,
        Self::AboutFile,
        Self::Reload,
        Self::CloseFile,
        Self::CloseFigures,
        Self::Notices,
        Self::SavePicture,
        Self::RepeatPicture,
        Self::UndoPicture,
        Self::PutNamesBack,
        Self::CopyPicture,
        Self::CopySvg,
        Self::Find,
        Self::Fit,
        Self::FitSelection,
        Self::Clear,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::Back,
        Self::Forward,
        Self::Earlier,
        Self::Later,
        Self::Play,
        Self::Changes,
        Self::Lineage,
        Self::RegionLines,
        Self::CouncilLines,
        Self::LocationLines,
        Self::GroupLines,
        Self::LinesEverywhere,
        Self::Present,
        Self::Bookmark,
        Self::Bookmarks,
        Self::CopyText,
        Self::CopyMarkdown,
        Self::Explain,
        Self::Palette,
        Self::ToggleDark,
        Self::Help,
    ];

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open file…",
            Self::AboutFile => "About this file",
            Self::Reload => "Read file and figures again",
            Self::CloseFile => "Close the file or the figures",
            Self::CloseFigures => "Close the figures",
            Self::Notices => "Notices",
            Self::SavePicture => "Save picture…",
            Self::RepeatPicture => "Save the same picture again",
            Self::UndoPicture => "Take back the last choice",
            Self::PutNamesBack => "Put all names back",
            Self::CopyPicture => "Copy picture",
            Self::CopySvg => "Copy picture as SVG",
            Self::Find => "Find anything",
            Self::Fit => "Show all of England",
            Self::FitSelection => "Zoom to the selection",
            Self::Clear => "Clear the selection",
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ToggleDark => "Dark panels",
            Self::Back => "Back to what was looked at",
            Self::Forward => "Forward again",
            Self::Earlier => "Earlier map",
            Self::Later => "Later map",
            Self::Play => "Play through time",
            Self::Changes => "What changed",
            Self::Lineage => "Lineage",
            Self::RegionLines => "Lines of NHS regions",
            Self::CouncilLines => "Lines of councils",
            Self::LocationLines => "Lines of sub-ICB locations",
            Self::GroupLines => "Lines of CCGs of 2021",
            Self::LinesEverywhere => "Lines everywhere",
            Self::CopyText => "Copy as text",
            Self::CopyMarkdown => "Copy as Markdown",
            Self::Explain => "What the terms mean",
            Self::Present => "Present",
            Self::Bookmark => "Bookmark this view",
            Self::Bookmarks => "Bookmarks",
            Self::Palette => "All actions",
            Self::Help => "Keys and mouse",
        }
    }

    /// What it does, in a sentence.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Open => {
                "Open boundaries (GeoJSON, shapefile, GeoPackage …) or a table of figures (CSV, XLSX)"
            }
            Self::AboutFile => "Show how the opened file was read, and choose its columns",
            Self::Reload => "Read the opened file and the table of figures from disk again",
            Self::CloseFile => "Take the opened file off the map; where none is, the figures",
            Self::CloseFigures => "Take the figures off the map",
            Self::Notices => "Show what was noticed about files, with places and remedies",
            Self::SavePicture => "Make a picture for a slide or a report, and save it",
            Self::RepeatPicture => {
                "Save what is on show now with the same size and furniture, in the same folder"
            }
            Self::UndoPicture => {
                "Undo the last choice for a picture or the figures, or the last move of a name"
            }
            Self::PutNamesBack => "Put the names that were moved back where they were",
            Self::CopyPicture => "Copy the map as shown, to paste it into a slide",
            Self::CopySvg => "Copy the map as the text of a drawing, for drawing programs",
            Self::Find => {
                "Find a system, board, council, CCG, place, code or grid reference, old or new"
            }
            Self::Fit => "Show the whole map",
            Self::FitSelection => "Show the selected systems as large as possible",
            Self::Clear => "Select nothing",
            Self::ZoomIn => "Closer",
            Self::ZoomOut => "Farther away",
            Self::ToggleDark => "Dark or light panels; the map stays light",
            Self::Back => "What was looked at before",
            Self::Forward => "What was looked at before going back",
            Self::Earlier => "The state of time before",
            Self::Later => "The state of time after",
            Self::Play => "Play from this state of time to the last one, or stop",
            Self::Changes => "Compare two maps or files by the shapes of their areas",
            Self::Lineage => "Draw who merged into whom around the selected body",
            Self::RegionLines => "Show or hide the borders of NHS regions",
            Self::CouncilLines => "Show or hide the lines of upper-tier councils",
            Self::LocationLines => "Show or hide the lines of sub-ICB locations",
            Self::GroupLines => "Show or hide the lines of the clinical commissioning groups",
            Self::LinesEverywhere => "Show these lines everywhere, or in the selection only",
            Self::CopyText => "Copy what is known of the selected body as text",
            Self::CopyMarkdown => "Copy what is known of the selected body with its sources",
            Self::Explain => "Short explanations of ICS, ICB, ICP, CCG and the other terms",
            Self::Present => "Show the map alone on the whole screen; Esc ends it",
            Self::Bookmark => "Keep map, place, selection and lines to come back to",
            Self::Bookmarks => "Go to views that were kept, and put them in order",
            Self::Palette => "Find an action by its name",
            Self::Help => "List what keys and mouse do",
        }
    }

    /// Its key.
    #[must_use]
    pub fn shortcut(self) -> Option<Shortcut> {
        let plain = |key| Some(Shortcut { ctrl: false, alt: false, key });
        let ctrl = |key| Some(Shortcut { ctrl: true, alt: false, key });
        let alt = |key| Some(Shortcut { ctrl: false, alt: true, key });
        match self {
            Self::Open => ctrl("O"),
            Self::AboutFile => ctrl("I"),
            Self::Reload => plain("F5"),
            Self::CloseFile => ctrl("W"),
            Self::SavePicture => ctrl("S"),
            Self::RepeatPicture => ctrl("R"),
            Self::UndoPicture => ctrl("Z"),
            Self::CopyPicture => ctrl("C"),
            Self::Find => ctrl("F"),
            Self::Fit => plain("Home"),
            Self::FitSelection => plain("Enter"),
            Self::Clear => plain("Escape"),
            Self::ZoomIn => plain("Plus"),
            Self::ZoomOut => plain("Minus"),
            Self::Back => alt("Left"),
            Self::Forward => alt("Right"),
            Self::Earlier => plain("PageUp"),
            Self::Later => plain("PageDown"),
            Self::Play => ctrl("P"),
            Self::Changes => ctrl("D"),
            Self::Lineage => ctrl("L"),
            Self::Present => plain("F11"),
            Self::Bookmark => ctrl("B"),
            Self::Bookmarks => ctrl("G"),
            Self::Palette => ctrl("K"),
            Self::Help => plain("F1"),
            _ => None,
        }
    }

    /// Whether it can be used now.
    #[must_use]
    pub fn is_enabled(self, state: &State) -> bool {
        match self {
            Self::Open | Self::SavePicture => state.asking.is_none(),
            Self::AboutFile => state.file().is_some(),
            Self::Reload | Self::CloseFile => {
                state.file().is_some() || state.figures.choice.is_some()
            }
            Self::PutNamesBack => !state.settings.recipe.labels.moved.is_empty(),
            Self::CloseFigures => state.figures.choice.is_some(),
            Self::UndoPicture if state.overlay == Some(Overlay::Picture) => state.making.can_undo(),
            Self::UndoPicture => state.making.can_undo_on_map(&state.settings.recipe),
            Self::Notices => !state.notices.is_empty(),
            Self::Find => !state.is_presenting(),
            Self::FitSelection => !state.selection.is_empty() || state.focus.is_some(),
            Self::Back => state.history.can_go_back(),
            Self::Forward => state.history.can_go_forward(),
            Self::Lineage => {
                state.subject.as_ref().is_some_and(|subject| !subject.profile.lineage.is_empty())
            }
            Self::CopyText | Self::CopyMarkdown => state.subject.is_some(),
            _ => true,
        }
    }

    /// The action that carries it out.
    #[must_use]
    pub fn action(self, state: &State) -> Action {
        let text = |words: &dyn Fn(&Profile) -> String| {
            state.subject.as_ref().map(|subject| words(&subject.profile)).unwrap_or_default()
        };
        match self {
            Self::Open => LayerAction::AskForFile.into(),
            Self::AboutFile => PanelAction::Toggle(Overlay::File).into(),
            Self::Reload => LayerAction::Reload.into(),
            Self::CloseFile if state.file().is_some() => LayerAction::Close(state.layer_id).into(),
            Self::CloseFile | Self::CloseFigures => FigureAction::Close.into(),
            Self::Notices => PanelAction::Toggle(Overlay::Notices).into(),
            Self::SavePicture if state.overlay == Some(Overlay::Lineage) => {
                PictureAction::AskWhere.into()
            }
            Self::SavePicture => PanelAction::Toggle(Overlay::Picture).into(),
            Self::RepeatPicture => PictureAction::Repeat.into(),
            Self::UndoPicture => PictureAction::Undo.into(),
            Self::PutNamesBack => PictureAction::PutLabelsBack.into(),
            Self::CopyPicture => PictureAction::Copy(CopyAs::Pixels).into(),
            Self::CopySvg => PictureAction::Copy(CopyAs::Svg).into(),
            Self::Find => PanelAction::FocusFind.into(),
            Self::Fit => MapAction::Fit.into(),
            Self::FitSelection => MapAction::FitSelection.into(),
            // On the map a click into the sea clears; Esc ends the presenting.
            Self::Clear if state.is_presenting() && state.overlay.is_none() => {
                PanelAction::TogglePresenting.into()
            }
            Self::Clear => SelectAction::Clear.into(),
            Self::ZoomIn => MapAction::Zoom(1.5).into(),
            Self::ZoomOut => MapAction::Zoom(1.0 / 1.5).into(),
            Self::ToggleDark => PanelAction::ToggleDark.into(),
            Self::Back => SelectAction::Back.into(),
            Self::Forward => SelectAction::Forward.into(),
            Self::Earlier => TimeAction::Earlier.into(),
            Self::Later => TimeAction::Later.into(),
            Self::Play => TimeAction::TogglePlay.into(),
            Self::Changes => CompareAction::Toggle.into(),
            Self::Lineage => PanelAction::Toggle(Overlay::Lineage).into(),
            Self::RegionLines => PanelAction::ToggleLines(Lines::Regions).into(),
            Self::CouncilLines => PanelAction::ToggleLines(Lines::Councils).into(),
            Self::LocationLines => PanelAction::ToggleLines(Lines::Locations).into(),
            Self::GroupLines => PanelAction::ToggleLines(Lines::Groups).into(),
            Self::LinesEverywhere => PanelAction::ToggleLinesEverywhere.into(),
            Self::CopyText => PanelAction::CopyText(text(&Profile::in_words)).into(),
            Self::CopyMarkdown => PanelAction::CopyText(text(&Profile::in_markdown)).into(),
            Self::Explain => PanelAction::Explain("ics").into(),
            Self::Present => PanelAction::TogglePresenting.into(),
            Self::Bookmark => BookmarkAction::Add.into(),
            Self::Bookmarks => PanelAction::Toggle(Overlay::Bookmarks).into(),
            Self::Palette => PanelAction::Toggle(Overlay::Palette).into(),
            Self::Help => PanelAction::Toggle(Overlay::Help).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things() {
        let keys: Vec<_> = Command::ALL.iter().filter_map(|c| c.shortcut()).collect();
        for (i, key) in keys.iter().enumerate() {
            assert!(!keys[i + 1..].contains(key), "{key:?}");
        }
    }
}
