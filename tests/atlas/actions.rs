//! The state without a window: acts go in, effects come out.

use std::path::PathBuf;

use std::sync::Arc;

use ics_atlas::app::action::{
    Action, CompareAction, Compass, CopyAs, JobAction, LayerAction, MapAction, PanelAction,
    PictureAction, ReadFile, SelectAction, TimeAction, Work,
};
use ics_atlas::app::command::Command;
use ics_atlas::app::comparison::Compared;
use ics_atlas::app::drawing::{Drawing, Output};
use ics_atlas::app::effect::Effect;
use ics_atlas::app::files::Stamp;
use ics_atlas::app::settings::Settings;
use ics_atlas::app::state::{Overlay, State};
use ics_atlas::diag::refuse;
use ics_atlas::geo::space::{PagePoint, PageSize};
use ics_atlas::model::find::find_area;
use ics_atlas::model::profile::Profile;
use ics_atlas::model::{BodyKind, Edition, LayerId};
use ics_atlas::read::{Choices, Findings, Format, Part, Progress, ReadError};
use ics_atlas::scene::lines::Lines;

pub struct Script {
    pub state: State,
    pub effects: Vec<Effect>,
}

impl Script {
    pub fn start() -> Self {
        Self::with(Settings::default())
    }

    pub fn with(settings: Settings) -> Self {
        let state = ics_atlas::app::load(settings).expect("sound data");
        let mut script = Self { state, effects: Vec::new() };
        script.act(MapAction::Resize(PageSize::new(900.0, 700.0)));
        script
    }

    pub fn act(&mut self, action: impl Into<Action>) -> &mut Self {
        self.effects.clear();
        self.state.update(action.into(), &mut self.effects);
        self
    }

    pub fn area(&self, name: &str) -> usize {
        find_area(&self.state.atlas.register, &self.state.layer, name).expect("an area")
    }

    pub fn generation(&self) -> u64 {
        self.state.reading.as_ref().expect("a file is being read").generation
    }

    /// The answer of a reader that found the boards of 2026.
    pub fn read_ok(&self, generation: u64) -> JobAction {
        let layer = self.state.atlas.edition(Edition::April2026).expect("a bundled edition");
        let findings = Findings {
            format: Format::GeoJson,
            crs: "EPSG:27700",
            parts: Vec::new(),
            columns: Vec::new(),
            code_field: None,
            name_field: None,
            kind: Some(BodyKind::Icb),
            edition: Some(Edition::April2026),
            vertices: 0,
        };
        let (diagnostics, stamp) = (Vec::new(), Stamp::default());
        let read = ReadFile { layer, findings, diagnostics, stamp };
        JobAction::Read { generation, result: Ok(Box::new(read)) }
    }
}

fn file(name: &str) -> LayerAction {
    LayerAction::Open(PathBuf::from("/somewhere").join(name))
}

#[test]
fn a_stale_reading_is_thrown_away() {
    let mut script = Script::start();
    script.act(file("first.geojson"));
    let first = script.generation();
    script.act(LayerAction::CancelReading).act(file("second.geojson"));
    let late = script.read_ok(first);
    script.act(late);
    assert_eq!(script.state.atlas.opened().count(), 0, "the first answer came too late");
    let answer = script.read_ok(script.generation());
    script.act(answer);
    assert_eq!(script.state.layer_id, LayerId::Opened(0));
}

#[test]
fn files_are_read_one_after_the_other_and_one_that_is_open_is_read_again_in_its_place() {
    let mut script = Script::start();
    let paths = ["a.geojson", "b.geojson", "a.geojson"].map(|name| PathBuf::from("/x").join(name));
    script.act(LayerAction::OpenAll(paths.to_vec()));
    assert_eq!(script.state.queue.len(), 1, "one is read, one waits, and none twice");
    for _ in 0..2 {
        let answer = script.read_ok(script.generation());
        script.act(answer);
    }
    assert_eq!(script.state.atlas.opened().count(), 2);
    assert!(script.state.reading.is_none());
    let recent: Vec<_> = script.state.settings.recent.iter().map(|r| r.path.clone()).collect();
    assert_eq!(recent, [paths[1].clone(), paths[0].clone()], "the newest first");

    script.act(LayerAction::Open(paths[0].clone()));
    let answer = script.read_ok(script.generation());
    script.act(answer);
    assert_eq!(script.state.atlas.opened().count(), 2);
}

#[test]
fn a_file_that_changed_is_read_again_with_place_and_selection_kept() {
    let mut script = Script::start();
    script.act(file("boards.geojson"));
    let answer = script.read_ok(script.generation());
    script.act(answer);
    let sussex = script.area("Surrey and Sussex");
    script.act(SelectAction::Only(sussex)).act(MapAction::Zoom(3.0));
    let camera = script.state.camera;
    script.act(JobAction::Changed(vec![LayerId::Opened(0)]));
    // What changes once more while it is read, is not read twice at a time.
    script.act(JobAction::Changed(vec![LayerId::Opened(0)]));
    assert!(script.state.queue.is_empty());
    let answer = script.read_ok(script.generation());
    script.act(answer);
    assert_eq!(script.state.selection, [sussex]);
    assert_eq!(script.state.camera, camera);
    let last = script.state.notices.last().expect("a notice");
    assert_eq!(last.title, "boards.geojson changed and was read again: 36 areas.");
    assert_eq!(script.state.notices.len(), 1, "the old notice gave way");
}

#[test]
fn the_choices_for_a_file_are_kept_for_the_next_time() {
    let mut script = Script::start();
    script.act(file("boards.geojson"));
    let answer = script.read_ok(script.generation());
    script.act(answer);
    let choices = Choices { name_field: Some("alias".to_owned()), ..Choices::default() };
    script.act(LayerAction::Rechoose(LayerId::Opened(0), choices.clone()));
    let answer = script.read_ok(script.generation());
    script.act(answer).act(LayerAction::Close(LayerId::Opened(0))).act(file("boards.geojson"));
    let asked = script.effects.iter().find_map(|effect| match effect {
        Effect::Read { choices, .. } => Some(choices.clone()),
        _ => None,
    });
    assert_eq!(asked, Some(Choices { asks: true, ..choices }));
}

#[test]
fn a_file_with_several_parts_waits_for_a_choice() {
    let mut script = Script::start();
    script.act(file("all.topojson"));
    let part = |name: &str| Part { name: name.to_owned(), areas: Some(3) };
    let result = Err(ReadError::Choose(vec![part("boards"), part("regions")]));
    let answer = JobAction::Read { generation: script.generation(), result };
    script.act(answer);
    assert_eq!(script.state.overlay, Some(Overlay::Parts));
    script.act(LayerAction::ChoosePart("regions".to_owned()));
    assert_eq!(script.state.overlay, None);
    let asked = script.state.reading.as_ref().expect("it is read").order.choices.part.clone();
    assert_eq!(asked.as_deref(), Some("regions"));
}

#[test]
fn files_after_one_that_asks_wait_for_the_answer() {
    let mut script = Script::start();
    let paths = ["all.topojson", "next.geojson"].map(|name| PathBuf::from("/x").join(name));
    script.act(LayerAction::OpenAll(paths.to_vec()));
    let part = |name: &str| Part { name: name.to_owned(), areas: None };
    let result = Err(ReadError::Choose(vec![part("a"), part("b")]));
    let answer = JobAction::Read { generation: script.generation(), result };
    script.act(answer);
    assert!(script.state.reading.is_none() && script.state.queue.len() == 1);
    // Whoever does not choose goes on with the next file.
    script.act(SelectAction::Clear);
    let reading = script.state.reading.as_ref().expect("the next file");
    assert_eq!(reading.order.path, paths[1]);
}

#[test]
fn a_fault_of_the_program_frees_what_waits_and_keeps_the_map() {
    let mut script = Script::start();
    script
        .act(file("a.geojson"))
        .act(PictureAction::Copy(CopyAs::Pixels))
        .act(LayerAction::AskForFile);
    let generation = script.generation();
    for work in [Work::Read(generation), Work::Draw, Work::Ask, Work::Decode, Work::Refine] {
        script.act(JobAction::Failed(work));
    }
    let state = &script.state;
    assert!(state.reading.is_none() && !state.saving && state.asking.is_none());
    assert_eq!(state.layer_id, LayerId::Bundled(Edition::July2022));
    assert_eq!(state.notices.len(), 2, "one for the file, one for the others");
}

#[test]
fn a_message_leads_to_its_place_and_esc_takes_the_frame_away() {
    let mut script = Script::start();
    let part = script.state.layer.layer.areas[0].bounds;
    script.act(LayerAction::ShowPart(None, part));
    assert_eq!(script.state.mark, Some(part));
    let seen = script.state.camera.visible(script.state.size);
    assert!(seen.min().x < part.min().x && part.max().x < seen.max().x);
    script.act(SelectAction::Clear);
    assert_eq!(script.state.mark, None);
}

#[test]
fn cancelling_stops_the_reader_and_keeps_the_map() {
    let mut script = Script::start();
    script.act(file("large.geojson"));
    let progress = script.state.reading.as_ref().expect("a reading").progress.clone();
    script.act(LayerAction::CancelReading);
    assert!(progress.go_on().is_err(), "the reader is told");
    assert!(script.state.reading.is_none());
    assert_eq!(script.state.layer_id, LayerId::Bundled(Edition::July2022));
}

#[test]
fn a_refusal_changes_nothing_but_the_notices() {
    let mut script = Script::start();
    let devon = script.area("Devon");
    script.act(SelectAction::GoTo(devon)).act(file("odd.geojson"));
    let (camera, selection) = (script.state.camera, script.state.selection.clone());
    let refusal = refuse("no-areas", "The file has no areas.", "Choose another.").into();
    let answer = JobAction::Read {
        generation: script.generation(),
        result: Err(ReadError::Refused(refusal)),
    };
    script.act(answer);
    assert_eq!((script.state.camera, &script.state.selection), (camera, &selection));
    let notice = &script.state.notices[0].title;
    assert_eq!(notice, "odd.geojson was not opened. The file has no areas. Choose another.");
}

#[test]
fn closing_the_file_on_show_goes_back_to_the_edition_before() {
    let mut script = Script::start();
    script.act(file("boards.geojson"));
    let answer = script.read_ok(script.generation());
    script.act(answer).act(LayerAction::Close(LayerId::Opened(0)));
    assert_eq!(script.state.layer_id, LayerId::Bundled(Edition::July2022));
    assert_eq!(script.state.atlas.opened().count(), 0);
}

#[test]
fn an_edition_that_is_not_decoded_is_awaited_with_the_body_to_select() {
    let mut script = Script::start();
    let bexley = script.state.atlas.register.by_key(BodyKind::Ccg, "07N").expect("a CCG");
    script.act(SelectAction::Body(bexley));
    assert!(matches!(script.effects[..], [Effect::Decode(BodyKind::Ccg, Edition::April2019)]));
    assert_eq!(script.state.layer_id, LayerId::Bundled(Edition::July2022), "until it is there");
    script.state.atlas.edition(Edition::April2019).expect("a bundled edition");
    script.act(JobAction::Decoded(BodyKind::Ccg, Edition::April2019));
    assert_eq!(script.state.layer_id, LayerId::Bundled(Edition::April2019));
    assert_eq!(script.state.selection, [script.area("Bexley")]);
    assert_eq!(script.state.settings.edition, "2019-04", "it is remembered");
}

#[test]
fn a_picture_is_of_the_moment_in_which_it_was_asked_for() {
    let mut script = Script::start();
    let devon = script.area("Devon");
    script.act(SelectAction::Only(devon)).act(PictureAction::AskWhere);
    let [Effect::PickTarget(name)] = &script.effects[..] else { panic!("{:?}", script.effects) };
    assert_eq!(name, "Devon 2022-07.png");
    script.act(SelectAction::Clear);
    script.act(PictureAction::Picked(Some(PathBuf::from("/somewhere/slide"))));
    let saved = script.effects.iter().find_map(|effect| match effect {
        Effect::Save { output: Output::Picture(Drawing::Map(order)), path, .. } => {
            Some((order.recipe.map.select.clone(), path.clone()))
        }
        _ => None,
    });
    let code = script.state.layer.layer.areas[devon].code.clone();
    assert_eq!(saved, Some((vec![code], PathBuf::from("/somewhere/slide.png"))));
}

#[test]
fn ctrl_click_adds_and_takes_away() {
    let mut script = Script::start();
    let (devon, dorset) = (script.area("Devon"), script.area("Dorset"));
    script.act(SelectAction::Only(devon)).act(SelectAction::Toggle(dorset));
    assert_eq!(script.state.selection, [devon, dorset]);
    assert_eq!(script.state.last_selected(), Some(dorset), "the panel is about the last one");
    script.act(SelectAction::Toggle(devon));
    assert_eq!(script.state.selection, [dorset]);
}

#[test]
fn a_window_that_grows_keeps_showing_all_until_the_map_was_moved() {
    let mut script = Script::start();
    let small = script.state.camera.metres_per_pixel;
    script.act(MapAction::Resize(PageSize::new(1800.0, 1400.0)));
    assert!(script.state.camera.metres_per_pixel < small / 1.8, "it grows with the window");
    script.act(MapAction::ZoomAt(3.0, PagePoint::new(100.0, 100.0)));
    let moved = script.state.camera;
    script.act(MapAction::Resize(PageSize::new(900.0, 700.0)));
    assert_eq!(script.state.camera.centre, moved.centre);
    let fit = Command::Fit.action(&script.state);
    script.act(fit);
    assert!((script.state.camera.metres_per_pixel - small).abs() < 1e-9);
}

#[test]
fn a_find_box_without_a_match_leaves_the_selection() {
    let mut script = Script::start();
    let devon = script.area("Devon");
    script.act(SelectAction::Only(devon));
    script.act(PanelAction::Find("Atlantis".to_owned())).act(PanelAction::FindGo);
    assert!(script.state.found.is_empty());
    assert_eq!(script.state.selection, [devon]);
    script.act(PanelAction::Find("e54000036".to_owned())).act(PanelAction::FindGo);
    assert_eq!(script.state.selection, [script.area("Cornwall and the Isles of Scilly")]);
}

#[test]
fn finding_a_grid_reference_goes_there() {
    let mut script = Script::start();
    script.act(PanelAction::Find("TQ 37 76".to_owned())).act(PanelAction::FindGo);
    assert_eq!(script.state.selection, [script.area("South East London")]);
    assert!((script.state.camera.centre.x - 537_500.0).abs() < 1.0);
}

fn profile(script: &Script) -> Arc<Profile> {
    script.state.subject.as_ref().expect("a subject").profile.clone()
}

#[test]
fn a_body_without_a_map_of_its_own_is_shown_by_its_outline() {
    let mut script = Script::start();
    let kent = script.state.atlas.register.by_key(BodyKind::Council, "E10000016").expect("Kent");
    script.act(SelectAction::Body(kent));
    let council = (BodyKind::Council, Edition::December2023);
    assert!(script.effects.iter().any(|effect| matches!(
        effect,
        Effect::Decode(kind, edition) if (*kind, *edition) == council
    )));
    assert_eq!(script.state.layer_id, LayerId::Bundled(Edition::July2022));
    let before = script.state.camera;
    script.state.atlas.layer(council.0, council.1).expect("councils");
    script.act(JobAction::Decoded(council.0, council.1));
    assert!(script.state.camera.metres_per_pixel < before.metres_per_pixel, "it goes there");
    assert_eq!(script.state.view().lit.len(), 1, "and lights it up");
    let profile = profile(&script);
    assert_eq!(profile.title, "Kent");
    assert_eq!(profile.boards[0].name, "NHS Kent and Medway Integrated Care Board");
    assert!(profile.area_km2.is_some_and(|km2| (3_000.0..4_000.0).contains(&km2)));
    // Its outline is of December 2023, its boards are those of the map.
    let hampshire = script.state.atlas.register.by_key(BodyKind::Council, "E10000014");
    script.act(SelectAction::Body(hampshire.expect("Hampshire")));
    let boards = self::profile(&script).boards.len();
    assert_eq!(boards, 2, "Frimley had a part of it in 2022");
}

#[test]
fn back_and_forward_go_through_what_was_looked_at() {
    let mut script = Script::start();
    let (devon, dorset) = (script.area("Devon"), script.area("Dorset"));
    script.act(SelectAction::GoTo(devon)).act(SelectAction::GoTo(dorset));
    script.state.atlas.edition(Edition::April2026).expect("a bundled edition");
    script.act(TimeAction::Go(Edition::April2026));
    assert_eq!(profile(&script).title, "Dorset");
    script.act(SelectAction::Back);
    assert_eq!(script.state.layer_id, LayerId::Bundled(Edition::July2022));
    assert_eq!(script.state.selection, [dorset]);
    script.act(SelectAction::Back);
    assert_eq!(script.state.selection, [devon]);
    script.act(SelectAction::Back).act(SelectAction::Forward);
    assert_eq!(profile(&script).title, "Devon");
    script.act(SelectAction::Forward).act(SelectAction::Forward);
    assert_eq!(script.state.layer_id, LayerId::Bundled(Edition::April2026));
    assert!(!Command::Forward.is_enabled(&script.state));
    // Looking at the same again is no step.
    let same = script.state.selection[0];
    script.act(SelectAction::Only(same));
    script.act(SelectAction::Back);
    assert_eq!(script.state.layer_id, LayerId::Bundled(Edition::July2022));
}

#[test]
fn the_selection_follows_through_time_and_playing_ends_at_the_last_state() {
    let mut script = Script::start();
    for edition in Edition::MAPS {
        script.state.atlas.edition(edition).expect("a bundled edition");
    }
    let selected = script.area("QHG");
    script.act(SelectAction::Only(selected)).act(TimeAction::Earlier);
    assert_eq!(script.state.moment(), Edition::April2021);
    assert_eq!(profile(&script).title, "Bedfordshire, Luton and Milton Keynes");
    script.act(TimeAction::Earlier);
    let names: Vec<&str> =
        script.state.selection.iter().map(|a| script.state.layer.names[*a].as_str()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    script.act(TimeAction::Go(Edition::April2023)).act(TimeAction::TogglePlay);
    assert!(script.state.is_playing);
    script.act(TimeAction::Tick);
    assert_eq!(script.state.moment(), Edition::April2026);
    assert_eq!(profile(&script).title, "Central East");
    script.act(TimeAction::Tick);
    assert!(!script.state.is_playing, "there is no state after the last one");
}

#[test]
fn dragging_the_slider_over_several_states_is_one_step() {
    let mut script = Script::start();
    for edition in Edition::MAPS {
        script.state.atlas.edition(edition).expect("a bundled edition");
    }
    for edition in [Edition::April2021, Edition::April2020, Edition::April2019] {
        script.act(TimeAction::DragTo(edition));
    }
    script.act(TimeAction::DragEnd);
    assert_eq!(script.state.moment(), Edition::April2019);
    script.act(SelectAction::Back);
    assert_eq!(script.state.moment(), Edition::July2022);
    script.act(TimeAction::DragTo(Edition::April2023)).act(SelectAction::Back);
    assert_eq!(script.state.moment(), Edition::July2022, "another drag is another step");
}

#[test]
fn arrow_keys_step_to_the_area_in_their_direction() {
    let mut script = Script::start();
    let devon = script.area("Devon");
    script.act(SelectAction::Only(devon)).act(SelectAction::Step(Compass::West));
    assert_eq!(profile(&script).title, "Cornwall and the Isles of Scilly");
    script.act(SelectAction::Step(Compass::East));
    assert_eq!(profile(&script).title, "Devon");
    let edge = script.area("Cornwall and the Isles of Scilly");
    script.act(SelectAction::Only(edge)).act(SelectAction::Step(Compass::West));
    assert_eq!(script.state.selection, [edge], "there is nothing farther west");
    script.act(SelectAction::Clear).act(SelectAction::Step(Compass::North));
    assert_eq!(script.state.selection.len(), 1, "it begins in the middle");
}

#[test]
fn lines_are_shown_in_the_selection_or_everywhere() {
    let mut script = Script::start();
    script.state.atlas.layer(BodyKind::SubIcb, Edition::April2023).expect("locations");
    script.act(PanelAction::ToggleLines(Lines::Locations));
    assert!(script.state.lines.is_empty(), "nothing is selected");
    let sussex = script.area("Sussex");
    script.act(SelectAction::Only(sussex));
    let inside = script.state.lines[0].arcs.len();
    script.act(PanelAction::ToggleLinesEverywhere);
    let everywhere = script.state.lines[0].arcs.len();
    assert!(inside > 0 && everywhere > inside, "{inside}, {everywhere}");
    let devon = script.area("Devon");
    script.act(PanelAction::ToggleLinesEverywhere).act(SelectAction::Only(devon));
    assert!(script.state.lines.is_empty(), "Devon has one location: no line inside");
    let (scene, _) = script.state.drawing().scene().expect("a picture");
    let printed = ics_atlas::scene::print(&scene);
    assert!(!printed.contains("Sub-ICB locations, April 2023"), "no legend without lines");
}

#[test]
fn with_the_lineage_open_a_picture_is_of_the_lineage() {
    let mut script = Script::start();
    let frimley = script.area("Frimley");
    script.act(SelectAction::Only(frimley));
    let open = Command::Lineage.action(&script.state);
    script.act(open).act(PictureAction::AskWhere);
    let [Effect::PickTarget(name)] = &script.effects[..] else { panic!("{:?}", script.effects) };
    assert_eq!(name, "Frimley lineage.png");
    let (scene, _) = script.state.drawing().scene().expect("a picture");
    let printed = ics_atlas::scene::print(&scene);
    for name in ["Frimley", "Thames Valley", "Surrey and Sussex", "Open Government Licence"] {
        assert!(printed.contains(name), "{name} in {printed}");
    }
    script.act(SelectAction::Clear);
    assert!(matches!(script.state.drawing(), Drawing::Map(_)), "Esc closes it");
}

#[test]
fn every_answer_to_a_dialog_frees_it() {
    let mut script = Script::start();
    let open = Command::Open.action(&script.state);
    script.act(open);
    assert!(!Command::Open.is_enabled(&script.state), "one dialog at a time");
    script.act(LayerAction::Picked(None));
    assert!(Command::Open.is_enabled(&script.state));
    let save = Command::SavePicture.action(&script.state);
    script.act(save).act(PictureAction::Picked(None));
    assert!(Command::SavePicture.is_enabled(&script.state));
}

#[test]
fn another_map_ends_a_comparison_and_its_late_result_is_thrown_away() {
    let mut script = Script::start();
    script.act(CompareAction::Toggle);
    let [Effect::Compare { generation, before, after, .. }] = script.effects[..] else {
        panic!("{:?}", script.effects)
    };
    assert_eq!(before, LayerId::Bundled(Edition::July2022));
    assert_eq!(after, LayerId::Bundled(Edition::April2023));
    let atlas = script.state.atlas.clone();
    let layer = |edition| atlas.edition(edition).expect("a bundled edition");
    let (a, b) = (layer(Edition::July2022), layer(Edition::April2023));
    let found = Compared::new(&a, &b, &Progress::default()).expect("nobody cancels");
    let found = Some(Arc::new(found));
    script.act(JobAction::Compared { generation: generation + 1, found: found.clone() });
    assert!(script.state.comparison.as_ref().is_some_and(|c| c.found.is_none()), "not this one");
    script.act(JobAction::Compared { generation, found });
    assert_eq!(script.state.layer_id, after);
    assert!(script.state.view().changes.is_some());
    let (scene, _) = script.state.drawing().scene().expect("a picture");
    assert!(scene.title.starts_with("What changed"), "{}", scene.title);

    script.act(CompareAction::SaveTable);
    assert!(matches!(&script.effects[..], [Effect::PickTarget(name)] if name.ends_with("csv")));
    script.act(PictureAction::Picked(Some(PathBuf::from("/x/changes"))));
    let saved = script.effects.iter().find_map(|effect| match effect {
        Effect::Save { output: Output::Table(text), path, .. } => {
            Some((text.clone(), path.clone()))
        }
        _ => None,
    });
    let (text, path) = saved.expect("a table");
    assert_eq!(path, PathBuf::from("/x/changes.csv"));
    assert!(text.contains("E54000063"));

    script.act(TimeAction::Go(Edition::July2022));
    assert!(script.state.comparison.is_none());
}

#[test]
fn a_comparison_gives_way_to_a_persons_choice_and_is_renewed_with_its_files() {
    let mut script = Script::start();
    script.act(CompareAction::Toggle).act(TimeAction::Go(Edition::April2026));
    assert!(script.state.comparison.is_none(), "the map is not taken away from who moves on");

    script.act(file("boards.geojson"));
    let answer = script.read_ok(script.generation());
    script.act(answer);
    let opened = LayerId::Opened(0);
    let before = LayerId::Bundled(Edition::April2023);
    script.act(CompareAction::Choose(before, opened));
    let first = script.state.comparison.as_ref().expect("a comparison").generation;
    script.act(JobAction::Changed(vec![opened]));
    let answer = script.read_ok(script.generation());
    script.act(answer);
    let again = script.state.comparison.as_ref().expect("it goes on");
    assert_eq!((again.before, again.after), (before, opened));
    assert!(again.generation > first, "the file as it is now");
}
