//! Names that are dragged on the map with Alt held.

use eframe::egui::{Event, Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use ics_atlas::app::command::Command;
use ics_atlas::scene::{self, PageRect};

use super::harness::Window;
use super::picture;

impl Window {
    /// Where the name of an area is, if it has one on the map.
    fn name_of(&self, name: &str) -> Option<PageRect> {
        let state = self.state();
        let area = state.layer.names.iter().position(|n| n == name)?;
        let names = scene::build(&state.view()).names;
        names.into_iter().find(|(other, _)| *other == area).map(|(_, rect)| rect)
    }

    fn middle_of(&self, name: &str) -> Pos2 {
        let rect = self.name_of(name).expect("the name is on the map");
        let corner = self.harness.get_by_label_contains("Map: ").rect().min;
        corner + vec2(rect.centre().x, rect.centre().y)
    }

    fn alt_drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.event(Event::ModifiersChanged(Modifiers::ALT));
        self.drag(from, to);
        self.harness.event(Event::ModifiersChanged(Modifiers::NONE));
        self.settle();
    }
}

#[test]
fn a_name_is_moved_stays_where_it_was_put_and_is_put_back() {
    let mut window = Window::open();
    assert!(!Command::PutNamesBack.is_enabled(window.state()));
    let camera = window.state().camera;
    let from = window.middle_of("Norfolk and Waveney");
    let to = from + vec2(60.0, -70.0);
    // Without Alt the map is moved, not the name.
    window.drag(from, to);
    assert!(window.state().settings.recipe.labels.moved.is_empty());
    assert_ne!(window.state().camera, camera);
    window.harness.key_press(Key::Home);
    window.settle();
    window.alt_drag(from, to);
    assert_eq!(window.state().camera, camera, "the map stays");
    let put = window.middle_of("Norfolk and Waveney");
    assert!((put - to).length() < 1.5, "{put:?} for {to:?}");
    assert!(window.selected().is_empty(), "nothing was clicked");
    picture(&mut window, "moved-name");
    // It belongs to a place on the map, and goes with it.
    window.harness.key_press(Key::Plus);
    window.settle();
    window.harness.key_press(Key::Home);
    window.settle();
    assert!((window.middle_of("Norfolk and Waveney") - to).length() < 1.5);
    // It is moved once more, and each move is taken back by itself, without the dialog.
    let farther = to + vec2(0.0, -60.0);
    window.alt_drag(to, farther);
    assert!((window.middle_of("Norfolk and Waveney") - farther).length() < 1.5);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.settle();
    assert!((window.middle_of("Norfolk and Waveney") - to).length() < 1.5);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.settle();
    assert!((window.middle_of("Norfolk and Waveney") - from).length() < 1.5);
    assert!(!Command::UndoPicture.is_enabled(window.state()));

    window.alt_drag(from, to);
    let action = Command::PutNamesBack.action(window.state());
    let ctx = window.harness.ctx.clone();
    window.harness.state_mut().apply(&ctx, action);
    window.settle();
    assert!((window.middle_of("Norfolk and Waveney") - from).length() < 1.5);
}

#[test]
fn a_choice_that_the_map_does_not_show_is_not_taken_back_on_it() {
    let mut window = Window::open();
    let mut recipe = window.state().settings.recipe.clone();
    recipe.furniture.legend = !recipe.furniture.legend;
    let edit = ics_atlas::app::action::PictureAction::Edit(Box::new(recipe));
    let ctx = window.harness.ctx.clone();
    window.harness.state_mut().apply(&ctx, edit.into());
    assert!(!Command::UndoPicture.is_enabled(window.state()));
    let chosen = window.state().settings.recipe.clone();
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.harness.run_steps(2);
    assert_eq!(window.state().settings.recipe, chosen);
}
