//! The figures of a target's runs.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// What one or more runs of a target did.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) executions: u64,
    /// The edges of the program that the inputs reached.
    pub(super) reached: u64,
    /// All edges of the program.
    pub(super) edges: u64,
    pub(super) cpu: Duration,
    /// The files of the inputs that failed.
    pub(super) findings: Vec<PathBuf>,
}

impl Run {
    /// Adds a later run. Its inputs are those of the earlier run and more.
    pub(super) fn add(&mut self, later: Self) {
        self.executions += later.executions;
        self.cpu += later.cpu;
        self.reached = self.reached.max(later.reached);
        self.edges = self.edges.max(later.edges);
        self.findings.extend(later.findings);
    }
}

impl fmt::Display for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { executions, reached, edges, cpu, findings } = self;
        let (seconds, found) = (cpu.as_secs(), findings.len());
        write!(
            formatter,
            "{executions} executions in {seconds} CPU s, {reached} of {edges} edges, {found} findings"
        )?;
        findings.iter().try_for_each(|file| write!(formatter, "\n  {}", file.display()))
    }
}

/// Returns the number after the last `label` in libFuzzer's output, 0 if there is none.
pub(super) fn figure(log: &str, label: &str) -> u64 {
    let after = log.rsplit_once(label).map(|(_, after)| after.trim_start()).unwrap_or_default();
    let end = after.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(after.len());
    after.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn figures_are_read_from_the_output_of_libfuzzer() {
        let log = "INFO: Loaded 1 modules   (70412 inline 8-bit counters): 70412 [0x1, 0x2), \n\
            #2\tINITED cov: 812 ft: 813 corp: 1/1b exec/s: 0 rss: 34Mb\n\
            #64\tNEW    cov: 950 ft: 990 corp: 2/9b lim: 4 exec/s: 0 rss: 34Mb L: 3/6 MS: 1 ChangeByte-\n\
            stat::number_of_executed_units: 1234\n";
        assert_eq!(figure(log, "INFO: Loaded 1 modules   ("), 70412);
        assert_eq!(figure(log, " cov:"), 950);
        assert_eq!(figure(log, "stat::number_of_executed_units:"), 1234);
        assert_eq!(figure(log, "stat::peak_rss_mb:"), 0);
    }
}
