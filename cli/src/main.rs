//! The command `wirewright`.

use std::process::ExitCode;

fn main() -> ExitCode {
    wirewright::main(std::env::args_os())
}
