//! The parts of WebKitGTK that Tauri does not reach: pages that die, the zoom of two fingers, and the context menu.

use super::recovery::{Recovery, Remedy};
use crate::restart::Restart;
use gtk::prelude::{EventControllerExt, GestureExt, WidgetExt};
use std::cell::RefCell;
use std::time::Instant;
use tauri::{AppHandle, Manager, Runtime, WebviewWindow};
use webkit2gtk::{CacheModel, HitTestResultExt, SettingsExt, WebContextExt, WebView, WebViewExt};

/// Settles a window's webview.
///
/// # Errors
/// When the window is gone already.
pub fn settle<R: Runtime>(window: &WebviewWindow<R>, restart: Restart) -> tauri::Result<()> {
    let app = window.app_handle().clone();
    window.with_webview(move |webview| {
        let webview = webview.inner();
        recover(&webview, app, restart);
        spare(&webview);
        keep_size(&webview);
        hide_menu(&webview);
    })
}

/// WebKit draws the page in a process of its own. When that dies the window stays blank, and nobody else notices.
fn recover<R: Runtime>(webview: &WebView, app: AppHandle<R>, restart: Restart) {
    let recovery = RefCell::new(Recovery::default());
    webview.connect_web_process_terminated(move |webview, reason| {
        let remedy = recovery.borrow_mut().remedy(Instant::now());
        tracing::error!(?reason, ?remedy, "the page died");
        match remedy {
            Remedy::Reload => webview.reload(),
            Remedy::StartOver => restart.request(&app),
        }
    });
}

/// The till is one page that never goes back and fetches nothing twice: what WebKit keeps and offers for browsing would
/// only take memory, and give a page that went astray more to try.
fn spare(webview: &WebView) {
    if let Some(context) = webview.context() {
        context.set_cache_model(CacheModel::DocumentViewer);
    }
    if let Some(settings) = WebViewExt::settings(webview) {
        settings.set_enable_page_cache(false);
        settings.set_enable_dns_prefetching(false);
        settings.set_enable_media(false);
        settings.set_enable_webaudio(false);
        settings.set_enable_webgl(false);
    }
}

/// Two fingers would zoom the page away under the cashier's hands. A gesture of ours, asked before WebKit's own, takes
/// them and does nothing.
fn keep_size(webview: &WebView) {
    let zoom = gtk::GestureZoom::new(webview);
    zoom.set_propagation_phase(gtk::PropagationPhase::Capture);
    zoom.connect_begin(|zoom, _| {
        zoom.set_state(gtk::EventSequenceState::Claimed);
    });
    // GTK lets a gesture go when nobody holds it: the webview holds it as long as there is one.
    webview.connect_destroy(move |_| {
        zoom.reset();
    });
}

/// The menu of a browser offers to go back and to load again; where there is text it offers to copy and paste.
fn hide_menu(webview: &WebView) {
    webview
        .connect_context_menu(|_, _, _, what| !(what.context_is_editable() || what.context_is_selection()));
}
