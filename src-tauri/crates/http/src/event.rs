//! `/api/events`: what changed, as server-sent events. They carry topics, never data: the screens read again what they
//! show, with their own rights.

use crate::refusal::DoorError;
use crate::{Shared, answer};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use terminal::{Caller, Terminal};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast, watch};
use wire::envelope::{Changed, Topic};

/// Pushes a slow reader may be behind; beyond that it is told to read everything again.
const BEHIND_MAX: usize = 64;
/// Streams at once at most.
const STREAMS_MAX: usize = 128;
/// How soon a browser connects again after its stream ended.
const RETRY: Duration = Duration::from_millis(300);
/// Silence after which a comment is sent, so that a dead connection is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// What may be told to nobody in particular: the sign-on screen shows the shop and who is signed on.
const PUBLIC: [Topic; 2] = [Topic::Shop, Topic::Session];
/// Everything there is to read again.
const EVERYTHING: [Topic; 9] = [
    Topic::Sale,
    Topic::Session,
    Topic::Shop,
    Topic::People,
    Topic::Products,
    Topic::Customers,
    Topic::Devices,
    Topic::Mail,
    Topic::Health,
];

/// The terminal's pushes, for every stream.
pub struct Pushes {
    changed: broadcast::Sender<Changed>,
    sign_ons: watch::Sender<()>,
    closing: watch::Receiver<bool>,
    places: Arc<Semaphore>,
}

impl Pushes {
    /// Passes on what the terminal says after each commit, until the terminal is gone.
    ///
    /// # Errors
    /// When the thread cannot start.
    pub fn of(terminal: &Terminal, closing: watch::Receiver<bool>) -> io::Result<Self> {
        let (changed, _) = broadcast::channel(BEHIND_MAX);
        let from_terminal = terminal.subscribe();
        std::thread::Builder::new().name("http-events".into()).spawn({
            let changed = changed.clone();
            move || {
                for push in from_terminal {
                    // No stream may be open; then there is nobody to tell.
                    drop(changed.send(push));
                }
            }
        })?;
        Ok(Self {
            changed,
            sign_ons: watch::Sender::new(()),
            closing,
            places: Arc::new(Semaphore::new(STREAMS_MAX)),
        })
    }

    /// Ends the streams of those who are not signed on: their browsers connect again, with the cookie they may have
    /// got by now.
    pub fn sign_ons_changed(&self) {
        self.sign_ons.send_replace(());
    }
}

/// One open stream.
struct Stream {
    caller: Arc<Caller>,
    changed: broadcast::Receiver<Changed>,
    sign_ons: watch::Receiver<()>,
    closing: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

/// `GET /api/events`.
pub async fn stream(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let Ok(place) = shared.pushes.places.clone().try_acquire_owned() else {
        return answer::refused(&shared.terminal, &DoorError::TooManyStreams { max: STREAMS_MAX });
    };
    let stream = Stream {
        caller: shared.sessions.sender(&shared.terminal, &headers).caller,
        changed: shared.pushes.changed.subscribe(),
        sign_ons: shared.pushes.sign_ons.subscribe(),
        closing: shared.pushes.closing.clone(),
        _place: place,
    };
    let first = Event::default().retry(RETRY).comment("connected");
    let events = stream::unfold((stream, Some(first)), |(mut stream, first)| async move {
        let event = match first {
            Some(first) => first,
            None => stream.next().await?,
        };
        Some((Ok::<_, Infallible>(event), (stream, None)))
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl Stream {
    /// The next event, or `None` when the stream ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let topics = tokio::select! {
                received = self.changed.recv() => match received {
                    Ok(changed) => changed.topics,
                    Err(RecvError::Lagged(_)) => EVERYTHING.to_vec(),
                    Err(RecvError::Closed) => return None,
                },
                changed = self.sign_ons.changed() => {
                    if changed.is_err() || !self.caller.is_signed_on() {
                        return None;
                    }
                    continue;
                }
                _ = self.closing.wait_for(|closing| *closing) => return None,
            };
            let topics = visible(topics, self.caller.is_signed_on());
            if !topics.is_empty() {
                let data = serde_json::to_string(&Changed { topics }).expect("topics are words");
                return Some(Event::default().event("changed").data(data));
            }
        }
    }
}

/// The topics a reader may know about.
fn visible(mut topics: Vec<Topic>, signed_on: bool) -> Vec<Topic> {
    if !signed_on {
        topics.retain(|topic| PUBLIC.contains(topic));
    }
    topics
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_not_signed_on_hears_of_shop_and_session_only() {
        assert_eq!(visible(EVERYTHING.to_vec(), true), EVERYTHING);
        assert_eq!(visible(EVERYTHING.to_vec(), false), [Topic::Session, Topic::Shop]);
        assert_eq!(visible(vec![Topic::Sale], false), []);
    }
}
