//! Runs a fuzz target under libFuzzer.
//!
//! Input: the variables `FUZZ_TARGET`, a target's name; `FUZZ_FOLDER`, a folder for the target;
//! `FUZZ_SEEDS`, a folder with more documents, or empty; and libFuzzer's arguments. Output: the
//! seeds in `FUZZ_FOLDER/seeds`, the words in `FUZZ_FOLDER/words`, the CPU milliseconds so far in
//! `FUZZ_FOLDER/cpu`, and libFuzzer's. Without `FUZZ_TARGET` it prints a line for each target: its
//! name and the length of its longest input.

#![no_main]

use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use cpu_time::ProcessTime;
use fuzz::Target;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

/// What the process fuzzes.
struct Run {
    target: &'static Target,
    folder: PathBuf,
    seeds: Vec<Vec<u8>>,
    executions: AtomicU64,
}

static RUN: OnceLock<Run> = OnceLock::new();

/// The CPU time is written once in so many executions.
const EXECUTIONS: u64 = 64;

fuzz_target!(
    init: start(),
    |bytes: &[u8]| {
        if let Some(run) = RUN.get() {
            (run.target.run)(bytes);
            if run.executions.fetch_add(1, Ordering::Relaxed) % EXECUTIONS == 0 {
                let time = ProcessTime::now().as_duration().as_millis();
                let _ = std::fs::write(run.folder.join("cpu"), time.to_string());
            }
        }
    }
);

// Half of the mutations are of lines, half are libFuzzer's own, which use the words as well.
fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    match (RUN.get(), data.get(..size)) {
        (Some(run), Some(input)) if seed % 2 == 0 => {
            let mutation = fuzz::mutated(input, &run.seeds, run.target.words, u64::from(seed / 2));
            let size = mutation.len().min(most).min(data.len());
            data[..size].copy_from_slice(&mutation[..size]);
            size
        }
        _ => libfuzzer_sys::fuzzer_mutate(data, size, most),
    }
});

fn start() {
    let Ok(name) = std::env::var("FUZZ_TARGET") else {
        Target::all().for_each(|target| println!("{} {}", target.name, target.longest()));
        std::process::exit(0);
    };
    let target = Target::find(&name).expect("FUZZ_TARGET is the name of a target");
    let folder = PathBuf::from(std::env::var_os("FUZZ_FOLDER").expect("FUZZ_FOLDER is set"));
    let more = std::env::var_os("FUZZ_SEEDS").filter(|path| !path.is_empty()).map(PathBuf::from);
    let seeds = target.seeds(more.as_deref());
    std::fs::create_dir_all(folder.join("seeds")).expect("the folder of the seeds");
    for (number, seed) in seeds.iter().enumerate() {
        std::fs::write(folder.join("seeds").join(number.to_string()), seed).expect("a seed");
    }
    let words: String = target.words.iter().map(|word| entry(word)).collect();
    std::fs::write(folder.join("words"), words).expect("the words");
    let _ = RUN.set(Run { target, folder, seeds, executions: AtomicU64::new(0) });
}

/// Returns a line of a dictionary of libFuzzer.
fn entry(word: &[u8]) -> String {
    let bytes: String = word.iter().map(|byte| format!("\\x{byte:02x}")).collect();
    format!("\"{bytes}\"\n")
}
