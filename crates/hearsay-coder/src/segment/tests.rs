//! What segmentation guarantees, and its behaviour on the turns of phrase that news is made of.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::LazyLock;

use hearsay_codebook::Codebook;
use hearsay_ledger::Span;
use proptest::prelude::*;

use super::*;

static CODEBOOK: LazyLock<Codebook> = LazyLock::new(|| Codebook::embedded().unwrap());

/// The tokens of one sentence, with a space between.
fn tokens(text: &str) -> String {
    join(text, &tokenise(text, &CODEBOOK))
}

fn join(text: &str, spans: &[Span]) -> String {
    spans.iter().map(|span| span.of(text).unwrap()).collect::<Vec<_>>().join(" ")
}

fn sentences(text: &str) -> Vec<&str> {
    segment(text, &CODEBOOK).sentences.iter().map(|sentence| sentence.span.of(text).unwrap()).collect()
}

fn quotations(text: &str) -> Vec<&str> {
    segment(text, &CODEBOOK).quotations.iter().map(|span| span.of(text).unwrap()).collect()
}

fn dateline(text: &str) -> Option<&str> {
    segment(text, &CODEBOOK).dateline.and_then(|span| span.of(text))
}

fn byline(text: &str) -> Option<&str> {
    segment(text, &CODEBOOK).byline.and_then(|span| span.of(text))
}

#[test]
fn clitics_are_words_of_their_own() {
    assert_eq!(tokens("They don't, can't and won’t; he's Moscow's"), "They do n't , ca n't and wo n’t ; he 's Moscow 's");
    assert_eq!(tokens("We cannot go, I'd've said"), "We can not go , I 'd 've said");
    assert_eq!(tokens("Sana'a o'clock O'Brien Shi’ite"), "Sana'a o'clock O'Brien Shi’ite");
    assert_eq!(tokens("the rebels' claim of the 80's and '90s"), "the rebels ' claim of the 80's and '90s");
}

#[test]
fn hyphens_divide_compounds_but_not_prefixes() {
    assert_eq!(tokens("long-term anti-government co-chair UN-backed"), "long - term anti-government co-chair UN - backed");
    assert_eq!(tokens("U.S.-led Su-24 al-Nusra 15-year"), "U.S. - led Su - 24 al - Nusra 15 - year");
    assert_eq!(tokens("talks--if any—failed"), "talks -- if any — failed");
}

#[test]
fn abbreviations_keep_their_dots() {
    assert_eq!(
        tokens("Gen. J. Smith of the U.S. met Mr. Jones at 10 a.m. on Jan. 5."),
        "Gen. J. Smith of the U.S. met Mr. Jones at 10 a.m. on Jan. 5 ."
    );
    assert_eq!(tokens("No. 3 said no. Then etc."), "No. 3 said no . Then etc .");
}

#[test]
fn numbers_and_their_units() {
    assert_eq!(tokens("$1,200.50, 50% or €3m and US$40"), "$ 1,200.50 , 50 % or € 3 m and US$ 40");
    assert_eq!(tokens("7pm 10:30 5km 3rd 1980s 24.07.2016"), "7 pm 10:30 5 km 3rd 1980s 24.07.2016");
    assert_eq!(tokens("9/11 1/2 11/28/2000 10-12 555-1234"), "9/11 1 / 2 11/28/2000 10 - 12 555-1234");
    assert_eq!(tokens("in 2001,2002"), "in 2001 , 2002");
}

#[test]
fn addresses_are_whole() {
    assert_eq!(
        tokens("See http://example.org/a-b?c=1, (www.example.org) or press@example.org."),
        "See http://example.org/a-b?c=1 , ( www.example.org ) or press@example.org ."
    );
    assert_eq!(tokens("example.com ended.Then road.In"), "example.com ended . Then road . In");
    assert_eq!(tokens("@observer #ceasefire"), "@observer #ceasefire");
}

#[test]
fn rows_of_signs_are_one_token() {
    assert_eq!(tokens("Well... really?! *** and/or"), "Well ... really ?! *** and / or");
}

#[test]
fn abbreviations_end_a_sentence_only_before_one_that_begins() {
    assert_eq!(sentences("He left the U.S. The army stayed."), ["He left the U.S.", "The army stayed."]);
    assert_eq!(sentences("The U.S. Army stayed. Gen. The left."), ["The U.S. Army stayed.", "Gen. The left."]);
    assert_eq!(sentences("It is 3.5 km away. J. K. Doe agreed."), ["It is 3.5 km away.", "J. K. Doe agreed."]);
}

#[test]
fn closing_marks_belong_to_the_sentence() {
    assert_eq!(sentences("\"We left. We will not return.\" He did."), ["\"We left.", "We will not return.\"", "He did."]);
    assert_eq!(sentences("It fell (at dawn.) They fled."), ["It fell (at dawn.)", "They fled."]);
    assert_eq!(sentences("He left. \"We saw it.\""), ["He left.", "\"We saw it.\""]);
}

#[test]
fn a_question_and_its_speaker_are_one_sentence() {
    assert_eq!(
        sentences("“Why now?” Minister Doe asked. “Who knows?” The talks ended."),
        ["“Why now?” Minister Doe asked.", "“Who knows?”", "The talks ended."]
    );
    assert_eq!(sentences("\"Why?\" he asked."), ["\"Why?\" he asked."]);
}

#[test]
fn small_letters_after_a_full_stop() {
    assert_eq!(sentences("the army left. it did not return."), ["the army left.", "it did not return."]);
    assert_eq!(sentences("It was approx. ten. The est. toll rose... and fell."), ["It was approx. ten.", "The est. toll rose... and fell."]);
    assert_eq!(sentences("They left. [passage omitted]\nThey came."), ["They left. [passage omitted]", "They came."]);
}

#[test]
fn numbers_of_items_stay_with_them() {
    assert_eq!(sentences("1. The parties agree.\n2. They leave."), ["1. The parties agree.", "2. They leave."]);
}

#[test]
fn headlines_and_blank_lines_divide() {
    assert_eq!(sentences("Army Retakes Town\n\nThe army said so"), ["Army Retakes Town", "The army said so"]);
    assert_eq!(sentences("Army Retakes Town\r\n\r\nThe army\r\nsaid so"), ["Army Retakes Town", "The army\r\nsaid so"]);
}

#[test]
fn wrapped_lines_do_not_divide() {
    let text = "The army said on Monday that its\nforces had entered the town after\nthree days of fighting. Rebels in\nHoms denied it and said that they\nheld the road.\n  A second day began with shelling\nof the northern quarter.";
    let found = segment(text, &CODEBOOK).sentences;
    let starts: Vec<_> = found.iter().map(|sentence| (&text[sentence.span.start()..sentence.span.start() + 8], sentence.paragraph)).collect();
    assert_eq!(starts, [("The army", 0), ("Rebels i", 0), ("A second", 1)]);
}

#[test]
fn single_line_breaks_divide_where_lines_are_paragraphs() {
    let long =
        "The army said that its forces had entered the town after three days of heavy fighting on all sides of the river, while others said no";
    let text = format!("{long}.\nRebels denied it.\n• First point\n• Second point");
    assert_eq!(sentences(&text), [&format!("{long}."), "Rebels denied it.", "• First point", "• Second point"]);
}

#[test]
fn datelines() {
    for (line, rest) in [
        ("ALEPPO, Syria (Reuters) -", " Rebels left."),
        ("MOSCOW, Feb 11 —", " Rebels left."),
        ("San Salvador, 18 Aug 88 (Canal Doce Television) -- [Excerpt]", " Rebels left."),
        ("BEIRUT —", " Rebels left."),
        ("(CNN) --", " Rebels left."),
        ("Homs (CNN)", "Rebels left."),
        ("BEIRUT/GENEVA (Reuters) -", " Rebels left."),
        ("WASHINGTON, Feb. 11 (Xinhua) --", " Rebels left."),
        ("THE HAGUE, Netherlands (AP)_", "Rebels left."),
    ] {
        let text = format!("{line}{rest}");
        assert_eq!(dateline(&text), Some(line));
        assert_eq!(sentences(&text).len(), 1, "{text}");
    }
}

#[test]
fn no_datelines() {
    for text in [
        "Syria - the war goes on.",
        "EXCLUSIVE - Rebels left.",
        "U.S.-led forces left.",
        "UN-backed talks failed.",
        "TALKS FAIL - ARMY ADVANCES",
        "Rebels left (the army said) - at last.",
        "- Rebels left.",
        "The Example Press (AP) Board left.",
    ] {
        assert_eq!(dateline(text), None, "{text}");
    }
}

#[test]
fn a_dateline_may_follow_headline_and_byline() {
    let text = "Army Retakes Town\n\nBy Jane Doe and John van Roe, Example News\n\nHOMS, Syria — The army entered.";
    assert_eq!(dateline(text), Some("HOMS, Syria —"));
    assert_eq!(byline(text), Some("By Jane Doe and John van Roe, Example News"));
    let text = "By Jane Doe. BOSTON (Reuters) - The court ruled.";
    assert_eq!((byline(text), dateline(text)), (Some("By Jane Doe"), Some("BOSTON (Reuters) -")));
}

#[test]
fn no_bylines() {
    for text in ["By Monday the army had left.", "By then The Army", "By Dawn", "The report was written\n\nby hand"] {
        assert_eq!(byline(text), None, "{text}");
    }
}

#[test]
fn quotations_run_over_sentences_and_paragraphs() {
    assert_eq!(quotations("He said: \"We left. We will not return.\" They \"denied\" it."), ["\"We left. We will not return.\"", "\"denied\""]);
    let text = "“We left, she said.\n\n“We will not return.” They stayed.";
    assert_eq!(quotations(text), ["“We left, she said.\n\n“We will not return.”"]);
}

#[test]
fn an_unclosed_quotation_ends_with_its_paragraph() {
    assert_eq!(quotations("He said \"we left.\n\nThey stayed. \"No,\" she said."), ["\"we left.", "\"No,\""]);
    assert_eq!(quotations("He said “we left. “No,” she said."), ["“we left.", "“No,”"]);
    assert_eq!(quotations("A 6\" pipe and a stray mark \""), Vec::<&str>::new());
}

#[test]
fn single_marks_need_both_ends() {
    assert_eq!(quotations("He called it ‘a grave mistake’, she said."), ["‘a grave mistake’"]);
    assert_eq!(quotations("'We left,' she said of the rebels' plan."), ["'We left,'"]);
    assert_eq!(quotations("The rebels' plan and the '90s and ‘Abd al-Qadir."), Vec::<&str>::new());
    assert_eq!(quotations("‘They say “no” to us’, he said."), ["‘They say “no” to us’"]);
}

#[test]
fn long_sentences_are_cut_at_the_best_place() {
    let most = CODEBOOK.segmentation.max_sentence_tokens;
    let text = format!("{}; {}", "word ".repeat(most - 10), "word, ".repeat(most));
    let found = segment(&text, &CODEBOOK).sentences;
    assert!(found.iter().all(|sentence| sentence.tokens.len() <= most));
    assert!(found[0].span.of(&text).unwrap().ends_with(';'));
    assert!(found[1].span.of(&text).unwrap().ends_with(','));
}

#[test]
fn texts_without_tokens_have_no_sentences() {
    for text in ["", " \n\t ", "\u{feff}", "\u{200b}\r\n\u{a0}"] {
        assert_eq!(segment(text, &CODEBOOK), Segmentation::default());
    }
}

/// Checks all that is guaranteed of any text.
fn check(text: &str, lists: &Codebook) {
    let found = segment(text, lists);
    let mut end = 0;
    let mut paragraph = 0;
    for sentence in &found.sentences {
        let (first, last) = (sentence.tokens.first().unwrap(), sentence.tokens.last().unwrap());
        assert_eq!(sentence.span, first.cover(*last));
        assert!(sentence.tokens.len() <= lists.segmentation.max_sentence_tokens);
        assert!(sentence.paragraph >= paragraph);
        paragraph = sentence.paragraph;
        for token in &sentence.tokens {
            assert!(token.start() >= end, "tokens overlap");
            assert!(text[end..token.start()].chars().all(is_blank), "a character lies in no token");
            assert!(!token.of(text).expect("token off a character boundary").contains(is_blank), "a token holds a blank");
            end = token.end();
        }
    }
    assert!(text[end..].chars().all(is_blank), "the tail lies in no token");
    check_order(text, &found.quotations);
    check_order(text, &found.dateline.into_iter().collect::<Vec<_>>());
    check_order(text, &found.byline.into_iter().collect::<Vec<_>>());
}

fn check_order(text: &str, spans: &[Span]) {
    assert!(spans.iter().all(|span| span.of(text).is_some()));
    assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
}

/// Pieces that have to do with how text is divided.
const PIECES: &[&str] = &[
    "The",
    "army",
    "said",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    ".",
    ". ",
    ",",
    "\"",
    "\" ",
    " \"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "''",
    "``",
    "'s",
    "n't",
    "don't",
    "U.S.",
    "Mr.",
    "Gen",
    "a.m.",
    "1",
    "12",
    "1,200",
    "/",
    "-",
    "--",
    "—",
    "…",
    "...",
    "(",
    ")",
    "[",
    "]",
    "@",
    "www.",
    "http://",
    "$",
    "%",
    "é",
    "أ",
    "中",
    "\u{200b}",
    "\u{301}",
    "By Jane Doe",
    "ALEPPO (AP) -",
    "Feb 11",
    "?",
    "!",
    ":",
    ";",
    "&",
    "_",
    "anti",
    "K",
    "e",
    "0",
    "s",
];

proptest! {
    #[test]
    fn any_text_keeps_the_guarantees(text in any::<String>()) {
        check(&text, &CODEBOOK);
    }

    #[test]
    fn any_mix_of_marks_keeps_the_guarantees(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..80)) {
        check(&pieces.concat(), &CODEBOOK);
    }

    #[test]
    fn a_sentence_alone_has_the_same_words(words in prop::collection::vec("[a-z]{1,12}", 1..20)) {
        let text = format!("{}.", words.join(" "));
        let spans: Vec<Span> = segment(&text, &CODEBOOK).sentences.into_iter().flat_map(|sentence| sentence.tokens).collect();
        prop_assert_eq!(spans, tokenise(&text, &CODEBOOK));
    }
}

/// The work is bounded by the text: `STEPS_PER_BYTE` is far above what prose takes and far below what going over a
/// run again for each of its signs would take.
#[test]
fn the_work_grows_no_faster_than_the_text() {
    const STEPS_PER_BYTE: usize = 150;
    let lists = &CODEBOOK;
    let endless: String = "abcdefghij".repeat(100_000);
    let marks = "\"".repeat(1_000_000);
    let mut texts = vec![endless, marks];
    let shapes = [
        "'",
        "'a ",
        "' ",
        " '",
        "a' 'b ",
        "“",
        "«a ",
        "\" a",
        "a.",
        "ab.",
        "a.b-",
        "1",
        "1-",
        "1/1-",
        "1.1-",
        "1,",
        "1,1",
        "555-1234-",
        "@",
        "a@",
        "a@.",
        "://",
        "a://)",
        "www.",
        "mailto:",
        "_a",
        "&A",
        "A&A",
        "-a",
        "co-",
        "a'",
        "'s",
        "n't",
        "(",
        "[",
        "\n",
        "a\n",
        "A\n\n",
        ". ",
        ".\n",
        "A. ",
        "? \" a",
        "$",
        "...",
        ". . ",
        "—",
        "\u{301}",
        "ALEPPO, ",
        "By A ",
        "; ",
        ", ",
        ":)",
        ":) ",
    ];
    texts.extend(shapes.iter().map(|shape| shape.repeat(20_000 / shape.len())));
    for text in texts {
        let steps = work::steps_of(|| drop(segment(&text, lists)));
        assert!(steps <= STEPS_PER_BYTE * text.len(), "{} steps for {} bytes of {:?}", steps, text.len(), text.chars().take(12).collect::<String>());
    }
}
