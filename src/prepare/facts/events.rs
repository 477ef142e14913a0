//! National events in words of our own, and how many integrated care systems there were.

use std::path::Path;

use crate::diag::{Diagnostic, refuse};
use crate::prepare::Output;
use crate::prepare::table::{Writer, source};

/// Day, kind, sentence, source, date of the source. Each day must stand in the source table too,
/// in this order.
#[rustfmt::skip]
const EVENTS: [(&str, &str, &str, &str, &str); 38] = [
    ("2012", "law", "The Health and Social Care Act 2012 became law and provided for clinical commissioning groups (CCGs).", "legislation.gov.uk: Health and Social Care Act 2012", "March 2012"),
    ("2012-05", "plan", "The NHS Commissioning Board Authority published 212 proposed CCGs; 211 were set up in the end.", "NHS England (england.nhs.uk): Proposed CCG configuration and member practices published", "May 2012"),
    ("2013-04-01", "bodies", "211 clinical commissioning groups (CCGs) took over most NHS commissioning from primary care trusts.", "NHS ODS: Clinical commissioning groups (eccg)", "late 2025"),
    ("2014", "plan", "The NHS Five Year Forward View called for joined-up care: GPs with hospitals, mental with physical health, health with social care.", "NHS England: Five Year Forward View", "October 2014"),
    ("2015", "plan", "The first vanguards, local trials of new ways to join up care, began.", "The King's Fund (kingsfund.org.uk)", ""),
    ("2015-02", "plan", "Greater Manchester's councils and NHS bodies signed a devolution agreement on health and social care.", "Stockport Practice Hub", ""),
    ("2015-04-01", "bodies", "Three CCGs in Gateshead and Newcastle merged into one, leaving 209.", "NHS ODS: Clinical commissioning groups (eccg); EBM DataLab: OpenPrescribing issue 527", "late 2025"),
    ("2016", "plan", "Every part of England drew up a sustainability and transformation plan (STP), as NHS planning guidance had asked.", "NHS England and partners: Delivering the Forward View, NHS planning guidance 2016/17 to 2020/21", "December 2015"),
    ("2016-03-15", "boundaries", "NHS England published 44 STP footprints: areas in which NHS organisations and councils would plan together.", "NHS England (england.nhs.uk): STP footprint areas; The Health Foundation Policy Navigator (navigator.health.org.uk); NHS Digital ODS: STP partner mapping workbook", "March 2016"),
    ("2017-03", "plan", "Next Steps on the Five Year Forward View proposed that some STPs become accountable care systems (ACSs).", "Wilmington Healthcare (wilmingtonhealthcare.com)", ""),
    ("2017-04-01", "bodies", "Three CCGs in Manchester merged into one, leaving 207.", "NHS ODS: Clinical commissioning groups (eccg)", "late 2025"),
    ("2017-06-15", "plan", "Eight areas were named as the first ACSs, in shadow form, alongside two devolved systems.", "nhsfunding.info, quoting HSJ", "19 June 2017"),
    ("2018-02", "plan", "Planning guidance for 2018/19 gave accountable care systems a new name: integrated care systems (ICSs).", "NHS England and NHS Improvement: Refreshing NHS plans for 2018/19", "February 2018"),
    ("2018-04-01", "bodies", "CCG mergers left 195.", "NHS ODS: Clinical commissioning groups (eccg)", "late 2025"),
    ("2018-05-24", "plan", "NHS England and NHS Improvement named four more ICSs, which made 14.", "HSJ (hsj.co.uk): Four new integrated care systems named", "24 May 2018"),
    ("2018-06-07", "boundaries", "Three northern STPs became one, Cumbria and North East: the 44 STPs became 42.", "NHS Digital ODS: STP partner mapping workbook", "3 April 2019"),
    ("2018-07-12", "boundaries", "NHS organisation data replaced the South of England region by two: South East and South West.", "NHS Digital ODS: STP partner mapping workbook", "3 April 2019"),
    ("2019-01-07", "plan", "The NHS Long Term Plan set the aim that ICSs cover all of England by April 2021.", "The King's Fund (kingsfund.org.uk): The NHS long-term plan explained", ""),
    ("2019-04-01", "bodies", "CCG mergers left 191, and NHS England had seven regions.", "NHS ODS: Clinical commissioning groups (eccg); NHS Digital ODS: STP partner mapping workbook", "late 2025; 3 April 2019"),
    ("2019-06-19", "plan", "Three more ICSs were named; two of them took in three earlier ones, so the count stayed at 14.", "HSJ (hsj.co.uk): Three new integrated care systems announced; LGC (lgcplus.com)", "June 2019"),
    ("2020-04-01", "bodies", "74 CCGs merged into 18, leaving 135.", "NHS ODS: Clinical commissioning groups (eccg)", "late 2025"),
    ("2020-05", "plan", "Four more ICSs were confirmed, which made 18.", "PharmaTimes (pharmatimes.com): NHS England confirms four new ICSs; NHS England (england.nhs.uk): Integrated care systems", "May 2020"),
    ("2020-11-26", "plan", "NHS England consulted on a legal basis for ICSs: a statutory joint committee or a statutory NHS body.", "NHS England and NHS Improvement: Integrating care, next steps to building strong and effective integrated care systems across England", "November 2020"),
    ("2020-12-08", "plan", "NHS England announced 11 more ICSs, which made 29.", "NHS England (england.nhs.uk)", "December 2020"),
    ("2021-02-11", "law", "The white paper Integration and Innovation proposed to put ICSs on a statutory footing.", "Healthcare Leader (healthcareleadernews.com); Department of Health and Social Care: Integration and innovation", "February 2021"),
    ("2021-03-23", "plan", "The last 13 ICSs were announced, which made 42 from April 2021.", "Healthcare Leader (healthcareleadernews.com)", "23 March 2021"),
    ("2021-04-01", "bodies", "42 ICSs covered all of England; CCG mergers left 106.", "NHS ODS: Clinical commissioning groups (eccg); Healthcare Leader (healthcareleadernews.com)", "late 2025; 23 March 2021"),
    ("2021-07-06", "law", "The Health and Care Bill was introduced in the House of Commons.", "GOV.UK: Health and Care Act 2022 combined impact assessments", "4 November 2022"),
    ("2021-07-22", "boundaries", "Ministers decided on disputed ICS boundaries, among them moves of Glossop, Bassetlaw and West Birmingham.", "GOV.UK: Integrated care systems boundaries review, decision summary; Hansard", "22 July 2021"),
    ("2022-04-28", "law", "The Health and Care Act 2022 received Royal Assent; it is the law behind integrated care boards and partnerships.", "GOV.UK: Health and Care Act 2022 combined impact assessments", "4 November 2022"),
    ("2022-07-01", "bodies", "42 integrated care boards (ICBs) replaced 106 CCGs, each to form an ICP with councils; Glossop, Bassetlaw and West Birmingham moved.", "NHS England: Integrated Care Boards (Establishment) Order 2022; NHS ODS", "1 July 2022"),
    ("2022-12", "plan", "Integrated care partnerships (ICPs) were expected to publish their first integrated care strategies.", "Department of Health and Social Care: Guidance on the preparation of integrated care strategies; websites of several ICPs", "July 2022"),
    ("2023-04-01", "boundaries", "Four small census areas of Chichester moved from Surrey Heartlands to Sussex; both ICBs got new ONS codes.", "NHS England (england.nhs.uk): Integrated Care Boards (Establishment) (Variation) Order 2023; ONS lookups", "April 2023"),
    ("2025-03", "plan", "ICBs were told to halve running costs, and the abolition of NHS England, to be merged into the health department, was announced.", "NHS Confederation (nhsconfed.org): ICB clusters and mergers; Brent Council (democracy.brent.gov.uk)", "2025"),
    ("2025-06-25", "plan", "Three clusters of the seven South West ICBs were confirmed: shared leadership of boards that stay separate.", "BNSSG Healthier Together (bnssghealthiertogether.org.uk); One Gloucestershire NHS (nhsglos.nhs.uk)", "25 June 2025"),
    ("2025-09-09", "plan", "Ministers named the first new ICB areas, for April 2026, and said 42 senior leadership teams would become 26.", "Parallel Parliament (parallelparliament.co.uk): written statement HCWS915", "9 September 2025"),
    ("2026-04-01", "bodies", "42 ICBs became 36: six new boards replaced twelve, and Hampshire and Isle of Wight gained part of Frimley.", "ONS: Integrated care boards, April 2026; NHS ODS succession records, as documented by RCPCH", "April 2026"),
    ("2027-04", "plan", "Expected, not yet in force: boards that share leaders in clusters merge, which would leave about 26 of the 36.", "Distilled Post (distilledpost.com); NHS Confederation (nhsconfed.org)", ""),
];

pub fn convert(folder: &Path) -> Result<Vec<Output>, Diagnostic> {
    Ok(vec![events(folder)?, system_counts(folder)?])
}

fn events(folder: &Path) -> Result<Output, Diagnostic> {
    let listed = source(folder, "timeline")?;
    let mut rows = listed.rows();
    let mut table = Writer::new("facts/events.csv", &["date", "event", "kind", "source", "as_of"])?;
    for (day, kind, sentence, origin, as_of) in EVENTS {
        let row = rows.next().ok_or_else(|| {
            refuse("event-missing", format!("The source has no event of {day}."), "")
        })?;
        if row.required("date")? != day {
            return Err(row.fault("date", &format!("An event of {day} was expected here.")));
        }
        table.row(&[day, sentence, kind, origin, as_of])?;
    }
    match rows.next() {
        Some(row) => Err(row.fault("event", "There is no sentence for this event.")),
        None => table.finish(),
    }
}

fn system_counts(folder: &Path) -> Result<Output, Diagnostic> {
    let mut table = Writer::new("facts/system_counts.csv", &["date", "count", "note", "source"])?;
    for row in source(folder, "ics_count_by_date")?.rows() {
        let listed = row.required("n_ics")?;
        let count = listed.split(' ').next().unwrap_or_default();
        let note = match count {
            "0" => "8 shadow accountable care systems and 2 devolved systems",
            _ => row.required("arithmetic")?,
        };
        table.row(&[row.required("date")?, count, note, row.required("source")?])?;
    }
    table.finish()
}
