//! Numbers: which signs between digits belong to a number, and which units stand off from it.

use super::tokens::{Run, is_apostrophe, is_digit, is_word};

impl Run<'_> {
    /// Takes the number at `start`, without its unit; returns the end.
    pub(super) fn number(&mut self, start: usize) -> usize {
        let end = self.number_end(start);
        if self.is_decade(start, end) {
            self.emit(start, end + 2);
            return end + 2;
        }
        let end = if is_word(self.at(end)) && !self.is_unit(start, end) { self.core(end) } else { end };
        self.emit(start, end);
        self.enclitics(end)
    }

    /// End of the digits at `start` and of the further digits tied to them.
    fn number_end(&self, start: usize) -> usize {
        let mut end = self.run(start, is_digit);
        let mut in_date = false;
        let mut in_code = false;
        while is_digit(self.at(end + 1)) {
            let group = self.run(end + 1, is_digit);
            let len = group - end - 1;
            let sign = self.at(end);
            let goes_on = self.at(group) == sign && is_digit(self.at(group + 1));
            let joins = match sign {
                '.' | ':' => true,
                ',' => len == 3 || (len == 2 && goes_on),
                '/' => in_date || goes_on || self.is_day_and_month(start, end, group),
                // A telephone number or a like code; a single hyphen is a range.
                '-' => in_code || goes_on || matches!((end - start, len), (3 | 5, 4)),
                _ => false,
            };
            if !joins {
                break;
            }
            in_date |= sign == '/';
            in_code |= sign == '-';
            end = group;
        }
        end
    }

    /// Whether the slash stands between a day and a month ("9/11") and not in a fraction or a pair.
    fn is_day_and_month(&self, start: usize, slash: usize, end: usize) -> bool {
        let value = |from, to| self.slice(from, to).parse::<u32>().unwrap_or(u32::MAX);
        let looks_like_fraction = slash - start == 1 && end - slash - 1 == 1;
        !looks_like_fraction && end - slash <= 3 && value(start, slash) <= 12 && value(slash + 1, end) <= 31
    }

    /// Whether "'s" after the number makes a decade of it ("80's").
    fn is_decade(&self, start: usize, end: usize) -> bool {
        let round = self.before(end) == '0' && (end - start == 2 || (end - start == 4 && self.at(start) == '1'));
        round && is_apostrophe(self.at(end)) && self.at(end + 1) == 's' && !is_word(self.at(end + 2))
    }

    /// Whether the letters at `end` are a unit of the number before them.
    fn is_unit(&self, start: usize, end: usize) -> bool {
        let letters = self.run_within(end, 8, is_word);
        if self.at(end + 1) == '.' && self.at(end + 2).is_alphabetic() {
            return true; // "7p.m."
        }
        let of_money = matches!(self.before(start), '$' | '€' | '£' | '¥');
        let single_capital = letters == end + 1 && self.at(end).is_uppercase();
        self.lists.units.contains(self.slice(end, letters)) && (of_money || !single_capital)
    }
}
