//! What can be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use desk::ConnectionOptions;
use operator::Verb;

/// Cordboard without a window: see and move the calls of an Asterisk PBX from a script.
///
/// Ends with 0 if it was done, 1 without a connection, 2 if the line cannot be meant, 3 if the action was refused (nothing was sent), 4 if it failed, 5 if nobody knows.
#[derive(Debug, Parser)]
#[command(name = "cordboardctl", version)]
pub(crate) struct Options {
    /// Print JSON instead of a table
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// How many seconds to wait for the whole picture
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) wait: u64,
    /// Keep no journal of actions on this computer
    #[arg(long, global = true)]
    pub(crate) no_journal: bool,
    #[command(flatten)]
    pub(crate) connection: ConnectionOptions,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print what the operator would see now, and end
    Board,
    /// Print what changes: with --json the picture, then batches, a line each
    Watch {
        /// Count only, and print one line of JSON when the link has closed
        #[arg(long, requires = "once")]
        count: bool,
        /// Read until the link closes; do not connect again
        #[arg(long, requires = "count")]
        once: bool,
    },
    /// Act on a call and print the outcome as JSON
    #[command(subcommand)]
    Do(Action),
    /// Carry out any move by its name and print the outcome as JSON, as `do` does
    ///
    /// VERB in small letters, such as park, swap, queue-pause, send-digits, listen. SUBJECT and TARGET are what `board --json` calls them (leg:PBX:1795198387.12), or a Uniqueid, a channel's full name, an extension's number, the name of a queue or a room. `offers` prints what is possible now, and with what.
    Move(Wish),
    /// Print as JSON what may be done now with a leg, a call, an extension, a queue or a room, and why not
    Offers {
        /// What it is about
        subject: String,
    },
    /// Carry out the AMI actions in a text file, each answered before the next is sent
    ///
    /// The file holds `Key: Value` lines, the first of each action `Action: NAME`, an empty line between two actions, comments after `#` or `;` at the start of a line. Each action is printed as it ends, with its answer and its whole list; `accepted` is the PBX's word that it will be done, not a proof that it was. An action without an answer, or whose link broke, is unknown: it is not sent again, and what comes after it is not sent.
    ///
    /// Ends with 0 if all were accepted, 1 without a connection (nothing was sent), 2 if the file cannot be read or meant (nothing was sent), 3 if one is dangerous and was not allowed (nothing was sent), 4 if one failed, 5 if one is unknown, 6 if all was carried out but FILE.out could not be written.
    Action(Script),
    /// Put a call file into Asterisk's spool: one phone rings, now or later, then a number is called for it
    ///
    /// Runs on the PBX's machine, or where its spool folder is mounted; needs no connection. The extension is dialled in the context of --context. The file is made on the same file system and moved in whole, with its time, owner and mode. Asterisk carries it out as soon as its time has come, also if it was down then; whether the phone rang only the board can tell.
    ///
    /// Ends with 0 if the file is in the spool, 2 if a value cannot be used, 4 if the file could not be put there. Then nothing is left behind and nothing will be called.
    CallFile(CallWords),
}

/// The words of any move.
#[derive(Debug, Args)]
pub(crate) struct Wish {
    /// What to do
    #[arg(value_parser = crate::wish::verb)]
    pub(crate) verb: Verb,
    /// What it is done to
    pub(crate) subject: String,
    /// Where to
    pub(crate) target: Option<String>,
    /// Where the other party goes, when both of a pair move
    #[arg(long, value_name = "TARGET")]
    pub(crate) second: Option<String>,
    /// Keys to press
    #[arg(long, value_name = "KEYS")]
    pub(crate) digits: Option<String>,
    /// How long: parked, until the call ends, until a phone has rung enough
    #[arg(long, value_name = "SECONDS")]
    pub(crate) seconds: Option<u32>,
    /// A penalty or a priority
    #[arg(long, value_name = "NUMBER")]
    pub(crate) value: Option<u32>,
    /// Why a member pauses
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// For whom somebody is parked or held
    #[arg(long, value_name = "TEXT")]
    pub(crate) label: Option<String>,
    /// Which parking lot
    #[arg(long, value_name = "NAME")]
    pub(crate) lot: Option<String>,
    /// Go on even if the PBX cannot tell whether the number exists
    #[arg(long)]
    pub(crate) unverified: bool,
}

/// The words of a call file.
#[derive(Debug, Args)]
pub(crate) struct CallWords {
    /// Asterisk's folder for call files: `outgoing` below its spool folder
    #[arg(long, value_name = "DIR")]
    pub(crate) spool: PathBuf,
    /// The device that rings first, such as PJSIP/101
    #[arg(long, value_name = "DEVICE")]
    pub(crate) from: String,
    /// The extension it is sent to once it answers
    #[arg(long, value_name = "EXTEN")]
    pub(crate) to: String,
    /// When: 14:00 today, 2026-11-27T14:00 by this computer's time, or with an offset as in 2026-11-27T14:00:00+01:00 [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// How many seconds the first phone rings
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub(crate) ring: u32,
    /// Name shown on the first phone
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) caller_name: String,
    /// Number shown on the first phone [default: --to]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) caller_number: Option<String>,
    /// Account the call is billed to
    #[arg(long, value_name = "NAME")]
    pub(crate) account: Option<String>,
    /// Whom the file belongs to, by number: Asterisk has to write to it [default: this user]
    #[arg(long, value_name = "UID:GID", value_parser = owner)]
    pub(crate) owner: Option<(u32, u32)>,
    /// Who may read and write it, in octal; the owner must
    #[arg(long, value_name = "OCTAL", default_value = "660", value_parser = mode)]
    pub(crate) mode: u32,
    /// Where the file is made, on the same file system [default: tmp beside the spool, or the folder above it]
    #[arg(long, value_name = "DIR")]
    pub(crate) tmp: Option<PathBuf>,
}

fn owner(text: &str) -> Result<(u32, u32), String> {
    let read = |(user, group): (&str, &str)| Some((user.parse().ok()?, group.parse().ok()?));
    let owner = text.split_once(':').and_then(read);
    owner.ok_or_else(|| "two numbers are expected, as in 105:112".to_owned())
}

fn mode(text: &str) -> Result<u32, String> {
    let mode = u32::from_str_radix(text, 8).ok();
    mode.filter(|mode| mode & 0o600 == 0o600 && *mode <= 0o777)
        .ok_or_else(|| "600 to 777 are expected, with reading and writing for the owner".to_owned())
}

/// The words of an action file.
#[derive(Debug, Args)]
pub(crate) struct Script {
    /// The file
    pub(crate) file: PathBuf,
    /// Write what is printed into FILE.out as well
    #[arg(long)]
    pub(crate) out: bool,
    /// Send also what can run programs, change the PBX, show secrets or hit everybody
    #[arg(long)]
    pub(crate) allow_dangerous: bool,
    /// How long each action may take to answer
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) deadline: u64,
}

/// An action on the PBX. CHANNEL is a Uniqueid or a channel's full name.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Send a leg elsewhere; whoever it was talking to is released
    Transfer(Transfer),
    /// Hang up a leg
    Hangup {
        /// The leg to hang up
        #[arg(long, value_name = "CHANNEL")]
        leg: String,
    },
    /// Ring one phone, then call a number for it
    Originate {
        /// Whose phone rings first
        #[arg(long, value_name = "EXTEN")]
        from: String,
        /// Whom to call then
        #[arg(long, value_name = "NUMBER")]
        to: String,
        /// Go on even if the PBX cannot tell whether the number exists
        #[arg(long)]
        unverified: bool,
    },
}

/// The words of a transfer.
#[derive(Debug, Args)]
pub(crate) struct Transfer {
    /// The leg that moves
    #[arg(long, value_name = "CHANNEL")]
    pub(crate) leg: String,
    /// Where to
    #[arg(long, value_name = "EXTEN")]
    pub(crate) to: String,
    /// The other party of the pair moves as well, to the same place
    #[arg(long)]
    pub(crate) both: bool,
    /// With --both: the other party goes here instead
    #[arg(long, value_name = "EXTEN", requires = "both")]
    pub(crate) second: Option<String>,
    /// Go on even if the PBX cannot tell whether the number exists
    #[arg(long)]
    pub(crate) unverified: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::error::ErrorKind;

    fn parse(line: &str) -> Result<Options, clap::Error> {
        Options::try_parse_from(std::iter::once("cordboardctl").chain(line.split_whitespace()))
    }

    #[test]
    fn options_may_stand_on_either_side_of_the_command() {
        for line in [
            "--host h --user u --json board --wait 3",
            "board --json --host h --wait 3 --user u",
        ] {
            let options = parse(line).expect(line);
            assert_eq!(
                (
                    options.connection.host.as_deref(),
                    options.json,
                    options.wait
                ),
                (Some("h"), true, 3)
            );
        }
    }

    #[test]
    fn every_line_of_the_manual_is_understood() {
        for line in [
            "board --json",
            "watch --json",
            "watch --count --once",
            "do transfer --leg 1795198387.12 --to 204",
            "do transfer --leg PJSIP/201-00000003 --to 800 --both",
            "do transfer --leg 1795198387.12 --to 204 --both --second 205",
            "do hangup --leg 1795198387.12",
            "do originate --from 201 --to 004930123456",
            "move park leg:main:1795198387.12 --label Anna --seconds 60 --lot short",
            "move queue-pause 103 sales --reason lunch",
            "move transfer-both 1795198387.12 204 --second 205 --unverified",
            "move send-digits PJSIP/201-00000003 --digits 12#",
            "offers 103",
            "action nightly.ami --json --out",
            "action nightly.ami --allow-dangerous --deadline 30",
            "call-file --spool /tmp/outgoing --from PJSIP/201 --to 204 --context office",
            "call-file --spool o --from PJSIP/201 --to 204 --at 14:00 --owner 105:112 --mode 640 --tmp t",
        ] {
            assert!(parse(line).is_ok(), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_meant_ends_with_2() {
        for line in [
            "",
            "fly",
            "watch --count",
            "watch --once",
            "do transfer --leg 1.2",
            "do transfer --leg 1.2 --to 3 --second 4",
            "move fly 1.2",
            "move park",
            "move set-penalty 103 sales --value many",
            "offers",
            "board --wait 0",
            "board --secret x",
            "action",
            "action a b",
            "action a --deadline 0",
            "call-file --from a --to b",
            "call-file --spool s --from a --to b --owner asterisk",
            "call-file --spool s --from a --to b --mode 440",
            "call-file --spool s --from a --to b --mode 1777",
        ] {
            let error = parse(line).expect_err(line);
            assert_ne!(error.kind(), ErrorKind::DisplayVersion);
            assert_eq!(error.exit_code(), 2, "{line}");
        }
    }
}
