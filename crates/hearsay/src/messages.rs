//! What is said on standard error: errors, warnings, notes, and a line of progress while work takes long.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::reading::visible;

/// Work that takes no longer shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// How the line of progress looks.
const PROGRESS: &str = "{spinner} {pos} read, {per_sec}";

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Something was not read.
    Error,
    /// Something was read, but should be looked at.
    Warning,
    /// Something worth knowing about what was read.
    Note,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    fn style(self) -> Style {
        let colour = match self {
            Self::Error => AnsiColor::Red,
            Self::Warning => AnsiColor::Yellow,
            Self::Note => AnsiColor::Cyan,
        };
        colour.on_default().bold()
    }
}

/// The one place that writes to standard error.
pub struct Messages {
    quiet: bool,
    colour: bool,
    started: Instant,
    /// The advice given so far; once is enough.
    advised: RefCell<BTreeSet<&'static str>>,
    progress: ProgressBar,
}

impl Messages {
    /// Messages in `colour` or not; errors alone if `quiet`. Progress is for terminals only.
    pub fn new(quiet: bool, colour: bool) -> Self {
        let progress = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(PROGRESS) {
            progress.set_style(style);
        }
        Self { quiet, colour, started: Instant::now(), advised: RefCell::default(), progress }
    }

    /// One message, and what can be done about it, unless that was said before.
    pub fn say(&self, level: Level, message: &dyn Display, help: Option<&'static str>) {
        if self.quiet && level != Level::Error {
            return;
        }
        let style = if self.colour { level.style() } else { Style::new() };
        let mut lines = format!("{style}{}:{style:#} {}\n", level.word(), visible(&message.to_string()));
        if let Some(help) = help.filter(|help| self.advised.borrow_mut().insert(*help)) {
            lines.push_str("  help: ");
            lines.push_str(help);
            lines.push('\n');
        }
        self.write(&lines);
    }

    /// The closing line of a run.
    pub fn sum_up(&self, line: &str) {
        if !self.quiet {
            self.write(&format!("{line}\n"));
        }
    }

    /// Counts one more document; shows the line of progress once the work has taken a while.
    pub fn advance(&self) {
        self.progress.inc(1);
        if self.progress.is_hidden() && !self.quiet && self.started.elapsed() > PATIENCE && io::stderr().is_terminal() {
            self.progress.set_draw_target(ProgressDrawTarget::stderr());
            self.progress.enable_steady_tick(PATIENCE / 5);
        }
    }

    /// Takes the line of progress away while `print` writes to the same terminal.
    pub fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.progress.suspend(print)
    }

    /// Takes the line of progress away for good.
    pub fn end_progress(&self) {
        self.progress.finish_and_clear();
    }

    fn write(&self, lines: &str) {
        // Where standard error is closed there is nobody left to tell.
        let _ = self.aside(|| io::stderr().lock().write_all(lines.as_bytes()));
    }
}
