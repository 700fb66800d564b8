//! How texts stand in HTTP: percent-encoding and header values.

pub(crate) mod header;
pub(crate) mod percent;
