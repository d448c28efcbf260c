//! Line breaks for JSON that people look at: fields and records on lines of their own, what is inside a record on one.

use std::io::{Result, Write};

use serde_json::ser::Formatter;

/// Containers at this depth and above have their items on lines of their own: the ledger, its document, its lists.
const BROKEN_DEPTH: usize = 2;

/// See the module.
#[derive(Default)]
pub(super) struct RecordPerLine {
    depth: usize,
    has_items: bool,
}

impl RecordPerLine {
    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth += 1;
        self.has_items = false;
        writer.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> Result<()> {
        let broken = self.depth <= BROKEN_DEPTH && self.has_items;
        self.depth -= 1;
        self.has_items = true;
        if broken {
            self.new_line(writer)?;
        }
        writer.write_all(bracket)
    }

    fn before_item<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.has_items = true;
        let broken = self.depth <= BROKEN_DEPTH;
        if !first {
            writer.write_all(if broken { b"," } else { b", " })?;
        }
        if broken { self.new_line(writer) } else { Ok(()) }
    }

    fn new_line<W: ?Sized + Write>(&self, writer: &mut W) -> Result<()> {
        writer.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl Formatter for RecordPerLine {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.before_item(writer, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.before_item(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        writer.write_all(b": ")
    }
}
