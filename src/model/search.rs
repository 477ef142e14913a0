//! Searching by name or code while it is typed, tolerant of typing errors.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::match_key;

/// What can be found: a thing with its names and codes.
#[derive(Debug, Clone)]
pub struct Entry<K> {
    /// What it stands for.
    pub key: K,
    /// What it is called, the preferred name first.
    pub names: Vec<String>,
    /// Its codes in any register.
    pub codes: Vec<String>,
    /// The larger comes first among equal matches.
    pub weight: u8,
}

/// An entry that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a, K> {
    /// What the entry stands for.
    pub key: &'a K,
    /// How well it matches.
    pub rank: Rank,
    /// The name or code that matched, as it was given.
    pub matched: &'a str,
}

/// How well an entry matches, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The text is one of its codes.
    Code,
    /// The text is one of its names, with or without official trimmings.
    Name,
    /// A name begins with the text.
    NameStart,
    /// Each word of the text begins a word of a name, in any order.
    Words,
    /// A code begins with the text.
    CodeStart,
    /// Each word of the text is at least a part of a word of a name.
    Part,
    /// As before, but for typing errors. Only sought where nothing better than a part is found.
    Similar,
}

/// Entries prepared for searching.
#[derive(Debug, Clone)]
pub struct SearchIndex<K> {
    entries: Vec<Entry<K>>,
    names: Vec<Name>,
    codes: Vec<(String, (usize, usize))>,
    words: Vec<String>,
}

/// A name with and without trimmings. Its words are positions in the table, `at` tells whose it is.
#[derive(Debug, Clone)]
struct Name {
    at: (usize, usize),
    whole: String,
    core: String,
    words: Vec<usize>,
}

/// A text likewise. What follows its core tells shared names apart.
struct Query {
    whole: String,
    core: String,
    ending: String,
    code: String,
}

/// What decides the order of hits, the most important first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found<'a> {
    rank: Rank,
    faults: usize,
    incomplete: bool,
    weight: Reverse<u8>,
    surplus: usize,
    text: &'a str,
    at: (usize, usize),
}

impl<K> SearchIndex<K> {
    /// Prepares entries. Those that match equally well keep their order here.
    #[must_use]
    pub fn new(entries: Vec<Entry<K>>) -> Self {
        let (mut names, mut codes, mut words) = (Vec::new(), Vec::new(), Vec::new());
        let mut places = FxHashMap::default();
        let mut place = |word: &str| {
            *places.entry(word.to_owned()).or_insert_with(|| {
                words.push(word.to_owned());
                words.len() - 1
            })
        };
        for (at, entry) in entries.iter().enumerate() {
            let each = entry.names.iter().enumerate();
            names.extend(each.map(|(slot, name)| {
                let core = match_key(&name.replace(['\'', '’'], ""));
                let words = core.split(' ').map(&mut place).collect();
                Name { at: (at, slot), whole: plain(name), core, words }
            }));
            let each = entry.codes.iter().enumerate();
            codes.extend(each.map(|(slot, code)| (code_key(code), (at, slot))));
        }
        Self { entries, names, codes, words }
    }

    /// The best matches of a text, at most `limit`, each entry once. Within a rank whole words come
    /// first, then names that the text covers, weight, fewer other words, the alphabet.
    #[must_use]
    pub fn find(&self, text: &str, limit: usize) -> Vec<Hit<'_, K>> {
        let query = Query::new(text);
        if query.whole.is_empty() {
            return Vec::new();
        }
        let mut found = self.search(&query, false);
        if found.iter().all(|found| found.rank > Rank::CodeStart) {
            found = self.search(&query, true);
        }
        found.sort_unstable();
        let mut seen = FxHashSet::default();
        found.retain(|found| seen.insert(found.at.0));
        let hit = |Found { rank, at: (entry, slot), .. }: Found| {
            let Entry { key, names, codes, .. } = &self.entries[entry];
            let is_code = matches!(rank, Rank::Code | Rank::CodeStart);
            Hit { key, rank, matched: if is_code { &codes[slot] } else { &names[slot] } }
        };
        found.into_iter().take(limit).map(hit).collect()
    }

    /// All that match, by name and by code.
    fn search<'a>(&'a self, query: &Query, lenient: bool) -> Vec<Found<'a>> {
        let found = |rank, faults, surplus, text: &'a str, at: (usize, usize)| {
            let weight = Reverse(self.entries[at.0].weight);
            Found { rank, faults, incomplete: surplus > 0, weight, surplus, text, at }
        };
        let load = |core: &str| core.split(' ').filter(|word| *word != "and").count();
        let last = query.core.matches(' ').count();
        let fits = query.core.split(' ').enumerate().map(|(at, typed)| {
            let fit = |word: &String| fit(typed, word, at == last, lenient);
            let fits: Vec<_> = self.words.iter().map(fit).collect();
            fits.iter().any(Option::is_some).then_some(fits)
        });
        let fits: Option<Vec<_>> = fits.collect();
        let names = self.names.iter().filter_map(|name| {
            let (rank, faults) = name.compare(query, fits.as_deref())?;
            let surplus = load(&name.core).saturating_sub(load(&query.core));
            Some(found(rank, faults, surplus, &name.core, name.at))
        });
        let codes = self.codes.iter().filter_map(|(code, at)| {
            let rest = code.strip_prefix(&query.code)?;
            let rank = if rest.is_empty() { Rank::Code } else { Rank::CodeStart };
            (rank == Rank::Code || query.code.len() > 1).then(|| found(rank, 0, 0, code, *at))
        });
        names.chain(codes).collect()
    }
}

impl Name {
    /// Rank and faults: words half-typed, or mistyped, or trimmings that are others.
    fn compare(&self, query: &Query, fits: Option<&[Vec<Option<usize>>]>) -> Option<(Rank, usize)> {
        let other = usize::from(!self.whole.contains(&query.ending));
        if self.whole == query.whole || [&query.whole, &query.core].contains(&&self.core) {
            return Some((Rank::Name, other));
        }
        if let Some(rest) = self.core.strip_prefix(&query.core) {
            return Some((Rank::NameStart, other + usize::from(!rest.starts_with(' '))));
        }
        let (mut worst, mut faults) = (0, other);
        for fits in fits? {
            let fit = self.words.iter().filter_map(|word| fits[*word]).min()?;
            worst = worst.max(fit);
            faults += fit;
        }
        let rank = [Rank::Words, Rank::Words, Rank::Part].get(worst).unwrap_or(&Rank::Similar);
        Some((*rank, faults))
    }
}

impl Query {
    fn new(text: &str) -> Self {
        let whole = plain(text);
        let named = whole.strip_prefix("nhs ").unwrap_or(&whole);
        let mut core = named;
        while let Some((front, _)) = core.rsplit_once(' ').filter(|(_, last)| is_trimming(last)) {
            core = front;
        }
        let ending = named[core.len()..].to_owned();
        Self { core: core.to_owned(), ending, code: code_key(text), whole }
    }
}

/// How a typed word fits one of a name: 0 is whole, 1 its beginning, 2 a part, more is similar.
fn fit(typed: &str, word: &str, last: bool, lenient: bool) -> Option<usize> {
    match word.strip_prefix(typed) {
        Some(rest) => Some(usize::from(!rest.is_empty())),
        None if typed.len() > 2 && word.contains(typed) => Some(2),
        None if lenient => Some(2 + errors(typed, word, last)?),
        None => None,
    }
}

/// Twice the typing errors, one more where only the beginning of the word is typed.
fn errors(typed: &str, word: &str, last: bool) -> Option<usize> {
    let length = typed.chars().count();
    let most = if length < 8 { 1 } else { 2 };
    // Each letter that the other has not takes an error.
    let letters = |word: &str| word.chars().fold(0, |set, c| set | 1_u32 << (u32::from(c) % 32));
    if length < 4 || (letters(typed) & !letters(word)).count_ones() as usize > most {
        return None;
    }
    let ends = word.char_indices().map(|(end, _)| end).chain([word.len()]);
    let near = ends.skip(length - most).take(2 * most + 1);
    let errors = near.filter(|end| last || *end == word.len()).filter_map(|end| {
        let errors = strsim::osa_distance(typed, &word[..end]);
        (errors <= most).then_some(2 * errors + usize::from(end < word.len()))
    });
    errors.min()
}

/// A text as it is compared, with trimmings: single words have none to lose.
fn plain(text: &str) -> String {
    let text = text.replace(['\'', '’'], "");
    let words = text.split_whitespace().map(match_key).filter(|word| !word.is_empty());
    let brief = words.collect::<Vec<_>>().join(" ").replace("integrated care board", "icb");
    brief.replace("clinical commissioning group", "ccg")
}

/// Whether a word ends official names, perhaps half-typed.
fn is_trimming(word: &str) -> bool {
    let long = ["integrated", "care", "board", "system", "clinical", "commissioning", "group"];
    let half_typed = |trimming: &str| trimming.starts_with(word) && word.len() > 3;
    ["icb", "ics", "ccg", "stp"].contains(&word) || long.into_iter().any(half_typed)
}

fn code_key(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::super::names::short_name;
    use super::*;

    const ROWS: &[(&str, &str, &str, u8)] = &[
        ("devon ccg", "NHS Devon CCG", "15N", 2),
        ("devon council", "Devon", "E10000008", 5),
        ("devon", "NHS Devon Integrated Care Board", "QJK", 9),
        ("city", "City of London", "E09000001", 5),
        ("sel ccg", "NHS South East London CCG", "72Q", 2),
        ("sel", "NHS South East London Integrated Care Board", "E54000030", 9),
        ("swl", "NHS South West London Integrated Care Board", "E54000031", 9),
        ("london", "London", "Y56", 7),
        ("lsc", "NHS Lancashire and South Cumbria Integrated Care Board", "QE1", 9),
        ("gm", "NHS Greater Manchester Integrated Care Board", "QOP", 9),
        ("manchester", "Manchester", "E08000003", 4),
        ("herts", "Hertfordshire", "E10000015", 5),
        ("lynn", "King's Lynn & West Norfolk", "E07000146", 4),
    ];

    /// Keys, ranks and what matched.
    fn find(text: &str, limit: usize) -> Vec<(&'static str, Rank, String)> {
        let entries = ROWS.iter().map(|&(key, name, code, weight)| {
            let (names, codes) = (vec![name.to_owned(), short_name(name)], vec![code.to_owned()]);
            Entry { key, names, codes, weight }
        });
        let index = SearchIndex::new(entries.collect());
        let hits = index.find(text, limit).into_iter();
        hits.map(|hit| (*hit.key, hit.rank, hit.matched.to_owned())).collect()
    }

    /// These are found in this order, the first with that rank.
    fn check(text: &str, rank: Rank, keys: &[&str]) {
        let found = find(text, 99);
        assert_eq!(found.iter().map(|hit| hit.0).collect::<Vec<_>>(), keys, "{text}");
        assert_eq!(found[0].1, rank, "{text}");
    }

    #[test]
    fn codes_and_whole_names_are_found() {
        for (key, name, code, _) in ROWS {
            let code_hit = (*key, Rank::Code, (*code).to_owned());
            assert_eq!(find(&format!(" {} ", code.to_lowercase()), 1), [code_hit]);
            for text in [(*name).to_owned(), name.to_uppercase(), short_name(name)] {
                assert!(find(&text, 99).contains(&(key, Rank::Name, (*name).to_owned())), "{text}");
            }
        }
        check("e5400 003", Rank::CodeStart, &["sel", "swl"]);
    }

    #[test]
    fn a_shared_name_comes_by_weight_unless_trimmings_tell() {
        check("devon", Rank::Name, &["devon", "devon council", "devon ccg"]);
        check("Devon CCG", Rank::Name, &["devon ccg", "devon", "devon council"]);
        assert_eq!(find("devon", 2).len(), 2);
    }

    #[test]
    fn words_come_in_any_order_and_half_typed() {
        check("sou lon", Rank::Words, &["sel", "swl", "sel ccg"]);
        check("london east", Rank::Words, &["sel", "sel ccg"]);
        check("east london ccg", Rank::Words, &["sel ccg", "sel"]);
        check("cumbria integ", Rank::Words, &["lsc"]);
        check("kings lynn & w", Rank::NameStart, &["lynn"]);
        check("london", Rank::Name, &["london", "sel", "swl", "city", "sel ccg"]);
        check("lond", Rank::NameStart, &["london", "sel", "swl", "city", "sel ccg"]);
        check("l w", Rank::Words, &["swl", "lynn"]);
    }

    #[test]
    fn typing_errors_are_forgiven_within_reason() {
        check("lanchas", Rank::Similar, &["lsc"]);
        check("manchestre", Rank::Similar, &["manchester", "gm"]);
        check("hertforshire", Rank::Similar, &["herts"]);
        check("mevon", Rank::Similar, &["devon", "devon council", "devon ccg"]);
        check("norfulk lynn", Rank::Similar, &["lynn"]);
        check("chester", Rank::Part, &["manchester", "gm"]);
        for text in ["", " ", "the", "zzzz", "atlantis", "devon atlantis", "am", "nd", "lonx y"] {
            assert_eq!(find(text, 99), [], "{text}");
        }
    }
}
