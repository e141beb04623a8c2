//! From where a request may come. Any page in any browser on this machine can send requests to this port; these checks
//! are what keeps them out, together with the strict cookie and the JSON content type.

use crate::refusal::DoorError;
use crate::{Shared, answer};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::SocketAddr;

/// Sent by browsers: how the page that asks is related to the one that is asked.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The names this door answers to.
pub struct Origins {
    /// `host:port`, as `Host` carries it.
    hosts: Vec<String>,
}

impl Origins {
    /// The names of a door that listens at `address`: the address itself and `localhost`.
    pub fn of(address: SocketAddr) -> Self {
        let mut hosts = vec![address.to_string(), format!("localhost:{}", address.port())];
        // The port of plain HTTP is left out by browsers.
        if address.port() == 80 {
            hosts.extend([address.ip().to_string(), "localhost".to_owned()]);
        }
        Self { hosts }
    }

    /// Checks the headers of a request.
    ///
    /// - `Host` has to be one of our names. A foreign page can make its own name resolve to this machine (DNS
    ///   rebinding); its requests would count as its own origin, but their `Host` still carries its name.
    /// - `Origin`, which browsers send with everything but plain reads, has to be the same name.
    /// - `Sec-Fetch-Site` covers the plain reads: it says `same-origin` for our pages, `none` for an address typed by
    ///   the user, and is absent from programs that are no browsers.
    ///
    /// There is no CORS header anywhere: no other page may read an answer, whatever it manages to send.
    ///
    /// # Errors
    /// `OriginRefused`.
    fn check(&self, headers: &HeaderMap) -> Result<(), DoorError> {
        let host = only(headers, &header::HOST)
            .filter(|host| self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host)))
            .ok_or(DoorError::OriginRefused { header: "Host" })?;
        if headers.contains_key(header::ORIGIN) {
            only(headers, &header::ORIGIN)
                .and_then(|origin| origin.strip_prefix("http://"))
                .filter(|origin| origin.eq_ignore_ascii_case(host))
                .ok_or(DoorError::OriginRefused { header: "Origin" })?;
        }
        match headers.get(SEC_FETCH_SITE).map(HeaderValue::as_bytes) {
            None | Some(b"same-origin" | b"none") => Ok(()),
            Some(_) => Err(DoorError::OriginRefused { header: "Sec-Fetch-Site" }),
        }
    }
}

/// The value of a header that stands there exactly once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { None } else { first.to_str().ok() }
}

/// Lets a request through or refuses it, and puts the headers on the response that every response has.
pub async fn check(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let mut response = match shared.origins.check(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refused) => answer::refused(&shared.terminal, &refused),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Pages and pictures bring their own; nothing else is ever shown as a page.
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[(&'static str, &str)]) -> Result<(), &'static str> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        Origins::of("127.0.0.1:8080".parse().unwrap()).check(&map).map_err(|error| match error {
            DoorError::OriginRefused { header } => header,
            other => unreachable!("{other}"),
        })
    }

    #[test]
    fn only_our_own_names_are_answered_to() {
        assert_eq!(check(&[("host", "127.0.0.1:8080")]), Ok(()));
        assert_eq!(check(&[("host", "LOCALHOST:8080")]), Ok(()));
        for host in
            ["127.0.0.1", "127.0.0.1:80", "localhost", "evil.example:8080", "127.0.0.1:8080.evil.example", ""]
        {
            assert_eq!(check(&[("host", host)]), Err("Host"), "{host}");
        }
        assert_eq!(check(&[]), Err("Host"));
        assert_eq!(check(&[("host", "localhost:8080"), ("host", "evil.example")]), Err("Host"));
    }

    #[test]
    fn the_origin_is_the_name_that_was_asked() {
        let from = |origin| check(&[("host", "127.0.0.1:8080"), ("origin", origin)]);
        assert_eq!(from("http://127.0.0.1:8080"), Ok(()));
        for origin in [
            "null",
            "",
            "http://evil.example",
            "https://127.0.0.1:8080",
            "http://127.0.0.1:8081",
            "http://localhost:8080",
        ] {
            assert_eq!(from(origin), Err("Origin"), "{origin}");
        }
    }

    #[test]
    fn a_browser_says_when_another_page_asks() {
        let from = |site| check(&[("host", "127.0.0.1:8080"), ("sec-fetch-site", site)]);
        assert_eq!((from("same-origin"), from("none")), (Ok(()), Ok(())));
        assert_eq!((from("cross-site"), from("same-site")), (Err("Sec-Fetch-Site"), Err("Sec-Fetch-Site")));
    }
}
