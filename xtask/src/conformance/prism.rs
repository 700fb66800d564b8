//! Prism, the mock server.
//!
//! Input: an OpenAPI document. Output: the URL of a running server. Invariant: Prism is one child
//! process without children of its own. It ends when [`Prism`] is dropped or when this program is
//! killed.

use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const PROGRAM: &str = "node_modules/@stoplight/prism-cli/dist/index.js";
/// Runs the program of the first argument until standard input closes. Standard input closes when
/// the parent process ends.
const RUN_WHILE_WANTED: &str =
    "process.stdin.resume().on('end', () => process.exit()); require(process.argv[1])";
/// The longest time to wait for the server. A small document takes about two seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running Prism mock server.
#[derive(Debug)]
pub(super) struct Prism {
    server: Child,
    log: PathBuf,
    url: String,
}

impl Prism {
    /// Starts the server that is installed in `folder` with `document`, on a free loopback port,
    /// and waits until it listens. The server's output is in a log file beside the document.
    ///
    /// # Errors
    ///
    /// The server cannot be started, ends by itself, or does not listen in time.
    pub(super) fn start(folder: &Path, document: &Path) -> Result<Self> {
        let log = document.with_extension("log");
        let out = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        // node runs the server in its own process: a child of npx or a forked worker would outlive
        // its parent.
        let server = Command::new("node")
            .args(["--eval", RUN_WHILE_WANTED])
            .arg(folder.join(PROGRAM))
            .args(["mock", "--multiprocess", "false", "--host", "127.0.0.1", "--port", "0"])
            .arg(document)
            .env("FORCE_COLOR", "0")
            .stdin(Stdio::piped())
            .stderr(out.try_clone()?)
            .stdout(out)
            .spawn()
            .context("cannot run node")?;
        let mut prism = Self { server, log, url: String::new() };
        prism.url = prism.wait()?;
        Ok(prism)
    }

    /// Returns the URL that the server listens on, such as `http://127.0.0.1:4010`.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    fn wait(&mut self) -> Result<String> {
        let start = Instant::now();
        loop {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            if let Some(url) = listening_url(&log) {
                return Ok(url.to_owned());
            }
            if let Some(status) = self.server.try_wait()? {
                bail!("the mock server ended with {status}:\n{log}");
            }
            if start.elapsed() > PATIENCE {
                bail!("the mock server does not answer after {} s:\n{log}", PATIENCE.as_secs());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        // Errors are ignored: the process may have ended already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Returns the URL in the line that the server prints once it listens. With port 0 the system
/// chooses a free port.
fn listening_url(log: &str) -> Option<&str> {
    let (_, rest) = log.split_once("Prism is listening on ")?;
    let (url, _) = rest.split_once('\n')?;
    Some(url.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_is_in_the_listening_line() {
        let log = "[7:10:32 PM] › [CLI] ▶  start     Prism is listening on http://127.0.0.1:40353\n";
        assert_eq!(listening_url(log), Some("http://127.0.0.1:40353"));
        assert_eq!(listening_url("GET http://127.0.0.1:1/a\n"), None);
        assert_eq!(
            listening_url("Prism is listening on http://127.0.0.1:40"),
            None,
            "the line is not complete yet"
        );
    }
}
