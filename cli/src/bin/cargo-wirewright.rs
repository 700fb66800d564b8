//! The command `cargo wirewright`: cargo runs this program with `wirewright` as its first argument.

use std::process::ExitCode;

fn main() -> ExitCode {
    let name_that_cargo_adds = |(nth, word): &(usize, std::ffi::OsString)| *nth == 1 && word == "wirewright";
    let words = std::env::args_os().enumerate().filter(|word| !name_that_cargo_adds(word));
    wirewright::main(words.map(|(_, word)| word))
}
