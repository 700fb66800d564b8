//! The subcommands.

mod explain;
mod generate;
mod init;

use crate::arguments::{Arguments, Command, Completions, Dump};
use crate::{Outcome, compare, console};
use anyhow::Result;
use clap::CommandFactory;
use generator::Source;

/// Runs a subcommand. Its outcome decides the exit code.
pub(crate) fn run(command: Command) -> Result<Outcome> {
    match command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Generate(arguments) => generate::generate(arguments),
        Command::Check(arguments) => generate::check(arguments.selection),
        Command::Diff(arguments) => compare::run(&arguments, generate::all_clients),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Dump(arguments) => Ok(dump(arguments)),
        Command::Completions(arguments) => {
            completions(&arguments);
            Ok(Outcome::Done)
        }
    }
}

/// Prints the result of a stage for a document. Diagnostics go to standard error.
fn dump(arguments: Dump) -> Outcome {
    let source = Source::read(&arguments.document, &arguments.overlay);
    match source.and_then(|source| generator::dump(&source, &Default::default(), arguments.stage.into())) {
        Ok(text) => {
            console::result(&text);
            Outcome::Done
        }
        Err(diagnostics) => {
            console::message(&diagnostics.render());
            Outcome::Diagnostics
        }
    }
}

fn completions(arguments: &Completions) {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "wirewright", &mut script);
    console::result(&String::from_utf8_lossy(&script));
}
