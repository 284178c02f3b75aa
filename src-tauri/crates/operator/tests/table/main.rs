//! Boards made of a few lines of text, and what one may do on them: offers, previews, refusals, plans, outcomes.

mod acts_each;
mod acts_rules;
mod acts_stage;
mod connecting;
mod consulted;
mod consulting;
mod following;
mod left;
mod moving;
mod net;
mod offering;
mod order;
mod originating;
mod parking;
mod recorded;
mod recorded_before;
mod refusing;
mod rival;
mod rooms;
mod settling;
mod silencing;
mod stage;
mod targets;
mod trial;
mod voicemail;
mod warning;
