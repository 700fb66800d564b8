//! No calls. The driver itself uses the client of this document to read the server's report.
