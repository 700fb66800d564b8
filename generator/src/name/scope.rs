//! A scope: names claimed in, names that are unlike each other out.
//!
//! The one rule: who comes first keeps the name; callers come in an order that no document's key order changes.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// The names of one namespace, and who has them.
#[derive(Debug)]
pub(super) struct Scope {
    taken: HashMap<String, Option<Pointer>>,
    case: Case,
    /// What a name gets behind it that the language or generated code uses itself.
    suffix: &'static str,
}

/// How the names of a scope are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `snake_case`: fields, methods, modules.
    Snake,
    /// `PascalCase`: types and variants.
    Pascal,
}

/// A name that was given, and who had the name that was asked for.
pub(super) struct Claimed {
    pub(super) name: String,
    pub(super) holder: Option<Holder>,
}

/// Who has a name already.
pub(super) enum Holder {
    /// The language, or the generated code itself.
    Reserved,
    /// Something of the document.
    Node(Pointer),
}

impl Scope {
    /// A scope in which some names are used by the language or by generated code: the document's get `suffix`.
    pub(super) fn new<N: AsRef<str>>(
        case: Case,
        reserved: impl IntoIterator<Item = N>,
        suffix: &'static str,
    ) -> Self {
        Self {
            taken: reserved.into_iter().map(|name| (name.as_ref().to_owned(), None)).collect(),
            case,
            suffix,
        }
    }

    /// Gives `name`; where it is reserved, `name` with the scope's suffix; where it is taken, the name with the
    /// first number from 2 on that makes it free.
    pub(super) fn claim(&mut self, name: &str, pointer: &Pointer) -> Claimed {
        let holder = self.taken.get(name).map(|holder| match holder {
            Some(pointer) => Holder::Node(pointer.clone()),
            None => Holder::Reserved,
        });
        let mut name = name.to_owned();
        if matches!(holder, Some(Holder::Reserved)) {
            name.push_str(self.suffix);
        }
        let mut free = name.clone();
        let mut number = 2;
        while self.taken.contains_key(&free) {
            let joint = if self.case == Case::Snake { "_" } else { "" };
            free = format!("{name}{joint}{number}");
            number += 1;
        }
        self.taken.insert(free.clone(), Some(pointer.clone()));
        Claimed { name: free, holder }
    }

    pub(super) fn case(&self) -> Case {
        self.case
    }

    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }
}
