//! Nothing: the driver itself reads the server's report by the client of this document.
