//! The head of a report: the dateline ("ALEPPO, Syria (Reuters) -") and the byline ("By Jane Doe").

use hearsay_codebook::SegmentationLists;
use hearsay_ledger::Span;

/// How many paragraphs from the top may hold the dateline or the byline.
const HEAD_PARAGRAPHS: usize = 5;
/// Most tokens of a dateline, with its dash.
const DATELINE_TOKENS: usize = 28;
/// Most tokens of a byline.
const BYLINE_TOKENS: usize = 24;
/// Most words of a place in capitals that stands with neither date nor agency.
const BARE_PLACE_WORDS: usize = 6;
/// Most words of a place in small letters before an agency without a dash.
const PLAIN_PLACE_WORDS: usize = 2;
/// How many tokens after a place in capitals are looked at for a word in small letters, which a headline in capitals lacks.
const BARE_PLACE_LOOKAHEAD: usize = 10;
/// Most tokens inside the brackets around an agency, and inside those around an editor's tag ("[Excerpt]").
const AGENCY_TOKENS: usize = 12;
const TAG_TOKENS: usize = 6;
/// Stands for a hyphen inside a word.
const HYPHEN: &str = "\u{2010}";

/// What was found at the head of the text.
#[derive(Default)]
pub(super) struct Heading {
    pub(super) dateline: Option<Span>,
    pub(super) byline: Option<Span>,
}

/// Looks for the dateline and the byline in the first of `paragraphs`, each given by its tokens.
pub(super) fn find(text: &str, paragraphs: &[Vec<Span>], lists: &SegmentationLists) -> Heading {
    let mut heading = Heading::default();
    for tokens in paragraphs.iter().take(HEAD_PARAGRAPHS) {
        let seen = DATELINE_TOKENS.max(BYLINE_TOKENS) + BARE_PLACE_LOOKAHEAD;
        let words: Vec<&str> = tokens.iter().take(seen).map(|token| word(text, *token)).collect();
        if heading.byline.is_none() && is_byline(&words, lists) {
            heading.byline = cover(tokens, 0, tokens.len());
            continue;
        }
        // Both in one line: "By Jane Doe. BOSTON (Reuters) -".
        let names = words.iter().position(|word| *word == ".").filter(|stop| is_byline(words.get(..*stop).unwrap_or(&[]), lists));
        let start = names.map_or(0, |stop| stop + 1);
        if let Some(end) = words.get(start..).and_then(|words| dateline_end(words, lists)) {
            heading.byline = heading.byline.or_else(|| names.and_then(|stop| cover(tokens, 0, stop)));
            heading.dateline = cover(tokens, start, start + end);
            break;
        }
    }
    heading
}

/// The text of the token; a hyphen inside a word becomes [`HYPHEN`], so that it is not taken for a dash.
fn word(text: &str, token: Span) -> &str {
    let word = token.of(text).unwrap_or("");
    let before = text.get(..token.start()).is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == '.'));
    let after = text.get(token.end()..).is_some_and(|after| after.starts_with(char::is_alphanumeric));
    if word == "-" && before && after { HYPHEN } else { word }
}

/// From the token at `start` to the one before `end`.
fn cover(tokens: &[Span], start: usize, end: usize) -> Option<Span> {
    let last = tokens.get(end.checked_sub(1)?)?;
    tokens.get(start).map(|first| first.cover(*last))
}

/// Whether a whole paragraph, given as `words`, is "By" and names.
fn is_byline(words: &[&str], lists: &SegmentationLists) -> bool {
    let Some((first, names)) = words.split_first() else { return false };
    if !first.eq_ignore_ascii_case("by") || words.len() > BYLINE_TOKENS || !names.first().is_some_and(|name| is_capitalised(name)) {
        return false;
    }
    let is_part = |word: &&str| is_capitalised(word) || lists.byline_words.contains(word) || is_sign(word);
    let in_names = names.iter().filter(|word| is_capitalised(word)).count();
    let sentence =
        names.iter().skip(1).any(|word| is_capitalised(word) && lists.sentence_starters.contains(word) && !lists.byline_words.contains(word));
    in_names >= 2 && !sentence && names.last() != Some(&".") && names.iter().all(is_part)
}

/// Number of tokens of the dateline at the head of `words`, or `None` where there is none.
fn dateline_end(words: &[&str], lists: &SegmentationLists) -> Option<usize> {
    let mut place = Place::default();
    let (mut has_date, mut has_agency, mut after_comma) = (false, false, false);
    let mut i = after_tag(words, 0);
    if words.get(i).is_some_and(|first| lists.no_places.contains(first)) {
        return None;
    }
    while i < DATELINE_TOKENS {
        let word = *words.get(i)?;
        if word == "(" {
            let after = after_brackets(words, i)?;
            let is_agency = after == i + 3 && words.get(i + 1).is_some_and(|name| lists.agencies.contains(name));
            if is_agency && place.can_stand_before_agency() && words.get(after).is_some_and(|next| is_capitalised(next)) {
                return Some(after); // "(CNN)The army said": no dash
            }
            (i, has_agency) = (after, true);
            continue;
        }
        if is_dash(word) && (place.words > 0 || has_agency) {
            let bare = word != "_" && place.can_stand_bare() && words.iter().skip(i).take(BARE_PLACE_LOOKAHEAD).any(|word| has_small_letter(word));
            if has_date || has_agency || bare {
                return Some(after_tag(words, i + 1));
            }
            // Not yet: "Deir al- Zor, Feb 11 -".
        } else if place.words > 0 && lists.months.contains(word.trim_end_matches('.')) {
            has_date = true;
        } else if is_capitalised(word) && !has_agency {
            // After the comma the country may be written in small letters.
            place.add(word, after_comma);
        } else if !(is_sign(word) || lists.byline_words.contains(word) || (place.words > 0 && is_number(word))) {
            return None;
        }
        after_comma |= word == ",";
        i += 1;
    }
    None
}

/// The name of the place at the head of a dateline.
#[derive(Default)]
struct Place {
    words: usize,
    has_small_letters: bool,
}

impl Place {
    fn add(&mut self, word: &str, after_comma: bool) {
        self.words += 1;
        self.has_small_letters |= !after_comma && has_small_letter(word);
    }

    /// Whether it may stand without date and agency.
    fn can_stand_bare(&self) -> bool {
        (1..=BARE_PLACE_WORDS).contains(&self.words) && !self.has_small_letters
    }

    /// Whether it may stand with an agency but without a dash; "The Associated Press (AP) Board" may not.
    fn can_stand_before_agency(&self) -> bool {
        self.words <= PLAIN_PLACE_WORDS || self.can_stand_bare()
    }
}

/// Position after the closing bracket to the opening one at `open`.
fn after_brackets(words: &[&str], open: usize) -> Option<usize> {
    words.iter().skip(open).take(AGENCY_TOKENS + 2).position(|word| *word == ")").map(|inside| open + inside + 1)
}

/// Position after an editor's tag at `i`, or `i` where there is none.
fn after_tag(words: &[&str], i: usize) -> usize {
    if words.get(i) != Some(&"[") {
        return i;
    }
    words.iter().skip(i).take(TAG_TOKENS + 2).position(|word| *word == "]").map_or(i, |inside| i + inside + 1)
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn has_small_letter(word: &str) -> bool {
    word.contains(char::is_lowercase)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
}

fn is_dash(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, '-' | '–' | '—' | '―' | '_'))
}

/// Signs inside names of places and people.
fn is_sign(word: &str) -> bool {
    matches!(word, "," | ";" | "/" | "." | "'" | "’" | "‘" | "-" | HYPHEN | "&" | "|" | "'s" | "’s")
}
