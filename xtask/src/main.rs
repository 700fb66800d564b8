//! The maintainers' commands, run as `cargo xtask`.
//!
//! Input: command-line arguments. Output: an exit code: 0 success, 1 failure, 2 unusable arguments.
//! This crate reads, prints and writes files. The `generator` crate makes their content.

mod bench;
mod bounds;
mod cli;
mod codegen;
mod conformance;
mod corpus;
mod crates;
mod fuzz;
mod history;
mod workspace;

use clap::Parser;
use std::process::ExitCode;
use wirewright::console;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let done = match cli::Cli::parse().command {
        cli::Command::Bench(arguments) => bench::run(&arguments),
        cli::Command::Bounds(arguments) => bounds::run(&arguments),
        cli::Command::BoundsDocument(arguments) => bounds::run_one(&arguments),
        cli::Command::Codegen(arguments) => codegen::run(&arguments),
        cli::Command::Conformance(arguments) => conformance::run(&arguments),
        cli::Command::Corpus(arguments) => corpus::run(&arguments),
        cli::Command::Diff(arguments) => {
            let workspace = workspace::Workspace::find();
            let clients = |config: Option<_>| {
                codegen::configured_by(&workspace, &config.unwrap_or_else(|| workspace.config()))
            };
            wirewright::compare::run(&arguments, clients).map(|outcome| outcome == wirewright::Outcome::Done)
        }
        cli::Command::Fuzz(arguments) => fuzz::run(&arguments),
        cli::Command::History(arguments) => history::run(&arguments),
        cli::Command::CorpusDocument(arguments) => corpus::run_one(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            console::error(&error);
            ExitCode::FAILURE
        }
    }
}
