//! Runs the `wirewright` binary in temporary folders.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A document with one operation.
pub(crate) const DOCUMENT: &str = r##"
openapi: 3.0.1
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
          content: { application/json: { schema: { $ref: "#/components/schemas/pet" } } }
components:
  schemas:
    pet: { type: object, properties: { name: { type: string } } }
"##;

/// Returns the document with `number` dangling references, each of which causes a warning W003.
pub(crate) fn with_warnings(number: usize) -> String {
    let properties: String = (0..number).map(|nth| format!("p{nth}: {{ $ref: '#/no/{nth}' }}, ")).collect();
    DOCUMENT.replace("name: { type: string }", &format!("{properties} name: {{ type: string }}"))
}

/// Returns a folder with `openapi.yaml` and the subfolder `below`.
pub(crate) fn folder(document: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("below")).unwrap();
    fs::write(folder.path().join("openapi.yaml"), document).unwrap();
    folder
}

pub(crate) fn wirewright(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirewright"));
    command.current_dir(folder).args(arguments.split_whitespace());
    command
}

/// Runs a command. Returns its exit code, standard output and standard error.
pub(crate) fn run(mut command: Command) -> (i32, String, String) {
    read(command.output().unwrap())
}

pub(crate) fn read(Output { status, stdout, stderr }: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// Returns the document with another required parameter.
pub(crate) fn with_parameter() -> String {
    DOCUMENT.replace(
        "parameters: [",
        "parameters: [{ name: team, in: query, required: true, schema: { type: string } }, ",
    )
}
