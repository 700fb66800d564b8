//! The judge: a Node.js server that validates requests against a document with openapi-backend.
//!
//! Invariant: the judge is one child process. It ends, and its report is complete, when its
//! standard input closes.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const PROGRAM: &str = "judge.js";

/// The judge's verdict on one call.
#[derive(Debug, Deserialize)]
pub(super) struct Judged {
    operation: String,
    pub(super) matched: bool,
    pub(super) valid: bool,
    pub(super) equal: bool,
    pub(super) authorized: bool,
    /// True if the document allows the judge's response.
    pub(super) answered: bool,
    /// The rules by which the judge deviates from the standard in this call. The call counts as
    /// correct.
    pub(super) differs: Vec<String>,
    pub(super) problems: Vec<String>,
}

/// A running judge.
#[derive(Debug)]
pub(super) struct Judge {
    server: Child,
    report: PathBuf,
    pub(super) url: String,
}

/// Writes sample values for every parameter and body of a document, keyed by operation.
pub(super) fn samples(folder: &Path, document: &Path, samples: &Path) -> Result<()> {
    let mut node = node(folder, ["samples"]);
    let output = node.arg(document).arg(samples).output().context("cannot run node")?;
    if !output.status.success() {
        bail!("the judge can't read the document: {}", last_line(&output.stderr));
    }
    Ok(())
}

impl Judge {
    /// Starts a judge for `document` on a free loopback port.
    pub(super) fn start(folder: &Path, document: &Path, samples: &Path, report: &Path) -> Result<Self> {
        let _ = fs::remove_file(report);
        let mut node = node(folder, ["serve"]);
        node.arg(document).arg(samples).arg(report).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = node.stderr(Stdio::null()).spawn().context("cannot run node")?;
        let mut line = String::new();
        if let Some(out) = server.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let Some(url) = line.trim().strip_prefix("listening on ") else {
            let _ = server.kill();
            let _ = server.wait();
            bail!("the judge does not start");
        };
        Ok(Self { server, report: report.to_owned(), url: url.to_owned() })
    }

    /// Stops the judge and returns its verdicts by operation. The judge writes a line after each
    /// call, so verdicts before a crash are kept.
    pub(super) fn report(mut self) -> Result<BTreeMap<String, Judged>> {
        drop(self.server.stdin.take());
        self.server.wait()?;
        let text = fs::read_to_string(&self.report).context("the judge has no report")?;
        let lines = text.lines().map(serde_json::from_str::<Judged>);
        Ok(lines
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .map(|one| (one.operation.clone(), one))
            .collect())
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        // Errors are ignored: the process may have ended already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn node<const N: usize>(folder: &Path, arguments: [&str; N]) -> Command {
    let mut node = Command::new("node");
    node.args(["--stack-size=4000", "--max-old-space-size=4000"]).arg(folder.join(PROGRAM)).args(arguments);
    node
}

fn last_line(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let error = text.lines().find(|line| line.contains("Error"));
    error.or_else(|| text.lines().last()).unwrap_or_default().to_owned()
}
