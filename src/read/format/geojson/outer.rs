//! What a GeoJSON text says it is, and where its features are.

use rayon::prelude::*;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::super::{Cancelled, Progress};
use super::quick;

/// The members of a text that say what it is.
#[derive(Deserialize)]
pub struct Outer<'a> {
    #[serde(rename = "type")]
    pub kind: Option<Value>,
    #[serde(borrow)]
    pub features: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    pub geometries: Option<Vec<&'a RawValue>>,
    pub crs: Option<Value>,
    #[serde(rename = "exceededTransferLimit")]
    pub is_cut: Option<Value>,
    pub properties: Option<Value>,
    /// The features of a collection that was split quickly.
    #[serde(skip)]
    pub split: Option<Vec<FeatureText<'a>>>,
}

/// A feature as it was found.
pub enum FeatureText<'a> {
    /// By the rules, and read by the quick reader.
    Read(quick::Feature),
    /// Still a text.
    Unread(&'a str),
}

impl<'a> From<&'a RawValue> for FeatureText<'a> {
    fn from(raw: &'a RawValue) -> Self {
        Self::Unread(raw.get())
    }
}

impl<'a> Outer<'a> {
    pub fn of(text: &'a str, progress: &Progress) -> Result<Self, OuterError> {
        match Self::quickly(text, progress)? {
            Some(outer) => Ok(outer),
            None => serde_json::from_str(text).map_err(OuterError::Json),
        }
    }

    /// What the quick reader takes; `None` where the text as a whole may not be JSON.
    pub(super) fn quickly(text: &'a str, progress: &Progress) -> Result<Option<Self>, Cancelled> {
        let Some(outer) = quick::outer(text) else { return Ok(None) };
        let read = |text: &&'a str| {
            progress.go_on()?;
            let is_sound = || serde_json::from_str::<IgnoredAny>(text).is_ok();
            let read = quick::feature(text).map(FeatureText::Read);
            Ok(read.or_else(|| is_sound().then_some(FeatureText::Unread(text))))
        };
        let split = outer.features.par_iter().map(read);
        let Some(split) = split.collect::<Result<Option<Vec<_>>, Cancelled>>()? else {
            return Ok(None);
        };
        Ok(Self::of_members(&outer.members, split))
    }

    /// Of the members but the features, each a name and a value; `None` where one cannot be read.
    pub(super) fn of_members(
        members: &[(&str, &str)],
        split: Vec<FeatureText<'a>>,
    ) -> Option<Self> {
        // An outer `None`: it is there, but cannot be read.
        let member = |name| {
            let found = members.iter().find(|(other, _)| *other == name);
            let value = found.map(|(_, value)| serde_json::from_str::<Value>(value)).transpose();
            Some(value.ok()?.filter(|value| !value.is_null()))
        };
        let (Some(kind), Some(crs), Some(is_cut), Some(properties)) =
            (member("type"), member("crs"), member("exceededTransferLimit"), member("properties"))
        else {
            return None;
        };
        Some(Self {
            kind,
            features: None,
            geometries: None,
            crs,
            is_cut,
            properties,
            split: Some(split),
        })
    }
}

/// Why a text has no members.
pub enum OuterError {
    Json(serde_json::Error),
    Cancelled,
}

impl From<Cancelled> for OuterError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}
