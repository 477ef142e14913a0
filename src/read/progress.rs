//! How far a long read has come, and whether it should stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// A step of reading a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Fetching the bytes from disk.
    Loading,
    /// Parsing the format.
    Decoding,
    /// Converting coordinates and cleaning rings.
    Projecting,
    /// Finding shared borders.
    Building,
}

impl Stage {
    const ALL: [Self; 4] = [Self::Loading, Self::Decoding, Self::Projecting, Self::Building];

    /// The stage in words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Loading => "Loading",
            Self::Decoding => "Reading",
            Self::Projecting => "Placing on the grid",
            Self::Building => "Joining borders",
        }
    }
}

/// Somebody asked for the read to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// Shared between the reader and whoever waits for it.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    stage: Arc<AtomicU8>,
    cancelled: Arc<AtomicBool>,
}

impl Progress {
    /// Enters a stage.
    ///
    /// # Errors
    /// If the read has been cancelled.
    pub fn enter(&self, stage: Stage) -> Result<(), Cancelled> {
        let at = Stage::ALL.iter().position(|s| *s == stage).unwrap_or(0);
        #[expect(clippy::cast_possible_truncation, reason = "four stages")]
        self.stage.store(at as u8, Ordering::Relaxed);
        self.go_on()
    }

    /// To be called now and then within a stage.
    ///
    /// # Errors
    /// If the read has been cancelled.
    pub fn go_on(&self) -> Result<(), Cancelled> {
        if self.cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// Asks the reader to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// The stage the reader is in.
    #[must_use]
    pub fn stage(&self) -> Stage {
        Stage::ALL[usize::from(self.stage.load(Ordering::Relaxed)).min(Stage::ALL.len() - 1)]
    }

    /// The share of stages that lie behind, from 0 to 1.
    #[must_use]
    pub fn fraction(&self) -> f32 {
        f32::from(self.stage.load(Ordering::Relaxed)) / 4.0
    }
}
