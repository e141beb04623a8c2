//! The least a window with a page can be: what the start of the till's window is measured against. It is of the same
//! Tauri and the same size; its page is one colour, `#2050a0`, so that whoever looks at the screen sees when it is there.
//!
//!     blank-window

use std::borrow::Cow;
use tauri::http::header::CONTENT_TYPE;
use tauri::http::{HeaderValue, Response};
use tauri::{Builder, WebviewUrl, WebviewWindowBuilder};

/// The whole page.
const PAGE: &str = "<!doctype html><html style='background: #2050a0'></html>";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Builder::default()
        .register_uri_scheme_protocol("blank", |_, _| {
            let mut page = Response::new(Cow::Borrowed(PAGE.as_bytes()));
            page.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
            page
        })
        .build(tillkeeper::context())?;
    WebviewWindowBuilder::new(&app, "blank", WebviewUrl::CustomProtocol("blank://localhost/".parse()?))
        .inner_size(1024.0, 768.0)
        .build()?;
    app.run_return(|_, _| {});
    Ok(())
}
