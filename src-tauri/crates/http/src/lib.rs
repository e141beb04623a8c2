//! The HTTP door of a terminal: calls, bytes, events and the built screens, for browsers and programs on the same
//! machine. It translates HTTP into `terminal.call` and back, and decides nothing that the terminal decides.
//!
//! What it does decide: from where a request may come (`origin`), and which requests belong to one sign-on
//! (`session`).

mod answer;
mod blob;
mod call;
mod event;
mod health;
mod origin;
mod reference;
mod refusal;
mod screen;
mod session;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post, put};
use event::Pushes;
use origin::Origins;
use session::Sessions;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use terminal::Terminal;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long calls under way may take to finish once the door closes.
pub const DRAIN_MAX: Duration = Duration::from_secs(10);

/// Everything the routes share.
#[derive(Clone)]
struct Shared {
    terminal: Arc<Terminal>,
    sessions: Arc<Sessions>,
    pushes: Arc<Pushes>,
    origins: Arc<Origins>,
}

/// Serves a terminal on `listener` until `shutdown` completes: then no connection is taken any more, the streams of
/// events end, and calls under way get [`DRAIN_MAX`] to finish.
///
/// # Errors
/// When the listener has no address or fails for good.
pub async fn serve(
    terminal: Arc<Terminal>,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (close, closing) = watch::channel(false);
    let routes = router(terminal, listener.local_addr()?, closing.clone())?;
    let stopped = async move {
        shutdown.await;
        close.send_replace(true);
    };
    let served = axum::serve(listener, routes).with_graceful_shutdown(stopped).into_future();
    tokio::select! {
        result = served => result,
        () = overdue(closing) => Ok(()),
    }
}

/// Completes when the door has been closing for longer than calls may take.
async fn overdue(mut closing: watch::Receiver<bool>) {
    // A closed channel means that the server is gone, and then nothing is overdue.
    if closing.wait_for(|closing| *closing).await.is_err() {
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(DRAIN_MAX).await;
}

/// The routes of a terminal that is reached at `address`. `closing` turns true when the door closes.
///
/// # Errors
/// When the thread that passes the terminal's pushes on cannot start.
pub fn router(
    terminal: Arc<Terminal>,
    address: SocketAddr,
    closing: watch::Receiver<bool>,
) -> io::Result<Router> {
    let shared = Shared {
        pushes: Arc::new(Pushes::of(&terminal, closing)?),
        sessions: Arc::new(Sessions::new()),
        origins: Arc::new(Origins::of(address)),
        terminal,
    };
    Ok(Router::new()
        .route("/api", get(reference::page))
        .route("/api/", get(reference::page))
        .route("/api/reference.css", get(reference::style))
        .route("/api/reference.js", get(reference::script))
        .route("/api/openapi.json", get(reference::openapi))
        .route("/api/events", get(event::stream))
        .route("/api/blobs", post(blob::begin).layer(DefaultBodyLimit::max(call::CALL_BYTES_MAX)))
        .route("/api/blobs/{hash}", put(blob::append).get(blob::read))
        .route("/api/blobs/{hash}/finish", post(blob::finish))
        .route("/api/blobs/{hash}/small", get(blob::small))
        .route(
            "/api/{operation}",
            post(call::command_or_query)
                .get(call::query_without_arguments)
                .layer(DefaultBodyLimit::max(call::CALL_BYTES_MAX)),
        )
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .fallback(screen::file)
        .layer(DefaultBodyLimit::max(blob::CHUNK_BYTES_MAX))
        .layer(middleware::from_fn_with_state(shared.clone(), origin::check))
        .with_state(shared))
}
