//! Which addresses lead into private networks or to the machine itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::Host;

/// Endings of names that mean the own machine or network, by RFC 6761, RFC 6762 and RFC 9476.
const PRIVATE_NAMES: [&str; 4] = ["localhost", "local", "internal", "home.arpa"];

/// Whether `host` is private by its name or number.
pub(crate) fn is_private_host(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(number) => is_private(IpAddr::V4(*number)),
        Host::Ipv6(number) => is_private(IpAddr::V6(*number)),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            PRIVATE_NAMES.iter().any(|private| name.strip_suffix(private).is_some_and(|before| before.is_empty() || before.ends_with('.')))
        }
    }
}

/// Whether `address` is none of the public internet.
pub(crate) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(number) => is_private_v4(number),
        IpAddr::V6(number) => number.to_ipv4_mapped().map_or_else(|| is_private_v6(number), is_private_v4),
    }
}

fn is_private_v4(number: Ipv4Addr) -> bool {
    let [first, second, ..] = number.octets();
    number.is_private()
        || number.is_loopback()
        || number.is_link_local()
        || number.is_broadcast()
        || number.is_multicast()
        || first == 0
        || (first == 100 && (64..128).contains(&second)) // shared by providers, RFC 6598
}

fn is_private_v6(number: Ipv6Addr) -> bool {
    number.is_loopback() || number.is_unspecified() || number.is_multicast() || number.is_unique_local() || number.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn private_and_public() {
        for (url, expected) in [
            ("http://127.0.0.1/", true),
            ("http://0x7f.1/", true),
            ("http://2130706433/", true),
            ("http://10.1.2.3:8080/", true),
            ("http://169.254.169.254/latest", true),
            ("http://100.64.0.1/", true),
            ("http://[::1]/", true),
            ("http://[::ffff:192.168.0.1]/", true),
            ("http://[fd00::1]/", true),
            ("http://LOCALHOST./", true),
            ("http://printer.local/", true),
            ("http://notlocal/", false),
            ("https://news.example/", false),
            ("http://93.184.216.34/", false),
            ("http://[2606:2800:220:1::1]/", false),
        ] {
            let url = url::Url::parse(url).unwrap();
            assert_eq!(is_private_host(&url.host().unwrap()), expected, "{url}");
        }
    }
}
