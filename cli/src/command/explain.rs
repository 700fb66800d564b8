//! `wirewright explain`: prints the explanation of a diagnostic code.

use crate::arguments::Explain;
use crate::{Outcome, console};
use anyhow::{Context, Result};
use generator::Code;

/// Runs the command.
pub(super) fn run(arguments: &Explain) -> Result<Outcome> {
    let text = match &arguments.code {
        None => Code::ALL.iter().map(|code| format!("{}  {}\n", code.id(), code.meaning())).collect(),
        Some(id) => {
            let code = Code::from_id(&id.to_uppercase());
            code.with_context(|| format!("there is no code {id}: `wirewright explain` lists all"))?
                .explanation()
        }
    };
    console::result(&text);
    Ok(Outcome::Done)
}
