//! Somebody is asked first, while the caller hears music.

use super::super::turn::{Deed::*, Fact::*, Hand::*, Key::*, Sight::*, Task, Turn::*};
use super::{JANE, at, button, line};

pub(in super::super) const TASKS: &[Task] = &[
    Task {
        name: "Dora is asked, the caller is told, Dora takes the call",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press("Alt 1"),
                    On(at::MY_CALL),
                    Press("c"),
                    Read("Jane Doe hears music while you call"),
                    Type("dora"),
                    Read("Jane Doe hears music while you call 104 Dora Novák, idle."),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("consult")),
                    See("Jane Doe"),
                    Click(at::DORA),
                ],
            },
            Window(Says(at::CONSULTATION, "is called")),
            Asterisk(Runs("+442079460123", "MusicOnHold")),
            They(Answer("104")),
            Window(Shows("[data-kind=consultation][data-state=talking]")),
            Asterisk(Talk("101", "104")),
            You {
                keys: &[Press("Shift F6")],
                mouse: &[Click(
                    "[data-kind=consultation] [data-verb=swap][aria-disabled=false]",
                )],
            },
            Window(Shows("[data-kind=consultation][data-state=back]")),
            Asterisk(Talk("101", "+442079460123")),
            You {
                keys: &[Press("s")],
                mouse: &[Click(
                    "[data-kind=consultation] [data-verb=swap][aria-disabled=false]",
                )],
            },
            Window(Shows("[data-kind=consultation][data-state=talking]")),
            Asterisk(Talk("101", "104")),
            You {
                keys: &[Press("F5")],
                mouse: &[Click(
                    "[data-kind=consultation] [data-verb=complete][aria-disabled=false]",
                )],
            },
            Window(Ends(
                "done",
                &["Complete: Jane Doe and Dora Novák", "they hear each other"],
            )),
            Window(Gone(at::CONSULTATION)),
            Asterisk(Talk("+442079460123", "104")),
            Asterisk(Free("101")),
        ],
    },
    Task {
        name: "Dora has no time, and the caller hears so",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("c dora"),
                    Read("Jane Doe hears music while you call 104 Dora Novák"),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("consult")),
                    See("Jane Doe"),
                    Click(at::DORA),
                ],
            },
            They(Answer("104")),
            Window(Shows("[data-kind=consultation][data-state=talking]")),
            You {
                keys: &[Press("Shift F8")],
                mouse: &[Click(
                    "[data-kind=consultation] [data-verb=goBack][aria-disabled=false]",
                )],
            },
            Window(Gone(at::CONSULTATION)),
            Window(Says(at::MY_CALL, "Jane Doe")),
            Asterisk(Talk("101", "+442079460123")),
            Asterisk(Free("104")),
        ],
    },
    Task {
        name: "Marco does not pick up at once, and the caller may wait for it",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press("Alt 1"),
                    On(at::MY_CALL),
                    Press("F5"),
                    Read("Jane Doe hears music while you call"),
                    Type("102"),
                    Read("Jane Doe hears music while you call 102 Marco Bianchi, idle."),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("consult")),
                    See("Jane Doe"),
                    Click(at::MARCO),
                ],
            },
            Window(Shows("[data-kind=consultation][data-state=calling]")),
            You {
                keys: &[Press("y")],
                mouse: &[Click(
                    "[data-kind=consultation] [data-verb=complete][aria-disabled=false]",
                )],
            },
            Window(Ends("done", &["Jane Doe"])),
            Asterisk(Free("101")),
            They(Answer("102")),
            Asterisk(Talk("+442079460123", "102")),
        ],
    },
    Task {
        name: "Marco refuses the call, and the caller is back",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("c marco"),
                    Read("Jane Doe hears music while you call 102 Marco Bianchi"),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("consult")),
                    See("Jane Doe"),
                    Click(at::MARCO),
                ],
            },
            Window(Shows("[data-kind=consultation][data-state=calling]")),
            They(Reject("102")),
            They(Answer("101")),
            Window(Gone(at::CONSULTATION)),
            Window(Says(at::TALKING, "Jane Doe")),
            Asterisk(Talk("101", "+442079460123")),
        ],
    },
];
