//! Opening the window, or saying clearly why there is none.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Instant;

use eframe::egui::{IconData, ViewportBuilder};

use super::action::LayerAction;
use super::ground::Ground;
use super::job;
use super::picker::Desktop;
use super::settings::{Settings, Store};
use super::shell::Shell;
use super::state::{State, WINDOW};
use crate::model::{Atlas, LayerId};

/// Scale of England in a window of usual size, in metres a pixel.
const USUAL_SCALE: f64 = 900.0;

/// Opens the window and stays until it is closed. Without a display: exit code 2.
#[must_use]
pub fn run(files: Vec<PathBuf>) -> ExitCode {
    let started = Instant::now();
    if let Err(missing) = check_display() {
        return no_window(&missing);
    }
    // The data are decoded while the window system makes the window.
    let loading = std::thread::spawn(move || {
        let state = load(Store::of_desktop().load())?;
        log::debug!("data ready after {} ms", started.elapsed().as_millis());
        let ground = Ground::begun(&state.view(), state.theme());
        Ok((state, ground))
    });
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("ICS Atlas")
            .with_app_id("ics-atlas")
            .with_inner_size([WINDOW.width, WINDOW.height])
            .with_min_inner_size([800.0, 500.0])
            .with_icon(IconData::default()),
        renderer: eframe::Renderer::Glow,
        system_font_fallback: false,
        dithering: false,
        ..Default::default()
    };
    // The window library panics where a library of the desktop is missing. That must not reach
    // anybody as a panic: its message is taken for the reason instead.
    let usual_hook = std::panic::take_hook();
    let complaint = Arc::new(Mutex::new(None));
    let noted = complaint.clone();
    let opening = Arc::new(AtomicBool::new(true));
    let is_opening = opening.clone();
    std::panic::set_hook(Box::new(move |panic| {
        if is_opening.load(Ordering::Relaxed) {
            if let Ok(mut noted) = noted.lock() {
                *noted = panic.payload_as_str().map(str::to_owned);
            }
        } else {
            usual_hook(panic);
        }
    }));
    let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        eframe::run_native(
            "ICS Atlas",
            options,
            Box::new(move |cc| {
                opening.store(false, Ordering::Relaxed);
                log::debug!("window ready after {} ms", started.elapsed().as_millis());
                let (state, ground) = finish(loading)?;
                let (store, picker) = (Store::of_desktop(), Arc::new(Desktop));
                let shell = Shell::new(&cc.egui_ctx, state, store, picker, started);
                let mut shell = shell.with_ground(ground);
                // Remembered files are found again from any folder.
                let absolute = |file: PathBuf| std::path::absolute(&file).unwrap_or(file);
                let files: Vec<PathBuf> = files.into_iter().map(absolute).collect();
                if !files.is_empty() {
                    shell.apply(&cc.egui_ctx, LayerAction::OpenAll(files).into());
                }
                Ok(Box::new(shell))
            }),
        )
    }));
    match opened {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => no_window(&reason(&error)),
        Err(_) => {
            let missing = complaint.lock().ok().and_then(|mut noted| noted.take());
            no_window(
                &missing.unwrap_or_else(|| "the desktop's libraries are incomplete".to_owned()),
            )
        }
    }
}

/// The state to start with: the edition of the settings, decoded and ready to be drawn.
///
/// # Errors
/// If the bundled data are faulty, which the tests rule out for a released program.
pub fn load(settings: Settings) -> Result<State, String> {
    load_into(&Atlas::embedded().map_err(|error| error.to_string())?, settings)
}

/// The same with an atlas that is at hand.
///
/// # Errors
/// As [`load`].
pub fn load_into(atlas: &Atlas, settings: Settings) -> Result<State, String> {
    let edition = settings.start_edition();
    let (layer, backdrop) = rayon::join(
        || {
            let layer = atlas.edition(edition)?;
            job::make_ready(&layer, USUAL_SCALE);
            Ok(layer)
        },
        || {
            let backdrop = atlas.backdrop()?;
            job::make_level(&backdrop, USUAL_SCALE);
            Ok(())
        },
    );
    let fault = |refusal: crate::diag::Refusal| refusal.to_string();
    backdrop.map_err(fault)?;
    Ok(State::new(atlas.clone(), layer.map_err(fault)?, LayerId::Bundled(edition), settings))
}

/// What is made ready while the window is being made.
type Loaded = Result<(State, Ground), String>;

fn finish(loading: JoinHandle<Loaded>) -> Loaded {
    loading.join().unwrap_or_else(|_| Err("the bundled data could not be decoded".to_owned()))
}

fn no_window(reason: &str) -> ExitCode {
    eprintln!("ics-atlas: no window can be opened: {}.", reason.trim_end_matches('.'));
    eprintln!(
        "Pictures can be made without one: ics-atlas export map.png (see ics-atlas export --help)."
    );
    ExitCode::from(2)
}

fn reason(error: &eframe::Error) -> String {
    match error {
        eframe::Error::WinitEventLoop(error) => {
            // The library begins with the place in its own code; only the end is for people.
            let text = error.to_string();
            let end = text.rsplit(": ").next().unwrap_or(&text);
            format!("there is no display ({end})")
        }
        eframe::Error::NoGlutinConfigs(..)
        | eframe::Error::Glutin(_)
        | eframe::Error::OpenGL(_) => format!("OpenGL is missing or too old ({error})"),
        other => other.to_string(),
    }
}

/// What would make the window library panic rather than report is looked for first.
#[cfg(target_os = "linux")]
fn check_display() -> Result<(), String> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_wayland = is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET");
    if !is_wayland && !is_set("DISPLAY") {
        return Err("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)".to_owned());
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn check_display() -> Result<(), String> {
    Ok(())
}
