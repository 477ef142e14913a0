//! Figures in the state without a window: how often a table is read, and what stays.

use std::path::Path;

use ics_atlas::app::action::{Action, BreakAction, FigureAction, JobAction, LayerAction};
use ics_atlas::app::action::{PictureAction, Work};
use ics_atlas::app::effect::Effect;
use ics_atlas::app::settings::Settings;
use ics_atlas::app::state::State;
use ics_atlas::recipe::FigureChoice;

struct Script {
    state: State,
    effects: Vec<Effect>,
    folder: tempfile::TempDir,
}

impl Script {
    fn start(table: &str) -> Self {
        let state = ics_atlas::app::load(Settings::default()).expect("sound data");
        let folder = tempfile::tempdir().expect("a folder");
        let mut script = Self { state, effects: Vec::new(), folder };
        script.write(table);
        let path = script.folder.path().join("figures.csv");
        script.act(LayerAction::Open(path));
        script
    }

    fn write(&self, table: &str) {
        std::fs::write(self.folder.path().join("figures.csv"), table).expect("a file");
    }

    fn act(&mut self, action: impl Into<Action>) -> &mut Self {
        self.effects.clear();
        self.state.update(action.into(), &mut self.effects);
        self
    }

    fn act_break(&mut self, action: BreakAction) -> &mut Self {
        self.act(FigureAction::Break(action))
    }

    /// The number of the reading that was asked for by the last action, if one was.
    fn asked(&self) -> Option<u64> {
        let mut all = self.effects.iter().filter_map(|effect| match effect {
            Effect::ReadFigures { generation, .. } => Some(*generation),
            _ => None,
        });
        let first = all.next();
        assert!(all.next().is_none(), "one reading at a time");
        first
    }

    /// Does the reading that was asked for, as the job does.
    fn read(&mut self) -> &mut Self {
        let (generation, choice, layer, register) = self
            .effects
            .iter()
            .find_map(|effect| match effect {
                Effect::ReadFigures { generation, choice, layer, register } => {
                    Some((*generation, choice.clone(), layer.clone(), register.clone()))
                }
                _ => None,
            })
            .expect("a reading was asked for");
        let stamp = ics_atlas::app::files::Stamp::of(Path::new(&choice.file));
        let result = choice.read(&layer, &register).map_err(|error| error.to_string());
        self.act(JobAction::FiguresRead { generation, stamp, result })
    }

    fn choice(&self) -> FigureChoice {
        self.state.figures.choice.clone().expect("figures")
    }

    fn choose(&mut self, choice: FigureChoice) -> &mut Self {
        self.act(FigureAction::Choose(Box::new(choice)))
    }

    fn is_on_map(&self) -> bool {
        self.state.figures.on_map().is_some()
    }

    fn breaks(&self) -> Vec<f64> {
        self.state.figures.classes().expect("classes").breaks.clone()
    }
}

const TABLE: &str = "ICB,Uptake (%),Reach (%),Visits\nQKK,10,1,5000\nQHM,20,2,6000\n\
                     QJK,30,3,7000\nQKS,40,4,8000\nQNC,50,5,9000\nQOX,60,41,9500\n";

#[test]
fn a_change_is_read_once_and_a_fault_does_not_loop() {
    let mut script = Script::start(TABLE);
    assert!(script.asked().is_some());
    script.act(LayerAction::Reload);
    assert_eq!(script.asked(), None, "one at a time");
    assert!(!script.is_on_map());
    let mut script = Script::start(TABLE);
    script.read();
    assert!(script.is_on_map());
    assert_eq!(script.asked(), None);

    script.act(JobAction::FiguresChanged);
    assert!(script.asked().is_some());
    assert!(script.is_on_map(), "the old figures are shown meanwhile");
    let first = script.effects.pop().expect("the reading");
    script.act(JobAction::FiguresChanged);
    assert_eq!(script.asked(), None, "one at a time");
    script.effects = vec![first];
    script.read();
    assert!(script.asked().is_some(), "what changed meanwhile is read");
    script.read();
    assert_eq!(script.asked(), None);

    script.write("no table of figures");
    script.act(JobAction::FiguresChanged).read();
    assert_eq!(script.asked(), None);
    script.act(LayerAction::CancelReading);
    assert_eq!(script.asked(), None, "what cannot be read is not read again until it changes");
    assert!(script.is_on_map());

    // A fault of the program neither loops nor takes the figures away.
    script.act(LayerAction::Reload);
    let generation = script.asked().expect("a reading");
    script.act(JobAction::Failed(Work::Figures(generation)));
    assert_eq!(script.asked(), None);
    assert!(script.is_on_map());
    let title = &script.state.notices.last().expect("a notice").title;
    assert!(title.starts_with("figures.csv could not be read again;"), "{title}");
}

#[test]
fn own_breaks_stay_with_numbers_like_those_they_were_made_for() {
    let mut script = Script::start(TABLE);
    script.read();
    let column =
        |name: &str, choice: FigureChoice| FigureChoice { column: Some(name.to_owned()), ..choice };
    let choice = FigureChoice {
        classes: Some("jenks:3".to_owned()),
        ..column("Uptake (%)", script.choice())
    };
    script.choose(choice);
    script.act_break(BreakAction::Add(45.0));
    let own = script.breaks();
    assert_eq!(own.len(), 3);
    let choice = column("Reach (%)", script.choice());
    script.choose(choice);
    assert_eq!(script.state.figures.breaks(), own, "another share: the same breaks");
    let choice = column("Visits", script.choice());
    script.choose(choice);
    assert_eq!(script.choice().classes.as_deref(), Some("jenks:3"), "counts: the automatic ones");
    // Each choice can be taken back, the last first.
    script.act(PictureAction::Undo);
    assert_eq!(script.state.figures.breaks(), own);
    script.act(PictureAction::Undo).act(PictureAction::Undo);
    assert_eq!(script.choice().classes.as_deref(), Some("jenks:3"));
    assert_eq!(script.choice().column.as_deref(), Some("Uptake (%)"));
    // Nothing of it comes back once the figures are closed.
    script.act(FigureAction::Close).act(PictureAction::Undo);
    assert!(script.state.figures.choice.is_none());
}

#[test]
fn a_drag_that_ends_where_it_began_changes_nothing() {
    let mut script = Script::start(TABLE);
    script.read();
    let before = script.choice();
    let breaks = script.breaks();
    script.act_break(BreakAction::Grab(0)).act_break(BreakAction::DragTo(breaks[0]));
    script.act_break(BreakAction::DragOut).act_break(BreakAction::DragTo(breaks[0] + 4.0));
    assert_eq!(script.breaks().len(), breaks.len());
    assert_ne!(script.choice(), before);
    script.act_break(BreakAction::DragEnd);
    script.act(PictureAction::Undo);
    assert_eq!(script.choice(), before);
    // A break that is not there is neither grabbed nor moved nor removed.
    script.act_break(BreakAction::Grab(77)).act_break(BreakAction::DragTo(20.0));
    script.act_break(BreakAction::Step(77, 1)).act_break(BreakAction::Remove(77));
    assert_eq!(script.choice(), before);
}
