//! One course of events from a seed: a busy minute, then calm, then everybody goes home.

use std::sync::Arc;
use std::time::Duration;

use desk::{Connection, Desk};
use operator::Intent;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::laws::{self, Wished};
use crate::line::{Far, Weather};
use crate::screen::Screen;
use crate::tally::Tally;
use crate::{people, wishes};

/// Longer than any phone rings, any move takes, and the desk needs to be back.
const CALM: u64 = 60;

/// Everything there is to a course.
pub(crate) struct Course {
    pub(crate) far: Far,
    pub(crate) screen: Screen,
    pub(crate) wished: Vec<Wished>,
    desk: Desk,
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
        let told = |law| format!("seed {seed}: {law}\n{}", course.tell());
        kept.map(|()| Tally::of(course.screen.operations.values()))
            .map_err(told)
    })
}

impl Course {
    async fn open(seed: u64) -> Self {
        let mut chance = StdRng::seed_from_u64(seed);
        let far = Far::new(seed, weather(&mut chance));
        let desk = desk::start_with_chance(seed);
        let connection = Connection {
            profile: desk::practice_profile(),
            secret: desk::practice_secret(),
            dialer: Arc::new(far.clone()),
        };
        desk.connect(connection).await.expect("a running desk");
        let screen = Screen::of(&desk).await;
        Self {
            far,
            screen,
            wished: Vec::new(),
            desk,
            chance,
        }
    }

    async fn run(&mut self, seed: u64) -> Result<(), String> {
        self.pass(2_000).await;
        let turns = self.chance.random_range(30..120);
        for _ in 0..turns {
            self.turn(seed).await?;
        }
        self.far.set_weather(Weather::FINE);
        self.far.cut();
        self.pass(CALM * 1_000).await;
        // A queue rings its members again and again: what it has just done may not have been told yet.
        while self.far.now() < self.far.history(|history| history.quiet_since()) + 1_000 {
            self.pass(300).await;
        }
        laws::all(self)?;
        people::all_hang_up(&self.far);
        self.pass(20_000).await;
        people::all_hang_up(&self.far);
        self.pass(10_000).await;
        laws::no_ghosts(self)
    }

    async fn turn(&mut self, seed: u64) -> Result<(), String> {
        match self.chance.random_range(0..100) {
            0..35 => people::anything(&self.far, &mut self.chance),
            35..50 => people::answer(&self.far, &mut self.chance),
            50..97 => self.wish().await,
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
        Ok(())
    }

    async fn wish(&mut self) {
        self.screen.catch_up();
        let Some(intent) = wishes::any(&self.desk, &self.screen, &mut self.chance).await else {
            return;
        };
        let begun = self.far.now();
        let answer = self.desk.perform(intent.clone()).await;
        let answer = answer.expect("a running desk");
        let what = format!(
            "WISH {:?} {} -> {:?}: {answer:?}",
            intent.verb, intent.subject, intent.target
        );
        self.far.history(|history| history.say(begun, what));
        if answer.is_ok() {
            if self.chance.random_bool(0.1) {
                self.rival(&intent).await;
            }
            let intent = Box::new(intent);
            self.wished.push(Wished { begun, intent });
        }
    }

    /// Another desk wants the same leg in the same moment.
    async fn rival(&mut self, intent: &Intent) {
        let hurry = self.chance.random_range(0..40);
        tokio::time::sleep(Duration::from_millis(hurry)).await;
        let legs = self.far.history(|history| {
            let legs = history.now().iter();
            let same = legs.filter(|leg| leg.uniqueid == intent.subject.key);
            same.map(|leg| leg.uniqueid.clone()).collect::<Vec<_>>()
        });
        people::rival(&self.far, &legs, &mut self.chance);
    }

    /// Lets time go by with the screen in view.
    async fn pass(&mut self, millis: u64) {
        let until = self.far.now() + millis;
        loop {
            let left = until.saturating_sub(self.far.now());
            tokio::time::sleep(Duration::from_millis(left.min(500))).await;
            self.screen.catch_up();
            if left == 0 {
                return;
            }
        }
    }

    fn tell(&self) -> String {
        let operations = self.screen.operations.values();
        let operations: String = operations
            .map(|view| {
                format!(
                    "OPERATION {} {:?} legs {:?} to {:?}: {:?} after {:?} ({} ms)\n",
                    view.operation,
                    view.verb,
                    view.legs,
                    view.target,
                    view.outcome,
                    view.after,
                    view.ended.unwrap_or_default().saturating_sub(view.since)
                )
            })
            .collect();
        self.far.history(|history| history.tell()) + &operations
    }
}

fn weather(chance: &mut StdRng) -> Weather {
    Weather {
        lag: [0, 0, 20, 120][chance.random_range(0..4)],
        breaks: [None, None, Some(3), Some(10)][chance.random_range(0..4)],
        pieces: chance.random_bool(0.3),
    }
}
