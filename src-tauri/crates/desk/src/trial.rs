//! Trying a connection once, for the first-run view and for administrators: in, look, out.

use serde::Serialize;
use ts_rs::TS;

use crate::{Blind, LinkError};

/// What came of trying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "trial",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum Trial {
    /// Logged in and looked around.
    Works {
        /// Asterisk's version, if it may be asked.
        version: Option<String>,
        /// The PBX is still starting: lists may be short for some seconds.
        booting: bool,
        /// What this account will not see or be able to do.
        blind: Vec<Blind>,
    },
    /// It did not work.
    Failed {
        /// Why.
        reason: LinkError,
    },
}
