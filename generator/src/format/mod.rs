//! Formats files of tokens as `cargo fmt` does.
//!
//! A file is formatted while the next is emitted, on all cores. The printer in this folder formats
//! the items that clients consist of. `prettyplease` formats all other items.
//!
//! Invariants: the same tokens give the same bytes, and every text begins with the generated
//! header.

mod expression;
mod flat;
mod item;
mod list;
mod order;
mod rows;
mod shape;
mod statement;
mod token;

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::{Mutex, mpsc};
use std::thread;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::emit::{Chunk, File};
use token::Token;

/// The most files that wait to be formatted.
const WAITING: usize = 64;

/// A file that another thread can format.
struct Job {
    path: String,
    docs: Vec<Token>,
    parts: Vec<Part>,
}

/// A [`Chunk`] that another thread can format.
enum Part {
    Items(Vec<Token>),
    Impl(Vec<Token>, Vec<String>),
}

/// Formats each file that `emit` produces. A file that is not Rust is reported as a bug of the
/// generator.
pub(crate) fn format(
    header: &str,
    diagnostics: &mut Diagnostics,
    emit: impl FnOnce(&mut dyn FnMut(File)),
) -> BTreeMap<String, String> {
    let (sender, receiver) = mpsc::sync_channel::<Job>(WAITING);
    let receiver = Mutex::new(receiver);
    let work = || {
        let next = || receiver.lock().ok()?.recv().ok();
        std::iter::from_fn(next)
            .map(|job| {
                let path = job.path.clone();
                (job.text(header), path)
            })
            .collect::<Vec<_>>()
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut unread = Vec::new();
    let formatted: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        emit(&mut |file| match Job::new(file) {
            // The threads end when the sender is dropped.
            Ok(job) => drop(sender.send(job)),
            Err(path) => unread.push((Err("it has tokens that no client has".to_owned()), path)),
        });
        drop(sender);
        let join = |thread: thread::ScopedJoinHandle<'_, Vec<_>>| {
            thread.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        threads.into_iter().flat_map(join).collect()
    });
    let mut texts = BTreeMap::new();
    for (text, path) in formatted.into_iter().chain(unread) {
        match text {
            Ok(text) => {
                texts.insert(path, text);
            }
            Err(error) => {
                let message = format!("the generator wrote `{path}`, which is not Rust: {error}");
                let note = "this is a bug of the generator; please report it with the document";
                diagnostics.push(Diagnostic::new(Code::Internal, message, Place::file(0)).note(note));
            }
        }
    }
    texts
}

impl Job {
    /// Reads a file's tokens. Returns the file's path as an error if generated code never has one
    /// of the tokens.
    fn new(file: File) -> Result<Self, String> {
        let parts: Option<Vec<Part>> = file.chunks.into_iter().map(Part::new).collect();
        match (token::read(file.docs), parts) {
            (Some(docs), Some(parts)) => Ok(Self { path: file.path, docs, parts }),
            _ => Err(file.path),
        }
    }

    /// Formats the file. An item's tokens are freed as soon as it has a text, because an item can be
    /// as large as the document.
    fn text(self, header: &str) -> Result<String, String> {
        let mut text = format!("// {header}\n");
        text.push_str(&item::attributes(&self.docs, 0).ok_or("its first lines are no attributes")?);
        #[cfg(debug_assertions)]
        let given = self.leaves()?;
        // The printer knows the items of a client's sources, but not those of its tests.
        let is_known = self.path.starts_with("src/");
        for part in self.parts.into_iter().filter(|part| !part.is_empty()) {
            let one = part.text(is_known)?;
            if one.len() > text.len() {
                // Growth would reserve twice the length.
                text.reserve_exact(one.len() + 1);
            }
            text.push('\n');
            text.push_str(&one);
        }
        #[cfg(debug_assertions)]
        check(&text, &given)?;
        Ok(text)
    }

    /// Returns the file's tokens without groups, in order of their texts.
    #[cfg(debug_assertions)]
    fn leaves(&self) -> Result<Vec<String>, String> {
        let mut leaves = sorted(token::leaves(&self.docs));
        for part in &self.parts {
            let (tokens, members) = match part {
                Part::Items(tokens) => (tokens, [].as_slice()),
                Part::Impl(head, members) => (head, members.as_slice()),
            };
            leaves.extend(token::leaves(tokens).into_iter().map(str::to_owned));
            for member in members {
                leaves.extend(token::leaves(&token::parse(member)?).into_iter().map(str::to_owned));
            }
        }
        leaves.sort_unstable();
        Ok(leaves)
    }
}

impl Part {
    /// Reads a chunk's tokens. Returns `None` for a token that generated code never has.
    fn new(chunk: Chunk) -> Option<Self> {
        Some(match chunk {
            Chunk::Tokens(tokens) => Self::Items(token::read(tokens)?),
            Chunk::Impl(head, members) => Self::Impl(token::read(head)?, members),
        })
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Items(tokens) if tokens.is_empty())
    }

    fn text(self, is_known: bool) -> Result<String, String> {
        match self {
            Self::Items(tokens) => {
                let known = if is_known { item::items(&tokens, 0) } else { None };
                known.map_or_else(|| pretty(&tokens), Ok)
            }
            Self::Impl(head, members) => {
                let mut text = item::opening(&head, 0).ok_or("an `impl` has another head")?;
                for member in members {
                    let tokens = token::parse(&member)?;
                    // Ends the line of the head, and writes an empty line between members.
                    text.push('\n');
                    text.push_str(&item::items(&tokens, 4).ok_or("an `impl` has another member")?);
                }
                text.push_str("}\n");
                Ok(text)
            }
        }
    }
}

/// Checks that the text is Rust with the given tokens. Runs in tests only, because it is slow.
#[cfg(debug_assertions)]
fn check(text: &str, given: &[String]) -> Result<(), String> {
    syn::parse_file(text).map_err(|error| error.to_string())?;
    let written = token::parse(text)?;
    if sorted(token::leaves(&written)) == given {
        Ok(())
    } else {
        Err("its text has other tokens".to_owned())
    }
}

#[cfg(debug_assertions)]
fn sorted<'a>(leaves: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut leaves: Vec<String> = leaves.into_iter().map(str::to_owned).collect();
    leaves.sort_unstable();
    leaves
}

/// Formats an item that the printer does not know.
fn pretty(item: &[Token]) -> Result<String, String> {
    let file = syn::parse_str(&token::source(item)).map_err(|error: syn::Error| error.to_string())?;
    Ok(prettyplease::unparse(&file))
}
