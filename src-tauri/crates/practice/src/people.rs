//! Who sits behind the phones, and who rings from outside. The colleagues are the lab's.

use std::collections::BTreeMap;

use crate::phone::{Manner, Phone};

const COLLEAGUES: [(&str, &str); 21] = [
    ("100", "Reception"),
    ("101", "Anna Rossi"),
    ("102", "Marco Bianchi"),
    ("103", "Cara Müller"),
    ("104", "Dora Novák"),
    ("105", "Emil Kowalski"),
    ("106", "Fatma Yılmaz"),
    ("107", "George Okafor"),
    ("108", "Hélène Dubois"),
    ("109", "Ingrid Østergaard"),
    ("110", "Jānis Ozols"),
    ("111", "Keiko Tanaka"),
    ("112", "Luís Carvalho"),
    ("113", "Małgorzata Wiśniewska"),
    ("114", "Noor al-Hassan"),
    ("115", "Ольга Смирнова"),
    ("116", "Priya Raman"),
    ("117", "Quentin O'Neil"),
    ("118", "Sofía Hernández"),
    ("119", "Thomas Becker"),
    ("120", "王秀英"),
];

/// People who ring from outside: number and name. The numbers are from ranges kept for fiction, where a country has them.
pub(crate) const OUTSIDERS: [(&str, &str); 20] = [
    ("+441632960123", "Alice Whitmore"),
    ("+493023125042", "Jürgen Köhler"),
    ("+33199001234", "Camille Lefèvre"),
    ("+12025550147", "Denise Johnson"),
    ("+390655501234", "Giulia Ferrari"),
    ("+34900550187", "Íñigo Echeverría"),
    ("+48225550143", "Zofia Jabłońska"),
    ("+905552150134", "Çağla Demir"),
    ("+302105550166", "Νίκος Παπαδόπουλος"),
    ("+74955550189", "Дмитрий Волков"),
    ("+81355501276", "佐藤 美咲"),
    ("+8225550138", "김민준"),
    ("+912255501928", "Ananya Iyer"),
    ("+2348095550121", "Chinedu Eze"),
    ("+5511955501672", "João Batista"),
    ("+97235550129", "נועה לוי"),
    ("+201055501743", "ليلى منصور"),
    ("+4686555017", "Åsa Lindqvist"),
    ("+353205550124", "Siobhán O'Brien"),
    ("+61255501829", ""),
];

pub(crate) fn name_of(exten: &str) -> &'static str {
    COLLEAGUES
        .iter()
        .find(|(number, _)| *number == exten)
        .map_or("", |(_, name)| name)
}

/// All phones, registered and left to hands. Reception has no phone of its own: 100 rings 101.
pub(crate) fn phones() -> BTreeMap<String, Phone> {
    let phone = |(exten, name): &(&str, &str)| {
        let registered = *exten != "100";
        (
            (*exten).to_owned(),
            Phone {
                name: (*name).to_owned(),
                registered,
                manner: Manner::Hands,
                one_call: false,
            },
        )
    };
    COLLEAGUES.iter().map(phone).collect()
}

/// How a colleague behaves on a scripted day.
pub(crate) fn manner_of(exten: &str) -> Manner {
    match exten {
        // The operator of practice mode has no real phone: it answers by itself.
        OPERATOR => Manner::Answers(2_800, 3_200),
        "110" => Manner::Never,
        "113" => Manner::Rejects(1_000, 2_000),
        _ => Manner::Answers(2_000, 6_000),
    }
}

/// Colleagues whose phones take one call at a time: busy to a second one, on a scripted day.
pub(crate) const ONE_CALL: [&str; 6] = ["107", "108", "112", "115", "117", "118"];
/// The operator of practice mode.
pub(crate) const OPERATOR: &str = "101";
/// The colleague whose phone is not there on a scripted day.
pub(crate) const ABSENT: &str = "120";
