//! The transport over the network: HTTP/1.1 by `reqwest`, TLS by `rustls` with the certificates of the machine.

use std::io::Read as _;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::Instant;

use reqwest::blocking::{Client, Response};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;
use url::Url;

use super::{FetchError, Politeness, Reply, Transport, TransportError, is_private};

const PIECE_BYTES: usize = 64 * 1024;

/// Fetches over the network. It blocks, so async programs give it a thread of its own.
pub struct HttpTransport {
    client: Client,
    answer_time: std::time::Duration,
}

impl HttpTransport {
    /// A client with the time limits of `politeness`. Proxies are taken from the environment, as other programs do it.
    ///
    /// # Errors
    ///
    /// [`FetchError::Client`] if the machine has no certificates to tell right from wrong by.
    pub fn new(politeness: &Politeness) -> Result<Self, FetchError> {
        let failed = |error: &dyn std::error::Error| FetchError::Client { reason: reason(error) };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(BuilderVerifierExt::with_platform_verifier)
            .map_err(|error| failed(&error))?
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Arc::new(Resolver { private_addresses: politeness.private_addresses }))
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(politeness.connect_time)
            .timeout(politeness.answer_time)
            .build()
            .map_err(|error| failed(&error))?;
        Ok(Self { client, answer_time: politeness.answer_time })
    }
}

impl Transport for HttpTransport {
    fn get(&mut self, url: &Url, headers: &[(&str, &str)], limit: usize) -> Result<Reply, TransportError> {
        let begun = Instant::now();
        let mut fields = HeaderMap::new();
        for (name, value) in headers {
            // What a server once sent as ETag may be no proper header; it is then left out.
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), HeaderValue::try_from(*value)) {
                fields.insert(name, value);
            }
        }
        let response = self.client.get(url.clone()).headers(fields).send().map_err(|error| connection(&error))?;
        let status = response.status().as_u16();
        let headers = response.headers().iter().map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        let headers = headers.collect();
        let body = self.body(response, limit, begun)?;
        Ok(Reply { status, headers, body })
    }
}

impl HttpTransport {
    /// Reads a body within bounds. The client's own limit holds for each piece, and a server may dribble.
    fn body(&self, mut response: Response, limit: usize, begun: Instant) -> Result<Vec<u8>, TransportError> {
        let mut body = Vec::new();
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let count = response.read(&mut piece).map_err(|error| connection(&error))?;
            if count == 0 {
                return Ok(body);
            }
            body.extend_from_slice(piece.get(..count).unwrap_or_default());
            if body.len() > limit {
                return Err(TransportError::TooLarge { limit });
            }
            if begun.elapsed() > self.answer_time {
                return Err(TransportError::Connection { reason: "the answer took too long".to_owned() });
            }
        }
    }
}

fn connection(error: &dyn std::error::Error) -> TransportError {
    TransportError::Connection { reason: reason(error) }
}

/// The innermost cause: the outer ones only say that a request failed.
fn reason(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

/// Looks up names and keeps private addresses back, whatever name they hide behind.
struct Resolver {
    private_addresses: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let found = (name.as_str(), 0).to_socket_addrs().map_err(Into::into).and_then(|found| {
            let allowed: Vec<SocketAddr> = found.filter(|address| self.private_addresses || !is_private(address.ip())).collect();
            if allowed.is_empty() { Err("the name has no public address".into()) } else { Ok(Box::new(allowed.into_iter()) as Addrs) }
        });
        Box::pin(std::future::ready(found))
    }
}
