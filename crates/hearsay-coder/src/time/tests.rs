//! Expressions with their values, without the network: its syntax is given as what it would say.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::LazyLock;

use hearsay_codebook::{Codebook, TimeLists};
use hearsay_ledger::{Date, TimeType};
use proptest::prelude::*;

use super::context::Mentions;
use super::grammar::Grammar;
use super::meaning::Meaning;
use super::value::{Anchors, value};

static LISTS: LazyLock<TimeLists> = LazyLock::new(|| Codebook::embedded().unwrap().time);

/// What the text around an expression gives.
struct Setting {
    today: Option<Date>,
    future: bool,
    mentions: Mentions,
}

fn on(today: &str) -> Setting {
    Setting { today: today.parse().ok(), future: false, mentions: Mentions::default() }
}

fn ahead_of(today: &str) -> Setting {
    Setting { future: true, ..on(today) }
}

/// The same after a text with these expressions, each in a sentence of its own.
fn after(earlier: &[&str], today: &str) -> Setting {
    let mut setting = on(today);
    for text in earlier {
        setting.mentions.next_sentence();
        let (meaning, _) = parse(text).unwrap();
        let said = evaluate(&meaning, &setting).1.unwrap();
        setting.mentions.note(&meaning, &said, setting.today);
    }
    setting.mentions.next_sentence();
    setting
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_lowercase).collect()
}

fn parse(text: &str) -> Option<(Meaning, usize)> {
    Grammar { words: &words(text), lists: &LISTS }.expression(0)
}

fn evaluate(meaning: &Meaning, setting: &Setting) -> (TimeType, Option<String>) {
    let Setting { today, future, mentions } = *setting;
    let anchors = Anchors { today, published: true, mentions, future, near_days: LISTS.near_days, quarter_reach: LISTS.quarter_reach };
    let (kind, counted) = value(meaning, &anchors);
    (kind, counted.map(|(value, _)| value))
}

/// The number of words and the value of the expression that a text begins with.
fn read(text: &str, setting: &Setting) -> Option<(usize, String)> {
    let (meaning, end) = parse(text)?;
    Some((end, evaluate(&meaning, setting).1?))
}

/// Each text is one expression to its last word.
fn check(setting: &Setting, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let (end, value) = read(text, setting).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((end, value.as_str()), (text.split(' ').count(), *expected), "{text}");
    }
}

#[test]
fn dates_over_the_boundaries_of_months_and_years() {
    // A Tuesday.
    let cases = [
        ("yesterday", "2016-02-29"),
        ("tomorrow", "2016-03-02"),
        ("Saturday", "2016-02-27"),
        ("last Tuesday", "2016-02-23"),
        ("this Saturday", "2016-03-05"),
        ("last week", "2016-W08"),
        ("last month", "2016-02"),
        ("last February", "2015-02"),
        ("last July", "2015-07"),
        ("December", "2015-12"),
        ("mid December", "2015-12"),
        ("Dec. 31", "2015-12-31"),
        ("March 1", "2016-03-01"),
        ("March 15", "2016-03-15"),
        ("last year", "2015"),
        ("next year", "2017"),
        ("two days ago", "2016-02-28"),
        ("three weeks ago", "2016-W06"),
        ("October last year", "2015-10"),
    ];
    check(&on("2016-03-01"), &cases);
    let cases =
        [("Friday", "2016-01-01"), ("January 4", "2016-01-04"), ("January", "2016-01"), ("next month", "2016-01"), ("tomorrow", "2016-01-01")];
    check(&ahead_of("2015-12-31"), &cases);
    check(&ahead_of("2000-01-15"), &[("Jan. 14", "2000-01-14"), ("December", "2000-12")]);
    check(&on("2015-12-31"), &[("January 4", "2016-01-04"), ("November", "2015-11")]);
    assert_eq!(read("february 30", &on("2016-03-01")), None);
}

#[test]
fn absolute_dates_need_no_day_of_the_text() {
    let cases = [
        ("5 May 2016", "2016-05-05"),
        ("May 5 , 2016", "2016-05-05"),
        ("18 aug 88", "1988-08-18"),
        ("Friday , May 5 , 2016", "2016-05-05"),
        ("January nineteen ninety-seven", "1997-01"),
        ("2016-02-11", "2016-02-11"),
        ("05.10.2017", "2017-10-05"),
        ("1996", "1996"),
        ("the year two thousand", "2000"),
        ("nineteen ninety-one", "1991"),
        ("fiscal 1996", "1996"),
        ("the 1980s", "198"),
        ("the ' 80s", "198"),
        ("the nineties", "199"),
        ("the early 1980s", "198"),
        ("the 19th century", "18"),
        ("the end of 1997", "1997"),
        ("the third quarter of 1989", "1989-Q3"),
        ("the 1988 third quarter", "1988-Q3"),
        ("the last half of 1989", "1989-H2"),
        ("the winter of 1990", "1990-WI"),
        ("May 15 - 24 , 2016", "2016-05-15/2016-05-24"),
        ("5 - 6 April 2016", "2016-04-05/2016-04-06"),
        ("Christmas Eve 1997", "1997-12-24"),
        ("May 5th", "XXXX-05-05"),
        ("March eighth", "XXXX-03-08"),
    ];
    check(&on(""), &cases);
    for text in ["friday", "last week", "the quarter", "a year ago"] {
        assert_eq!(read(text, &on("")), None, "{text}");
    }
}

#[test]
fn lengths_and_what_is_counted_from_them() {
    let cases = [
        ("three more weeks", "P3W"),
        ("24 hours", "PT24H"),
        ("twenty four hours", "PT24H"),
        ("48 - hour", "PT48H"),
        ("a few days", "PXD"),
        ("two decades", "P20Y"),
        ("a fortnight", "P2W"),
        ("centuries", "PXC"),
        ("years", "PXY"),
        ("the past three months", "P3M"),
        ("the past two quarters", "P6M"),
        ("at least the past 18 months", "P18M"),
        ("more than four hours", "PT4H"),
        ("2 1 / 2 years", "P2Y6M"),
        ("a minute and a half", "PT1M30S"),
        ("two and a half hours", "PT2H30M"),
        ("two to three weeks", "P2W"),
        ("a week or so", "P1W"),
        ("week - long", "P1W"),
        ("the year ended March 31", "P1Y"),
        ("recent weeks", "PAST_REF"),
        ("the coming days and weeks", "FUTURE_REF"),
        ("a few years ago", "PAST_REF"),
        ("a week or so ago", "2016-W08"),
    ];
    for (text, expected) in cases {
        let (_, value) = read(text, &on("2016-03-01")).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(value, expected, "{text}");
    }
    assert_eq!(read("five years old", &on("2016-03-01")), None, "an age");
}

#[test]
fn sets() {
    let cases = [
        ("every week", "P1W"),
        ("every other day", "P2D"),
        ("every two weeks", "P2W"),
        ("twice a day", "P1D"),
        ("three times a week", "P1W"),
        ("daily", "P1D"),
        ("each Monday", "XXXX-WXX-1"),
        ("each July", "XXXX-07"),
        ("Fridays", "XXXX-WXX-5"),
        ("Tuesday nights", "XXXX-WXX-2TNI"),
    ];
    check(&on("2016-03-01"), &cases);
    for (text, _) in cases {
        assert_eq!(evaluate(&parse(text).unwrap().0, &on("2016-03-01")).0, TimeType::Set, "{text}");
    }
}

#[test]
fn times_of_day() {
    let cases = [
        ("9:30 a.m.", "2016-03-01T09:30"),
        ("3.20 pm , on Friday , February 5", "2016-02-05T15:20"),
        ("1430 gmt", "2016-03-01T14:30"),
        ("0815 local time", "2016-03-01T08:15"),
        ("9 p.m. yesterday", "2016-02-29T21:00"),
        ("noon Saturday", "2016-02-27T12:00"),
        ("last night", "2016-02-29TNI"),
        ("overnight", "2016-03-01TNI"),
        ("Monday night", "2016-02-29TNI"),
        ("the early hours of Monday morning", "2016-02-29TMO"),
        ("afternoon yesterday", "2016-02-29TAF"),
    ];
    check(&on("2016-03-01"), &cases);
    assert_eq!(read("a local newspaper", &on("2016-03-01")), None);
}

#[test]
fn what_was_mentioned_before() {
    let text = after(&["May 5 , 1998"], "2016-03-01");
    let cases = [
        ("that day", "1998-05-05"),
        ("the same month", "1998-05"),
        ("the following month", "1998-06"),
        ("the next day", "1998-05-06"),
        ("that night", "1998-05-05TNI"),
        ("the previous Friday", "1998-05-01"),
        ("two days later", "1998-05-07"),
        ("a year earlier", "1997"),
        ("a year ago", "2015"),
        ("10 p.m.", "1998-05-05T22:00"),
    ];
    check(&text, &cases);
    // A month that is named alone is no day, and the year before is no reason to go back one more.
    check(&after(&["May 5 , 1998", "July 1997"], "2016-03-01"), &[("that day", "1998-05-05"), ("that month", "1997-07"), ("that year", "1997")]);
    check(&after(&["2015"], "2016-03-01"), &[("a year earlier", "2015")]);
}

#[test]
fn the_quarter_that_a_text_reports_on() {
    let reported = after(&["the second quarter"], "1989-10-26");
    let cases = [
        ("the quarter", "1989-Q2"),
        ("the latest period", "1989-Q2"),
        ("a year ago", "1988-Q2"),
        ("a year earlier", "1988-Q2"),
        ("the year - earlier quarter", "1988-Q2"),
        ("the year - ago period", "1988-Q2"),
        ("the year - ago third quarter", "1988-Q3"),
        ("the 1988 quarter", "1988-Q2"),
        ("last year 's third quarter", "1988-Q3"),
        ("the year - earlier nine months", "P9M"),
    ];
    check(&reported, &cases);
    // Without one, the last that is over; and a year is a year.
    check(&on("1989-10-26"), &[("the quarter", "1989-Q3"), ("a year ago", "1988"), ("the 1988 period", "1988"), ("this quarter", "1989-Q4")]);
    check(&on("1989-02-01"), &[("the quarter", "1988-Q4"), ("the first quarter", "1989-Q1"), ("the fourth quarter", "1988-Q4")]);
    // What is held against it, or is still to come, does not take its place.
    check(&after(&["the third quarter", "the 1987 third quarter"], "1989-10-26"), &[("the quarter", "1989-Q3")]);
    check(&after(&["the third quarter", "the fourth quarter"], "1989-10-26"), &[("the quarter", "1989-Q3")]);
    // A longer period ends it.
    check(&after(&["the third quarter", "nine months"], "1989-10-26"), &[("a year earlier", "1988")]);
}

#[test]
fn periods_of_the_text_itself() {
    let cases = [
        ("the year", "2016"),
        ("the full year", "2016"),
        ("the fiscal year", "2016"),
        ("year - end", "2016"),
        ("the end of the month", "2016-03"),
        ("earlier in the year", "2016"),
        ("the week", "2016-W09"),
        ("the weekend", "2016-W08-WE"),
        ("early this year", "2016"),
    ];
    check(&on("2016-03-01"), &cases);
    assert_eq!(read("the year before", &on("2016-03-01")), None);
    // A Saturday.
    check(&on("2016-03-05"), &[("the weekend", "2016-W09-WE")]);
}

#[test]
fn plain_words_are_no_expression() {
    for text in [
        "sat down",
        "the second man",
        "fall",
        "a",
        "",
        "1,200 people",
        "3 men",
        "a second group",
        "jan kavan",
        "80s",
        "the the the the the",
        "twenty 31000",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
}

/// Words of the grammar's own lists, and others.
fn word() -> impl Strategy<Value = String> {
    let known = "a|an|the|of|in|on|or|so|and|to|half|long|old|year|years|week|weeks|months|day|quarter|quarters|half|period|weekend|decade|century|ago|earlier|later|\
        last|next|this|that|following|previous|latest|early|late|mid|about|at|least|end|every|each|other|twice|times|first|second|third|fourth|monday|fridays|tuesday|\
        may|march|jan|dec\\.|december|spring|winter|morning|night|nights|noon|a\\.m\\.|p|m|gmt|local|time|fiscal|full|ended|few|several|couple|ten|twenty|nineteen|two|thousand|\
        christmas|easter|now|soon|recent|coming|daily|1989|1990s|80s|19th|31|30|29|12|5|0|99|24|2016-02-30|05\\.10\\.2017|9:30|25:61|1430|9999|1/2|-|/|,|:|'|’|'s|\\.|;";
    prop_oneof![8 => known, 1 => "\\PC{0,4}", 1 => "[0-9:./-]{0,8}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_words_give_an_expression_within_them_or_none(words in prop::collection::vec(word(), 0..12), day in "19[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|31)|", future: bool) {
        let grammar = Grammar { words: &words, lists: &LISTS };
        let mut setting = if future { ahead_of(&day) } else { on(&day) };
        let mut at = 0;
        while at <= words.len() {
            setting.mentions.next_sentence();
            let Some((meaning, end)) = grammar.expression(at) else {
                at += 1;
                continue;
            };
            prop_assert!(at < end && end <= words.len());
            if let (_, Some(value)) = evaluate(&meaning, &setting) {
                setting.mentions.note(&meaning, &value, setting.today);
            }
            at = end;
        }
    }
}
