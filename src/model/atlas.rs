//! Layers and register together: everything that is known, immutable.

use std::sync::{Arc, OnceLock};

use super::{Edition, JoinedLayer, Layer, Register};
use crate::diag::{Diagnostic, Refusal};
use crate::read::bundled;

/// Which layer is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LayerId {
    /// A bundled edition.
    Bundled(Edition),
    /// A file that was opened, numbered in the order of opening.
    Opened(u32),
}

/// The bundled layers, each decoded when first asked for.
#[derive(Debug, Default)]
struct Bundled {
    maps: [OnceLock<Arc<JoinedLayer>>; Edition::MAPS.len()],
    backdrop: OnceLock<Arc<Layer>>,
}

/// Everything that is known. Cheap to clone: a copy shares the layers and the register.
#[derive(Debug, Clone)]
pub struct Atlas {
    /// The bodies.
    pub register: Arc<Register>,
    bundled: Arc<Bundled>,
    opened: Vec<(u32, Arc<JoinedLayer>)>,
}

impl Atlas {
    /// The atlas with its embedded register; boundaries are decoded when asked for.
    ///
    /// # Errors
    /// If an embedded table is faulty, which the tests rule out for a released program.
    pub fn embedded() -> Result<Self, Diagnostic> {
        let register = Arc::new(Register::load(bundled::table)?);
        Ok(Self { register, bundled: Arc::default(), opened: Vec::new() })
    }

    /// A bundled edition, decoded now if need be.
    ///
    /// # Errors
    /// If the embedded boundaries are faulty, which the tests rule out for a released program,
    /// or if the edition is not one of [`Edition::MAPS`].
    pub fn edition(&self, edition: Edition) -> Result<Arc<JoinedLayer>, Refusal> {
        let slot = self.slot(edition);
        if let Some(layer) = slot.and_then(OnceLock::get) {
            return Ok(layer.clone());
        }
        let layer = bundled::edition(edition)?;
        let joined = Arc::new(JoinedLayer::new(layer, &self.register));
        Ok(slot.map_or(joined.clone(), |slot| slot.get_or_init(|| joined).clone()))
    }

    /// A layer, if it is there without decoding anything.
    #[must_use]
    pub fn ready(&self, id: LayerId) -> Option<&Arc<JoinedLayer>> {
        match id {
            LayerId::Bundled(edition) => self.slot(edition)?.get(),
            LayerId::Opened(number) => {
                self.opened.iter().find(|(n, _)| *n == number).map(|(_, layer)| layer)
            }
        }
    }

    /// The coast of Wales, Scotland and Northern Ireland, decoded now if need be.
    ///
    /// # Errors
    /// If the embedded boundaries are faulty, which the tests rule out for a released program.
    pub fn backdrop(&self) -> Result<Arc<Layer>, Refusal> {
        if let Some(layer) = self.bundled.backdrop.get() {
            return Ok(layer.clone());
        }
        let layer = Arc::new(bundled::backdrop()?);
        Ok(self.bundled.backdrop.get_or_init(|| layer).clone())
    }

    /// The files that were opened, in order.
    pub fn opened(&self) -> impl Iterator<Item = (LayerId, &Arc<JoinedLayer>)> {
        self.opened.iter().map(|(number, layer)| (LayerId::Opened(*number), layer))
    }

    /// This atlas with one more opened file, and the number it got.
    #[must_use]
    pub fn with_opened(&self, layer: Arc<JoinedLayer>) -> (Self, LayerId) {
        let number = self.opened.iter().map(|(n, _)| n + 1).max().unwrap_or(0);
        let mut atlas = self.clone();
        atlas.opened.push((number, layer));
        (atlas, LayerId::Opened(number))
    }

    /// This atlas without an opened file.
    #[must_use]
    pub fn without(&self, id: LayerId) -> Self {
        let mut atlas = self.clone();
        atlas.opened.retain(|(number, _)| LayerId::Opened(*number) != id);
        atlas
    }

    fn slot(&self, edition: Edition) -> Option<&OnceLock<Arc<JoinedLayer>>> {
        let at = Edition::MAPS.iter().position(|candidate| *candidate == edition)?;
        Some(&self.bundled.maps[at])
    }
}
