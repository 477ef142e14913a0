//! What can be typed after `export`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::Source;
use crate::model::BodyKind;
use crate::recipe::{InsetChoice, LabelText, Paper, Piece, SIDES};
use crate::scene::lines::Lines;
use crate::style::theme::{Background, Style};

#[derive(Debug, Args)]
pub struct ExportOptions {
    /// Picture to write; its name ends in .png, .svg, .pdf or .pptx
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    pub out: Option<PathBuf>,
    /// Options kept in a file; what is said besides goes first
    #[arg(long, value_name = "FILE")]
    pub recipe: Option<PathBuf>,
    #[command(flatten)]
    pub source: Source,
    #[command(flatten)]
    pub show: ShowOptions,
    #[command(flatten)]
    pub figures: FigureOptions,
    #[command(flatten)]
    pub page: PageOptions,
    #[command(flatten)]
    pub batch: BatchOptions,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What is shown")]
pub struct ShowOptions {
    /// Area to select: name or code; can be given several times
    #[arg(long, value_name = "NAME-OR-CODE")]
    pub select: Vec<String>,
    /// Show what changed since another map: a bundled edition or a boundary file
    #[arg(long, value_name = "EDITION-OR-FILE")]
    pub since: Option<String>,
    /// One system by itself, its neighbours pale
    #[arg(long, value_name = "NAME-OR-CODE", group = "shown")]
    pub system: Option<String>,
    /// The areas within that system, or each system of a batch: councils, locations or groups
    #[arg(long, value_name = "LINES", value_parser = lines())]
    pub with: Option<Lines>,
    /// The systems of one NHS region, the others pale
    #[arg(long, value_name = "NAME-OR-CODE", group = "shown")]
    pub region: Option<String>,
    /// A part of the map: west, south, east and north edge in National Grid metres
    #[arg(long, value_name = "W,S,E,N", group = "shown", value_parser = extent)]
    pub extent: Option<Extent>,
    /// Another map on the left: a bundled edition or a boundary file
    #[arg(long, value_name = "EDITION-OR-FILE", group = "shown")]
    pub beside: Option<String>,
    /// Small maps of all bundled editions from 2013 on
    #[arg(long, group = "shown")]
    pub history: bool,
    /// Draw the lineage of a body instead of the map: its name or code. The picture is as high
    /// as it needs
    #[arg(long, value_name = "NAME-OR-CODE", group = "shown")]
    pub lineage: Option<String>,
    /// Lines of other areas over the map; can be given several times
    #[arg(long, value_name = "LINES", value_parser = lines())]
    pub lines: Vec<Lines>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Figures")]
pub struct FigureOptions {
    /// Colour the areas by a table: a CSV file or a workbook (XLSX, XLS, ODS)
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// The column that is shown [default: the first rate or share, else the first number]
    #[arg(long, value_name = "NAME")]
    pub column: Option<String>,
    /// The column with codes or names of the areas [default: found by its content]
    #[arg(long, value_name = "NAME")]
    pub id_column: Option<String>,
    /// The sheet of a workbook [default: the one with most areas]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// quantile:5, equal:5, jenks:5, sd, breaks:10,20,30 or none [default: quantile:5]
    #[arg(long, value_name = "METHOD")]
    pub classes: Option<String>,
    /// Colours, such as blues, viridis or rdbu; with -r after it the other way round
    #[arg(long, value_name = "NAME")]
    pub palette: Option<String>,
    /// Show counts for each 100,000 residents
    #[arg(long)]
    pub per_100_000: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "The page")]
pub struct PageOptions {
    /// Shape of the page [default: 16:9, 1920x1080 pixels]
    #[arg(long, value_parser = paper(), conflicts_with = "size")]
    pub page: Option<Paper>,
    /// Width and height of the page in pixels, such as 1200x800
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    pub size: Option<Paper>,
    /// Pixels of a PNG for each pixel of the page
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=4))]
    pub scale: Option<u8>,
    /// Space around everything but the map, in pixels
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u16).range(0..=400))]
    pub margin: Option<u16>,
    /// What the map stands on
    #[arg(long, value_parser = background())]
    pub background: Option<Background>,
    /// Colours
    #[arg(long, value_parser = style())]
    pub style: Option<Style>,
    /// Names on the map
    #[arg(long, value_parser = label_text())]
    pub labels: Option<LabelText>,
    /// Title instead of the one that makes itself
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Line under the title
    #[arg(long, value_name = "TEXT")]
    pub subtitle: Option<String>,
    /// Leave pieces out, such as: legend,scale-bar
    #[arg(long, value_name = "PIECES", value_delimiter = ',', value_parser = piece())]
    pub without: Vec<Piece>,
    /// A part of the map at a larger scale, such as: "The North=350000,380000,420000,440000"
    #[arg(long, value_name = "TITLE=W,S,E,N", value_parser = inset)]
    pub inset: Vec<InsetChoice>,
    /// Logo: a PNG, JPEG or SVG file
    #[arg(long, value_name = "FILE")]
    pub logo: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Many pictures")]
pub struct BatchOptions {
    /// A picture of each area by itself: icb, region or sicbl
    #[arg(
        long,
        value_name = "KIND",
        value_parser = batch(),
        requires = "target",
        conflicts_with = "shown"
    )]
    pub batch: Option<BodyKind>,
    /// Folder to write them to; made if it is not there
    #[arg(long, value_name = "DIR", requires = "batch", group = "target")]
    pub out_dir: Option<PathBuf>,
    /// Kind of file to write there: png, svg, pdf or pptx
    #[arg(long, value_name = "ENDING", default_value = "png", value_parser = ["png", "svg", "pdf", "pptx"])]
    pub format: String,
    /// Presentation to write with a slide for each; its name ends in .pptx
    #[arg(long, value_name = "FILE", requires = "batch", group = "target")]
    pub deck: Option<PathBuf>,
}

/// West, south, east and north edge in grid metres.
pub type Extent = [f64; 4];

/// One of several values by its name; another one is refused with those that come near.
fn one_of<T: Copy + Send + Sync + 'static>(
    all: impl IntoIterator<Item = (&'static str, T)>,
) -> impl TypedValueParser<Value = T> {
    let all: Vec<(&'static str, T)> = all.into_iter().collect();
    let names: Vec<&'static str> = all.iter().map(|(name, _)| *name).collect();
    PossibleValuesParser::new(names).try_map(move |text| {
        let found = all.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        found.ok_or("this is none of them")
    })
}

fn paper() -> impl TypedValueParser<Value = Paper> {
    one_of(Paper::NAMED.into_iter().filter_map(|paper| Some((paper.id()?, paper))))
}

fn background() -> impl TypedValueParser<Value = Background> {
    one_of(Background::ALL.map(|background| (background.id(), background)))
}

fn style() -> impl TypedValueParser<Value = Style> {
    one_of(Style::ALL.map(|style| (style.id(), style)))
}

fn label_text() -> impl TypedValueParser<Value = LabelText> {
    one_of(LabelText::ALL.map(|text| (text.id(), text)))
}

fn piece() -> impl TypedValueParser<Value = Piece> {
    one_of(Piece::ALL.map(|piece| (piece.id(), piece)))
}

fn lines() -> impl TypedValueParser<Value = Lines> {
    let of_areas = Lines::ALL.into_iter().filter(|lines| lines.areas().is_some());
    one_of(of_areas.map(|lines| (lines.id(), lines)))
}

fn batch() -> impl TypedValueParser<Value = BodyKind> {
    one_of([BodyKind::Icb, BodyKind::Region, BodyKind::SubIcb].map(|kind| (kind.id(), kind)))
}

fn size(text: &str) -> Result<Paper, String> {
    let error = || format!("\"{text}\" is not a size such as 1920x1080");
    let (width, height) = text.split_once(['x', '×']).ok_or_else(error)?;
    let side = |part: &str| part.trim().parse::<u16>().map_err(|_| error());
    let (width, height) = (side(width)?, side(height)?);
    if SIDES.contains(&width) && SIDES.contains(&height) {
        return Ok(Paper::Own { width, height });
    }
    let (least, most) = (SIDES.start(), SIDES.end());
    Err(format!("\"{text}\" is out of range: each side may have {least} to {most} pixels"))
}

fn extent(text: &str) -> Result<Extent, String> {
    let edges: Vec<f64> = text.split(',').filter_map(|edge| edge.trim().parse().ok()).collect();
    edges
        .try_into()
        .map_err(|_| format!("\"{text}\" is not an extent such as 350000,380000,420000,440000"))
}

fn inset(text: &str) -> Result<InsetChoice, String> {
    let (title, edges) = text
        .rsplit_once('=')
        .ok_or_else(|| format!("\"{text}\" has no \"=\" between title and extent"))?;
    Ok(InsetChoice { title: title.trim().to_owned(), extent: extent(edges)? })
}
