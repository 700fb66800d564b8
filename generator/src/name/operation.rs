//! Names of operations: the client's method, the request's type and module, the parameters.

use super::scope::{Case, Scope};
use super::types::RESERVED;
use super::words::{file, ident, module, pascal, snake, words};
use super::{Namer, OperationNames};
use crate::ir::{Operation, OperationId};
use crate::pointer::Pointer;

/// Methods that every generated client has.
const CLIENT_METHODS: &[&str] = &["builder", "clone", "new"];

impl Namer<'_> {
    pub(super) fn operations(&mut self) {
        let api = self.api;
        let mut methods = Scope::new(Case::Snake, CLIENT_METHODS, "_operation");
        let mut requests = Scope::new(Case::Pascal, RESERVED, "Request");
        let mut order: Vec<(OperationId, &Operation)> = api.operations().collect();
        order.sort_by_key(|(_, operation)| {
            (self.pinned(&operation.pointer, false).is_none(), operation.id.clone())
        });
        let mut named = Vec::new();
        for (id, operation) in order {
            let pin = self.pin(&operation.pointer, false);
            let words = words(pin.as_ref().unwrap_or(&operation.id));
            let method = self.claim(&mut methods, &snake(&words), &operation.pointer);
            let request = requests.claim(&pascal(&words), &operation.pointer).name;
            named.push((id, operation, file(&words), method, request));
        }
        // Where a script has no capitals, a module and its type would have one name.
        let types = named.iter().map(|(.., request)| request.as_str());
        let mut modules = Scope::new(Case::Snake, types.chain(["mod"]), "_");
        for (id, operation, name, method, request) in &named {
            let name = modules.claim(name, &operation.pointer).name;
            let parameters = self.parameters(operation);
            let names = OperationNames {
                method: ident(method),
                request: ident(request),
                module: module(&name),
                parameters,
            };
            self.names.operations.insert(*id, names);
        }
    }

    fn parameters(&mut self, operation: &Operation) -> Vec<proc_macro2::Ident> {
        let mut scope = Scope::new(Case::Snake, [""; 0], "");
        let mut names = Vec::new();
        for parameter in &operation.parameters {
            let pointer: &Pointer = &parameter.pointer;
            let wanted =
                self.pin(pointer, false).unwrap_or_else(|| snake(&super::words::words(&parameter.name)));
            names.push(ident(&self.claim(&mut scope, &wanted, pointer)));
        }
        names
    }
}
