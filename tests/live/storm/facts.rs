//! What a storm asks of both witnesses beyond [`crate::witness`]: registrations, who is silenced, voicemail.

use std::collections::BTreeSet;

use anyhow::Result;
use board::view::ExtensionView;
use lab::Truth;

use super::wish::PHONES;
use crate::shown::Shown;

/// What Asterisk says. Of mailboxes only those the board makes a claim about: no list tells of the others.
pub(super) async fn asterisk(truth: &Truth, shown: &Shown) -> Result<BTreeSet<String>> {
    let mut facts = BTreeSet::new();
    for item in truth.action(&[("Action", "PJSIPShowEndpoints")]).await? {
        let number = item.get("ObjectName");
        if item.is_event("EndpointList") && PHONES.contains(&number) {
            let registered = item.get("Contacts").contains("sip:");
            facts.insert(format!("{number} registered {registered}"));
        }
    }
    for room in truth.action(&[("Action", "ConfbridgeListRooms")]).await? {
        if room.is_event("ConfbridgeListRooms") {
            facts.extend(seats(truth, room.get("Conference")).await?);
        }
    }
    for mailbox in mailboxes(shown) {
        let question = [("Action", "MailboxCount"), ("Mailbox", mailbox)];
        if let Some(count) = truth.action(&question).await?.first() {
            let (fresh, heard) = (count.get("NewMessages"), count.get("OldMessages"));
            facts.insert(format!("{mailbox} holds {fresh} and {heard}"));
        }
    }
    Ok(facts)
}

/// What our board says.
pub(super) fn board(shown: &Shown) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for extension in shown.extensions() {
        if let (true, Some(registered)) = (is_phone(extension), extension.registered) {
            facts.insert(format!("{} registered {registered}", extension.number));
        }
        if let Some(mailbox) = &extension.mailbox {
            let (name, fresh, heard) = (&mailbox.mailbox, mailbox.fresh, mailbox.heard);
            facts.insert(format!("{name} holds {fresh} and {heard}"));
        }
    }
    for room in shown.conferences() {
        for seat in &room.members {
            facts.insert(format!("{} silenced {}", seat.leg.key, seat.muted));
        }
    }
    facts
}

fn is_phone(extension: &ExtensionView) -> bool {
    PHONES.contains(&extension.number.as_str())
}

fn mailboxes(shown: &Shown) -> impl Iterator<Item = &str> {
    shown
        .extensions()
        .filter_map(|extension| extension.mailbox.as_ref())
        .map(|mailbox| mailbox.mailbox.as_str())
}

async fn seats(truth: &Truth, room: &str) -> Result<Vec<String>> {
    let question = [("Action", "ConfbridgeList"), ("Conference", room)];
    let answer = truth.action(&question).await?;
    let inside = answer.iter().filter(|item| item.is_event("ConfbridgeList"));
    let silenced = inside.map(|item| {
        let muted = item.get("Muted") == "Yes";
        format!("{} silenced {muted}", item.get("Uniqueid"))
    });
    Ok(silenced.collect())
}
