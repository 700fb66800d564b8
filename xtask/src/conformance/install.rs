//! Installs servers from a committed npm manifest and its lock file.
//!
//! Output: a `node_modules` folder outside the source tree, with exactly the locked versions. No
//! install script runs.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The npm command. It is a script, which Windows finds only by its full file name.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
const LOCK: &str = "package-lock.json";
const FILES: [&str; 3] = ["package.json", LOCK, ".npmrc"];
/// A copy of the lock file, written after a successful installation.
const INSTALLED: &str = "node_modules/.installed-lock.json";

/// Returns true if Node.js and npm can be run.
pub(super) fn node_is_there() -> bool {
    ["node", NPM].iter().all(|tool| {
        let version =
            Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        version.is_ok_and(|status| status.success())
    })
}

/// Installs the packages that the lock file in `from` names into the folder `into`, unless they are
/// installed already.
pub(super) fn servers(from: &Path, into: &Path) -> Result<()> {
    let read = |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let locked = read(&from.join(LOCK))?;
    fs::create_dir_all(into).with_context(|| format!("cannot make {}", into.display()))?;
    for script in glob::glob(&format!("{}/*.js", glob::Pattern::escape(&from.to_string_lossy())))? {
        let script = script?;
        let name = script.file_name().unwrap_or_default();
        fs::copy(&script, into.join(name)).with_context(|| format!("cannot copy {}", script.display()))?;
    }
    if fs::read(into.join(INSTALLED)).is_ok_and(|installed| installed == locked) {
        return Ok(());
    }
    for name in FILES {
        let path = into.join(name);
        fs::write(&path, read(&from.join(name))?)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    let mut npm = Command::new(NPM);
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(into).stdin(Stdio::null());
    if !npm.status().context("cannot run npm")?.success() {
        bail!("npm could not install the servers into {}", into.display());
    }
    let path = into.join(INSTALLED);
    fs::write(&path, locked).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    /// A lock file with registry addresses would bind every machine to the registry of its author.
    #[test]
    fn the_lock_files_name_no_registry_and_run_no_scripts() {
        let servers = [
            (include_str!("../../conformance/package-lock.json"), "\"@stoplight/prism-cli\": \"5.14.2\""),
            (
                include_str!("../../conformance/autorest/package-lock.json"),
                "\"@microsoft.azure/autorest.testserver\": \"3.3.51\"",
            ),
        ];
        for (lock, server) in servers {
            // The test server links to itself: a path of the folder.
            let lock = lock.replace("\"resolved\": \"node_modules/", "\"link\": \"");
            for word in ["\"resolved\"", "://registry", "hasInstallScript"] {
                assert!(!lock.contains(word), "{word}");
            }
            assert!(lock.contains(server));
        }
    }
}
