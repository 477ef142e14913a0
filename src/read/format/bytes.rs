//! Numbers out of bytes, never past their end.

/// The order of the bytes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The most significant byte comes first.
    Big,
    /// The least significant byte comes first.
    Little,
}

/// What is left to read of some bytes. Every method is `None` where too few are left.
#[derive(Debug, Clone, Copy)]
pub struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    /// Begins at the first byte.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The number of bytes that are left.
    pub const fn len(&self) -> usize {
        self.rest.len()
    }

    /// The next bytes.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// The next byte.
    pub fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// The next two bytes as a number.
    pub fn u16(&mut self, order: Order) -> Option<u16> {
        let bytes = self.take(2)?.try_into().ok()?;
        Some(match order {
            Order::Big => u16::from_be_bytes(bytes),
            Order::Little => u16::from_le_bytes(bytes),
        })
    }

    /// The next four bytes as a number.
    pub fn u32(&mut self, order: Order) -> Option<u32> {
        let bytes = self.take(4)?.try_into().ok()?;
        Some(match order {
            Order::Big => u32::from_be_bytes(bytes),
            Order::Little => u32::from_le_bytes(bytes),
        })
    }

    /// The next four bytes as the number of things that follow, each of at least `size` bytes.
    pub fn count(&mut self, order: Order, size: usize) -> Option<usize> {
        let count = self.u32(order)? as usize;
        (count.checked_mul(size)? <= self.rest.len()).then_some(count)
    }

    /// The next positions: `size` bytes each, of which the first sixteen are the coordinates.
    pub fn points(&mut self, count: usize, size: usize, order: Order) -> Option<Vec<[f64; 2]>> {
        let block = self.take(count.checked_mul(size)?)?;
        let point =
            |bytes: &[u8]| Some([f64_of(&bytes[..8], order)?, f64_of(&bytes[8..16], order)?]);
        block.chunks_exact(size.max(16)).map(point).collect()
    }
}

fn f64_of(bytes: &[u8], order: Order) -> Option<f64> {
    let bytes = bytes.try_into().ok()?;
    Some(match order {
        Order::Big => f64::from_be_bytes(bytes),
        Order::Little => f64::from_le_bytes(bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_past_the_end() {
        let mut bytes = Bytes::new(&[0, 0, 0, 2, 7]);
        assert_eq!(Bytes::new(&[2, 0, 0, 0]).u32(Order::Little), Some(2));
        assert_eq!(bytes.count(Order::Big, 1), None, "two are promised, one is there");
        assert_eq!(bytes.u8(), Some(7));
        assert_eq!(bytes.u8(), None);
        assert_eq!(Bytes::new(&[]).points(usize::MAX, 16, Order::Big), None);
    }
}
