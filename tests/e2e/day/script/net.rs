//! What goes wrong is caught.

use super::super::turn::{Deed::*, Fact::*, Hand::*, Key::*, Sight::*, Task, Turn::*};
use super::{JANE, at, button, line};

pub(in super::super) const TASKS: &[Task] = &[
    Task {
        name: "Cara talks, and the caller waits for her",
        turns: &[
            They(Meet("102", "103")),
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press("Alt 1"),
                    On(at::MY_CALL),
                    Press(":"),
                    On(at::LINE),
                    Type("camp cara"),
                    Read("Jane Doe hears music until"),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("camp")),
                    See("Jane Doe"),
                    Click(at::CARA),
                ],
            },
            Window(Ends("done", &["Wait for them: Jane Doe", "hears music"])),
            Window(Says(at::CAMP, "Jane Doe")),
            Asterisk(Runs("+442079460123", "MusicOnHold")),
            They(HangUp("102")),
            Window(Says(at::CAMP, "they are free now")),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("t jane > cara"),
                    Read("Jane Doe goes to 103 Cara Müller, idle."),
                    Press("Enter"),
                ],
                mouse: &[Click("[data-kind=camp] [data-act=sendNow]"), Away],
            },
            They(Answer("103")),
            Window(Gone(at::CAMP)),
            Asterisk(Talk("+442079460123", "103")),
        ],
    },
    Task {
        name: "Dora does not answer, and the caller is brought back",
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
                    Type("t dora"),
                    Read("Jane Doe goes to 104 Dora Novák"),
                    Press("Enter"),
                ],
                mouse: &[
                    Carry(at::MY_CALL, at::DORA),
                    See("Jane Doe goes to 104 Dora Novák"),
                    LetGo,
                ],
            },
            Window(Says(at::SENT, "rings")),
            Asterisk(Rings("104")),
            You {
                keys: &[Press("z")],
                mouse: &[Click("[data-kind=sent] [data-act=recall]"), Away],
            },
            They(Answer("101")),
            Window(Says(at::TALKING, "Jane Doe")),
            Asterisk(Talk("101", "+442079460123")),
            Asterisk(Free("104")),
        ],
    },
    Task {
        name: "a caller who was lost on the way is called back",
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
                    Type("t 606"),
                    Read("Jane Doe goes to 606"),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("transfer")),
                    See("Jane Doe"),
                    Click("[data-act=pad]"),
                    Click("[data-region=pad] [data-key='6']"),
                    Click("[data-region=pad] [data-key='0']"),
                    Click("[data-region=pad] [data-key='6']"),
                    Pick(at::NUMBER),
                ],
            },
            Window(Says("[data-kind=lost]", "Lost: Jane Doe")),
            Asterisk(Free("+442079460123")),
            You {
                keys: &[
                    Walk("Tab", "[data-kind=lost] [data-act=callBack]"),
                    Press("Enter"),
                ],
                mouse: &[Click("[data-kind=lost] [data-act=callBack]")],
            },
            They(Answer("101")),
            Window(Ends("done", &["you → ", "442079460123", "answered"])),
            Window(Gone("[data-kind=lost]")),
            Asterisk(Dialled("900442079460123")),
        ],
    },
];
