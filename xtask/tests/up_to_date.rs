//! The committed clients are what the generator makes of their documents today.

use std::process::Command;

#[test]
fn generated_clients_are_up_to_date() {
    let check = Command::new(env!("CARGO_BIN_EXE_xtask")).args(["codegen", "--check"]).output().unwrap();
    // The diff, and the command that brings the files up to date.
    let (shown, said) = (String::from_utf8_lossy(&check.stdout), String::from_utf8_lossy(&check.stderr));
    assert!(check.status.success(), "{shown}\n{said}");
}
