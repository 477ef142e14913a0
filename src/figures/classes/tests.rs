use proptest::prelude::*;

use super::*;
use crate::figures::Unit;

fn classes(method: &str, values: &[f64]) -> Classes {
    Classes::new(&method.parse().unwrap(), values)
}

fn labels(method: &str, values: &[f64]) -> Vec<String> {
    classes(method, values).labels(None)
}

#[test]
fn methods_are_written_as_they_are_read() {
    for text in ["quantile:5", "equal:2", "jenks:9", "sd", "breaks:-10,0.5,30", "none"] {
        assert_eq!(text.parse::<Method>().unwrap().to_string(), text);
    }
    let same = [
        ("Quantile", "quantile:5"),
        (" jenks : 4 ", "jenks:4"),
        ("natural-breaks:3", "jenks:3"),
        ("0,10,20", "breaks:0,10,20"),
        ("-5,5", "breaks:-5,5"),
        ("10", "breaks:10"),
        ("unclassed", "none"),
    ];
    for (text, plain) in same {
        assert_eq!(text.parse::<Method>().unwrap().to_string(), plain, "{text}");
    }
}

#[test]
fn an_error_names_the_nearest_choice() {
    for (text, hint) in [
        ("quantil:5", "did you mean \"quantile:5\"?"),
        ("jencks", "did you mean \"jenks:5\"?"),
        ("brakes:1,2", "did you mean \"breaks:10,20,30\"?"),
        ("quantile:1", "try \"quantile:2\""),
        ("jenks:40", "there can be 2 to 9 classes; try \"jenks:9\""),
        ("equal:five", "try \"equal:5\""),
        ("sd:3", "try \"sd\""),
        ("breaks:", "try \"breaks:10,20,30\""),
        ("breaks:30,10,20", "try \"breaks:10,20,30\""),
        ("breaks:1,inf", "\"inf\" is no number"),
        ("rainbows", "there are quantile:5, equal:5, jenks:5, sd, breaks:10,20,30, none"),
        ("", "there are"),
    ] {
        let error = text.parse::<Method>().unwrap_err().to_string();
        assert!(error.contains(hint), "{text}: {error}");
    }
}

#[test]
fn quantiles_hold_as_many_values_each_but_never_part_equal_ones() {
    let ten: Vec<f64> = (1..=10).map(f64::from).collect();
    assert_eq!(classes("quantile:5", &ten).counts, [2, 2, 2, 2, 2]);
    assert_eq!(classes("quantile:4", &ten).counts, [3, 2, 3, 2]);
    let tied = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 4.0];
    assert_eq!(classes("quantile:5", &tied).counts, [6, 2, 2]);
    assert_eq!(classes("quantile:2", &[1.0, 5.0, 5.0, 5.0]).counts, [1, 3]);
    assert_eq!(classes("quantile:2", &[5.0, 5.0, 5.0, 9.0]).counts, [3, 1]);
}

#[test]
fn equal_intervals_have_the_same_width_and_may_be_empty() {
    let equal = classes("equal:4", &[0.0, 1.0, 2.0, 100.0]);
    assert_eq!((equal.breaks, equal.counts), (vec![25.0, 50.0, 75.0], vec![3, 0, 0, 1]));
    let halves = classes("equal:3", &[0.25, 0.5, 1.0]);
    assert_eq!(halves.breaks, [0.5, 0.75]);
    assert_eq!(labels("equal:4", &[0.0, 10.0]), ["0 to 2", "3 to 4", "5 to 7", "8 to 10"]);
}

#[test]
fn standard_deviations_lie_around_the_mean() {
    // Mean 5, standard deviation 2: the example of the population standard deviation everywhere.
    let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
    let sd = classes("sd", &values);
    assert_eq!(sd.breaks, [4.0, 6.0, 8.0]);
    assert_eq!(sd.labels(None), ["under 4", "4 to 5", "6 to 7", "8 or more"]);
    assert_eq!(classes("sd", &[3.0, 3.0]).len(), 1);
}

#[test]
fn own_breaks_are_kept_and_outer_classes_without_a_value_are_not() {
    assert_eq!(classes("0,10,20", &[0.0, 9.5, 10.0, 19.0]).counts, [2, 2]);
    assert_eq!(labels("0,10,20", &[0.0, 9.5, 19.0]), ["0 to under 10", "10 to under 20"]);
    assert_eq!(labels("10,20", &[1.0, 15.0, 99.0]), ["under 10", "10 to 19", "20 or more"]);
    assert_eq!(labels("0.5,0.7", &[0.0, 1.0]), ["under 0.5", "0.5 to under 0.7", "0.7 or more"]);
    assert_eq!(classes("10,20,30", &[5.0, 35.0]).counts, [1, 0, 0, 1]);
}

#[test]
fn fewer_values_than_classes_are_told() {
    let few = classes("jenks:5", &[1.0, 1.0, 2.0, 7.0]);
    assert_eq!(few.counts, [2, 1, 1]);
    let remark = few.remark().unwrap();
    assert_eq!(remark.code, "classes-fewer");
    assert!(remark.message.contains("3 classes instead of 5"), "{remark}");
    assert_eq!(classes("jenks:2", &[1.0, 2.0, 7.0]).remark(), None);
    assert_eq!(classes("jenks:2", &[]).remark(), None);
    assert!(classes("quantile:3", &[f64::NAN, f64::INFINITY]).is_empty());
}

#[test]
fn labels_of_whole_numbers_leave_no_gap_and_do_not_overlap() {
    let values = [1_203.0, 1_310.0, 1_498.0, 1_512.0, 1_760.0, 2_044.0];
    let quantiles = classes("quantile:3", &values);
    assert_eq!(quantiles.labels(None), ["1,203 to 1,399", "1,400 to 1,699", "1,700 to 2,044"]);
    assert_eq!(quantiles.counts, [2, 2, 2]);
    assert_eq!(
        quantiles.labels(Some(&Unit::Pounds)),
        ["£1,203 to £1,399", "£1,400 to £1,699", "£1,700 to £2,044"]
    );
    assert_eq!(labels("jenks:3", &[1.0, 2.0, 3.0]), ["1", "2", "3"]);
    assert_eq!(labels("equal:2", &[-10.0, 10.0]), ["\u{2212}10 to \u{2212}1", "0 to 10"]);
}

#[test]
fn labels_of_fractions_have_the_same_decimals() {
    let values = [8.13, 9.96, 10.04, 12.5, 14.2, 19.91];
    let quantiles = classes("quantile:3", &values);
    assert_eq!(
        quantiles.labels(Some(&Unit::Percent)),
        ["8% to under 10%", "10% to under 14%", "14% to 20%"]
    );
    let narrow = classes("quantile:2", &[0.41, 0.412, 0.418, 0.43]);
    assert_eq!(
        narrow.labels(Some(&Unit::Per(100_000))),
        ["0.410 to under 0.418 per 100,000", "0.418 to 0.430 per 100,000"]
    );
    assert_eq!(labels("none", &[0.5, 2.25]), ["0.5 to 2.25"]);
    assert_eq!(labels("none", &[4.0]), ["4"]);
}

#[test]
fn natural_breaks_are_where_the_gaps_are() {
    let natural = classes("jenks:2", &[4.0, 5.0, 9.0, 10.0]);
    assert_eq!(natural.counts, [2, 2]);
    let three = classes("jenks:3", &[1.0, 1.1, 1.2, 50.0, 51.0, 900.0]);
    assert_eq!(three.counts, [3, 2, 1]);
    // Digits survive far from zero.
    let far = classes("jenks:2", &[1e12 + 1.0, 1e12 + 2.0, 1e12 + 9.0, 1e12 + 10.0]);
    assert_eq!(far.counts, [2, 2]);
}

#[test]
fn a_hundred_thousand_values_take_no_time_to_speak_of() {
    // A plain linear congruential generator: no two runs differ.
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        f64::from(u32::try_from(state >> 33).unwrap()) / 1000.0
    };
    let values: Vec<f64> = (0..100_000).map(|_| next()).collect();
    let started = std::time::Instant::now();
    let natural = classes("jenks:9", &values);
    assert_eq!(natural.len(), 9);
    // Nearly even values make nearly even classes.
    assert!(natural.counts.iter().all(|count| (9_000..14_000).contains(count)), "{natural:?}");
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn a_histogram_counts_each_value_once() {
    let bins = Classes::histogram(&[0.0, 1.0, 2.0, 3.0, 4.0, f64::NAN], 2);
    assert_eq!(bins.iter().map(|bin| bin.count).collect::<Vec<_>>(), [2, 3]);
    assert!(bins[0].from.abs() < 1e-12 && (bins[1].to - 4.0).abs() < 1e-12);
    assert_eq!(Classes::histogram(&[7.0, 7.0], 10).len(), 1);
    assert_eq!(Classes::histogram(&[], 10), []);
}

/// The sum of squared distances from the means of classes.
fn squares(classes: &[&[f64]]) -> f64 {
    let of_one = |class: &&[f64]| {
        #[expect(clippy::cast_precision_loss, reason = "a handful of values")]
        let mean = class.iter().sum::<f64>() / class.len() as f64;
        class.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
    };
    classes.iter().map(of_one).sum()
}

/// The least sum of squares over all ways to cut sorted values, equal ones together.
fn least_squares(sorted: &[f64], classes: usize) -> f64 {
    if classes == 1 {
        return squares(&[sorted]);
    }
    let cuts = (1..sorted.len()).filter(|cut| sorted[cut - 1] < sorted[*cut]);
    cuts.map(|cut| squares(&[&sorted[..cut]]) + least_squares(&sorted[cut..], classes - 1))
        .fold(f64::INFINITY, f64::min)
}

fn any_method() -> impl Strategy<Value = Method> {
    let count = || 2_usize..=9;
    prop_oneof![
        count().prop_map(Method::Quantile),
        count().prop_map(Method::Equal),
        count().prop_map(Method::Jenks),
        Just(Method::StandardDeviation),
        Just(Method::None),
        proptest::collection::vec(-50_i32..50, 1..6).prop_map(|mut breaks| {
            breaks.sort_unstable();
            breaks.dedup();
            Method::Breaks(breaks.into_iter().map(f64::from).collect())
        }),
    ]
}

fn any_values() -> impl Strategy<Value = Vec<f64>> {
    let few = (-20_i32..20).prop_map(f64::from);
    let fine = (-1e6..1e6_f64).prop_map(|value| (value * 100.0).round() / 100.0);
    let any = proptest::num::f64::NORMAL.prop_map(|value| value / 4.0);
    prop_oneof![
        proptest::collection::vec(few, 0..60),
        proptest::collection::vec(fine, 0..60),
        proptest::collection::vec(any, 0..20),
    ]
}

proptest! {
    #[test]
    fn each_value_is_in_exactly_one_class(method in any_method(), values in any_values()) {
        let classes = Classes::new(&method, &values);
        prop_assert!(classes.breaks.is_sorted_by(|a, b| a < b), "{:?}", classes);
        prop_assert_eq!(classes.counts.iter().sum::<usize>(), values.len());
        prop_assert_eq!(classes.len(), classes.breaks.len() + 1);
        prop_assert!(method.classes().is_none_or(|most| classes.len() <= most));
        for value in &values {
            let class = classes.class_of(*value);
            prop_assert!(class < classes.len());
            prop_assert!(class == 0 || classes.breaks[class - 1] <= *value);
            prop_assert!(classes.breaks.get(class).is_none_or(|upper| value < upper));
            prop_assert!((0.0..=1.0).contains(&classes.position(*value)));
        }
        if !matches!(method, Method::Equal(_) | Method::Breaks(_) | Method::StandardDeviation) {
            prop_assert!(values.is_empty() || classes.counts.iter().all(|count| *count > 0));
        }
        let labels = classes.labels(None);
        prop_assert_eq!(labels.len(), if values.is_empty() { 0 } else { classes.len() });
        let distinct: std::collections::BTreeSet<&String> = labels.iter().collect();
        prop_assert_eq!(distinct.len(), labels.len(), "{:?}", labels);
        let bins = Classes::histogram(&values, 7);
        prop_assert_eq!(bins.iter().map(|bin| bin.count).sum::<usize>(), values.len());
    }

    #[test]
    fn natural_breaks_are_the_best_there_are(
        values in proptest::collection::vec((-30_i32..30).prop_map(f64::from), 2..11),
        classes in 2_usize..5,
    ) {
        let mut sorted = values;
        sorted.sort_unstable_by(f64::total_cmp);
        let natural = Classes::new(&Method::Jenks(classes), &sorted);
        let mut rest = sorted.as_slice();
        let mut groups = Vec::new();
        for count in &natural.counts {
            let (group, others) = rest.split_at(*count);
            groups.push(group);
            rest = others;
        }
        let best = least_squares(&sorted, natural.len());
        let found = squares(&groups);
        prop_assert!(found <= best + 1e-9, "{:?}: {found} > {best}", groups);
    }
}
