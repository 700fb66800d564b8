//! A Node.js server in a child process.
//!
//! Input: a node command that prints a line with its URL once it listens. Output: the URL.
//! Invariant: the server ends when [`Server`] is dropped. Its standard input closes when this
//! program is killed, and the command has to end then.

use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The longest time to wait for a server. A small document takes Prism about two seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running server.
#[derive(Debug)]
pub(super) struct Server {
    process: Child,
    log: PathBuf,
    url: String,
}

impl Server {
    /// Starts a server and waits until it prints `listening` followed by its URL. Its output goes
    /// into the file `log`.
    ///
    /// # Errors
    ///
    /// The server cannot be started, ends by itself, or does not listen in time.
    pub(super) fn start(command: &mut Command, listening: &str, log: &Path) -> Result<Self> {
        let out = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        command.stdin(Stdio::piped()).stderr(out.try_clone()?).stdout(out);
        let process = command.spawn().context("cannot run node")?;
        let mut server = Self { process, log: log.to_owned(), url: String::new() };
        server.url = server.wait(listening)?;
        Ok(server)
    }

    /// Returns the URL that the server listens on, such as `http://127.0.0.1:4010`.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    fn wait(&mut self, listening: &str) -> Result<String> {
        let start = Instant::now();
        loop {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            if let Some(url) = listening_url(&log, listening) {
                return Ok(url.to_owned());
            }
            if let Some(status) = self.process.try_wait()? {
                bail!("the server ended with {status}:\n{log}");
            }
            if start.elapsed() > PATIENCE {
                bail!("the server does not answer after {} s:\n{log}", PATIENCE.as_secs());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Errors are ignored: the process may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns the URL in the line that the server prints once it listens. With port 0 the system
/// chooses a free port.
fn listening_url<'l>(log: &'l str, listening: &str) -> Option<&'l str> {
    let (_, rest) = log.split_once(listening)?;
    let (url, _) = rest.split_once('\n')?;
    Some(url.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_is_in_the_listening_line() {
        let url = |log| listening_url(log, "is listening on ");
        let log = "[7:10:32 PM] › [CLI] ▶  start     Prism is listening on http://127.0.0.1:40353\n";
        assert_eq!(url(log), Some("http://127.0.0.1:40353"));
        assert_eq!(url("GET http://127.0.0.1:1/a\n"), None);
        assert_eq!(url("Prism is listening on http://127.0.0.1:40"), None, "the line is not complete yet");
    }
}
