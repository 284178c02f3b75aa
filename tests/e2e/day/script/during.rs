//! During a call: recorded, muted, keys, a limit, and its end.

use super::super::turn::{Deed::*, Fact::*, Hand::*, Key::*, Sight::*, Task, Turn::*};
use super::{JANE, at, button, cap, line, waits};

pub(in super::super) const TASKS: &[Task] = &[
    Task {
        name: "the call is recorded, paused for a card number, resumed and stopped",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[Press("Alt 1"), On(at::MY_CALL), Press("r")],
                mouse: &[Pick(at::MY_CALL), Click(button!("record"))],
            },
            Window(Ends(
                "done",
                &["Record: Jane Doe", "the PBX shows that it is so"],
            )),
            Asterisk(Recorders("+442079460123", 1)),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("rp"),
                    Read("goes on in silence"),
                    Press("Enter"),
                ],
                mouse: &[Away, Click(button!("pauseRecording"))],
            },
            Window(Ends("done", &["Pause recording"])),
            Window(Says(at::DETAIL, "recording paused")),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("rr"),
                    Read("writes again"),
                    Press("Enter"),
                ],
                mouse: &[Away, Click(button!("resumeRecording"))],
            },
            Window(Ends("done", &["Resume recording"])),
            Window(Says(at::DETAIL, "recorded since")),
            You {
                keys: &[Press("r")],
                mouse: &[Away, Click(button!("stopRecording"))],
            },
            Window(Ends("done", &["Stop recording"])),
            Asterisk(Recorders("+442079460123", 0)),
        ],
    },
    Task {
        name: "the caller is not to hear something",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press("Alt 1"),
                    On(at::MY_CALL),
                    Press("Right"),
                    On("[data-region=mine] [data-kind=leg]"),
                    Press("m"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click("[data-region=detail] [data-kind=leg]"),
                    Click(button!("mute")),
                ],
            },
            Window(Ends(
                "done",
                &["Mute", "the PBX has accepted it; nothing tells more"],
            )),
            Window(Says(at::DETAIL, "muted")),
            You {
                keys: &[Press("m")],
                mouse: &[Away, Click(button!("unmute"))],
            },
            Window(Ends("done", &["Unmute"])),
            Asterisk(Talk("101", "+442079460123")),
        ],
    },
    Task {
        name: "keys are pressed for a menu at the far end",
        turns: &[
            They(Dial("101", "102")),
            They(Answer("102")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[
                    Press(":"),
                    On(at::LINE),
                    Type("keys 12#"),
                    Read("Keys are pressed for Marco Bianchi."),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("sendDigits")),
                    Click(cap!("1")),
                    Click(cap!("2")),
                    Click(cap!("#")),
                    Click(at::SEND),
                ],
            },
            Window(Ends(
                "done",
                &["Press keys: Marco Bianchi", "nothing tells more"],
            )),
            Asterisk(Heard("102", "12#")),
            Asterisk(Talk("101", "102")),
        ],
    },
    Task {
        name: "a caller in the menu cannot press a key, so it is pressed here",
        turns: &[
            They(Call(JANE, line::MENU)),
            Window(Says(
                "[data-region=others] [data-kind=call][data-state=application]",
                "Jane Doe",
            )),
            You {
                keys: &[
                    Press("Alt 2"),
                    On(at::OTHER_CALL),
                    Press("F3"),
                    On(at::LINE),
                    Type("keys 2"),
                    Read("Keys are pressed for Jane Doe."),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::OTHER_CALL),
                    Click(button!("sendDigits")),
                    Click(cap!("2")),
                    Click(at::SEND),
                ],
            },
            Window(Ends("done", &["Press keys: Jane Doe"])),
            Window(Shows(waits!("Jane Doe"))),
            Asterisk(Waits("+442079460123", "support", "0")),
        ],
    },
    Task {
        name: "a call may last ten minutes more",
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
                    Type("limit 10"),
                    Read("when that time is over"),
                    Press("Enter"),
                ],
                mouse: &[
                    Pick(at::MY_CALL),
                    Click(button!("limitTime")),
                    Click(cap!("1")),
                    Click(cap!("0")),
                    Click(at::SEND),
                ],
            },
            Window(Ends("done", &["Limit the time"])),
            Asterisk(Limited("+442079460123")),
        ],
    },
    Task {
        name: "a hang-up that was not meant is taken back",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[Press("Alt 1"), On(at::MY_CALL), Press("F8")],
                mouse: &[Pick(at::MY_CALL), Click(button!("hangUp"))],
            },
            Window(Shows("[data-kind=operation][data-state=waiting]")),
            You {
                keys: &[Press("z")],
                mouse: &[Click("[data-kind=operation] [data-act=undo]")],
            },
            Window(Ends(
                "refused",
                &["Hang up", "Taken back. Nothing was sent."],
            )),
            Asterisk(Talk("101", "+442079460123")),
        ],
    },
    Task {
        name: "the caller is hung up for good",
        turns: &[
            They(Call(JANE, line::ME)),
            They(Answer("101")),
            Window(Shows(at::TALKING)),
            You {
                keys: &[Press("Alt 1"), On(at::MY_CALL), Press("Delete")],
                mouse: &[Pick(at::MY_CALL), Click(button!("hangUp"))],
            },
            Window(Ends("done", &["Hang up", "Jane Doe", "hung up"])),
            Asterisk(Free("+442079460123")),
            Asterisk(Free("101")),
        ],
    },
];
