//! The page in the window, as a hand and an eye meet it.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::desktop::Desktop;
use crate::driver::Session;

const PATIENCE: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(25);

/// The app in its window.
#[derive(Debug)]
pub(crate) struct Page {
    session: Session,
    arguments: Vec<String>,
    pub(crate) desktop: Desktop,
}

const BINARY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/debug/cordboard");

/// A place on the page, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: i64,
    pub(crate) y: i64,
}

impl Page {
    /// Starts the app, with light colours, and with the secret of the lab's `cordboard` account at hand.
    pub(crate) async fn open(arguments: &[&str]) -> Result<Self> {
        let settings = r#"{"version": 1, "theme": "light"}"#;
        Self::open_with(arguments, Some(settings)).await
    }

    /// Starts the app with such a settings file, or none.
    pub(crate) async fn open_with(arguments: &[&str], settings: Option<&str>) -> Result<Self> {
        let desktop = Desktop::start("cordboard-secret", settings).await?;
        ensure!(std::fs::exists(BINARY)?, "the app is not built: make app");
        let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
        let session = start(&desktop, &arguments).await?;
        Ok(Self {
            session,
            arguments,
            desktop,
        })
    }

    /// The app's process is killed where it stands. Nothing can be asked of the page until [`Self::start_again`].
    pub(crate) async fn kill9(&self) -> Result<()> {
        self.desktop.kill9(BINARY).await
    }

    /// The window is closed; the program ends in order. Nothing can be asked of the page until [`Self::start_again`].
    pub(crate) async fn close(&self) -> Result<()> {
        self.desktop.close(BINARY).await
    }

    /// The app is started again as it was started before, with the same folders.
    pub(crate) async fn start_again(&mut self) -> Result<()> {
        self.desktop.another_driver().await?;
        self.session = start(&self.desktop, &self.arguments).await?;
        Ok(())
    }

    /// The app on a PBX, as the receptionist at 101; returns when its board is live.
    pub(crate) async fn on_board(ami_port: u16) -> Result<Self> {
        Self::on_board_with(ami_port, r#"{"version": 1, "theme": "light"}"#).await
    }

    /// The same with a settings file.
    pub(crate) async fn on_board_with(ami_port: u16, settings: &str) -> Result<Self> {
        let port = ami_port.to_string();
        let mut arguments = vec!["--host", "127.0.0.1", "--port", &port];
        arguments.extend(["--user", "cordboard", "--secret-env", "CORDBOARD_SECRET"]);
        arguments.extend([
            "--me",
            "101",
            "--context",
            "internal",
            "--conference",
            "680",
        ]);
        let page = Self::open_with(&arguments, Some(settings)).await?;
        page.wait_for(".board[data-status=live]").await?;
        Ok(page)
    }

    /// Runs a function body in the page.
    pub(crate) async fn run(&self, body: &str) -> Result<Value> {
        self.session.run(body, &[]).await
    }

    /// The value of an expression.
    pub(crate) async fn ask(&self, expression: &str) -> Result<Value> {
        self.run(&format!("return {expression};")).await
    }

    /// How many elements there are.
    pub(crate) async fn count(&self, selector: &str) -> Result<u64> {
        let body = "return document.querySelectorAll(arguments[0]).length";
        let count = self.session.run(body, &[json!(selector)]).await?;
        count.as_u64().context("a count")
    }

    /// The visible words of the first such element.
    pub(crate) async fn text(&self, selector: &str) -> Result<String> {
        let body = "return document.querySelector(arguments[0])?.innerText ?? ''";
        let text = self.session.run(body, &[json!(selector)]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until an expression is truthy; gives its value.
    pub(crate) async fn wait(&self, expression: &str) -> Result<Value> {
        self.wait_long(expression, PATIENCE).await
    }

    /// The same with another patience.
    pub(crate) async fn wait_long(&self, expression: &str, patience: Duration) -> Result<Value> {
        let deadline = Instant::now() + patience;
        loop {
            let value = self.ask(expression).await?;
            if !matches!(value, Value::Null | Value::Bool(false)) && value != "" && value != 0 {
                return Ok(value);
            }
            if Instant::now() > deadline {
                return self.gave_up(expression).await;
            }
            sleep(POLL).await;
        }
    }

    /// Waits until there is such an element.
    pub(crate) async fn wait_for(&self, selector: &str) -> Result<()> {
        self.wait(&exists(selector)).await.map(drop)
    }

    /// Waits until there is no such element.
    pub(crate) async fn wait_gone(&self, selector: &str) -> Result<()> {
        self.wait(&format!("!{}", exists(selector))).await.map(drop)
    }

    /// Waits until these words can be read in such an element.
    pub(crate) async fn wait_words(&self, selector: &str, words: &str) -> Result<()> {
        let (selector, words) = (json!(selector), json!(words));
        let reading = format!(
            "[...document.querySelectorAll({selector})].some((each) => each.textContent.includes({words}))"
        );
        self.wait(&reading).await.map(drop)
    }

    /// The middle of the first such element, once it stands still.
    pub(crate) async fn middle(&self, selector: &str) -> Result<Point> {
        self.spot(selector, 0.5).await
    }

    /// Where a call, and not one of its names, is grabbed: its icon.
    pub(crate) async fn grip(&self, selector: &str) -> Result<Point> {
        self.middle(&format!("{selector} > .mark")).await
    }

    async fn spot(&self, selector: &str, across: f64) -> Result<Point> {
        self.wait_for(selector).await?;
        let body = "const at = document.querySelector(arguments[0]).getBoundingClientRect();\
            return [at.left + at.width * arguments[1], at.top + at.height / 2]";
        let mut last = Value::Null;
        loop {
            let arguments = [json!(selector), json!(across)];
            let now = self.session.run(body, &arguments).await?;
            if now == last {
                let side = |i: usize| {
                    now[i]
                        .as_f64()
                        .context("a place")
                        .map(|at| at.round() as i64)
                };
                return Ok(Point {
                    x: side(0)?,
                    y: side(1)?,
                });
            }
            last = now;
            sleep(POLL).await;
        }
    }

    /// Input devices of WebDriver at work.
    pub(crate) async fn act(&self, devices: Value) -> Result<()> {
        self.session.act(devices).await
    }

    /// Clicks the middle of an element.
    pub(crate) async fn click(&self, selector: &str) -> Result<()> {
        let at = self.middle(selector).await?;
        self.click_at(at).await
    }

    /// Clicks a place.
    pub(crate) async fn click_at(&self, at: Point) -> Result<()> {
        let steps = [moves(at, 0), down(), up()];
        self.act(json!([mouse(&steps)])).await
    }

    /// Presses and releases keys one after another: words as they are typed, or names as on the caps.
    pub(crate) async fn keys(&self, caps: &[&str]) -> Result<()> {
        let mut steps = Vec::new();
        for cap in caps {
            let (held, cap) = chord(cap);
            let values: Vec<char> =
                named(cap).map_or_else(|| cap.chars().collect(), |key| vec![key]);
            let key = |kind: &str, value: char| json!({"type": kind, "value": value});
            steps.extend(held.map(|value| key("keyDown", value)));
            for value in values {
                steps.push(key("keyDown", value));
                steps.push(key("keyUp", value));
            }
            steps.extend(held.map(|value| key("keyUp", value)));
        }
        self.act(json!([keyboard(&steps)])).await
    }

    /// Fills a text field from empty.
    pub(crate) async fn fill(&self, selector: &str, words: &str) -> Result<()> {
        self.click(selector).await?;
        let body = "document.querySelector(arguments[0]).select()";
        self.session.run(body, &[json!(selector)]).await?;
        self.keys(&["Backspace"]).await?;
        self.keys(&[words]).await?;
        let typed = format!(
            "document.querySelector({}).value === {}",
            json!(selector),
            json!(words)
        );
        self.wait(&typed).await.map(drop)
    }

    /// Grabs at one place and carries to another; the button stays down.
    pub(crate) async fn carry(&self, from: Point, to: Point) -> Result<()> {
        let near = Point {
            x: from.x + 12,
            y: from.y + 6,
        };
        let steps = [moves(from, 0), down(), moves(near, 100), moves(to, 300)];
        self.act(json!([mouse(&steps)])).await
    }

    /// Lets go where the pointer is.
    pub(crate) async fn release(&self) -> Result<()> {
        self.act(json!([mouse(&[up()])])).await
    }

    /// What the window shows goes into `target/e2e/<name>.png`.
    pub(crate) async fn picture(&self, name: &str) -> Result<()> {
        self.painted().await?;
        self.shoot(name).await
    }

    /// Waits until what the page says now is on the screen.
    pub(crate) async fn painted(&self) -> Result<()> {
        self.run("window.painted = false; requestAnimationFrame(() => requestAnimationFrame(() => (window.painted = true)))").await?;
        self.wait("window.painted").await.map(drop)
    }

    async fn shoot(&self, name: &str) -> Result<()> {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/e2e"));
        std::fs::create_dir_all(&folder)?;
        self.desktop
            .picture(&folder.join(format!("{name}.png")))
            .await
    }

    async fn gave_up(&self, expression: &str) -> Result<Value> {
        let name = std::thread::current()
            .name()
            .unwrap_or("main")
            .replace("::", "-");
        let _ = self.shoot(&format!("failed-{name}")).await;
        let words = self.text("body").await?;
        bail!(
            "waited in vain for {expression}\n--- the page:\n{words}\n--- the log:\n{}",
            self.desktop.log()
        )
    }
}

async fn start(desktop: &Desktop, arguments: &[String]) -> Result<Session> {
    let session = Session::open(desktop.port(), BINARY, arguments).await;
    session.with_context(|| desktop.log())
}

fn exists(selector: &str) -> String {
    format!("(document.querySelector({}) !== null)", json!(selector))
}

/// The one mouse of a test.
pub(crate) fn mouse(steps: &[Value]) -> Value {
    json!({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps})
}

/// The one keyboard of a test.
pub(crate) fn keyboard(steps: &[Value]) -> Value {
    json!({"type": "key", "id": "keyboard", "actions": steps})
}

/// The pointer goes somewhere in so many milliseconds.
pub(crate) fn moves(to: Point, duration: u32) -> Value {
    json!({"type": "pointerMove", "duration": duration, "x": to.x, "y": to.y})
}

/// The left button goes down.
pub(crate) fn down() -> Value {
    json!({"type": "pointerDown", "button": 0})
}

/// The left button comes up.
pub(crate) fn up() -> Value {
    json!({"type": "pointerUp", "button": 0})
}

/// A cap with the key that is held with it: `Alt 1`, `Shift F5`.
fn chord(cap: &str) -> (Option<char>, &str) {
    let parts = cap.split_once(' ').filter(|(_, key)| !key.is_empty());
    match parts.map(|(held, key)| (held, named(held), key)) {
        Some(("Alt" | "Ctrl" | "Shift", held, key)) => (held, key),
        _ => (None, cap),
    }
}

/// The code points WebDriver gives to keys that type nothing.
pub(crate) fn named(cap: &str) -> Option<char> {
    Some(match cap {
        "Backspace" => '\u{e003}',
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Shift" => '\u{e008}',
        "Ctrl" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Escape" => '\u{e00c}',
        "Left" => '\u{e012}',
        "Up" => '\u{e013}',
        "Right" => '\u{e014}',
        "Down" => '\u{e015}',
        "Delete" => '\u{e017}',
        function => {
            let number: u32 = function.strip_prefix('F')?.parse().ok()?;
            return char::from_u32(0xe030 + number);
        }
    })
}
