//! `cargo xtask bounds`: measures the generator on documents that could cause much work.
//!
//! Input: the shapes of [`shapes`], each at two sizes, and the documents of a folder. Output: a
//! table of CPU time, memory and growth, worst first. Each document is generated in a process of
//! its own.

mod measure;
mod row;
mod shapes;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wirewright::console;

use crate::cli::{Bounds, BoundsDocument};
use crate::workspace::Workspace;
use measure::{Measured, Program};
use row::{Bars, FULL, Row, SMALL};
use shapes::{Input, Shape};

/// The divisor of all sizes with `--small`.
const SMALLER: usize = 25;

/// How often a row that exceeds a bar is measured again. The lowest time counts, because other
/// processes only add time.
const AGAIN: usize = 2;

/// Runs the command. Returns false if a document exceeds a bar.
pub(crate) fn run(arguments: &Bounds) -> Result<bool> {
    let workspace = Workspace::find();
    let program =
        if arguments.small { std::env::current_exe()? } else { workspace.release_build("xtask")? };
    let folder = workspace.root().join("target/bounds");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let is_wanted = |name: &str| {
        arguments.only.is_empty() || arguments.only.iter().any(|only| name.contains(only.as_str()))
    };
    let empty = write(&folder, "empty.json", shapes::EMPTY)?;
    let program = Program::new(program, &empty)?;
    let bars = if arguments.small { SMALL } else { FULL };
    let divisor = if arguments.small { SMALLER } else { 1 };
    let mut rows = Vec::new();
    for shape in shapes::shapes().filter(|shape| is_wanted(shape.name)) {
        rows.push(measured(&bars, shape.name, || of_shape(&program, shape, divisor, &folder))?);
    }
    for file in arguments.folder.iter().flat_map(|folder| documents(folder)) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if is_wanted(&name) {
            rows.push(measured(&bars, &name, || Ok(vec![program.measure(&file, None)?]))?);
        }
    }
    rows.sort_by(|one, other| other.badness(&bars).total_cmp(&one.badness(&bars)));
    console::result(&table::table(&rows, &bars));
    let exceeding: Vec<&Row> = rows.iter().filter(|row| row.badness(&bars) > 1.0).collect();
    for row in &exceeding {
        console::message(&format!("{} exceeds its bar: {}", row.name, row.verdict(&bars)));
    }
    Ok(exceeding.is_empty())
}

/// Runs the hidden command that measures one document.
pub(crate) fn run_one(arguments: &BoundsDocument) -> Result<bool> {
    measure::run(&arguments.document, arguments.overlay.as_deref())
}

/// Measures a row. Measures it again while it exceeds a bar, at most `AGAIN` times.
fn measured(bars: &Bars, name: &str, measure: impl Fn() -> Result<Vec<Measured>>) -> Result<Row> {
    let mut row = Row { name: name.to_owned(), measured: measure()? };
    for _ in 0..AGAIN {
        if row.badness(bars) > 1.0 && !row.is_hopeless() {
            row.improve(measure()?);
        }
    }
    Ok(row)
}

fn of_shape(program: &Program, shape: &Shape, divisor: usize, folder: &Path) -> Result<Vec<Measured>> {
    let sizes = shape.sizes.map(|size| (size / divisor).max(2));
    sizes
        .into_iter()
        .map(|size| {
            let Input { document, extension, overlay } = (shape.make)(size);
            let file = write(folder, &format!("{}-{size}.{extension}", shape.name), &document)?;
            let overlay = overlay
                .map(|text| write(folder, &format!("{}-{size}.overlay.json", shape.name), &text))
                .transpose()?;
            program.measure(&file, overlay.as_deref())
        })
        .collect()
}

/// Returns the documents of a folder, without overlays.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let is_document = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| ["json", "yaml", "yml"].iter().any(|known| extension == *known))
    };
    let mut documents: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_document).collect();
    documents.sort();
    documents
}

fn write(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let file = folder.join(name);
    std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}
