//! The moves an operator makes, by action: the same scenes played here and recorded from the lab's Asterisk 22, and where no
//! scene was recorded what is told and what is left.

#[path = "../client/mod.rs"]
mod client;
#[path = "../client/tape.rs"]
mod tape;

mod asked;
mod bridges;
mod media;
mod members;
mod parking;
mod phones;
mod queues;
mod rights;
mod rooms;

use client::Client;
use client::story::{Story, story};

fn recorded(scene: &str) -> Story {
    story(&tape::tape(scene))
}

/// Both tell the same of every channel.
#[track_caller]
fn same(scene: &str, client: &mut Client) {
    same_without(scene, client, &[]);
}

/// The same but for lines with these words in them: what Asterisk tells or not, as it comes.
#[track_caller]
fn same_without(scene: &str, client: &mut Client, words: &[&str]) {
    let (mut theirs, mut ours) = (recorded(scene), story(&client.take()));
    for story in [&mut theirs, &mut ours] {
        story
            .lines
            .retain(|line| !words.iter().any(|word| line.contains(word)));
    }
    let (missing, extra) = (theirs.beyond(&ours), ours.beyond(&theirs));
    assert!(
        missing.is_empty() && extra.is_empty(),
        "{scene}\nonly Asterisk says:\n  {}\nonly we say:\n  {}",
        missing.join("\n  "),
        extra.join("\n  ")
    );
    assert_eq!(theirs.lives, ours.lives, "{scene}");
}
