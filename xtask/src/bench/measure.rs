//! Measures a command with GNU time: CPU seconds and peak memory.

use anyhow::{Context, Result, bail};
use std::process::Command;
use std::time::Instant;

/// The cost of one command.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    /// CPU seconds in the program.
    pub(super) user: f64,
    /// CPU seconds in the system.
    pub(super) system: f64,
    /// Wall seconds.
    pub(super) wall: f64,
    /// Peak memory of one process, in MiB.
    pub(super) memory: f64,
}

/// Runs a command under GNU time and discards its output.
pub(super) fn measure(command: &Command) -> Result<Cost> {
    let mut timed = Command::new("/usr/bin/time");
    timed.args(["-f", "\n%U %S %M"]).arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        timed.current_dir(folder);
    }
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => timed.env(key, value),
            None => timed.env_remove(key),
        };
    }
    let start = Instant::now();
    let output = timed.output().context("cannot run GNU time as /usr/bin/time")?;
    let wall = start.elapsed().as_secs_f64();
    let stderr = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("{:?} ended with {}: {stderr}", command.get_program(), output.status);
    }
    let last = stderr.lines().next_back().unwrap_or_default();
    let figures: Vec<f64> = last.split(' ').filter_map(|figure| figure.parse().ok()).collect();
    match figures.as_slice() {
        [user, system, kib] => Ok(Cost { user: *user, system: *system, wall, memory: kib / 1024.0 }),
        _ => bail!("unexpected output of GNU time: {last:?}"),
    }
}

/// Returns the median of each figure.
pub(super) fn median(costs: &[Cost]) -> Cost {
    let of = |figure: fn(&Cost) -> f64| {
        let mut figures: Vec<f64> = costs.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied().unwrap_or_default()
    };
    Cost {
        user: of(|cost| cost.user),
        system: of(|cost| cost.system),
        wall: of(|cost| cost.wall),
        memory: of(|cost| cost.memory),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_of_each_figure_by_itself() {
        let cost = |user, memory| Cost { user, memory, ..Cost::default() };
        let median = median(&[cost(3.0, 10.0), cost(1.0, 30.0), cost(2.0, 20.0)]);
        assert_eq!((median.user, median.memory), (2.0, 20.0));
    }
}
