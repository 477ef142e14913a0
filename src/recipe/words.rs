//! The texts of a picture that make themselves.

use super::{LabelText, Recipe};
use crate::model::{BodyId, BodyKind, JoinedLayer, Register};
use crate::scene::headline;

/// The texts on the areas of a layer.
pub(super) fn labels(layer: &JoinedLayer, register: &Register, text: LabelText) -> Vec<String> {
    let areas = layer.layer.areas.iter().zip(&layer.bodies).zip(&layer.names);
    let of = |((area, body), short): ((&crate::model::Area, &Option<BodyId>), &String)| {
        let body = body.map(|id| (id, register.body(id)));
        match (text, body) {
            (LabelText::None, _) => String::new(),
            (LabelText::Short | LabelText::Value, _) | (LabelText::Public, None) => short.clone(),
            (LabelText::Full, Some((_, body))) => body.name.clone(),
            (LabelText::Full, None) => area.name.clone(),
            (LabelText::Public, Some((id, _))) => {
                public_name(register, id).unwrap_or_else(|| short.clone())
            }
            (LabelText::Code, Some((_, body))) => body.code().unwrap_or(&area.code).to_owned(),
            (LabelText::Code, None) => area.code.clone(),
        }
    };
    areas.map(of).collect()
}

/// The name that the system of a board uses in public, where it is recorded.
fn public_name(register: &Register, board: BodyId) -> Option<String> {
    let system = register.parts(board, BodyKind::System).next()?;
    Some(register.body(system).name.clone())
}

/// What is shown, in a line: the date of a layer and how many areas there are.
pub(super) fn caption(layer: &JoinedLayer) -> [String; 2] {
    let about = &layer.layer.about;
    let date = about.edition.map_or_else(|| about.title.clone(), |e| e.title().to_owned());
    let what = about.kind.map(|kind| crate::model::names::within_a_sentence(kind.plural()));
    let count = layer.layer.areas.len();
    let count = what.map_or_else(|| layer.layer.count_in_words(), |what| format!("{count} {what}"));
    [date, count]
}

/// Source, licence and date, as far as they are wanted.
pub(super) fn credit(recipe: &Recipe, layers: &[&JoinedLayer]) -> Option<String> {
    let mut sentences: Vec<String> = Vec::new();
    if recipe.furniture.date {
        let dates: Vec<String> = layers
            .iter()
            .filter_map(|layer| layer.edition().map(|edition| edition.title().to_owned()))
            .collect();
        match dates.as_slice() {
            [] => {}
            [one] => sentences.push(format!("Boundaries of {one}")),
            [first, .., last] if dates.len() > 2 => {
                sentences.push(format!("Boundaries of {first} to {last}"));
            }
            [first, .., last] => sentences.push(format!("Boundaries of {first} and {last}")),
        }
    }
    if recipe.furniture.source {
        let figures = recipe.figures.as_ref().and_then(|figures| figures.file.file_name());
        sentences.extend(figures.map(|name| format!("Figures: {}", name.to_string_lossy())));
        for layer in layers {
            let credit = layer.layer.about.credit.trim_end_matches('.').to_owned();
            if !credit.is_empty() && !sentences.contains(&credit) {
                sentences.push(credit);
            }
        }
    }
    (!sentences.is_empty()).then(|| sentences.join(". ") + ".")
}

/// The title of a picture of systems that stand out, and the line under it.
pub(super) fn chosen(layer: &JoinedLayer, selection: &[usize]) -> (String, Option<String>) {
    if selection.is_empty() {
        return (headline(layer), None);
    }
    let names: Vec<&str> = selection.iter().map(|area| layer.names[*area].as_str()).collect();
    (names.join(" · "), Some(headline(layer)))
}

/// The title of a history: from how many of what to how many of what.
pub(super) fn history(layers: &[&JoinedLayer]) -> String {
    let of = |layer: &JoinedLayer| {
        let about = &layer.layer.about;
        let what = about.kind.map_or("areas", BodyKind::plural);
        let what = crate::model::names::within_a_sentence(what);
        let year = about.edition.map(crate::model::Edition::year).unwrap_or_default();
        (layer.layer.areas.len(), what, year)
    };
    let (Some(first), Some(last)) = (layers.first(), layers.last()) else {
        return String::new();
    };
    let ((n, what, year), (m, then, later)) = (of(first), of(last));
    format!("From {n} {what} in {year} to {m} {then} in {later}")
}
