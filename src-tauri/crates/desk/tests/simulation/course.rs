//! One course of events from a seed: a busy minute, then calm, then everybody goes home.

use std::time::Duration;

use board::Ref;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::far::Far;
use crate::laws;
use crate::people;
use crate::program::Doom;
use crate::seat::Seat;
use crate::tally::Tally;
use crate::weather::Weather;

/// Longer than any phone rings, any move takes, and the desk needs to be back.
const CALM: u64 = 60;

/// Everything there is to a course.
pub(crate) struct Course {
    pub(crate) far: Far,
    pub(crate) seats: Vec<Seat>,
    pub(crate) tally: Tally,
    chance: StdRng,
}

/// Plays one seed. An error tells what law was broken, and how it came about.
pub(crate) fn play(seed: u64) -> Result<Tally, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let mut course = Course::open(seed).await;
        let kept = course.run(seed).await;
        kept.map_err(|law| course.tell(seed, &law))?;
        course.tally.note(&course.seats);
        Ok(course.tally)
    })
}

impl Course {
    async fn open(seed: u64) -> Self {
        let mut chance = StdRng::seed_from_u64(seed);
        let far = Far::new(seed, Weather::any(&mut chance));
        let mut seats = Vec::new();
        for number in 0..chance.random_range(1..=2) {
            let journal = chance.random_bool(0.4);
            seats.push(Seat::open(number, &far, journal, chance.random()).await);
        }
        Self {
            far,
            seats,
            tally: Tally::default(),
            chance,
        }
    }

    async fn run(&mut self, seed: u64) -> Result<(), String> {
        self.pass(2_000).await;
        let turns = self.chance.random_range(30..120);
        for _ in 0..turns {
            self.turn(seed).await;
        }
        self.calm_down().await;
        laws::all(self)?;
        people::all_hang_up(&self.far);
        self.pass(20_000).await;
        people::all_hang_up(&self.far);
        self.pass(10_000).await;
        laws::no_ghosts(self)
    }

    async fn calm_down(&mut self) {
        self.far.set_weather(Weather::FINE);
        for seat in &mut self.seats {
            seat.set_doom(None);
        }
        self.pass(500).await;
        for seat in &mut self.seats {
            seat.revive(&self.far, true).await;
        }
        self.far.cut();
        self.pass(CALM * 1_000).await;
        // A queue rings its members again and again: what it has just done may not have been told yet.
        while self.far.now() < self.far.history(|history| history.quiet_since()) + 1_000 {
            self.pass(300).await;
        }
    }

    async fn turn(&mut self, seed: u64) {
        match self.chance.random_range(0..100) {
            0..33 => people::anything(&self.far, &mut self.chance),
            33..47 => people::answer(&self.far, &mut self.chance),
            47..93 => self.wish().await,
            93..97 => self.doom(),
            97..99 => self.far.cut(),
            _ => self.far.restart(seed ^ 0xB007),
        }
        let time = match self.chance.random_range(0..10) {
            0..3 => 0,
            3..6 => self.chance.random_range(1..60),
            6..9 => self.chance.random_range(60..2_500),
            _ => self.chance.random_range(2_500..12_000),
        };
        self.pass(time).await;
    }

    /// A program that keeps a journal is going to die.
    fn doom(&mut self) {
        let seats: Vec<_> = self
            .seats
            .iter()
            .filter(|seat| seat.keeps_a_journal())
            .collect();
        let Some(seat) = seats.choose(&mut self.chance) else {
            return;
        };
        seat.set_doom(Doom::ALL.choose(&mut self.chance).copied());
    }

    /// An operator wants something; and perhaps somebody else wants the same leg in the same moment.
    async fn wish(&mut self) {
        let number = self.chance.random_range(0..self.seats.len());
        let wished = self.seats[number].wish(&self.far, &mut self.chance).await;
        let Some(subject) = wished else {
            return;
        };
        if self.chance.random_bool(0.1) {
            self.rival(&subject).await;
        } else if self.seats.len() > 1 && self.chance.random_bool(0.3) {
            self.grab_too(1 - number, subject).await;
        }
        // In the middle of it, while it is on its way through the desk.
        if self.chance.random_bool(0.5) {
            let hurry = self.chance.random_range(0..12);
            for _ in 0..hurry {
                tokio::task::yield_now().await;
            }
            self.seats[number].meets(Doom::Anytime, &self.far);
        }
    }

    /// Another desk, which knows nothing of ours.
    async fn rival(&mut self, subject: &Ref) {
        self.hurry().await;
        let legs = self.far.history(|history| {
            let legs = history.now().iter();
            let same = legs.filter(|leg| leg.uniqueid == subject.key);
            same.map(|leg| leg.uniqueid.clone()).collect::<Vec<_>>()
        });
        people::rival(&self.far, &legs, &mut self.chance);
    }

    /// Another operator of ours.
    async fn grab_too(&mut self, number: usize, subject: Ref) {
        self.hurry().await;
        let seat = &mut self.seats[number];
        if seat.wish_about(subject, &self.far, &mut self.chance).await {
            self.tally.saw("both operators grab the same");
        }
    }

    async fn hurry(&mut self) {
        let hurry = self.chance.random_range(0..40);
        tokio::time::sleep(Duration::from_millis(hurry)).await;
    }

    /// Lets time go by with the screens in view.
    async fn pass(&mut self, millis: u64) {
        let until = self.far.now() + millis;
        loop {
            let left = until.saturating_sub(self.far.now());
            tokio::select! {
                biased;
                () = self.far.death() => {}
                () = tokio::time::sleep(Duration::from_millis(left.min(500))) => {}
            }
            for seat in &mut self.seats {
                seat.catch_up(&self.far);
                seat.bury(&self.far, &mut self.chance);
                seat.revive(&self.far, false).await;
            }
            if left == 0 {
                return;
            }
        }
    }

    /// For a person: the law, the course, and what the operators were told.
    fn tell(&self, seed: u64, law: &str) -> String {
        let course = self.far.history(|history| history.tell());
        let told: String = self.seats.iter().map(Seat::tell).collect();
        format!(
            "seed {seed} breaks a law (play it again: make simulate SEED={seed})\n{course}{told}seed {seed}: {law}\n"
        )
    }
}
