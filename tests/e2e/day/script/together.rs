//! Several people meet.

use super::super::turn::{Deed::*, Fact::*, Hand::*, Key::*, Sight::*, Task, Turn::*};
use super::{JANE, RAJ, at, button, line};

pub(in super::super) const TASKS: &[Task] = &[
    Task {
        name: "two colleagues who talk go to a conference together",
        turns: &[
            They(Meet("102", "103")),
            Window(Says(
                "[data-region=others] [data-kind=call][data-state=talking]",
                "Cara Müller",
            )),
            You {
                keys: &[
                    Press("Alt 2"),
                    On(at::OTHER_CALL),
                    Press("F6"),
                    Read("goes to"),
                    Type("680"),
                    Read("Cara Müller goes to 680"),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::OTHER_CALL),
                    Click(button!("transferBoth")),
                    See("Marco Bianchi"),
                    Click(at::ROOM),
                ],
            },
            Window(Ends("done", &["Marco Bianchi", "Cara Müller", "680"])),
            Asterisk(Seat("680", "102", Some(("Muted", "No")))),
            Asterisk(Seat("680", "103", Some(("Muted", "No")))),
        ],
    },
    Task {
        name: "Marco is asked to join the call",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("i marco"),
                    Read("Marco Bianchi is rung and meets them in"),
                    Press("Enter"),
                ],
                mouse: &[
                    Carry(at::MARCO, at::MY_CALL),
                    See("Marco Bianchi is rung and meets them in"),
                    LetGo,
                ],
            },
            They(Answer("102")),
            Window(Ends("done", &["Marco Bianchi", "joined"])),
            Asterisk(Talk("101", "+442079460123")),
            Asterisk(Talk("102", "+442079460123")),
        ],
    },
    Task {
        name: "two calls become one",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            They(Meet("102", "103")),
            Window(Shows(
                "[data-region=others] [data-kind=call][data-state=talking]",
            )),
            You {
                keys: &[
                    Press("Alt 1"),
                    On(at::MY_CALL),
                    Press("j"),
                    Read("Jane Doe"),
                    Press("Alt 2"),
                    On(at::OTHER_CALL),
                    Read("meet in"),
                    Press("Enter"),
                ],
                mouse: &[Carry(at::MY_CALL, at::OTHER_CALL), See("meet in"), LetGo],
            },
            Window(Ends("done", &["Jane Doe", "joined"])),
            Asterisk(Talk("101", "102")),
            Asterisk(Talk("+442079460123", "103")),
        ],
    },
    Task {
        name: "two callers have been looking for each other",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            They(Hold("101")),
            They(Call(RAJ, line::ME)),
            They(Answer("101")),
            Window(Shows(
                "[data-region=mine] [data-kind=call][aria-label*='Raj Patel'][data-state=talking]",
            )),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("connect jane > raj"),
                    Read("Jane Doe and Raj Patel talk to each other."),
                    Press("Enter"),
                ],
                mouse: &[
                    Carry(
                        "[data-region=mine] [data-kind=call][aria-label*='Jane Doe']",
                        "[data-region=mine] [data-kind=call][aria-label*='Raj Patel']",
                    ),
                    See("Jane Doe and Raj Patel talk to each other."),
                    LetGo,
                ],
            },
            Window(Ends(
                "done",
                &["Jane Doe", "Raj Patel", "they hear each other"],
            )),
            Asterisk(Talk("+442079460123", "+442079460777")),
            Asterisk(Free("101")),
        ],
    },
    Task {
        name: "two people are introduced to each other",
        turns: &[
            You {
                keys: &[
                    Press("Ctrl k"),
                    On(at::SEARCH),
                    Type("marco"),
                    Press("Down"),
                    On(at::MARCO),
                    Press(" "),
                    Read("rings first"),
                    Type("cara"),
                    Read("Marco Bianchi rings first, then 103 Cara Müller, idle is called."),
                    Press("Enter"),
                ],
                mouse: &[
                    Carry(at::MARCO, at::CARA),
                    See("Marco Bianchi rings first, then 103 Cara Müller, idle is called."),
                    LetGo,
                ],
            },
            They(Answer("102")),
            They(Answer("103")),
            Window(Ends("done", &["Marco Bianchi → 103 Cara Müller"])),
            Asterisk(Talk("102", "103")),
            Asterisk(Free("101")),
        ],
    },
];
