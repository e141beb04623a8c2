//! Two real windows of the program: the till's own, and another. Each tries what a window could do, and says what came
//! of it in a line `window {attempt: outcome}`.
//!
//!     second-window DATA-DIRECTORY

#![allow(clippy::print_stdout, reason = "the test reads it there")]

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tauri::{Builder, WebviewUrl, WebviewWindowBuilder};
use terminal::{Options, Surroundings, Terminal};

/// What each page tries, before its own scripts run. The title of the page is how it tells.
const ATTEMPTS: &str = "
    const invoke = (command, words) => window.__TAURI_INTERNALS__.invoke(command, words);
    const attempts = {
        call: () => invoke('call', { envelope: { operation: 'shop.greeting', payload: {} } }),
        listen: () => invoke('plugin:event|listen', { event: 'changed', target: { kind: 'Any' }, handler: 1 }),
        emit: () => invoke('plugin:event|emit', { event: 'changed', payload: { topics: [] } }),
        window: () => invoke('plugin:webview|create_webview_window', { options: { label: 'third', url: '/' } }),
        picture: () => fetch('till-blob://localhost/' + '0'.repeat(64)).then(({ status }) => { throw status; }),
    };
    addEventListener('DOMContentLoaded', async () => {
        const outcomes = {};
        for (const [attempt, act] of Object.entries(attempts)) {
            outcomes[attempt] = await act().then(() => 'done', String);
        }
        document.title = JSON.stringify(outcomes);
    });
";

fn main() -> Result<(), Box<dyn Error>> {
    let data_dir = std::env::args_os().nth(1).ok_or("name a data directory")?.into();
    let terminal =
        Terminal::open(Options { data_dir, guard_dir: None, demo: false }, Surroundings::system())?;
    let app = tillkeeper::compose(Builder::default(), &terminal).build(tillkeeper::context())?;
    let ended = Arc::new(AtomicUsize::new(0));
    for label in ["main", "other"] {
        let (ended, handle) = (Arc::clone(&ended), app.handle().clone());
        WebviewWindowBuilder::new(&app, label, WebviewUrl::default())
            .initialization_script(ATTEMPTS)
            .on_document_title_changed(move |window, title| {
                // The page's own script writes its title too.
                if !title.starts_with('{') {
                    return;
                }
                println!("{} {title}", window.label());
                if ended.fetch_add(1, Ordering::SeqCst) == 1 {
                    handle.exit(0);
                }
            })
            .build()?;
    }
    app.run_return(|_, _| {});
    Ok(())
}
