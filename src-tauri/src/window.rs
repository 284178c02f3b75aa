//! The one window, and where it may go: nowhere but to its own page.

use tauri::{AppHandle, Url, WebviewUrl, WebviewWindowBuilder};

/// GTK ends the whole program without a word of help when there is no display.
pub(crate) fn check_display() -> anyhow::Result<()> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !set("DISPLAY") && !set("WAYLAND_DISPLAY") {
        anyhow::bail!("no display: neither DISPLAY nor WAYLAND_DISPLAY is set");
    }
    Ok(())
}

pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    let dev = app
        .config()
        .build
        .dev_url
        .clone()
        .filter(|_| tauri::is_dev());
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Cordboard")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 640.0)
        .disable_drag_drop_handler()
        .on_navigation(move |url| {
            let ours = is_own_page(url, dev.as_ref());
            if !ours {
                tracing::warn!(
                    scheme = url.scheme(),
                    "the page wanted to go elsewhere and was kept"
                );
            }
            ours
        })
        .build()?;
    Ok(())
}

/// Tauri serves the page as `tauri://localhost`, on Windows as `http://tauri.localhost`; while developing, Vite does.
fn is_own_page(url: &Url, dev: Option<&Url>) -> bool {
    let (scheme, host) = (url.scheme(), url.host_str());
    (scheme == "tauri" && host == Some("localhost"))
        || (cfg!(windows) && matches!(scheme, "http" | "https") && host == Some("tauri.localhost"))
        || dev.is_some_and(|dev| dev.origin() == url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().expect("a URL")
    }

    #[test]
    fn the_window_stays_on_its_own_page() {
        assert!(is_own_page(&url("tauri://localhost/index.html"), None));
        for elsewhere in [
            "https://example.org/",
            "http://localhost:5173/",
            "file:///etc/passwd",
            "data:text/html,x",
            "tauri://evil/",
            "about:blank",
            "tel:110",
        ] {
            assert!(!is_own_page(&url(elsewhere), None), "{elsewhere}");
        }
    }

    #[test]
    fn vite_is_allowed_only_where_it_is_configured() {
        let dev = url("http://localhost:5173");
        assert!(is_own_page(
            &url("http://localhost:5173/src/main.ts"),
            Some(&dev)
        ));
        assert!(!is_own_page(&url("http://localhost:5174/"), Some(&dev)));
    }
}
