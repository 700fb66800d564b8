//! The judge: a Node.js server made from a document, by software that others wrote.
//!
//! The rule: as for Prism, one child of ours, which ends when its standard input closes; then its report is there.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const PROGRAM: &str = "judge.js";

/// What the judge found of one call.
#[derive(Debug, Deserialize)]
pub(super) struct Judged {
    operation: String,
    pub(super) matched: bool,
    pub(super) valid: bool,
    pub(super) equal: bool,
    pub(super) authorized: bool,
    /// Its answer is one that the document allows.
    pub(super) answered: bool,
    /// The rules by which it differs from the standard, which was taken.
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

/// Writes sample values of every parameter and body of a document, by operation.
pub(super) fn samples(folder: &Path, document: &Path, samples: &Path) -> Result<()> {
    let mut node = node(folder, ["samples"]);
    let output = node.arg(document).arg(samples).output().context("cannot run node")?;
    if !output.status.success() {
        bail!("the judge can't read the document: {}", last_line(&output.stderr));
    }
    Ok(())
}

impl Judge {
    /// Starts a judge of `document` on a free loopback port.
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

    /// Ends the judge; what it found, by operation. It writes a line for each call, so that what was found before it
    /// died, if it did, is there.
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
        // It may have ended by itself.
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
