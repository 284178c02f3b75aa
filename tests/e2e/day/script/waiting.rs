//! Callers wait: parked, to music, in a queue, in a menu; and are fetched or given away.

use super::super::turn::{Deed::*, Fact::*, Hand::*, Key::*, Sight::*, Task, Turn::*};
use super::{JANE, RAJ, at, button, line, waits};

pub(in super::super) const TASKS: &[Task] = &[
    Task {
        name: "a caller is parked and taken back",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            // Whoever was answered leaves the shelf after a moment, and the pads move up.
            Window(Gone(at::SENT)),
            You {
                keys: &[Press("Alt 1"), On(at::MY_CALL), Press("p")],
                mouse: &[
                    Carry(at::MY_CALL, at::PARK_PAD),
                    See("Jane Doe is parked"),
                    LetGo,
                ],
            },
            Window(Ends("done", &["Park: Jane Doe", "parked"])),
            Window(Says(at::PARKED, "Jane Doe")),
            Asterisk(Parked("+442079460123")),
            Asterisk(Free("101")),
            You {
                keys: &[Press("Tab"), Walk("Tab", at::PARKED), Press("F11")],
                mouse: &[
                    Carry(at::PARKED, at::MINE),
                    See("Jane Doe comes to your phone"),
                    LetGo,
                ],
            },
            They(Answer("101")),
            Window(Says(at::TALKING, "Jane Doe")),
            Window(Gone(at::PARKED)),
            Asterisk(NobodyParked),
            Asterisk(Talk("101", "+442079460123")),
        ],
    },
    Task {
        name: "a caller is parked for Cara, who comes to the phone",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("p 3m for Cara"),
                    Read("Jane Doe is parked"),
                    Press("Enter"),
                ],
                mouse: &[Pick(at::MY_CALL), Click(button!("park")), Click(at::SEND)],
            },
            Window(Says(at::PARKED, "Jane Doe")),
            Asterisk(Parked("+442079460123")),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("t jane > cara"),
                    Read("Jane Doe goes to 103 Cara Müller"),
                    Press("Enter"),
                ],
                mouse: &[
                    Carry(at::PARKED, at::CARA),
                    See("Jane Doe goes to 103 Cara Müller"),
                    LetGo,
                ],
            },
            They(Answer("103")),
            Window(Ends("done", &["Jane Doe → 103 Cara Müller", "answered"])),
            Asterisk(Talk("+442079460123", "103")),
            Asterisk(NobodyParked),
        ],
    },
    Task {
        name: "a caller hears music and is fetched",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            // Whoever was answered leaves the shelf after a moment, and the pads move up.
            Window(Gone(at::SENT)),
            You {
                keys: &[Press("Alt 1"), On(at::MY_CALL), Press("w")],
                mouse: &[
                    Carry(at::MY_CALL, at::HOLD_PAD),
                    See("Jane Doe hears music"),
                    LetGo,
                ],
            },
            Window(Ends("done", &["Hold: Jane Doe", "hears music"])),
            Window(Says(at::HELD, "Jane Doe")),
            Asterisk(Runs("+442079460123", "MusicOnHold")),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("a jane"),
                    Read("Jane Doe comes to your phone"),
                    Press("Enter"),
                ],
                mouse: &[
                    Carry(at::HELD, at::MINE),
                    See("Jane Doe comes to your phone"),
                    LetGo,
                ],
            },
            They(Answer("101")),
            Window(Says(at::TALKING, "Jane Doe")),
            Asterisk(Talk("101", "+442079460123")),
        ],
    },
    Task {
        name: "a colleague's phone rings, and nobody is there",
        turns: &[
            They(Dial("102", "103")),
            Window(Says(
                "[data-region=others] [data-kind=call][data-state=ringing]",
                "Marco Bianchi",
            )),
            You {
                keys: &[Press("Alt 2"), On(at::OTHER_CALL), Press("a")],
                mouse: &[
                    Carry(at::OTHER_CALL, at::MINE),
                    See("Marco Bianchi comes to your phone"),
                    LetGo,
                ],
            },
            They(Answer("101")),
            Window(Says(at::TALKING, "Marco Bianchi")),
            Asterisk(Talk("101", "102")),
            Asterisk(Free("103")),
        ],
    },
    Task {
        name: "whoever waits longest in the queues is answered",
        turns: &[
            They(Call(JANE, line::SUPPORT)),
            Window(Says(waits!("Jane Doe"), "1st")),
            They(Call(RAJ, line::SUPPORT)),
            Window(Says(waits!("Raj Patel"), "2nd")),
            You {
                keys: &[Press("F10")],
                mouse: &[Pick(at::ANNA), Click(button!("next"))],
            },
            They(Answer("101")),
            Window(Says(at::TALKING, "Jane Doe")),
            Asterisk(Talk("101", "+442079460123")),
            Asterisk(Waits("+442079460777", "support", "0")),
        ],
    },
    Task {
        name: "one of those who wait is answered by name",
        turns: &[
            They(Call(JANE, line::SUPPORT)),
            Window(Says(waits!("Jane Doe"), "1st")),
            They(Call(RAJ, line::SUPPORT)),
            Window(Says(waits!("Raj Patel"), "2nd")),
            You {
                keys: &[
                    Press("Ctrl j"),
                    On(at::LINE),
                    Type("a raj"),
                    Read("Raj Patel comes to your phone"),
                    Press("Enter"),
                ],
                mouse: &[
                    Carry(waits!("Raj Patel"), at::MINE),
                    See("Raj Patel comes to your phone"),
                    LetGo,
                ],
            },
            They(Answer("101")),
            Window(Says(at::TALKING, "Raj Patel")),
            Asterisk(Talk("101", "+442079460777")),
            Asterisk(Waits("+442079460123", "support", "0")),
        ],
    },
    Task {
        name: "a caller in the queue is given to Cara",
        turns: &[
            They(Call(JANE, line::SUPPORT)),
            Window(Shows(waits!("Jane Doe"))),
            You {
                keys: &[
                    Walk("Tab", waits!("Jane Doe")),
                    Press("F4"),
                    Read("Jane Doe goes to"),
                    Type("103"),
                    Read("Jane Doe goes to 103 Cara Müller"),
                    Press("Enter"),
                ],
                mouse: &[
                    Carry(waits!("Jane Doe"), at::CARA),
                    See("Jane Doe goes to 103 Cara Müller"),
                    LetGo,
                ],
            },
            They(Answer("103")),
            Window(Ends("done", &["Jane Doe → 103 Cara Müller", "answered"])),
            Asterisk(Talk("+442079460123", "103")),
        ],
    },
    Task {
        name: "a caller who is lost in the menu is helped out",
        turns: &[
            They(Call(JANE, line::MENU)),
            Window(Says(
                "[data-region=others] [data-kind=call][data-state=application]",
                "Jane Doe",
            )),
            You {
                keys: &[Press("Alt 2"), On(at::OTHER_CALL), Press("F11")],
                mouse: &[
                    Carry(at::OTHER_CALL, at::MINE),
                    See("Jane Doe comes to your phone"),
                    LetGo,
                ],
            },
            They(Answer("101")),
            Window(Says(at::TALKING, "Jane Doe")),
            Asterisk(Talk("101", "+442079460123")),
        ],
    },
];
