//! Excel's `.xlsx`, whole or as the XML of its workbook, its shared strings and a sheet, divided by
//! NUL.
#![no_main]

use baoming::message::file::Format;
use libfuzzer_sys::{Corpus, fuzz_target};

const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>"#;

fn wrap(input: &[u8]) -> Vec<u8> {
    let mut parts = input.split(|byte| *byte == 0);
    let mut next = || parts.next().unwrap_or_default();
    let (workbook, strings, first, second) = (next(), next(), next(), next());
    let members = [
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", first),
        ("xl/worksheets/sheet2.xml", second),
    ];
    baoming_fuzz::archive(&members)
}

fuzz_target!(|input: &[u8]| -> Corpus {
    baoming_fuzz::office(Format::Sheet, "名单.xlsx", input, wrap)
});
