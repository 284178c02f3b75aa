//! `Getvar`: a variable or a dialplan function's value. Needs call or reporting. An unknown variable is a success with an empty value.

use crate::request::{Action, Request};

/// Asks for a global value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Getvar {
    variable: String,
}

impl Getvar {
    /// `DIALPLAN_EXISTS(context,exten,1)`: answers 1 or 0, patterns included. A context with a catch-all always answers 1.
    #[must_use]
    pub fn dialplan_exists(context: &str, exten: &str) -> Self {
        Self {
            variable: format!("DIALPLAN_EXISTS({context},{exten},1)"),
        }
    }

    /// `VM_INFO(box@context,exists)`: answers 1 or 0 out of voicemail.conf (`apps/app_voicemail.c`), and nothing where that module is not
    /// loaded.
    #[must_use]
    pub fn mailbox_exists(mailbox: &str) -> Self {
        Self {
            variable: format!("VM_INFO({mailbox},exists)"),
        }
    }

    /// `PJSIP_ENDPOINT(name,callerid)`: whose phone it is, as `"Name" <number>`.
    #[must_use]
    pub fn endpoint_callerid(endpoint: &str) -> Self {
        Self {
            variable: format!("PJSIP_ENDPOINT({endpoint},callerid)"),
        }
    }
}

impl Action for Getvar {
    fn request(&self) -> Request {
        Request::ack("Getvar").with("Variable", &self.variable)
    }
}
