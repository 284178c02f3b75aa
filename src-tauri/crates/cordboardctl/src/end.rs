//! How the program ends, told by its exit code.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use desk::{LinkError, SpoolError, Stopped};
use operator::Outcome;

/// The exit codes, which scripts rely on. clap ends with 2 by itself if the line cannot be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    NoConnection = 1,
    BadWords = 2,
    Refused = 3,
    Failed = 4,
    Unknown = 5,
    NotKept = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<&Outcome> for Exit {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Done { .. } => Self::Done,
            Outcome::Refused { .. } => Self::Refused,
            Outcome::Failed { .. } => Self::Failed,
            Outcome::Expired | Outcome::Unknown { .. } => Self::Unknown,
        }
    }
}

/// What kept the program from its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error("no connection: {0}")]
    Link(#[from] LinkError),
    #[error("no complete picture within {seconds} s: {}", last.as_ref().map_or_else(|| "the PBX is still being asked".to_owned(), ToString::to_string))]
    NotLive {
        seconds: u64,
        last: Option<LinkError>,
    },
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// A file that was named cannot be read or meant; nothing was sent.
    #[error("{}: {why}; nothing was sent", path.display())]
    File { path: PathBuf, why: String },
    /// A value of the command line cannot be used.
    #[error("{option}: {why}")]
    Value { option: &'static str, why: String },
    /// The call file is not in the spool.
    #[error("no call file was left: {0}")]
    Spool(#[from] SpoolError),
    /// Everything was done, but what was printed could not be kept.
    #[error("{}: {error}; what was printed is true, and was not written there", path.display())]
    NotKept { path: PathBuf, error: io::Error },
    #[error(transparent)]
    Output(#[from] io::Error),
}

impl Trouble {
    /// Says it on stderr; but a reader who has seen enough, as `head` has, is no trouble.
    pub(crate) fn tell(&self) -> Exit {
        match self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Self::Link(_) | Self::NotLive { .. } | Self::Stopped(_) | Self::Output(_) => {
                self.tell_as(Exit::NoConnection)
            }
            Self::File { .. } | Self::Value { .. } | Self::Spool(SpoolError::Call(_)) => {
                self.tell_as(Exit::BadWords)
            }
            Self::Spool(_) => self.tell_as(Exit::Failed),
            Self::NotKept { .. } => self.tell_as(Exit::NotKept),
        }
    }

    fn tell_as(&self, exit: Exit) -> Exit {
        eprintln!("cordboardctl: {self}");
        exit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use operator::{Evidence, Failure, Refusal};

    #[test]
    fn each_outcome_has_the_exit_code_of_the_manual() {
        let table = [
            (
                Outcome::Done {
                    evidence: Evidence::Ringing,
                },
                0,
            ),
            (
                Outcome::Refused {
                    refusal: Refusal::Gone,
                },
                3,
            ),
            (
                Outcome::Failed {
                    failure: Failure::Busy,
                },
                4,
            ),
            (Outcome::Expired, 5),
            (Outcome::Unknown { found: None }, 5),
        ];
        for (outcome, code) in table {
            assert_eq!(Exit::from(&outcome) as u8, code, "{outcome:?}");
        }
    }

    #[test]
    fn no_connection_is_1_and_a_closed_pipe_is_no_trouble() {
        assert_eq!(
            Trouble::Link(LinkError::WrongSecret).tell(),
            Exit::NoConnection
        );
        assert_eq!(
            Trouble::NotLive {
                seconds: 15,
                last: None
            }
            .tell(),
            Exit::NoConnection
        );
        assert_eq!(
            Trouble::Output(io::ErrorKind::BrokenPipe.into()).tell(),
            Exit::Done
        );
    }
}
