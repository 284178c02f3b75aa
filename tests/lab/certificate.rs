//! TLS for one PBX: an authority of its own, and a certificate for localhost.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

const NEW_KEY: [&str; 5] = [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
];
const EXTENSIONS: &str = "subjectAltName=DNS:localhost,IP:127.0.0.1\n\
    basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n";

/// Makes `ca.pem`, `server.pem` and `server.key` in `dir`.
pub(crate) fn make(dir: &Path) -> Result<()> {
    fs::write(dir.join("server.ext"), EXTENSIONS)?;
    let mut authority = vec!["req", "-x509"];
    authority.extend(NEW_KEY);
    authority.extend(["-keyout", "ca.key", "-out", "ca.pem", "-days", "3650"]);
    authority.extend(["-subj", "/CN=Cordboard lab authority"]);
    openssl(dir, &authority)?;
    let mut request = vec!["req"];
    request.extend(NEW_KEY);
    request.extend(["-keyout", "server.key", "-out", "server.csr"]);
    request.extend(["-subj", "/CN=localhost"]);
    openssl(dir, &request)?;
    let mut sign = vec!["x509", "-req", "-in", "server.csr", "-out", "server.pem"];
    sign.extend(["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"]);
    sign.extend(["-days", "825", "-extfile", "server.ext"]);
    openssl(dir, &sign)
}

/// SHA-256 of the server's public key (its SPKI in DER), in lower-case hex: what a
/// client pins.
pub(crate) fn fingerprint(dir: &Path) -> Result<String> {
    let mut export = vec!["pkey", "-in", "server.key", "-pubout"];
    export.extend(["-outform", "DER", "-out", "server.spki"]);
    openssl(dir, &export)?;
    let output = Command::new("openssl")
        .current_dir(dir)
        .args(["dgst", "-sha256", "-r", "server.spki"])
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let digest = text.split_whitespace().next().context("no digest")?;
    Ok(digest.to_owned())
}

fn openssl(dir: &Path, arguments: &[&str]) -> Result<()> {
    let output = Command::new("openssl")
        .current_dir(dir)
        .args(arguments)
        .output()
        .context("starting openssl")?;
    ensure!(
        output.status.success(),
        "openssl {}: {}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}
