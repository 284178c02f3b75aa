//! Plain calls between two phones.

use expect_test::expect;

use crate::check::check;

#[test]
fn dump() {
    for (name, _) in crate::replay::all() {
        let Some(scenario) = name.strip_prefix("22/") else { continue };
        println!("=== {scenario}");
        crate::check::dump(scenario);
    }
    check("call-answered", expect![[""]]);
}
