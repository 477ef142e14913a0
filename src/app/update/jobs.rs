//! Pictures, and what jobs report.

use std::path::Path;

use crate::app::action::{JobAction, PictureAction, Work};
use crate::app::drawing::{Drawing, Output};
use crate::app::effect::Effect;
use crate::app::notice::Notice;
use crate::app::state::{Asking, State};
use crate::diag::{Severity, refuse};
use crate::model::LayerId;
use crate::read::ReadError;

impl State {
    pub(super) fn update_pictures(&mut self, action: PictureAction, effects: &mut Vec<Effect>) {
        match action {
            PictureAction::AskWhere => {
                // The picture is of what is on show now, not as it is when the dialog closes.
                self.asking = Some(Asking::Target(Output::Picture(self.drawing())));
                effects.push(Effect::PickTarget(self.picture_name()));
            }
            PictureAction::Picked(path) => {
                let asked = self.asking.take();
                if let (Some(path), Some(Asking::Target(output))) = (path, asked) {
                    let path = path.with_extension(output.ending());
                    self.settings.save_folder = path.parent().map(Path::to_owned);
                    self.saving = true;
                    effects.extend([Effect::SaveSettings, Effect::Save(output, path)]);
                }
            }
            PictureAction::Copy => {
                self.saving = true;
                effects.push(Effect::Draw(self.drawing()));
            }
        }
    }

    /// A file name for the picture: what is selected, or the edition.
    fn picture_name(&self) -> String {
        let safe = |c: char| if c.is_alphanumeric() || "-_ ".contains(c) { c } else { ' ' };
        let named = |text: String| text.chars().map(safe).collect::<String>() + ".png";
        if let Drawing::Lineage(register, body) = self.drawing() {
            return named(format!("{} lineage", register.body(body).short_name));
        }
        let about = &self.layer.layer.about;
        let subject =
            self.last_selected().map_or("England", |area| self.layer.names[area].as_str());
        let edition = about.edition.map_or(about.title.as_str(), |edition| edition.id());
        named(format!("{subject} {edition}"))
    }

    pub(super) fn update_jobs(&mut self, action: JobAction, effects: &mut Vec<Effect>) {
        match action {
            JobAction::Decoded(kind, edition) => {
                let arrived = LayerId::Bundled(edition);
                let is_map = edition.kind() == kind;
                if let Some((id, body)) = self.awaited.filter(|(id, _)| is_map && *id == arrived) {
                    self.show_layer(id, body, effects);
                }
                self.show_focus();
            }
            JobAction::Refined => {}
            JobAction::Read { generation, result } => {
                self.finish_reading(generation, result, effects);
            }
            JobAction::Compared { generation, found } => {
                self.finish_comparison(generation, found, effects);
            }
            JobAction::Changed(files) => self.reload(&files),
            JobAction::Saved(Ok(path)) => {
                self.saving = false;
                let title = format!("It was saved as {}.", path.display());
                self.tell(Notice::new(Severity::Info, title));
            }
            JobAction::Drawn(Ok(picture)) => {
                self.saving = false;
                effects.push(Effect::CopyPicture(picture));
                self.tell(Notice::new(Severity::Info, "The picture was copied."));
            }
            JobAction::Saved(Err(error)) | JobAction::Drawn(Err(error)) => {
                self.saving = false;
                self.tell(Notice::new(Severity::Error, error));
            }
            JobAction::Failed(work) => self.give_up(work, effects),
            JobAction::Told(notice) => self.tell(notice),
        }
    }

    /// A fault of the program ended a job. What waits for it waits no longer, and the rest is as
    /// it was.
    fn give_up(&mut self, work: Work, effects: &mut Vec<Effect>) {
        match work {
            Work::Read(generation) => {
                let message = "The program failed while reading the file.";
                let hint = "Nothing is lost. Please report it together with the file.";
                let refusal = refuse("internal", message, hint).into();
                self.finish_reading(generation, Err(ReadError::Refused(refusal)), effects);
                return;
            }
            Work::Decode => (self.awaited, self.is_focus_awaited) = (None, false),
            Work::Refine => {}
            Work::Compare(generation) => self.finish_comparison(generation, None, effects),
            Work::Ask => self.asking = None,
            Work::Draw => self.saving = false,
        }
        let title = "Something went wrong in the program; the map is as it was.";
        self.tell(Notice::new(Severity::Error, title));
    }

    pub(super) fn tell(&mut self, notice: Notice) {
        self.notices.retain(|other| *other != notice);
        self.notices.push(notice);
    }
}
