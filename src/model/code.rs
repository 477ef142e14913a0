//! Codes of bodies and areas, checked when made.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// Why a text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not {what}")]
pub struct CodeError {
    text: String,
    what: &'static str,
}

/// A nine-character code of the Office for National Statistics, such as `E54000030`: a letter
/// for the country and eight digits, the first two of which tell the kind of area.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct OnsCode(String);

impl FromStr for OnsCode {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let code = text.trim().to_ascii_uppercase();
        let shape = code.len() == 9
            && code.as_bytes()[0].is_ascii_uppercase()
            && code.bytes().skip(1).all(|b| b.is_ascii_digit());
        if shape {
            Ok(Self(code))
        } else {
            Err(CodeError {
                text: text.to_owned(),
                what: "an ONS code (a letter and eight digits)",
            })
        }
    }
}

/// A code of the NHS Organisation Data Service, such as `QKK`, `72Q` or `S1Y5D`: three to five
/// capital letters and digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct OdsCode(String);

impl FromStr for OdsCode {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let code = text.trim().to_ascii_uppercase();
        let shape =
            (3..=5).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
        if shape {
            Ok(Self(code))
        } else {
            Err(CodeError {
                text: text.to_owned(),
                what: "an ODS code (three to five letters and digits)",
            })
        }
    }
}

macro_rules! as_text {
    ($code:ty) => {
        impl $code {
            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $code {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
as_text!(OnsCode);
as_text!(OdsCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_checked_and_put_in_capitals() {
        assert_eq!("e54000030".parse::<OnsCode>().unwrap().as_str(), "E54000030");
        assert_eq!("72q".parse::<OdsCode>().unwrap().as_str(), "72Q");
        for bad in ["", "E5400003", "E54000O30", "54000030E"] {
            assert!(bad.parse::<OnsCode>().is_err(), "{bad}");
        }
        for bad in ["", "QK", "QKKQKK", "Q K"] {
            assert!(bad.parse::<OdsCode>().is_err(), "{bad}");
        }
    }
}
