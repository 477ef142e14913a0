//! Bookmarks and presenting without a window: acts go in, effects come out.

use ics_atlas::app::action::{
    BookmarkAction, JobAction, LayerAction, MapAction, PanelAction, SelectAction, TimeAction,
};
use ics_atlas::app::bookmarks::{Bookmark, Place};
use ics_atlas::app::command::Command;
use ics_atlas::app::effect::Effect;
use ics_atlas::app::settings::{Settings, Store};
use ics_atlas::app::state::{Overlay, State};
use ics_atlas::diag::refuse;
use ics_atlas::geo::space::{PagePoint, PageRect, PageSize};
use ics_atlas::model::{BodyKind, Edition, LayerId};
use ics_atlas::read::ReadError;
use ics_atlas::scene::lines::Lines;

use super::actions::Script;

const JULY_2022: LayerId = LayerId::Bundled(Edition::July2022);

/// West, south, east and north edge of what is seen, in grid metres.
fn seen(state: &State) -> [f64; 4] {
    let seen = state.camera.visible(state.size);
    [seen.min().x, seen.min().y, seen.max().x, seen.max().y]
}

fn names(state: &State) -> Vec<&str> {
    state.settings.bookmarks.iter().map(|bookmark| bookmark.name.as_str()).collect()
}

/// A bookmark of South East London from near, and one of England.
fn two_bookmarks() -> Script {
    let mut script = Script::start();
    let london = script.area("South East London");
    script.act(SelectAction::Only(london)).act(MapAction::FitSelection).act(BookmarkAction::Add);
    script.act(SelectAction::Clear).act(MapAction::Fit).act(BookmarkAction::Add);
    script
}

#[test]
fn a_bookmark_brings_back_place_selection_and_lines_in_a_window_of_another_size() {
    let mut script = Script::start();
    let london = script.area("South East London");
    script.act(SelectAction::Only(london)).act(MapAction::FitSelection);
    script.act(PanelAction::ToggleLines(Lines::Councils)).act(BookmarkAction::Add);
    assert!(script.effects.iter().any(|effect| matches!(effect, Effect::SaveSettings)));
    let before = seen(&script.state);
    let camera = script.state.camera;
    assert_eq!(names(&script.state), ["South East London, July 2022"]);

    script.act(PanelAction::ToggleLines(Lines::Councils));
    script.act(SelectAction::Clear).act(MapAction::Fit);
    script.act(BookmarkAction::Go(0));
    assert_eq!(script.state.selection, [london]);
    assert!(script.state.settings.lines.contains(&Lines::Councils));
    assert!((script.state.camera.metres_per_pixel / camera.metres_per_pixel - 1.0).abs() < 1e-3);

    script.act(MapAction::Fit).act(MapAction::Resize(PageSize::new(1800.0, 500.0)));
    script.act(BookmarkAction::Go(0));
    let now = seen(&script.state);
    // The height decides in a wide window: the same land from south to north, more at the sides.
    for (edge, old, new) in [("south", before[1], now[1]), ("north", before[3], now[3])] {
        assert!((old - new).abs() < 2.0, "{edge}: {old} and {new}");
    }
    assert!(now[0] < before[0] && now[2] > before[2], "{before:?} in {now:?}");
}

#[test]
fn a_bookmark_of_all_of_england_fits_any_window() {
    let mut script = two_bookmarks();
    assert_eq!(names(&script.state)[1], "England, July 2022");
    assert_eq!(script.state.settings.bookmarks[1].place, Place::All);
    script.act(BookmarkAction::Go(0)).act(MapAction::Resize(PageSize::new(1900.0, 1000.0)));
    script.act(BookmarkAction::Go(1));
    assert!(!script.state.is_camera_moved && script.state.selection.is_empty());
}

#[test]
fn names_tell_what_is_on_show_and_no_two_are_the_same() {
    let mut script = two_bookmarks();
    script.act(BookmarkAction::Add);
    assert_eq!(names(&script.state)[2], "England, July 2022 (2)");
    let [devon, dorset, kent] = ["Devon", "Dorset", "Kent and Medway"].map(|n| script.area(n));
    script.act(SelectAction::Only(devon)).act(SelectAction::Toggle(dorset));
    script.act(BookmarkAction::Add).act(SelectAction::Toggle(kent)).act(BookmarkAction::Add);
    script.act(MapAction::FitSelection).act(SelectAction::Only(devon)).act(MapAction::FitSelection);
    script.act(SelectAction::Clear).act(BookmarkAction::Add);
    let expected = [
        "Devon and Dorset, July 2022",
        "Kent and Medway and 2 more, July 2022",
        "South West, July 2022",
    ];
    assert_eq!(names(&script.state)[3..], expected);
    script.act(BookmarkAction::Rename(0, "  London south of the Thames ".to_owned()));
    script.act(BookmarkAction::Rename(1, "   ".to_owned()));
    assert_eq!(names(&script.state)[..2], ["London south of the Thames", "England, July 2022"]);
}

#[test]
fn an_edition_that_is_not_decoded_is_awaited_with_its_place_and_selection() {
    let kept = Bookmark {
        name: "Bexley".to_owned(),
        edition: Some("2019-04".to_owned()),
        place: Place::Extent([540_000.0, 170_000.0, 560_000.0, 185_000.0]),
        selection: vec!["E38000011".to_owned()],
        ..Bookmark::default()
    };
    let settings = Settings { bookmarks: vec![kept], ..Settings::default() };
    let mut script = Script::with(settings);
    script.act(BookmarkAction::Go(0));
    assert!(matches!(script.effects[..], [Effect::Decode(BodyKind::Ccg, Edition::April2019)]));
    assert_eq!(script.state.layer_id, JULY_2022, "until it is there");
    script.state.atlas.edition(Edition::April2019).expect("a bundled edition");
    script.act(JobAction::Decoded(BodyKind::Ccg, Edition::April2019));
    assert_eq!(script.state.layer_id, LayerId::Bundled(Edition::April2019));
    assert_eq!(script.state.selection, [script.area("Bexley")]);
    assert!((script.state.camera.centre.x - 550_000.0).abs() < 1.0);
}

#[test]
fn another_act_while_an_edition_is_awaited_ends_the_way_to_the_bookmark() {
    let edition = |id: &str| Bookmark {
        name: id.to_owned(),
        edition: Some(id.to_owned()),
        place: Place::Extent([540_000.0, 170_000.0, 560_000.0, 185_000.0]),
        ..Bookmark::default()
    };
    let settings = Settings { bookmarks: vec![edition("2019-04")], ..Settings::default() };
    let mut script = Script::with(settings);
    script.act(BookmarkAction::Go(0)).act(TimeAction::Go(Edition::April2023));
    for (kind, edition) in
        [(BodyKind::Ccg, Edition::April2019), (BodyKind::Icb, Edition::April2023)]
    {
        script.state.atlas.edition(edition).expect("a bundled edition");
        script.act(JobAction::Decoded(kind, edition));
    }
    assert_eq!(script.state.layer_id, LayerId::Bundled(Edition::April2023));
    assert!(!script.state.is_camera_moved, "the place was the bookmark's");
}

#[test]
fn a_bookmark_of_a_file_opens_it_and_one_that_is_removed_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("boards.geojson");
    std::fs::write(&path, "{}").expect("a file");
    let mut script = Script::start();
    script.act(LayerAction::Open(path.clone()));
    let answer = script.read_ok(script.generation());
    script.act(answer);
    let devon = script.area("Devon");
    script.act(SelectAction::Only(devon)).act(MapAction::FitSelection).act(BookmarkAction::Add);
    let before = seen(&script.state);
    script.act(LayerAction::Close(LayerId::Opened(0))).act(SelectAction::Clear).act(MapAction::Fit);
    assert_eq!(script.state.layer_id, JULY_2022);

    script.act(BookmarkAction::Go(0));
    assert_eq!(script.state.layer_id, JULY_2022, "until it is read");
    let answer = script.read_ok(script.generation());
    script.act(answer);
    assert!(script.state.file().is_some_and(|file| file.path == path));
    assert_eq!(script.state.selection, [script.area("Devon")]);
    assert!(seen(&script.state).iter().zip(before).all(|(a, b)| (a - b).abs() < 10.0));
    script.act(SelectAction::Back);
    assert_eq!(script.state.layer_id, JULY_2022, "one step leads back");

    let file = script.state.files[0].id;
    script.act(LayerAction::Close(file));
    std::fs::remove_file(&path).expect("it is there");
    script.act(PanelAction::Toggle(Overlay::Bookmarks));
    let fault = script.state.bookmark_fault(&script.state.settings.bookmarks[0]);
    assert_eq!(fault.as_deref(), Some("boards.geojson is not in its folder any more."));
    assert!(script.state.usable_bookmarks().is_empty());
    script.act(BookmarkAction::Go(0));
    assert_eq!(script.state.layer_id, JULY_2022);
    assert!(script.state.reading.is_none());
    assert!(script.state.notices.last().is_some_and(|n| n.title.contains("cannot be shown")));
}

#[test]
fn a_file_that_is_refused_leaves_nothing_waiting() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("boards.geojson");
    std::fs::write(&path, "{}").expect("a file");
    let kept = Bookmark { file: Some(path.clone()), ..Bookmark::default() };
    let settings = Settings { bookmarks: vec![kept], ..Settings::default() };
    let mut script = Script::with(settings);
    script.act(BookmarkAction::Go(0));
    let generation = script.generation();
    let refusal = refuse("format", "It is no boundary file.", "").into();
    script.act(JobAction::Read { generation, result: Err(ReadError::Refused(refusal)) });
    assert!(script.state.bookmarks.awaited.is_none());
    assert_eq!(script.state.layer_id, JULY_2022);
}

#[test]
fn an_unknown_edition_is_told_and_passed_over() {
    let mut script = two_bookmarks();
    let unknown = Bookmark { edition: Some("1066-10".to_owned()), ..Bookmark::default() };
    script.state.settings.bookmarks.insert(1, unknown);
    let fault = script.state.bookmark_fault(&script.state.settings.bookmarks[1]);
    assert_eq!(fault.as_deref(), Some("There is no map of 1066-10 here."));
    script.act(PanelAction::TogglePresenting).act(BookmarkAction::Step(1));
    script.act(BookmarkAction::Step(1));
    assert_eq!(script.state.bookmarks.at, Some(2));
    let note = script.state.presenting.as_ref().map(|presenting| presenting.note.clone());
    assert_eq!(note.as_deref(), Some("2 of 2 – England, July 2022"));
}

#[test]
fn going_to_a_bookmark_is_one_step_of_the_history_with_its_place() {
    let mut script = two_bookmarks();
    script.act(BookmarkAction::Go(1));
    let whole = script.state.camera;
    script.act(BookmarkAction::Go(0));
    let near = script.state.camera;
    script.act(SelectAction::Back);
    assert!(script.state.selection.is_empty());
    assert_eq!(script.state.camera, whole);
    script.act(SelectAction::Forward);
    assert_eq!(script.state.selection, [script.area("South East London")]);
    assert!((script.state.camera.metres_per_pixel / near.metres_per_pixel - 1.0).abs() < 1e-6);
}

#[test]
fn bookmarks_are_put_in_order_deleted_and_put_back() {
    let mut script = two_bookmarks();
    let [london, england] = ["South East London, July 2022", "England, July 2022"];
    script.act(BookmarkAction::Move(1, -1));
    assert_eq!(names(&script.state), [england, london]);
    script.act(BookmarkAction::Move(1, 1)).act(BookmarkAction::Move(0, -1));
    assert_eq!(names(&script.state), [england, london], "there is no place beyond the ends");
    script.act(BookmarkAction::Delete(0));
    assert_eq!(names(&script.state), [london]);
    script.act(BookmarkAction::Undelete).act(BookmarkAction::Undelete);
    assert_eq!(names(&script.state), [england, london], "once, where it was");

    // The mark of the one that was gone to goes with it.
    script.act(BookmarkAction::Go(1)).act(BookmarkAction::Move(0, 1));
    assert_eq!(script.state.bookmarks.at, Some(0));
    script.act(BookmarkAction::Move(0, 1)).act(BookmarkAction::Delete(0));
    assert_eq!(script.state.bookmarks.at, Some(0));
    script.act(BookmarkAction::Undelete);
    assert_eq!(script.state.bookmarks.at, Some(1));
    script.act(BookmarkAction::Delete(1));
    assert_eq!(script.state.bookmarks.at, None);
}

#[test]
fn steps_end_at_the_last_bookmark_and_begin_where_the_map_is() {
    let mut script = two_bookmarks();
    script.act(BookmarkAction::Go(0)).act(PanelAction::TogglePresenting);
    script.act(BookmarkAction::Step(1));
    assert_eq!(script.state.bookmarks.at, Some(1), "on from the one on show");
    script.act(BookmarkAction::Step(1));
    assert_eq!(script.state.bookmarks.at, Some(1), "there is no further one");
    script.act(PanelAction::TogglePresenting);
    let devon = script.area("Devon");
    script.act(SelectAction::Only(devon)).act(PanelAction::TogglePresenting);
    script.act(BookmarkAction::Step(1));
    assert_eq!(script.state.bookmarks.at, Some(0), "elsewhere, from the beginning");
}

#[test]
fn settings_keep_bookmarks_and_those_without_any_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("settings.json");
    let script = two_bookmarks();
    let store = Store::at(path.clone());
    store.save(&script.state.settings).expect("they can be kept");
    assert_eq!(store.load(), script.state.settings);

    std::fs::write(&path, "{\"version\": 1, \"dark\": true}").expect("a file");
    let old = store.load();
    assert!(old.dark && old.bookmarks.is_empty());

    let odd = "{\"version\": 1, \"dark\": true, \"bookmarks\": [7, {\"name\": \"One\"}]}";
    std::fs::write(&path, odd).expect("a file");
    let odd = store.load();
    assert!(odd.dark, "an odd bookmark costs nothing but itself");
    assert_eq!(odd.bookmarks.len(), 1);
}

#[test]
fn presenting_takes_the_screen_and_gives_it_back_with_the_view() {
    let mut script = Script::start();
    let devon = script.area("Devon");
    script.act(SelectAction::Only(devon)).act(MapAction::FitSelection);
    let (camera, size) = (script.state.camera, script.state.size);
    let toggle = Command::Present.action(&script.state);
    script.act(toggle.clone());
    assert!(matches!(script.effects[..], [Effect::FullScreen(true)]));
    // The panels go, and then the window grows.
    script.act(MapAction::Resize(PageSize::new(1500.0, 900.0)));
    script.act(MapAction::Resize(PageSize::new(1920.0, 1080.0)));
    let closer = camera.metres_per_pixel / script.state.camera.metres_per_pixel;
    assert!((closer - f64::from(1080.0 / size.height)).abs() < 1e-3, "it grows: {closer}");

    // A click into the sea clears; Esc ends it all.
    script.act(SelectAction::Clear);
    assert!(script.state.selection.is_empty() && script.state.is_presenting());
    script.act(SelectAction::Only(devon));
    let esc = Command::Clear.action(&script.state);
    script.act(esc);
    assert!(matches!(script.effects[..], [Effect::FullScreen(false)]));
    assert_eq!(script.state.selection, [devon]);
    script.act(MapAction::Resize(size));
    assert!((script.state.camera.metres_per_pixel / camera.metres_per_pixel - 1.0).abs() < 1e-3);
    assert!((script.state.camera.centre.x - camera.centre.x).abs() < 1.0);

    script.act(MapAction::Fit);
    let whole = script.state.camera;
    script.act(toggle.clone()).act(MapAction::Resize(PageSize::new(1920.0, 1080.0)));
    assert!(!script.state.is_camera_moved, "it fits the larger room");
    script.act(toggle).act(MapAction::Resize(size));
    assert_eq!(script.state.camera, whole);
}

#[test]
fn esc_closes_what_is_open_before_it_ends_presenting() {
    let mut script = Script::start();
    script.act(PanelAction::TogglePresenting).act(PanelAction::Toggle(Overlay::Help));
    let esc = Command::Clear.action(&script.state);
    script.act(esc);
    assert!(script.state.overlay.is_none() && script.state.is_presenting());
    let esc = Command::Clear.action(&script.state);
    script.act(esc);
    assert!(!script.state.is_presenting());
}

#[test]
fn the_card_stands_where_the_selection_is_not() {
    let mut script = Script::start();
    script.act(PanelAction::TogglePresenting);
    script.act(MapAction::Resize(PageSize::new(1280.0, 720.0)));
    let card = PageSize::new(400.0, 300.0);
    let (right, bottom) = (1280.0 - 400.0 - 20.0, 720.0 - 300.0 - 20.0);
    let devon = script.area("Devon");
    script.act(SelectAction::Only(devon));
    assert_eq!(script.state.place_for_card(card, 20.0, &[]), PagePoint::new(right, 20.0));
    // With its middle at the upper right, the area is under that corner.
    let middle = script.state.layer.layer.areas[devon].bounds.center();
    let at = script.state.camera.page_from_grid(middle);
    script.act(MapAction::FitSelection).act(MapAction::Zoom(0.4));
    script.act(MapAction::Pan(430.0, -200.0));
    let place = script.state.place_for_card(card, 20.0, &[]);
    assert_eq!(place, PagePoint::new(right, bottom), "the area was at {at:?}");
    // What stands there already is not covered.
    let credit = PageRect { x: 900.0, y: 660.0, width: 360.0, height: 50.0 };
    let place = script.state.place_for_card(card, 20.0, &[credit]);
    assert_eq!(place, PagePoint::new(right, 660.0 - 20.0 - 300.0));
}
