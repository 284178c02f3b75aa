//! The desk, its board, the operator's plans and the practice PBX in one thread and in virtual time, with people who do what they like
//! and a line that fails: each seed is one course of events, and the laws hold in all of them.
//!
//! `make test` plays some thousands; `make simulate SEEDS=100000` as many as one likes; `SEED=7` one of them, to look into.

mod course;
mod history;
mod lanes;
mod laws;
mod line;
mod people;
mod screen;
mod wishes;

/// Seeds of each part that `make test` plays.
const SEEDS: u64 = 40;

fn play(seeds: impl Iterator<Item = u64>) {
    let mut wishes = 0;
    let mut broken = Vec::new();
    for seed in seeds {
        match course::play(seed) {
            Ok(count) => wishes += count,
            Err(law) => broken.push(law),
        }
    }
    for law in &broken {
        eprintln!("{law}");
    }
    for law in &broken {
        eprintln!("BROKEN {}", law.lines().next().unwrap());
    }
    assert!(broken.is_empty(), "broken");
    assert!(wishes > 0, "nobody wished anything");
    println!("{wishes} wishes");
}

/// What `SEEDS` and `SEED` say, for a person who looks for more.
fn asked(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn whatever_happens_the_laws_hold() {
    match (asked("SEED"), asked("SEEDS")) {
        (Some(seed), _) => play(seed..seed + 1),
        (None, Some(seeds)) => play(0..seeds),
        (None, None) => play(0..SEEDS),
    }
}
