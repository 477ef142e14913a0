//! `export`: a picture without a window.

use std::path::Path;
use std::sync::Arc;

use super::args::ExportOptions;
use super::changes::set;
use super::{Failure, Outcome, atlas, layer};
use crate::geo::space::PageSize;
use crate::model::find::{find_area, find_body};
use crate::read::Progress;
use crate::render::{self, Format, save};
use crate::scene::lineage::{self, LineageView};
use crate::scene::{self, ChangeView, Scene, View};
use crate::style::theme::Theme;

pub fn export(options: &ExportOptions) -> Outcome {
    let out = &options.out;
    let format = Format::from_path(out).map_err(|error| Failure::new(error.to_string()))?;
    let atlas = atlas()?;
    if let Some(name) = &options.lineage {
        let id =
            find_body(&atlas.register, name).map_err(|error| Failure::new(error.to_string()))?;
        let view = LineageView::picture(f32::from(options.size.0));
        return save_scene(&lineage::build(&atlas.register, id, &view).scene, format, out);
    }
    let (joined, backdrop) = rayon::join(
        || layer(&atlas, &options.source),
        || atlas.backdrop().map_err(|refusal| Failure::new(refusal.to_string())),
    );
    let (joined, backdrop) = (joined?, backdrop?);
    let mut selection = Vec::with_capacity(options.select.len());
    for name in &options.select {
        let area = find_area(&atlas.register, &joined, name);
        selection.push(area.map_err(|error| Failure::new(error.to_string()))?);
    }
    let size = PageSize::new(f32::from(options.size.0), f32::from(options.size.1));
    let mut view = View::picture(size, joined, Some(backdrop), atlas.register.clone(), selection);
    if let Some(since) = &options.since {
        let before = set(&atlas, since)?;
        let changes = ChangeView::between(&before, &view.layer, &Progress::default());
        let (_, changes) = changes.map_err(|error| Failure::new(error.to_string()))?;
        view = view.with_changes(Arc::new(changes));
    }
    save_scene(&scene::build(&view), format, out)
}

fn save_scene(scene: &Scene, format: Format, out: &Path) -> Outcome {
    let bytes = render::encode(scene, &Theme::LIGHT, format, 1.0)
        .map_err(|error| Failure::new(error.to_string()))?;
    save::whole(out, &bytes).map_err(|error| Failure::new(error.to_string()))?;
    Ok(format!("{}: {}x{} pixels", out.display(), scene.size.width, scene.size.height))
}
