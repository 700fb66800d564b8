//! Heirs: the components in, those that inherit from a schema with a discriminator out.

use super::Lower;
use crate::document::target;
use crate::pointer::Pointer;

impl Lower<'_> {
    /// Finds the components that name a schema with a discriminator in their `allOf`, or in that of what they name there.
    pub(super) fn find_heirs(&mut self) {
        for (_, component) in self.document.members(&Pointer::root().child("components").child("schemas")) {
            let mut ancestors = Vec::new();
            self.ancestors(&component, &mut ancestors);
            for ancestor in ancestors.into_iter().filter(|ancestor| *ancestor != component) {
                if self.tag(&ancestor).is_some() {
                    self.children.entry(ancestor).or_default().push(component.clone());
                }
            }
        }
    }

    fn ancestors(&self, schema: &Pointer, found: &mut Vec<Pointer>) {
        let Some(node) = self.node(schema) else { return };
        for member in &node.keywords.all_of {
            let Ok(member) = self.document.resolve(&target(member)) else { continue };
            if !found.contains(&member) {
                found.push(member.clone());
                self.ancestors(&member, found);
            }
        }
    }
}
