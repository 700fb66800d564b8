//! The measured cost of one shape at its sizes, and the bars that it must not exceed.

use super::measure::{Measured, Outcome};

/// The limits for the cost of a document.
pub(super) struct Bars {
    /// CPU seconds per MB of input. An input below 1 MB may take as much as one of 1 MB.
    pub(super) seconds: f64,
    /// KiB of memory per byte of input.
    pub(super) kib: f64,
    /// The exponent of the input's size by which CPU time may grow.
    pub(super) growth: f64,
    /// The CPU seconds below which growth is noise. A time below a quarter of this value counts as
    /// a quarter.
    pub(super) noise: f64,
}

/// The KiB of memory that every document may use, however small.
const SMALLEST_KIB: f64 = 65_536.0;

/// The bars for an optimised build: 2 CPU seconds and 300 MB per MB.
pub(super) const FULL: Bars = Bars { seconds: 2.0, kib: 300.0 / 1024.0, growth: 1.2, noise: 0.25 };

/// The bars for small documents and an unoptimised build. They find quadratic work, even on a busy
/// machine.
pub(super) const SMALL: Bars = Bars { seconds: 10.0, kib: 2000.0 / 1024.0, growth: 1.6, noise: 0.5 };

/// One row of the table.
pub(super) struct Row {
    pub(super) name: String,
    /// One measurement for each size, the smallest first.
    pub(super) measured: Vec<Measured>,
}

impl Row {
    /// Returns the worst figure of the row, as a share of its bar.
    pub(super) fn badness(&self, bars: &Bars) -> f64 {
        self.shares(bars).into_iter().map(|(_, share)| share).fold(0.0, f64::max)
    }

    /// Returns the names of the exceeded bars, or `ok`.
    pub(super) fn verdict(&self, bars: &Bars) -> String {
        let exceeded: Vec<&str> =
            self.shares(bars).into_iter().filter(|(_, share)| *share > 1.0).map(|(name, _)| name).collect();
        if exceeded.is_empty() { "ok".to_owned() } else { exceeded.join(", ") }
    }

    fn shares(&self, bars: &Bars) -> [(&'static str, f64); 4] {
        let most = |share: &dyn Fn(&Measured) -> f64| self.measured.iter().map(share).fold(0.0, f64::max);
        let died = most(&|one| if matches!(one.outcome, Outcome::Died(_)) { 100.0 } else { 0.0 });
        let seconds = most(&|one| one.cpu_seconds / bars.seconds / (one.bytes as f64 / 1e6).max(1.0));
        let memory = most(&|one| one.peak_kib as f64 / (one.bytes as f64 * bars.kib).max(SMALLEST_KIB));
        let growth = self.growth(bars.noise).map_or(0.0, |growth| growth / bars.growth);
        [("died", died), ("CPU", seconds), ("memory", memory), ("growth", growth)]
    }

    /// Returns the exponent of the input's size by which CPU time grows. Returns `None` if the time
    /// is too short to be meaningful.
    pub(super) fn growth(&self, noise: f64) -> Option<f64> {
        let (first, last) = (self.measured.first()?, self.measured.last()?);
        let is_longer = last.bytes > first.bytes && last.cpu_seconds > noise;
        is_longer.then(|| {
            let time = last.cpu_seconds / first.cpu_seconds.max(noise / 4.0);
            time.ln() / (last.bytes as f64 / first.bytes as f64).ln()
        })
    }

    /// Returns true if the process died, so that measuring again cannot help.
    pub(super) fn is_hopeless(&self) -> bool {
        self.measured.iter().any(|one| matches!(one.outcome, Outcome::Died(_)))
    }

    /// Keeps the lower time and memory of two measurements.
    pub(super) fn improve(&mut self, other: Vec<Measured>) {
        for (one, other) in self.measured.iter_mut().zip(other) {
            one.cpu_seconds = one.cpu_seconds.min(other.cpu_seconds);
            one.peak_kib = one.peak_kib.min(other.peak_kib);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FULL, Measured, Outcome, Row};

    fn row(figures: [(u64, f64, u64); 2]) -> Row {
        let measured = figures.map(|(bytes, cpu_seconds, peak_kib)| Measured {
            bytes,
            cpu_seconds,
            peak_kib,
            outcome: Outcome::Generated(0),
        });
        Row { name: String::new(), measured: measured.to_vec() }
    }

    #[test]
    fn each_bar_has_its_verdict() {
        for (figures, verdict) in [
            ([(250_000, 0.5, 1), (1_000_000, 2.0, 290_000)], "ok"),
            ([(250_000, 0.6, 1), (1_000_000, 2.1, 1)], "CPU"),
            ([(1_000_000, 2.0, 1), (4_000_000, 8.0, 1)], "ok"),
            ([(250_000, 0.1, 1), (1_000_000, 1.0, 1)], "growth"),
            ([(250_000, 0.001, 1), (1_000_000, 0.2, 1)], "ok"),
            ([(250_000, 0.001, 1), (1_000_000, 0.3, 1)], "ok"),
            ([(1_000, 0.0, 60_000), (2_000, 0.0, 70_000)], "memory"),
        ] {
            assert_eq!(row(figures).verdict(&FULL), verdict, "{figures:?}");
        }
    }

    #[test]
    fn a_process_that_dies_fails_its_row() {
        let mut row = row([(1, 0.0, 0), (2, 0.0, 0)]);
        row.measured[1].outcome = Outcome::Died("signal: 6".to_owned());
        assert_eq!(row.verdict(&FULL), "died");
        assert!(row.is_hopeless());
    }
}
