//! What the lab's scenes are made of: the same phones, the same moves.

use practice::PhoneAct::{Answer, Dial, Register, Unregister};
use practice::Practice;

use super::Client;

/// Only these phones are switched on, as in the lab.
pub(crate) fn stage<const N: usize>(phones: [&str; N]) -> Client {
    let mut pbx = Practice::new(1);
    for exten in 100..=120 {
        let exten = exten.to_string();
        let act = if phones.contains(&exten.as_str()) {
            Register
        } else {
            Unregister
        };
        pbx.phone(&exten, act, 0);
    }
    Client::logged_in(pbx)
}

pub(crate) fn ring(client: &mut Client, from: &str, to: &str) {
    client.phone(from, Dial(to.to_owned())).wait(300);
}

pub(crate) fn connect(client: &mut Client, from: &str, to: &str) {
    ring(client, from, to);
    client.phone(to, Answer).wait(300);
}

/// 101 talks with 102; 103 is there.
pub(crate) fn talking() -> Client {
    let mut client = stage(["101", "102", "103"]);
    connect(&mut client, "101", "102");
    client
}

/// The name of the live channel of a device.
pub(crate) fn leg(client: &Client, device: &str) -> String {
    let prefix = format!("PJSIP/{device}-");
    client
        .pbx
        .channels()
        .into_iter()
        .map(|leg| leg.name)
        .find(|name| name.starts_with(&prefix))
        .expect("a leg")
}

pub(crate) fn redirect(client: &mut Client, device: &str, exten: &str) {
    let leg = leg(client, device);
    client
        .send(&format!(
            "Action: Redirect\nChannel: {leg}\nContext: internal\nExten: {exten}\nPriority: 1\n"
        ))
        .wait(300);
}

/// Ends every call by the action.
pub(crate) fn clear(client: &mut Client) {
    for leg in client.pbx.channels() {
        client.send(&format!("Action: Hangup\nChannel: {}\n", leg.name));
    }
    client.wait(300);
}

pub(crate) const JANE: (&str, &str) = ("+49301234567", "Jane Doe");

pub(crate) fn originate(client: &mut Client, device: &str, exten: &str, more: &str) {
    client.send(&format!(
        "Action: Originate\nActionID: o\nChannel: {device}\nContext: internal\nExten: {exten}\nPriority: 1\n\
         CallerID: \"Anna Rossi\" <101>\nAsync: true\nChannelId: cord-1\n{more}"
    ));
    client.wait(50);
}
