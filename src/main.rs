//! The program: see [`ics_atlas`].

use std::process::ExitCode;

fn main() -> ExitCode {
    let filter = env_logger::Env::default().default_filter_or("warn");
    env_logger::Builder::from_env(filter).init();
    ics_atlas::cli::run()
}
