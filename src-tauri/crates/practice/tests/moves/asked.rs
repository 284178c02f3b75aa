//! An action asked, and its answer.

use crate::client::Client;
use crate::client::stage::leg;

/// Sends the action; gives the word and the message of its answer. Headers as `Name: value` lines; `@101` is the name of the
/// live channel of that device.
pub(crate) fn ask(client: &mut Client, action: &str) -> (String, String) {
    let lines: String = action
        .lines()
        .map(|line| format!("{}\n", named(client, line)))
        .collect();
    let before = client.frames.len();
    client.send(&format!("Action: {lines}"));
    let answer = client.frames[before..]
        .iter()
        .find(|frame| frame.get("Response").is_some() && frame.event().is_none())
        .expect("an answer");
    let text = |name: &str| {
        let value = answer.get(name);
        value.map(|value| value.text().trim_end().to_owned())
    };
    let both = (
        text("Response").unwrap_or_default(),
        text("Message").unwrap_or_default(),
    );
    client.wait(300);
    both
}

fn named(client: &Client, line: &str) -> String {
    match line.split_once('@') {
        Some((before, device)) if before.ends_with(' ') => {
            let (device, rest) = device.split_once(',').unwrap_or((device, ""));
            let comma = if rest.is_empty() { "" } else { "," };
            format!("{before}{}{comma}{rest}", leg(client, device))
        }
        Some(_) | None => line.to_owned(),
    }
}

/// The action succeeds, with these words.
#[track_caller]
pub(crate) fn done(client: &mut Client, action: &str, message: &str) {
    let answer = ask(client, action);
    assert_eq!(
        answer,
        ("Success".to_owned(), message.to_owned()),
        "{action}"
    );
}

/// The action is refused, with these words.
#[track_caller]
pub(crate) fn refused(client: &mut Client, action: &str, message: &str) {
    let answer = ask(client, action);
    assert_eq!(answer, ("Error".to_owned(), message.to_owned()), "{action}");
}
