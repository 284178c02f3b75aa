//! The office in the stream: who sits where. Every number and name is a function of a phone's index, so hints never contradict each other.

/// How many queues there are.
pub(crate) const QUEUES: usize = 30;
/// How many phones serve each queue, and no other.
pub(crate) const AGENTS: usize = 40;
/// How many phones there are in all; the first ones are the queues' agents.
pub(crate) const PHONES: usize = 3_000;

/// How many spaces the parking lot has.
pub(crate) const SPACES: usize = 900;
/// How many conference rooms there are.
pub(crate) const ROOMS: usize = 90;
/// The lot's bridge.
pub(crate) const LOT: u128 = 0x0051_9d3e_4b1c_4f0e_9a55_7001_7900_0001;

const FIRST: [&str; 24] = [
    "Annika",
    "Bartolomeo",
    "Charlotte",
    "Dimitrios",
    "Eleonora",
    "François",
    "Gwendolyn",
    "Hildegard",
    "Ignatius",
    "Jacqueline",
    "Konstantin",
    "Leopoldine",
    "Maximilian",
    "Nathaniel",
    "Ottavia",
    "Przemysław",
    "Quirin",
    "Rosalinda",
    "Sebastián",
    "Theodora",
    "Ulrike",
    "Valentina",
    "Wolfgang",
    "Zsuzsanna",
];
/// Apostrophes are escaped, as Asterisk sends them in names.
const LAST: [&str; 20] = [
    "Abernathy-Jones",
    "Brüggemann",
    "Castellanos",
    "Dąbrowska",
    "Eriksson",
    "Featherstone",
    "García Márquez",
    "Hoffmann",
    "Ivanova",
    "Jørgensen",
    "Kowalczyk",
    "Lindqvist",
    "Montgomery",
    "Nakamura",
    "O\\'Callaghan",
    "Papadopoulos",
    "Rosenzweig",
    "Schwarzenberger",
    "Vasquez",
    "Yılmaz",
];
const COMPANY: [&str; 6] = [
    "Logistics",
    "Insurance",
    "Consulting",
    "Engineering",
    "Hospital",
    "Travel",
];

/// The phone's number.
pub(crate) fn number(phone: usize) -> usize {
    4_000 + phone
}

/// The number of the group that rings only this phone and the reception's.
pub(crate) fn group(phone: usize) -> usize {
    70_000 + phone
}

/// Who sits there.
pub(crate) fn person(phone: usize) -> String {
    format!(
        "{} {}",
        FIRST[phone % FIRST.len()],
        LAST[(phone / FIRST.len()) % LAST.len()]
    )
}

/// A space of the lot.
pub(crate) fn space(which: usize) -> usize {
    7_001 + which % SPACES
}

/// A conference room.
pub(crate) fn room(which: usize) -> usize {
    6_800 + which % ROOMS
}

/// A number outside.
pub(crate) fn outside(draw: usize) -> String {
    format!("+4930{:08}", draw % 100_000_000)
}

/// A name outside, as carriers send it.
pub(crate) fn outside_name(draw: usize) -> String {
    let company = COMPANY[draw % COMPANY.len()];
    format!("{} {company}", LAST[(draw / 7) % LAST.len()])
}

/// The cost centre of a team.
pub(crate) fn account(queue: usize) -> String {
    format!("cc-47{queue:02}")
}

/// The queue's name.
pub(crate) fn queue(queue: usize) -> String {
    const TEAMS: [&str; 6] = [
        "sales",
        "support",
        "billing",
        "dispatch",
        "claims",
        "frontdesk",
    ];
    format!("{}-{:02}", TEAMS[queue % TEAMS.len()], queue)
}
