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

/// The text of a feature, and what the quick reader made of it.
pub struct FeatureText<'a> {
    pub text: &'a str,
    pub read: Option<quick::Feature>,
}

impl<'a> FeatureText<'a> {
    pub fn unread(raw: &'a RawValue) -> Self {
        Self { text: raw.get(), read: None }
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
            let read = quick::feature(text);
            let is_sound = || serde_json::from_str::<IgnoredAny>(text).is_ok();
            Ok((read.is_some() || is_sound()).then_some(FeatureText { text, read }))
        };
        let split = outer.features.par_iter().map(read);
        let Some(split) = split.collect::<Result<Option<Vec<_>>, Cancelled>>()? else {
            return Ok(None);
        };
        // An outer `None`: it is there, but cannot be read.
        let member = |name| {
            let found = outer.members.iter().find(|(other, _)| *other == name);
            let value = found.map(|(_, value)| serde_json::from_str::<Value>(value)).transpose();
            Some(value.ok()?.filter(|value| !value.is_null()))
        };
        let (Some(kind), Some(crs), Some(is_cut), Some(properties)) =
            (member("type"), member("crs"), member("exceededTransferLimit"), member("properties"))
        else {
            return Ok(None);
        };
        Ok(Some(Self {
            kind,
            features: None,
            geometries: None,
            crs,
            is_cut,
            properties,
            split: Some(split),
        }))
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
