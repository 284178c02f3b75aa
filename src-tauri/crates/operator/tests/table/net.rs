//! The net: told of a plan as the desk tells it, and looked at as often.

mod camp;
mod fetched;
mod lost;
mod note;
mod sent;
mod stuck;

use ami::{Event, Frame};
use board::{Board, Millis, Place, Ref};
use operator::{
    CampView, Found, Intent, LostView, Net, NoteView, Outcome, SentView, StuckQuestion, StuckView,
    Verb, Wish,
};

use crate::stage::{Stage, pbx};
use crate::trial::{Trial, intent};

/// A plan on its stage, and the net under it.
pub(crate) struct Watched {
    pub(crate) trial: Trial,
    pub(crate) net: Net,
    pub(crate) wishes: Vec<Wish>,
    pub(crate) questions: Vec<StuckQuestion>,
}

impl Watched {
    /// Checked, written and accepted.
    pub(crate) fn written(stage: Stage, wish: Intent) -> Self {
        Self::over(Net::default(), stage, wish)
    }

    /// Another operation under the same net.
    pub(crate) fn then_wish(self, number: u128, verb: Verb, subject: Ref, to: Option<Ref>) -> Self {
        let mut wish = intent(verb, subject, to);
        wish.id = operator::OperationId(uuid::Uuid::from_u128(number));
        Self::over(self.net, self.trial.stage, wish)
    }

    fn over(net: Net, stage: Stage, wish: Intent) -> Self {
        let mut watched = Self {
            trial: Trial::written(stage, wish),
            net,
            wishes: Vec::new(),
            questions: Vec::new(),
        };
        watched.look();
        watched
    }

    pub(crate) fn now(&self) -> Millis {
        self.trial.stage.now
    }

    pub(crate) fn look(&mut self) {
        let Self {
            trial,
            net,
            wishes,
            questions,
        } = self;
        let now = trial.stage.now;
        let view = trial.plan.view();
        trial.stage.with(|scene| {
            if net.wants(view.operation, view.outcome.as_ref()) {
                net.follow(&view, scene, now);
            }
            let look = net.observe(scene, now);
            wishes.extend(look.wishes);
            questions.extend(look.question);
        });
    }

    pub(crate) fn event(&mut self, act: impl FnOnce(&mut Stage) -> Frame) {
        self.unseen(act);
        self.look();
    }

    /// An event that is followed by another before the net looks at the board.
    pub(crate) fn unseen(&mut self, act: impl FnOnce(&mut Stage) -> Frame) {
        let frame = act(&mut self.trial.stage);
        self.trial.hear(&frame);
        self.net
            .event(&Event::read(&frame), &self.trial.stage.board);
    }

    /// Something happens of which everybody learns by looking at the board.
    pub(crate) fn then(&mut self, act: impl FnOnce(&mut Stage)) {
        self.trial.then(act);
        self.look();
    }

    pub(crate) fn wait(&mut self, millis: Millis) {
        let until = self.now() + millis;
        while self.now() < until {
            let step = (until - self.now()).min(200);
            self.trial.wait(step);
            self.rests_between_looks();
            self.look();
        }
    }

    /// Whoever is told to come back and then finds nothing to do is told so again at once, and for ever.
    fn rests_between_looks(&self) {
        let now = self.now();
        let due = self.net.due().is_some_and(|at| now >= at);
        assert!(!due || self.net.has_work(now), "due, and nothing to do");
    }

    /// The leg leaves its bridge for `exten`, and its partner is hung up.
    pub(crate) fn moved(&mut self, who: &str, partner: &str, exten: &str) {
        self.trial.stage.at(who, exten);
        self.event(|stage| stage.leave(who));
        self.event(|stage| stage.leave(partner));
        self.event(|stage| stage.hang_up(partner, "Normal Clearing"));
    }

    /// The target's phone rings for the leg.
    pub(crate) fn rings(&mut self, who: &str, target: &str) {
        self.event(|stage| stage.call(who, target));
        self.event(|stage| stage.state(target, 5));
        self.event(|stage| stage.dial("DialState", who, target, "RINGING"));
    }

    /// The link is lost; when it is back, `stays` says what is still on the board.
    pub(crate) fn cut(&mut self, stays: impl FnOnce(&mut Stage)) {
        let now = self.now();
        self.trial.plan.link_lost(now);
        self.net.link_lost();
        self.trial.stage.live = false;
        let place = Place {
            me: Some("101".to_owned()),
            context: "internal".to_owned(),
            conferences: Vec::new(),
            voicemail: None,
        };
        self.trial.stage.board = Board::new(pbx(), place);
        self.look();
        stays(&mut self.trial.stage);
        self.trial.stage.live = true;
        self.look();
    }

    /// What became of the operation was found out, by whoever looks into that.
    pub(crate) fn found(&mut self, found: Found) {
        let Self { trial, net, .. } = self;
        let now = trial.stage.now;
        let mut view = trial.plan.view();
        view.outcome = Some(Outcome::Unknown { found: Some(found) });
        trial.stage.with(|scene| net.follow(&view, scene, now));
        let Self { trial, net, .. } = self;
        trial.stage.with(|scene| drop(net.observe(scene, now)));
    }

    /// The program was ended and started anew.
    pub(crate) fn restarted(&mut self) {
        self.net = Net::default();
    }

    pub(crate) fn sent(&self) -> Vec<SentView> {
        self.net.sent(&pbx()).collect()
    }

    pub(crate) fn lost(&self) -> Vec<LostView> {
        self.net.lost().collect()
    }

    pub(crate) fn notes(&self) -> Vec<NoteView> {
        self.net.notes(&pbx()).collect()
    }

    pub(crate) fn camps(&self) -> Vec<CampView> {
        self.net.camps(&pbx()).collect()
    }

    pub(crate) fn stuck(&self) -> Vec<StuckView> {
        self.net.stuck(&pbx()).collect()
    }

    pub(crate) fn dismiss(&mut self, id: &Ref) -> bool {
        let Self { trial, net, .. } = self;
        let now = trial.stage.now;
        trial.stage.with(|scene| net.dismiss(id, scene, now))
    }

    pub(crate) fn label(&mut self, leg: &Ref, text: &str) -> bool {
        let Self { trial, net, .. } = self;
        trial.stage.with(|scene| net.label(leg, text, scene))
    }
}
