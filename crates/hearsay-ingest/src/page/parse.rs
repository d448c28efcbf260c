//! HTML to a tree, within bounds. The parser itself never fails, but some shapes cost time or memory out of all
//! proportion: elements nested without end (later stages go down by recursion), formatting elements that are copied
//! into every paragraph after them, tags with a great many attributes (each is compared with all before it).

use std::cell::Cell;
use std::collections::BTreeSet;

use dom_query::{Document as Tree, NodeId, NodeRef};
use html5ever::ParseOpts;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{Tracer, TreeBuilderOpts};

use super::attributes::most_attributes;
use super::tables::PageTables;
use crate::problem::ProblemKind;
use crate::reader::Limits;

/// How much is parsed between two looks at the bounds. Little enough that a piece cannot do much harm: some 300 tags,
/// each of which can copy as many formatting elements as the bound on depth leaves open.
const PIECE_BYTES: usize = 1024;
/// An element with more attributes keeps only those of `data/page.toml`.
const ATTRIBUTES_KEPT: usize = 24;
/// Titles and metadata beyond this length are dropped: the article reader compares the title with every heading.
const MOST_METADATA_BYTES: usize = 2_000;

/// `html` as a tree, or the bound that it breaks.
pub(crate) fn parse(html: &str, limits: &Limits, tables: &PageTables) -> Result<Tree, ProblemKind> {
    let too_complex = |reason: String| Err(ProblemKind::PageTooComplex { reason });
    if most_attributes(html.as_bytes()) > limits.element_attributes {
        return too_complex(format!("it has an element with more than {} attributes", limits.element_attributes));
    }
    let options = ParseOpts {
        // Without scripts the content of `noscript` counts, as for a reader without scripts.
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let mut parser = html5ever::parse_document(Tree::default(), options);
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = split_at_character(rest, PIECE_BYTES);
        rest = after;
        parser.process(StrTendril::from(piece));
        let builder = &parser.tokenizer.sink;
        builder.sink.errors.borrow_mut().clear(); // nobody reads them, and a bad page has millions
        if builder.sink.tree.len() > limits.page_nodes {
            return too_complex(format!("it has more than {} elements and texts", limits.page_nodes));
        }
        let open = Counter::default();
        builder.trace_handles(&open);
        if open.0.get() > limits.page_depth {
            return too_complex(format!("its elements are nested more than {} deep", limits.page_depth));
        }
    }
    let tree = parser.finish();
    trim(&tree, tables);
    undo_layout_tables(&tree);
    Ok(tree)
}

/// Counts the elements that the tree builder holds: the open ones and the formatting to be opened again.
#[derive(Default)]
struct Counter(Cell<usize>);

impl Tracer for Counter {
    type Handle = NodeId;

    fn trace_handle(&self, _: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}

fn split_at_character(text: &str, at_most: usize) -> (&str, &str) {
    let cut = (0..=at_most.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    // Four bytes make any character, so a piece is never empty; 0 is a boundary, so there is always a cut.
    text.split_at(cut.unwrap_or(text.len()))
}

/// Drops what no later stage can use and an odd page can have too much of.
fn trim(tree: &Tree, tables: &PageTables) {
    let kept: Vec<&str> = tables.attributes.iter().map(String::as_str).collect();
    for node in tree.root().descendants_it().collect::<Vec<NodeRef<'_>>>() {
        let Some(count) = node.element_ref().map(|element| element.attrs.len()) else { continue };
        if count > ATTRIBUTES_KEPT {
            node.retain_attrs(&kept);
        }
    }
    for meta in tree.select("meta[content]").nodes() {
        if meta.attr("content").is_some_and(|content| content.len() > MOST_METADATA_BYTES) {
            meta.remove_from_parent();
        }
    }
    for title in tree.select("title").nodes() {
        if title.text().len() > MOST_METADATA_BYTES {
            title.remove_from_parent();
        }
    }
}

/// Makes plain divisions of tables that lay out a page, as pages had before about 2005: those with more than a line of
/// text in a cell. Otherwise the columns of such a page are taken for one text.
fn undo_layout_tables(tree: &Tree) {
    let inside = tree.select("td p, td div, td h1, td h2, td h3, td ul, td br, td table");
    let tables: BTreeSet<NodeId> =
        inside.nodes().iter().filter_map(|node| node.ancestors_it(None).find(|above| above.has_name("table"))).map(|table| table.id).collect();
    for id in tables {
        let mut parts = vec![NodeRef::new(id, &tree.tree)];
        while let Some(part) = parts.pop() {
            let rows = |child: &NodeRef<'_>| ["tbody", "thead", "tfoot", "tr", "td", "th"].iter().any(|name| child.has_name(name));
            parts.extend(part.element_children().into_iter().filter(rows));
            part.rename("div");
        }
    }
}
