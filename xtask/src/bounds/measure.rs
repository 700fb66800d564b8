//! Generates one document in a separate process, and measures its CPU time and memory.

use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use cpu_time::ProcessTime;
use generator::{Options, Severity, Source};
use serde::{Deserialize, Serialize};
use wirewright::console;

/// The CPU seconds after which the process is killed.
const LONGEST: f64 = 30.0;

/// The cost of generating one document.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Measured {
    /// Bytes of the document and its overlay.
    pub(super) bytes: u64,
    pub(super) cpu_seconds: f64,
    /// Peak memory, in KiB.
    pub(super) peak_kib: u64,
    pub(super) outcome: Outcome,
}

/// How the process ended.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) enum Outcome {
    /// The size of the output, in bytes.
    Generated(usize),
    /// The code of the first error.
    Refused(String),
    /// The exit status of a process that printed no result.
    Died(String),
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Generated(bytes) => write!(formatter, "{} KB", bytes / 1000),
            Self::Refused(code) => formatter.write_str(code),
            Self::Died(status) => formatter.write_str(status),
        }
    }
}

/// The program to measure, and its cost for an empty document.
pub(super) struct Program {
    path: PathBuf,
    base: Option<Measured>,
}

impl Program {
    pub(super) fn new(path: PathBuf, empty: &Path) -> Result<Self> {
        let mut program = Self { path, base: None };
        let base = program.measure(empty, None)?;
        if let Outcome::Died(status) = base.outcome {
            bail!("{} does not generate an empty document: {status}", program.path.display());
        }
        program.base = Some(base);
        Ok(program)
    }

    /// Generates a document in another process. Returns the cost beyond that of an empty document.
    pub(super) fn measure(&self, document: &Path, overlay: Option<&Path>) -> Result<Measured> {
        let mut command = Command::new(&self.path);
        command.arg("bounds-document").arg(document);
        if let Some(overlay) = overlay {
            command.arg("--overlay").arg(overlay);
        }
        let streams = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = streams.spawn().with_context(|| format!("cannot run {}", self.path.display()))?;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if cpu_seconds(child.id()).is_some_and(|seconds| seconds > LONGEST) {
                child.kill()?;
                break child.wait()?;
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let mut answer = String::new();
        if let Some(mut stdout) = child.stdout.take() {
            stdout.read_to_string(&mut answer)?;
        }
        let mut measured = serde_json::from_str(&answer).unwrap_or_else(|_| Measured {
            bytes: 0,
            cpu_seconds: LONGEST,
            peak_kib: 0,
            outcome: Outcome::Died(status.to_string()),
        });
        for file in [Some(document), overlay].into_iter().flatten() {
            measured.bytes += std::fs::metadata(file)?.len();
        }
        if let Some(base) = &self.base {
            measured.cpu_seconds = (measured.cpu_seconds - base.cpu_seconds).max(0.0);
            measured.peak_kib = measured.peak_kib.saturating_sub(base.peak_kib);
        }
        Ok(measured)
    }
}

/// Generates a document in this process, and prints the cost as JSON.
pub(super) fn run(document: &Path, overlay: Option<&Path>) -> Result<bool> {
    let overlays: Vec<_> = overlay.into_iter().map(Path::to_owned).collect();
    let start = ProcessTime::now();
    let output = Source::read(document, &overlays).and_then(|source| {
        generator::generate(&source, &Options { origin: "document".to_owned(), ..Options::default() })
    });
    // Rendering the diagnostics is part of the cost.
    let outcome = match output {
        Ok(output) => {
            let bytes = output.diagnostics.render_plain().len();
            Outcome::Generated(bytes + output.files.values().map(String::len).sum::<usize>())
        }
        Err(diagnostics) => {
            let _ = diagnostics.render_plain();
            let error = diagnostics.iter().find(|one| one.code().severity() == Severity::Error);
            Outcome::Refused(error.map_or_else(String::new, |error| error.code().id().to_owned()))
        }
    };
    let cpu_seconds = start.elapsed().as_secs_f64();
    let measured = Measured { bytes: 0, cpu_seconds, peak_kib: peak_kib().unwrap_or_default(), outcome };
    console::result(&serde_json::to_string(&measured)?);
    Ok(true)
}

/// Returns the CPU seconds of a process. proc_pid_stat(5) counts them in ticks of 1/100 s.
fn cpu_seconds(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / 100.0)
}

/// Returns the peak memory of this process in KiB: `VmHWM` of proc_pid_status(5).
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
