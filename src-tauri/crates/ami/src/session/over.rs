//! Why a session ended: who ended it, and what a person can do about it.

use crate::frame::Frame;
use crate::request::EncodeError;
use crate::value::Value;

/// The end of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// Connected, but nothing greeted us: too many unauthenticated sessions, or a TLS port spoken to in plain.
    NoGreeting,
    /// Something else greeted us.
    NotAmi {
        /// Its first bytes, printable.
        greeting: String,
    },
    /// The login got no answer.
    NoAnswerToLogin,
    /// User, secret or address is wrong: Asterisk gives the same answer to all three.
    WrongSecret,
    /// The account allows one login (`allowmultiplelogin=no`) and it is taken.
    AlreadyLoggedIn,
    /// The login was refused with another text.
    Refused {
        /// The PBX's words.
        message: String,
    },
    /// User or secret contain what AMI cannot carry.
    BadCredentials(EncodeError),
    /// Pings go unanswered.
    Silence,
}

impl Over {
    pub(crate) fn of_login(frame: &Frame) -> Self {
        let message = frame.get("Message").map(Value::text).unwrap_or_default();
        match message.trim() {
            "Authentication failed" => Self::WrongSecret,
            "Login Already In Use" => Self::AlreadyLoggedIn,
            other => Self::Refused {
                message: other.to_owned(),
            },
        }
    }
}
