//! The command line of the generator.
//!
//! [`main`] takes the arguments of `wirewright` and returns the exit code of the process.
//! [`compare::run`] compares two versions of a client. [`generate::run`] generates a list of
//! [clients](client::Client), which comes from arguments, from `wirewright.toml`, or from another
//! command such as `cargo xtask codegen`.
//!
//! Invariants:
//!
//! * This crate reads, prints and writes files. `generator` decides what they contain.
//! * This crate opens no network connection. A document is a file or standard input.

pub mod arguments;
mod bump;
pub mod client;
mod command;
pub mod compare;
pub mod config;
pub mod console;
mod diff;
pub mod folder;
pub mod generate;
pub mod levels;
mod messages;
mod outcome;
pub mod package;
pub mod paths;
mod progress;
mod report;
pub mod shell;

use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

pub use outcome::Outcome;

/// Runs the command line, program name first, and returns its exit code.
///
/// See [`Outcome`] for the exit codes.
pub fn main(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match arguments::Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Outcome::Failed } else { Outcome::Done }.into();
        }
    };
    match command::run(arguments.command) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            console::error(&error);
            Outcome::Failed.into()
        }
    }
}
