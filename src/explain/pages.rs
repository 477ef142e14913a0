//! The texts of the explanations.

use super::Page;

/// All pages, in the order of the contents list.
pub const PAGES: &[Page] = &[
    Page {
        id: "ics",
        title: "Integrated care system (ICS)",
        brief: "The partnership of NHS organisations, councils and others that plans health and \
                care for an area; it is not itself a legal body.",
        text: &[
            "An integrated care system is a way of working together. NHS organisations, councils, \
             charities and others plan health and care for the people of one area. All of England \
             is covered.",
            "The system has two parts with a basis in law: the integrated care board and the \
             integrated care partnership. The system itself is not a legal person. It cannot \
             employ staff, hold money or sign a contract; the board and the other partners do.",
            "Its stated aims are better health and care, fairer access and results, good use of \
             money, and help for the wider life of the area, such as jobs.",
            "The name dates from February 2018. Until 30 June 2022 these systems were agreements \
             without powers in law. A system has the same area as its board, so 42 systems became \
             36 on 1 April 2026.",
        ],
        sources: &[
            "UK Parliament: Health and Care Act 2022, sections 19 to 26, 28 April 2022",
            "The King's Fund: Integrated care systems explained, 19 August 2022",
            "NHS England: Integrated care system boundary changes and mergers procedure, 11 \
             October 2023",
            "ONS: Integrated care boards, boundaries, April 2026",
        ],
        see: &["icb", "icp", "differences", "place"],
    },
    Page {
        id: "icb",
        title: "Integrated care board (ICB)",
        brief: "The statutory NHS body that plans and pays for most NHS services in its area; of \
                ICS, ICB and ICP the only statutory body.",
        text: &[
            "An integrated care board is a public body of the NHS, set up in law. It receives \
             money for its area, decides which services are needed and agrees contracts with \
             hospitals, general practices and others. This is called commissioning.",
            "NHS England sets up each board by order. The areas of the boards may not overlap, and \
             together they must cover all of England.",
            "42 boards took over from 106 clinical commissioning groups on 1 July 2022. On 1 April \
             2026 they became 36: six new boards replaced twelve, and Hampshire and Isle of Wight \
             grew.",
            "A Health Bill, introduced on 14 May 2026, proposes to abolish NHS England and to pass \
             its functions to ministers and, in part, to the boards. What Parliament has made of \
             it since June 2026 is not recorded here.",
        ],
        sources: &[
            "UK Parliament: Health and Care Act 2022, sections 19 to 25, 28 April 2022",
            "UK Parliament: National Health Service Act 2006, section 14Z25, as in force from 1 \
             July 2022",
            "NHS England: Integrated Care Boards (Establishment) Order 2022, 1 July 2022",
            "ONS: Integrated care boards, boundaries, April 2026",
            "NHS ODS: succession records of integrated care boards, as documented by RCPCH, April \
             2026",
            "Burges Salmon: Health Bill, transfer of powers, 2026",
        ],
        see: &["ics", "icp", "differences", "sub-icb", "cluster"],
    },
    Page {
        id: "icp",
        title: "Integrated care partnership (ICP)",
        brief: "A joint committee, required by law, of an integrated care board and the upper-tier \
                councils of its area; not a separate legal body.",
        text: &[
            "Each integrated care board and every upper-tier council whose area lies wholly or \
             partly in the board's area must set up a partnership together. The law makes it a \
             joint committee of theirs. It is not a body of its own.",
            "The board and each council appoint a member. The partnership can add others, such as \
             charities, care providers and people who speak for patients.",
            "It writes the integrated care strategy: how the area's needs for health, social care \
             and public health are to be met. The board and the councils must have regard to it \
             when they decide. The first strategies were expected by December 2022.",
            "Many partnerships use a name of their own, such as One Devon Partnership or Sussex \
             Health and Care Assembly. Names here are those found on public pages of 2022 to 2025; \
             where none was found, it is not recorded.",
            "A Health Bill of 14 May 2026 proposes to remove the duty to set up these \
             partnerships. What Parliament has made of it since June 2026 is not recorded here.",
        ],
        sources: &[
            "UK Parliament: Health and Care Act 2022, section 26, 28 April 2022",
            "UK Parliament: Local Government and Public Involvement in Health Act 2007, sections \
             116ZA and 116ZB",
            "Department of Health and Social Care: Frequently asked questions on the integrated \
             care partnership engagement document, 20 September 2021",
            "Department of Health and Social Care: Guidance on the preparation of integrated care \
             strategies, 29 July 2022",
            "Department of Health and Social Care: Health Bill, structural measures to ICBs and \
             foundation trusts, impact assessments, 14 May 2026",
        ],
        see: &["icb", "council", "differences", "place"],
    },
    Page {
        id: "ccg",
        title: "Clinical commissioning group (CCG)",
        brief: "A statutory NHS body led by general practices that commissioned most local NHS \
                care from April 2013 to June 2022.",
        text: &[
            "Clinical commissioning groups were statutory bodies whose members were the general \
             practices of their area. They commissioned hospital, community and mental health \
             care. They replaced primary care trusts.",
            "212 groups were proposed in May 2012. 211 began work on 1 April 2013. Mergers made \
             them fewer: the largest round, on 1 April 2020, turned 74 groups into 18.",
            "106 groups were left from 1 April 2021. All were abolished on 1 July 2022, when the \
             integrated care boards took over. Counting every group that opened, old and new, \
             there were 248.",
            "The maps show the groups on 1 April of 2013, 2015 and each year from 2017 to 2021.",
        ],
        sources: &[
            "UK Parliament: Health and Social Care Act 2012, 27 March 2012",
            "NHS England: Proposed CCG configuration and member practices published, May 2012",
            "NHS England: third wave of CCG authorisation, February 2013",
            "NHS ODS: Clinical commissioning groups (eccg), late 2025",
            "NHS Digital: mapping of clinical commissioning groups 2017 to 2021",
        ],
        see: &["icb", "sub-icb", "numbers"],
    },
    Page {
        id: "stp",
        title: "Sustainability and transformation partnership (STP)",
        brief: "An agreement of NHS organisations and councils to plan together for an area, from \
                2016; it had no powers in law.",
        text: &[
            "In December 2015 NHS planning guidance asked every area of England for a five-year \
             sustainability and transformation plan. 44 areas, called footprints, were published \
             on 15 March 2016, and the plans followed in October.",
            "The letters first stood for the plan and later for the partnership behind it. Neither \
             was a legal body. Decisions stayed with the organisations that took part.",
            "Three northern footprints became one, Cumbria and North East, in 2018. NHS \
             organisation data dates the change 7 June 2018. From then on there were 42.",
            "The partnerships turned into integrated care systems in steps, from 2017 to April \
             2021. The 42 identifiers of the partnerships in NHS data passed to the boards of July \
             2022, but some of the boundaries changed on that day.",
        ],
        sources: &[
            "NHS England: Sustainability and transformation plan footprints, March 2016",
            "The Health Foundation: Policy Navigator, sustainability and transformation plans",
            "NHS Digital ODS: STP partner mapping workbook, 3 April 2019",
            "The King's Fund: Integrated care systems explained, version of 2020",
            "NHS Digital: ICB reconfiguration guidance, 2022",
        ],
        see: &["acs", "ics", "numbers", "codes"],
    },
    Page {
        id: "acs",
        title: "Accountable care system (ACS)",
        brief: "The name used from March 2017 to February 2018 for what has since been called an \
                integrated care system.",
        text: &[
            "In March 2017 national plans proposed that some sustainability and transformation \
             partnerships go further. They would share responsibility for money and results across \
             an area. The name was accountable care system.",
            "Eight areas were named in June 2017, in shadow form. Greater Manchester and Surrey \
             Heartlands, which had devolution agreements, stood beside them.",
            "Planning guidance of February 2018 made integrated care system the name for all ten. \
             It followed a public argument about the words accountable care. The systems had no \
             powers in law under either name.",
        ],
        sources: &[
            "Wilmington Healthcare: report on Next Steps on the NHS Five Year Forward View",
            "nhsfunding.info, quoting HSJ, 19 June 2017",
            "HSJ: ACSs get a rebrand as NHS England seeks next cohort, February 2018",
            "The King's Fund: Integrated care systems explained, version of 2020",
        ],
        see: &["stp", "ics"],
    },
    Page {
        id: "place",
        title: "Place",
        brief: "A part of a system, usually with the area of one council, where services are \
                joined up locally; an arrangement, not a statutory body.",
        text: &[
            "Most large systems divide their work among places. In a place the NHS, the council, \
             charities and others join up services for the people who live there.",
            "Places are often, not always, the area of an upper-tier council. In 2022 there were \
             around 175, typically with 250,000 to 500,000 people each, though this varied widely.",
            "The law does not require places or define them. Each system decides on its own, and \
             may use other words: locality, borough, or place-based partnership. A board can let a \
             committee for a place act on its behalf, but stays responsible.",
            "No official list of places with boundaries was found. Those shown here come from \
             public pages, and for many systems none is recorded.",
        ],
        sources: &[
            "The King's Fund: Place-based partnerships explained, 2022",
            "NHS England and Local Government Association: Thriving places, September 2021",
            "NHS England: Integrated care in your area, 2025",
        ],
        see: &["ics", "icp", "council", "collaborative"],
    },
    Page {
        id: "collaborative",
        title: "Provider collaborative",
        brief: "An agreement between two or more NHS trusts to work together across several \
                places; it has no boundary of its own.",
        text: &[
            "Trusts run hospitals, mental health care, community services and ambulances. In a \
             provider collaborative at least two of them plan or run some services together, \
             across several places or systems.",
            "NHS England asked every trust that provides hospital (acute) or mental health care to \
             belong to one or more from 2022. Other providers may take part where that helps \
             patients.",
            "A collaborative has no boundary of its own: it is a list of organisations, not an \
             area. One trust may belong to several.",
            "Few are recorded here, because no complete public list was found. A system without \
             one in this atlas may well have one.",
        ],
        sources: &[
            "NHS England: Working together at scale, guidance on provider collaboratives, August \
             2021",
            "The King's Fund: Provider collaboratives, explaining their role in system working",
        ],
        see: &["ics", "place", "icb"],
    },
    Page {
        id: "region",
        title: "NHS England region",
        brief: "One of seven areas by which NHS England is organised; a regional team is part of \
                NHS England, not a body of its own.",
        text: &[
            "NHS England works through seven regional teams: East of England, London, Midlands, \
             North East and Yorkshire, North West, South East and South West. They oversee the \
             integrated care boards and the trusts of their area.",
            "The seven date from 2019. Before that there were five for a time, and four at first. \
             NHS organisation data recorded the division of the South in July 2018 and the seven \
             regions in April 2019.",
            "They are not the nine regions of England used in other statistics. Some share a name \
             with one of those, but the area may differ.",
            "Every board lies in one region. In July 2022 they held 6, 5, 11, 4, 3, 6 and 7 \
             boards, in the order above; from April 2026 3, 4, 11, 4, 3, 4 and 7.",
        ],
        sources: &[
            "HSJ: Seven regional teams will be locus of decision making, May 2018",
            "UK Parliament: written answer HL10740, 30 September 2025",
            "NHS Digital ODS: STP partner mapping workbook, 3 April 2019",
            "ONS: NHS England regions, January 2024",
            "ONS: Integrated care boards, boundaries, April 2026",
        ],
        see: &["icb", "codes"],
    },
    Page {
        id: "sub-icb",
        title: "Sub-ICB location",
        brief: "A part of an integrated care board's area kept for data, mostly the area of a \
                former clinical commissioning group; not an organisation.",
        text: &[
            "When clinical commissioning groups were abolished on 1 July 2022, NHS data systems \
             still needed their smaller areas. They were kept as 106 sub-ICB locations, with the \
             same ODS codes.",
            "A location is an entry in reference data. It has no board, budget or powers in law; \
             it stands for the integrated care board it belongs to. It was meant as a temporary \
             measure.",
            "A location has the boundary of its former group, except where areas moved: six \
             changed on 1 July 2022 and two more on 1 April 2023.",
            "26 of the 42 boards of 2022 had a single location, equal to the whole area. The map \
             shows the locations of April 2023. Later changes are not shown.",
        ],
        sources: &[
            "NHS Data Dictionary: Sub Integrated Care Board Location",
            "ONS: Sub-ICB locations to integrated care boards in England, lookup, April 2023",
            "NHS Digital: ICB reconfiguration guidance, 2022",
        ],
        see: &["icb", "ccg", "codes"],
    },
    Page {
        id: "council",
        title: "Upper-tier council",
        brief: "A council responsible for social care and public health: a county, unitary \
                authority, metropolitan borough or London borough.",
        text: &[
            "Upper-tier councils arrange social care and have duties in public health. They are \
             county councils, unitary authorities, metropolitan boroughs and London boroughs, with \
             the City of London and the Isles of Scilly. In counties with two tiers, district \
             councils do other work.",
            "England had 152 such areas in July 2022. The changes of 1 April 2023 in Cumbria, \
             North Yorkshire and Somerset made them 153; the map shows those of December 2023.",
            "Ten of the 152 lay in more than one integrated care board. Hampshire is an example: \
             most of it was in Hampshire and Isle of Wight, the north-east in Frimley.",
            "Shares are counted in small census areas called LSOAs, which usually have 1,000 to \
             3,000 residents. 101 of Hampshire's 832, or 12%, were in Frimley. This is a share of \
             small areas. It is not a share of people, nor of land.",
        ],
        sources: &[
            "ONS: lookups of small areas to integrated care boards and councils, 2022 and 2023",
            "ONS: 2011 census geographies",
            "ONS: Counties and unitary authorities, December 2023",
        ],
        see: &["icp", "place", "boundaries"],
    },
    Page {
        id: "cluster",
        title: "Cluster",
        brief: "Two or more integrated care boards that share leaders and staff while each stays a \
                separate legal body; not a merger.",
        text: &[
            "In March 2025 boards were told to halve their running costs. To do so, many agreed \
             during 2025 to work as a cluster, with shared leadership and combined teams. \
             Ministers said in September 2025 that 42 senior leadership teams would become 26.",
            "Boards in a cluster remain separate. Each keeps its boundary, its own money and its \
             duties in law. A merger is different: the old boards end and a new one begins.",
            "Some clusters prepared mergers that took effect on 1 April 2026, when 42 boards \
             became 36. Eight clusters announced in 2025, in the South West and the Midlands, were \
             not merged on that day. They join 18 boards.",
            "NHS England is reported to have told clustered boards to merge by April 2027, which \
             would leave about 26. Ministers decide on mergers. None of this had taken effect when \
             this text was written, in November 2026, and decisions taken since summer 2026 are \
             not recorded here.",
        ],
        sources: &[
            "NHS England: Integrated care in your area, 2025",
            "UK Parliament: written statement HCWS915, 9 September 2025",
            "Healthcare Leader: West Midlands ICBs to form three clusters, 14 July 2025",
            "Healthcare Leader: More ICBs announce clustering plans, June 2025",
            "BNSSG Healthier Together: update of 25 June 2025",
            "Connected Together, Northamptonshire: note on the cluster, 2025",
            "NHS England: guidance on ICB mergers and boundary changes of April 2026 and April \
             2027, 23 September 2025",
            "Distilled Post: report on the direction to merge clustered boards",
            "NHS Confederation: ICB clusters and mergers",
        ],
        see: &["icb", "numbers"],
    },
    Page {
        id: "differences",
        title: "How ICS, ICB and ICP differ",
        brief: "The ICS is the whole partnership, the ICB its statutory NHS body, the ICP the \
                joint committee of that board and the councils.",
        text: &[
            "ICS, system: the partnership as a whole. It is neither an organisation nor a legal \
             person. Say that the system plans together, not that it employs people or pays for \
             care.",
            "ICB, board: a statutory NHS body, and the only one of the three. It has members, \
             staff, a budget and contracts. If NHS care is commissioned or a contract is signed, \
             the board is meant.",
            "ICP, partnership: a joint committee that the board and the upper-tier councils must \
             set up by law. It has a basis in law but is not a separate legal body. It writes a \
             strategy and does not commission services.",
            "All three share one area, so one map serves for all. Names differ: NHS South East \
             London Integrated Care Board is the board of the South East London system.",
            "Before 2022 some areas used the letters ICP for an alliance of providers in one \
             place. That is something else. So is an integrated care provider, a form of contract \
             with the same letters.",
        ],
        sources: &[
            "UK Parliament: Health and Care Act 2022, sections 19 to 26, 28 April 2022",
            "Department of Health and Social Care: Frequently asked questions on the integrated \
             care partnership engagement document, 20 September 2021",
            "NHS England: Integrated care system boundary changes and mergers procedure, 11 \
             October 2023",
            "House of Commons Health Committee: Integrated care, organisations, partnerships and \
             systems, 2018",
            "Local Government Association: Integration and innovation, response to the white \
             paper, 2021",
        ],
        see: &["ics", "icb", "icp"],
    },
    Page {
        id: "numbers",
        title: "Why 211, 106, 42 and 36",
        brief: "211 CCGs began in 2013 and 106 were left from 2021; 42 integrated care boards \
                replaced them in 2022 and became 36 in 2026.",
        text: &[
            "211 clinical commissioning groups opened on 1 April 2013. The 212 sometimes quoted is \
             the number proposed in May 2012.",
            "Mergers took effect on 1 April. Groups open on that day: 211 in 2013 and 2014, 209 in \
             2015 and 2016, 207 in 2017, 195 in 2018, 191 in 2019, 135 in 2020 and 106 in 2021. \
             The last 106 were abolished on 1 July 2022. 248 groups existed in all.",
            "44 is the number of footprints of March 2016. Three became one in 2018, which left \
             42. The 42 systems of April 2021 and the 42 boards of 1 July 2022 follow from these, \
             with some changes to boundaries.",
            "106 is also the number of sub-ICB locations, because each took the place of one of \
             the last groups. They are not organisations.",
            "36 boards exist since 1 April 2026: twelve of the 42 ended and six new ones began. \
             About 26 is what mergers expected in April 2027 would leave.",
        ],
        sources: &[
            "NHS ODS: Clinical commissioning groups (eccg), late 2025",
            "NHS England: Proposed CCG configuration and member practices published, May 2012",
            "NHS Digital ODS: STP partner mapping workbook, 3 April 2019",
            "NHS England: Integrated Care Boards (Establishment) Order 2022, 1 July 2022",
            "NHS ODS: succession records of integrated care boards, as documented by RCPCH, April \
             2026",
            "ONS: Integrated care boards, boundaries, April 2026",
        ],
        see: &["ccg", "stp", "icb", "cluster"],
    },
    Page {
        id: "boundaries",
        title: "Boundaries on these maps",
        brief: "Boundaries come from the Office for National Statistics, are simplified for the \
                screen and end at the coast.",
        text: &[
            "The maps show clinical commissioning groups (2013 to 2021), integrated care boards \
             (July 2022, April 2023 and April 2026), sub-ICB locations (April 2023) and \
             upper-tier councils (December 2023). Regions are drawn as unions of their boards.",
            "The lines are generalised: small bends are left out. July 2022, April 2020 and April \
             2021 come from files with 20 m detail, April 2023, April 2026 and the councils from \
             files with 200 m. Do not use them to decide on which side of a border a house lies.",
            "The areas of 2020 and later are clipped to the coast, at mean high water. Areas of \
             sea and foreshore that belong to a council are left out.",
            "The files are from the Office for National Statistics, under the Open Government \
             Licence v3.0. They contain Ordnance Survey data. Keep the source line when you use a \
             picture.",
            "Where there is no file of a year, areas are united from others. The groups of 2021 are \
             made of those of 2020, and the groups of 2015 to 2019 of a simplified copy of those \
             of 2013. Changes of a boundary between two groups, such as South Cumbria in 2017, \
             are not shown then, and the map says so.",
        ],
        sources: &[
            "ONS: Digital boundaries, types and terms of supply",
            "ONS: boundaries of clinical commissioning groups, integrated care boards and \
             councils, 2013 to 2026",
            "The National Archives: Open Government Licence v3.0",
        ],
        see: &["codes", "region", "council"],
    },
    Page {
        id: "codes",
        title: "ODS codes and ONS codes",
        brief: "NHS data use short ODS codes for organisations; statistics use nine-character ONS \
                codes for areas, which change when the boundary does.",
        text: &[
            "The Organisation Data Service (ODS) of the NHS gives codes to organisations, such as \
             QKK for NHS South East London Integrated Care Board. The Office for National \
             Statistics (ONS) gives nine-character codes to areas. E54 begins those of boards, E38 \
             those of groups and sub-ICB locations, E40 those of regions.",
            "An ONS code stands for one boundary. If the area changes, it gets a new code, even if \
             the name stays. In April 2023 four small areas passed from Surrey Heartlands to \
             Sussex, and both boards got new ONS codes.",
            "A new name alone does not change the code. In July 2022 Humber, Coast and Vale became \
             Humber and North Yorkshire and kept E54000051.",
            "Hampshire and Isle of Wight shows why names are not enough. On 1 April 2026 it took \
             in part of Frimley. It kept its name and its ODS code QRL, but E54000042 became \
             E54000067. Join data by code and date, never by name alone.",
        ],
        sources: &[
            "ONS: Coding and naming for statistical geographies",
            "NHS Digital: ICB reconfiguration guidance, 2022",
            "ONS: names and codes of integrated care boards, 2022, 2023 and 2026",
            "NHS ODS: succession records of integrated care boards, as documented by RCPCH, April \
             2026",
        ],
        see: &["boundaries", "sub-icb", "region"],
    },
];
