//! Styles: the `style` of a parameter or of a form's field in, how its value is written out (OpenAPI 3.0.4 §4.7.12.2).

use crate::ir::{Location, StyleKind};

/// The styles, and where each is defined.
const STYLES: &[(&str, StyleKind, &[Location])] = &[
    ("simple", StyleKind::Simple, &[Location::Path, Location::Header]),
    ("label", StyleKind::Label, &[Location::Path]),
    ("matrix", StyleKind::Matrix, &[Location::Path]),
    ("form", StyleKind::Form, &[Location::Query, Location::Cookie]),
    // OpenAPI 3.2 §4.12.2.
    ("cookie", StyleKind::Form, &[Location::Cookie]),
    ("spaceDelimited", StyleKind::SpaceDelimited, &[Location::Query]),
    ("pipeDelimited", StyleKind::PipeDelimited, &[Location::Query]),
    ("deepObject", StyleKind::DeepObject, &[Location::Query]),
];

/// The style of this name, where it is defined for the place.
pub(super) fn style(name: &str, place: Location) -> Option<StyleKind> {
    let row = STYLES.iter().find(|(known, _, places)| *known == name && places.contains(&place));
    row.map(|(_, kind, _)| *kind)
}

/// The style of a place, where the document names none.
pub(super) fn default_style(place: Location) -> StyleKind {
    match place {
        Location::Path | Location::Header => StyleKind::Simple,
        Location::Query | Location::Cookie => StyleKind::Form,
    }
}
