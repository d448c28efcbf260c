//! The tree of an article to a list of lines of text, its white space collapsed as browsers do. Lines of one paragraph
//! come from line breaks; a heading or list item is a paragraph.

use dom_query::{NodeData, NodeRef};

use super::tables::PageTables;

/// A line of text: mostly a whole paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub text: String,
    /// Number of the paragraph that the line belongs to.
    pub paragraph: usize,
    /// Characters of `text` that belong to links.
    pub link_characters: usize,
    pub is_heading: bool,
}

/// The blocks below `root`, without elements of page furniture.
pub(crate) fn blocks(root: &NodeRef<'_>, tables: &PageTables) -> Vec<Block> {
    let most_furniture = root.normalized_char_count() / 2;
    let is_furniture = |node: &NodeRef<'_>| node.is_match(&tables.furniture_elements) && node.normalized_char_count() <= most_furniture;
    let mut writer = Writer::default();
    // A stack instead of recursion: pages nest deeply.
    let mut steps = vec![Step::Open(*root)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Open(node) => {
                if let Some(text) = node.query_or(None, |inner| match &inner.data {
                    NodeData::Text { contents } => Some(contents.to_string()),
                    _ => None,
                }) {
                    writer.text(&text);
                    continue;
                }
                let name = node.node_name().map(|name| name.to_string()).unwrap_or_default();
                if tables.unseen.contains(&name) || (node.id != root.id && is_furniture(&node)) {
                    continue;
                }
                writer.open(&name, tables);
                steps.push(Step::Close(name));
                steps.extend(node.children_it(true).map(Step::Open));
            }
            Step::Close(name) => writer.close(&name, tables),
        }
    }
    writer.end_line();
    writer.blocks
}

enum Step<'a> {
    Open(NodeRef<'a>),
    Close(String),
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    text: String,
    link_characters: usize,
    paragraph: usize,
    /// White space that is written only if text follows on the line.
    gap: Option<char>,
    open_links: usize,
    open_headings: usize,
    open_preformatted: usize,
}

impl Writer {
    fn open(&mut self, name: &str, tables: &PageTables) {
        if tables.blocks.contains(name) {
            self.end_paragraph();
        }
        self.open_headings += usize::from(tables.headings.contains(name));
        self.open_links += usize::from(name == "a");
        self.open_preformatted += usize::from(name == "pre");
        if name == "br" {
            self.break_line();
        }
    }

    fn close(&mut self, name: &str, tables: &PageTables) {
        if tables.blocks.contains(name) {
            self.end_paragraph();
        } else if tables.cells.contains(name) {
            self.gap = Some('\t');
        }
        self.open_headings -= usize::from(tables.headings.contains(name));
        self.open_links -= usize::from(name == "a");
        self.open_preformatted -= usize::from(name == "pre");
    }

    fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                // Places where a word may be broken, and byte order marks: they show nothing and would split words.
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                '\n' if self.open_preformatted > 0 => self.break_line(),
                blank if blank.is_whitespace() => self.gap = self.gap.or(Some(' ')),
                control if control.is_control() => {}
                seen => {
                    self.text.extend(self.gap.take().filter(|_| !self.text.is_empty()));
                    self.text.push(seen);
                    self.link_characters += usize::from(self.open_links > 0);
                }
            }
        }
    }

    fn break_line(&mut self) {
        let any = self.end_line();
        self.paragraph += usize::from(!any); // an empty line parts paragraphs
    }

    fn end_paragraph(&mut self) {
        self.end_line();
        self.paragraph += 1;
    }

    /// Ends a line and tells whether there was anything on it.
    fn end_line(&mut self) -> bool {
        self.gap = None;
        let text = std::mem::take(&mut self.text);
        let link_characters = std::mem::take(&mut self.link_characters);
        let any = !text.is_empty();
        if any {
            self.blocks.push(Block { text, paragraph: self.paragraph, link_characters, is_heading: self.open_headings > 0 });
        }
        any
    }
}

/// `blocks` as one text: lines apart by a line break, paragraphs by an empty line.
pub(crate) fn join(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut before = None;
    for block in blocks {
        text.push_str(match before {
            None => "",
            Some(paragraph) if paragraph == block.paragraph => "\n",
            Some(_) => "\n\n",
        });
        text.push_str(&block.text);
        before = Some(block.paragraph);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use dom_query::Document as Tree;

    use super::*;

    fn text(body: &str) -> String {
        let tree = Tree::from(body);
        join(&blocks(&tree.body().unwrap(), &PageTables::load()))
    }

    #[test]
    fn paragraphs_are_separate_and_white_space_is_collapsed() {
        assert_eq!(
            text("Before <p>One\n two&nbsp; <b>three</b>, fo&shy;ur.</p> <div>A<br> b<br><br>c<ul><li>d</li><li> e</li></ul></div>after"),
            "Before\n\nOne two three, four.\n\nA\nb\n\nc\n\nd\n\ne\n\nafter"
        );
        assert_eq!(text("<table><tr><td>Killed</td> <td>12</td></tr><tr><td>Injured</td><td>30</td></tr></table>"), "Killed\t12\n\nInjured\t30");
        assert_eq!(text("<pre>One\n  two\n\nthree</pre>"), "One\ntwo\n\nthree");
        assert_eq!(text("<p>a<script>b</script><style>c</style><template>d</template>e</p>"), "ae");
    }

    #[test]
    fn elements_of_furniture_are_left_out() {
        let story = "<p>A paragraph of the story, long enough to be the greater part of the page that it stands on.</p>";
        let furniture = "<figure><img><figcaption>Caption</figcaption></figure><div class='newsletter'>Newsletter</div>";
        assert!(text(&format!("{story}{furniture}")).ends_with("it stands on."));
        assert!(
            text(&format!("<div class='newsletter-page'>{story}</div><p>x</p>")).ends_with("\n\nx"),
            "more than half of the text is no furniture"
        );
        assert!(text(&format!("<div class='newsletter-page'>{story}</div><p>x</p>")).starts_with("A paragraph"));
        assert!(text(&format!("{story}<figure><blockquote>quoted</blockquote></figure>")).ends_with("quoted"));
    }

    #[test]
    fn links_and_headings_are_known() {
        let tree = Tree::from("<h2>H <a>x</a></h2><p>Read <a href='#'>this one</a></p>");
        let found = blocks(&tree.body().unwrap(), &PageTables::load());
        assert_eq!((found[0].is_heading, found[0].link_characters), (true, 1));
        assert_eq!((found[1].is_heading, found[1].link_characters), (false, 7));
    }
}
