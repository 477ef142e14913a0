//! The command line: the window by default, and subcommands over the same core.
//!
//! Exit codes: 0 done, 1 refused or not found, 2 wrong usage or no display.

mod args;
mod bodies;
mod changes;
mod export;
mod query;
mod simplify;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use crate::diag::{Diagnostic, Refusal, Severity};
use crate::model::{Atlas, Edition, JoinedLayer};
use crate::read::{self, Choices, Progress, ReadError, Surveyed, survey};
use args::{Arguments, Command, Source};

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        None => return window(arguments.files),
        Some(Command::Check { file, part, json }) => query::check(&file, part, json),
        Some(Command::List { kind: Some(kind), on, json, .. }) => bodies::list(kind, on, json),
        Some(Command::List { source, json, .. }) => query::list(&source, json),
        Some(Command::Show { name, source, json }) if source.is_usual() => {
            bodies::show(&name, json)
        }
        Some(Command::Show { name, source, json }) => query::show(&name, &source, json),
        Some(Command::Find { text, limit, json }) => bodies::find(&text, limit, json),
        Some(Command::Lineage { name, json }) => bodies::lineage(&name, json),
        Some(Command::Events { json }) => bodies::events(json),
        Some(Command::At { place, source, json }) => query::at(&place, &source, json),
        Some(Command::Changes(options)) => changes::changes(&options),
        Some(Command::Simplify(options)) => simplify::simplify(&options),
        Some(Command::Export(options)) => export::export(&options),
        Some(Command::Prepare { source, out }) => crate::prepare::prepare(&source, &out)
            .map(|lines| lines.join("\n"))
            .map_err(Failure::from),
    };
    match result {
        Ok(text) => {
            // A reader that has seen enough (`head`) is no failure.
            let _ =
                std::io::Write::write_all(&mut std::io::stdout(), format!("{text}\n").as_bytes());
            ExitCode::SUCCESS
        }
        Err(Failure { text, message }) => {
            if let Some(text) = text {
                println!("{text}");
            }
            eprintln!("ics-atlas: {message}");
            ExitCode::from(1)
        }
    }
}

#[cfg(feature = "gui")]
fn window(files: Vec<std::path::PathBuf>) -> ExitCode {
    crate::app::run(files)
}

#[cfg(not(feature = "gui"))]
fn window(_: Vec<std::path::PathBuf>) -> ExitCode {
    eprintln!("ics-atlas: this build has no window; see ics-atlas --help for what it can do");
    ExitCode::from(2)
}

/// Why a subcommand ended with exit code 1.
struct Failure {
    /// What goes to standard output all the same.
    text: Option<String>,
    /// What goes to standard error.
    message: String,
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self { text: None, message: message.into() }
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::new(diagnostic.to_string())
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        refusal.reason.into()
    }
}

type Outcome = Result<String, Failure>;

fn atlas() -> Result<Atlas, Failure> {
    Ok(Atlas::embedded()?)
}

/// The atlas, and in it the layer that the options name.
fn atlas_with(source: &Source) -> Result<(Atlas, Arc<JoinedLayer>), Failure> {
    if source.file.is_some() {
        let (atlas, file) = rayon::join(atlas, || begun(source));
        let atlas = atlas?;
        let layer = layer(&atlas, source, file)?;
        return Ok((atlas, layer));
    }
    let edition = source.edition.unwrap_or(Edition::July2022);
    let atlas = Atlas::embedded_with(edition)?;
    let layer = layer(&atlas, source, None)?;
    Ok((atlas, layer))
}

/// A boundary file, read as far as it can be while the register is read too.
fn surveyed(path: &Path, choices: &Choices) -> Result<Surveyed, ReadError> {
    let progress = Progress::default();
    survey(read::load(path, &progress)?, choices, &progress)
}

/// The file that the options name, if they name one.
fn begun(source: &Source) -> Option<Result<Surveyed, ReadError>> {
    let choices = Choices { part: source.part.clone(), ..Choices::default() };
    source.file.as_ref().map(|path| surveyed(path, &choices))
}

/// The layer that the options name, of a file that may have been `begun` already. What a file's
/// reader noticed goes to standard error.
fn layer(
    atlas: &Atlas,
    source: &Source,
    file: Option<Result<Surveyed, ReadError>>,
) -> Result<Arc<JoinedLayer>, Failure> {
    let Some(file) = file.or_else(|| begun(source)) else {
        let edition = source.edition.unwrap_or(Edition::July2022);
        return Ok(atlas.edition(edition)?);
    };
    let opened = file.and_then(|file| file.join(atlas, &Progress::default()));
    let opened = opened.map_err(ReadError::into_refusal)?;
    for diagnostic in opened.diagnostics.iter().filter(|d| d.severity >= Severity::Warning) {
        eprintln!("ics-atlas: {diagnostic}");
    }
    Ok(Arc::new(opened.joined))
}

fn json(value: &impl serde::Serialize) -> Outcome {
    serde_json::to_string_pretty(value).map_err(|error| Failure::new(error.to_string()))
}
