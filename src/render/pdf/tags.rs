//! What the parts of a page are, in reading order, for those who listen to it.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, Node, Tag, TagGroup, TagTree};

use super::LANGUAGE;
use crate::scene::{Part, Scene};

/// The tags of a page while it is drawn.
pub struct Tags {
    title: String,
    part: Option<Part>,
    headings: Vec<Node>,
    map: Vec<Node>,
    others: Vec<Node>,
}

impl Tags {
    /// Those of a scene, none yet.
    pub fn new(scene: &Scene) -> Self {
        let title = scene.title.clone();
        Self { title, part: None, headings: Vec::new(), map: Vec::new(), others: Vec::new() }
    }

    /// What is drawn next belongs to a part of the page; returns the part before.
    pub fn enter(&mut self, part: Option<Part>) -> Option<Part> {
        std::mem::replace(&mut self.part, part)
    }

    /// A map, or a part of one, was drawn.
    pub fn map(&mut self, id: Identifier) {
        self.map.push(id.into());
    }

    /// A text was drawn, all of its lines.
    pub fn text(&mut self, lines: Vec<Identifier>) {
        let lines: Vec<Node> = lines.into_iter().map(Node::from).collect();
        match self.part {
            Some(Part::Labels | Part::ScaleBar | Part::Inset) => self.map.extend(lines),
            Some(Part::Title) if self.headings.is_empty() => {
                let heading = Tag::Hn(NonZeroU16::MIN, Some(self.title.clone()));
                self.headings.push(TagGroup::with_children(heading, lines).into());
            }
            Some(Part::Title) => self.headings.push(TagGroup::with_children(Tag::P, lines).into()),
            _ => self.others.push(TagGroup::with_children(Tag::P, lines).into()),
        }
    }

    /// A picture was drawn.
    pub fn picture(&mut self, id: Identifier) {
        let logo = Tag::Figure(Some(Part::Logo.name().to_owned()));
        self.others.push(TagGroup::with_children(logo, vec![id.into()]).into());
    }

    /// The whole page: its heading, the map as one figure that the title describes, the rest.
    pub fn tree(self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
        let figure = Tag::Figure(Some(self.title));
        let map = (!self.map.is_empty()).then(|| TagGroup::with_children(figure, self.map).into());
        for node in self.headings.into_iter().chain(map).chain(self.others) {
            tree.push(node);
        }
        tree
    }
}
