//! The connection options which the window and `cordboardctl` share, and the profile they make.

use board::PbxId;
use clap::Args;

use operator::{Outbound, Rules};

use crate::{Profile, Protection, Trust};

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

/// Why the options make no connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// Something a connection needs is not there.
    #[error("{option} is missing: {why}")]
    Missing {
        /// The option.
        option: &'static str,
        /// What it is for.
        why: &'static str,
    },
    /// Two options exclude each other.
    #[error("{one} and {other} exclude each other: {why}")]
    Contradiction {
        /// The one.
        one: &'static str,
        /// The other.
        other: &'static str,
        /// Why.
        why: &'static str,
    },
    /// The value of an option cannot be meant.
    #[error("{option} {value:?} cannot be used: {why}")]
    BadValue {
        /// The option.
        option: &'static str,
        /// What was given; never a secret.
        value: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The variable named by `--secret-env` holds no secret.
    #[error("--secret-env {variable}: {why}")]
    Secret {
        /// The variable's name.
        variable: String,
        /// What is wrong with its value.
        why: &'static str,
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
            .map(|variable| secret(variable, read(variable)))
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

    fn check_texts(&self) -> Result<(), OptionsError> {
        check(
            "--host",
            self.host.as_deref(),
            "a host name or address is expected",
            is_host,
        )?;
        check(
            "--pin",
            self.pin.as_deref(),
            "64 hex digits are expected",
            is_sha256,
        )?;
        check(
            "--ca",
            self.ca.as_deref(),
            "the path of a PEM file is expected",
            is_line,
        )?;
        check(
            "--user",
            self.user.as_deref(),
            "one line of text is expected",
            is_line,
        )?;
        check("--me", self.me.as_deref(), NUMBER, is_number)?;
        check("--music", self.music.as_deref(), NUMBER, is_number)?;
        check("--voicemail", self.voicemail.as_deref(), NUMBER, is_number)?;
        check("--outside", self.outside.as_deref(), NUMBER, is_number)?;
        check(
            "--context",
            self.context.as_deref(),
            "a context's name is expected",
            is_number,
        )?;
        self.conference
            .iter()
            .try_for_each(|number| check("--conference", Some(number), NUMBER, is_number))
    }
}

/// Internal numbers have fewer digits in nearly every house.
const OUTSIDE: u8 = 6;

const NUMBER: &str = "1 to 64 letters, digits or *#+._- are expected";

/// The operator's place at the practice PBX.
#[must_use]
pub fn practice_profile() -> Profile {
    Profile {
        pbx: pbx_id("practice"),
        name: "Practice".to_owned(),
        host: "localhost".to_owned(),
        port: 5038,
        protection: Protection::Plain,
        user: "cordboard".to_owned(),
        me: Some("101".to_owned()),
        context: "internal".to_owned(),
        conferences: vec!["680".to_owned()],
        rules: Rules {
            music: Some("601".to_owned()),
            voicemail: Some("*".to_owned()),
            phones_obey: true,
            may_listen: true,
            ..Rules::default()
        },
    }
}

/// The secret of the account at the practice PBX. It opens nothing else.
#[must_use]
pub fn practice_secret() -> ami::Secret {
    ami::Secret::new("cordboard-secret".to_owned())
}

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

fn secret(variable: &str, value: Option<String>) -> Result<ami::Secret, OptionsError> {
    let wrong = |why| OptionsError::Secret {
        variable: variable.to_owned(),
        why,
    };
    let value = value.ok_or_else(|| wrong("no such environment variable, or it is not text"))?;
    if value.is_empty() {
        return Err(wrong("the variable is empty"));
    }
    if value.chars().any(char::is_control) {
        return Err(wrong(
            "the secret holds a line break or another control character",
        ));
    }
    Ok(ami::Secret::new(value))
}

fn check(
    option: &'static str,
    value: Option<&str>,
    why: &'static str,
    fits: fn(&str) -> bool,
) -> Result<(), OptionsError> {
    match value.filter(|value| !fits(value)) {
        Some(value) => Err(OptionsError::BadValue {
            option,
            value: value.to_owned(),
            why,
        }),
        None => Ok(()),
    }
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(char::is_control)
}

fn is_host(text: &str) -> bool {
    is_line(text) && !text.contains([' ', '/', '@', '?', '#'])
}

fn is_number(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"*#+._-".contains(&b))
}

fn is_sha256(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| *c != ':').collect();
    digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests;
