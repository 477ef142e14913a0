//! A slide as XML: `PresentationML` and `DrawingML` of ECMA-376, part 1. The order of elements is
//! that of its schemas; PowerPoint refuses a file with another one.

use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::media::Media;
use super::outline::{Frame, Outline, UNITS};
use super::shapes::{Geometry, Group, Line, Node, Shape, Slide};
use super::text::TextBox;
use crate::render::xml::clean;
use crate::render::{HALO, RenderError};
use crate::scene::{DASH, Image};
use crate::style::font::Weight;
use crate::style::theme::{Rgba, Theme};

/// English Metric Units to a point.
const EMU_PER_POINT: f32 = 12_700.0;

/// The namespaces that the parts of a presentation use.
pub const NAMESPACES: [(&str, &str); 3] = [
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:p", "http://schemas.openxmlformats.org/presentationml/2006/main"),
];

/// Writes slides. `emu` is the number of EMU to a unit of [`Frame`].
pub struct SlideWriter<'a> {
    xml: Writer<Vec<u8>>,
    theme: &'a Theme,
    emu: i64,
    last_id: u32,
    media: &'a mut Media,
}

impl<'a> SlideWriter<'a> {
    /// The part of a slide with a name.
    pub fn write(
        slide: &Slide,
        name: &str,
        theme: &'a Theme,
        emu: i64,
        media: &'a mut Media,
    ) -> Result<Vec<u8>, RenderError> {
        let mut xml = Writer::new(Vec::with_capacity(1 << 20));
        xml.get_mut().extend_from_slice(super::parts::DECLARATION.as_bytes());
        // The tree of shapes is number 1.
        let mut writer = Self { xml, theme, emu, last_id: 1, media };
        let mut outcome = Ok(());
        writer.element("p:sld", &NAMESPACES, |w| {
            w.element("p:cSld", &[("name", name)], |w| {
                if let Some(color) = slide.background {
                    w.element("p:bg", &[], |w| {
                        w.element("p:bgPr", &[], |w| {
                            w.fill(color);
                            w.empty("a:effectLst", &[]);
                        });
                    });
                }
                w.element("p:spTree", &[], |w| {
                    w.element("p:nvGrpSpPr", &[], |w| {
                        w.empty("p:cNvPr", &[("id", "1"), ("name", "")]);
                        w.empty("p:cNvGrpSpPr", &[]);
                        w.empty("p:nvPr", &[]);
                    });
                    w.empty("p:grpSpPr", &[]);
                    outcome = slide.nodes.iter().try_for_each(|node| w.node(node));
                });
            });
            w.element("p:clrMapOvr", &[], |w| w.empty("a:masterClrMapping", &[]));
        });
        outcome.map(|()| writer.xml.into_inner())
    }

    fn node(&mut self, node: &Node) -> Result<(), RenderError> {
        match node {
            Node::Group(group) => return self.group(group),
            Node::Picture(frame, image) => return self.picture(*frame, image),
            Node::Shape(shape) => self.shape(shape),
            Node::Text(text) => self.text(text, false),
            Node::Title(text) => self.text(text, true),
        }
        Ok(())
    }

    fn group(&mut self, group: &Group) -> Result<(), RenderError> {
        let mut outcome = Ok(());
        self.element("p:grpSp", &[], |w| {
            w.element("p:nvGrpSpPr", &[], |w| {
                w.properties(&group.name, &group.about);
                w.empty("p:cNvGrpSpPr", &[]);
                w.empty("p:nvPr", &[]);
            });
            w.element("p:grpSpPr", &[], |w| {
                w.element("a:xfrm", &[], |w| {
                    w.place(group.frame, "a:off", "a:ext");
                    // What is inside has the coordinates of the slide.
                    w.place(group.frame, "a:chOff", "a:chExt");
                });
            });
            outcome = group.nodes.iter().try_for_each(|node| w.node(node));
        });
        outcome
    }

    fn shape(&mut self, shape: &Shape) {
        self.element("p:sp", &[], |w| {
            w.element("p:nvSpPr", &[], |w| {
                w.properties(&shape.name, &shape.about);
                w.empty("p:cNvSpPr", &[]);
                w.empty("p:nvPr", &[]);
            });
            w.element("p:spPr", &[], |w| {
                match &shape.geometry {
                    Geometry::Rect(frame) => w.rectangle(*frame),
                    Geometry::Path(outline) => {
                        w.element("a:xfrm", &[], |w| w.place(outline.frame, "a:off", "a:ext"));
                        w.outline(outline);
                    }
                }
                match shape.fill {
                    Some(color) => w.fill(color),
                    None => w.empty("a:noFill", &[]),
                }
                match &shape.line {
                    Some(line) => w.line(line),
                    None => w.element("a:ln", &[], |w| w.empty("a:noFill", &[])),
                }
            });
        });
    }

    fn rectangle(&mut self, frame: Frame) {
        self.element("a:xfrm", &[], |w| w.place(frame, "a:off", "a:ext"));
        self.element("a:prstGeom", &[("prst", "rect")], |w| w.empty("a:avLst", &[]));
    }

    /// A freeform: all rings in one path, so that holes are cut out of what they lie in.
    fn outline(&mut self, outline: &Outline) {
        let size = [outline.frame.width.to_string(), outline.frame.height.to_string()];
        self.element("a:custGeom", &[], |w| {
            for list in ["a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst"] {
                w.empty(list, &[]);
            }
            w.empty("a:rect", &[("l", "0"), ("t", "0"), ("r", "r"), ("b", "b")]);
            w.element("a:pathLst", &[], |w| {
                let fill = if outline.is_closed { "norm" } else { "none" };
                let size = [("w", size[0].as_str()), ("h", size[1].as_str()), ("fill", fill)];
                w.element("a:path", &size, |w| {
                    for path in &outline.paths {
                        w.path(path, outline.is_closed);
                    }
                });
            });
        });
    }

    fn path(&mut self, points: &[super::outline::Point], is_closed: bool) {
        let out = self.xml.get_mut();
        for (i, (x, y)) in points.iter().enumerate() {
            let step = if i == 0 { "moveTo" } else { "lnTo" };
            // Writing to a vector cannot fail, here and below.
            let _ = write!(out, "<a:{step}><a:pt x=\"{x}\" y=\"{y}\"/></a:{step}>");
        }
        if is_closed {
            out.extend_from_slice(b"<a:close/>");
        }
    }

    fn text(&mut self, set: &TextBox, is_title: bool) {
        let name = if is_title { "Title".to_owned() } else { set.text.lines.join(" ") };
        self.element("p:sp", &[], |w| {
            w.element("p:nvSpPr", &[], |w| {
                w.properties(&name, "");
                if is_title {
                    w.element("p:cNvSpPr", &[], |w| w.empty("a:spLocks", &[("noGrp", "1")]));
                    w.element("p:nvPr", &[], |w| w.empty("p:ph", &[("type", "title")]));
                } else {
                    w.empty("p:cNvSpPr", &[("txBox", "1")]);
                    w.empty("p:nvPr", &[]);
                }
            });
            w.element("p:spPr", &[], |w| {
                w.rectangle(set.frame);
                w.empty("a:noFill", &[]);
            });
            w.element("p:txBody", &[], |w| {
                let insets = ["lIns", "tIns", "rIns", "bIns"].map(|side| (side, "0"));
                let body = [[("wrap", "none")].as_slice(), &insets, &[("anchor", "t")]].concat();
                w.element("a:bodyPr", &body, |w| w.empty("a:noAutofit", &[]));
                w.empty("a:lstStyle", &[]);
                w.paragraph(set);
            });
        });
    }

    /// The lines of a text as one paragraph, so that it is one sentence to a screen reader.
    fn paragraph(&mut self, set: &TextBox) {
        self.element("a:p", &[], |w| {
            let indent = [("marL", "0"), ("indent", "0"), ("algn", set.alignment())];
            w.element("a:pPr", &indent, |w| {
                w.element("a:lnSpc", &[], |w| w.empty("a:spcPct", &[("val", "100000")]));
                for space in ["a:spcBef", "a:spcAft"] {
                    w.element(space, &[], |w| w.empty("a:spcPts", &[("val", "0")]));
                }
                w.empty("a:buNone", &[]);
            });
            for (i, line) in set.text.lines.iter().enumerate() {
                if i > 0 {
                    w.element("a:br", &[], |w| w.run_properties(set));
                }
                w.element("a:r", &[], |w| {
                    w.run_properties(set);
                    w.element("a:t", &[], |w| {
                        let text = clean(line);
                        let _ = w.xml.write_event(Event::Text(BytesText::new(&text)));
                    });
                });
            }
        });
    }

    fn run_properties(&mut self, set: &TextBox) {
        // A program takes 1 to 4000 points.
        let size = self.hundredths_of_point(set.size).clamp(100, 400_000).to_string();
        let bold = if set.text.weight == Weight::Bold { "1" } else { "0" };
        let properties = [("lang", "en-GB"), ("sz", size.as_str()), ("b", bold)];
        self.element("a:rPr", &properties, |w| {
            w.fill(w.theme.color(set.text.paint));
            if let Some(halo) = set.text.halo {
                let radius = w.emu_of(HALO * set.size).to_string();
                w.element("a:effectLst", &[], |w| {
                    w.element("a:glow", &[("rad", &radius)], |w| w.color(w.theme.color(halo)));
                });
            }
            for script in ["a:latin", "a:cs"] {
                w.empty(script, &[("typeface", "Arial")]);
            }
        });
    }

    fn picture(&mut self, frame: Frame, image: &Image) -> Result<(), RenderError> {
        #[expect(clippy::cast_precision_loss, reason = "a width in pixels")]
        let width = frame.width as f32 / UNITS;
        let ids = self.media.add(image, width)?;
        self.element("p:pic", &[], |w| {
            w.element("p:nvPicPr", &[], |w| {
                w.properties("Logo", "Logo");
                w.element("p:cNvPicPr", &[], |w| {
                    w.empty("a:picLocks", &[("noChangeAspect", "1")]);
                });
                w.empty("p:nvPr", &[]);
            });
            w.element("p:blipFill", &[], |w| {
                w.element("a:blip", &[("r:embed", &ids.pixels)], |w| {
                    if let Some(drawing) = &ids.drawing {
                        w.drawing(drawing);
                    }
                });
                w.element("a:stretch", &[], |w| w.empty("a:fillRect", &[]));
            });
            w.element("p:spPr", &[], |w| w.rectangle(frame));
        });
        Ok(())
    }

    /// The SVG file beside the pixels, for programs that know of it ([MS-ODRAWXML], 2.3.3.1).
    fn drawing(&mut self, id: &str) {
        self.element("a:extLst", &[], |w| {
            let uri = [("uri", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}")];
            w.element("a:ext", &uri, |w| {
                let namespace = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
                w.empty("asvg:svgBlip", &[("xmlns:asvg", namespace), ("r:embed", id)]);
            });
        });
    }

    fn line(&mut self, line: &Line) {
        let width = self.emu_of(line.width).to_string();
        let cap = if line.is_round { "rnd" } else { "flat" };
        self.element("a:ln", &[("w", &width), ("cap", cap)], |w| {
            w.fill(line.color);
            if line.is_dashed {
                let thousandths = |widths: f32| format!("{:.0}", widths * 100_000.0);
                let (dash, gap) = (thousandths(DASH.0), thousandths(DASH.1));
                w.element("a:custDash", &[], |w| w.empty("a:ds", &[("d", &dash), ("sp", &gap)]));
            }
            w.empty("a:round", &[]);
        });
    }

    fn fill(&mut self, color: Rgba) {
        self.element("a:solidFill", &[], |w| w.color(color));
    }

    fn color(&mut self, color: Rgba) {
        let Rgba { r, g, b, a } = color;
        let value = format!("{r:02X}{g:02X}{b:02X}");
        self.element("a:srgbClr", &[("val", &value)], |w| {
            if a < 255 {
                let opacity = (u32::from(a) * 100_000 / 255).to_string();
                w.empty("a:alpha", &[("val", &opacity)]);
            }
        });
    }

    /// Number, name and description of the next thing on the slide.
    fn properties(&mut self, name: &str, about: &str) {
        self.last_id += 1;
        let id = self.last_id.to_string();
        let all = [("id", id.as_str()), ("name", name), ("descr", about)];
        self.empty("p:cNvPr", if about.is_empty() { &all[..2] } else { &all });
    }

    /// Where something is, in EMU.
    fn place(&mut self, frame: Frame, offset: &str, extent: &str) {
        let emu = |units: i64| (units * self.emu).to_string();
        let (x, y) = (emu(frame.x), emu(frame.y));
        let (width, height) = (emu(frame.width), emu(frame.height));
        self.empty(offset, &[("x", &x), ("y", &y)]);
        self.empty(extent, &[("cx", &width), ("cy", &height)]);
    }

    fn emu_of(&self, pixels: f32) -> i64 {
        Frame::length(pixels) * self.emu
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a size of text"
    )]
    fn hundredths_of_point(&self, pixels: f32) -> i64 {
        // A whole number of them, not more than it may be.
        (pixels * UNITS * self.emu as f32 / EMU_PER_POINT * 100.0 + 0.01).floor() as i64
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], inner: impl FnOnce(&mut Self)) {
        let _ = self.xml.write_event(Event::Start(tag(name, attributes)));
        inner(self);
        let _ = self.xml.write_event(Event::End(BytesEnd::new(name)));
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = self.xml.write_event(Event::Empty(tag(name, attributes)));
    }
}

fn tag<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
    let mut tag = BytesStart::new(name);
    for (key, value) in attributes {
        tag.push_attribute((*key, clean(value).as_ref()));
    }
    tag
}
