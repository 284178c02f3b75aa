//! The desk behind a WebSocket on loopback, for work on the UI in a plain browser (`ui/src/host/websocket.ts`). Never
//! shipped: whoever reaches its port holds the desk.

#[path = "desk_ws/answer.rs"]
mod answer;
#[path = "desk_ws/socket.rs"]
mod socket;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Parser;
use desk::ConnectionOptions;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use answer::Seat;

/// The desk over a WebSocket: open `http://localhost:5173/?host=ws://127.0.0.1:5175` after `npm --prefix ui run dev`.
#[derive(Debug, Parser)]
#[command(name = "desk-ws")]
struct Options {
    /// Port of the WebSocket on 127.0.0.1
    #[arg(long, default_value_t = 5175)]
    listen: u16,
    /// Keep the journal, and put exports, in this folder
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
    #[command(flatten)]
    connection: ConnectionOptions,
}

#[tokio::main]
async fn main() -> ExitCode {
    match serve(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("desk-ws: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> Result<()> {
    let choice = options.connection.choose(|name| std::env::var(name).ok())?;
    let seat = Arc::new(Seat::take(choice, options.keep.as_deref()).await?);
    let listener = TcpListener::bind(("127.0.0.1", options.listen)).await?;
    eprintln!("the desk is at ws://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        let seat = Arc::clone(&seat);
        tokio::spawn(async move {
            if let Err(error) = converse(&seat, stream).await {
                eprintln!("desk-ws: {error:#}");
            }
        });
    }
}

/// One page, until it goes: what it asks is answered in order, and the feed runs in between.
async fn converse(seat: &Seat, stream: TcpStream) -> Result<()> {
    let (mut ear, mut mouth) = socket::accept(stream).await?;
    let (say, mut said) = mpsc::channel::<String>(256);
    tokio::spawn(async move {
        while let Some(text) = said.recv().await {
            if mouth.say(&text).await.is_err() {
                return;
            }
        }
    });
    while let Some(text) = ear.hear().await? {
        let asked: answer::Asked = serde_json::from_str(&text).context("not a question")?;
        if asked.command == "subscribe" {
            let mut feed = seat.desk().subscribe().await?;
            let say = say.clone();
            tokio::spawn(async move {
                while let Some(message) = feed.recv().await {
                    if say
                        .send(json!({"feed": message}).to_string())
                        .await
                        .is_err()
                    {
                        return;
                    }
                }
            });
        }
        let reply = match seat.answer(&asked).await {
            Ok(result) => json!({"id": asked.id, "result": result}),
            Err(error) => json!({"id": asked.id, "error": format!("{error:#}")}),
        };
        say.send(reply.to_string()).await?;
    }
    Ok(())
}
