//! The window under test: a picker that answers, and waiting for jobs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use eframe::egui::{Event, Key, Modifiers, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use ics_atlas::app::load_into;
use ics_atlas::app::picker::{Picked, Picker, Wanted};
use ics_atlas::app::settings::{Settings, Store};
use ics_atlas::app::shell::Shell;
use ics_atlas::app::state::State;
use ics_atlas::geo::space::Grid;

use super::renderer::CpuRenderer;
use crate::shared::ATLAS;

/// A path for which the picker fails, as a faulty job would.
pub const FAULT: &str = "panic";

/// Answers every dialog with what the test put in.
#[derive(Default)]
pub struct Answers(pub Mutex<Vec<Picked>>);

impl Answers {
    fn next(&self) -> Picked {
        self.0.lock().expect("no test panics while it holds this").pop().unwrap_or(Picked::NoDialog)
    }
}

impl Picker for Answers {
    fn file(&self, _: Wanted, _: Option<&Path>) -> Picked {
        let answer = self.next();
        assert_ne!(answer, Picked::File(FAULT.into()), "the fault that the test asked for");
        answer
    }
    fn target(&self, _: Option<&Path>, _: &str) -> Picked {
        self.next()
    }
}

pub struct Window {
    pub harness: Harness<'static, Shell>,
}

impl Window {
    /// A window of 1280 by 720 with the usual settings.
    pub fn open() -> Self {
        Self::answering(Vec::new())
    }

    /// A window whose dialogs are answered with these, the last first.
    pub fn answering(answers: Vec<Picked>) -> Self {
        let state = load_into(&ATLAS, Settings::default()).expect("sound data");
        let picker = Arc::new(Answers(Mutex::new(answers)));
        let harness = Harness::builder()
            .with_size([1280.0, 720.0])
            .with_step_dt(1.0 / 60.0)
            .with_max_steps(64)
            .with_theme(eframe::egui::Theme::Light)
            .renderer(CpuRenderer::default())
            .build_eframe(move |cc| {
                Shell::new(&cc.egui_ctx, state, Store::default(), picker, Instant::now())
            });
        let mut window = Self { harness };
        window.settle();
        window
    }

    pub fn state(&self) -> &State {
        self.harness.state().state()
    }

    /// Steps until a condition holds; jobs run on threads of their own.
    pub fn until(&mut self, what: &str, holds: impl Fn(&Shell) -> bool) {
        let begun = Instant::now();
        loop {
            self.harness.step();
            if holds(self.harness.state()) {
                return;
            }
            assert!(begun.elapsed() < Duration::from_mins(1), "waited in vain for {what}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Steps until the map has its level of detail and nothing moves any more.
    pub fn settle(&mut self) {
        loop {
            self.harness.run_steps(3);
            if !self.harness.state().is_refining() {
                return;
            }
            self.until("the map to be refined", |shell| !shell.is_refining());
        }
    }

    /// Where a place is in the window.
    pub fn place(&self, x: f64, y: f64) -> Pos2 {
        let page = self.state().camera.page_from_grid(Grid { x, y });
        let corner = self.harness.get_by_label_contains("Map: ").rect().min;
        corner + vec2(page.x, page.y)
    }

    pub fn click_at(&mut self, at: Pos2) {
        self.harness.hover_at(at);
        self.harness.drag_at(at);
        self.harness.drop_at(at);
        self.harness.run_steps(2);
    }

    /// Presses at a place, moves in steps and lets go.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.harness.run_steps(2);
        self.harness.drag_at(from);
        self.harness.run_steps(2);
        for step in 1..=4u8 {
            self.harness.hover_at(from + (to - from) * (f32::from(step) / 4.0));
            self.harness.run_steps(1);
        }
        self.harness.drop_at(to);
        self.harness.run_steps(2);
    }

    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run_steps(3);
    }

    /// Types into the find box and goes to the best of what it finds.
    pub fn find(&mut self, text: &str) {
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
        self.harness.run_steps(2);
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run_steps(2);
        self.harness.key_press(Key::Enter);
        self.harness.run_steps(3);
    }

    /// Names of the selected areas.
    pub fn selected(&self) -> Vec<String> {
        let state = self.state();
        state.selection.iter().map(|area| state.layer.names[*area].clone()).collect()
    }

    pub fn drop_file(&mut self, path: PathBuf) {
        #[derive(Debug)]
        struct Dropped(PathBuf);
        impl eframe::egui::DroppedFile for Dropped {
            fn path(&self) -> &Path {
                &self.0
            }
            fn bytes(&self) -> Result<Vec<u8>, String> {
                std::fs::read(&self.0).map_err(|error| error.to_string())
            }
        }
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
        self.harness.step();
    }
}
