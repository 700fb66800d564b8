//! Measures the build of a generated crate: the crate alone, after its dependencies were built.

use super::measure::{Cost, measure, median};
use super::table::{Tables, build_cell};
use super::tool::Tool;
use crate::cli::Bench;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The builds: name, cargo's arguments, and the folder that the library is written to.
const BUILDS: &[(&str, &[&str], Option<&str>)] = &[
    ("check", &["check"], None),
    ("debug build", &["build"], Some("debug")),
    ("release build", &["build", "--release"], Some("release")),
];

/// Adds a table with a row for each build, and one for the lines of code.
pub(super) fn table(
    tools: &[Tool],
    document: &Path,
    arguments: &Bench,
    target: &Path,
    tables: &mut Tables,
) -> Result<()> {
    let mut crates: Vec<(PathBuf, &str)> = Vec::new();
    for tool in tools {
        let out = target.join("built").join(tool.name);
        if out.exists() {
            fs::remove_dir_all(&out).with_context(|| format!("cannot remove {}", out.display()))?;
        }
        fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
        measure(&tool.command(document, &out))?;
        tool.complete(&out)?;
        crates.push((out, tool.name));
    }
    let names = crates.iter().map(|(_, name)| format!("{name}: user, memory, library"));
    tables.head(["build".to_owned()].into_iter().chain(names).collect());
    for (name, cargo, profile) in BUILDS {
        let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); crates.len()];
        for round in 0..=arguments.rounds() {
            for ((folder, tool), costs) in crates.iter().zip(&mut costs) {
                let cost = build(folder, &target.join("builds").join(tool), cargo)?;
                // The first round also builds the dependencies, so its cost is dropped.
                costs.extend((round > 0).then_some(cost));
            }
        }
        let cells = crates.iter().zip(&costs).map(|((_, tool), costs)| {
            let library = profile.and_then(|profile| {
                let path = target.join("builds").join(tool).join(profile).join("libclient.rlib");
                fs::metadata(path).ok().map(|file| file.len())
            });
            build_cell(median(costs), library)
        });
        tables.row([(*name).to_owned()].into_iter().chain(cells));
    }
    let mut counts = vec!["lines of code".to_owned()];
    for (folder, _) in &crates {
        counts.push(count_lines(&folder.join("src"))?.to_string());
    }
    tables.row(counts);
    Ok(())
}

fn build(folder: &Path, target: &Path, arguments: &[&str]) -> Result<Cost> {
    let library = folder.join("src/lib.rs");
    let file = fs::File::options().append(true).open(&library);
    let touched = file.and_then(|file| file.set_modified(std::time::SystemTime::now()));
    touched.with_context(|| format!("cannot touch {}", library.display()))?;
    let mut command = Command::new("cargo");
    command.args(arguments).arg("--quiet").arg("--target-dir").arg(target).current_dir(folder);
    command.env("CARGO_INCREMENTAL", "0").env_remove("CARGO_TARGET_DIR");
    measure(&command)
}

fn count_lines(folder: &Path) -> Result<usize> {
    let mut lines = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                lines += fs::read_to_string(&path)?.lines().count();
            }
        }
    }
    if lines == 0 {
        bail!("{} has no code", folder.display());
    }
    Ok(lines)
}
