//! The queues and who serves them.

use super::super::turn::{Deed::*, Fact::*, Hand::*, Key::*, Sight::*, Task, Turn::*};
use super::{JANE, at, button, cap, item, line, waits};

pub(in super::super) const TASKS: &[Task] = &[
    Task {
        name: "Marco serves a queue today, and no more tomorrow",
        turns: &[
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("add marco > vip"),
                    Read("Marco Bianchi serves vip."),
                    Press("Enter"),
                ],
                mouse: &[
                    Carry(at::MARCO, at::VIP),
                    See("Marco Bianchi serves vip."),
                    LetGo,
                ],
            },
            Window(Ends("done", &["Add to a queue: Marco Bianchi, vip"])),
            Asterisk(Member("vip", "PJSIP/102", Some(("Membership", "dynamic")))),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("leave marco > vip"),
                    Read("Marco Bianchi serves vip no more."),
                    Press("Enter"),
                ],
                mouse: &[Ask(at::MARCO), Click(item!("queueRemove")), Click(at::SEND)],
            },
            Window(Ends("done", &["Take off a queue: Marco Bianchi, vip"])),
            Asterisk(Member("vip", "PJSIP/102", None)),
        ],
    },
    Task {
        name: "Cara goes to lunch and comes back",
        turns: &[
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("pause cara > sales lunch"),
                    Read("Cara Müller takes no calls of sales for now."),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::CARA),
                    Click(button!("queuePause")),
                    Click(at::SEND),
                ],
            },
            Window(Ends("done", &["Pause in a queue: Cara Müller, sales"])),
            Asterisk(Member("sales", "PJSIP/103", Some(("Paused", "1")))),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("unpause cara > sales"),
                    Read("Cara Müller takes calls of sales again."),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::CARA),
                    Click(button!("queueUnpause")),
                    Click(at::SEND),
                ],
            },
            Window(Ends("done", &["Unpause: Cara Müller, sales"])),
            Asterisk(Member("sales", "PJSIP/103", Some(("Paused", "0")))),
        ],
    },
    Task {
        name: "Cara's turn comes later",
        turns: &[
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("penalty cara > sales 3"),
                    Read("turn in sales changes"),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::CARA),
                    Click(button!("setPenalty")),
                    Click(cap!("3")),
                    Click(at::SEND),
                ],
            },
            Window(Ends("done", &["Set the penalty: Cara Müller, sales"])),
            Asterisk(Member("sales", "PJSIP/103", Some(("Penalty", "3")))),
        ],
    },
    Task {
        name: "a caller who waits becomes more urgent",
        turns: &[
            They(Call(JANE, line::SUPPORT)),
            Window(Shows(waits!("Jane Doe"))),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("priority jane > 5"),
                    Read("turn changes"),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(waits!("Jane Doe")),
                    Click(button!("setPriority")),
                    Click(cap!("5")),
                    Click(at::SEND),
                ],
            },
            Window(Ends("done", &["Set the priority: Jane Doe"])),
            Asterisk(Waits("+442079460123", "support", "5")),
        ],
    },
    Task {
        name: "a caller does not want to wait any more",
        turns: &[
            They(Call(JANE, line::SUPPORT)),
            Window(Shows(waits!("Jane Doe"))),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("withdraw jane"),
                    Read("Jane Doe leaves the queue"),
                    Press("Enter"),
                ],
                mouse: &[Pick(waits!("Jane Doe")), Click(button!("withdraw"))],
            },
            Window(Ends("done", &["Take out of the queue: Jane Doe"])),
            Window(Gone(waits!("Jane Doe"))),
        ],
    },
    Task {
        name: "how many messages wait for Marco is counted",
        turns: &[
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("mailbox marco"),
                    Read("counted anew"),
                    Press("Enter"),
                ],
                mouse: &[Pick(at::MARCO), Click(button!("askMailbox"))],
            },
            Window(Ends("done", &["Count the messages: Marco Bianchi"])),
        ],
    },
];
