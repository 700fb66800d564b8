//! Programs that use GitHub, OpenAI, Stripe and Twilio, with clients of small documents that have
//! the same operations.
//!
//! Each module is a program as a user writes it. Its test, in `tests`, runs it on the in-memory transport. `peers` has
//! the same programs with hand-made clients, for comparison of their lines (BENCHMARKS.md).

pub mod github;
pub mod openai;
pub mod stripe;
pub mod twilio;

/// The clients that `build.rs` generates.
pub mod clients {
    include!(concat!(env!("OUT_DIR"), "/clients/mod.rs"));
}
