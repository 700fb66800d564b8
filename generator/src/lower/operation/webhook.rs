//! Lowers webhooks to the types of their JSON payloads (OpenAPI 3.1.1 §4.8.1).
//!
//! A webhook is a request from the API's server to its user's server. Clients do not call webhooks,
//! so only their payloads have types, which are decoded and not sent.

use super::super::Lower;
use super::media::Media;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

impl Lower<'_> {
    /// Lowers the payloads of all webhooks, in document order.
    pub(in crate::lower) fn webhooks(&mut self) {
        for (_, item) in self.document.entries(&Pointer::root().child("webhooks")) {
            for (_, operation) in self.methods(&item) {
                if self.document.get(&operation.child("requestBody")).is_none() {
                    continue;
                }
                match self.document.resolve(&operation.child("requestBody")) {
                    Ok(body) => self.payload(&body),
                    Err(problem) => self.push(problem.note("the webhook's payload has no type")),
                }
            }
        }
    }

    fn payload(&mut self, body: &Pointer) {
        for (media_type, content) in self.document.entries(&body.child("content")) {
            if Media::of(&media_type) == Media::Json {
                let shape = self.content_type(&content);
                self.api.webhooks.push(shape);
            } else {
                let place = self.place(&content).key();
                let message = format!("a webhook's payload of `{media_type}` has no type");
                self.push(Diagnostic::new(Code::Ignored, message, place));
            }
        }
    }
}
