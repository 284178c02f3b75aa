//! From the options to a live board.

use std::path::PathBuf;
use std::time::Duration;

use board::{Ref, RefKind};
use desk::{
    Choice, Connection, Desk, FeedMessage, LinkError, OptionsError, Profile, SharedDialer, Status,
};
use tokio::sync::mpsc::Receiver;

use crate::end::Trouble;
use crate::options::Options;
use crate::shown::Shown;

/// The PBX the command line names.
#[derive(Debug)]
pub(crate) struct Link {
    connection: Result<Connection, LinkError>,
    wait: u64,
    /// Where the journal goes; none for commands that only look.
    folder: Option<PathBuf>,
}

/// A desk whose picture is complete.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) desk: Desk,
    pub(crate) feed: Receiver<FeedMessage>,
    pub(crate) shown: Shown,
    pub(crate) profile: Profile,
}

impl Link {
    /// Reads the options; without a window there is nobody to ask for what is missing.
    pub(crate) fn from_options(
        options: &Options,
        read: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, OptionsError> {
        let connection = match options.connection.choose(read)? {
            Choice::Nothing => {
                return Err(OptionsError::Missing {
                    option: "--host",
                    why: "the PBX to connect to (or use --practice)",
                });
            }
            Choice::Pbx { secret: None, .. } => {
                return Err(OptionsError::Missing {
                    option: "--secret-env",
                    why: "the environment variable that holds the AMI secret",
                });
            }
            Choice::Practice { profile } => Ok(Connection {
                profile,
                secret: desk::practice_secret(),
                dialer: desk::practice_dialer(),
            }),
            Choice::Pbx {
                profile,
                secret: Some(secret),
            } => desk::net_dialer(&profile).map(|dialer: SharedDialer| Connection {
                profile,
                secret,
                dialer,
            }),
        };
        Ok(Self {
            connection,
            wait: options.wait,
            folder: None,
        })
    }

    /// With a journal in this folder: for commands that act.
    pub(crate) fn keeping(self, folder: Option<PathBuf>) -> Self {
        Self { folder, ..self }
    }

    /// The connection itself, for reading without a desk.
    pub(crate) fn connection(self) -> Result<Connection, LinkError> {
        self.connection
    }

    /// Connects and waits until the picture is the PBX's.
    pub(crate) async fn live(self) -> Result<Live, Trouble> {
        let connection = self.connection?;
        let profile = connection.profile.clone();
        let folder = self.folder.as_deref();
        let desk = folder.map_or_else(desk::start, desk::start_in);
        let mut feed = desk.subscribe().await?;
        desk.connect(connection).await?;
        let (mut shown, mut last) = (Shown::default(), None);
        let waited = tokio::time::timeout(
            Duration::from_secs(self.wait),
            until_live(&mut feed, &mut shown, &mut last),
        )
        .await;
        waited.unwrap_or(Err(Trouble::NotLive {
            seconds: self.wait,
            last,
        }))?;
        Ok(Live {
            desk,
            feed,
            shown,
            profile,
        })
    }
}

async fn until_live(
    feed: &mut Receiver<FeedMessage>,
    shown: &mut Shown,
    last: &mut Option<LinkError>,
) -> Result<(), Trouble> {
    loop {
        shown.fold(feed.recv().await.ok_or(desk::Stopped)?);
        match shown.pbx().map(|pbx| &pbx.status) {
            Some(Status::Live) => return Ok(()),
            Some(Status::Refused { reason }) => return Err(Trouble::Link(reason.clone())),
            Some(Status::Lost { reason, .. }) if last.as_ref() != Some(reason) => {
                eprintln!("cordboardctl: {reason}; trying again");
                *last = Some(reason.clone());
            }
            Some(Status::Lost { .. } | Status::Dialing | Status::Loading) | None => {}
        }
    }
}

impl Live {
    /// The conference, the extension, or the bare number that `number` means on this board. A conference often has a hint of its own, which is no phone.
    pub(crate) fn target(&self, number: &str) -> Ref {
        let bare = || Ref::new(RefKind::Number, &self.profile.pbx, number);
        let shown = self.conference(number).or_else(|| self.extension(number));
        shown.unwrap_or_else(bare)
    }

    /// The extension with this number, rather in the operator's context than in another.
    pub(crate) fn extension(&self, number: &str) -> Option<Ref> {
        let ours = Ref::extension(&self.profile.pbx, number, &self.profile.context);
        let mut found: Vec<Ref> = self
            .shown
            .groups()
            .extensions
            .iter()
            .filter(|view| view.number == number)
            .map(|view| view.id.clone())
            .collect();
        found.sort_by_key(|id| *id != ours);
        found.into_iter().next()
    }

    fn conference(&self, number: &str) -> Option<Ref> {
        let groups = self.shown.groups();
        groups
            .conferences
            .iter()
            .find(|view| view.number.as_deref() == Some(number))
            .map(|view| view.id.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shown::tests::{extension, pbx, snapshot};
    use clap::Parser;
    use tokio::sync::mpsc;

    async fn told(messages: Vec<FeedMessage>) -> (Result<(), Trouble>, Option<LinkError>) {
        let (desk, mut feed) = mpsc::channel(8);
        for message in messages {
            desk.send(message).await.expect("taken");
        }
        drop(desk);
        let mut last = None;
        (
            until_live(&mut feed, &mut Shown::default(), &mut last).await,
            last,
        )
    }

    #[tokio::test]
    async fn it_waits_through_a_lost_link_for_the_whole_picture() {
        let lost = Status::Lost {
            since: 1,
            retry_at: 2,
            reason: LinkError::ConnectionRefused,
        };
        let statuses = [
            Status::Dialing,
            lost,
            Status::Dialing,
            Status::Loading,
            Status::Live,
        ];
        let (ended, last) = told(
            statuses
                .into_iter()
                .map(|status| snapshot(vec![pbx(status)]))
                .collect(),
        )
        .await;
        assert!(ended.is_ok());
        assert_eq!(last, Some(LinkError::ConnectionRefused));
    }

    #[tokio::test]
    async fn a_refusal_ends_the_waiting_and_so_does_a_stopped_desk() {
        let refused = Status::Refused {
            reason: LinkError::WrongSecret,
        };
        let (ended, _) = told(vec![snapshot(vec![pbx(refused)])]).await;
        assert!(matches!(ended, Err(Trouble::Link(LinkError::WrongSecret))));
        let (ended, _) = told(vec![]).await;
        assert!(matches!(ended, Err(Trouble::Stopped(_))));
    }

    #[test]
    fn what_is_missing_is_named() {
        let named = |line: &str| {
            let options = Options::try_parse_from(line.split_whitespace()).expect(line);
            Link::from_options(&options, |_| None)
                .expect_err(line)
                .to_string()
        };
        assert!(named("cordboardctl board").starts_with("--host is missing"));
        assert!(
            named("cordboardctl board --host h --user u").starts_with("--secret-env is missing")
        );
    }

    #[tokio::test]
    async fn a_number_means_the_extension_in_our_context_first() {
        let (_, feed) = mpsc::channel(1);
        let mut shown = Shown::default();
        shown.fold(snapshot(vec![
            extension("204", "hotel"),
            extension("204", "office"),
            extension("205", "hotel"),
        ]));
        let mut profile = desk::practice_profile();
        profile.pbx = crate::shown::tests::main_pbx();
        profile.context = "office".to_owned();
        let live = Live {
            desk: desk::start(),
            feed,
            shown,
            profile,
        };
        let table = [
            ("204", "extension:main:204@office"),
            ("205", "extension:main:205@hotel"),
            ("0171", "number:main:0171"),
        ];
        for (number, target) in table {
            assert_eq!(live.target(number).to_string(), target);
        }
    }
}
