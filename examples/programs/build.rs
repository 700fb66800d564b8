//! Generates a client from each document of `documents` into cargo's output folder.

use generator::{Options, Place, Severity, Source};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?).join("clients");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    let mut modules = String::new();
    for name in ["github", "openai", "stripe", "twilio"] {
        let document = format!("documents/{name}.yaml");
        let source = Source::read(Path::new(&document), &[]).map_err(|problems| problems.render_plain())?;
        for path in source.paths() {
            println!("cargo::rerun-if-changed={path}");
        }
        let options = Options { origin: document, place: Place::Module, ..Options::default() };
        let output = generator::generate(&source, &options).map_err(|problems| problems.render_plain())?;
        for problem in output.diagnostics.iter().filter(|problem| problem.code().severity() != Severity::Note)
        {
            println!("cargo::warning={}: {}", problem.code().id(), problem.message());
        }
        for (path, text) in &output.files {
            let path = out.join(name).join(path);
            fs::create_dir_all(path.parent().unwrap_or(&out))?;
            fs::write(path, text)?;
        }
        let path = out.join(name).join("mod.rs");
        modules += &format!("#[path = {path:?}]\npub mod {name};\n");
    }
    fs::write(out.join("mod.rs"), modules)?;
    Ok(())
}
