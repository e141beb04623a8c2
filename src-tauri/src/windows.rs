//! The windows: there is one, it shows our own page and nothing else, and it has an answer for a page that dies.

#[cfg(target_os = "linux")]
mod webkit;

mod recovery;

use crate::arguments::Arguments;
use crate::restart::Restart;
use std::path::Path;
use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

/// The label of the till's own window, to which all its rights are tied.
pub const MAIN: &str = "main";

/// The smallest size the screens are made for, in logical pixels.
const SIZE_MIN: (f64, f64) = (1024.0, 768.0);

/// Opens the till's window. It remembers neither place nor size: a till looks the same every morning.
///
/// # Errors
/// When the system does not give us one.
pub fn open_main<R: Runtime>(
    app: &App<R>,
    arguments: &Arguments,
    demo: bool,
    data_dir: &Path,
    restart: &Restart,
) -> tauri::Result<WebviewWindow<R>> {
    let whole_screen = arguments.fullscreen || arguments.kiosk;
    let handle = app.handle().clone();
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title(if demo { "Tillkeeper · demo shop" } else { "Tillkeeper" })
        .inner_size(SIZE_MIN.0, SIZE_MIN.1)
        .min_inner_size(SIZE_MIN.0, SIZE_MIN.1)
        .maximized(!whole_screen)
        .fullscreen(whole_screen)
        .decorations(!whole_screen)
        // What the page itself remembers (light or dark) belongs to this till, not to this user of the computer.
        .data_directory(data_dir.join("window"))
        .devtools(cfg!(debug_assertions))
        .on_navigation(move |address| {
            let own = is_own(&handle, address);
            if !own {
                tracing::warn!(scheme = address.scheme(), "the page wanted to go elsewhere");
            }
            own
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    if arguments.kiosk {
        window.on_window_event(|event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
            }
        });
    }
    #[cfg(target_os = "linux")]
    webkit::settle(&window, restart.clone())?;
    // What the webviews of other systems do when their page dies is left to them.
    #[cfg(not(target_os = "linux"))]
    let _ = restart;
    Ok(window)
}

/// Whether an origin, as a browser writes it, is the one of our page.
pub fn is_own_origin<R: Runtime>(app: &AppHandle<R>, origin: &str) -> bool {
    Url::parse(origin).is_ok_and(|origin| is_own(app, &origin))
}

/// Whether an address is in our own page: inside the program, or while developing at the server that makes it.
fn is_own<R: Runtime>(app: &AppHandle<R>, address: &Url) -> bool {
    if tauri::is_dev()
        && let Some(server) = &app.config().build.dev_url
    {
        return address.origin() == server.origin();
    }
    is_page(address)
}

#[cfg(any(windows, target_os = "android"))]
fn is_page(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https") && address.host_str() == Some("tauri.localhost")
}

#[cfg(not(any(windows, target_os = "android")))]
fn is_page(address: &Url) -> bool {
    address.scheme() == "tauri" && address.host_str() == Some("localhost") && address.port().is_none()
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_page_is_ours() {
        for (address, own) in [
            ("tauri://localhost", true),
            ("tauri://localhost/index.html#/sell", true),
            ("tauri://elsewhere/", false),
            ("tauri://localhost.evil.example/", false),
            ("http://localhost/", false),
            ("https://example.com/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,hello", false),
            ("about:blank", false),
            ("till-blob://localhost/", false),
        ] {
            assert_eq!(is_page(&address.parse().unwrap()), own, "{address}");
        }
    }
}
