//! What jobs report.

use crate::app::action::{Copied, JobAction, Work};
use crate::app::effect::Effect;
use crate::app::figures::Again;
use crate::app::files::Stamp;
use crate::app::notice::Notice;
use crate::app::state::State;
use crate::diag::{Severity, refuse};
use crate::model::LayerId;
use crate::read::ReadError;

impl State {
    pub(super) fn update_jobs(&mut self, action: JobAction, effects: &mut Vec<Effect>) {
        match action {
            JobAction::Decoded(kind, edition) => {
                let arrived = LayerId::Bundled(edition);
                let is_map = edition.kind() == kind;
                if let Some((id, body)) = self.awaited.filter(|(id, _)| is_map && *id == arrived) {
                    let bookmark = self.take_awaited_bookmark(id);
                    self.show_layer(id, body, effects);
                    if let Some(bookmark) = bookmark {
                        self.show_bookmark(&bookmark, effects);
                    }
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
            JobAction::Drawn(Ok(copy)) => {
                self.saving = false;
                let (effect, told) = match copy {
                    Copied::Pixels(picture) => {
                        (Effect::CopyPicture(picture), "The picture was copied.")
                    }
                    Copied::Svg(text) => (Effect::CopyText(text), "The picture was copied as SVG."),
                };
                effects.push(effect);
                self.tell(Notice::new(Severity::Info, told));
            }
            JobAction::Saved(Err(error)) | JobAction::Drawn(Err(error)) => {
                self.saving = false;
                self.tell(Notice::new(Severity::Error, error));
            }
            JobAction::Previewed { generation, preview } => {
                if self.making.drawing == Some(generation) {
                    self.making.drawing = None;
                    self.making.preview = Some(preview);
                }
            }
            JobAction::FiguresChanged => self.reread_figures(Again::Changed),
            JobAction::FiguresRead { generation, stamp, result } => {
                self.finish_figures(generation, stamp, result, effects);
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
            Work::Preview => self.making.drawing = None,
            Work::Figures(generation) => {
                let message = "The program failed while reading the table; nothing is lost.";
                let table = self.figures.choice.as_ref().map(|choice| Stamp::of(&choice.file));
                let (stamp, error) = (table.unwrap_or_default(), message.to_owned());
                self.finish_figures(generation, stamp, Err(error), effects);
                return;
            }
            Work::Draw => self.saving = false,
        }
        let title = "Something went wrong in the program; the map is as it was.";
        self.tell(Notice::new(Severity::Error, title));
    }

    pub(in crate::app) fn tell(&mut self, notice: Notice) {
        self.notices.retain(|other| *other != notice);
        self.notices.push(notice);
    }
}
