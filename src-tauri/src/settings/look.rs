//! How the window looks, and what a drop means: the operator's taste.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the window is coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Theme {
    /// As the desktop is.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// High contrast.
    Contrast,
}

/// Which colour stands for which state. The icon and the word are the same in all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Palette {
    /// Amber rings, blue talks, violet is held.
    #[default]
    Standard,
    /// Told apart without red and green: by blue against orange, and by light against dark.
    Safe,
    /// Red talks, as on many other consoles.
    RedBusy,
}

/// How close the tiles stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Density {
    /// Tall tiles.
    #[default]
    Comfortable,
    /// Lower tiles.
    Compact,
    /// Single rows.
    Dense,
}

/// What letting go of my own call over somebody means, unless another verb is chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum TransferBy {
    /// The caller goes there at once.
    #[default]
    Blind,
    /// The caller waits to music while the operator talks to the target first.
    Consult,
}
