//! Where an object ends, by its braces alone.

/// Follows the braces of an object, the text of which may come in pieces.
#[derive(Debug, Default)]
pub struct Braces {
    at: usize,
    depth: usize,
    is_in_string: bool,
}

impl Braces {
    /// For an object that begins at so many bytes.
    pub fn at(begin: usize) -> Self {
        Self { at: begin, ..Self::default() }
    }

    /// Where the object ends, if it does within the text: all that there is of it so far.
    pub fn end(&mut self, text: &[u8]) -> Option<usize> {
        loop {
            let rest = text.get(self.at..)?;
            let found = if self.is_in_string {
                memchr::memchr2(b'"', b'\\', rest)
            } else {
                memchr::memchr3(b'"', b'{', b'}', rest)
            };
            let Some(before) = found else {
                self.at = text.len();
                return None;
            };
            self.at += before + 1;
            match rest[before] {
                // Whatever it escapes may not be there yet.
                b'\\' => self.at += 1,
                b'"' => self.is_in_string = !self.is_in_string,
                b'{' => self.depth += 1,
                _ => {
                    self.depth = self.depth.checked_sub(1)?;
                    if self.depth == 0 {
                        return Some(self.at);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_ends_with_its_last_brace_however_it_comes() {
        let object = r#"{"a}":{"\"}\\":"}"},"b":[{}]}"#;
        let text = format!("[{object},{{}}]");
        for piece in 1..text.len() {
            let mut braces = Braces::at(1);
            let mut there = (0..text.len()).step_by(piece).chain([text.len()]);
            let end = there.find_map(|end| braces.end(&text.as_bytes()[..end]));
            assert_eq!(end, Some(1 + object.len()), "in pieces of {piece}");
        }
        assert_eq!(Braces::default().end(b"}"), None);
    }
}
