//! Starts Prism, a mock server for OpenAPI documents.
//!
//! Input: an OpenAPI document. Output: the URL of a running server. Invariant: Prism is one child
//! process without children of its own.

use super::server::Server;
use anyhow::Result;
use std::path::Path;
use std::process::Command;

const PROGRAM: &str = "node_modules/@stoplight/prism-cli/dist/index.js";
/// Runs the program of the first argument until standard input closes. Standard input closes when
/// the parent process ends.
const RUN_WHILE_WANTED: &str =
    "process.stdin.resume().on('end', () => process.exit()); require(process.argv[1])";

/// Starts the Prism that is installed in `folder` with `document`, on a free loopback port. The
/// server's output is in a log file beside the document.
///
/// # Errors
///
/// The same errors as [`Server::start`].
pub(super) fn start(folder: &Path, document: &Path) -> Result<Server> {
    // node runs the server in its own process: a child of npx or a forked worker would outlive its
    // parent.
    let mut node = Command::new("node");
    node.args(["--eval", RUN_WHILE_WANTED]).arg(folder.join(PROGRAM));
    node.args(["mock", "--multiprocess", "false", "--host", "127.0.0.1", "--port", "0"]).arg(document);
    node.env("FORCE_COLOR", "0");
    Server::start(&mut node, "Prism is listening on ", &document.with_extension("log"))
}
