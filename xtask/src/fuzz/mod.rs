//! `cargo xtask fuzz`: runs the generator and the runtime on mutated inputs, and finds those that
//! panic, die or take too long.
//!
//! Input: the documents of the generator's cases, those of a folder, and the seeds of the runtime's
//! targets. Output: a line for each target with its executions and findings, and each finding as a
//! file in xtask/fuzz or runtime/fuzz/found, which a test replays from then on.
//!
//! Each target runs in a separate process, because a stack overflow or an endless loop ends the
//! process.

mod mutate;
mod program;
mod target;

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use wirewright::console;

use crate::cli::{Fuzz, FuzzTarget};
use crate::workspace::Workspace;
use mutate::Mutator;
use program::Program;
use target::TARGETS;

/// The longest seed, in bytes. Small inputs are fast.
const LONGEST_SEED: u64 = 20_000;

/// Runs the command. Returns false if there is a finding.
pub(crate) fn run(arguments: &Fuzz) -> Result<bool> {
    let workspace = Workspace::find();
    let programs = [Program::generator(&workspace, arguments.folder.clone())?, Program::runtime(&workspace)?];
    let targets = programs.iter().flat_map(|program| program.targets.iter().map(move |name| (program, name)));
    let targets: Vec<(&Program, &String)> =
        targets.filter(|(_, name)| arguments.only.as_ref().is_none_or(|only| only == *name)).collect();
    let whole = Duration::from_secs(60 * arguments.minutes);
    let each = whole / u32::try_from(targets.len().max(1)).unwrap_or(1);
    let mut is_clean = true;
    for (program, target) in targets {
        let folder = workspace.root().join("target/fuzz").join(target);
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let end = Instant::now() + each;
        let (mut executions, mut findings, mut start) = (0, 0, arguments.start);
        while Instant::now() < end && findings < arguments.findings {
            let left = end.saturating_duration_since(Instant::now());
            let (count, died) = program.attempt(target, &folder, left, start)?;
            executions += count;
            start += count + 1;
            if let Some(how) = died {
                findings += 1;
                let kept = program.keep(target, &folder, start - 1)?;
                console::result(&format!("{target}: {how}: {}\n", kept.display()));
            }
        }
        is_clean &= findings == 0;
        console::result(&format!("{target}: {executions} executions, {findings} findings\n"));
    }
    Ok(is_clean)
}

/// Runs the hidden command: the target's inputs from `start` on, one after the other.
pub(crate) fn run_target(arguments: &FuzzTarget) -> Result<bool> {
    let target = TARGETS.iter().find(|target| target.name == arguments.target).context("no such target")?;
    let cases = Workspace::find().root().join("generator/tests/cases");
    let mut seeds = target::seeds(&cases, LONGEST_SEED);
    if let Some(folder) = &arguments.seeds {
        seeds.extend(target::seeds(folder, LONGEST_SEED));
    }
    let end = Instant::now() + Duration::from_secs(arguments.seconds);
    let (input, count) = (arguments.folder.join("input"), arguments.folder.join("count"));
    let mut done = 0_u64;
    while Instant::now() < end {
        let text = Mutator::new(arguments.start + done).input(target.kind, &seeds);
        std::fs::write(&input, &text)?;
        std::fs::write(&count, done.to_string())?;
        (target.run)(&text);
        done += 1;
    }
    std::fs::write(&count, done.to_string())?;
    Ok(true)
}

/// Returns the files with findings.
#[cfg(test)]
fn findings() -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(Workspace::find().fuzz_findings()).into_iter().flatten();
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    files.filter(|path| path.extension().is_some_and(|extension| extension == "txt")).collect()
}

#[cfg(test)]
mod tests {
    use super::{TARGETS, findings, mutate::Mutator, target};

    #[test]
    fn inputs_that_were_found_are_no_finding_any_more() {
        for file in findings() {
            let name = file.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
            let target = TARGETS.iter().find(|target| name.starts_with(target.name)).expect("a target");
            (target.run)(&std::fs::read_to_string(&file).expect("text"));
        }
    }

    #[test]
    fn every_target_runs() {
        let seeds = target::seeds(&super::Workspace::find().root().join("generator/tests/cases"), 2_000);
        assert!(seeds.len() > 50);
        for target in TARGETS {
            for start in 0..20 {
                (target.run)(&Mutator::new(start).input(target.kind, &seeds));
            }
        }
    }

    #[test]
    fn a_mutation_follows_from_its_number() {
        let seeds = vec!["openapi: 3.0.3\npaths: {}\n".to_owned()];
        let input = |number| Mutator::new(number).input(target::Kind::Document, &seeds);
        assert_eq!(input(7), input(7));
        assert!((0..50).any(|number| input(number) != seeds[0]));
    }
}
