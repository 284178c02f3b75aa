//! A conference is looked after.

use super::super::turn::{Deed::*, Fact::*, Hand::*, Key::*, Sight::*, Task, Turn::*};
use super::{at, button, seat};

pub(in super::super) const TASKS: &[Task] = &[
    Task {
        name: "somebody is muted in the conference, and heard again",
        turns: &[
            They(Enter("102", "680")),
            They(Enter("103", "680")),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("m cara"),
                    Read("Mute Cara Müller."),
                    Press("Enter"),
                ],
                mouse: &[
                    Click(at::ROOM),
                    Click(seat!("Cara")),
                    Click(button!("mute")),
                ],
            },
            Window(Ends(
                "done",
                &["Mute: Cara Müller", "the PBX shows that it is so"],
            )),
            Asterisk(Seat("680", "103", Some(("Muted", "Yes")))),
            Asterisk(Seat("680", "102", Some(("Muted", "No")))),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("u cara"),
                    Read("Let Cara Müller be heard again."),
                    Press("Enter"),
                ],
                mouse: &[Away, Click(button!("unmute"))],
            },
            Window(Ends("done", &["Unmute: Cara Müller"])),
            Asterisk(Seat("680", "103", Some(("Muted", "No")))),
        ],
    },
    Task {
        name: "somebody is taken out of the conference",
        turns: &[
            They(Enter("102", "680")),
            They(Enter("103", "680")),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("k cara"),
                    Read("Cara Müller is taken out of the conference."),
                    Press("Enter"),
                ],
                mouse: &[
                    Click(at::ROOM),
                    Click(seat!("Cara")),
                    Click(button!("kick")),
                ],
            },
            Window(Ends("done", &["Take out: Cara Müller"])),
            Asterisk(Seat("680", "103", None)),
            Asterisk(Seat("680", "102", Some(("Muted", "No")))),
            Asterisk(Free("103")),
        ],
    },
    Task {
        name: "the conference is locked and opened again",
        turns: &[
            They(Enter("102", "680")),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("lock 680"),
                    Read("Nobody new comes into 680."),
                    Press("Enter"),
                ],
                mouse: &[Click(at::ROOM), Click(button!("lock"))],
            },
            Window(Ends("done", &["Lock", "the PBX shows that it is so"])),
            Asterisk(Room("680", "Locked", "Yes")),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("unlock 680"),
                    Read("Anybody may come into 680 again."),
                    Press("Enter"),
                ],
                mouse: &[Away, Click(button!("unlock"))],
            },
            Window(Ends("done", &["Unlock"])),
            Asterisk(Room("680", "Locked", "No")),
        ],
    },
    Task {
        name: "the conference is recorded for a while",
        turns: &[
            They(Enter("102", "680")),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("r 680"),
                    Read("Record 680."),
                    Press("Enter"),
                ],
                mouse: &[Click(at::ROOM), Click(button!("record"))],
            },
            Window(Ends("done", &["Record", "the PBX shows that it is so"])),
            Asterisk(RoomRecorder(true)),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("rs 680"),
                    Read("The recording of 680 ends."),
                    Press("Enter"),
                ],
                mouse: &[Away, Click(button!("stopRecording"))],
            },
            Window(Ends("done", &["Stop recording"])),
            Asterisk(RoomRecorder(false)),
        ],
    },
    Task {
        name: "the conference is over, and everybody goes",
        turns: &[
            They(Enter("102", "680")),
            They(Enter("103", "680")),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("h 680"),
                    Read("are hung up."),
                    Press("Enter"),
                ],
                mouse: &[Click(at::ROOM), Click(button!("hangUp"))],
            },
            Window(Shows("[data-kind=operation][data-state=waiting]")),
            Window(Ends("done", &["Hang up", "Marco Bianchi", "hung up"])),
            Asterisk(Free("102")),
            Asterisk(Free("103")),
        ],
    },
];
