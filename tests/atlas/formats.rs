//! Scenes as files: what PNG, SVG, PDF and PPTX have in them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{Cursor, Read};
use std::sync::Arc;

use ics_atlas::geo::space::{Grid, PagePoint, PageSize};
use ics_atlas::model::{Edition, JoinedLayer};
use ics_atlas::recipe::{MapChoice, Recipe};
use ics_atlas::render::{Format, encode, png, pptx::pptx};
use ics_atlas::scene::{
    Align, Group, Image, ImageFormat, Item, MapFrame, PageRect, Part, Scene, Shape, Text, picture,
};
use ics_atlas::style::font::Weight;
use ics_atlas::style::theme::{Paint, Theme};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::shared::ATLAS;

/// A name that needs care wherever it is written.
const ODD: &str = "Bury & <Rochdale> \"North\" 'n' \u{1}South";
/// What of it can be written.
const WRITTEN: &str = "Bury & <Rochdale> \"North\" 'n' South";

fn boards() -> (Scene, Arc<JoinedLayer>) {
    let layer = ATLAS.edition(Edition::July2022).expect("a bundled edition");
    let map = MapChoice { select: vec![layer.names[3].clone()], ..MapChoice::default() };
    let recipe = Recipe { map, ..Recipe::default() };
    let cooked = recipe.cook(&*ATLAS).expect("bundled areas");
    (picture::build(&cooked.picture).scene, layer)
}

/// Every kind of item, odd names, and the same areas on two maps.
fn everything() -> Scene {
    let (mut scene, _) = boards();
    ODD.clone_into(&mut scene.title);
    let whole = scene.items.iter().find_map(|item| match item {
        Item::Map(map) => Some(map.clone()),
        _ => None,
    });
    let mut inset = whole.expect("a map");
    ODD.clone_into(&mut inset.name);
    inset.rect = PageRect { x: 1400.0, y: 300.0, width: 400.0, height: 300.0 };
    inset.camera.centre = Grid { x: 530_000.0, y: 180_000.0 };
    inset.camera.middle = PagePoint::new(1600.0, 450.0);
    inset.camera.metres_per_pixel /= 4.0;
    if let Some(Shape::Area { title, .. }) = inset.shapes.first_mut() {
        ODD.clone_into(title);
    }
    let points = |list: &[(f32, f32)]| list.iter().map(|p| PagePoint::new(p.0, p.1)).collect();
    inset.shapes.push(Shape::Strokes {
        id: "old-borders",
        lines: vec![points(&[(1300.0, 310.0), (1500.0, 590.0)]), points(&[(0.0, 0.0), (9.0, 9.0)])],
        paint: Paint::OldLine,
        width: 1.5,
        dashed: true,
    });
    let text = Text {
        at: PagePoint::new(1700.0, 200.0),
        align: Align::End,
        lines: vec![ODD.to_owned(), "second line".to_owned()],
        size: 20.0,
        weight: Weight::Regular,
        paint: Paint::Ink,
        halo: Some(Paint::Halo),
    };
    let frame = PageRect { x: 1400.0, y: 650.0, width: 120.0, height: 80.0 };
    let image = |image| Item::Image { rect: frame, image };
    let group = |part, items| Item::Group(Group { part, items });
    scene.items.push(group(Part::Inset, vec![Item::Map(inset)]));
    scene.items.push(Item::Text(text));
    scene.items.push(Item::Line {
        points: points(&[(1400.0, 800.0), (1800.0, 800.0)]),
        width: 2.0,
        paint: Paint::Link,
        dashed: true,
    });
    scene.items.push(Item::Rect { rect: frame, fill: Paint::Hover, line: Some(Paint::PlateLine) });
    scene.items.push(group(Part::Logo, vec![image(drawing()), image(pixels())]));
    scene
}

/// A logo as a drawing.
fn drawing() -> Image {
    let text = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'>\
                <rect width='20' height='10' fill='#005eb8'/></svg>";
    Image { bytes: Arc::from(text.as_bytes()), format: ImageFormat::Svg, aspect: 2.0 }
}

/// A logo as pixels.
fn pixels() -> Image {
    let page = PageRect { x: 0.0, y: 0.0, width: 8.0, height: 4.0 };
    let items = vec![Item::Rect { rect: page, fill: Paint::Selection, line: None }];
    let size = PageSize::new(8.0, 4.0);
    let scene =
        Scene { size, title: String::new(), items, names: Vec::new(), is_provisional: false };
    let bytes = png::png(&scene, &Theme::LIGHT, 1.0).expect("a picture");
    Image { bytes: Arc::from(bytes), format: ImageFormat::Png, aspect: 2.0 }
}

fn file(scene: &Scene, format: Format) -> Vec<u8> {
    encode(scene, &Theme::LIGHT, format, 1.0).expect("a file")
}

/// An element of an XML document: its name, its attributes and the text directly in it.
struct Element {
    parent: Option<usize>,
    name: String,
    attributes: HashMap<String, String>,
    text: String,
}

impl Element {
    fn get(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", String::as_str)
    }

    fn number(&self, attribute: &str) -> f64 {
        self.get(attribute).parse().expect("a number")
    }
}

/// All elements in the order of their start tags; panics where a document is not well formed.
fn elements(xml: &str) -> Vec<Element> {
    let forbidden = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    assert!(!xml.contains(forbidden), "a control character");
    let mut reader = Reader::from_str(xml);
    let mut all: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let event = reader.read_event().expect("well-formed XML");
        match &event {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => {
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.expect("an attribute");
                    let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
                    let value = std::str::from_utf8(&attribute.value).expect("UTF-8");
                    let value = quick_xml::escape::unescape(value).expect("known entities");
                    (name, value.into_owned())
                });
                let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                let (attributes, text) = (attributes.collect(), String::new());
                all.push(Element { parent: open.last().copied(), name, attributes, text });
                if matches!(event, Event::Start(_)) {
                    open.push(all.len() - 1);
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => {
                let part = std::str::from_utf8(text).expect("UTF-8");
                if let Some(last) = open.last() {
                    all[*last].text.push_str(part);
                }
            }
            Event::GeneralRef(entity) => {
                let name = std::str::from_utf8(entity).expect("UTF-8");
                let entity = format!("&{name};");
                let part = quick_xml::escape::unescape(&entity).expect("a known entity");
                if let Some(last) = open.last() {
                    all[*last].text.push_str(&part);
                }
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "an element is not closed");
    all
}

#[test]
fn the_same_scene_gives_the_same_bytes_in_every_format() {
    for format in Format::ALL {
        assert!(file(&everything(), format) == file(&everything(), format), "{format:?}");
    }
}

#[test]
fn svg_has_a_layer_for_each_part_and_a_path_for_each_board() {
    let (scene, layer) = boards();
    let all = elements(&String::from_utf8(file(&scene, Format::Svg)).expect("UTF-8"));
    assert_eq!((all[0].name.as_str(), all[0].get("viewBox")), ("svg", "0 0 1920 1080"));
    assert_eq!((all[0].get("width"), all[0].get("height")), ("13.333333in", "7.5in"));
    assert_eq!((all[1].name.as_str(), all[1].text.as_str()), ("title", scene.title.as_str()));
    let layers: Vec<&str> = all
        .iter()
        .filter(|element| element.get("inkscape:groupmode") == "layer")
        .map(|element| element.get("inkscape:label"))
        .collect();
    for name in ["July 2022", "Labels", "Title", "Legend", "Scale bar", "Source"] {
        assert!(layers.contains(&name), "{name}: {layers:?}");
    }
    for area in &layer.layer.areas {
        let path = all.iter().position(|element| element.get("id") == area.code);
        let path = path.expect("a path for each board");
        assert_eq!((all[path].name.as_str(), all[path + 1].name.as_str()), ("path", "title"));
        assert!(!all[path + 1].text.is_empty() && all[path + 1].text != area.code);
    }
    let texts: Vec<&Element> = all.iter().filter(|element| element.name == "text").collect();
    assert_eq!(texts.len(), scene.texts().count(), "real text");
    assert!(texts.iter().all(|t| t.get("font-family") == "Inter, Arial, sans-serif"));
}

#[test]
fn svg_of_every_kind_of_item_is_xml_without_an_identifier_given_twice() {
    let text = String::from_utf8(file(&everything(), Format::Svg)).expect("UTF-8");
    let all = elements(&text);
    assert_eq!(all[1].text, WRITTEN);
    let ids: Vec<&str> = all.iter().map(|e| e.get("id")).filter(|id| !id.is_empty()).collect();
    let once: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len(), "an identifier is given twice");
    assert!(once.contains("E54000030"));
    assert!(once.contains("london-E54000030"), "the board in the inset");
    let copies = ids.iter().filter(|id| id.ends_with("-E54000030")).count();
    assert_eq!(copies, 2, "the board in both insets");
    for clip in all.iter().map(|element| element.get("clip-path")).filter(|clip| !clip.is_empty()) {
        let id = clip.trim_start_matches("url(#").trim_end_matches(')');
        assert!(once.contains(id), "{clip}");
    }
    let images: Vec<&str> =
        all.iter().filter(|e| e.name == "image").map(|e| e.get("href")).collect();
    assert!(images[0].starts_with("data:image/svg+xml;base64,PHN2Zy"));
    assert!(images[1].starts_with("data:image/png;base64,iVBORw0KGgo"));
}

#[test]
fn png_says_its_size_on_paper_and_its_colour_space() {
    let (scene, _) = boards();
    for (scale, size, per_metre) in [(1.0, (1920, 1080), 5669), (2.0, (3840, 2160), 11339)] {
        let bytes = encode(&scene, &Theme::LIGHT, Format::Png, scale).expect("a picture");
        let reader = ::png::Decoder::new(Cursor::new(bytes)).read_info().expect("a picture");
        let info = reader.info();
        assert_eq!((info.width, info.height), size);
        let dims = info.pixel_dims.expect("a size on paper");
        assert_eq!((dims.xppu, dims.yppu, dims.unit), (per_metre, per_metre, ::png::Unit::Meter));
        assert!(info.srgb.is_some());
    }
}

#[test]
fn a_page_without_ground_stays_see_through_in_its_true_colours() {
    let half = PageRect { x: 0.0, y: 0.0, width: 5.0, height: 10.0 };
    let items = vec![Item::Rect { rect: half, fill: Paint::Shadow, line: None }];
    let size = PageSize::new(10.0, 10.0);
    let scene =
        Scene { size, title: String::new(), items, names: Vec::new(), is_provisional: false };
    let bytes = file(&scene, Format::Png);
    let mut reader = ::png::Decoder::new(Cursor::new(bytes)).read_info().expect("a picture");
    let mut data = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut data).expect("a picture");
    let shadow = Theme::LIGHT.color(Paint::Shadow);
    let near = |a: u8, b: u8| a.abs_diff(b) <= 2;
    assert_eq!(data[3], shadow.a);
    assert!(near(data[0], shadow.r) && near(data[1], shadow.g) && near(data[2], shadow.b));
    assert_eq!(data[4 * 9..4 * 10], [0; 4]);
    let picture = png::picture(&scene, &Theme::LIGHT, 1.0).expect("a picture");
    assert_eq!(picture.rgba, data, "the clipboard has the same pixels");
}

#[test]
fn a_picture_of_impossible_size_is_told() {
    let (mut scene, _) = boards();
    let error = encode(&scene, &Theme::LIGHT, Format::Png, 9.0).expect_err("too large");
    assert!(error.to_string().contains("15360"), "{error}");
    scene.size = PageSize::new(0.0, 0.0);
    for format in [Format::Png, Format::Pdf] {
        encode(&scene, &Theme::LIGHT, format, 1.0).expect_err("nothing to draw on");
    }
}

#[test]
fn pdf_is_a_tagged_page_with_fonts_and_no_date() {
    let (scene, _) = boards();
    for scene in [scene, everything()] {
        let bytes = file(&scene, Format::Pdf);
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.starts_with("%PDF-1.7"));
        for expected in ["[0 0 960 540]", "/Marked true", "/Lang(en-GB)", "/S/H1", "/S/Figure"] {
            assert!(text.contains(expected), "{expected}");
        }
        for font in ["+Inter-Regular", "+Inter-Bold", "/FontFile3", "/ToUnicode"] {
            assert!(text.contains(font), "{font}");
        }
        assert!(!text.contains("/CreationDate") && !text.contains("/ModDate"));
        assert!(bytes.len() < 1_000_000, "{}", bytes.len());
    }
}

/// The parts of a presentation by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = BTreeMap::new();
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).expect("a part");
        assert_eq!(entry.last_modified(), Some(zip::DateTime::DEFAULT), "no clock");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("a part");
        let name = entry.name().expect("a name").into_owned();
        assert_eq!(i == 0, name == "[Content_Types].xml", "the list of contents comes first");
        parts.insert(name, bytes);
    }
    parts
}

fn is_xml(part: &str) -> bool {
    part.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "xml" | "rels"))
}

/// A slide of a presentation.
fn slide(bytes: &[u8], number: usize) -> Vec<Element> {
    let part = parts(bytes).remove(&format!("ppt/slides/slide{number}.xml")).expect("a slide");
    elements(&String::from_utf8(part).expect("UTF-8"))
}

/// Name, description and box of a freeform.
type Freeform<'a> = (&'a str, &'a str, [f64; 4]);

/// Name, description and box of each freeform of a slide, in pixels: left, top, right, bottom.
fn freeforms(slide: &[Element]) -> Vec<Freeform<'_>> {
    let mut about = ("", "");
    let mut corner = (0.0, 0.0);
    let mut size = (0.0, 0.0);
    let mut found = Vec::new();
    for element in slide {
        match element.name.as_str() {
            "p:cNvPr" => about = (element.get("name"), element.get("descr")),
            "a:off" => corner = (element.number("x") / 6350.0, element.number("y") / 6350.0),
            "a:ext" if element.get("uri").is_empty() => {
                size = (element.number("cx") / 6350.0, element.number("cy") / 6350.0);
            }
            "a:custGeom" => {
                let (right, bottom) = (corner.0 + size.0, corner.1 + size.1);
                found.push((about.0, about.1, [corner.0, corner.1, right, bottom]));
            }
            _ => {}
        }
    }
    found
}

/// The box around an area of a map on the page, cut off at the map's.
fn box_of(map: &MapFrame, code: &str) -> Option<[f64; 4]> {
    map.shapes.iter().find_map(|shape| {
        let Shape::Area { id, level, area, .. } = shape else { return None };
        let polygons = (id == code).then(|| level.polygons(*area))?;
        let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let r = map.rect;
        Some(polygons.iter().flatten().flatten().fold(start, |b, p| {
            let p = map.camera.page_from_grid(*p);
            let x = f64::from(p.x.clamp(r.x, r.x + r.width));
            let y = f64::from(p.y.clamp(r.y, r.y + r.height));
            [b[0].min(x), b[1].min(y), b[2].max(x), b[3].max(y)]
        }))
    })
}

#[test]
fn pptx_has_a_freeform_for_each_board_at_its_place() {
    let (scene, layer) = boards();
    let slide = slide(&file(&scene, Format::Pptx), 1);
    let freeforms = freeforms(&slide);
    let map = scene.flat().find_map(|item| match item {
        Item::Map(map) => Some(map),
        _ => None,
    });
    let map = map.expect("a map");
    let of_boards: Vec<_> = freeforms.iter().filter(|f| f.1.starts_with("E54")).collect();
    let (boards, in_inset): (Vec<&Freeform<'_>>, Vec<&Freeform<'_>>) =
        of_boards.into_iter().partition(|board| !board.0.ends_with("(London)"));
    assert_eq!(boards.len(), 42);
    assert!(in_inset.len() >= 5, "London and what is around it");
    for (i, area) in layer.layer.areas.iter().enumerate() {
        let board = boards.iter().find(|board| board.1 == area.code).expect("the board");
        assert_eq!(board.0, layer.names[i]);
        let expected = box_of(map, &area.code).expect("the board");
        // Points closer than a quarter of a pixel to another are left out.
        let is_near = board.2.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.3);
        assert!(is_near, "{}: {:?} {expected:?}", board.0, board.2);
    }
    for name in ["Coast", "Region borders", "Inner borders", "Wales", "Selection outline"] {
        assert!(freeforms.iter().any(|freeform| freeform.0 == name), "{name}");
    }
    for (name, _, [left, top, right, bottom]) in &freeforms {
        let inside = *left >= 0.0 && *top >= 0.0 && *right <= 1920.01 && *bottom <= 1080.01;
        assert!(inside, "{name}: {left} {top} {right} {bottom}");
    }
    let texts: Vec<&str> =
        slide.iter().filter(|e| e.name == "a:t").map(|e| e.text.as_str()).collect();
    let expected: Vec<&str> =
        scene.texts().flat_map(|text| text.lines.iter().map(String::as_str)).collect();
    assert_eq!(texts, expected);
    assert_eq!(slide.iter().filter(|e| e.name == "p:ph" && e.get("type") == "title").count(), 1);
}

#[test]
fn pptx_cuts_the_inset_off_and_keeps_odd_names() {
    let scene = everything();
    let slide = slide(&file(&scene, Format::Pptx), 1);
    let groups: Vec<&str> = slide
        .windows(2)
        .filter(|pair| pair[0].name == "p:nvGrpSpPr")
        .map(|pair| pair[1].get("name"))
        .collect();
    for name in ["July 2022", WRITTEN, "Labels", "Legend", "Source", "Scale bar", "Inset", "Logo"] {
        assert!(groups.contains(&name), "{name}: {groups:?}");
    }
    let freeforms = freeforms(&slide);
    let copies: Vec<_> = freeforms.iter().filter(|f| f.1 == "E54000030").collect();
    assert_eq!(copies.len(), 3, "on the map, in the inset of London, in our own");
    let (_, _, [left, top, right, bottom]) = copies[2];
    assert!(*left >= 1400.0 && *top >= 300.0 && *right <= 1800.0 && *bottom <= 600.0);
    let dashed = freeforms.iter().find(|f| f.0 == "Old borders").expect("the old borders");
    assert!(dashed.2[0] >= 1400.0, "{:?}", dashed.2);
    assert!(slide.iter().any(|e| e.name == "a:t" && e.text == WRITTEN));
    let ids: Vec<&str> =
        slide.iter().filter(|e| e.name == "p:cNvPr").map(|e| e.get("id")).collect();
    assert_eq!(ids.len(), ids.iter().collect::<HashSet<_>>().len(), "numbers are given once");
}

#[test]
fn pptx_parts_are_xml_and_find_each_other() {
    let (scene, everything) = (boards().0, everything());
    let bytes = pptx(&[&everything, &scene], &Theme::LIGHT).expect("a presentation");
    let parts = parts(&bytes);
    let mut types = HashSet::new();
    for (name, bytes) in &parts {
        if !is_xml(name) {
            continue;
        }
        let all = elements(std::str::from_utf8(bytes).expect("UTF-8"));
        if name == "[Content_Types].xml" {
            types.extend(all.iter().map(|e| e.get("PartName").trim_start_matches('/').to_owned()));
        }
        let Some((folder, of)) = name.rsplit_once("_rels/") else { continue };
        for relation in all.iter().filter(|element| element.name == "Relationship") {
            let target = relation.get("Target");
            let path = match target.strip_prefix("../") {
                Some(rest) => format!("ppt/{rest}"),
                None => format!("{folder}{target}"),
            };
            assert!(parts.contains_key(&path), "{name}: {target}");
        }
        // What a part asks for by number is among its relationships.
        let of = of.trim_end_matches(".rels");
        if of.is_empty() {
            continue;
        }
        let part = &parts[&format!("{folder}{of}")];
        for element in elements(std::str::from_utf8(part).expect("UTF-8")) {
            for attribute in ["r:id", "r:embed"] {
                let id = element.get(attribute);
                assert!(id.is_empty() || all.iter().any(|e| e.get("Id") == id), "{of}: {id}");
            }
        }
    }
    let listed = |name: &&String| types.contains(*name) || name.contains("_rels/");
    let unlisted: Vec<_> = parts.keys().filter(|n| is_xml(n) && !listed(n)).collect();
    assert_eq!(unlisted, ["[Content_Types].xml"], "every part has a type");
    let media = parts.keys().filter(|name| name.starts_with("ppt/media/")).count();
    assert_eq!(media, 3, "a drawing, the pixels of it, and a picture");
    assert!(bytes.len() < 700_000, "{}", bytes.len());
}

/// What ECMA-376 part 1 says of the order of some elements: those that are written, in the sequence
/// of their schema.
const ORDER: [(&str, &[&str]); 19] = [
    ("p:sld", &["p:cSld", "p:clrMapOvr"]),
    ("p:sldLayout", &["p:cSld", "p:clrMapOvr"]),
    ("p:sldMaster", &["p:cSld", "p:clrMap", "p:sldLayoutIdLst", "p:txStyles"]),
    ("p:presentation", &["p:sldMasterIdLst", "p:sldIdLst", "p:sldSz", "p:notesSz"]),
    ("p:cSld", &["p:bg", "p:spTree"]),
    ("p:sp", &["p:nvSpPr", "p:spPr", "p:txBody"]),
    ("p:pic", &["p:nvPicPr", "p:blipFill", "p:spPr"]),
    ("p:blipFill", &["a:blip", "a:stretch"]),
    ("p:nvSpPr", &["p:cNvPr", "p:cNvSpPr", "p:nvPr"]),
    ("p:spPr", &["a:xfrm", "a:custGeom", "a:prstGeom", "a:noFill", "a:solidFill", "a:ln"]),
    ("a:xfrm", &["a:off", "a:ext", "a:chOff", "a:chExt"]),
    ("a:custGeom", &["a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst", "a:rect", "a:pathLst"]),
    ("a:ln", &["a:noFill", "a:solidFill", "a:custDash", "a:round"]),
    ("p:txBody", &["a:bodyPr", "a:lstStyle", "a:p"]),
    ("a:pPr", &["a:lnSpc", "a:spcBef", "a:spcAft", "a:buNone"]),
    ("a:r", &["a:rPr", "a:t"]),
    ("a:rPr", &["a:solidFill", "a:effectLst", "a:latin", "a:cs"]),
    ("a:themeElements", &["a:clrScheme", "a:fontScheme", "a:fmtScheme"]),
    ("a:fmtScheme", &["a:fillStyleLst", "a:lnStyleLst", "a:effectStyleLst", "a:bgFillStyleLst"]),
];

#[test]
fn pptx_elements_are_in_the_order_of_their_schemas() {
    let mut seen = HashSet::new();
    for (name, bytes) in parts(&file(&everything(), Format::Pptx)) {
        if !is_xml(&name) {
            continue;
        }
        let all = elements(std::str::from_utf8(&bytes).expect("UTF-8"));
        let mut reached: HashMap<usize, usize> = HashMap::new();
        for element in &all {
            let Some(parent) = element.parent else { continue };
            let of = all[parent].name.as_str();
            let Some((of, order)) = ORDER.iter().find(|(name, _)| *name == of) else { continue };
            let place = order.iter().position(|name| *name == element.name);
            let place = place.unwrap_or_else(|| panic!("{name}: {} in {of}", element.name));
            let last = reached.insert(parent, place).unwrap_or(0);
            assert!(last <= place, "{name}: {} in {of} after {}", element.name, order[last]);
            seen.insert(*of);
        }
    }
    assert_eq!(seen.len(), ORDER.len(), "every rule was put to use");
}
