//! Writes the configuration of one PBX from the files in `asterisk/`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::people::{Office, PEOPLE};
use crate::slot::Ports;

const FILES: [(&str, &str); 18] = [
    ("agents.conf", include_str!("asterisk/agents.conf")),
    ("asterisk.conf", include_str!("asterisk/asterisk.conf")),
    ("confbridge.conf", include_str!("asterisk/confbridge.conf")),
    ("extensions.conf", include_str!("asterisk/extensions.conf")),
    (
        "extensions_stories.conf",
        include_str!("asterisk/extensions_stories.conf"),
    ),
    ("features.conf", include_str!("asterisk/features.conf")),
    ("http.conf", include_str!("asterisk/http.conf")),
    (
        "indications.conf",
        include_str!("asterisk/indications.conf"),
    ),
    ("logger.conf", include_str!("asterisk/logger.conf")),
    ("manager.conf", include_str!("asterisk/manager.conf")),
    ("modules.conf", include_str!("asterisk/modules.conf")),
    (
        "musiconhold.conf",
        include_str!("asterisk/musiconhold.conf"),
    ),
    ("pjsip.conf", include_str!("asterisk/pjsip.conf")),
    ("sip.conf", include_str!("asterisk/sip.conf")),
    ("queues.conf", include_str!("asterisk/queues.conf")),
    (
        "res_parking.conf",
        include_str!("asterisk/res_parking.conf"),
    ),
    ("rtp.conf", include_str!("asterisk/rtp.conf")),
    ("voicemail.conf", include_str!("asterisk/voicemail.conf")),
];

/// Writes every file into `etc`. `home` is the instance's folder as Asterisk sees it
/// from inside the chroot.
pub(crate) fn write(etc: &Path, home: &str, ports: Ports, office: Office) -> Result<()> {
    let words = words(home, ports, office);
    for (name, template) in FILES {
        fs::write(etc.join(name), fill(template, &words))?;
    }
    Ok(())
}

fn fill(template: &str, words: &[(String, String)]) -> String {
    words
        .iter()
        .fold(template.to_owned(), |text, (word, value)| {
            text.replace(word, value)
        })
}

fn words(home: &str, ports: Ports, office: Office) -> Vec<(String, String)> {
    let (rtp_first, rtp_last) = ports.rtp();
    let people = office.people();
    let mut words = vec![
        ("@HOME@".to_owned(), home.to_owned()),
        ("@AMI@".to_owned(), ports.ami().to_string()),
        ("@AMI_TLS@".to_owned(), ports.ami_tls().to_string()),
        ("@HTTP@".to_owned(), ports.http().to_string()),
        ("@HTTPS@".to_owned(), ports.https().to_string()),
        ("@SIP@".to_owned(), ports.sip().to_string()),
        ("@CHAN_SIP@".to_owned(), ports.chan_sip().to_string()),
        ("@IAX@".to_owned(), ports.iax().to_string()),
        ("@TRUNK@".to_owned(), ports.trunk().to_string()),
        ("@RTP_FIRST@".to_owned(), rtp_first.to_string()),
        ("@RTP_LAST@".to_owned(), rtp_last.to_string()),
        ("@PHONES@".to_owned(), phones(office)),
        ("@HINTS@".to_owned(), each_person(people, hint)),
        (
            "@MAILBOXES@".to_owned(),
            each_person(office.with_mailbox(), mailbox),
        ),
        ("@AGENTS@".to_owned(), each_person(office.agents(), agent)),
    ];
    words.extend(
        PEOPLE
            .iter()
            .map(|(number, name)| (format!("@NAME{number}@"), (*name).to_owned())),
    );
    words
}

fn each_person(people: &[(&str, &str)], write: fn(&mut String, &str, &str)) -> String {
    people
        .iter()
        .fold(String::new(), |mut text, (number, name)| {
            write(&mut text, number, name);
            text
        })
}

fn phone(text: &mut String, number: &str, name: &str) {
    let _ = write!(
        text,
        "[{number}](phone)\nauth = {number}\naors = {number}\n\
         callerid = \"{name}\" <{number}>\n\
         [{number}](registration)\n\
         [{number}](password)\nusername = {number}\npassword = pw{number}\n\n"
    );
}

/// The phones, each with the lamp of its mailbox if it has one.
fn phones(office: Office) -> String {
    let text = each_person(office.people(), phone);
    let with_mailbox = office.with_mailbox().iter();
    with_mailbox.fold(text, |text, (number, _)| {
        let aors = format!("aors = {number}\n");
        text.replace(&aors, &format!("{aors}mailboxes = {number}@default\n"))
    })
}

fn hint(text: &mut String, number: &str, _name: &str) {
    // Reception's hint covers two phones and stands in the file itself.
    if number != "100" {
        let _ = writeln!(
            text,
            "exten => {number},hint,PJSIP/{number},CustomPresence:{number}"
        );
    }
}

fn mailbox(text: &mut String, number: &str, name: &str) {
    let _ = writeln!(text, "{number} => 1234,{name}");
}

fn agent(text: &mut String, number: &str, name: &str) {
    let _ = writeln!(text, "[{number}](lab)\nfullname = {name}");
}
