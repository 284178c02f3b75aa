//! `do`: one action, followed until its outcome has been seen on the wire.

use std::io::Write;
use std::time::Duration;

use board::{Ref, RefKind};
use operator::{Intent, OperationId, Outcome, Verb};
use serde::Serialize;
use uuid::Uuid;

use crate::end::{Exit, Trouble};
use crate::link::{Link, Live};
use crate::options::{Action, Transfer};
use crate::output;

/// Longer than any operation stays open; past it something is wrong with the desk, and nobody knows.
const PATIENCE: Duration = Duration::from_secs(180);

/// What is printed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    #[serde(flatten)]
    outcome: Outcome,
    operation: OperationId,
    verb: Verb,
    legs: Vec<Ref>,
    target: Option<Ref>,
}

pub(crate) async fn act(
    link: Link,
    action: &Action,
    out: &mut impl Write,
) -> Result<Exit, Trouble> {
    wished(link, |live| intent(live, action), out).await
}

/// Carries a wish out, on the board as it stands now, and prints the outcome.
pub(crate) async fn wished(
    link: Link,
    wish: impl FnOnce(&Live) -> Intent,
    out: &mut impl Write,
) -> Result<Exit, Trouble> {
    let mut live = link.live().await?;
    let mut intent = wish(&live);
    intent.seen = live.desk.offers(intent.subject.clone()).await?.seen;
    if let Some(target) = intent.target.clone() {
        intent.target_seen = live.desk.offers(target).await?.seen;
    }
    let report = carry_out(&mut live, intent).await?;
    live.desk.written_down().await?;
    output::json(out, &report)?;
    Ok(Exit::from(&report.outcome))
}

async fn carry_out(live: &mut Live, intent: Intent) -> Result<Report, Trouble> {
    let mut report = Report {
        outcome: Outcome::Unknown { found: None },
        operation: intent.id,
        verb: intent.verb,
        legs: vec![intent.subject.clone()],
        target: intent.target.clone(),
    };
    match live.desk.perform(intent).await? {
        Err(refusal) => report.outcome = Outcome::Refused { refusal },
        // Without an end in time the outcome stays unknown.
        Ok(_) => drop(tokio::time::timeout(PATIENCE, follow(live, &mut report)).await),
    }
    Ok(report)
}

async fn follow(live: &mut Live, report: &mut Report) {
    while let Some(message) = live.feed.recv().await {
        live.shown.fold(message);
        let Some(view) = live.shown.operation(report.operation) else {
            continue;
        };
        report.legs.clone_from(&view.legs);
        if let Some(outcome) = &view.outcome {
            report.outcome = outcome.clone();
            return;
        }
    }
}

fn intent(live: &Live, action: &Action) -> Intent {
    match action {
        Action::Transfer(transfer) => transfer_intent(live, transfer),
        Action::Hangup { leg } => wish(Verb::HangUp, self::leg(live, leg)),
        Action::Originate {
            from,
            to,
            unverified,
        } => {
            let ours = || Ref::extension(&live.profile.pbx, from, &live.profile.context);
            let subject = live.extension(from).unwrap_or_else(ours);
            Intent {
                target: Some(live.target(to)),
                confirmed: *unverified,
                ..wish(Verb::Originate, subject)
            }
        }
    }
}

fn transfer_intent(live: &Live, transfer: &Transfer) -> Intent {
    let verb = if transfer.both {
        Verb::TransferBoth
    } else {
        Verb::Transfer
    };
    Intent {
        target: Some(live.target(&transfer.to)),
        second: transfer.second.as_deref().map(|second| live.target(second)),
        confirmed: transfer.unverified,
        ..wish(verb, leg(live, &transfer.leg))
    }
}

fn wish(verb: Verb, subject: Ref) -> Intent {
    Intent::new(Uuid::new_v4(), verb, subject)
}

/// The leg on the board; one that is not there is left to be refused in the operator's words.
fn leg(live: &Live, channel: &str) -> Ref {
    live.shown.leg(channel).map_or_else(
        || Ref::new(RefKind::Leg, &live.profile.pbx, channel),
        |leg| leg.id.clone(),
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::shown::{
        Shown,
        tests::{call, extension, main_pbx, snapshot},
    };
    use operator::Refusal;
    use tokio::sync::mpsc;

    pub(crate) fn live() -> Live {
        let (_, feed) = mpsc::channel(1);
        let mut shown = Shown::default();
        shown.fold(snapshot(vec![
            call(),
            extension("201", "office"),
            extension("204", "office"),
        ]));
        let mut profile = desk::practice_profile();
        profile.pbx = main_pbx();
        profile.context = "office".to_owned();
        Live {
            desk: desk::start(),
            feed,
            shown,
            profile,
        }
    }

    fn text(id: Option<Ref>) -> String {
        id.map(|id| id.to_string()).unwrap_or_default()
    }

    #[tokio::test]
    async fn the_named_leg_is_the_subject() {
        let transfer = Transfer {
            leg: "PJSIP/trunk-00000001".to_owned(),
            to: "204".to_owned(),
            both: true,
            second: Some("0171".to_owned()),
            unverified: true,
        };
        let intent = intent(&live(), &Action::Transfer(transfer));
        assert_eq!(
            (intent.verb, intent.subject.to_string(), intent.confirmed),
            (Verb::TransferBoth, "leg:main:100.1".to_owned(), true)
        );
        assert_eq!(
            (text(intent.target), text(intent.second)),
            (
                "extension:main:204@office".to_owned(),
                "number:main:0171".to_owned()
            )
        );
    }

    #[tokio::test]
    async fn a_leg_that_is_not_there_is_left_to_be_refused() {
        let intent = intent(
            &live(),
            &Action::Hangup {
                leg: "100.9".to_owned(),
            },
        );
        assert_eq!(
            (intent.verb, intent.subject.to_string()),
            (Verb::HangUp, "leg:main:100.9".to_owned())
        );
        assert_eq!(intent.target, None);
    }

    #[tokio::test]
    async fn an_originate_rings_the_named_extension_first() {
        let action = Action::Originate {
            from: "201".to_owned(),
            to: "0171".to_owned(),
            unverified: false,
        };
        let intent = intent(&live(), &action);
        assert_eq!(
            (intent.subject.to_string(), text(intent.target)),
            (
                "extension:main:201@office".to_owned(),
                "number:main:0171".to_owned()
            )
        );
    }

    #[test]
    fn the_outcome_is_the_first_thing_in_the_printed_object() {
        let outcome = Outcome::Refused {
            refusal: Refusal::Gone,
        };
        let subject = Ref::new(RefKind::Leg, &main_pbx(), "100.9");
        let report = Report {
            outcome,
            operation: OperationId(Uuid::nil()),
            verb: Verb::HangUp,
            legs: vec![subject],
            target: None,
        };
        let printed = serde_json::to_string(&report).expect("JSON");
        assert_eq!(
            printed,
            "{\"outcome\":\"refused\",\"refusal\":{\"refusal\":\"gone\"},\"operation\":\"00000000-0000-0000-0000-000000000000\",\"verb\":\"hangUp\",\"legs\":[\"leg:main:100.9\"],\"target\":null}"
        );
    }
}
