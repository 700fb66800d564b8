//! Shows the progress of a generation on a terminal: the client's label and the elapsed time.
//!
//! The line appears after half a second, and only if standard error is a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// The delay before the line appears. Most documents need less time.
const PATIENCE: Duration = Duration::from_millis(500);
/// The time between two updates of the line.
const TICK: Duration = Duration::from_millis(120);

/// Runs `work` and shows a line with `label` while it runs.
pub(crate) fn during<T>(label: &str, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    let (done, wait) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            if wait.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let line = ProgressBar::new_spinner().with_elapsed(PATIENCE);
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed_precise})") {
                line.set_style(style);
            }
            line.set_message(format!("generating {label}"));
            line.enable_steady_tick(TICK);
            // Ends when `done` is dropped, even if `work` panics.
            let _ = wait.recv();
            line.finish_and_clear();
        });
        let result = work();
        drop(done);
        result
    })
}
