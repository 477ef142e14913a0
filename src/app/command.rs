//! The acts that have a name and a key: menus, keys and help all use this one table.

use super::action::{Action, LayerAction, MapAction, PanelAction, PictureAction, SelectAction};
use super::state::{Overlay, State};

/// A key, named as egui names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    /// Whether Ctrl (on a Mac: Command) is held.
    pub ctrl: bool,
    /// The key.
    pub key: &'static str,
}

/// An act with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Open a boundary file.
    Open,
    /// Save the map as a picture.
    SavePicture,
    /// Copy the map as a picture.
    CopyPicture,
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
    /// The list of keys.
    Help,
}

impl Command {
    /// All commands, in the order of the help.
    pub const ALL: [Self; 11] = [
        Self::Open,
        Self::SavePicture,
        Self::CopyPicture,
        Self::Find,
        Self::Fit,
        Self::FitSelection,
        Self::Clear,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ToggleDark,
        Self::Help,
    ];

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Open file…",
            Self::SavePicture => "Save picture…",
            Self::CopyPicture => "Copy picture",
            Self::Find => "Find a system",
            Self::Fit => "Show all of England",
            Self::FitSelection => "Zoom to the selection",
            Self::Clear => "Clear the selection",
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ToggleDark => "Dark panels",
            Self::Help => "Keys and mouse",
        }
    }

    /// What it does, in a sentence.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Open => {
                "Open a boundary file (GeoJSON or TopoJSON); dropping it on the map does the same"
            }
            Self::SavePicture => "Save the map as shown, with legend and source line",
            Self::CopyPicture => "Copy the map as shown, to paste it into a slide",
            Self::Find => "Type a name or code",
            Self::Fit => "Show the whole map",
            Self::FitSelection => "Show the selected systems as large as possible",
            Self::Clear => "Select nothing",
            Self::ZoomIn => "Closer",
            Self::ZoomOut => "Farther away",
            Self::ToggleDark => "Dark or light panels; the map stays light",
            Self::Help => "List what keys and mouse do",
        }
    }

    /// Its key.
    #[must_use]
    pub const fn shortcut(self) -> Option<Shortcut> {
        let (ctrl, key) = match self {
            Self::Open => (true, "O"),
            Self::SavePicture => (true, "S"),
            Self::CopyPicture => (true, "C"),
            Self::Find => (true, "F"),
            Self::Fit => (false, "Home"),
            Self::FitSelection => (false, "Enter"),
            Self::Clear => (false, "Escape"),
            Self::ZoomIn => (false, "Plus"),
            Self::ZoomOut => (false, "Minus"),
            Self::ToggleDark => return None,
            Self::Help => (false, "F1"),
        };
        Some(Shortcut { ctrl, key })
    }

    /// Whether it can be used now.
    #[must_use]
    pub fn is_enabled(self, state: &State) -> bool {
        match self {
            Self::Open | Self::SavePicture => state.asking.is_none(),
            Self::FitSelection => !state.selection.is_empty(),
            _ => true,
        }
    }

    /// The action that carries it out.
    #[must_use]
    pub fn action(self) -> Action {
        match self {
            Self::Open => LayerAction::AskForFile.into(),
            Self::SavePicture => PictureAction::AskWhere.into(),
            Self::CopyPicture => PictureAction::Copy.into(),
            Self::Find => PanelAction::FocusFind.into(),
            Self::Fit => MapAction::Fit.into(),
            Self::FitSelection => MapAction::FitSelection.into(),
            Self::Clear => SelectAction::Clear.into(),
            Self::ZoomIn => MapAction::Zoom(1.5).into(),
            Self::ZoomOut => MapAction::Zoom(1.0 / 1.5).into(),
            Self::ToggleDark => PanelAction::ToggleDark.into(),
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
