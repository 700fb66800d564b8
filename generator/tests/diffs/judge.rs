//! Compares the verdicts of another tool with those of a comparison, for the case of each rule.
//!
//! Input: the tool's verdict on each case, and a YAML file with a reason for each case on which the
//! two verdicts differ. Output: the number of cases on which they agree, and the other cases. A test
//! fails if one of these has no reason, or if a reason is not needed.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Mutex;

use super::Pair;

/// Compares all cases. `verdicts` returns the verdict of the comparison and that of the tool.
pub(super) fn compare<T: Display + PartialEq>(
    cases: &[Pair],
    reasons: &str,
    verdicts: impl Fn(&Pair) -> (T, T) + Sync,
) {
    let reasons: BTreeMap<String, String> = serde_yaml::from_str(reasons).expect("reasons");
    let (next, differing) = (Mutex::new(cases.iter()), Mutex::new(BTreeMap::new()));
    let work = || {
        loop {
            let pair = next.lock().expect("no panic").next();
            let Some(pair) = pair else { break };
            let (here, there) = verdicts(pair);
            if here != there {
                let verdicts = format!("{here} here, {there} there");
                differing.lock().expect("no panic").insert(pair.rule.as_str(), verdicts);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let differing = differing.into_inner().expect("no panic");
    println!("{} of {} cases agree", cases.len() - differing.len(), cases.len());
    for (rule, verdicts) in &differing {
        println!("{rule}: {verdicts}: {}", reasons.get(*rule).map_or("?", |reason| reason.as_str()));
    }
    let unexplained: Vec<_> = differing.iter().filter(|(rule, _)| !reasons.contains_key(**rule)).collect();
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    let unused: Vec<_> = reasons.keys().filter(|rule| !differing.contains_key(rule.as_str())).collect();
    assert!(unused.is_empty(), "no case needs the reasons of {unused:?}");
}
