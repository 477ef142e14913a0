//! The atlas: areas, the register of bodies, and how the two are joined.

pub mod atlas;
pub mod body;
pub mod changes;
pub mod code;
pub mod date;
pub mod edition;
pub mod fact;
pub mod find;
pub mod follow;
mod join;
pub mod joined;
pub mod layer;
pub mod lineage;
pub mod moment;
pub mod names;
pub mod overlap;
pub mod profile;
pub mod register;
pub mod search;
pub mod table;

pub use atlas::{Atlas, LayerId};
pub use body::{Body, BodyId, BodyKind};
pub use changes::Changes;
pub use code::{OdsCode, OnsCode};
pub use date::Date;
pub use edition::Edition;
pub use joined::JoinedLayer;
pub use layer::{Area, Layer};
pub use lineage::Lineage;
pub use register::{Citation, Register};
