//! `cargo xtask fuzz`: runs the generator and the runtime on mutated inputs, and finds those that
//! panic, die or take too long.
//!
//! Input: the targets of the crate `fuzz`, and a folder with more documents. Output: a line for each
//! target with its executions, coverage and findings, and each finding as a file in fuzz/found,
//! which a test replays from then on.
//!
//! Each target runs in a separate process, because a stack overflow or an endless loop ends the
//! process. The inputs that reach new code stay in target/fuzz, and the next run begins with them.

mod engine;
mod run;

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use wirewright::console;

use crate::cli::Fuzz;
use crate::workspace::Workspace;
use engine::{Engine, Target};
use run::Run;

/// A target does not run again for less than this CPU time.
const SHORT: Duration = Duration::from_secs(5);

/// Runs the command. Returns false if there is a finding.
pub(crate) fn run(arguments: &Fuzz) -> Result<bool> {
    let engine = Engine::build(&Workspace::find(), arguments.folder.as_deref())?;
    let mut targets: VecDeque<Target> = engine.targets()?.into();
    targets.retain(|target| arguments.only.is_empty() || arguments.only.contains(&target.name));
    let whole = Duration::from_secs(60 * arguments.minutes);
    let each = whole / u32::try_from(targets.len().max(1)).unwrap_or(1);
    let queue = Mutex::new(targets);
    let sum = Mutex::new(Run::default());
    std::thread::scope(|scope| {
        let work = || -> Result<()> {
            loop {
                let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                let Some(target) = next else { return Ok(()) };
                let run = all(&engine, &target, each, arguments.findings)?;
                console::result(&format!("{}: {run}\n", target.name));
                sum.lock().unwrap_or_else(PoisonError::into_inner).add(run);
            }
        };
        let workers: Vec<_> = (0..arguments.jobs.max(1)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })?;
    let sum = sum.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (executions, cpu) = (sum.executions, sum.cpu.as_secs());
    console::result(&format!(
        "all: {executions} executions in {cpu} CPU s, {} findings\n",
        sum.findings.len()
    ));
    Ok(sum.findings.is_empty())
}

/// Runs a target again until its CPU time is used or it has as many findings as are wanted.
fn all(engine: &Engine, target: &Target, each: Duration, findings: usize) -> Result<Run> {
    let mut run = engine.attempt(target, each)?;
    while run.findings.len() < findings && each.saturating_sub(run.cpu) > SHORT {
        let before = run.cpu;
        run.add(engine.attempt(target, each - run.cpu)?);
        if run.cpu == before {
            break;
        }
    }
    Ok(run)
}
