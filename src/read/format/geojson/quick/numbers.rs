//! Numbers as JSON writes them.

/// Powers of ten that a float holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Powers of ten by which digits are moved up.
const WHOLE_POWERS: [u64; 8] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000];

/// The largest whole number up to which a float holds all.
const EXACT: u64 = 1 << 53;

/// The number at the beginning of a text, and its length in bytes; `None` if there is no number
/// that JSON allows, or none that is finite.
///
/// Where both the digits and the power of ten are exact, one division rounds correctly (Clinger,
/// "How to read floating point numbers accurately", 1990). All others are left to the standard
/// library, which is as exact.
#[inline]
pub fn number(text: &[u8]) -> Option<(f64, usize)> {
    let is_negative = text.first() == Some(&b'-');
    let start = usize::from(is_negative);
    let (mut digits, mut whole) = (0u64, 0);
    while let Some(digit) = text.get(start + whole).map(|byte| byte.wrapping_sub(b'0'))
        && digit < 10
    {
        digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit));
        whole += 1;
    }
    let mut at = start + whole;
    if whole == 0 || (whole > 1 && text[start] == b'0') {
        return None;
    }
    let mut decimals = 0;
    if text.get(at) == Some(&b'.') {
        (digits, decimals) = run(text, at + 1, digits);
        if decimals == 0 {
            return None;
        }
        at += 1 + decimals;
    }
    let has_exponent = matches!(text.get(at), Some(b'e' | b'E'));
    // Nineteen digits at most fit their type.
    if !has_exponent && whole + decimals < 20 && digits <= EXACT && decimals < POWERS.len() {
        #[expect(clippy::cast_precision_loss, reason = "it has just been checked")]
        let value = digits.cast_signed() as f64 / POWERS[decimals]; // signed is quicker
        return Some((if is_negative { -value } else { value }, at));
    }
    if has_exponent {
        at += 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        let (_, length) = run(text, at, 0);
        if length == 0 {
            return None;
        }
        at += length;
    }
    let value: f64 = std::str::from_utf8(&text[..at]).ok()?.parse().ok()?;
    value.is_finite().then_some((value, at))
}

/// The digits from `start` on, added to those before, and how many they are. What does not fit
/// is cut off.
#[inline]
fn run(text: &[u8], start: usize, mut digits: u64) -> (u64, usize) {
    let mut length = 0;
    while let Some(block) = text.get(start + length..).and_then(<[u8]>::first_chunk) {
        let (ones, others) = signs(*block);
        // With a step that is known beforehand the processor need not wait for this block to
        // begin with the next.
        if others == 0 {
            digits = digits.wrapping_mul(100_000_000).wrapping_add(value(ones));
            length += 8;
            continue;
        }
        let count = (others.trailing_zeros() / 8) as usize;
        // The text runs from the lowest byte up. What follows the digits is shifted out, so that
        // noughts stand before them; in two steps, as there may be no digit at all.
        let ones = ones << 8 << (56 - 8 * count);
        digits = digits.wrapping_mul(WHOLE_POWERS[count]).wrapping_add(value(ones));
        return (digits, length + count);
    }
    while let Some(digit) = text.get(start + length).map(|byte| byte.wrapping_sub(b'0'))
        && digit < 10
    {
        digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit));
        length += 1;
    }
    (digits, length)
}

/// Of eight bytes the values, were they digits, and the highest bit of each that is none.
#[inline]
fn signs(text: [u8; 8]) -> (u64, u64) {
    let bytes = |byte: u8| u64::from_le_bytes([byte; 8]);
    let ones = u64::from_le_bytes(text) ^ bytes(b'0');
    // Ten and more carry into the highest bit.
    (ones, (((ones & bytes(0x7f)) + bytes(0x76)) | ones) & bytes(0x80))
}

/// The number that eight digits make, the lowest byte first: worked out for all at once, first
/// pairs, then fours.
#[inline]
fn value(ones: u64) -> u64 {
    let pairs = (ones * 10 + (ones >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    (fours * 10_000 + (fours >> 32)) & 0xffff_ffff
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::number;

    #[test]
    fn numbers_are_those_of_json() {
        for (text, length) in
            [("0", 1), ("-0.50]", 5), ("12e3,", 4), ("1E-2 ", 4), ("9007199254740993", 16)]
        {
            let expected: f64 = text[..length].parse().unwrap();
            assert_eq!(number(text.as_bytes()), Some((expected, length)), "{text}");
        }
        for text in ["", "-", "00", "01", ".5", "1.", "1.e3", "1e", "1e+", "nan", "+1", "1e400"] {
            assert_eq!(number(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        /// To the last bit what the standard library reads.
        #[test]
        fn agrees_with_the_standard_library(text in "-?(0|[1-9][0-9]{0,22})(\\.[0-9]{1,22})?([eE][+-]?[0-9]{1,2})?") {
            let expected: f64 = text.parse().unwrap();
            let got = number(text.as_bytes());
            prop_assert_eq!(got.map(|(value, length)| (value.to_bits(), length)), Some((expected.to_bits(), text.len())));
        }
    }
}
