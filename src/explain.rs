//! What the terms mean: short, sourced explanations.

mod pages;

pub use pages::PAGES;

/// An explanation of a term.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Stable identifier, such as `icb`.
    pub id: &'static str,
    /// Heading.
    pub title: &'static str,
    /// The term in one sentence, for a tooltip.
    pub brief: &'static str,
    /// Paragraphs.
    pub text: &'static [&'static str],
    /// Where it comes from: publisher, title, date.
    pub sources: &'static [&'static str],
    /// Identifiers of pages that go with it.
    pub see: &'static [&'static str],
}

/// Identifier of the timeline, which is no page of text: the events of the register.
pub const HISTORY: &str = "history";

/// The page with an identifier.
#[must_use]
pub fn page(id: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_complete_and_lead_to_each_other() {
        for (i, page) in PAGES.iter().enumerate() {
            assert!(PAGES[i + 1..].iter().all(|other| other.id != page.id), "{}", page.id);
            assert!(!page.text.is_empty() && !page.sources.is_empty(), "{}", page.id);
            assert!(page.brief.chars().count() <= 160, "{}", page.id);
            for paragraph in page.text {
                assert!(paragraph.split_whitespace().count() <= 70, "{}: {paragraph}", page.id);
            }
            for other in page.see {
                assert!(super::page(other).is_some(), "{} leads to {other}", page.id);
            }
        }
    }

    #[test]
    fn the_numbers_are_told_with_their_dates() {
        let text = page("numbers").unwrap().text.join(" ");
        for number in ["211", "209", "207", "195", "191", "135", "106", "42", "36", "248"] {
            assert!(text.contains(number), "{number}");
        }
    }
}
