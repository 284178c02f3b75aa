//! The practice PBX inside the program: who the operator is there.

use operator::Rules;

use super::pbx_id;
use crate::{Profile, Protection};

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
