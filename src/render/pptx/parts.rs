//! The parts that every presentation has: the least that programs open without a word.

use std::fmt::Write;

use super::slide::NAMESPACES;
use crate::render::xml::escape;
use crate::style::theme::{Fill, Paint, Rgba, Theme};

/// What each part begins with.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// What the types of the parts begin with, and those of the relationships.
const TYPES: &str = "application/vnd.openxmlformats-officedocument.presentationml";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Name and text of each part but the slides. The list of contents comes first; `size` is that of
/// the slides in EMU.
pub fn of_package(
    slides: usize,
    size: (i64, i64),
    title: &str,
    theme: &Theme,
) -> Vec<(String, String)> {
    let office = |name: &str| format!("{RELATIONS}/{name}");
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let mut of_presentation = vec![
        (office("slideMaster"), "slideMasters/slideMaster1.xml".to_owned()),
        (office("theme"), "theme/theme1.xml".to_owned()),
    ];
    let slide = |n| (office("slide"), format!("slides/slide{n}.xml"));
    of_presentation.extend((1..=slides).map(slide));
    let of_master = [
        (office("slideLayout"), "../slideLayouts/slideLayout1.xml".to_owned()),
        (office("theme"), "../theme/theme1.xml".to_owned()),
    ];
    let of_layout = [(office("slideMaster"), "../slideMasters/slideMaster1.xml".to_owned())];
    let of_all = [
        (office("officeDocument"), "ppt/presentation.xml".to_owned()),
        (core.to_owned(), "docProps/core.xml".to_owned()),
    ];
    [
        ("[Content_Types].xml", content_types(slides)),
        ("_rels/.rels", relations(&of_all)),
        ("docProps/core.xml", core_properties(title)),
        ("ppt/presentation.xml", presentation(slides, size)),
        ("ppt/_rels/presentation.xml.rels", relations(&of_presentation)),
        ("ppt/slideMasters/slideMaster1.xml", master(size)),
        ("ppt/slideMasters/_rels/slideMaster1.xml.rels", relations(&of_master)),
        ("ppt/slideLayouts/slideLayout1.xml", layout(size)),
        ("ppt/slideLayouts/_rels/slideLayout1.xml.rels", relations(&of_layout)),
        ("ppt/theme/theme1.xml", theme_part(theme)),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into()
}

/// The relationships of a slide: its layout, and the pictures by their names inside `ppt/`.
pub fn relations_of_slide(pictures: &[String]) -> String {
    let layout =
        (format!("{RELATIONS}/slideLayout"), "../slideLayouts/slideLayout1.xml".to_owned());
    let pictures = pictures.iter().map(|name| (format!("{RELATIONS}/image"), format!("../{name}")));
    relations(&[layout].into_iter().chain(pictures).collect::<Vec<_>>())
}

/// Relationships `rId1`, `rId2` and so on, each of a type to a target.
fn relations(all: &[(String, String)]) -> String {
    let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut out = format!("{DECLARATION}<Relationships xmlns=\"{namespace}\">");
    for (number, (kind, target)) in (1..).zip(all) {
        // Writing to a String cannot fail, here and below.
        let _ =
            write!(out, "<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{target}\"/>");
    }
    out + "</Relationships>"
}

fn content_types(slides: usize) -> String {
    let namespace = "http://schemas.openxmlformats.org/package/2006/content-types";
    let mut out = format!("{DECLARATION}<Types xmlns=\"{namespace}\">");
    for (ending, kind) in [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
        ("jpeg", "image/jpeg"),
        ("svg", "image/svg+xml"),
    ] {
        let _ = write!(out, "<Default Extension=\"{ending}\" ContentType=\"{kind}\"/>");
    }
    let office = "application/vnd.openxmlformats-officedocument";
    let core = "application/vnd.openxmlformats-package.core-properties+xml";
    let slide = |n| (format!("/ppt/slides/slide{n}.xml"), format!("{TYPES}.slide+xml"));
    let parts = [
        ("/ppt/presentation.xml", format!("{TYPES}.presentation.main+xml")),
        ("/ppt/slideMasters/slideMaster1.xml", format!("{TYPES}.slideMaster+xml")),
        ("/ppt/slideLayouts/slideLayout1.xml", format!("{TYPES}.slideLayout+xml")),
        ("/ppt/theme/theme1.xml", format!("{office}.theme+xml")),
        ("/docProps/core.xml", core.to_owned()),
    ];
    let parts = parts.into_iter().map(|(name, kind)| (name.to_owned(), kind));
    for (name, kind) in parts.chain((1..=slides).map(slide)) {
        let _ = write!(out, "<Override PartName=\"{name}\" ContentType=\"{kind}\"/>");
    }
    out + "</Types>"
}

/// Title and maker; the time is left out, so that the same scenes give the same file.
fn core_properties(title: &str) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:title>{}</dc:title><dc:creator>ICS Atlas</dc:creator><dc:language>en-GB</dc:language>\
         </cp:coreProperties>",
        escape(title)
    )
}

/// The start tag of a part's root, with the namespaces.
fn root(name: &str, attributes: &str) -> String {
    let mut out = format!("{DECLARATION}<{name}");
    for (prefix, namespace) in NAMESPACES {
        let _ = write!(out, " {prefix}=\"{namespace}\"");
    }
    out + attributes + ">"
}

fn presentation(slides: usize, (width, height): (i64, i64)) -> String {
    let mut out = root("p:presentation", "");
    out += "<p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst>";
    if slides > 0 {
        out += "<p:sldIdLst>";
        for n in 0..slides {
            // The master and the theme come before the slides.
            let _ = write!(out, "<p:sldId id=\"{}\" r:id=\"rId{}\"/>", n + 256, n + 3);
        }
        out += "</p:sldIdLst>";
    }
    let _ = write!(out, "<p:sldSz cx=\"{width}\" cy=\"{height}\"/>");
    out + "<p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>"
}

/// A tree of shapes that holds nothing but the place of a title, along the top.
fn title_tree((width, height): (i64, i64)) -> String {
    let (x, y) = (width / 24, height / 24);
    let (cx, cy) = (width - 2 * x, height / 8);
    format!(
        "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>\
         <p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/>\
         <p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr>\
         </p:nvSpPr><p:spPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/>\
         </a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>\
         <p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-GB\"/><a:t>Title</a:t></a:r>\
         </a:p></p:txBody></p:sp></p:spTree>"
    )
}

fn master(size: (i64, i64)) -> String {
    let mut out = root("p:sldMaster", "");
    out += "<p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg>";
    out += &title_tree(size);
    out += "</p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\"";
    for n in 1..=6 {
        let _ = write!(out, " accent{n}=\"accent{n}\"");
    }
    out += " hlink=\"hlink\" folHlink=\"folHlink\"/>";
    out += "<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst>";
    out += "<p:txStyles>";
    for (style, size) in [("titleStyle", 2000), ("bodyStyle", 1400), ("otherStyle", 1400)] {
        let _ = write!(
            out,
            "<p:{style}><a:lvl1pPr><a:defRPr sz=\"{size}\"><a:solidFill><a:schemeClr val=\"tx1\"/>\
             </a:solidFill><a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl1pPr></p:{style}>"
        );
    }
    out + "</p:txStyles></p:sldMaster>"
}

fn layout(size: (i64, i64)) -> String {
    let mut out = root("p:sldLayout", " type=\"titleOnly\" preserve=\"1\"");
    out += "<p:cSld name=\"Title only\">";
    out += &title_tree(size);
    out + "</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
}

/// Colours and font that a program offers for what is added: those of the map.
fn theme_part(theme: &Theme) -> String {
    let hex = |paint: Paint| {
        let Rgba { r, g, b, .. } = theme.color(paint);
        format!("{r:02X}{g:02X}{b:02X}")
    };
    let accents = (0..6).map(|n| (format!("accent{}", n + 1), hex(Paint::Area(Fill::Region(n)))));
    let colors = [
        ("dk1".to_owned(), hex(Paint::Ink)),
        ("lt1".to_owned(), hex(Paint::Plate)),
        ("dk2".to_owned(), hex(Paint::RegionBorder)),
        ("lt2".to_owned(), hex(Paint::Sea)),
    ];
    let links = ["hlink", "folHlink"].map(|name| (name.to_owned(), hex(Paint::LocationLine)));
    let namespace = NAMESPACES[0].1;
    let mut out = format!(
        "{DECLARATION}<a:theme xmlns:a=\"{namespace}\" name=\"ICS Atlas\"><a:themeElements>\
         <a:clrScheme name=\"ICS Atlas\">"
    );
    for (name, color) in colors.into_iter().chain(accents).chain(links) {
        let _ = write!(out, "<a:{name}><a:srgbClr val=\"{color}\"/></a:{name}>");
    }
    out += "</a:clrScheme><a:fontScheme name=\"Arial\">";
    for kind in ["majorFont", "minorFont"] {
        let _ = write!(
            out,
            "<a:{kind}><a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:{kind}>"
        );
    }
    out += "</a:fontScheme><a:fmtScheme name=\"Plain\">";
    // Three of each are asked for: subtle, moderate, intense.
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"9525\">{fill}</a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    for (list, entry) in [
        ("fillStyleLst", fill),
        ("lnStyleLst", line.as_str()),
        ("effectStyleLst", effect),
        ("bgFillStyleLst", fill),
    ] {
        let _ = write!(out, "<a:{list}>{}</a:{list}>", entry.repeat(3));
    }
    out + "</a:fmtScheme></a:themeElements></a:theme>"
}
