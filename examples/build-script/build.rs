//! Generates the client of `openapi.yaml` into cargo's output folder.

use generator::{Options, Place, Source};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

const DOCUMENT: &str = "openapi.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    let source = Source::read(Path::new(DOCUMENT), &[]).map_err(|problems| problems.render_plain())?;
    for path in source.paths() {
        println!("cargo::rerun-if-changed={path}");
    }

    let options = Options { origin: DOCUMENT.to_owned(), place: Place::Module, ..Options::default() };
    let output = generator::generate(&source, &options).map_err(|problems| problems.render_plain())?;
    for problem in output.diagnostics.iter() {
        println!("cargo::warning={}: {}", problem.code().id(), problem.message());
    }

    // The folder is recreated, so that no file of an earlier document stays.
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let folder = out.join("pets");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for (path, text) in &output.files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        fs::write(path, text)?;
    }

    // `include!` refuses a file that begins with documentation. A module with a path accepts it.
    let path = folder.join("mod.rs");
    let module = format!("#[path = {path:?}]\nmod pets;\n");
    fs::write(out.join("pets.rs"), module)?;
    Ok(())
}
