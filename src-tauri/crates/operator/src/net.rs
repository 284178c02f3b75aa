//! The net under the moves: who was sent and is not answered yet, who was lost on the way, who waits where for whom, and rows that cannot
//! be. It looks at the board and at how operations end, and says what the desk should do by itself so that nobody is forgotten.

mod camp;
mod lost;
mod note;
mod sent;
mod sight;
mod stuck;

use std::collections::{BTreeMap, BTreeSet};

use ami::Event;
use board::{Millis, PbxId, Ref, RefKind};
use uuid::Uuid;

use crate::intent::{Intent, OperationId, Verb};
use crate::operation::{OperationView, Step};
use crate::outcome::{Evidence, Outcome};
use crate::preview::{Party, Place};
use crate::scene::Scene;
pub use camp::{CampState, CampView};
pub use lost::LostView;
pub use note::NoteView;
pub use sent::{SentState, SentView};
use sight::Sight;
pub use stuck::{ListedChannel, StatusSays, StuckQuestion, StuckVerdict, StuckView, StuckWhy};

/// How often the board is looked at while somebody is followed.
const LOOK: Millis = 200;
/// And else, for rows that cannot be.
const IDLE: Millis = 5_000;

/// Somebody who is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Who {
    leg: Ref,
    name: Option<String>,
    number: Option<String>,
}

/// What the desk should do by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// `Transfer` of somebody who waited for the target, or `Take` of somebody who has waited for too long.
    pub verb: Verb,
    /// Whom.
    pub subject: Ref,
    /// Where to.
    pub target: Option<Ref>,
}

impl Wish {
    /// As an intent. It carries nothing that was seen: the board of now counts.
    #[must_use]
    pub fn intent(self, id: Uuid) -> Intent {
        Intent {
            target: self.target,
            ..Intent::automatic(id, self.verb, self.subject)
        }
    }
}

/// What a look at the board comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// To be done at once.
    pub wishes: Vec<Wish>,
    /// To be asked.
    pub question: Option<StuckQuestion>,
}

/// The net of one PBX.
#[derive(Debug, Default)]
pub struct Net {
    sent: sent::Shelf,
    alarm: lost::Alarm,
    notes: note::Notes,
    camps: camp::Camps,
    surgeon: stuck::Surgeon,
    /// How far the operations are known that have been written: with an outcome, or still open.
    known: BTreeMap<OperationId, Option<Outcome>>,
    /// Callers put to music by operations of which nobody knows whether they have happened.
    unsure: Vec<OperationView>,
    /// The link was lost since the board was last looked at.
    blind: bool,
    looked: Millis,
}

impl Net {
    /// Legs this desk has silenced where no event tells of it.
    #[must_use]
    pub fn muted(&self) -> &BTreeSet<Ref> {
        &self.notes.muted
    }

    /// An operation as it stands; to be told of every one in every turn in which it may have changed, before the next event is read.
    pub fn follow(&mut self, view: &OperationView, scene: Scene<'_>, now: Millis) {
        let known = self.known.get(&view.operation);
        let refused = matches!(view.outcome, Some(Outcome::Refused { .. }));
        let written = match view.step {
            Step::Waiting | Step::Checking => false,
            Step::Asked | Step::Accepted | Step::FirstPhoneRings => true,
            Step::Ended => !refused,
        };
        if known.is_some_and(|known| *known == view.outcome) || !(written || refused) {
            return;
        }
        let sight = Sight::of(scene);
        if known.is_none() && written {
            self.begin(view, &sight, now);
        }
        self.known.insert(view.operation, view.outcome.clone());
        if let Some(outcome) = &view.outcome {
            self.end(view, outcome, &sight, now);
        }
    }

    /// Whether it has to be told of this operation.
    #[must_use]
    pub fn wants(&self, id: OperationId, outcome: Option<&Outcome>) -> bool {
        self.known
            .get(&id)
            .is_none_or(|known| known.as_ref() != outcome)
    }

    /// Operations that are shown no more need not be remembered.
    pub fn retain(&mut self, is_shown: impl Fn(OperationId) -> bool) {
        self.known.retain(|id, _| is_shown(*id));
    }

    fn begin(&mut self, view: &OperationView, sight: &Sight<'_>, now: Millis) {
        if matches!(view.verb, Verb::HangUp | Verb::Kick) {
            for leg in &view.legs {
                self.alarm.forget(leg);
                self.sent.forget(leg);
            }
            return;
        }
        let by = view.operation;
        for (who, to) in moved(view) {
            let mine = to.as_ref().is_some_and(|to| is_mine(to, sight));
            self.alarm.watch(who.clone(), to.clone(), by, sight, now);
            match to.filter(|_| goes_on_the_shelf(view.verb)) {
                // Who comes back is followed until I have them.
                _ if mine => {}
                Some(to) => self.sent.add((who, to), by, sight, now),
                None => drop(self.sent.forget(&who.leg)),
            }
        }
    }

    fn end(&mut self, view: &OperationView, outcome: &Outcome, sight: &Sight<'_>, now: Millis) {
        for (who, _) in moved(view) {
            self.alarm.ended(&who.leg, outcome);
            self.sent.ended(&who.leg, outcome);
            match outcome {
                Outcome::Done { .. } => self.arrived(view, who, sight, now),
                Outcome::Unknown { .. } => {}
                Outcome::Refused { .. } | Outcome::Failed { .. } | Outcome::Expired => {
                    self.camps.stays(&who.leg, now)
                }
            }
        }
        let evidence = Evidence::Word;
        let mutes = matches!(view.verb, Verb::Mute | Verb::Unmute);
        if mutes && *outcome == (Outcome::Done { evidence }) {
            let on = view.verb == Verb::Mute;
            let legs = view.legs.iter();
            legs.for_each(|leg| self.notes.mute(leg, on, now));
        }
        if matches!(outcome, Outcome::Unknown { .. })
            && matches!(view.verb, Verb::Hold | Verb::Camp)
        {
            self.unsure.push(view.clone());
        }
    }

    /// A move has happened.
    fn arrived(&mut self, view: &OperationView, who: Who, sight: &Sight<'_>, now: Millis) {
        let (rules, by) = (sight.scene.rules, Some(view.operation));
        if view.verb != Verb::Hold {
            self.notes.resume(&who.leg);
        }
        self.camps.forget(&who.leg);
        if view.verb == Verb::Hold {
            self.notes.hold(&who.leg, by, rules.hold_warn(), now);
        }
        let target = view.target.as_ref().filter(|_| view.verb == Verb::Camp);
        if let Some(Ok(target)) = target.map(|target| sight.scene.place_of(target)) {
            self.camps.add(who.clone(), target, rules.camp_limit(), now);
        }
        let labelled = matches!(view.verb, Verb::Hold | Verb::Camp | Verb::Park);
        if let Some(label) = view.details.label.as_deref().filter(|_| labelled) {
            self.notes.label(&who.leg, label, by);
        }
    }

    /// An event, after the board has taken it in.
    pub fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Channel(event) => self.alarm.hangup(event),
            Event::Dial(dial) => self.sent.dial(dial),
            Event::Bridge(_)
            | Event::Transfer(_)
            | Event::Parking(_)
            | Event::Queue(_)
            | Event::State(_)
            | Event::Conference(_)
            | Event::Recording(_)
            | Event::Spy(_)
            | Event::Agent(_)
            | Event::Originate(_)
            | Event::System(_)
            | Event::Other(_)
            | Event::Malformed(_) => {}
        }
    }

    /// The link is gone: what was known is shown as it was, and looked at anew when the board is live again.
    pub fn link_lost(&mut self) {
        self.blind = true;
        self.surgeon.link_lost();
    }

    /// When it wants to look at the board again.
    #[must_use]
    pub fn due(&self) -> Option<Millis> {
        let moving = !self.alarm.is_idle();
        let moving = moving.then_some(self.looked + LOOK);
        let times = [
            moving,
            self.sent.due(),
            self.camps.due(),
            self.surgeon.due(),
        ];
        let next = times.into_iter().flatten().min();
        next.map(|at| at.max(self.looked + LOOK))
    }

    /// Whether looking at the board may bring anything.
    #[must_use]
    pub fn has_work(&self, now: Millis) -> bool {
        let nobody = self.alarm.is_idle() && self.sent.is_empty() && self.notes.is_empty();
        let idle = nobody && self.camps.is_empty() && self.unsure.is_empty() && !self.blind;
        now >= self.looked + if idle { IDLE } else { LOOK }
    }

    /// Looks at the board of now, which must be live.
    pub fn observe(&mut self, scene: Scene<'_>, now: Millis) -> Look {
        self.looked = now;
        if !scene.live {
            return Look::default();
        }
        let sight = Sight::of(scene);
        let blind = std::mem::take(&mut self.blind);
        self.settle_unsure(&sight, now);
        self.alarm.observe(&sight, blind, now);
        for vanished in self.sent.observe(&sight, blind, now) {
            self.alarm.vanished(vanished, now);
        }
        self.notes.observe(&sight, now);
        let Self {
            sent,
            camps,
            notes,
            surgeon,
            ..
        } = self;
        let wishes = camps.observe(&sight, |target| sent.is_awaited_at(target), now);
        let consulted = |leg: &Ref| scene.consultation_of(leg).is_some();
        let ours = |leg: &Ref| notes.is_held(leg) || camps.has(leg) || consulted(leg);
        let question = surgeon.observe(&sight, ours, now);
        Look { wishes, question }
    }

    /// Who stands at the number with music after the link was lost in a move there, has come there by it.
    fn settle_unsure(&mut self, sight: &Sight<'_>, now: Millis) {
        for view in std::mem::take(&mut self.unsure) {
            for (who, _) in moved(&view) {
                let channel = sight.scene.board.channel(&who.leg.key);
                let exten = channel.and_then(|channel| channel.exten.as_deref());
                if exten.is_some() && exten == sight.scene.rules.music.as_deref() {
                    self.arrived(&view, who, sight, now);
                }
            }
        }
    }

    /// What was wished could not be begun.
    pub fn refused(&mut self, subject: &Ref, now: Millis) {
        self.camps.stays(subject, now);
    }

    /// The operator has read it, or wants it no more. A caller who waited for somebody waits on, to music. False: there is no such thing.
    pub fn dismiss(&mut self, id: &Ref, scene: Scene<'_>, now: Millis) -> bool {
        let leg = Ref {
            kind: RefKind::Leg,
            ..id.clone()
        };
        match id.kind {
            RefKind::Lost => self.alarm.dismiss(id),
            RefKind::Sent => self.sent.forget(&leg),
            RefKind::Stuck => self.surgeon.dismiss(&id.key, now),
            RefKind::Camp => {
                let was = self.camps.forget(&leg);
                if was {
                    self.notes.hold(&leg, None, scene.rules.hold_warn(), now);
                }
                was
            }
            RefKind::Note => {
                self.notes.label(&leg, "", None);
                true
            }
            RefKind::Pbx
            | RefKind::Call
            | RefKind::Leg
            | RefKind::Extension
            | RefKind::Queue
            | RefKind::Parked
            | RefKind::Conference
            | RefKind::Trunk
            | RefKind::Agent
            | RefKind::Ended
            | RefKind::Gap
            | RefKind::Number
            | RefKind::Operation
            | RefKind::Consultation => false,
        }
    }

    /// Writes on a leg for whom it waits, or why. False: there is no such leg.
    pub fn label(&mut self, leg: &Ref, text: &str, scene: Scene<'_>) -> bool {
        let there = leg.kind == RefKind::Leg && scene.board.channel(&leg.key).is_some();
        if there {
            self.notes.label(leg, text, None);
        }
        there
    }

    /// The list of channels that a question asked for.
    pub fn listed(&mut self, list: &[ListedChannel], scene: Scene<'_>, now: Millis) {
        let board = scene.board;
        let known = |id: &str| board.channel(id).is_some();
        self.surgeon.listed(list, board.pbx(), known, now);
    }

    /// What the PBX says about the one channel that a question named.
    pub fn status(&mut self, says: StatusSays, now: Millis) {
        self.surgeon.status(says, now);
    }

    /// Who was sent.
    pub fn sent<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = SentView> + 'a {
        self.sent.views(pbx)
    }

    /// Who was lost.
    pub fn lost(&self) -> impl Iterator<Item = LostView> + '_ {
        self.alarm.views()
    }

    /// What is noted about legs.
    pub fn notes<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = NoteView> + 'a {
        self.notes.views(pbx)
    }

    /// Who waits for somebody to be free.
    pub fn camps<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = CampView> + 'a {
        self.camps.views(pbx)
    }

    /// Rows that cannot be.
    pub fn stuck<'a>(&'a self, pbx: &'a PbxId) -> impl Iterator<Item = StuckView> + 'a {
        self.surgeon.views(pbx)
    }
}

/// Whom an operation moves, the operator left out, and where to.
fn moved(view: &OperationView) -> Vec<(Who, Option<Place>)> {
    let by_originate = matches!(view.verb, Verb::Originate | Verb::Invite);
    let journeys = view.preview.journeys.iter();
    let travels = journeys.map(|one| (&one.who, Some(&one.to)));
    let bridged = matches!(
        view.verb,
        Verb::Park | Verb::Connect | Verb::Complete | Verb::Swap | Verb::GoBack
    );
    let about = view.preview.about.iter().filter(|_| bridged);
    let all = travels.chain(about.map(|party| (party, None)));
    let mut found: Vec<(Who, Option<Place>)> = Vec::new();
    for (party, to) in all.filter(|(party, _)| !party.me && !by_originate) {
        let Some(who) = who(party) else { continue };
        if found.iter().all(|(known, _)| known.leg != who.leg) {
            found.push((who, to.cloned()));
        }
    }
    found
}

fn who(party: &Party) -> Option<Who> {
    Some(Who {
        leg: party.leg.clone()?,
        name: party.name.clone(),
        number: party.number.clone(),
    })
}

/// Until somebody answers, these are sent and not yet there.
fn goes_on_the_shelf(verb: Verb) -> bool {
    matches!(verb, Verb::Transfer | Verb::TransferBoth | Verb::Complete)
}

fn is_mine(to: &Place, sight: &Sight<'_>) -> bool {
    sight.scene.me().is_some_and(|me| me.number == to.number)
}
