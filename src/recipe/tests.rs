//! Recipes survive being written, and a fault in one is told with its place.

use super::*;

#[test]
fn a_recipe_survives_being_written() {
    let recipe = Recipe {
        map: MapChoice {
            edition: Some("2022-07".to_owned()),
            select: vec!["QKK".to_owned()],
            lines: vec![Lines::Councils],
            ..MapChoice::default()
        },
        show: Show::System { name: "Kent and Medway".to_owned(), with: Some(Lines::Locations) },
        figures: Some(FigureChoice {
            file: PathBuf::from("uptake.xlsx"),
            column: Some("Uptake, %".to_owned()),
            classes: Some("jenks:5".to_owned()),
            per_100_000: true,
            ..FigureChoice::default()
        }),
        page: Page {
            paper: Paper::Own { width: 800, height: 600 },
            scale: 2,
            margin: 10,
            background: Background::Transparent,
        },
        style: Style::Nhs,
        labels: Labels {
            text: LabelText::Code,
            moved: [("E54000030".to_owned(), [530_000.0, 170_000.0])].into(),
        },
        furniture: Pieces {
            title: Words::Own("Who plans our care?".to_owned()),
            subtitle: Words::None,
            insets: vec![InsetChoice {
                title: "The North".to_owned(),
                extent: [350_000.0, 380_000.0, 420_000.0, 440_000.0],
            }],
            logo: Some(PathBuf::from("logo.svg")),
            ..Pieces::default()
        },
    };
    let text = recipe.write().unwrap();
    assert_eq!(Recipe::parse(&text), Ok(recipe), "{text}");
    let usual = Recipe::default().write().unwrap();
    assert_eq!(Recipe::parse(&usual), Ok(Recipe::default()), "{usual}");
    assert_eq!(Recipe::parse(""), Ok(Recipe::default()), "what is not said is as usual");
}

#[test]
fn a_fault_in_a_recipe_is_told_with_its_line() {
    let error = Recipe::parse("style = \"print\"\n\n[page]\nmargin = \"wide\"\n").unwrap_err();
    assert!(error.starts_with("line 4: "), "{error}");
    let error = Recipe::parse("[furniture]\nlegnd = false\n").unwrap_err();
    assert!(error.contains("legnd"), "{error}");
}
