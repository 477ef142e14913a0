//! Searching by name or code while it is typed, tolerant of typing errors.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

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
    codes: Vec<(String, At)>,
    words: Vec<String>,
}

/// How a typed word fits a word of a name; larger ones are similar, by their errors.
const WHOLE: u8 = 0;
const START: u8 = 1;
const PART: u8 = 2;

/// Position of an entry, and of a name or code in it.
type At = (usize, usize);

/// A name with and without trimmings, and the latter's words as positions in the table.
#[derive(Debug, Clone)]
struct Name {
    at: At,
    whole: String,
    core: String,
    words: Vec<usize>,
}

/// A text likewise. What it has after its core tells shared names apart.
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
    faults: u8,
    incomplete: bool,
    weight: Reverse<u8>,
    surplus: usize,
    text: &'a str,
    at: At,
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
            names.extend(each.map(|(slot, name)| Name::new(name, (at, slot), &mut place)));
            let each = entry.codes.iter().enumerate();
            codes.extend(each.map(|(slot, code)| (code_key(code), (at, slot))));
        }
        Self { entries, names, codes, words }
    }

    /// The best matches of a text, at most `limit`, each entry once. Within a rank come first
    /// words that stand there whole, then names that the text covers, weight, fewer other words
    /// and the alphabet.
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
        let hit = |Found { rank, at: (entry, slot), .. }: Found| {
            let Entry { key, names, codes, .. } = &self.entries[entry];
            let is_code = matches!(rank, Rank::Code | Rank::CodeStart);
            Hit { key, rank, matched: if is_code { &codes[slot] } else { &names[slot] } }
        };
        found.into_iter().take(limit).map(hit).collect()
    }

    /// The best match of each entry.
    fn search<'a>(&'a self, query: &Query, lenient: bool) -> Vec<Found<'a>> {
        let found = |rank, faults, surplus, text: &'a str, at: At| {
            let weight = Reverse(self.entries[at.0].weight);
            Found { rank, faults, incomplete: surplus > 0, weight, surplus, text, at }
        };
        let fits = query.fits(&self.words, lenient);
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
        let mut best: Vec<Option<Found>> = vec![None; self.entries.len()];
        for found in names.chain(codes) {
            let held = &mut best[found.at.0];
            *held = Some(held.map_or(found, |before| before.min(found)));
        }
        best.into_iter().flatten().collect()
    }
}

impl Name {
    fn new(name: &str, at: At, place: impl FnMut(&str) -> usize) -> Self {
        let core = match_key(&name.replace(APOSTROPHES, ""));
        let words = core.split(' ').map(place).collect();
        Self { at, whole: plain(name), core, words }
    }

    /// Rank and faults: words half-typed, or mistyped, or trimmings that are others.
    fn compare(&self, query: &Query, fits: Option<&[Vec<Option<u8>>]>) -> Option<(Rank, u8)> {
        let other = u8::from(!self.whole.contains(&query.ending));
        if self.whole == query.whole || [&query.whole, &query.core].contains(&&self.core) {
            return Some((Rank::Name, other));
        }
        if let Some(rest) = self.core.strip_prefix(&query.core) {
            return Some((Rank::NameStart, other + u8::from(!rest.starts_with(' '))));
        }
        let (mut worst, mut faults) = (WHOLE, other);
        for fits in fits? {
            let fit = self.words.iter().filter_map(|word| fits[*word]).min()?;
            worst = worst.max(fit);
            faults = faults.saturating_add(fit);
        }
        let rank = match worst {
            WHOLE | START => Rank::Words,
            PART => Rank::Part,
            _ => Rank::Similar,
        };
        Some((rank, faults))
    }
}

impl Query {
    fn new(text: &str) -> Self {
        let whole = plain(text);
        let named = whole.strip_prefix("nhs ").unwrap_or(&whole);
        let mut core = named;
        while let Some((front, last)) = core.rsplit_once(' ')
            && is_trimming(last)
        {
            core = front;
        }
        let (core, ending) = (core.to_owned(), named[core.len()..].to_owned());
        Self { core, ending, code: code_key(text), whole }
    }

    /// For each word here, how it fits each word of names; `None` if one of them fits nowhere.
    fn fits(&self, table: &[String], lenient: bool) -> Option<Vec<Vec<Option<u8>>>> {
        let last = self.core.split(' ').count() - 1;
        let fits = self.core.split(' ').enumerate().map(|(at, typed)| {
            let each = table.iter().map(|word| fit(typed, word, at == last, lenient));
            let fits: Vec<_> = each.collect();
            fits.iter().any(Option::is_some).then_some(fits)
        });
        fits.collect()
    }
}

/// How a typed word fits a word of a name. The last one may be half-typed.
fn fit(typed: &str, word: &str, last: bool, lenient: bool) -> Option<u8> {
    match word.strip_prefix(typed) {
        Some("") => Some(WHOLE),
        Some(_) => Some(START),
        None if typed.len() > 2 && word.contains(typed) => Some(PART),
        None if lenient => Some(PART + errors(typed, word, last)?),
        None => None,
    }
}

/// Twice the typing errors, one more where only the beginning of the word is typed.
fn errors(typed: &str, word: &str, last: bool) -> Option<u8> {
    let (length, full) = (typed.chars().count(), word.chars().count());
    let most = if length < 8 { 1_u8 } else { 2 };
    let reach = usize::from(most);
    // Each letter that the other has not takes an error.
    let missing = (letters(typed) & !letters(word)).count_ones();
    if length < 4 || missing > u32::from(most) || full + reach < length {
        return None;
    }
    let whole = (full <= length + reach).then_some((word, 0));
    let starts = word.char_indices().skip(length - reach).take(2 * reach + 1).filter(|_| last);
    let texts = whole.into_iter().chain(starts.map(|(end, _)| (&word[..end], 1)));
    let errors = texts.filter_map(|(text, extra)| {
        let errors = u8::try_from(strsim::osa_distance(typed, text)).ok()?;
        (errors <= most).then_some(2 * errors + extra)
    });
    errors.min()
}

/// The letters of a word as a set, where a few may share a place.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |set, letter| set | 1 << (u32::from(letter) % 32))
}

const APOSTROPHES: [char; 2] = ['\'', '’'];

/// A text as it is compared, with trimmings: single words have none to lose.
fn plain(text: &str) -> String {
    let text = text.replace(APOSTROPHES, "");
    let words = text.split_whitespace().map(match_key).filter(|word| !word.is_empty());
    let spelt_out = words.collect::<Vec<_>>().join(" ");
    let brief = spelt_out.replace("integrated care board", "icb");
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

/// Number of words that say something.
fn load(core: &str) -> usize {
    core.split(' ').filter(|word| !["and", "of"].contains(word)).count()
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
        ("birmingham", "Birmingham", "E08000025", 5),
        ("northants", "West Northamptonshire", "E06000062", 5),
        ("lynn", "King's Lynn & West Norfolk", "E07000146", 4),
    ];

    fn index() -> SearchIndex<&'static str> {
        let entries = ROWS.iter().map(|&(key, name, code, weight)| {
            let names = vec![name.to_owned()];
            Entry { key, names, codes: vec![code.to_owned()], weight }
        });
        SearchIndex::new(entries.collect())
    }

    /// All that is found has that rank, in this order.
    #[track_caller]
    fn check(text: &str, rank: Rank, keys: &[&str]) {
        let index = index();
        let found: Vec<_> = index.find(text, 99).iter().map(|hit| (*hit.key, hit.rank)).collect();
        assert_eq!(found, keys.iter().map(|key| (*key, rank)).collect::<Vec<_>>(), "{text}");
    }

    #[test]
    fn codes_are_found_whole_or_begun() {
        check("qjk", Rank::Code, &["devon"]);
        check(" e5400 0030 ", Rank::Code, &["sel"]);
        check("e5400003", Rank::CodeStart, &["sel", "swl"]);
        assert_eq!(index().find("y56", 9)[0].matched, "Y56");
    }

    #[test]
    fn every_name_typed_whole_finds_its_entry() {
        for (key, name, ..) in ROWS {
            for text in [(*name).to_owned(), name.to_uppercase(), short_name(name)] {
                let index = index();
                let hit = index.find(&text, 99).into_iter().find(|hit| hit.key == key);
                assert_eq!(hit.map(|hit| (hit.rank, hit.matched)), Some((Rank::Name, *name)));
            }
        }
    }

    #[test]
    fn a_shared_name_comes_by_weight_unless_trimmings_tell() {
        check("devon", Rank::Name, &["devon", "devon council", "devon ccg"]);
        check("Devon CCG", Rank::Name, &["devon ccg", "devon", "devon council"]);
        assert_eq!(index().find("devon", 2).len(), 2);
    }

    #[test]
    fn words_come_in_any_order_and_half_typed() {
        check("sou lon", Rank::Words, &["sel", "swl", "sel ccg"]);
        check("london east", Rank::Words, &["sel", "sel ccg"]);
        check("cumbria integ", Rank::Words, &["lsc"]);
        check("east london ccg", Rank::Words, &["sel ccg", "sel"]);
        check("kings lynn & w", Rank::NameStart, &["lynn"]);
        for text in ["london", "lond"] {
            let index = index();
            let keys: Vec<_> = index.find(text, 9).iter().map(|hit| *hit.key).collect();
            assert_eq!(keys, ["london", "sel", "swl", "city", "sel ccg"]);
        }
    }

    #[test]
    fn typing_errors_are_forgiven() {
        check("lanchas", Rank::Similar, &["lsc"]);
        check("manchestre", Rank::Similar, &["manchester", "gm"]);
        check("hertforshire", Rank::Similar, &["herts"]);
        check("birmigham", Rank::Similar, &["birmingham"]);
        check("mevon", Rank::Similar, &["devon", "devon council", "devon ccg"]);
        check("norfulk lynn", Rank::Similar, &["lynn"]);
        check("hampton", Rank::Part, &["northants"]);
    }

    #[test]
    fn nothing_silly_and_short_texts_are_beginnings() {
        for text in ["", " ", "the", "zzzz", "atlantis", "devon atlantis", "boarb", "am", "nd"] {
            check(text, Rank::Similar, &[]);
        }
        check("l w", Rank::Words, &["swl", "lynn"]);
    }
}
