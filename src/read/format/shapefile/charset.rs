//! What the bytes of the texts in a dBASE table mean.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// A way to write letters as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// One that web browsers know.
    Web(&'static Encoding),
    /// A code page of MS-DOS, by its characters from 0x80 on; the others are those of ASCII.
    Dos(&'static str),
}

const CP_437: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

const CP_850: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl Charset {
    /// What is guessed where nothing is declared: UTF-8 if all texts are whole in it, or else
    /// the code page of Western European Windows.
    pub fn guess<'a>(mut texts: impl Iterator<Item = &'a [u8]>) -> Self {
        // A text that does not fit into its column is cut, perhaps within a letter.
        let is_whole = |text| match std::str::from_utf8(text) {
            Ok(_) => true,
            Err(error) => error.error_len().is_none(),
        };
        Self::Web(if texts.all(is_whole) { UTF_8 } else { WINDOWS_1252 })
    }

    /// The charset that a .cpg file names, in any of the spellings of the programs that write
    /// them: `UTF-8`, `1252`, `ANSI 1252`, `OEM 850`, `ISO 88591`, `LDID/87`.
    pub fn of_label(label: &str) -> Option<Self> {
        let label =
            label.trim_matches(|c: char| c.is_whitespace() || c.is_control()).to_uppercase();
        if let Some(language) = label.strip_prefix("LDID/") {
            return Self::of_language(language.trim().parse().ok()?);
        }
        if let Some(web) = Encoding::for_label(label.as_bytes()) {
            return Some(Self::Web(web));
        }
        let is_iso = label.contains("8859");
        let digits: String = label.chars().filter(char::is_ascii_digit).collect();
        let part = digits.strip_prefix("8859").filter(|_| is_iso);
        match part {
            Some(part) => web(&format!("iso-8859-{part}")),
            None => Self::of_code_page(digits.parse().ok()?),
        }
    }

    /// The charset of a code page of Windows or MS-DOS.
    fn of_code_page(number: u32) -> Option<Self> {
        match number {
            437 => Some(Self::Dos(CP_437)),
            850 | 858 => Some(Self::Dos(CP_850)),
            866 => web("ibm866"),
            874 | 1250..=1258 => web(&format!("windows-{number}")),
            932 => web("shift_jis"),
            936 => web("gbk"),
            949 => web("euc-kr"),
            950 => web("big5"),
            20127 => web("windows-1252"),
            28591..=28606 => web(&format!("iso-8859-{}", number - 28590)),
            65001 => web("utf-8"),
            _ => None,
        }
    }

    /// The charset of the language byte of a table, as far as it tells one
    /// (list of language drivers in the dBASE and ArcGIS documentation).
    pub fn of_language(byte: u8) -> Option<Self> {
        Self::of_code_page(match byte {
            0x01 | 0x09 | 0x0b | 0x0d | 0x0f | 0x11 | 0x15 | 0x18 | 0x19 | 0x1b => 437,
            0x02 | 0x0a | 0x0e | 0x10 | 0x12 | 0x14 | 0x16 | 0x1a | 0x1d | 0x25 | 0x37 => 850,
            0x03 | 0x57..=0x59 => 1252,
            0x13 | 0x7b => 932,
            0x26 | 0x65 => 866,
            0x4d | 0x7a => 936,
            0x4e | 0x79 => 949,
            0x4f | 0x78 => 950,
            0x50 | 0x7c => 874,
            0x7d => 1255,
            0x7e => 1256,
            0xc8 => 1250,
            0xc9 => 1251,
            0xca => 1254,
            0xcb => 1253,
            0xcc => 1257,
            _ => return None,
        })
    }

    /// The name of the charset.
    pub fn name(self) -> &'static str {
        match self {
            Self::Web(web) => web.name(),
            Self::Dos(CP_437) => "code page 437",
            Self::Dos(_) => "code page 850",
        }
    }

    /// The text of some bytes, and whether some of them have no meaning in this charset.
    pub fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        match self {
            Self::Web(web) => web.decode_without_bom_handling(bytes),
            Self::Dos(upper) => {
                let letter = |byte: &u8| match byte.checked_sub(0x80) {
                    None => Some(char::from(*byte)),
                    Some(position) => upper.chars().nth(usize::from(position)),
                };
                (bytes.iter().filter_map(letter).collect(), false)
            }
        }
    }
}

fn web(label: &str) -> Option<Charset> {
    Encoding::for_label(label.as_bytes()).map(Charset::Web)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_in_many_spellings() {
        for label in ["1252", "ANSI 1252", "cp1252", "WINDOWS-1252\r\n", "LDID/87", "ISO-8859-1"] {
            assert_eq!(Charset::of_label(label), Some(Charset::Web(WINDOWS_1252)), "{label}");
        }
        for label in ["UTF-8", "utf8", "65001", " UTF-8\0"] {
            assert_eq!(Charset::of_label(label), Some(Charset::Web(UTF_8)), "{label}");
        }
        assert_eq!(Charset::of_label("OEM 850"), Some(Charset::Dos(CP_850)));
        assert_eq!(Charset::of_label("ISO 88591"), Some(Charset::Web(WINDOWS_1252)));
        assert_eq!(Charset::of_label("8859_15").map(Charset::name), Some("ISO-8859-15"));
        for label in ["", "?", "LDID/", "99999999999", "OEM"] {
            assert_eq!(Charset::of_label(label), None, "{label}");
        }
    }

    #[test]
    fn old_code_pages_have_all_their_letters() {
        assert_eq!(CP_437.chars().count(), 128);
        assert_eq!(CP_850.chars().count(), 128);
        for (page, text) in [(437, "Môn £ é"), (850, "Môn £ é ×")] {
            let charset = Charset::of_code_page(page).unwrap();
            let bytes: &[u8] = match page {
                437 => b"M\x93n \x9c \x82",
                _ => b"M\x93n \x9c \x82 \x9e",
            };
            assert_eq!(charset.decode(bytes), (text.into(), false));
        }
    }

    #[test]
    fn a_guess_is_utf_8_where_that_is_possible() {
        let guess = |texts: &[&'static [u8]]| Charset::guess(texts.iter().copied()).name();
        assert_eq!(guess(&[b"Kent", "Ynys Môn".as_bytes()]), "UTF-8");
        assert_eq!(guess(&[b"cut within a letter: \xc3"]), "UTF-8");
        assert_eq!(guess(&[b"Kent", b"Ynys M\xf4n"]), "windows-1252");
    }
}
