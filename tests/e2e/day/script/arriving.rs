//! Calls come in, and are put through.

use super::super::turn::{Deed::*, Fact::*, Hand::*, Key::*, Sight::*, Task, Turn::*};
use super::{JANE, at, button, line};

pub(in super::super) const TASKS: &[Task] = &[
    Task {
        name: "a call rings, and who it is stands there before it is answered",
        turns: &[
            They(Call(JANE, line::ME)),
            Window(Says(
                "[data-region=mine] [data-kind=call][data-state=ringing]",
                "Jane Doe",
            )),
            You {
                keys: &[Press("Alt 1"), On(at::MY_CALL)],
                mouse: &[Pick(at::MY_CALL)],
            },
            Window(Says(at::DETAIL, "+442079460123")),
            They(Answer("101")),
            Window(Shows(
                "[data-region=mine] [data-kind=call][data-state=talking]",
            )),
            Asterisk(Talk("+442079460123", "101")),
        ],
    },
    Task {
        name: "a caller goes to Cara at once",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(
                "[data-region=mine] [data-kind=call][data-state=talking]",
            )),
            You {
                keys: &[
                    Press("Alt 1"),
                    On(at::MY_CALL),
                    Press("t"),
                    Read("goes to"),
                    Type("cara"),
                    Read("Jane Doe goes to 103 Cara Müller, idle. You are released."),
                    Press("Enter"),
                ],
                mouse: &[
                    Carry(at::MY_CALL, at::CARA),
                    See("Jane Doe goes to 103 Cara Müller, idle. You are released."),
                    LetGo,
                ],
            },
            Window(Ends("done", &["Jane Doe → 103 Cara Müller", "rings there"])),
            They(Answer("103")),
            Window(Ends("done", &["Jane Doe → 103 Cara Müller", "answered"])),
            Asterisk(Talk("+442079460123", "103")),
            Asterisk(Free("101")),
        ],
    },
    Task {
        name: "a caller goes to somebody whose name is known",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(
                "[data-region=mine] [data-kind=call][data-state=talking]",
            )),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("t dora"),
                    Read("Jane Doe goes to 104 Dora Novák, idle. You are released."),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("transfer")),
                    See("Jane Doe"),
                    Click(at::DORA),
                ],
            },
            They(Answer("104")),
            Window(Ends("done", &["Jane Doe → 104 Dora Novák", "answered"])),
            Asterisk(Talk("+442079460123", "104")),
            Asterisk(Free("101")),
        ],
    },
    Task {
        name: "a caller wants to speak to Marco's voicemail",
        turns: &[
            // A box is known once somebody has left a message in it.
            They(Enter("103", "*9102")),
            They(Speak("PJSIP/103")),
            They(HangUp("103")),
            Window(Shows(
                "[data-kind=extension][data-id*=':102@'] [data-badge=voicemail]",
            )),
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(
                "[data-region=mine] [data-kind=call][data-state=talking]",
            )),
            You {
                keys: &[
                    Press("Alt 1"),
                    On(at::MY_CALL),
                    Press("Shift F4"),
                    Read("Jane Doe goes straight to the voicemail of"),
                    Type("marco"),
                    Read(
                        "Jane Doe goes straight to the voicemail of Marco Bianchi; no phone rings.",
                    ),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("voicemail")),
                    See("Jane Doe"),
                    Click(at::MARCO),
                ],
            },
            Window(Ends("done", &["Jane Doe → ", "arrived"])),
            Asterisk(Runs("+442079460123", "VoiceMail")),
            Asterisk(Free("102")),
            Asterisk(Free("101")),
        ],
    },
];
