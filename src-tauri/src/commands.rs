//! Everything the page may ask. Each command is one call; what it may be asked for is decided behind it.

use board::{PbxId, Ref};
use desk::{FeedMessage, Profile, Trial};
use operator::{Intent, Offers, OperationId, Preview, Refusal};
use tauri::ipc::{Channel, Invoke};
use tauri::{State, WebviewWindow};

use crate::settings::Settings;
use crate::shell::{Connected, Shell, Start};

/// The only failure of a command: the desk has stopped, or the disk is full.
type Answer<T> = Result<T, String>;

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

#[tauri::command]
async fn subscribe(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    channel: Channel<FeedMessage>,
) -> Answer<()> {
    let messages = shell.desk.subscribe().await.map_err(words)?;
    shell
        .feeds
        .replace(window.label(), messages, move |message| {
            channel.send(message).is_ok()
        });
    Ok(())
}

#[tauri::command]
async fn offers(shell: State<'_, Shell>, subject: Ref) -> Answer<Offers> {
    shell.desk.offers(subject).await.map_err(words)
}

#[tauri::command]
async fn preview(shell: State<'_, Shell>, intent: Intent) -> Answer<Preview> {
    shell.desk.preview(intent).await.map_err(words)
}

#[tauri::command]
async fn perform(shell: State<'_, Shell>, intent: Intent) -> Answer<Option<Refusal>> {
    shell
        .desk
        .perform(intent)
        .await
        .map(Result::err)
        .map_err(words)
}

/// False: it is too late, something has been sent.
#[tauri::command]
async fn take_back(shell: State<'_, Shell>, operation: OperationId) -> Answer<bool> {
    shell.desk.take_back(operation).await.map_err(words)
}

/// Takes away what somebody has read: the card of a lost caller, a row of the sent shelf.
#[tauri::command]
async fn dismiss(shell: State<'_, Shell>, id: Ref) -> Answer<()> {
    shell.desk.dismiss(id).await.map_err(words)
}

/// Writes on a leg for whom it waits. False: it is gone.
#[tauri::command]
async fn label(shell: State<'_, Shell>, leg: Ref, text: String) -> Answer<bool> {
    shell.desk.label(leg, text).await.map_err(words)
}

#[tauri::command]
async fn start(shell: State<'_, Shell>) -> Answer<Start> {
    shell.start().await.map_err(words)
}

#[tauri::command]
async fn try_connection(
    shell: State<'_, Shell>,
    profile: Profile,
    secret: Option<String>,
) -> Answer<Trial> {
    Ok(shell.try_connection(&profile, secret).await)
}

#[tauri::command]
async fn connect(
    shell: State<'_, Shell>,
    profile: Profile,
    secret: Option<String>,
    remember: bool,
    replaces: Option<PbxId>,
) -> Answer<Connected> {
    shell
        .connect(profile, secret, remember, replaces)
        .await
        .map_err(words)
}

#[tauri::command]
async fn pause_connection(shell: State<'_, Shell>, pbx: PbxId, paused: bool) -> Answer<bool> {
    shell.pause(&pbx, paused).await.map_err(words)
}

#[tauri::command]
async fn remove_connection(shell: State<'_, Shell>, pbx: PbxId) -> Answer<bool> {
    shell.remove(&pbx).await.map_err(words)
}

#[tauri::command]
async fn use_practice(shell: State<'_, Shell>) -> Answer<()> {
    shell.use_practice().await.map_err(words)
}

#[tauri::command]
async fn disconnect(shell: State<'_, Shell>) -> Answer<()> {
    shell.disconnect().await.map_err(words)
}

#[tauri::command]
async fn save_settings(shell: State<'_, Shell>, settings: Settings) -> Answer<()> {
    shell.save_settings(settings).map_err(words)
}

/// What Tauri calls when the page asks.
pub(crate) fn answer() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        connect,
        disconnect,
        dismiss,
        label,
        offers,
        pause_connection,
        perform,
        preview,
        remove_connection,
        save_settings,
        start,
        subscribe,
        take_back,
        try_connection,
        use_practice
    ]
}
