//! What Asterisk says, asked on a second connection.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use lab::Channel;
use lab::message::Message;
use lab::truth::hear_each_other;
use tokio::time::{Instant, sleep};

use super::PATIENCE;
use super::floor::Floor;
use super::turn::Fact;

/// Longer than a recorder needs to write what it has heard.
const RECORDER: Duration = Duration::from_millis(400);
const POLL: Duration = Duration::from_millis(25);

/// A field and its value.
type Field = Option<(&'static str, &'static str)>;

/// Waits until it is so.
pub(super) async fn expect(floor: &Floor, fact: &Fact) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while !is_so(floor, fact).await? {
        if Instant::now() > deadline {
            let channels = floor.pbx.truth().channels().await?;
            let all: Vec<_> = channels.iter().map(ToString::to_string).collect();
            bail!("Asterisk says otherwise:\n{}", all.join("\n"));
        }
        sleep(POLL).await;
    }
    Ok(())
}

/// Whose channel it is: a phone's, or a caller's from outside.
fn is(channel: &Channel, who: &str) -> bool {
    let outside = channel.endpoint() == "trunk" && channel.caller == who;
    channel.endpoint() == who || outside
}

async fn is_so(floor: &Floor, fact: &Fact) -> Result<bool> {
    let channels = floor.pbx.truth().channels().await?;
    let of = |who: &'static str| channels.iter().filter(move |each| is(each, who));
    Ok(match fact {
        Fact::Talk(one, other) => {
            of(one).any(|mine| of(other).any(|theirs| hear_each_other(&channels, mine, theirs)))
        }
        Fact::Rings(who) => of(who).any(|each| each.state == "Ringing"),
        Fact::Free(who) => of(who).next().is_none(),
        Fact::Runs(who, application) => of(who).any(|each| each.application == *application),
        Fact::Dialled(number) => channels.iter().any(|each| each.exten == *number),
        Fact::Parked(number) => {
            let parked = rows(floor, &[("Action", "ParkedCalls")], "ParkedCall").await?;
            parked
                .iter()
                .any(|each| each.get("ParkeeCallerIDNum") == *number)
        }
        Fact::NobodyParked => {
            let parked = rows(floor, &[("Action", "ParkedCalls")], "ParkedCall").await?;
            parked.is_empty()
        }
        Fact::Waits(number, queue, priority) => waits(floor, number, queue, priority).await?,
        Fact::Member(queue, interface, field) => member(floor, queue, interface, *field).await?,
        Fact::Seat(room, number, field) => seat(floor, room, number, *field).await?,
        Fact::Room(room, field, value) => in_room(floor, room, (field, value)).await?,
        Fact::RoomRecorder(there) => grows(floor).await? == *there,
        Fact::Recorders(who, count) => {
            let channel = of(who).next().context("no such channel")?;
            let told = floor
                .pbx
                .cli(&format!("mixmonitor list {}", channel.name))
                .await?;
            told.lines()
                .filter(|line| line.contains("/monitor/"))
                .count()
                == *count
        }
        Fact::Heard(phone, keys) => {
            floor.phone(phone)?.wait_keys(keys).await?;
            true
        }
        Fact::Limited(who) => {
            let channel = of(who).next().context("no such channel")?;
            left(floor, &channel.name).await? > 0.0
        }
    })
}

async fn waits(floor: &Floor, number: &str, queue: &str, priority: &str) -> Result<bool> {
    let all = rows(floor, &[("Action", "QueueStatus")], "QueueEntry").await?;
    let his = |each: &&Message| (each.get("CallerIDNum"), each.get("Queue")) == (number, queue);
    Ok(says(all.iter().find(his), Some(("Priority", priority))))
}

async fn member(floor: &Floor, queue: &str, interface: &str, field: Field) -> Result<bool> {
    let all = rows(floor, &[("Action", "QueueStatus")], "QueueMember").await?;
    let its = |each: &&Message| (each.get("Queue"), each.get("Location")) == (queue, interface);
    Ok(says(all.iter().find(its), field))
}

async fn seat(floor: &Floor, room: &str, number: &str, field: Field) -> Result<bool> {
    let ask = [("Action", "ConfbridgeList"), ("Conference", room)];
    let all = rows(floor, &ask, "ConfbridgeList").await?;
    let found = all.iter().find(|each| each.get("CallerIDNum") == number);
    Ok(says(found, field))
}

async fn in_room(floor: &Floor, room: &str, field: (&str, &str)) -> Result<bool> {
    let ask = [("Action", "ConfbridgeListRooms")];
    let all = rows(floor, &ask, "ConfbridgeListRooms").await?;
    let found = all.iter().find(|each| each.get("Conference") == room);
    Ok(says(found, Some(field)))
}

/// A row with that field, or no row at all.
fn says(found: Option<&Message>, field: Option<(&str, &str)>) -> bool {
    match (found, field) {
        (Some(row), Some((name, value))) => row.get(name) == value,
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Whether any recording of a room became longer in a while that a recorder never lets pass.
async fn grows(floor: &Floor) -> Result<bool> {
    let before = recorded(floor)?;
    sleep(RECORDER).await;
    Ok(recorded(floor)? > before)
}

/// The bytes of all recordings of rooms.
fn recorded(floor: &Floor) -> Result<u64> {
    let folder = floor.pbx.spool().join("monitor");
    if !folder.exists() {
        return Ok(0);
    }
    let files = fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    let rooms = files
        .iter()
        .filter(|file| file.file_name().to_string_lossy().contains("-room-"));
    let sizes = rooms.map(|file| Ok(file.metadata()?.len()));
    sizes.sum()
}

async fn left(floor: &Floor, channel: &str) -> Result<f64> {
    let ask = [
        ("Action", "Getvar"),
        ("Channel", channel),
        ("Variable", "TIMEOUT(absolute)"),
    ];
    let answer = floor.pbx.truth().action(&ask).await?;
    Ok(answer
        .first()
        .map_or("", |reply| reply.get("Value"))
        .parse()?)
}

async fn rows(floor: &Floor, ask: &[(&str, &str)], item: &str) -> Result<Vec<Message>> {
    let mut answer = floor.pbx.truth().action(ask).await?;
    answer.retain(|message| message.is_event(item));
    Ok(answer)
}
