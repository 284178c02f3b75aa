//! A plan carries one intent out: check the target, write once, watch for evidence, end. A small machine without I/O:
//! replies and events go in, requests come out, and `now` is an argument.

mod doubt;
mod end;
mod evidence;
mod journey;
mod proof;
mod reconcile;
mod view;
mod write;

use std::collections::VecDeque;

use ami::action::List;
use ami::event::ChannelEvent;
use ami::session::Reply;
use ami::{ChannelState, Event, Request};
use board::{Board, Millis, PbxId};

use crate::consultation::Consultation;
use crate::intent::{Intent, Verb};
use crate::operation::{After, Step};
use crate::outcome::{Evidence, Failure, Outcome};
use crate::preview::Preview;
use crate::refusal::Refusal;
use crate::rules::{ConsultBy, Outgoing};
use crate::scene::Scene;
use crate::verb::{Move, Moves, resolve};
use evidence::FirstPhone;
use journey::Journey;
pub(crate) use proof::{MemberNow, Proof};
pub use reconcile::{Found, Remembered, Unsettled};

/// From the gesture to the write; later it is no longer what the operator means.
const FRESH: Millis = 2_000;
/// To take something back.
const LONGEST_GRACE: Millis = 5_000;
/// From the first write of several to their end.
const WHOLE: Millis = 10_000;

/// How the channels begin that are made here: no PBX calls one so by itself.
const OURS: &str = "cordboard-";

/// What came back for one of a plan's requests.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// The PBX's response.
    Reply(&'a Reply),
    /// None in time.
    Expired,
    /// It was never written: a value that AMI cannot carry.
    NotSent,
}

/// What must exist before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Question {
    /// A number in the dialplan.
    Number(String),
    /// A voicemail box, which may be known to be there.
    Mailbox { id: String, known: bool },
}

#[derive(Debug)]
enum Stage {
    /// It can be taken back until then.
    Waiting { until: Millis },
    /// Asking whether these exist.
    Checking { questions: VecDeque<Question> },
    /// Checked, or the move before has happened: to be written as soon as it stands in the journal, in the very turn in which the world
    /// is looked at once more.
    Journaling,
    /// Written, and watched since then.
    Written { at: Millis },
    /// Over, except perhaps for what becomes of a call that rings at its target.
    Ended,
}

/// One operation under way.
#[derive(Debug)]
pub struct Plan {
    intent: Intent,
    pbx: PbxId,
    what: Moves,
    /// Which of its moves is under way.
    turn: usize,
    preview: Preview,
    stage: Stage,
    step: Step,
    outcome: Option<Outcome>,
    after: Option<After>,
    journeys: Vec<Journey>,
    /// The channel an originate will make.
    channel_id: String,
    first_phone: FirstPhone,
    /// What calls from this desk are like.
    outgoing: Outgoing,
    /// What the move before has proved.
    proved: Option<Evidence>,
    /// The PBX has answered the move under way, or never will.
    answered: bool,
    /// So many of its requests were refused.
    refused: usize,
    /// Of a leg that an action needed, once it has hung up.
    cause: Option<String>,
    /// Since when nobody but the operator's own phone has gone.
    own_gone: Option<Millis>,
    /// A list to read again, because no event will tell.
    fresh: Option<List>,
    /// That no event has told of its effect was said: see [`Plan::take_doubt`].
    doubted: bool,
    since: Millis,
    /// When the first of its moves was written.
    written: Option<Millis>,
    ended: Option<Millis>,
}

impl Plan {
    /// Begins to carry an intent out: the requests are to be sent at once. What changes a call is never among them: see
    /// [`Plan::awaits_journal`].
    ///
    /// # Errors
    /// Why it is not possible now; nothing has been sent.
    pub fn begin(
        mut intent: Intent,
        scene: Scene<'_>,
        now: Millis,
    ) -> Result<(Self, Vec<Request>), Refusal> {
        let what = resolve(&intent, scene)?;
        // Whoever says not what was seen means the board of now; the write must still find it so.
        intent.seen = intent.seen.or_else(|| scene.seen(&intent.subject));
        let of_target = || scene.seen(intent.target.as_ref()?);
        intent.target_seen = intent.target_seen.or_else(of_target);
        let grace = Millis::from(intent.details.grace.unwrap_or_default()).min(LONGEST_GRACE);
        let mut plan = Self {
            preview: what.preview(intent.verb),
            pbx: scene.board.pbx().clone(),
            channel_id: format!("{OURS}{}-{}.1", intent.id.0.simple(), now / 1000),
            stage: Stage::Waiting { until: now + grace },
            intent,
            what,
            turn: 0,
            step: Step::Waiting,
            outcome: None,
            after: None,
            journeys: Vec::new(),
            first_phone: FirstPhone::default(),
            outgoing: scene.rules.outgoing.clone(),
            proved: None,
            answered: false,
            refused: 0,
            cause: None,
            own_gone: None,
            fresh: None,
            doubted: false,
            since: now,
            written: None,
            ended: None,
        };
        let requests = if plan.is_due(now) {
            plan.proceed(scene)
        } else {
            Vec::new()
        };
        Ok((plan, requests))
    }

    /// The time to take it back is over: see [`Plan::proceed`].
    #[must_use]
    pub fn is_due(&self, now: Millis) -> bool {
        match self.stage {
            Stage::Waiting { until } => now >= until,
            Stage::Checking { .. } | Stage::Journaling | Stage::Written { .. } | Stage::Ended => {
                false
            }
        }
    }

    /// Begins to check. The requests are to be sent at once.
    pub fn proceed(&mut self, scene: Scene<'_>) -> Vec<Request> {
        match self.stage {
            Stage::Waiting { .. } => self.check(scene),
            Stage::Checking { .. } | Stage::Journaling | Stage::Written { .. } | Stage::Ended => {
                Vec::new()
            }
        }
    }

    /// The operator does not want it any more. False: something has been sent already.
    pub fn take_back(&mut self, now: Millis) -> bool {
        let nothing_sent = self.written.is_none() && !self.has_ended();
        if nothing_sent {
            self.refuse(Refusal::TakenBack, now);
        }
        nothing_sent
    }

    /// A list to read again: no event tells of what was done.
    pub fn take_list(&mut self) -> Option<List> {
        self.fresh.take()
    }

    /// The answer to one of its requests; more requests may follow.
    pub fn answer(&mut self, answer: Answer<'_>, scene: Scene<'_>, now: Millis) -> Vec<Request> {
        match self.stage {
            Stage::Checking { .. } => self.checked(answer, scene, now),
            Stage::Written { .. } => {
                self.acknowledged(answer, now);
                Vec::new()
            }
            Stage::Waiting { .. } | Stage::Journaling | Stage::Ended => Vec::new(),
        }
    }

    /// It is checked, and writes when [`Plan::journaled`] is called: what it is about to do is to be written down first.
    #[must_use]
    pub fn awaits_journal(&self) -> bool {
        matches!(self.stage, Stage::Journaling)
    }

    /// It stands in the journal, or has waited for it long enough: the world is looked at once more, and the requests are to be sent
    /// in this very turn.
    pub fn journaled(&mut self, scene: Scene<'_>, now: Millis) -> Vec<Request> {
        if self.awaits_journal() {
            self.write(scene, now)
        } else {
            Vec::new()
        }
    }

    /// What it will write, as far as can be said before; for the journal.
    #[must_use]
    pub fn draft(&self, board: &Board) -> Vec<Request> {
        self.requests(&board.place().context)
    }

    /// What was wished.
    #[must_use]
    pub fn intent(&self) -> &Intent {
        &self.intent
    }

    /// An event, after the board has taken it in.
    pub fn event(&mut self, event: &Event<'_>, board: &Board, now: Millis) {
        for journey in &mut self.journeys {
            journey.event(event, board, now);
        }
        self.note_cause(event);
        if let Event::Originate(response) = event
            && self.rings_a_phone()
            && response.uniqueid.as_deref() == Some(self.channel_id.as_str())
        {
            self.first_phone(response.success, response.reason, now);
        }
        self.observe(board, now);
    }

    /// Looks at the board of now: evidence, the end of a channel, deadlines.
    pub fn observe(&mut self, board: &Board, now: Millis) {
        match self.stage {
            Stage::Checking { .. } | Stage::Journaling if now > self.meant_until() => {
                self.too_late(now)
            }
            Stage::Waiting { .. } | Stage::Checking { .. } | Stage::Journaling => {}
            Stage::Written { at } => self.watch(at, board, now),
            Stage::Ended => self.follow(board, now),
        }
    }

    /// The consultation that it has begun, once it has ended with the caller sent to wait.
    #[must_use]
    pub fn consultation(&self) -> Option<Consultation> {
        let since = self.ended?;
        self.written?;
        if matches!(
            self.outcome,
            Some(Outcome::Failed {
                failure: Failure::Pbx { .. }
            })
        ) {
            return None;
        }
        self.consults(since)
    }

    /// The consultation that it begins, if it comes to that.
    #[must_use]
    pub fn consults(&self, since: Millis) -> Option<Consultation> {
        let begins = self.intent.verb == Verb::Consult;
        match self.what.all.first().filter(|_| begins)? {
            Move::Send { trips, .. } => {
                let trip = trips.first()?;
                let mine = trip.with.as_ref()?;
                let by = (ConsultBy::Redirect, since);
                let goal = mine.to.clone();
                let all =
                    Consultation::new(self.intent.id, &trip.who.party, &mine.party, goal, by)?;
                Some(all.waiting_at(&trip.who.to.number))
            }
            Move::Act(act) => {
                let [caller, mine] = &act.about[..] else {
                    return None;
                };
                let by = (ConsultBy::Atxfer, since);
                Consultation::new(self.intent.id, caller, mine, act.to.clone()?, by)
            }
            Move::HangUp { .. } | Move::Originate { .. } | Move::Spy { .. } => None,
        }
    }

    fn now_doing(&self) -> Option<&Move> {
        self.what.all.get(self.turn)
    }

    fn rings_a_phone(&self) -> bool {
        let doing = self.now_doing();
        doing.is_some_and(|one| matches!(one, Move::Originate { .. } | Move::Spy { .. }))
    }

    fn note_cause(&mut self, event: &Event<'_>) {
        let Event::Channel(ChannelEvent::Hangup {
            channel,
            cause_text,
            ..
        }) = event
        else {
            return;
        };
        let Some(Move::Act(act)) = self.now_doing() else {
            return;
        };
        if act.proof.needs().contains(&channel.uniqueid.as_ref()) {
            self.cause = Some(cause_text.as_deref().unwrap_or_default().to_owned());
        }
    }
}

/// Whether a call that a desk asked for rings this device first, and nobody has answered yet: its channel bears a name of ours.
pub(crate) fn rings_first(device: &str, board: &Board) -> bool {
    let mut ours = board.channels().filter(|(id, _)| id.starts_with(OURS));
    ours.any(|(_, channel)| {
        let waits = channel.state != ChannelState::Up && channel.ending.is_none();
        waits && channel.device() == device
    })
}

/// A channel's device, as a hint names it: `PJSIP/101` of `PJSIP/101-0000002a`.
fn phone(channel: &str) -> &str {
    channel
        .rsplit_once('-')
        .map_or(channel, |(device, _)| device)
}
