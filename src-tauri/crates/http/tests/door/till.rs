//! A till with its door open, and clients that send it exactly what a test says.

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use terminal::{Options, Surroundings, Terminal};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A till with its door open.
pub struct Till {
    pub address: SocketAddr,
    pub terminal: Arc<Terminal>,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<std::io::Result<()>>,
    _directory: TempDir,
}

impl Till {
    /// A till nobody has set up.
    pub async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let options = Options {
            data_dir: directory.path().join("data"),
            guard_dir: Some(directory.path().join("guard")),
            demo: false,
        };
        let terminal = Terminal::open(options, Surroundings::system()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(http::serve(Arc::clone(&terminal), listener, async {
            drop(stopped.await);
        }));
        Self { address, terminal, stop, serving, _directory: directory }
    }

    /// A till that is set up; its owner is Ana.
    pub async fn set_up() -> Self {
        let till = Self::new().await;
        let payload = json!({
            "shop": {
                "name": "Corner Shop", "address": ["1 Main Street"], "tax_number": "", "currency": "EUR",
                "language": "en", "till_name": "Till 1", "logo": null,
                "tax_policy": { "mode": "included", "scope": "document", "rounding": "half_up" },
                "receipt_header": [], "receipt_footer": [],
            },
            "owner_name": "Ana", "owner_pin": "1234",
        });
        let answer = till.client().call("shop.set_up", payload).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        till
    }

    /// Somebody without a cookie.
    pub fn client(&self) -> Client {
        Client { address: self.address, cookie: None }
    }

    /// Ana, signed on.
    pub async fn owner(&self) -> Client {
        let mut client = self.client();
        client.sign_in("Ana", "1234").await;
        client
    }

    /// Closes the door and waits until it is closed.
    pub async fn close(self) -> Arc<Terminal> {
        self.stop.send(()).unwrap();
        self.serving.await.unwrap().unwrap();
        self.terminal
    }
}

/// Somebody who sends requests, each over a connection of its own.
#[derive(Clone)]
pub struct Client {
    pub address: SocketAddr,
    pub cookie: Option<String>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: hyper::HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The code of the error it carries.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_else(|| panic!("no error: {}", self.text())).to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// A request id no other call of this run has.
pub fn request_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("00000000-0000-4000-8000-{:012x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Client {
    /// A request with the headers every honest client sends.
    pub fn request(&self, method: Method, path: &str) -> hyper::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header(HOST, self.address.to_string());
        match &self.cookie {
            Some(cookie) => request.header(COOKIE, format!("other=1; {cookie}")),
            None => request,
        }
    }

    /// Sends a request and begins to read the answer.
    pub async fn open(&self, request: Request<Full<Bytes>>) -> Response<Incoming> {
        let stream = TcpStream::connect(self.address).await.unwrap();
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        sender.send_request(request).await.unwrap()
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&self, request: Request<Full<Bytes>>) -> Answer {
        let (head, body) = self.open(request).await.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: head.status, headers: head.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Full::default()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, path).header(CONTENT_TYPE, "application/json");
        self.send(request.body(Full::from(body.to_string())).unwrap()).await
    }

    /// Calls an operation with a request id of its own.
    pub async fn call(&self, operation: &str, payload: Value) -> Answer {
        self.post(&format!("/api/{operation}"), &json!({ "request_id": request_id(), "payload": payload }))
            .await
    }

    /// Calls an operation that has to succeed.
    pub async fn ok(&self, operation: &str, payload: Value) -> Value {
        let answer = self.call(operation, payload).await;
        assert_eq!(answer.status, StatusCode::OK, "{operation}: {}", answer.text());
        answer.json()
    }

    /// Signs on and keeps the cookie, as a browser would.
    pub async fn sign_in(&mut self, name: &str, pin: &str) {
        let greeting = self.ok("shop.greeting", json!({})).await;
        let operators = greeting["operators"].as_array().unwrap().clone();
        let operator = operators.iter().find(|operator| operator["name"] == name).unwrap();
        let payload = json!({ "operator": operator["id"], "pin": pin });
        let answer = self.call("session.sign_in", payload).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let cookie = answer.headers[SET_COOKIE].to_str().unwrap();
        self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
    }
}
