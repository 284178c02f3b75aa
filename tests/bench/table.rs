//! What is printed: tables of text, figures with their spread, goals with met or missed.

use std::fmt::{self, Display, Formatter};
use std::io::Write;

/// A figure measured several times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spread {
    /// The one in the middle.
    pub(crate) median: f64,
    least: f64,
    /// The worst, where less is better.
    pub(crate) most: f64,
}

impl Spread {
    /// Of these; zeros if there are none.
    pub(crate) fn of(values: impl Iterator<Item = f64>) -> Self {
        let sorted = sorted(values);
        let at = |index: usize| sorted.get(index).copied().unwrap_or(0.0);
        Self {
            median: at(sorted.len() / 2),
            least: at(0),
            most: at(sorted.len().saturating_sub(1)),
        }
    }

    /// With so many decimals.
    pub(crate) fn decimals(self, decimals: usize) -> String {
        format!(
            "{:.decimals$} ({:.decimals$}-{:.decimals$})",
            self.median, self.least, self.most
        )
    }

    /// As whole numbers.
    pub(crate) fn thousands(self) -> String {
        let [median, least, most] =
            [self.median, self.least, self.most].map(|value| thousands(value as u64));
        format!("{median} ({least}-{most})")
    }
}

/// Half, nearly all and the worst of many.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quantiles {
    /// Half are at most this.
    pub(crate) p50: f64,
    /// All but one in a hundred are at most this.
    pub(crate) p99: f64,
    /// The worst.
    pub(crate) max: f64,
}

impl Quantiles {
    /// Of these; zeros if there are none.
    pub(crate) fn of(values: impl Iterator<Item = f64>) -> Self {
        let sorted = sorted(values);
        let at = |share: f64| {
            let rank = (sorted.len() as f64 * share).ceil() as usize;
            sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
        };
        Self {
            p50: at(0.5),
            p99: at(0.99),
            max: at(1.0),
        }
    }
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<_> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// `1,234,567`.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Rows under headings.
#[derive(Debug)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// With these headings.
    pub(crate) fn new<const N: usize>(headings: [&str; N]) -> Self {
        Self {
            rows: vec![headings.map(str::to_owned).to_vec()],
        }
    }

    /// One more row.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.to_vec());
    }

    /// A row that has only words.
    pub(crate) fn note(&mut self, name: &str, words: &str) {
        self.rows.push(vec![name.to_owned(), words.to_owned()]);
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let columns = self.rows.first().map_or(0, Vec::len);
        let whole = |row: &&Vec<String>| row.len() == columns;
        let width = |at: usize| {
            self.rows
                .iter()
                .filter(whole)
                .map(|row| row[at].chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<_> = (0..columns).map(width).collect();
        for (number, row) in self.rows.iter().enumerate() {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:width$}"));
            writeln!(f, "| {} |", cells.collect::<Vec<_>>().join(" | "))?;
            if number == 0 {
                let rule: Vec<_> = widths.iter().map(|width| "-".repeat(*width)).collect();
                writeln!(f, "| {} |", rule.join(" | "))?;
            }
        }
        Ok(())
    }
}

/// Goals and what came of them.
#[derive(Debug)]
pub(crate) struct Verdicts {
    table: Table,
}

impl Default for Verdicts {
    fn default() -> Self {
        Self {
            table: Table::new(["measure", "goal", "measured", ""]),
        }
    }
}

impl Verdicts {
    /// More is better.
    pub(crate) fn at_least(&mut self, measure: &str, goal: f64, measured: f64) {
        self.add(
            measure,
            format!("≥ {}", figure(goal)),
            measured,
            measured >= goal,
        );
    }

    /// Less is better.
    pub(crate) fn at_most(&mut self, measure: &str, goal: f64, measured: f64) {
        self.add(
            measure,
            format!("≤ {}", figure(goal)),
            measured,
            measured <= goal,
        );
    }

    /// What must be known to read the row above.
    pub(crate) fn told(&mut self, words: &str, measured: f64) {
        self.table.row([
            format!("  ({words})"),
            String::new(),
            figure(measured),
            String::new(),
        ]);
    }

    /// A goal that was not looked at, and why.
    pub(crate) fn unmeasured(&mut self, measure: &str, goal: &str, why: &str) {
        self.table.row([
            measure.to_owned(),
            goal.to_owned(),
            "not measured".to_owned(),
            why.to_owned(),
        ]);
    }

    fn add(&mut self, measure: &str, goal: String, measured: f64, met: bool) {
        let verdict = if met { "met" } else { "MISSED" };
        self.table.row([
            measure.to_owned(),
            goal,
            figure(measured),
            verdict.to_owned(),
        ]);
    }
}

impl Display for Verdicts {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.table.fmt(f)
    }
}

fn figure(value: f64) -> String {
    if value >= 1_000.0 || value.fract() == 0.0 {
        thousands(value as u64)
    } else {
        format!("{value:.2}")
    }
}

/// Prints.
pub(crate) fn say(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}
