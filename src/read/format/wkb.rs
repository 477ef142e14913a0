//! Well-known binary geometries: OGC Simple Features 1.2.1 (ISO numbers of kinds) and the
//! extended form of PostGIS, with heights and measures or without.

use super::super::limits;
use super::super::raw::RawPolygon;
use super::bytes::{Bytes, Order};
use super::geometry::{Fault, Found, unreadable};

/// Adds the polygons of a geometry to what was found.
///
/// # Errors
/// If the bytes are none, or break off, or are nested too deep.
pub fn collect(bytes: Bytes<'_>, found: &mut Found) -> Result<(), Fault> {
    let mut reader = Reader { bytes, found, things: 0 };
    match reader.geometry(0, true) {
        Ok(()) => Ok(()),
        Err(Broken::Short) => Err(unreadable("The geometry breaks off or is damaged.")),
        Err(Broken::Kind(kind)) => {
            Err(unreadable(&format!("The geometry is of the unknown kind {kind}.")))
        }
        Err(Broken::Deep) => {
            let message = format!("The geometry is nested more than {} deep.", limits::NESTING);
            Err(("limit-exceeded", message))
        }
        Err(Broken::Many) => {
            let message = format!("The geometry has more than {} rings.", limits::RINGS);
            Err(("limit-exceeded", message))
        }
    }
}

enum Broken {
    Short,
    Kind(u32),
    Deep,
    Many,
}

struct Reader<'a, 'f> {
    bytes: Bytes<'a>,
    found: &'f mut Found,
    /// Rings and members so far: each takes memory, even an empty one.
    things: usize,
}

/// The bytes of the smallest member of a collection: order, kind and a count.
const MEMBER: usize = 9;

impl Reader<'_, '_> {
    /// Reads a geometry; `wanted` tells whether its polygons are areas, or faces of a body.
    fn geometry(&mut self, depth: usize, wanted: bool) -> Result<(), Broken> {
        if depth > limits::NESTING {
            return Err(Broken::Deep);
        }
        let order = match self.bytes.u8() {
            Some(0) => Order::Big,
            Some(1) => Order::Little,
            _ => return Err(Broken::Short),
        };
        let kind = self.bytes.u32(order).ok_or(Broken::Short)?;
        let (kind, numbers) = self.kind(kind, order)?;
        let name = match kind {
            3 | 6 | 7 | 12 => None,
            1 => Some("Point"),
            2 => Some("LineString"),
            4 => Some("MultiPoint"),
            5 => Some("MultiLineString"),
            15 => Some("PolyhedralSurface"),
            16 => Some("TIN"),
            17 => Some("Triangle"),
            _ => Some("curve"),
        };
        if let Some(name) = name.filter(|_| wanted) {
            self.found.other(name);
        }
        match kind {
            1 => self.bytes.take(8 * numbers).map(drop).ok_or(Broken::Short),
            2 | 8 => self.points(numbers, order).map(drop),
            3 | 17 => {
                let polygon = self.polygon(numbers, order)?;
                if wanted && kind == 3 {
                    let positions = polygon.iter().flatten();
                    positions.for_each(|_| self.found.dimensions.count(numbers));
                    self.found.polygons.push(polygon);
                }
                Ok(())
            }
            4..=7 | 9..=12 | 15 | 16 => {
                let members = self.bytes.count(order, MEMBER).ok_or(Broken::Short)?;
                self.add(members)?;
                (0..members).try_for_each(|_| self.geometry(depth + 1, wanted && name.is_none()))
            }
            kind => Err(Broken::Kind(kind)),
        }
    }

    /// The plain number of a kind, and how many numbers its positions have.
    fn kind(&mut self, kind: u32, order: Order) -> Result<(u32, usize), Broken> {
        const HEIGHT: u32 = 0x8000_0000;
        const MEASURE: u32 = 0x4000_0000;
        const SYSTEM: u32 = 0x2000_0000;
        if kind & SYSTEM != 0 {
            self.bytes.u32(order).ok_or(Broken::Short)?;
        }
        let flags = usize::from(kind & HEIGHT != 0) + usize::from(kind & MEASURE != 0);
        let plain = kind & !(HEIGHT | MEASURE | SYSTEM);
        let more = match plain / 1000 {
            0 => flags,
            1 | 2 => 1,
            3 => 2,
            _ => return Err(Broken::Kind(plain)),
        };
        Ok((plain % 1000, 2 + more))
    }

    fn polygon(&mut self, numbers: usize, order: Order) -> Result<RawPolygon, Broken> {
        let rings = self.bytes.count(order, 4).ok_or(Broken::Short)?;
        self.add(rings)?;
        (0..rings).map(|_| self.points(numbers, order)).collect()
    }

    fn points(&mut self, numbers: usize, order: Order) -> Result<Vec<[f64; 2]>, Broken> {
        let count = self.bytes.count(order, 8 * numbers).ok_or(Broken::Short)?;
        self.bytes.points(count, 8 * numbers, order).ok_or(Broken::Short)
    }

    fn add(&mut self, things: usize) -> Result<(), Broken> {
        self.things += things;
        if self.things > limits::RINGS { Err(Broken::Many) } else { Ok(()) }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A geometry of a kind with a count; the rest follows.
    pub fn head(order: Order, kind: u32, count: u32) -> Vec<u8> {
        let mut bytes = vec![u8::from(order == Order::Little)];
        for number in [kind, count] {
            bytes.extend(match order {
                Order::Big => number.to_be_bytes(),
                Order::Little => number.to_le_bytes(),
            });
        }
        bytes
    }

    /// A square of positions of some numbers as a polygon.
    pub fn square(order: Order, kind: u32, numbers: usize, x: f64) -> Vec<u8> {
        let mut bytes = head(order, kind, 1);
        bytes.extend(&head(order, 5, 0)[1..5]);
        for [x, y] in corners(x) {
            for number in [x, y].into_iter().chain([7.0; 2]).take(numbers) {
                bytes.extend(match order {
                    Order::Big => number.to_be_bytes(),
                    Order::Little => number.to_le_bytes(),
                });
            }
        }
        bytes
    }

    pub fn corners(x: f64) -> [[f64; 2]; 5] {
        [[x, 0.0], [x + 1.0, 0.0], [x + 1.0, 1.0], [x, 1.0], [x, 0.0]]
    }

    fn read(bytes: &[u8]) -> Result<Vec<RawPolygon>, &'static str> {
        let mut found = Found::default();
        collect(Bytes::new(bytes), &mut found).map_err(|fault| fault.0)?;
        found.into_polygons(1, drop).map_err(|fault| fault.0)
    }

    #[test]
    fn polygons_come_in_both_orders_and_in_many_kinds() {
        for order in [Order::Big, Order::Little] {
            for (kind, numbers) in
                [(3, 2), (1003, 3), (2003, 3), (3003, 4), (0x8000_0003, 3), (0xc000_0003, 4)]
            {
                let polygons = read(&square(order, kind, numbers, 4.0)).unwrap();
                assert_eq!(polygons, [[corners(4.0).to_vec()]], "{kind} {order:?}");
            }
        }
        let mut extended = square(Order::Little, 0x2000_0003, 2, 4.0);
        extended.splice(5..5, 27700_u32.to_le_bytes());
        assert_eq!(read(&extended).unwrap().len(), 1);
    }

    #[test]
    fn collections_are_looked_through() {
        let mut bytes = head(Order::Big, 7, 3);
        bytes.extend(head(Order::Little, 2, 0));
        bytes.extend(head(Order::Little, 6, 2));
        bytes.extend(square(Order::Little, 3, 2, 0.0));
        bytes.extend(square(Order::Big, 3, 2, 5.0));
        bytes.extend(head(Order::Big, 7, 0));
        assert_eq!(read(&bytes).unwrap(), [[corners(0.0).to_vec()], [corners(5.0).to_vec()]]);
        let mut body = head(Order::Big, 15, 1);
        body.extend(square(Order::Big, 3, 2, 0.0));
        assert_eq!(read(&body), Err("geometry-kind"), "faces are no areas");
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth: usize| head(Order::Big, 7, 1).repeat(depth);
        let mut bytes = nested(limits::NESTING);
        bytes.extend(square(Order::Big, 3, 2, 0.0));
        assert_eq!(read(&bytes).unwrap().len(), 1);
        assert_eq!(read(&nested(100_000)), Err("limit-exceeded"));
    }

    #[test]
    fn cut_and_hostile_bytes_do_no_harm() {
        let mut whole = head(Order::Little, 6, 2);
        whole.extend(square(Order::Little, 3, 2, 0.0));
        whole.extend(square(Order::Big, 1003, 3, 5.0));
        assert_eq!(read(&whole).unwrap().len(), 2);
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), Err("feature-unreadable"), "{end}");
        }
        for at in 0..whole.len() {
            for byte in 0..=255 {
                let mut hostile = whole.clone();
                hostile[at] = byte;
                drop(read(&hostile));
            }
        }
    }
}
