//! Desks, their boards, the operators' plans and the practice PBX in one thread and in virtual time, with people who do what they like,
//! a rival desk, a line that fails, a disk that takes its time and programs that die in the middle of whatever they do and are started
//! again: each seed is one course of events, and the laws hold in all of them.
//!
//! `make test` plays some thousands; `make simulate SEEDS=100000` as many as one likes; `make simulate SEED=7` one of them, to look into.
//! A seed that breaks a law prints the course; what it teaches becomes a test where the fault was. No seeds are kept: a change to whatever
//! chooses (people, wishes, weather) makes another course of each, and a list of them would look like a test that it no longer is.

mod course;
mod disk;
mod far;
mod history;
mod lanes;
mod laws;
mod line;
mod notebook;
mod people;
mod program;
mod screen;
mod seat;
mod tally;
mod weather;
mod wishes;
mod write;

use std::ops::Range;

use tally::Tally;

/// Seeds of each part that `make test` plays.
const SEEDS: u64 = 200;

/// A course under way: should the desk panic, its seed is told.
struct Playing(u64);

impl Drop for Playing {
    #[expect(clippy::print_stderr, reason = "which seed it was is all one needs")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!(
                "seed {0} panics (play it again: make simulate SEED={0})",
                self.0
            );
        }
    }
}

/// Every course to its end, and what those that break a law say.
fn play(seeds: Range<u64>) -> (Tally, Vec<String>) {
    let mut tally = Tally::default();
    let mut broken = Vec::new();
    for seed in seeds {
        let _playing = Playing(seed);
        match course::play(seed) {
            Ok(one) => tally.add(&one),
            Err(law) => broken.push(law),
        }
    }
    (tally, broken)
}

/// Those that break a law are told together.
fn all_hold((tally, broken): (Tally, Vec<String>)) -> Tally {
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    tally
}

fn part(number: u64) {
    all_hold(play(number * SEEDS..(number + 1) * SEEDS)).has_seen_everything();
}

/// Each part is a test of its own: they run side by side.
macro_rules! parts {
    ($($name:ident = $number:literal),+ $(,)?) => {
        mod whatever_happens_the_laws_hold {
            $(#[test] fn $name() { super::part($number); })+
        }
    };
}

parts!(
    in_part_0 = 0,
    in_part_1 = 1,
    in_part_2 = 2,
    in_part_3 = 3,
    in_part_4 = 4,
    in_part_5 = 5,
    in_part_6 = 6,
    in_part_7 = 7,
    in_part_8 = 8,
    in_part_9 = 9,
);

/// Else a seed that breaks a law could not be looked into.
#[test]
fn a_seed_takes_the_same_course_again() {
    let once = || all_hold(play(0..10)).to_string();
    assert_eq!(once(), once());
}

/// What `SEEDS` (how many) and `SEED` (the first) say.
fn asked(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// `make simulate`: two threads, each with half of the seeds.
#[test]
#[expect(
    clippy::print_stdout,
    reason = "what it played is the figure one asks for"
)]
#[ignore = "as long as one likes: make simulate"]
fn as_many_as_one_likes() {
    let seeds = match (asked("SEED"), asked("SEEDS")) {
        (Some(seed), seeds) => seed..seed + seeds.unwrap_or(1),
        (None, seeds) => 0..seeds.unwrap_or(10_000),
    };
    let middle = seeds.start + (seeds.end - seeds.start) / 2;
    let (first, second) = (seeds.start..middle, middle..seeds.end);
    let other = std::thread::spawn(move || play(first));
    let (mut tally, mut broken) = play(second);
    let (first, told) = other.join().expect("no panic");
    tally.add(&first);
    broken.extend(told);
    println!("{}", all_hold((tally, broken)));
}
