//! Which Asterisk a lab PBX runs.

use std::fmt;
use std::str::FromStr;

use anyhow::bail;

/// A supported Asterisk release line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Asterisk 16, the oldest line we promise to work with.
    V16,
    /// Asterisk 22, the current long-term line.
    V22,
}

impl Version {
    /// Every release line the lab can build.
    pub const ALL: [Self; 2] = [Self::V22, Self::V16];

    /// The Debian suite which carries this release line.
    #[must_use]
    pub fn suite(self) -> &'static str {
        match self {
            Self::V16 => "bullseye",
            Self::V22 => "forky",
        }
    }

    /// The packages a lab PBX is made of.
    #[must_use]
    pub fn packages(self) -> &'static str {
        match self {
            Self::V16 => {
                "asterisk,asterisk-voicemail,asterisk-moh-opsound-gsm,asterisk-core-sounds-en-gsm"
            }
            Self::V22 => "asterisk,asterisk-moh-opsound-gsm,asterisk-core-sounds-en-gsm",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::V16 => "16",
            Self::V22 => "22",
        })
    }
}

impl FromStr for Version {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        match text {
            "16" => Ok(Self::V16),
            "22" => Ok(Self::V22),
            other => bail!("the lab knows Asterisk 22 and 16, not {other:?}"),
        }
    }
}
