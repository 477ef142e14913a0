//! What is kept from one start to the next.

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::app_strategy::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use serde::{Deserialize, Serialize};

use super::bookmarks::{self, Bookmark};
use super::picture::Shown;
use crate::model::Edition;
use crate::read::Choices;
use crate::recipe::Recipe;
use crate::render::Format;
use crate::render::save;
use crate::scene::lines::Lines;

/// The settings, apart from the live state, with a version so that they can be migrated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each can be true or not by itself")]
pub struct Settings {
    /// Version of this form.
    pub version: u32,
    /// The bundled edition shown last, by its identifier.
    pub edition: String,
    /// Whether the panels are dark.
    pub dark: bool,
    /// The folder in which a file was last opened.
    pub open_folder: Option<PathBuf>,
    /// The files opened last, the newest first, with what was chosen for them.
    pub recent: Vec<RecentFile>,
    /// The folder in which a picture was last saved.
    pub save_folder: Option<PathBuf>,
    /// What was chosen for pictures.
    pub recipe: Recipe,
    /// What of the map pictures show.
    pub shown: Shown,
    /// The kind of file that pictures are saved as.
    pub format: Format,
    /// Whether a picture has been saved: it can be repeated.
    pub has_saved: bool,
    /// Lines of other areas over the map.
    pub lines: Vec<Lines>,
    /// Whether they are shown everywhere, or in the selection only.
    pub lines_everywhere: bool,
    /// Whether somebody has selected a system before: the hint can go.
    pub has_selected: bool,
    /// Views to come back to.
    #[serde(deserialize_with = "bookmarks::tolerant")]
    pub bookmarks: Vec<Bookmark>,
}

/// A file that was opened before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecentFile {
    /// The file.
    pub path: PathBuf,
    /// What was chosen for it.
    #[serde(default)]
    pub choices: Choices,
}

/// Files that are remembered.
const MOST_RECENT: usize = 12;

impl Settings {
    /// What was chosen for a file when it was opened before.
    #[must_use]
    pub fn choices_for(&self, path: &Path) -> Choices {
        let before = self.recent.iter().find(|recent| recent.path == path);
        before.map(|recent| recent.choices.clone()).unwrap_or_default()
    }

    /// Remembers a file as the newest one.
    pub fn remember_file(&mut self, path: &Path, choices: Choices) {
        if path.to_str().is_none() {
            return; // JSON has no form for such a name
        }
        self.recent.retain(|recent| recent.path != path);
        self.recent.insert(0, RecentFile { path: path.to_owned(), choices });
        self.recent.truncate(MOST_RECENT);
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: 1,
            edition: Edition::July2022.id().to_owned(),
            dark: false,
            open_folder: None,
            recent: Vec::new(),
            save_folder: None,
            recipe: Recipe::default(),
            shown: Shown::default(),
            format: Format::Png,
            has_saved: false,
            lines: vec![Lines::Regions],
            lines_everywhere: false,
            has_selected: false,
            bookmarks: Vec::new(),
        }
    }
}

impl Settings {
    /// The edition to start with; that of July 2022 if the kept one is not known any more.
    #[must_use]
    pub fn start_edition(&self) -> Edition {
        let kept = self.edition.parse().ok().filter(|edition| Edition::MAPS.contains(edition));
        kept.unwrap_or(Edition::July2022)
    }

    fn parse(text: &str) -> Option<Self> {
        match serde_json::from_str::<Self>(text) {
            Ok(settings) if settings.version == 1 => Some(settings),
            Ok(settings) => {
                log::warn!(
                    "settings of version {} are not known; using the usual ones",
                    settings.version
                );
                None
            }
            Err(error) => {
                log::warn!("the settings cannot be read: {error}; using the usual ones");
                None
            }
        }
    }
}

/// Where settings are kept.
#[derive(Debug, Clone, Default)]
pub struct Store {
    path: Option<PathBuf>,
}

impl Store {
    /// The folder that the desktop has for it, if there is one.
    #[must_use]
    pub fn of_desktop() -> Self {
        let name =
            AppStrategyArgs { app_name: "ics-atlas".to_owned(), ..AppStrategyArgs::default() };
        let folders = choose_app_strategy(name).ok();
        Self { path: folders.map(|folders| folders.in_config_dir("settings.json")) }
    }

    /// A file; for tests.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        Self { path: Some(path) }
    }

    /// The kept settings, or the usual ones if there are none or they cannot be read.
    #[must_use]
    pub fn load(&self) -> Settings {
        let text = self.path.as_ref().and_then(|path| fs::read_to_string(path).ok());
        text.and_then(|text| Settings::parse(&text)).unwrap_or_default()
    }

    /// Keeps the settings.
    ///
    /// # Errors
    /// If they cannot be written: the reason in words. Earlier ones stay as they were.
    pub fn save(&self, settings: &Settings) -> Result<(), String> {
        let Some(path) = &self.path else { return Ok(()) };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
        }
        let text = serde_json::to_string_pretty(settings).map_err(|error| error.to_string())?;
        save::whole(path, text.as_bytes()).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_cannot_be_kept_are_told_and_the_earlier_ones_stay() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().join("a/settings.json"));
        store.save(&Settings::default()).unwrap();
        assert_eq!(store.load(), Settings::default());
        // A file where the folder should be.
        let blocked = Store::at(folder.path().join("a/settings.json/b/settings.json"));
        assert!(blocked.save(&Settings::default()).unwrap_err().contains("cannot be made"));
        assert_eq!(store.load(), Settings::default());
    }

    #[test]
    fn settings_survive_and_odd_ones_give_the_usual() {
        let settings =
            Settings { dark: true, edition: "2026-04".to_owned(), ..Settings::default() };
        let text = serde_json::to_string(&settings).unwrap();
        assert_eq!(Settings::parse(&text), Some(settings));
        assert_eq!(Settings::parse("{\"version\": 99}"), None);
        assert_eq!(Settings::parse("not json"), None);
        let odd = Settings { edition: "1066-10".to_owned(), ..Settings::default() };
        assert_eq!(odd.start_edition(), Edition::July2022);
    }
}
