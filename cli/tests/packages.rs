//! What is published builds from what is published: the packages of this workspace, and a generated crate that has
//! nothing but them.
//!
//!     cargo test -p wirewright --test packages -- --ignored
//!
//! `target/packages/vendor` is the registry: a directory source with the dependencies of the runtime and the package of
//! the runtime itself. Only filling it may need the network.

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
    fs::create_dir_all(&work).unwrap();

    // Cargo unpacks each package and builds it there: a file that `include` leaves out is missing.
    let packages = PUBLISHED.iter().flat_map(|name| ["--package", name]);
    cargo(&repository, ["package", "--quiet", "--locked", "--allow-dirty"].into_iter().chain(packages));
    let source = registry(&work);

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
    let source: Vec<&str> = source.iter().flat_map(|setting| ["--config", setting]).collect();
    let with_source = |command: &[&'static str]| {
        let arguments: Vec<&str> = command.iter().copied().chain(source.iter().copied()).collect();
        cargo(&client, arguments);
    };
    with_source(&["package", "--quiet", "--offline", "--allow-dirty"]);
    with_source(&["test", "--quiet", "--offline", "--features", "blocking,validate"]);
}

#[test]
fn packages_say_what_a_registry_shows() {
    for folder in ["runtime", "generator", "cli"] {
        let folder = repository().join(folder);
        let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
        for key in [
            "description",
            "license",
            "repository",
            "readme",
            "keywords",
            "categories",
            "rust-version",
            "include",
        ] {
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

/// Fills `vendor` in the folder `work`. Returns the settings that make cargo read it in place of crates.io.
fn registry(work: &Path) -> [String; 2] {
    // A package that has what users get, in the versions of this workspace.
    let user = work.join("user");
    fs::create_dir_all(user.join("src")).unwrap();
    fs::write(user.join("src/lib.rs"), "").unwrap();
    let manifest = format!(
        "[package]\nname = \"user\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         wirewright-runtime = {{ path = {:?}, features = [\"blocking\", \"rustls-aws-lc\", \"validate\"] }}\n",
        repository().join("runtime")
    );
    fs::write(user.join("Cargo.toml"), manifest).unwrap();
    fs::copy(repository().join("Cargo.lock"), user.join("Cargo.lock")).unwrap();
    let vendor = work.join("vendor");
    let _ = fs::remove_dir_all(&vendor);
    cargo(&user, ["vendor", "--quiet", "--versioned-dirs", vendor.to_str().unwrap()]);

    // The package of the runtime, as it would be downloaded.
    let name = format!("wirewright-runtime-{VERSION}");
    let package = target().join(format!("package/{name}.crate"));
    let unpacked = Command::new("tar").arg("-xzf").arg(&package).arg("-C").arg(&vendor).status().unwrap();
    assert!(unpacked.success());
    fs::write(vendor.join(name).join(".cargo-checksum.json"), r#"{"files":{}}"#).unwrap();
    [
        "source.crates-io.replace-with = 'published'".to_owned(),
        format!("source.published.directory = {:?}", vendor.to_str().unwrap()),
    ]
}

/// The target folder that this test was built in.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from)
}

/// Runs cargo in `folder`, with this workspace's target folder: the dependencies are built already.
fn cargo<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) {
    let arguments: Vec<&str> = arguments.into_iter().collect();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(&arguments).current_dir(folder).env_remove("RUSTFLAGS").env("CARGO_TARGET_DIR", target());
    assert!(command.status().unwrap().success(), "cargo {}", arguments.join(" "));
}
