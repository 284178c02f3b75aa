//! An office at work: calls of every kind which come again when they end, so that a
//! screenshot or a hand always finds something on the board.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use tokio::time::sleep;

use crate::serve::Desk;

/// The pause between the end of an act and its next beginning.
const PAUSE: Duration = Duration::from_secs(3);

/// One thing that goes on in the office.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Two phones talk.
    Talk(&'static str, &'static str),
    /// A phone rings another that nobody answers.
    Ring(&'static str, &'static str),
    /// A phone is connected to a number that answers by itself.
    Machine(&'static str, &'static str),
    /// A phone talks to somebody outside it dialled.
    Outbound(&'static str, &'static str),
    /// A caller from outside, answered by that phone, or waiting if there is none.
    Inbound {
        did: &'static str,
        number: &'static str,
        name: &'static str,
        answered_by: Option<&'static str>,
    },
    /// Two phones talked, and the first was parked by the other's desk.
    Parked(&'static str, &'static str),
}

const OFFICE: [Act; 12] = [
    Act::Talk("107", "108"),
    Act::Talk("113", "114"),
    Act::Ring("109", "110"),
    Act::Machine("111", "680"),
    Act::Machine("112", "680"),
    Act::Machine("115", "680"),
    Act::Machine("118", "620"),
    Act::Outbound("116", "90301234567"),
    Act::Inbound {
        did: "4930555003",
        number: "+442079460123",
        name: "Jane Doe",
        answered_by: None,
    },
    Act::Inbound {
        did: "4930555001",
        number: "+4915112345678",
        name: "Zoë Krüger",
        answered_by: None,
    },
    Act::Inbound {
        did: "4930555004",
        number: "+390612345678",
        name: "Studio Ferri",
        answered_by: Some("105"),
    },
    Act::Parked("119", "117"),
];

/// Lets the office begin to work; it goes on until the lab goes down.
pub(crate) fn begin(desk: &Arc<Desk>) {
    for act in OFFICE {
        let desk = Arc::clone(desk);
        tokio::spawn(async move {
            loop {
                // A disturbed act (somebody used its phone) simply begins again.
                if let Err(error) = play(&desk, act).await {
                    tracing::info!(?act, "{error:#}");
                }
                sleep(PAUSE).await;
            }
        });
    }
}

async fn play(desk: &Desk, act: Act) -> Result<()> {
    match act {
        Act::Talk(from, to) => {
            let (caller, called) = (desk.phone(from).await?, desk.phone(to).await?);
            caller.dial(to).await?;
            called.wait_ringing().await?;
            called.answer().await?;
            called.wait_established().await?;
            until_gone(desk, from).await
        }
        Act::Ring(from, to) => {
            let called = desk.phone(to).await?;
            desk.phone(from).await?.dial(to).await?;
            called.wait_ringing().await?;
            until_gone(desk, from).await
        }
        Act::Machine(from, number) | Act::Outbound(from, number) => {
            let caller = desk.phone(from).await?;
            caller.dial(number).await?;
            caller.wait_established().await?;
            until_gone(desk, from).await
        }
        Act::Inbound {
            did,
            number,
            name,
            answered_by,
        } => inbound(desk, [did, number, name], answered_by).await,
        Act::Parked(caller, parker) => parked(desk, caller, parker).await,
    }
}

async fn inbound(desk: &Desk, [did, number, name]: [&str; 3], by: Option<&str>) -> Result<()> {
    let mut caller = desk.pbx.trunk_call(did, number, name).await?;
    if let Some(member) = by {
        let phone = desk.phone(member).await?;
        phone.wait_ringing().await?;
        phone.answer().await?;
    }
    while caller.is_up() {
        sleep(PAUSE).await;
    }
    Ok(())
}

async fn parked(desk: &Desk, caller: &str, parker: &str) -> Result<()> {
    let (phone, other) = (desk.phone(caller).await?, desk.phone(parker).await?);
    phone.dial(parker).await?;
    other.wait_ringing().await?;
    other.answer().await?;
    let truth = desk.pbx.truth();
    truth.wait_talking(caller, parker).await?;
    let (parkee, by) = (
        truth.channel_of(caller).await?,
        truth.channel_of(parker).await?,
    );
    let park = [
        ("Action", "Park"),
        ("Channel", parkee.name.as_str()),
        ("TimeoutChannel", by.name.as_str()),
        ("Timeout", "3600000"),
    ];
    truth.action(&park).await?;
    until_gone(desk, caller).await
}

async fn until_gone(desk: &Desk, endpoint: &str) -> Result<()> {
    while !desk.pbx.truth().channels_of(endpoint).await?.is_empty() {
        sleep(PAUSE).await;
    }
    Ok(())
}
