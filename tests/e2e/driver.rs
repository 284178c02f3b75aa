//! WebDriver spoken to WebKitWebDriver: a few JSON requests over HTTP on loopback.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(30);

/// One automated window.
#[derive(Debug)]
pub(crate) struct Session {
    port: u16,
    id: String,
}

impl Session {
    /// Starts `binary` with `arguments` and takes over its window.
    pub(crate) async fn open(port: u16, binary: &str, arguments: &[String]) -> Result<Self> {
        let options = json!({"binary": binary, "args": arguments});
        let wish = json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}});
        let opened = request(port, "POST", "/session", Some(&wish)).await?;
        let id = opened["sessionId"]
            .as_str()
            .with_context(|| format!("no session: {opened}"))?;
        Ok(Self {
            port,
            id: id.to_owned(),
        })
    }

    /// Runs a function body in the page; its arguments are `arguments[0]`, and so on.
    pub(crate) async fn run(&self, body: &str, arguments: &[Value]) -> Result<Value> {
        let script = json!({"script": body, "args": arguments});
        self.post("execute/sync", &script)
            .await
            .with_context(|| format!("in the page: {body}"))
    }

    /// Lets input devices act, as WebDriver's `actions` describe it.
    pub(crate) async fn act(&self, devices: Value) -> Result<()> {
        self.post("actions", &json!({"actions": devices}))
            .await
            .map(drop)
    }

    async fn post(&self, command: &str, body: &Value) -> Result<Value> {
        let path = format!("/session/{}/{command}", self.id);
        request(self.port, "POST", &path, Some(body)).await
    }
}

/// Whether a driver listens there and could open a window.
pub(crate) async fn is_ready(port: u16) -> bool {
    let status = request(port, "GET", "/status", None).await;
    status.is_ok_and(|status| status["ready"] == true)
}

async fn request(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let exchange = async {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body.as_bytes()).await?;
        read_answer(&mut stream).await
    };
    let answer = timeout(PATIENCE, exchange).await;
    let answer =
        answer.with_context(|| format!("the driver does not answer {method} {path}"))??;
    value_of(&answer)
}

/// The body of an answer; the driver may keep the connection open, so its length decides.
async fn read_answer(stream: &mut TcpStream) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let read = stream.read_buf(&mut bytes).await?;
        if let Some((start, length)) = extent(&bytes)
            && bytes.len() >= start + length
        {
            return Ok(bytes[start..start + length].to_vec());
        }
        ensure!(read > 0, "the driver broke off its answer");
    }
}

/// Where the body begins and how long it is, once the head is there.
fn extent(bytes: &[u8]) -> Option<(usize, usize)> {
    let start = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..start]).to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))?;
    Some((start, length.trim().parse().ok()?))
}

fn value_of(answer: &[u8]) -> Result<Value> {
    let answer: Value = serde_json::from_slice(answer).context("the driver's answer")?;
    let value = &answer["value"];
    if let Some(error) = value.get("error").and_then(Value::as_str)
        && value.get("stacktrace").is_some()
    {
        bail!("{error}: {}", value["message"].as_str().unwrap_or_default());
    }
    Ok(value.clone())
}
