//! Layers and register together: everything that is known, immutable.

use std::sync::{Arc, OnceLock};

use super::{BodyKind, Edition, JoinedLayer, Layer, Register};
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
    layers: [OnceLock<Arc<JoinedLayer>>; bundled::LAYERS.len()],
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

    /// The same with one edition, which is decoded while the register is read.
    ///
    /// # Errors
    /// As [`Self::embedded`], or if the embedded boundaries are faulty, which the tests rule out too.
    pub fn embedded_with(edition: Edition) -> Result<Self, Refusal> {
        // Some are united from the boundaries of another date, which take the time.
        let own = (edition.kind(), edition);
        let (kind, edition) = bundled::united_from(own.0, own.1).unwrap_or(own);
        let (atlas, layer) = rayon::join(Self::embedded, || bundled::layer(kind, edition));
        let atlas = atlas?;
        let joined = JoinedLayer::new(layer?, &atlas.register);
        if let Some(slot) = atlas.slot(kind, edition) {
            slot.get_or_init(|| Arc::new(joined));
        }
        Ok(atlas)
    }

    /// A bundled edition, decoded now if need be.
    ///
    /// # Errors
    /// If the embedded boundaries are faulty, which the tests rule out for a released program.
    pub fn edition(&self, edition: Edition) -> Result<Arc<JoinedLayer>, Refusal> {
        self.layer(edition.kind(), edition)
    }

    /// The areas of a kind of body in an edition, decoded now if need be. Where the program has
    /// no boundaries of that date, they are united from those of the bodies before.
    ///
    /// # Errors
    /// If the embedded boundaries are faulty, which the tests rule out for a released program,
    /// or if the areas are not among [`bundled::LAYERS`].
    pub fn layer(&self, kind: BodyKind, edition: Edition) -> Result<Arc<JoinedLayer>, Refusal> {
        let slot = self.slot(kind, edition);
        if let Some(layer) = slot.and_then(OnceLock::get) {
            return Ok(layer.clone());
        }
        let joined = match bundled::united_from(kind, edition) {
            Some((base_kind, base)) => {
                self.layer(base_kind, base)?.united(&self.register, kind, edition)
            }
            None => JoinedLayer::new(bundled::layer(kind, edition)?, &self.register),
        };
        let joined = Arc::new(joined);
        Ok(slot.map_or(joined.clone(), |slot| slot.get_or_init(|| joined).clone()))
    }

    /// The areas of a kind of body in an edition, if they are there without decoding anything.
    #[must_use]
    pub fn ready_layer(&self, kind: BodyKind, edition: Edition) -> Option<&Arc<JoinedLayer>> {
        self.slot(kind, edition)?.get()
    }

    /// A layer, if it is there without decoding anything.
    #[must_use]
    pub fn ready(&self, id: LayerId) -> Option<&Arc<JoinedLayer>> {
        match id {
            LayerId::Bundled(edition) => self.ready_layer(edition.kind(), edition),
            LayerId::Opened(number) => {
                self.opened.iter().find(|(n, _)| *n == number).map(|(_, layer)| layer)
            }
        }
    }

    /// A layer, decoded now if need be; `None` for a file that has been closed.
    ///
    /// # Errors
    /// If the embedded boundaries are faulty, which the tests rule out for a released program.
    pub fn get(&self, id: LayerId) -> Result<Option<Arc<JoinedLayer>>, Refusal> {
        match id {
            LayerId::Bundled(edition) => self.edition(edition).map(Some),
            LayerId::Opened(_) => Ok(self.ready(id).cloned()),
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

    /// This atlas with another layer in the place of an opened one.
    #[must_use]
    pub fn with_replaced(&self, id: LayerId, layer: Arc<JoinedLayer>) -> Self {
        let mut atlas = self.clone();
        let opened = atlas.opened.iter_mut().find(|(number, _)| LayerId::Opened(*number) == id);
        if let Some((_, place)) = opened {
            *place = layer;
        }
        atlas
    }

    /// This atlas without an opened file.
    #[must_use]
    pub fn without(&self, id: LayerId) -> Self {
        let mut atlas = self.clone();
        atlas.opened.retain(|(number, _)| LayerId::Opened(*number) != id);
        atlas
    }

    fn slot(&self, kind: BodyKind, edition: Edition) -> Option<&OnceLock<Arc<JoinedLayer>>> {
        let at = bundled::LAYERS.iter().position(|candidate| *candidate == (kind, edition))?;
        Some(&self.bundled.layers[at])
    }
}
