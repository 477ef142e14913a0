//! Names with a code beside them.

use super::*;

#[test]
fn a_code_beside_a_name_tells_the_area() {
    let read = read(
        "org,n\nNHS Devon ICB (QJK),1\nQKK South East London,2\nKent & Medway [E54000032],3\n\
        E54000061 – NHS South Yorkshire Integrated Care Board,4\nQWE: the south west of London,5\n\
        (QHM),6\nSouth West - QSL,7\n",
    );
    for (name, value) in [
        ("Devon", 1.0),
        ("South East London", 2.0),
        ("Kent and Medway", 3.0),
        ("South Yorkshire", 4.0),
        ("South West London", 5.0),
        ("North East and North Cumbria", 6.0),
        ("Somerset", 7.0),
    ] {
        assert_eq!(read.value("n", name), &Cell::Number(value), "{name}: {:?}", read.told);
    }
    let told = read.one("names-with-codes");
    assert!(told.contains("7, such as \"NHS Devon ICB (QJK)\""), "{told}");
    assert!(read.all("row-unmatched").is_empty());
}

#[test]
fn a_code_that_contradicts_its_name_matches_nothing_and_is_told() {
    let read = read(
        "org,n\nNHS Devon ICB (QKK),1\nQHM Dorset,2\nKent and Medway,3\nDevon (QXQXQ),4\n\
        QJK / QVV,5\nEngland (QUY),6\nLondon QSL,7\nTorbay (QJK),8\n",
    );
    assert_eq!(read.figures.areas, 1, "{:?}", read.told);
    let told = read.all("row-contradictory");
    assert_eq!(told.len(), 6, "{told:?}");
    assert!(told[0].contains("The code means South East London, the name Devon."), "{}", told[0]);
    assert!(told[2].contains("The codes mean Devon and Dorset."), "{}", told[2]);
    let whys: Vec<&str> = read.figures.unmatched.iter().map(|u| u.why.as_str()).collect();
    assert_eq!(whys[1], "The code means North East and North Cumbria, the name Dorset.");
    // The code is not known: as it was, the name alone is looked at.
    assert_eq!(read.all("row-unmatched").len(), 1);
}

#[test]
fn a_location_is_not_taken_for_its_board_and_the_other_way_round() {
    let halton = "org,n\nHalton 01F of NHS Cheshire and Merseyside ICB (01F),1\n\
        NHS Cheshire and Merseyside ICB (01F),2\nDevon,3\n";
    let read = read(halton);
    assert_eq!(read.value("n", "Cheshire and Merseyside"), &Cell::Missing);
    assert_eq!(read.all("row-elsewhere").len(), 2, "{:?}", read.told);
    let locations = layer(BodyKind::SubIcb, Edition::April2023);
    let text = b"org,n\nNHS Cheshire and Merseyside ICB (01F),2\n";
    let read = read_bytes("halton.csv", text, locations);
    assert_eq!(read.figures.areas, 1, "{:?}", read.told);
}

#[test]
fn codes_of_another_edition_beside_names_are_told_too() {
    let new = layer(BodyKind::Icb, Edition::April2023);
    let text = "org,n\nE54000052 NHS Surrey Heartlands ICB,1\nDevon (QJK),2\n";
    let read = read_bytes("old.csv", text.as_bytes(), new);
    assert_eq!(read.value("n", "Surrey Heartlands"), &Cell::Number(1.0), "{:?}", read.told);
    assert!(read.one("figures-edition").contains("Surrey Heartlands"));
}
