//! Runs the runtime on mutated inputs, for `cargo xtask fuzz`.
//!
//! | arguments | effect |
//! | --- | --- |
//! | `list` | prints the names of the targets, one a line |
//! | `run TARGET FOLDER START SECONDS` | runs a target on the inputs from number START on |
//! | `input TARGET NUMBER` | prints an input |
//!
//! `run` ends after SECONDS, or earlier by a panic or a signal. It writes the count of its inputs
//! into FOLDER/count.
//!
//! Each input is determined by its number, so that a finding needs no file until it is kept.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a panic is a finding")]

mod mutate;
mod targets;

use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::time::{Duration, Instant};
use targets::{TARGETS, Target};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["list"] => TARGETS.iter().for_each(|target| println!("{}", target.name)),
        ["run", target, folder, start, seconds] => {
            let limit = Duration::from_secs(seconds.parse().unwrap());
            run(find(target), std::path::Path::new(folder), start.parse().unwrap(), limit);
        }
        ["input", target, number] => {
            let input = mutate::input(find(target), number.parse().unwrap());
            std::io::stdout().write_all(&input).unwrap();
        }
        _ => panic!("usage: list | run TARGET FOLDER START SECONDS | input TARGET NUMBER"),
    }
}

fn find(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).unwrap()
}

/// Runs a target until the time is over. Writes the count before each input, in place, because a
/// file for each would take longer than most inputs.
fn run(target: &Target, folder: &std::path::Path, start: u64, limit: Duration) {
    let count = std::fs::File::create(folder.join("count")).unwrap();
    let end = Instant::now() + limit;
    let mut done = 0;
    while Instant::now() < end {
        count.write_all_at(format!("{done:<20}").as_bytes(), 0).unwrap();
        (target.run)(&mutate::input(target, start + done));
        done += 1;
    }
    count.write_all_at(format!("{done:<20}").as_bytes(), 0).unwrap();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Findings of `cargo xtask fuzz` are in `found`, each in a file that begins with its target's
    /// name.
    #[test]
    fn inputs_that_were_found_are_no_finding_any_more() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/found");
        for file in std::fs::read_dir(folder).into_iter().flatten() {
            let path = file.unwrap().path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap().to_owned();
            let target = name.rsplit_once('-').map(|(target, _)| find(target)).unwrap();
            (target.run)(&std::fs::read(&path).unwrap());
        }
    }

    #[test]
    fn every_target_accepts_its_seeds_and_some_mutations() {
        for target in TARGETS {
            target.seeds.iter().for_each(|seed| (target.run)(seed));
            (0..100).for_each(|number| (target.run)(&mutate::input(target, number)));
        }
    }
}
