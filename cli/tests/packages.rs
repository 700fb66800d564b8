//! Builds the published packages of this workspace, and a generated crate that depends on nothing
//! else.
//!
//!     cargo test -p wirewright --test packages -- --ignored
//!
//! `target/packages/vendor` is the registry: a directory source with the dependencies of the
//! runtime, and the packages of this workspace. Only filling it may need the network. Needs `tar`
//! and `sha256sum`.

#![allow(clippy::unwrap_used, reason = "clippy.toml allows it in test functions, not in what they call")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PUBLISHED: [&str; 3] = ["wirewright-runtime", "wirewright-generator", "wirewright"];
const VERSION: &str = env!("CARGO_PKG_VERSION");

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: Pets, version: "1" }
servers: [{ url: "https://pets.example.com" }]
paths:
  /pets/{id}:
    get:
      operationId: FetchPet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        "200":
          description: OK
          content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } }
"#;

#[test]
#[ignore = "compiles three packages and a client as they would be published: minutes"]
fn packages_and_a_generated_crate_build_from_what_is_published() {
    let repository = repository();
    let work = repository.join("target/packages");
    let vendor = vendor(&work);

    // Building the packages finds files that `include` omits. `cargo package` does not build them,
    // because it keeps the sources of a version between runs.
    let packages = PUBLISHED.iter().flat_map(|name| ["--package", name]);
    let package = ["package", "--quiet", "--no-verify", "--locked", "--allow-dirty"];
    cargo(&repository, package.into_iter().chain(packages));
    PUBLISHED.iter().for_each(|name| publish(name, &vendor));

    let generator = vendor.join(format!("wirewright-generator-{VERSION}"));
    let patch = format!("patch.crates-io.wirewright-generator.path = {generator:?}");
    cargo(
        &vendor.join(format!("wirewright-{VERSION}")),
        ["check", "--quiet", "--offline", "--config", &patch],
    );

    let client = work.join("pets-client");
    let _ = fs::remove_dir_all(&client);
    fs::create_dir_all(&client).unwrap();
    fs::write(client.join("openapi.yaml"), DOCUMENT).unwrap();
    let generated = Command::new(env!("CARGO_BIN_EXE_wirewright"))
        .args(["generate", "openapi.yaml", "--out", ".", "--name", "pets-client"])
        .current_dir(&client)
        .status()
        .unwrap();
    assert!(generated.success());
    let source = [
        "--config".to_owned(),
        "source.crates-io.replace-with = 'published'".to_owned(),
        "--config".to_owned(),
        format!("source.published.directory = {vendor:?}"),
    ];
    for command in ["package --allow-dirty", "test --features blocking,validate"] {
        let words = command.split_whitespace().chain(["--quiet", "--offline"]);
        cargo(&client, words.chain(source.iter().map(String::as_str)));
    }
}

#[test]
fn packages_say_what_a_registry_shows() {
    for folder in ["runtime", "generator", "cli"] {
        let folder = repository().join(folder);
        let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
        for key in ["description", "license", "readme", "keywords", "categories", "rust-version", "include"] {
            assert!(manifest["package"].get(key).is_some(), "{}: {key}", folder.display());
        }
        assert!(manifest["package"].get("publish").is_none(), "{}", folder.display());
        for file in ["LICENSE-MIT", "LICENSE-APACHE", manifest["package"]["readme"].as_str().unwrap()] {
            assert!(fs::read_to_string(folder.join(file)).is_ok_and(|text| text.len() > 200), "{file}");
        }
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Fills a directory source with the dependencies of the runtime, and returns it.
fn vendor(work: &Path) -> PathBuf {
    // A package with the dependencies that users can choose, in the versions of this workspace.
    let user = work.join("user");
    fs::create_dir_all(user.join("src")).unwrap();
    fs::write(user.join("src/lib.rs"), "").unwrap();
    let runtime = repository().join("runtime");
    let own: toml::Table = fs::read_to_string(runtime.join("Cargo.toml")).unwrap().parse().unwrap();
    let features: Vec<&String> = own.get("features").unwrap().as_table().unwrap().keys().collect();
    let manifest = format!(
        "[package]\nname = \"user\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         wirewright-runtime = {{ path = {runtime:?}, features = {features:?} }}\n"
    );
    fs::write(user.join("Cargo.toml"), manifest).unwrap();
    fs::copy(repository().join("Cargo.lock"), user.join("Cargo.lock")).unwrap();
    let vendor = work.join("vendor");
    let _ = fs::remove_dir_all(&vendor);
    cargo(&user, ["vendor", "--quiet", "--versioned-dirs", vendor.to_str().unwrap()]);
    vendor
}

/// Unpacks a package into the directory source, as if downloaded. The checksum lets cargo
/// distinguish two builds of the same version.
fn publish(name: &str, vendor: &Path) {
    let package = target().join(format!("package/{name}-{VERSION}.crate"));
    let unpacked = Command::new("tar").arg("-xzf").arg(&package).arg("-C").arg(vendor).status().unwrap();
    assert!(unpacked.success());
    let sum = Command::new("sha256sum").arg(&package).output().unwrap().stdout;
    let sum = String::from_utf8(sum).unwrap();
    let sum = sum.split_whitespace().next().unwrap();
    let checksums = format!(r#"{{"files":{{}},"package":"{sum}"}}"#);
    fs::write(vendor.join(format!("{name}-{VERSION}/.cargo-checksum.json")), checksums).unwrap();
}

/// Returns the target folder that this test was built in.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from)
}

/// Runs cargo in `folder` with this workspace's target folder, where the dependencies are built
/// already.
fn cargo<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) {
    let arguments: Vec<&str> = arguments.into_iter().collect();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(&arguments).current_dir(folder).env_remove("RUSTFLAGS").env("CARGO_TARGET_DIR", target());
    assert!(command.status().unwrap().success(), "cargo {}", arguments.join(" "));
}
