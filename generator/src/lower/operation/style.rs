//! Lowers the `style` of a parameter or form field (OpenAPI 3.0.4 §4.7.12.2).

use crate::ir::{Location, StyleKind};

/// The styles, and the locations that each is defined for.
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
    // Values of `collectionFormat` in 2.0 that 3.0 has no style for.
    ("ssv", StyleKind::SpaceDelimited, &[Location::Path, Location::Header]),
    ("pipes", StyleKind::PipeDelimited, &[Location::Path, Location::Header]),
    ("tsv", StyleKind::TabDelimited, &[Location::Path, Location::Query, Location::Header]),
];

/// Returns the style of this name if it is defined for the location.
pub(super) fn style(name: &str, place: Location) -> Option<StyleKind> {
    let row = STYLES.iter().find(|(known, _, places)| *known == name && places.contains(&place));
    row.map(|(_, kind, _)| *kind)
}

/// Returns the default style of a location.
pub(super) fn default_style(place: Location) -> StyleKind {
    match place {
        Location::Path | Location::Header => StyleKind::Simple,
        Location::Query | Location::QueryString | Location::Cookie => StyleKind::Form,
    }
}
