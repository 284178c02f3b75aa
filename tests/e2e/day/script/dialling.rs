//! Calls from this desk.

use super::super::turn::{Deed::*, Fact::*, Hand::*, Key::*, Sight::*, Task, Turn::*};
use super::{JANE, at, button, cap, line};

pub(in super::super) const TASKS: &[Task] = &[
    Task {
        name: "Cara is called: my phone rings first",
        turns: &[
            You {
                keys: &[
                    Press("/"),
                    On(at::SEARCH),
                    Type("cara"),
                    Press("Down"),
                    On(at::CARA),
                    Press("d"),
                ],
                mouse: &[Pick(at::CARA), Click(button!("originate"))],
            },
            Window(Shows("[data-kind=operation][data-state=firstPhoneRings]")),
            Asterisk(Rings("101")),
            Asterisk(Free("103")),
            They(Answer("101")),
            They(Answer("103")),
            Window(Ends("done", &["you → 103 Cara Müller"])),
            Asterisk(Talk("101", "103")),
        ],
    },
    Task {
        name: "a number outside is called",
        turns: &[
            You {
                keys: &[
                    Type("0301234"),
                    On(at::SEARCH),
                    Press("Enter"),
                    On(at::NUMBER),
                    Press("Enter"),
                ],
                mouse: &[
                    Click("[data-act=pad]"),
                    Click(cap!("0")),
                    Click(cap!("3")),
                    Click(cap!("0")),
                    Click(cap!("1")),
                    Click(cap!("2")),
                    Click(cap!("3")),
                    Click(cap!("4")),
                    Pick(at::NUMBER),
                    Click(button!("originate")),
                ],
            },
            They(Answer("101")),
            Window(Ends("done", &["you → 90301234"])),
            Asterisk(Dialled("90301234")),
            Asterisk(Talk("101", "trunk")),
        ],
    },
    Task {
        name: "a caller goes on to a number outside",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press("Alt 1"),
                    On(at::MY_CALL),
                    Press(":"),
                    On(at::LINE),
                    Type("t 0307654"),
                    Read("Jane Doe goes to 90307654"),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("transfer")),
                    See("Jane Doe"),
                    Click("[data-act=pad]"),
                    Click(cap!("0")),
                    Click(cap!("3")),
                    Click(cap!("0")),
                    Click(cap!("7")),
                    Click(cap!("6")),
                    Click(cap!("5")),
                    Click(cap!("4")),
                    Pick(at::NUMBER),
                ],
            },
            Window(Ends("done", &["Jane Doe → 90307654", "answered"])),
            Asterisk(Dialled("90307654")),
            Asterisk(Talk("+442079460123", "trunk")),
            Asterisk(Free("101")),
        ],
    },
    Task {
        name: "somebody who was missed is called back",
        turns: &[
            They(Call(JANE, line::ME)),
            Window(Shows(
                "[data-region=mine] [data-kind=call][data-state=ringing]",
            )),
            They(GiveUp(JANE)),
            You {
                keys: &[
                    Walk("Tab", "[data-region=lately] button"),
                    Press("Enter"),
                    Press("Tab"),
                    On("[data-region=lately] [data-kind=ended]"),
                    Press("d"),
                ],
                mouse: &[
                    Click("[data-region=lately] button"),
                    Pick("[data-region=lately] [data-kind=ended][data-missed=true]"),
                    Click(button!("originate")),
                ],
            },
            They(Answer("101")),
            Window(Ends("done", &["you → ", "442079460123", "answered"])),
            Asterisk(Dialled("900442079460123")),
        ],
    },
    Task {
        name: "Emil's phone is off, and the window says so",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press("Alt 1"),
                    On(at::MY_CALL),
                    Press(":"),
                    On(at::LINE),
                    Type("t emil"),
                    Read("No phone is registered there."),
                    Press("Enter"),
                    Press("Escape"),
                ],
                mouse: &[
                    Carry(at::MY_CALL, at::EMIL),
                    LetGo,
                    See("No phone is registered there."),
                    Click("[data-region=who] .back"),
                ],
            },
            Window(Gone("[data-region=command], [data-region=who]")),
            Asterisk(Talk("101", "+442079460123")),
        ],
    },
    Task {
        name: "a number that does not exist is refused, and the caller still talks",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press("Alt 1"),
                    On(at::MY_CALL),
                    Press(":"),
                    On(at::LINE),
                    Type("t 399"),
                    Read("Jane Doe goes to 399"),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("transfer")),
                    See("Jane Doe"),
                    Click("[data-act=pad]"),
                    Click(cap!("3")),
                    Click(cap!("9")),
                    Click(cap!("9")),
                    Pick(at::NUMBER),
                ],
            },
            Window(Ends(
                "refused",
                &["Jane Doe → 399", "The PBX has no number 399."],
            )),
            Asterisk(Talk("101", "+442079460123")),
            You {
                keys: &[Press("x")],
                mouse: &[
                    Click("[data-kind=operation][data-state=refused] .away"),
                    Click("[aria-label='Clear the search']"),
                ],
            },
            Window(Gone("[data-kind=operation][data-state=refused]")),
        ],
    },
];
