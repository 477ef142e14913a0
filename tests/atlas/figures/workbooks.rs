//! Workbooks, written as small archives by hand.

use std::io::{Cursor, Write};

use ics_atlas::figures::{Cell, FigureChoices, Unit};
use ics_atlas::read::ReadError;

use super::{boards, read_bytes, refusal_of, try_read};

fn archive(files: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        // OpenDocument wants its type to be readable without unpacking.
        let method = match *name {
            "mimetype" => zip::CompressionMethod::Stored,
            _ => zip::CompressionMethod::Deflated,
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).expect("memory can be written to");
        zip.write_all(text.as_bytes()).expect("memory can be written to");
    }
    zip.finish().expect("memory can be written to").into_inner()
}

/// A cell of a sheet: its style, and whether its text is a number.
fn cell(text: &str) -> String {
    match (text.strip_suffix('%'), text.parse::<f64>().is_ok()) {
        (Some(share), _) => {
            let share = share.parse::<f64>().expect("a number") / 100.0;
            format!("<c s=\"1\"><v>{share}</v></c>")
        }
        (None, true) => format!("<c><v>{text}</v></c>"),
        (None, false) if text.is_empty() => "<c s=\"1\"/>".to_owned(),
        (None, false) => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    }
}

/// A workbook with named sheets, the rows of which are lines of cells with bars between them.
fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let numbered = || (1..).zip(sheets);
    let data = |rows: &str| -> String {
        let row =
            |row: &str| format!("<row>{}</row>", row.split('|').map(cell).collect::<String>());
        rows.lines().map(row).collect()
    };
    let list: Vec<String> = numbered()
        .map(|(n, (name, _))| format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"r{n}\"/>"))
        .collect();
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{KIND}/{kind}\" Target=\"{target}\"/>")
    };
    let of_sheet = |n| relation(&format!("r{n}"), "worksheet", &format!("worksheets/sheet{n}.xml"));
    let relations: String = numbered()
        .map(|(n, _)| of_sheet(n))
        .chain([relation("s", "styles", "styles.xml")])
        .collect();
    let types: Vec<String> = numbered()
        .map(|(n, _)| {
            format!(
                "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\
                 \"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
            )
        })
        .collect();
    let files: Vec<(String, String)> = numbered()
        .map(|(n, (_, rows))| {
            let data = data(rows);
            let sheet =
                format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData></worksheet>");
            (format!("xl/worksheets/sheet{n}.xml"), sheet)
        })
        .collect();
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" \
         formatCode=\"0.0%\"/></numFmts><cellXfs count=\"2\"><xf numFmtId=\"0\"/>\
         <xf numFmtId=\"164\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
    );
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{KIND}\"><sheets>{}</sheets></workbook>",
        list.concat()
    );
    let mut all: Vec<(&str, String)> = vec![
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\
                 \"application/vnd.openxmlformats-package.relationships+xml\"/>{}</Types>",
                types.concat()
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"w\" \
                 Type=\"{KIND}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        ("xl/workbook.xml", workbook),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{RELATIONS}\">{relations}</Relationships>"),
        ),
        ("xl/styles.xml", styles),
    ];
    all.extend(files.iter().map(|(name, text)| (name.as_str(), text.clone())));
    archive(&all)
}

/// A spreadsheet with one sheet of such rows.
fn ods(rows: &str) -> Vec<u8> {
    let cell = |text: &str| match (text.strip_suffix('%'), text.parse::<f64>().is_ok()) {
        (Some(share), _) => {
            let value = share.parse::<f64>().expect("a number") / 100.0;
            format!(
                "<table:table-cell office:value-type=\"percentage\" office:value=\"{value}\">\
                 <text:p>rounded</text:p></table:table-cell>"
            )
        }
        (None, true) => {
            format!("<table:table-cell office:value-type=\"float\" office:value=\"{text}\"/>")
        }
        (None, false) => format!(
            "<table:table-cell><office:annotation><text:p>a note</text:p></office:annotation>\
             <text:p>{text}</text:p></table:table-cell>"
        ),
    };
    let row = |row: &str| {
        let cells: String = row.split('|').map(cell).collect();
        format!(
            "<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"16000\"/>\
             </table:table-row>"
        )
    };
    let rows: String = rows.lines().map(row).collect();
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
         <office:body><office:spreadsheet><table:table table:name=\"Boards &amp; more\">{rows}<table:table-row \
         table:number-rows-repeated=\"1048000\"><table:table-cell \
         table:number-columns-repeated=\"16384\"/></table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("content.xml", content),
    ])
}

const ROWS: &str = "Waiting times\n\nCode|Board|Patients|Share\nQKK|a|1234.5|12.5%\nQWE|b||7%";

#[test]
fn workbooks_open_with_their_percentages() {
    for (name, bytes) in [("a.xlsx", xlsx(&[("Boards", ROWS)])), ("a.ods", ods(ROWS))] {
        let read = read_bytes(name, &bytes, boards());
        assert_eq!(read.value("Patients", "South East London"), &Cell::Number(1234.5), "{name}");
        assert_eq!(read.value("Patients", "South West London"), &Cell::Missing, "{name}");
        assert_eq!(read.value("Share", "South West London"), &Cell::Number(7.0), "{name}");
        assert_eq!(read.figures.columns[1].unit, Some(Unit::Percent), "{name}");
        assert!(read.one("title-lines").contains("row 3"), "{name}");
        assert_eq!(read.figures.sheet, None);
    }
}

#[test]
fn an_old_workbook_opens_without_its_percentages() {
    let bytes = include_bytes!("boards.xls");
    let read = read_bytes("boards.xls", bytes, boards());
    assert_eq!(read.value("Patients", "South East London"), &Cell::Number(1234.5));
    assert_eq!(read.value("Share", "South West London"), &Cell::Number(0.07));
    assert_eq!(read.figures.columns[1].unit, None);
    assert!(read.one("title-lines").contains("row 4"), "{:?}", read.told);
}

#[test]
fn the_sheet_with_areas_is_read_and_another_can_be_chosen() {
    let first = "code|n\nQKK|1";
    let second = "code|n\nQKK|2\nQWE|3";
    let notes = "About\nthese|figures\nsee|page";
    let one = read_bytes("a.xlsx", &xlsx(&[("Notes", notes), ("Data", first)]), boards());
    assert!(one.one("part-chosen").contains("no other has areas"), "{:?}", one.told);
    assert_eq!((one.figures.sheet.as_deref(), one.figures.sheets.len()), (Some("Data"), 2));
    let bytes = xlsx(&[("Notes", notes), ("Old", first), ("New", second)]);
    let read = read_bytes("a.xlsx", &bytes, boards());
    assert_eq!(read.value("n", "South East London"), &Cell::Number(2.0));
    assert!(read.one("part-chosen").contains("\"New\" is read"), "{:?}", read.told);
    let choices = FigureChoices { sheet: Some("Old".to_owned()), ..FigureChoices::default() };
    let (old, _) = try_read("a.xlsx", &bytes, &boards(), &choices).expect("it opens");
    assert_eq!((old.sheet.as_deref(), old.areas), (Some("Old"), 1));
    let asks = FigureChoices { asks: true, ..FigureChoices::default() };
    let asked = try_read("a.xlsx", &bytes, &boards(), &asks).expect_err("it asks");
    assert!(matches!(asked, ReadError::Choose(parts) if parts.len() == 3));
    let gone = FigureChoices { sheet: Some("Gone".to_owned()), ..FigureChoices::default() };
    let gone = try_read("a.xlsx", &bytes, &boards(), &gone).expect_err("there is none");
    assert_eq!(gone.into_refusal().reason.code, "part-missing");
}

#[test]
fn what_is_no_table_is_refused_by_name() {
    let cut = xlsx(&[("Boards", ROWS)]);
    let wide = format!("code|n|{}x\nQKK|1", "|".repeat(1_200));
    let far = "code,n\n".to_owned() + &",".repeat(1_500) + "1\n";
    let bomb = archive(&[("xl/workbook.xml", " ".repeat(40 << 20))]);
    let cfb = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600]].concat();
    let locked: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    let locked = [cfb.as_slice(), locked.as_slice()].concat();
    let cases: [(&str, &[u8], &str); 16] = [
        ("nothing", b"", "empty-file"),
        ("blanks", b" \n\n", "empty-file"),
        ("a header alone", b"code,n\n", "table-empty"),
        ("a page", b"<!DOCTYPE html><html>", "other-format"),
        ("JSON", b"{\"a\": 1}", "other-format"),
        ("a PDF", b"%PDF-1.7", "other-format"),
        ("a picture", b"\x89PNG\r\n\x1a\n", "other-format"),
        ("bytes", b"\x00\x01\x02\x03\xff\xfe\x80", "other-format"),
        ("an archive", b"PK\x03\x04aaaaaaaa", "other-format"),
        ("a mark that is not closed", b"code,n\n\"QKK,1\nQWE,2\n", "table-quote"),
        ("a workbook that is cut", &cut[..cut.len() / 2], "table-broken"),
        ("a bomb", &bomb, "unpack-ratio"),
        ("an old workbook that is damaged", &cfb, "table-broken"),
        ("a locked workbook", &locked, "table-locked"),
        ("a wide sheet", &xlsx(&[("Boards", &wide)]), "limit-exceeded"),
        ("a wide text", far.as_bytes(), "limit-exceeded"),
    ];
    for (what, bytes, code) in cases {
        let refusal = refusal_of(bytes);
        assert_eq!(refusal.reason.code, code, "{what}: {refusal}");
        assert!(!refusal.reason.hint.is_empty(), "{what}");
        assert!(refusal.reason.message.ends_with('.'), "{what}: {refusal}");
    }
}
