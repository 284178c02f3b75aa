//! The practice PBX behind the same seam: calls that are really moved.

use std::sync::Arc;

use board::{Ref, RefKind, Thing};
use desk::{Connection, Desk, PracticePbx, Tile};
use operator::{Evidence, Intent, Outcome, Verb};
use practice::{PhoneAct, Practice};
use uuid::Uuid;

use crate::watcher::Watcher;

async fn practising() -> (PracticePbx, Desk, Watcher) {
    let pbx = PracticePbx::new(Practice::new(1));
    let desk = desk::start();
    let connection = Connection {
        profile: desk::practice_profile(),
        secret: desk::practice_secret(),
        dialer: Arc::new(pbx.clone()),
    };
    desk.connect(connection).await.expect("runs");
    let mut watcher = Watcher::of(&desk).await;
    watcher.live("practice").await;
    (pbx, desk, watcher)
}

/// Both legs of the only call, once two talk: mine and the other.
async fn talking(watcher: &mut Watcher) -> Ref {
    let found = |watcher: &Watcher| {
        watcher.tiles.values().find_map(|tile| match tile {
            Tile::Board(Thing::Call(call)) if call.phase == board::view::CallPhase::Talking => {
                Some(call.id.clone())
            }
            Tile::Board(_) | Tile::Desk(_) => None,
        })
    };
    watcher
        .until("a conversation", |watcher| found(watcher).is_some())
        .await;
    found(watcher).expect("just seen")
}

#[tokio::test(start_paused = true)]
async fn my_call_goes_to_a_colleague_whose_phone_rings() {
    let (pbx, desk, mut watcher) = practising().await;
    pbx.with(|pbx, now| pbx.phone("102", PhoneAct::Dial("101".into()), now));
    watcher
        .until("ringing", |watcher| {
            !watcher.things("practice", RefKind::Call).is_empty()
        })
        .await;
    pbx.with(|pbx, now| pbx.phone("101", PhoneAct::Answer, now));
    let call = talking(&mut watcher).await;
    let offers = desk.offers(call.clone()).await.expect("runs");
    let offer = offers
        .offers
        .iter()
        .find(|offer| offer.verb == Verb::Transfer)
        .expect("a transfer");
    assert_eq!(offer.party.number.as_deref(), Some("102"));
    let target = offer
        .targets
        .iter()
        .find(|target| target.key.starts_with("103@"))
        .expect("103")
        .clone();
    let wish = Intent {
        target: Some(target),
        seen: offers.seen.clone(),
        ..Intent::new(Uuid::new_v4(), Verb::Transfer, offer.subject.clone())
    };
    let id = desk.perform(wish).await.expect("runs").expect("begun");
    watcher
        .until("an outcome", |watcher| {
            watcher
                .operation(id)
                .is_some_and(|view| view.outcome.is_some())
        })
        .await;
    let outcome = watcher.operation(id).and_then(|view| view.outcome.clone());
    assert_eq!(
        outcome,
        Some(Outcome::Done {
            evidence: Evidence::Ringing
        })
    );
    let there = pbx
        .with(|pbx, _| pbx.channels())
        .into_iter()
        .any(|leg| leg.number == "103" && leg.state == "Ringing");
    assert!(there, "103 really rings");
}
