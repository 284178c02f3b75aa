mod client;
use client::Client; use practice::{Practice, PhoneAct};
#[test] fn t() {
    let mut c = Client::logged_in(Practice::new(0));
    c.send("Action: Originate\nActionID: o\nAsync: yes\nChannel: Local/610@internal\nContext: internal\nExten: 600\nPriority: 1\n");
    c.phone("100", PhoneAct::Dial("100".into()));
    let legs: Vec<String> = c.pbx.channels().iter().map(|l| l.name.clone()).collect();
    println!("{legs:?}");
    let (a, b) = (legs[214 % legs.len()].clone(), legs[216 % legs.len()].clone());
    println!("{a} {b}");
    c.send(&format!("Action: Bridge\nChannel1: {a}\nChannel2: {b}\n"));
    c.phone("103", PhoneAct::Answer);
    for _ in 0..3 { for l in c.pbx.channels() { c.send(&format!("Action: Hangup\nChannel: {}\n", l.uniqueid)); } }
    println!("{}", c.heard());
}
