//! A receptionist's whole day, by keyboard alone and by mouse alone: every task ends in words on the screen, and Asterisk says the same.

mod asterisk;
mod floor;
mod keyboard;
mod mouse;
mod script;
mod turn;
mod window;

use std::time::Duration;

use anyhow::{Context, Result};
use lab::{Pbx, Version};

use crate::page::Page;
use floor::Floor;
use turn::{Task, Turn};

/// How long anything may take to be seen.
const PATIENCE: Duration = Duration::from_secs(12);

/// With what the operator works today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Keyboard,
    Mouse,
}

/// One desk, one house, one day.
struct Day {
    by: By,
    page: Page,
    floor: Floor,
}

impl Day {
    async fn begin(by: By, version: Version) -> Result<Self> {
        let pbx = Pbx::start(version).await?;
        let port = pbx.ami_port().to_string();
        let mut arguments = vec!["--host", "127.0.0.1", "--port", &port];
        arguments.extend(["--user", "cordboard", "--secret-env", "CORDBOARD_SECRET"]);
        arguments.extend(["--me", "101", "--context", "internal", "--conference"]);
        arguments.extend(["680", "--music", "601", "--voicemail", "*", "--outside"]);
        arguments.extend(["9", "--may-listen"]);
        let (page, floor) = tokio::try_join!(Page::open(&arguments), Floor::open(pbx))?;
        page.wait_for(".board[data-status=live]").await?;
        let day = Self { by, page, floor };
        day.watch_hands().await?;
        day.floor.ready(&day.page).await?;
        Ok(day)
    }

    async fn play(&mut self, number: usize, task: &Task) -> Result<()> {
        self.begin_task().await?;
        for turn in task.turns {
            let played = self.turn(turn).await;
            if played.is_err() {
                let _ = self.page.picture(&format!("failed-day-{number}")).await;
            }
            played.with_context(|| {
                format!(
                    "task {number}, {:?}, by {:?}, at {turn:?}; see target/e2e/failed-day-{number}.png",
                    task.name, self.by
                )
            })?;
        }
        self.floor.clear().await?;
        self.board_clear().await
    }

    async fn turn(&mut self, turn: &Turn) -> Result<()> {
        match turn {
            Turn::They(deed) => self.floor.does(deed).await,
            Turn::You { keys, mouse } => match self.by {
                By::Keyboard => keyboard::press(&self.page, keys).await,
                By::Mouse => mouse::work(&self.page, mouse).await,
            },
            Turn::Window(sight) => window::expect(&self.page, sight).await,
            Turn::Asterisk(fact) => asterisk::expect(&self.floor, fact).await,
        }
    }
}

async fn the_day(by: By, version: Version) -> Result<()> {
    let mut day = Day::begin(by, version).await?;
    for (number, task) in script::day().enumerate() {
        day.play(number + 1, task).await?;
    }
    day.one_hand_only().await
}

#[tokio::test]
async fn the_day_by_keyboard_alone_on_22() -> Result<()> {
    the_day(By::Keyboard, Version::V22).await
}

#[tokio::test]
async fn the_day_by_keyboard_alone_on_16() -> Result<()> {
    the_day(By::Keyboard, Version::V16).await
}

#[tokio::test]
async fn the_day_by_mouse_alone_on_22() -> Result<()> {
    the_day(By::Mouse, Version::V22).await
}

#[tokio::test]
async fn the_day_by_mouse_alone_on_16() -> Result<()> {
    the_day(By::Mouse, Version::V16).await
}
