//! The connection options which the window and `cordboardctl` share, and the profile they make.

mod check;
mod error;
mod practice;

use board::PbxId;
use clap::Args;
use operator::{Outbound, Rules};

use crate::{Profile, Protection, Trust};
pub use error::OptionsError;
pub use practice::{practice_profile, practice_secret};

/// Where to connect, as written on the command line. There is no option for the secret itself: a command line can be read by everybody on the machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Connection")]
pub struct ConnectionOptions {
    /// Host name or address of the PBX
    #[arg(long, global = true, value_name = "HOST")]
    pub host: Option<String>,
    /// Port of the AMI [default: 5038, with TLS 5039]
    #[arg(long, global = true, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// Speak TLS from the first byte
    #[arg(long, global = true)]
    pub tls: bool,
    /// Trust the one key with this SHA-256 (64 hex digits, colons allowed); implies --tls
    #[arg(long, global = true, value_name = "SHA256")]
    pub pin: Option<String>,
    /// Trust certificates signed by a CA in this PEM file; implies --tls
    #[arg(long, global = true, value_name = "FILE")]
    pub ca: Option<String>,
    /// AMI user
    #[arg(long, global = true, value_name = "NAME")]
    pub user: Option<String>,
    /// Environment variable that holds the AMI secret
    #[arg(long, global = true, value_name = "VARIABLE")]
    pub secret_env: Option<String>,
    /// Your own extension, whose phone rings first
    #[arg(long, global = true, value_name = "EXTEN")]
    pub me: Option<String>,
    /// Dialplan context in which transfers and calls are dialled [default: default]
    #[arg(long, global = true, value_name = "CONTEXT")]
    pub context: Option<String>,
    /// Number that leads into a conference room; may be given more than once
    #[arg(long, global = true, value_name = "NUMBER")]
    pub conference: Vec<String>,
    /// Number where a caller hears music for as long as it takes: for hold and consultations
    #[arg(long, global = true, value_name = "NUMBER")]
    pub music: Option<String>,
    /// What leads straight to a voicemail box when put before an extension: `*` makes *101
    #[arg(long, global = true, value_name = "PREFIX")]
    pub voicemail: Option<String>,
    /// Context of voicemail.conf with everybody's boxes [default: default]
    #[arg(long, global = true, value_name = "CONTEXT")]
    pub voicemail_context: Option<String>,
    /// What is dialled before a number of the outside world (one of six digits or more)
    #[arg(long, global = true, value_name = "PREFIX")]
    pub outside: Option<String>,
    /// The desk phones answer, hold and resume when told by SIP NOTIFY
    #[arg(long, global = true)]
    pub phones_obey: bool,
    /// Offer to listen in on calls
    #[arg(long, global = true)]
    pub may_listen: bool,
    /// Use the practice PBX inside the program instead of a real one
    #[arg(long, global = true)]
    pub practice: bool,
}

/// What the command line asks for.
#[derive(Debug, Clone)]
pub enum Choice {
    /// No connection is named.
    Nothing,
    /// The practice PBX.
    Practice {
        /// Who the operator is there.
        profile: Profile,
    },
    /// A real PBX.
    Pbx {
        /// Where, and who the operator is there.
        profile: Profile,
        /// The secret, if a variable was named for it.
        secret: Option<ami::Secret>,
    },
}

impl ConnectionOptions {
    /// Turns the options into a profile. `read` reads an environment variable.
    ///
    /// # Errors
    /// Something is missing, contradictory, or cannot be meant.
    pub fn choose(&self, read: impl Fn(&str) -> Option<String>) -> Result<Choice, OptionsError> {
        if *self == Self::default() {
            return Ok(Choice::Nothing);
        }
        self.check_texts()?;
        if self.practice {
            return self.practice_choice();
        }
        let secret = self
            .secret_env
            .as_deref()
            .map(|variable| check::secret(variable, read(variable)))
            .transpose()?;
        Ok(Choice::Pbx {
            profile: self.profile()?,
            secret,
        })
    }

    fn practice_choice(&self) -> Result<Choice, OptionsError> {
        if let Some(other) = self.names_a_pbx() {
            return Err(OptionsError::Contradiction {
                one: "--practice",
                other,
                why: "the practice PBX is inside the program",
            });
        }
        let mut profile = practice_profile();
        profile.me = self.me.clone().or(profile.me);
        profile.context = self.context.clone().unwrap_or(profile.context);
        profile.conferences.extend(self.conference.iter().cloned());
        profile.rules = self.rules(profile.rules);
        Ok(Choice::Practice { profile })
    }

    fn names_a_pbx(&self) -> Option<&'static str> {
        let given = [
            ("--host", self.host.is_some()),
            ("--port", self.port.is_some()),
            ("--tls", self.tls),
            ("--pin", self.pin.is_some()),
            ("--ca", self.ca.is_some()),
            ("--user", self.user.is_some()),
            ("--secret-env", self.secret_env.is_some()),
        ];
        given
            .into_iter()
            .find(|(_, given)| *given)
            .map(|(option, _)| option)
    }

    fn profile(&self) -> Result<Profile, OptionsError> {
        let host = self.host.as_deref().ok_or(OptionsError::Missing {
            option: "--host",
            why: "the PBX to connect to (or use --practice)",
        })?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let user = self.user.clone().ok_or(OptionsError::Missing {
            option: "--user",
            why: "the AMI account from manager.conf",
        })?;
        let protection = self.protection()?;
        let usual = if protection == Protection::Plain {
            5038
        } else {
            5039
        };
        Ok(Profile {
            pbx: pbx_id(host),
            name: host.to_owned(),
            host: host.to_owned(),
            port: self.port.unwrap_or(usual),
            protection,
            user,
            me: self.me.clone(),
            context: self.context.clone().unwrap_or_else(|| "default".to_owned()),
            conferences: self.conference.clone(),
            rules: self.rules(Rules::default()),
        })
    }

    /// What was given on the command line, else what is usual there.
    fn rules(&self, usual: Rules) -> Rules {
        let outside = self.outside.clone().map(|prefix| Outbound {
            prefix,
            from: OUTSIDE,
            plus: "00".to_owned(),
        });
        Rules {
            music: self.music.clone().or(usual.music),
            voicemail: self.voicemail.clone().or(usual.voicemail),
            voicemail_context: self.voicemail_context.clone().or(usual.voicemail_context),
            outbound: outside.or(usual.outbound),
            phones_obey: self.phones_obey || usual.phones_obey,
            may_listen: self.may_listen || usual.may_listen,
            ..Rules::default()
        }
    }

    fn protection(&self) -> Result<Protection, OptionsError> {
        let trust = match (&self.pin, &self.ca) {
            (Some(_), Some(_)) => {
                return Err(OptionsError::Contradiction {
                    one: "--pin",
                    other: "--ca",
                    why: "trust one key or an authority, not both",
                });
            }
            (Some(sha256), None) => Trust::Pin {
                sha256: sha256.clone(),
            },
            (None, Some(path)) => Trust::Ca { path: path.clone() },
            (None, None) if self.tls => Trust::Nobody,
            (None, None) => return Ok(Protection::Plain),
        };
        Ok(Protection::Tls { trust })
    }
}

/// Internal numbers have fewer digits in nearly every house.
const OUTSIDE: u8 = 6;

/// A PBX's short name from its host: `pbx.example.org` becomes `pbx-example-org`; `main` if nothing is left.
#[must_use]
pub fn pbx_id(host: &str) -> PbxId {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let name: String = host.chars().map(plain).take(32).collect();
    PbxId::new(name.trim_matches('-'))
        .or_else(|| PbxId::new("main"))
        .expect("`main` is a PBX id")
}

#[cfg(test)]
mod tests;
