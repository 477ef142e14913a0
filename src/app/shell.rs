//! The eframe side: results come in, panels draw, actions are applied, effects carried out.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use eframe::egui::{self, Context, Key, KeyboardShortcut, Modifiers, ViewportCommand};

use super::action::{Action, JobAction, LayerAction, TimeAction};
use super::command::{Command, Shortcut};
use super::effect::Effect;
use super::files::Watched;
use super::ground::Ground;
use super::job::Jobs;
use super::notice::Notice;
use super::picker::Picker;
use super::settings::Store;
use super::state::{Overlay, State};
use super::{look, panels};
use crate::diag::Severity;
use crate::model::{BodyKind, Edition, LayerId};
use crate::scene::{self, NameMemory, View};

/// The window.
#[expect(clippy::struct_excessive_bools, reason = "each can be true or not by itself")]
pub struct Shell {
    state: State,
    store: Store,
    jobs: Jobs,
    reports: Receiver<Action>,
    is_refining: bool,
    ground: Ground,
    /// What the frame before leaves for the names of the next.
    names: Arc<Mutex<NameMemory>>,
    focus_find: bool,
    started: Instant,
    prefetch: Vec<Edition>,
    /// What is being decoded: nothing is decoded twice at a time.
    decoding: HashSet<(BodyKind, Edition)>,
    /// The files that are watched, and what ends the watch.
    watched: Vec<Watched>,
    end_watch: Arc<AtomicBool>,
    /// Whether it has been told that settings cannot be kept.
    is_loss_told: bool,
    /// When the map was last changed while time plays.
    ticked: Instant,
    /// Whether the window was as large as the screen before the map was presented.
    was_full_screen: bool,
}

/// How long each state of the map stays while time plays.
const TICK: Duration = Duration::from_millis(1600);

impl Shell {
    /// A window over a state; `started` is when the program began.
    pub fn new(
        ctx: &Context,
        state: State,
        store: Store,
        picker: Arc<dyn Picker>,
        started: Instant,
    ) -> Self {
        look::set_up(ctx);
        ctx.set_theme(theme_of(&state));
        let (sender, reports) = channel();
        let waker = ctx.clone();
        let wake = Arc::new(move || waker.request_repaint());
        let jobs = Jobs::new(sender, wake, picker);
        let prefetch =
            Edition::MAPS.into_iter().filter(|e| LayerId::Bundled(*e) != state.layer_id).collect();
        Self {
            state,
            store,
            jobs,
            reports,
            is_refining: false,
            ground: Ground::default(),
            names: Arc::default(),
            focus_find: false,
            started,
            prefetch,
            decoding: HashSet::new(),
            watched: Vec::new(),
            end_watch: Arc::default(),
            is_loss_told: false,
            ticked: Instant::now(),
            was_full_screen: false,
        }
    }

    /// With the picture of the ground begun already.
    pub(super) fn with_ground(self, ground: Ground) -> Self {
        Self { ground, ..self }
    }

    /// Whether the map on show waits for a level of detail, or for the picture of its ground.
    #[must_use]
    pub fn is_refining(&self) -> bool {
        self.is_refining || self.ground.is_drawing()
    }

    /// The state, for tests.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Applies an action and carries out what it asks for.
    pub fn apply(&mut self, ctx: &Context, action: Action) {
        let mut effects = Vec::new();
        self.state.update(action, &mut effects);
        for effect in effects {
            self.carry_out(ctx, effect);
        }
    }

    fn carry_out(&mut self, ctx: &Context, effect: Effect) {
        let state = &self.state;
        match effect {
            Effect::Decode(kind, edition) => {
                if self.decoding.insert((kind, edition)) {
                    let scale = state.camera.metres_per_pixel;
                    self.jobs.decode(state.atlas.clone(), (kind, edition), scale);
                }
            }
            Effect::Read { generation, path, choices, progress } => {
                let atlas = state.atlas.clone();
                self.jobs.read(generation, (path, choices), progress, atlas);
            }
            Effect::Compare { generation, before, after, progress } => {
                self.jobs.compare(generation, (before, after), state.atlas.clone(), progress);
            }
            Effect::PickFile => self.jobs.pick_file(state.settings.open_folder.clone()),
            Effect::PickTarget(name) => {
                self.jobs.pick_target(state.settings.save_folder.clone(), name);
            }
            Effect::PickRecipe => self.jobs.pick_recipe(state.settings.save_folder.clone()),
            Effect::PickLogo => self.jobs.pick_logo(state.settings.save_folder.clone()),
            Effect::Save { output, path, may_replace } => {
                self.jobs.save(output, path, may_replace);
            }
            Effect::ReadFigures { generation, choice, layer, register } => {
                self.jobs.read_figures(generation, choice, layer, register);
            }
            Effect::Preview { generation, order, scale } => {
                self.jobs.preview(generation, order, scale);
            }
            Effect::Draw(drawing, way) => self.jobs.draw(drawing, way),
            Effect::CopyPicture(picture) => {
                let size = [picture.width as usize, picture.height as usize];
                ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied(size, &picture.rgba));
            }
            Effect::CopyText(text) => ctx.copy_text(text),
            Effect::OpenUrl(url) => ctx.open_url(egui::OpenUrl::new_tab(url)),
            Effect::FullScreen(is_wanted) => {
                if is_wanted {
                    let now = ctx.input(|input| input.viewport().fullscreen);
                    self.was_full_screen = now.unwrap_or_default();
                }
                let command = ViewportCommand::Fullscreen(is_wanted || self.was_full_screen);
                ctx.send_viewport_cmd(command);
            }
            Effect::FocusFind => self.focus_find = true,
            Effect::SaveSettings => {
                ctx.set_theme(theme_of(state));
                let saved = self.store.save(&state.settings);
                // Once is enough: it would go on with every click.
                if let Err(error) = saved
                    && !std::mem::replace(&mut self.is_loss_told, true)
                {
                    let title = format!("The settings cannot be kept. {error}");
                    let notice = Notice::new(Severity::Warning, title);
                    self.apply(ctx, JobAction::Told(notice).into());
                }
            }
        }
    }

    /// Makes missing levels of detail, one job at a time: the next one is for the scale that
    /// the map has by then.
    fn refine(&mut self) {
        if self.is_refining {
            return;
        }
        self.is_refining = true;
        let view = self.state.view();
        let lit = view.lit.into_iter().map(|lit| lit.layer);
        let lines = view.lines.into_iter().map(|lines| lines.layer);
        let before = view.changes.map(|changes| changes.before.clone());
        let layers = lit.chain(lines).chain(before).chain([view.layer]).collect();
        let seen = (view.camera.metres_per_pixel, view.camera.visible(view.size));
        self.jobs.refine(layers, view.backdrop, seen);
    }

    /// While time plays, moves it on when its state has been on show for long enough.
    fn play(&mut self, ctx: &Context) {
        if !self.state.is_playing || self.state.awaited.is_some() {
            self.ticked = Instant::now();
            return;
        }
        let waited = self.ticked.elapsed();
        if waited >= TICK {
            self.ticked = Instant::now();
            self.apply(ctx, TimeAction::Tick.into());
        }
        ctx.request_repaint_after(TICK.saturating_sub(self.ticked.elapsed()));
    }

    /// Watches the opened files and the table of figures as they were when they were read.
    fn watch(&mut self) {
        let wanted = self.state.watched();
        if wanted == self.watched {
            return;
        }
        self.end_watch.store(true, Ordering::Relaxed);
        self.end_watch = Arc::default();
        self.watched.clone_from(&wanted);
        if !wanted.is_empty() {
            self.jobs.watch(wanted, self.end_watch.clone());
        }
    }

    /// Decodes the other editions one by one while nobody waits for anything.
    fn prefetch_next(&mut self, ctx: &Context) {
        while let Some(edition) = self.prefetch.pop() {
            if self.state.atlas.ready(LayerId::Bundled(edition)).is_none() {
                self.carry_out(ctx, Effect::Decode(edition.kind(), edition));
                return;
            }
        }
    }
}

fn theme_of(state: &State) -> egui::Theme {
    if state.settings.dark { egui::Theme::Dark } else { egui::Theme::Light }
}

impl eframe::App for Shell {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        while let Ok(action) = self.reports.try_recv() {
            use JobAction::{Decoded, Refined};
            if matches!(action, Action::Job(Refined)) {
                self.is_refining = false;
            }
            if let Action::Job(Decoded(kind, edition)) = action {
                self.decoding.remove(&(kind, edition));
            }
            let goes_on = matches!(action, Action::Job(Decoded(..)));
            self.apply(ctx, action);
            if goes_on {
                self.prefetch_next(ctx);
            }
        }
        self.play(ctx);
        self.watch();
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let mut actions = Vec::new();
        let drawn = Instant::now();
        forget_empty_selection(&ctx);
        if !has_modal(&self.state) {
            panels::step_keys(&ctx, &self.state, &mut actions);
        }
        keys(&ctx, &self.state, &mut actions);
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        if !dropped.is_empty() {
            let paths = dropped.iter().map(|file| file.path().to_owned()).collect();
            actions.push(LayerAction::OpenAll(paths).into());
        }
        let view = View { names: self.names.clone(), ..self.state.view() };
        let scene = scene::build(&view);
        let under = self.ground.under(&ctx, &view, self.state.theme(), &scene);
        log::trace!("scene built in {} µs", drawn.elapsed().as_micros());
        let focus_find = std::mem::take(&mut self.focus_find);
        panels::all_ui(ui, &self.state, (&scene, under), focus_find, &mut actions);
        log::trace!("panels and map drawn after {} µs", drawn.elapsed().as_micros());
        if scene.is_provisional {
            self.refine();
        }
        if !actions.is_empty() {
            ctx.request_repaint();
        }
        for action in actions {
            self.apply(&ctx, action);
        }
        if ctx.cumulative_frame_nr() == 1 {
            log::info!("first frame {} ms", self.started.elapsed().as_millis());
            self.prefetch_next(&ctx);
        }
    }
}

/// Turns keys into commands. A key without Ctrl is the text field's while one is typed into.
fn keys(ctx: &Context, state: &State, actions: &mut Vec<Action>) {
    let is_typing = ctx.text_edit_focused();
    for command in Command::ALL {
        let Some(shortcut) = command.shortcut() else { continue };
        let ends_presenting = command == Command::Present && state.is_presenting();
        let is_covered = has_modal(state) && !works_over_a_modal(command) && !ends_presenting;
        if is_covered || (is_typing && !shortcut.ctrl && !shortcut.key.starts_with('F')) {
            continue;
        }
        // The window library takes the focus from a text field at Esc before this is asked.
        let is_field_left = [panels::find_id(), panels::rename_id()]
            .into_iter()
            .any(|id| ctx.data(|data| data.get_temp::<bool>(id)) == Some(true));
        if command == Command::Clear && is_field_left {
            continue;
        }
        let is_pressed = if command == Command::CopyPicture {
            // The window system turns Ctrl+C into an event of its own; selected text goes first.
            !is_typing
                && ctx.input(|input| input.events.contains(&egui::Event::Copy))
                && !text_is_selected(ctx)
        } else {
            let Some(key) = Key::from_name(shortcut.key) else { continue };
            let modifiers = match shortcut {
                Shortcut { ctrl: true, .. } => Modifiers::COMMAND,
                Shortcut { alt: true, .. } => Modifiers::ALT,
                _ => Modifiers::NONE,
            };
            let activates_widget = command == Command::FitSelection && focus_is_on_button(ctx);
            !activates_widget
                && ctx.input_mut(|input| {
                    input.consume_shortcut(&KeyboardShortcut::new(modifiers, key))
                })
        };
        // A key of a command that cannot be used now is taken all the same: it means nothing else.
        if is_pressed && command.is_enabled(state) {
            actions.push(command.action(state));
        }
    }
}

/// Whether a window lies over the map and takes the keys.
fn has_modal(state: &State) -> bool {
    state.overlay.is_some_and(|overlay| {
        !matches!(overlay, Overlay::Notices | Overlay::File | Overlay::Bookmarks)
    })
}

/// Whether a command makes sense while such a window is open.
fn works_over_a_modal(command: Command) -> bool {
    use Command::{Clear, CopyPicture, CopySvg, Help, Lineage, Palette, SavePicture, UndoPicture};
    let of_pictures = matches!(command, CopyPicture | CopySvg | SavePicture | UndoPicture);
    of_pictures || matches!(command, Clear | Help | Lineage | Palette)
}

/// Whether Enter belongs to a focused button or link rather than to the map.
fn focus_is_on_button(ctx: &Context) -> bool {
    let focused = ctx.memory(eframe::egui::Memory::focused);
    focused
        .is_some_and(|id| ctx.data(|data| data.get_temp::<egui::Id>(panels::map_id())) != Some(id))
}

/// A plain click on a label selects nothing but counts as a selection, and Ctrl+C would copy
/// that nothing instead of the picture.
fn forget_empty_selection(ctx: &Context) {
    let is_plain_click = ctx.input(|input| {
        let primary = egui::PointerButton::Primary;
        input.pointer.primary_clicked()
            && !input.pointer.button_double_clicked(primary)
            && !input.pointer.button_triple_clicked(primary)
            && !input.modifiers.shift
    });
    if is_plain_click {
        ctx.plugin::<egui::text_selection::LabelSelectionState>().lock().clear_selection();
    }
}

fn text_is_selected(ctx: &Context) -> bool {
    ctx.plugin::<egui::text_selection::LabelSelectionState>().lock().has_selection()
}
