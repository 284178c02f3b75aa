//! How long to wait before the next attempt: doubled each time, never the same for two desks.

use std::time::Duration;

use rand::Rng;

use crate::LinkError;

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);
/// An account that allows one login may be held by our own half-dead session until TCP notices.
const TAKEN: Duration = Duration::from_secs(30);

/// Waits between attempts, counted since the last success.
#[derive(Debug, Default)]
pub(crate) struct Backoff {
    attempts: u32,
}

impl Backoff {
    pub(crate) fn reset(&mut self) {
        self.attempts = 0;
    }

    /// Full jitter, so that thirty desks do not come back in the same moment; never less than the first step.
    pub(crate) fn next(&mut self, error: &LinkError, chance: &mut impl Rng) -> Duration {
        let limit = FIRST
            .saturating_mul(1 << self.attempts.min(10))
            .min(LONGEST);
        self.attempts = self.attempts.saturating_add(1);
        if *error == LinkError::AlreadyLoggedIn {
            return TAKEN;
        }
        FIRST.max(limit.mul_f64(chance.random_range(0.0..=1.0)))
    }
}

/// Somebody has to change something first: trying again by itself would only lock the account, or ask a stranger for a login.
pub(crate) fn needs_a_person(error: &LinkError) -> bool {
    match error {
        LinkError::NotAmi { .. }
        | LinkError::NotTls
        | LinkError::Untrusted { .. }
        | LinkError::KeyChanged { .. }
        | LinkError::Certificate { .. }
        | LinkError::WrongSecret
        | LinkError::NoPermission { .. }
        | LinkError::Profile { .. } => true,
        LinkError::ConnectionRefused
        | LinkError::Unreachable { .. }
        | LinkError::NoGreeting
        | LinkError::ClosedEarly
        | LinkError::AlreadyLoggedIn
        | LinkError::Silence
        | LinkError::Slept
        | LinkError::Closed
        | LinkError::Protocol { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn waits_grow_to_five_seconds_and_begin_anew_after_a_success() {
        let mut chance = rand::rngs::StdRng::seed_from_u64(7);
        let mut backoff = Backoff::default();
        let waits: Vec<_> = (0..50)
            .map(|_| backoff.next(&LinkError::Closed, &mut chance))
            .collect();
        assert_eq!(waits[0], FIRST);
        assert!(waits.iter().all(|wait| (FIRST..=LONGEST).contains(wait)));
        assert!(waits.iter().any(|wait| *wait > Duration::from_secs(3)));
        backoff.reset();
        assert_eq!(backoff.next(&LinkError::Closed, &mut chance), FIRST);
    }
}
