//! The wait before a retry without `Retry-After`: exponential backoff with full jitter.

use crate::client::settings::Settings;
use std::{
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::Duration,
};

/// A function that picks a wait up to the given one.
pub(crate) type Jitter = Arc<dyn Fn(Duration) -> Duration + Send + Sync>;

/// Returns the longest wait after this many attempts: the base, doubled for each attempt, up to the
/// maximum.
pub(crate) fn longest(settings: &Settings, attempts: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
    settings.backoff_base.saturating_mul(doubled).min(settings.backoff_max)
}

/// Returns a random number. Not for cryptography.
pub(crate) fn random() -> u64 {
    // Each of these hashers has its own random key.
    RandomState::new().hash_one(())
}

/// Returns a random UUID (RFC 9562 §5.4).
pub(crate) fn random_uuid() -> String {
    let (high, low) = (random(), random());
    let (first, second, third) = (high >> 32, high >> 16 & 0xffff, high & 0xfff);
    let (fourth, fifth) = (low >> 48 & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
    format!("{first:08x}-{second:04x}-4{third:03x}-{fourth:04x}-{fifth:012x}")
}

/// Returns a random wait up to `longest`, evenly distributed, so that clients that failed together
/// do not retry together.
pub(crate) fn full_jitter(longest: Duration) -> Duration {
    let picked = Duration::try_from_secs_f64(longest.as_secs_f64() * (random() as f64 / u64::MAX as f64));
    picked.unwrap_or(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_doubles_up_to_the_maximum() {
        let settings = Settings::default();
        let longest = |attempts| longest(&settings, attempts).as_millis();
        assert_eq!([1, 2, 3, 4, 5, 6, u32::MAX].map(longest), [500, 1000, 2000, 4000, 8000, 8000, 8000]);
        let huge = Settings { backoff_base: Duration::MAX, backoff_max: Duration::MAX, ..settings };
        assert_eq!(super::longest(&huge, 9), Duration::MAX);
    }

    #[test]
    fn jitter_is_spread_over_the_whole_wait() {
        let longest = Duration::from_secs(8);
        let waits: Vec<Duration> = (0..1000).map(|_| full_jitter(longest)).collect();
        assert!(waits.iter().all(|wait| *wait <= longest));
        let share = |from, to| waits.iter().filter(|wait| (from..to).contains(&wait.as_secs())).count();
        for second in 0..8 {
            // The expected share is 125. Less than 60 occurs less than once in 10⁹ runs.
            assert!(share(second, second + 1) > 60, "{second}: {}", share(second, second + 1));
        }
        assert!(full_jitter(Duration::MAX) <= Duration::MAX);
    }
}
