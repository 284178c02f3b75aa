//! One PBX to connect to, without its secret.

use board::PbxId;
use operator::Rules;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the PBX's TLS certificate is trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export)]
pub enum Trust {
    /// Nothing is trusted yet: the first connection is refused with the key's fingerprint, for comparison.
    Nobody,
    /// The certificate must be signed by a CA in this PEM file.
    Ca {
        /// Path of the PEM file.
        path: String,
    },
    /// The key must be this very one.
    Pin {
        /// SHA-256 of the certificate's SubjectPublicKeyInfo, 64 hex digits; colons are allowed.
        sha256: String,
    },
}

/// How the AMI link is protected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum Protection {
    /// Plain TCP. The secret still travels only as an MD5 answer; events and actions are readable on the way.
    Plain,
    /// TLS from the first byte (Asterisk's `tlsbindaddr`, usually port 5039).
    Tls {
        /// Who is trusted.
        trust: Trust,
    },
}

/// Where the desk connects and who the operator is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Profile {
    /// The PBX's short name; part of every id.
    pub pbx: PbxId,
    /// What the operator calls it.
    pub name: String,
    /// Host name or address.
    pub host: String,
    /// Port of the AMI.
    pub port: u16,
    /// Plain or TLS.
    pub protection: Protection,
    /// AMI user.
    pub user: String,
    /// The operator's own extension, e.g. `201`.
    pub me: Option<String>,
    /// The context in which the operator's transfers and calls are dialled.
    pub context: String,
    /// Numbers that lead into conference rooms, offered as targets even while empty.
    #[serde(default)]
    pub conferences: Vec<String>,
    /// What the house has: numbers for music and voicemail, how one dials outside.
    #[serde(default)]
    #[ts(as = "Option<Rules>", optional)]
    pub rules: Rules,
}
