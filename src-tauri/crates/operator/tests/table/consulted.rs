//! A consultation on its stage: begun as the desk begins one, and looked at as often.

use ami::Permissions;
use operator::{Consultation, Outcome, Plan, Refusal, Verb};

use crate::stage::{Stage, extension};
use crate::trial::{Trial, intent};

const HOUSE: &str = "phones 101 102 103 104\n +4930 talks 101";

fn stage() -> Stage {
    let mut stage = Stage::of(HOUSE);
    stage.permissions = Permissions::of(&["Redirect", "Hangup", "Getvar", "Bridge", "Park"]);
    stage
}

/// Everything is checked and one redirect of both is written.
pub(crate) fn asked() -> Trial {
    let stage = stage();
    let wish = intent(Verb::Consult, stage.leg("+4930"), Some(extension("102")));
    let mut trial = Trial::begin(stage, wish).expect("a plan");
    while trial.written.is_empty() {
        trial.answer(true, "", Some("1"));
    }
    trial
}

/// A consultation and the board it is looked at on.
pub(crate) struct Consulted {
    pub(crate) stage: Stage,
    pub(crate) consultation: Consultation,
}

impl Consulted {
    /// The caller hears music, and 102 rings for me.
    pub(crate) fn calling() -> Self {
        let mut trial = asked();
        trial.answer(true, "Dual Redirect successful", None);
        for (who, exten) in [("+4930", "601"), ("101", "102")] {
            trial.stage.at(who, exten);
            trial.event(|stage| stage.leave(who));
        }
        trial.event(|stage| stage.call("101", "102"));
        trial.event(|stage| stage.dial("DialState", "101", "102", "RINGING"));
        trial.wait(1_200);
        let consultation = trial.plan.consultation().expect("a consultation");
        Self {
            stage: trial.stage,
            consultation,
        }
        .looked()
    }

    /// And I talk to 102.
    pub(crate) fn talking() -> Self {
        let mut consulted = Self::calling();
        consulted.stage.answer("101", "102");
        consulted.looked()
    }

    /// Then to the caller again, while 102 hears music.
    pub(crate) fn back() -> Self {
        let mut consulted = Self::talking();
        for who in ["101", "102"] {
            consulted.stage.at(who, "601");
            consulted.stage.leave(who);
        }
        consulted.stage.enter("+4930", "again");
        consulted.stage.enter("101", "again");
        consulted.looked()
    }

    fn looked(mut self) -> Self {
        assert!(!self.comes_back());
        self
    }

    /// Whether the caller should come back to me within five seconds.
    pub(crate) fn comes_back(&mut self) -> bool {
        let due = |_| {
            self.stage.now += 200;
            self.consultation.observe(&self.stage.board, self.stage.now)
        };
        (0..25).any(due)
    }

    pub(crate) fn is_over(&self) -> bool {
        self.consultation
            .has_ended(&self.stage.board, self.stage.now)
    }

    /// What a wish of this kind is answered with now.
    pub(crate) fn wished(&mut self, verb: Verb) -> Result<(), Refusal> {
        self.stage.consultations = vec![self.consultation.clone()];
        let wish = intent(verb, self.stage.leg("+4930"), None);
        let now = self.stage.now;
        self.stage
            .with(|scene| Plan::begin(wish, scene, now).map(drop))
    }

    /// What the desk does by itself for a caller who is left alone.
    pub(crate) fn fetched(&mut self) -> Trial {
        assert!(self.comes_back());
        self.stage.consultations = vec![self.consultation.clone()];
        let verb = self.consultation.fetches(&self.stage.board);
        let wish = intent(verb, self.consultation.alone(&self.stage.board), None);
        let stage = std::mem::replace(&mut self.stage, Stage::of(""));
        Trial::written(stage, wish)
    }

    /// Another operation of this desk sends somebody on.
    pub(crate) fn sends(
        mut self,
        verb: Verb,
        who: &str,
        to: Option<board::Ref>,
        exten: &str,
    ) -> Self {
        let wish = intent(verb, self.stage.leg(who), to);
        let mut trial = Trial::written(self.stage, wish);
        trial.stage.at(who, exten);
        if trial.stage.is_bridged(who) {
            trial.event(|stage| stage.leave(who));
        }
        trial.then(|stage| stage.ring(who, "104"));
        trial.wait(1_200);
        assert!(matches!(trial.outcome(), Some(Outcome::Done { .. })));
        self.consultation.follow(&trial.plan);
        self.stage = trial.stage;
        self
    }
}
