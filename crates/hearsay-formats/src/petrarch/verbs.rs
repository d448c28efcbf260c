//! The verb dictionary: sets of synonyms, and blocks of verbs that share their patterns.

use super::inflection::{participle, plural, verb_forms, with_s};
use super::lines::{Line, bracketed, is_word, lines, words};
use super::pattern::{Pattern, Sets, pattern};
use super::{Notice, Why};

/// A verb dictionary as it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Verbs {
    /// Sets of phrases, by name in lower case.
    pub(super) sets: Sets,
    /// The blocks, in their order.
    pub(super) blocks: Vec<Block>,
    /// Lines that could not be read.
    pub(super) notices: Vec<Notice>,
}

/// Verbs with the patterns they share.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// The verbs.
    pub(super) verbs: Vec<Verb>,
    /// The patterns.
    pub(super) patterns: Vec<Pattern>,
    /// The code of its verbs that have none of their own.
    code: Option<String>,
    /// It has a line of its own (`--- NAME [CODE] ---`), so that empty lines do not end it.
    headed: bool,
    /// It was ended by an empty line.
    ended: bool,
}

/// A verb.
#[derive(Clone, Debug)]
pub(super) struct Verb {
    /// The number of its line.
    pub(super) line: usize,
    /// Its forms, each a phrase in lower case.
    pub(super) forms: Vec<String>,
    /// Its code as the dictionary writes it.
    pub(super) code: Option<String>,
}

/// Reads a verb dictionary.
pub(super) fn verbs(text: &str) -> Verbs {
    let lines = lines(text);
    // TABARI has neither heads of blocks nor forms in braces; its verbs are stems, which any ending may follow.
    let stems = !lines.iter().any(|line| line.text.starts_with("---") || line.text.contains('{'));
    let mut out = Verbs::default();
    let mut set: Option<(String, bool)> = None;
    for line in &lines {
        match line.text.chars().next() {
            None => {
                set = None;
                if let Some(block) = out.blocks.last_mut() {
                    block.ended |= !block.headed;
                }
            }
            Some('&') => set = out.begin_set(line),
            Some('+') if set.is_some() => {
                if let Some((name, plurals)) = &set {
                    out.add_member(line, name, *plurals);
                }
            }
            Some('-') if line.text.starts_with("---") => {
                set = None;
                let code = bracketed(line.text, '[', ']').map(|(_, code, _)| code.trim().to_owned());
                out.blocks.push(Block { code, headed: true, ..Block::default() });
            }
            Some('-') => out.add_pattern(line),
            Some('~' | '@') => out.notice(line, Why::Transformation),
            Some(_) => {
                set = None;
                out.add_verb(line, stems);
            }
        }
    }
    out
}

impl Verbs {
    fn notice(&mut self, line: &Line<'_>, why: Why) {
        self.notices.push(Notice { line: line.number, why, what: line.text.to_owned() });
    }

    /// The name of the set that a line begins, and whether its phrases get plurals.
    fn begin_set(&mut self, line: &Line<'_>) -> Option<(String, bool)> {
        let label = line.text.trim_start_matches('&').split_whitespace().next().unwrap_or("");
        let name = label.trim_end_matches('_').to_lowercase();
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') {
            self.notice(line, Why::Form);
            return None;
        }
        self.sets.entry(name.clone()).or_default();
        Some((name, !label.ends_with('_')))
    }

    fn add_member(&mut self, line: &Line<'_>, set: &str, plurals: bool) {
        let written = line.text.trim_start_matches('+').trim();
        let phrase = words(written);
        // A set that is a member of another is written out, so that none can come to hold itself.
        let members = match written.strip_prefix('&') {
            Some(name) => match self.sets.get(&name.trim_end_matches('_').to_lowercase()) {
                Some(members) => members.clone(),
                None => return self.notice(line, Why::Undefined),
            },
            None if phrase.is_empty() || !phrase.iter().all(|word| is_word(word)) => return self.notice(line, Why::Form),
            None => {
                let plural =
                    phrase.split_last().filter(|_| plurals && !written.ends_with('_')).map(|(last, before)| [before, &[plural(last)]].concat());
                std::iter::once(phrase).chain(plural).map(|phrase| phrase.join(" ")).collect()
            }
        };
        if let Some(list) = self.sets.get_mut(set) {
            for member in members {
                if !list.contains(&member) {
                    list.push(member);
                }
            }
        }
    }

    fn add_pattern(&mut self, line: &Line<'_>) {
        let read = pattern(line, &self.sets);
        match (self.blocks.last_mut(), read) {
            (_, Err(why)) => self.notice(line, why),
            (None, Ok(_)) => self.notice(line, Why::Form),
            (Some(block), Ok(pattern)) => block.patterns.push(pattern),
        }
    }

    fn add_verb(&mut self, line: &Line<'_>, stems: bool) {
        let code = bracketed(line.text, '[', ']').map(|(_, code, _)| code.trim().to_owned());
        let irregular = bracketed(line.text, '{', '}').map(|(_, forms, _)| forms);
        let written = line.text.split(['[', '{']).next().unwrap_or("").trim();
        let Some(forms) = forms(written, irregular, stems) else {
            self.notice(line, Why::Form);
            return;
        };
        let begins = self.blocks.last().is_none_or(|block| !block.headed && (block.ended || !block.patterns.is_empty()));
        if begins {
            self.blocks.push(Block { code: code.clone(), ..Block::default() });
        }
        if let Some(block) = self.blocks.last_mut() {
            let code = code.or_else(|| block.code.clone());
            block.verbs.push(Verb { line: line.number, forms, code });
        }
    }
}

/// The forms of a verb; `None` where it is none.
fn forms(written: &str, irregular: Option<&str>, stems: bool) -> Option<Vec<String>> {
    // The verb of a phrase is marked with a plus sign, else it is the first word.
    let marked =
        written.split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty()).position(|word| word.starts_with('+')).unwrap_or(0);
    let verb = words(written);
    let mut forms = vec![verb.join(" ")];
    match irregular {
        Some(listed) => {
            forms.extend(listed.split_whitespace().map(|form| words(form).join(" ")));
            // Often only the past is listed.
            if forms.len() > 1 && !forms.iter().skip(1).any(|form| form.split(' ').nth(marked).is_some_and(|word| word.ends_with("ing"))) {
                forms.extend(with_verb(&verb, marked, participle));
            }
            if forms.len() > 1 && !forms.iter().skip(1).any(|form| form.split(' ').nth(marked).is_some_and(|word| word.ends_with('s'))) {
                forms.extend(with_verb(&verb, marked, with_s));
            }
        }
        None if stems && written.ends_with('_') => {}
        None if stems && verb.len() == 1 => forms = vec![format!("{}*", verb.first()?)],
        None => {
            let regular = verb_forms(verb.get(marked)?);
            forms.extend(regular.into_iter().filter_map(|form| with_verb(&verb, marked, |_| form.clone())));
        }
    }
    forms.dedup();
    let sound = forms.iter().all(|form| !form.is_empty() && form.split(' ').all(|word| is_word(word.strip_suffix('*').unwrap_or(word))));
    sound.then_some(forms)
}

/// A phrase with its verb in another form.
fn with_verb(phrase: &[String], verb: usize, form: impl Fn(&str) -> String) -> Option<String> {
    let mut phrase = phrase.to_vec();
    let place = phrase.get_mut(verb)?;
    *place = form(place);
    Some(phrase.join(" "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::unnecessary_wraps)]
    use super::*;

    fn verbs_of(text: &str) -> Vec<Vec<(String, Option<String>)>> {
        let blocks = verbs(text).blocks;
        blocks.into_iter().map(|block| block.verbs.into_iter().map(|verb| (verb.forms.join(" "), verb.code)).collect()).collect()
    }

    fn some(code: &str) -> Option<String> {
        Some(code.to_owned())
    }

    #[test]
    fn forms_are_made_or_listed() {
        assert_eq!(forms("SHELL", None, false).unwrap(), ["shell", "shells", "shelled", "shelling"]);
        assert_eq!(forms("STRIKE", Some(" STRUCK STRICKEN "), false).unwrap(), ["strike", "struck", "stricken", "striking", "strikes"]);
        assert_eq!(forms("SEAL_OFF", None, false).unwrap(), ["seal off", "seals off", "sealed off", "sealing off"]);
        assert_eq!(forms("RE_+ARM", None, false).unwrap(), ["re arm", "re arms", "re armed", "re arming"]);
        assert_eq!(forms("+SHOCKED_BY", Some(""), false).unwrap(), ["shocked by"]);
        assert_eq!(forms("ACCUS", None, true).unwrap(), ["accus*"]);
        assert_eq!(forms("MET_", None, true).unwrap(), ["met"]);
        assert!(forms("A|B", None, false).is_none() && forms("", None, false).is_none() && forms("__", None, true).is_none());
    }

    #[test]
    fn blocks_with_and_without_heads() {
        let headed = "--- SHELL [190] ---\nSHELL [194]\n\nPOUND {}\n- * TOWN [190]\nRAID\n--- NONE [---] ---\nLOOK\n";
        let shell = "shell shells shelled shelling".to_owned();
        let raid = "raid raids raided raiding".to_owned();
        let look = "look looks looked looking".to_owned();
        assert_eq!(verbs_of(headed), [vec![(shell, some("194")), ("pound".to_owned(), some("190")), (raid, some("190"))], vec![(look, some("---"))]]);
        let bare = "GRANT [070]\nLEND {}\n- * LOAN [071]\nVOW [030]\n\nSWEAR\n";
        let codes: Vec<Vec<Option<String>>> = verbs_of(bare).into_iter().map(|block| block.into_iter().map(|(_, code)| code).collect()).collect();
        assert_eq!(codes, [vec![some("070"), some("070")], vec![some("030")], vec![None]]);
    }

    #[test]
    fn sets_get_plurals_unless_they_say_otherwise() {
        let read = verbs("&TOWN\n+CITY\n+PORT_TOWN\n+VILLAGES_\n\n&WAS_\n+WAS\n&BOTH_\n+&TOWN\n+&VILLAGE\n+A|B\n& \n");
        assert_eq!(read.sets.get("town").unwrap(), &["city", "cities", "port town", "port towns", "villages"]);
        assert_eq!(read.sets.get("was").unwrap(), &["was"]);
        assert_eq!(read.sets.get("both").unwrap().len(), 5);
        assert_eq!(
            read.notices.iter().map(|notice| (notice.line, notice.why)).collect::<Vec<_>>(),
            [(10, Why::Undefined), (11, Why::Form), (12, Why::Form)]
        );
    }
}
