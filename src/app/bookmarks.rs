//! Views that a person keeps to come back to: place, map, selection and lines.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize};

use super::files::name_of;
use super::state::State;
use crate::geo::space::{Grid, GridRect};
use crate::model::{BodyId, BodyKind, Edition, LayerId, OnsCode, Register};
use crate::read::Choices;
use crate::scene::lines::Lines;

/// A part of the map, whatever the size of the window.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// All of the map.
    #[default]
    All,
    /// West, south, east and north edge, in grid metres.
    Extent([f64; 4]),
}

impl Place {
    /// The same to the metre: such numbers are read as they were written.
    fn rounded(self) -> Self {
        match self {
            Self::All => Self::All,
            Self::Extent(edges) => Self::Extent(edges.map(f64::round)),
        }
    }
}

/// A view that was kept, as it stands in the settings. What it names may be gone since.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookmark {
    /// What it is called.
    pub name: String,
    /// The bundled edition by its identifier, unless it shows a file.
    pub edition: Option<String>,
    /// The file that it shows.
    pub file: Option<PathBuf>,
    /// What was chosen for the file.
    pub choices: Choices,
    /// The part of the map.
    pub place: Place,
    /// Codes of the selected areas, or names of those without a code.
    pub selection: Vec<String>,
    /// Kind and code of a body that the panel is about though it has no area on the map.
    pub focus: Option<(String, String)>,
    /// Lines of other areas, by their names in the settings.
    pub lines: Vec<String>,
    /// Whether they are shown everywhere, or in the selection only.
    pub lines_everywhere: bool,
}

impl Bookmark {
    /// The bundled edition that it shows, if this program has it.
    #[must_use]
    pub fn edition(&self) -> Option<Edition> {
        let edition = self.edition.as_deref()?.parse().ok()?;
        Edition::MAPS.contains(&edition).then_some(edition)
    }

    /// The lines that this program knows.
    #[must_use]
    pub fn lines(&self) -> Vec<Lines> {
        let is_kept = |lines: &Lines| self.lines.iter().any(|id| id == lines.id());
        Lines::ALL.into_iter().filter(is_kept).collect()
    }

    /// The body in focus, if the register has it.
    #[must_use]
    pub fn focus(&self, register: &Register) -> Option<BodyId> {
        let (kind, code) = self.focus.as_ref()?;
        let kind = BodyKind::ALL.into_iter().find(|other| other.id() == kind)?;
        let by_area = || register.by_area_in_any_edition(kind, &code.parse::<OnsCode>().ok()?);
        register.by_key(kind, code).or_else(by_area)
    }
}

/// Reads kept bookmarks one by one: one that cannot be read must not cost the others, nor the
/// rest of the settings.
pub(super) fn tolerant<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Bookmark>, D::Error> {
    let kept = Vec::<serde_json::Value>::deserialize(from)?;
    let read = |value| match serde_json::from_value(value) {
        Ok(bookmark) => Some(bookmark),
        Err(error) => {
            log::warn!("a bookmark cannot be read: {error}");
            None
        }
    };
    Ok(kept.into_iter().filter_map(read).collect())
}

/// The bookmarks of the window, besides those that the settings keep.
#[derive(Debug, Default)]
pub struct Bookmarks {
    /// The one that was gone to last.
    pub at: Option<usize>,
    /// The one that was deleted last, and where it stood.
    pub deleted: Option<(usize, Bookmark)>,
    /// One whose map is not there yet.
    pub awaited: Option<Bookmark>,
    /// Files of bookmarks that are not in their folders any more.
    pub gone: Vec<PathBuf>,
}

impl State {
    /// The part of the map that is seen.
    #[must_use]
    pub fn place(&self) -> Place {
        if !self.is_camera_moved {
            return Place::All;
        }
        let seen = self.camera.visible(self.size);
        Place::Extent([seen.min().x, seen.min().y, seen.max().x, seen.max().y])
    }

    /// The view on show as a bookmark; `None` where the file has a name that cannot be kept.
    #[must_use]
    pub fn bookmark_of_view(&self) -> Option<Bookmark> {
        let file = self.file();
        if file.is_some_and(|file| file.path.to_str().is_none()) {
            return None; // JSON has no form for such a name
        }
        let edition = match self.layer_id {
            LayerId::Bundled(edition) => Some(edition.id().to_owned()),
            LayerId::Opened(_) => None,
        };
        let areas = &self.layer.layer.areas;
        let key = |area: &usize| match areas[*area].code.as_str() {
            "" => areas[*area].name.clone(),
            code => code.to_owned(),
        };
        Some(Bookmark {
            name: self.name_apart(self.name_of_view()),
            edition,
            file: file.map(|file| file.path.clone()),
            choices: file.map(|file| file.choices.clone()).unwrap_or_default(),
            place: self.place().rounded(),
            selection: self.selection.iter().map(key).collect(),
            focus: self.focus.and_then(|body| self.key_of(body)),
            lines: self.settings.lines.iter().map(|lines| lines.id().to_owned()).collect(),
            lines_everywhere: self.settings.lines_everywhere,
        })
    }

    /// Kind and code of a body; `None` of one that has no code.
    fn key_of(&self, body: BodyId) -> Option<(String, String)> {
        let body = self.atlas.register.body(body);
        let ods = body.ods_code.as_ref().map(ToString::to_string);
        let ons = || body.ons_codes.last().map(|dated| dated.code.to_string());
        Some((body.kind.id().to_owned(), ods.or_else(ons)?))
    }

    /// What the view shows, in words: `South East London, July 2022`.
    fn name_of_view(&self) -> String {
        let about = &self.layer.layer.about;
        let map = match self.layer_id {
            LayerId::Bundled(edition) => edition.title(),
            LayerId::Opened(_) => about.title.as_str(),
        };
        let names = &self.layer.names;
        let body = |id: BodyId| self.atlas.register.body(id);
        let what = match (self.focus, self.selection.as_slice()) {
            (Some(focus), _) => body(focus).short_name.clone(),
            (None, [one]) => names[*one].clone(),
            (None, [one, other]) => format!("{} and {}", names[*one], names[*other]),
            (None, [.., last]) => format!("{} and {} more", names[*last], self.selection.len() - 1),
            (None, []) if !self.is_camera_moved => match self.layer_id {
                LayerId::Bundled(_) => "England".to_owned(),
                LayerId::Opened(_) => return map.to_owned(),
            },
            (None, []) => {
                let area = self.layer.layer.area_at(self.camera.centre);
                let region = area.and_then(|area| self.layer.regions[area]);
                region.map_or_else(|| "A part".to_owned(), |id| body(id).name.clone())
            }
        };
        format!("{what}, {map}")
    }

    /// The name, with a number if another bookmark is called so.
    fn name_apart(&self, name: String) -> String {
        let is_taken = |name: &str| self.settings.bookmarks.iter().any(|b| b.name == name);
        if !is_taken(&name) {
            return name;
        }
        let numbered = (2..).map(|number: u32| format!("{name} ({number})"));
        numbered.into_iter().find(|name| !is_taken(name)).unwrap_or(name)
    }

    /// The layer that a bookmark shows, if it is a bundled one or an open file.
    #[must_use]
    pub fn layer_of(&self, bookmark: &Bookmark) -> Option<LayerId> {
        match &bookmark.file {
            Some(path) => self.files.iter().find(|file| file.path == *path).map(|file| file.id),
            None => bookmark.edition().map(LayerId::Bundled),
        }
    }

    /// Why a bookmark cannot be gone to, in a sentence.
    #[must_use]
    pub fn bookmark_fault(&self, bookmark: &Bookmark) -> Option<String> {
        if self.layer_of(bookmark).is_some() {
            return None;
        }
        match (&bookmark.file, &bookmark.edition) {
            (Some(path), _) if self.bookmarks.gone.contains(path) => {
                Some(format!("{} is not in its folder any more.", name_of(path)))
            }
            (Some(_), _) => None,
            (None, Some(edition)) => Some(format!("There is no map of {edition} here.")),
            (None, None) => Some("It does not say which map it shows.".to_owned()),
        }
    }

    /// The bookmarks that can be gone to, by their numbers in the list.
    #[must_use]
    pub fn usable_bookmarks(&self) -> Vec<usize> {
        let all = self.settings.bookmarks.iter().enumerate();
        all.filter(|(_, b)| self.bookmark_fault(b).is_none()).map(|(index, _)| index).collect()
    }

    /// Whether the map and the selection on show are those of a bookmark.
    #[must_use]
    pub fn is_at(&self, bookmark: &Bookmark) -> bool {
        self.layer_of(bookmark) == Some(self.layer_id)
            && self.selection == self.areas_of_keys(&bookmark.selection)
    }

    /// The areas of the layer with these codes, or names where there is no such code.
    pub(super) fn areas_of_keys(&self, keys: &[String]) -> Vec<usize> {
        let areas = &self.layer.layer.areas;
        let area = |key: &String| {
            let by_code = areas.iter().position(|area| area.code == *key);
            by_code.or_else(|| areas.iter().position(|area| area.name == *key))
        };
        keys.iter().filter_map(area).collect()
    }
}

/// The box of an extent; `None` if it holds nothing.
pub(super) fn box_of([west, south, east, north]: [f64; 4]) -> Option<GridRect> {
    let is_box = east > west && north > south;
    is_box.then(|| GridRect::new(Grid { x: west, y: south }, Grid { x: east, y: north }))
}

/// The files of some bookmarks that are not in their folders.
pub(super) fn missing(bookmarks: &[Bookmark]) -> Vec<PathBuf> {
    let files = bookmarks.iter().filter_map(|bookmark| bookmark.file.as_deref());
    files.filter(|path| !path.exists()).map(Path::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Kept {
        #[serde(deserialize_with = "tolerant")]
        bookmarks: Vec<Bookmark>,
    }

    #[test]
    fn a_bookmark_that_cannot_be_read_does_not_cost_the_others() {
        let text = r#"{"bookmarks": [
            {"name": "One", "edition": "2022-07", "place": "all"},
            {"name": "Two", "place": {"moon": 3}},
            {"name": "Three", "edition": "1066-10", "lines": ["councils", "canals"], "new": 1}
        ]}"#;
        let kept: Kept = serde_json::from_str(text).unwrap();
        let names: Vec<&str> = kept.bookmarks.iter().map(|b| b.name.as_str()).collect();
        assert_eq!(names, ["One", "Three"]);
        assert_eq!(kept.bookmarks[0].edition(), Some(Edition::July2022));
        assert_eq!(kept.bookmarks[1].edition(), None);
        assert_eq!(kept.bookmarks[1].lines(), [Lines::Councils], "lines of the future are left");
    }

    #[test]
    fn an_extent_that_holds_nothing_is_no_box() {
        assert!(box_of([0.0, 0.0, 1.0, 1.0]).is_some());
        assert!(box_of([0.0, 0.0, 0.0, 1.0]).is_none());
        assert!(box_of([1.0, 0.0, 0.0, 1.0]).is_none());
    }
}
