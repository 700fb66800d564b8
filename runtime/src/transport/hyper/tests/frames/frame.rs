//! Writes frames of HTTP/2 (RFC 9113) and fields of their heads (RFC 7541).

use std::io::Write as _;

/// The types of frames (RFC 9113 §6).
pub(super) const DATA: u8 = 0;
pub(super) const HEADERS: u8 = 1;
pub(super) const PRIORITY: u8 = 2;
pub(super) const RESET: u8 = 3;
pub(super) const SETTINGS: u8 = 4;
pub(super) const PUSH: u8 = 5;
pub(super) const PING: u8 = 6;
pub(super) const GO_AWAY: u8 = 7;
pub(super) const WINDOW: u8 = 8;
pub(super) const CONTINUATION: u8 = 9;
/// Flags.
pub(super) const END: u8 = 1;
pub(super) const END_HEADERS: u8 = 4;
pub(super) const PADDED: u8 = 8;

pub(super) fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// Returns a field that is not indexed (RFC 7541 §6.2.2).
pub(super) fn field(name: &str, value: &str) -> Vec<u8> {
    let length = |text: &str| match text.len() {
        short @ 0..127 => vec![u8::try_from(short).unwrap()],
        long => {
            let (mut rest, mut bytes) = (long - 127, vec![127]);
            while rest >= 128 {
                bytes.push(u8::try_from(rest % 128).unwrap() | 128);
                rest /= 128;
            }
            bytes.push(u8::try_from(rest).unwrap());
            bytes
        }
    };
    [vec![0], length(name), name.into(), length(value), value.into()].concat()
}

pub(super) const OK: &[u8] = &[0x88];

/// Returns a head of status 200 with more fields.
pub(super) fn head(fields: &[(&str, &str)]) -> Vec<u8> {
    let fields = fields.iter().flat_map(|(name, value)| field(name, value));
    frame(HEADERS, END_HEADERS, 1, &OK.iter().copied().chain(fields).collect::<Vec<_>>())
}

/// Returns a head with this block of fields, and the body `{}`.
pub(super) fn block(block: &[u8]) -> Vec<u8> {
    [frame(HEADERS, END_HEADERS, 1, block), data(b"{}", END)].concat()
}

pub(super) fn data(bytes: &[u8], flags: u8) -> Vec<u8> {
    frame(DATA, flags, 1, bytes)
}

/// Returns a whole response, after other frames.
pub(super) fn answered(before: &[u8]) -> Vec<u8> {
    [before, &head(&[]), &data(b"{}", END)].concat()
}

pub(super) fn setting(id: u16, value: u32) -> Vec<u8> {
    frame(SETTINGS, 0, 0, &[&id.to_be_bytes()[..], &value.to_be_bytes()].concat())
}

pub(super) fn go_away(last: u32, reason: u32) -> Vec<u8> {
    frame(GO_AWAY, 0, 0, &[last.to_be_bytes(), reason.to_be_bytes()].concat())
}

pub(super) fn reset(reason: u32) -> Vec<u8> {
    frame(RESET, 0, 1, &reason.to_be_bytes())
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
