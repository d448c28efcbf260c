//! `robots.txt` by RFC 9309: which paths of a site a robot may fetch, and how long it should wait between two.

use std::time::Duration;

/// So much of a file is read; RFC 9309, section 2.5, asks for at least this.
pub(crate) const MOST_BYTES: usize = 500 * 1024;
/// More rules of one file are not looked at.
const MOST_RULES: usize = 10_000;
/// A longer pattern is not looked at; no site has such.
const MOST_PATTERN_BYTES: usize = 2_048;
/// A longer wait between two requests than this is taken for a mistake. In seconds.
const LONGEST_DELAY: f64 = 3_600.0;

/// What a `robots.txt` tells one robot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// What it asks for between two requests (`Crawl-delay`, which the standard does not know but sites use).
    pub delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    pattern: Vec<u8>,
}

impl Robots {
    /// Nothing is allowed: for sites whose `robots.txt` cannot be had, by section 2.3.1.4 of the standard.
    #[must_use]
    pub fn nothing_allowed() -> Self {
        Self { rules: vec![Rule { allow: false, pattern: b"/".to_vec() }], delay: None }
    }

    /// Reads the groups of `text` that are for the robot called `name` (its product token, without version), or else those
    /// that are for all. What is not understood is passed over, as the standard asks.
    #[must_use]
    pub fn parse(text: &[u8], name: &str) -> Self {
        let text = text.get(..MOST_BYTES).unwrap_or(text);
        let text = String::from_utf8_lossy(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text));
        let (mut own, mut all): (Option<Self>, Self) = (None, Self::default());
        // Lines of user agents one behind the other begin a group.
        let (mut for_own, mut for_all, mut naming) = (false, false, false);
        for line in text.split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !naming {
                    (for_own, for_all) = (false, false);
                }
                naming = true;
                for_all |= value == "*";
                if product(value).eq_ignore_ascii_case(name) {
                    for_own = true;
                    own.get_or_insert_default();
                }
                continue;
            }
            // Lines of other kinds, such as `Sitemap`, stand outside of groups and do not end one.
            if matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                naming = false;
                if let Some(own) = own.as_mut().filter(|_| for_own) {
                    own.add(&key, value);
                }
                if for_all {
                    all.add(&key, value);
                }
            }
        }
        own.unwrap_or(all)
    }

    fn add(&mut self, key: &str, value: &str) {
        if key == "crawl-delay" {
            let seconds = value.parse::<f64>().ok().filter(|seconds| (0.0..=LONGEST_DELAY).contains(seconds));
            self.delay = seconds.map(Duration::from_secs_f64).or(self.delay);
        } else if !value.is_empty() && value.len() <= MOST_PATTERN_BYTES && self.rules.len() < MOST_RULES {
            self.rules.push(Rule { allow: key == "allow", pattern: normal(value.as_bytes()) });
        }
    }

    /// Whether `path` (with its query, beginning with `/`) may be fetched: the longest rule that matches decides, of equals
    /// the one that allows. `/robots.txt` itself may always be.
    #[must_use]
    pub fn allows(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let path = normal(path.as_bytes());
        let matching = self.rules.iter().filter(|rule| matches(&rule.pattern, &path));
        matching.max_by_key(|rule| (rule.pattern.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }
}

/// The product token at the start of a user agent.
pub(crate) fn product(agent: &str) -> &str {
    agent.split(|c: char| !(c.is_ascii_alphabetic() || c == '_' || c == '-')).next().unwrap_or_default()
}

/// A path in the form that paths are compared in: letters beyond ASCII as `%XX`, `%XX` of unreserved characters as these,
/// other `%xx` in capitals.
fn normal(path: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let coded =
            if byte == b'%' { after.get(..2).and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()) } else { None };
        match coded {
            Some(plain) => {
                rest = after.get(2..).unwrap_or_default();
                if plain.is_ascii_alphanumeric() || b"-._~".contains(&plain) {
                    out.push(plain);
                } else {
                    out.extend(format!("%{plain:02X}").bytes());
                }
            }
            None if byte.is_ascii() => out.push(byte),
            None => out.extend(format!("%{byte:02X}").bytes()),
        }
    }
    out
}

/// Whether `pattern`, in which `*` is anything and `$` at the end is the end, matches the start of `path`. Each part
/// between stars is taken at its first place, so time grows with the product of the lengths at worst.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split(|byte| *byte == b'*').peekable();
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    if parts.peek().is_none() {
        return !to_the_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() && to_the_end {
            return rest.ends_with(part);
        }
        let Some(at) = memchr::memmem::find(rest, part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn allows(text: &str, path: &str) -> bool {
        Robots::parse(text.as_bytes(), "Hearsay").allows(path)
    }

    #[test]
    fn the_own_group_goes_before_the_one_for_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-Agent: Other\nUser-agent: hearsay/2.0 # the robot\nDisallow: /private\nCrawl-delay: 2.5\n";
        assert!(allows(text, "/news") && !allows(text, "/private/x"));
        assert_eq!(Robots::parse(text.as_bytes(), "Hearsay").delay, Some(Duration::from_millis(2500)));
        assert!(!Robots::parse(text.as_bytes(), "Nobody").allows("/news"));
        let empty = "User-agent: *\nDisallow: /\nUser-agent: Hearsay\nDisallow:\n";
        assert!(allows(empty, "/news"), "a group of one's own without rules allows everything");
    }

    #[test]
    fn groups_of_one_robot_are_joined() {
        let text = "user-agent: Hearsay\ndisallow: /a\n\nsitemap: /s.xml\nuser-agent: x\ndisallow: /c\nuser-agent: HEARSAY\ndisallow: /b";
        assert!(!allows(text, "/a") && !allows(text, "/b") && allows(text, "/c"));
    }

    #[test]
    fn the_longest_rule_decides() {
        // Section 5.2 of the standard, and its table of paths.
        let text = "User-Agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\nAllow: /p\nDisallow: /p";
        assert!(allows(text, "/example/page/") && !allows(text, "/example/page/disallowed.gif"));
        assert!(allows(text, "/page"), "of equals the one that allows");
        assert!(allows("User-agent: *\nDisallow: /", "/robots.txt"));
    }

    #[test]
    fn stars_and_ends() {
        for (pattern, path, expected) in [
            ("/a*b", "/axxb/more", true),
            ("/a*b$", "/axxb/more", false),
            ("/a*b$", "/axbxb", true),
            ("/*.pdf$", "/x/y.pdf", true),
            ("/*.pdf$", "/x/y.pdf?z", false),
            ("/a$", "/a", true),
            ("/a$", "/ab", false),
            ("/**x", "/yx", true),
            ("*", "/anything", true),
            ("/foo/bar/%62%61%7A", "/foo/bar/baz", true),
            ("/foo/bar/%e3%83%84", "/foo/bar/ツ", true),
            ("/a%2fb", "/a/b", false),
        ] {
            assert_eq!(!allows(&format!("user-agent: *\ndisallow: {pattern}"), path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn oddities_are_borne() {
        assert!(allows("", "/x") && allows("Disallow: /", "/x") && allows("<html>404</html>", "/x"));
        assert!(!allows("\u{feff}User-agent:*\r\nDisallow:/x\rCrawl-delay: never", "/x"));
        assert!(!Robots::nothing_allowed().allows("/x") && Robots::default().allows("/x"));
        assert_eq!(product("Hearsay/0.1 (+https://x.example)"), "Hearsay");
    }

    proptest! {
        #[test]
        fn any_text(text in prop::collection::vec(any::<u8>(), 0..300), path in "/\\PC{0,40}") {
            let _ = Robots::parse(&text, "Hearsay").allows(&path);
        }

        #[test]
        fn a_path_matches_itself(path in "/[a-z/]{0,20}", rest in "[a-z]{0,5}") {
            let whole = format!("{path}{rest}");
            prop_assert!(matches(path.as_bytes(), whole.as_bytes()));
        }
    }
}
