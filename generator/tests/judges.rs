//! Others' test data, unchanged. See `judges/README.md`.

use std::path::Path;

use generator::{Options, Source, Stage};
use serde_json::Value;

/// Sets of the Overlay Specification with a different result, and the reason.
const DIFFERS: [(&str, &str); 0] = [];

#[test]
fn overlays_give_what_the_specification_has() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/overlay");
    let sets = std::fs::read_dir(folder).expect("the sets").map(|entry| entry.expect("a set").path());
    let sets: Vec<_> = sets.filter(|path| path.is_dir()).collect();
    assert_eq!(sets.len(), 8);
    let mut differs = Vec::new();
    for set in sets {
        let source = Source::read(&set.join("openapi.yaml"), &[set.join("overlay.yaml")]).expect("readable");
        let merged = generator::dump(&source, &Options::default(), Stage::Overlay)
            .unwrap_or_else(|failed| panic!("{}: {}", set.display(), failed.render_plain()));
        let merged: Value = serde_json::from_str(&merged).expect("JSON");
        let output = std::fs::read_to_string(set.join("output.yaml")).expect("the output");
        let expected: Value = serde_yaml::from_str(&output).expect("YAML");
        if merged != expected {
            differs.push(set.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    let expected: Vec<&str> = DIFFERS.iter().map(|(name, _)| *name).collect();
    assert_eq!(differs, expected);
}
