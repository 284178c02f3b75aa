//! `MixMonitor`, `StopMixMonitor`, `MixMonitorMute`: record what a channel says and hears. `MixMonitor` needs system, the others
//! system or call.
//!
//! The answers are success once the recording was begun, stopped, silenced; the events `MixMonitorStart`, `MixMonitorStop`,
//! `MixMonitorMute` are the proof. 16 and 22 answer without a `MixMonitorID`. Asterisk puts file, options and a *shell command* into
//! one line with commas between, so a comma in a file's name would run a program: such a name is refused before it is written.

use crate::request::{Action, Request};

/// Begins a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MixMonitor {
    /// The channel that is recorded, with whomever it hears.
    pub uniqueid: String,
    /// The file, in the monitor folder of the PBX unless it begins with a slash. Letters, digits and `/ . _ - + @ : =` only.
    pub file: String,
    /// MixMonitor's own options, such as `b` (only while bridged); often empty. The same characters, and parentheses.
    pub options: String,
}

impl Action for MixMonitor {
    fn request(&self) -> Request {
        let sound = |c: char| c.is_alphanumeric() || "/._-+@:=".contains(c);
        let file = !self.file.is_empty() && is_inside(&self.file, sound);
        let options = is_inside(&self.options, |c| sound(c) || "()".contains(c));
        let request = Request::ack("MixMonitor")
            .with("Channel", &self.uniqueid)
            .with_argument("File", &self.file, file);
        if self.options.is_empty() {
            return request;
        }
        request.with_argument("Options", &self.options, options)
    }
}

/// A name of allowed characters that does not climb out of the folder.
pub(super) fn is_inside(name: &str, allowed: impl Fn(char) -> bool) -> bool {
    name.chars().all(allowed) && name.split('/').all(|part| part != "..")
}

/// Ends all recordings of a channel that were begun by `MixMonitor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopMixMonitor {
    /// The channel that is recorded.
    pub uniqueid: String,
}

impl Action for StopMixMonitor {
    fn request(&self) -> Request {
        Request::ack("StopMixMonitor").with("Channel", &self.uniqueid)
    }
}

/// Writes silence instead of what is said and heard, or no longer: a card number is not recorded, the file stays in step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MixMonitorMute {
    /// The channel that is recorded.
    pub uniqueid: String,
    /// Silence or sound.
    pub on: bool,
}

impl Action for MixMonitorMute {
    fn request(&self) -> Request {
        Request::ack("MixMonitorMute")
            .with("Channel", &self.uniqueid)
            .with("Direction", "both")
            .with("State", if self.on { "1" } else { "0" })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{refused, wire};
    use super::*;

    fn record(file: &str, options: &str) -> MixMonitor {
        MixMonitor {
            uniqueid: "1.1".into(),
            file: file.into(),
            options: options.into(),
        }
    }

    #[test]
    fn a_recording_is_begun_silenced_and_ended() {
        let uniqueid = "1.1".to_owned();
        assert_eq!(
            wire(&record("desk/2026-10-02_101.wav", "b")),
            "Action: MixMonitor|Channel: 1.1|File: desk/2026-10-02_101.wav|Options: b"
        );
        assert_eq!(
            wire(&record("a.wav", "")),
            "Action: MixMonitor|Channel: 1.1|File: a.wav"
        );
        let mute = |on| {
            wire(&MixMonitorMute {
                uniqueid: "1.1".into(),
                on,
            })
        };
        assert_eq!(
            [mute(true), mute(false)],
            ["1", "0"].map(|state| format!(
                "Action: MixMonitorMute|Channel: 1.1|Direction: both|State: {state}"
            ))
        );
        assert_eq!(
            wire(&StopMixMonitor { uniqueid }),
            "Action: StopMixMonitor|Channel: 1.1"
        );
    }

    #[test]
    fn a_name_that_would_run_a_program_or_leave_the_folder_is_refused() {
        for file in ["a.wav,,touch x", "a b.wav", "a;b", "$(x)", "", "a/../../b"] {
            assert!(refused(&record(file, "")), "{file}");
        }
        for options in ["b,touch x", "r(a),x", "^{X}", "r(/../x)x/../y"] {
            assert!(refused(&record("a.wav", options)), "{options}");
        }
        assert!(!refused(&record("müller/a.wav", "r(in.wav)")));
    }
}
