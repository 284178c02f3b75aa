//! Recordings, and supervisors who listen in.

use std::collections::BTreeMap;

use ami::event::{RecordingEvent, SpyEvent};

use crate::board::Board;
use crate::channel::Channel;
use crate::view::{Millis, Recorded};

/// The recordings of one channel. No list tells of them, and no id tells one from another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recordings {
    running: u32,
    first: Millis,
    paused: bool,
    /// They ran when the link was lost, and nothing has told of them since.
    unsure: bool,
}

impl Recordings {
    fn start(&mut self, now: Millis) {
        if self.running == 0 || self.unsure {
            *self = Self::default();
            self.first = now;
        }
        self.running = self.running.saturating_add(1);
    }

    fn stop(&mut self) {
        self.running = self.running.saturating_sub(1);
    }

    fn mute(&mut self, on: bool) {
        (self.paused, self.unsure) = (on, false);
    }

    /// As far as one can say after a gap.
    fn perhaps(self) -> Self {
        let (running, unsure) = (self.running.min(1), true);
        Self {
            running,
            unsure,
            ..self
        }
    }

    /// What the operator sees of them.
    pub(crate) fn view(self) -> Option<Recorded> {
        (self.running > 0).then_some(Recorded {
            since: self.first,
            paused: self.paused,
            unsure: self.unsure,
        })
    }
}

/// What one login knew of recordings, by channel, for the next: no list tells of them.
pub type RecordingsBefore = BTreeMap<String, Recordings>;

impl Board {
    /// The recordings that are known to run, or were when the channels were listed last.
    #[must_use]
    pub fn recordings(&self) -> RecordingsBefore {
        let all = self.channels.iter();
        let known = all.filter(|(_, channel)| channel.recordings.view().is_some());
        let known = known.map(|(id, channel)| (id.clone(), channel.recordings));
        self.were_recorded
            .clone()
            .into_iter()
            .chain(known)
            .collect()
    }

    /// What the login before knew. Whoever is still there when the channels are listed is perhaps still recorded.
    pub fn were_recorded(&mut self, before: RecordingsBefore) {
        self.were_recorded = before;
    }

    pub(crate) fn infer_recordings(&mut self) {
        for (id, before) in std::mem::take(&mut self.were_recorded) {
            if let Some(channel) = self.channels.get_mut(&id) {
                channel.recordings = before.perhaps();
            }
        }
    }

    pub(crate) fn recording_event(&mut self, event: &RecordingEvent<'_>, now: Millis) {
        let uniqueid = event.snapshot().uniqueid.as_ref();
        let Some(channel) = self.channels.get_mut(uniqueid) else {
            return;
        };
        self.were_recorded.remove(uniqueid);
        match event {
            RecordingEvent::Start(_) => channel.recordings.start(now),
            RecordingEvent::Stop(_) => channel.recordings.stop(),
            RecordingEvent::Mute { on, .. } => channel.recordings.mute(*on),
        }
    }

    pub(crate) fn spy(&mut self, event: &SpyEvent<'_>) {
        match event {
            SpyEvent::Start { spyer, spyee } => self.listen(&spyer.uniqueid, &spyee.uniqueid),
            SpyEvent::Stop { spyer, spyee } => self.stop_listening(
                &spyee.uniqueid,
                spyer.as_ref().map(|spyer| spyer.uniqueid.as_ref()),
            ),
        }
    }

    /// An older server does not say who stops: then all who listened there.
    fn stop_listening(&mut self, spyee: &str, spyer: Option<&str>) {
        let channels = &mut self.channels;
        self.spyers.retain(|id| {
            let Some(channel) = channels.get_mut(id) else {
                return false;
            };
            let here = channel.spies_on.as_deref() == Some(spyee);
            let stops = here && spyer.is_none_or(|spyer| spyer == id);
            if stops {
                channel.spies_on = None;
            }
            !stops
        });
        self.channels.touch(spyee);
    }

    fn listen(&mut self, spyer: &str, spyee: &str) {
        if let Some(channel) = self.channels.get_mut(spyer) {
            channel.spies_on = Some(spyee.to_owned());
            self.spyers.insert(spyer.to_owned());
            self.channels.touch(spyee);
        }
    }

    /// The first argument of ChanSpy in a list is the beginning of a channel's name; a whole name is that channel.
    pub(crate) fn infer_listening(&mut self) {
        let spies = |channel: &Channel| channel.application.as_deref() == Some("ChanSpy");
        let found: Vec<_> = self
            .channels
            .iter()
            .filter(|(_, channel)| spies(channel) && channel.spies_on.is_none())
            .filter_map(|(id, channel)| {
                let name = channel.application_data.as_deref()?.split(',').next()?;
                let (spyee, _) = self.channels.iter().find(|(_, other)| other.name == name)?;
                Some((id.clone(), spyee.clone()))
            })
            .collect();
        for (spyer, spyee) in found {
            self.listen(&spyer, &spyee);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Recordings;

    #[test]
    fn two_recordings_on_one_channel_end_with_the_second_stop() {
        let mut recordings = Recordings::default();
        recordings.start(10);
        recordings.start(20);
        recordings.stop();
        assert_eq!(recordings.view().map(|view| view.since), Some(10));
        recordings.stop();
        assert_eq!(recordings.view(), None);
    }

    #[test]
    fn a_stop_without_a_start_is_no_debt() {
        let mut recordings = Recordings::default();
        recordings.stop();
        recordings.start(10);
        assert_eq!(recordings.view().map(|view| view.since), Some(10));
    }

    #[test]
    fn a_new_recording_is_not_paused_because_the_last_one_was() {
        let mut recordings = Recordings::default();
        recordings.start(10);
        recordings.paused = true;
        recordings.stop();
        recordings.start(20);
        assert_eq!(recordings.view().map(|view| view.paused), Some(false));
    }
}
