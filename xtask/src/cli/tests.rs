use super::*;
use clap::CommandFactory;

fn codegen(arguments: &str) -> Result<Codegen, clap::Error> {
    let words = ["xtask", "codegen"].into_iter().chain(arguments.split_whitespace());
    match Cli::try_parse_from(words)?.command {
        Command::Codegen(codegen) => Ok(codegen),
        other => panic!("not codegen: {other:?}"),
    }
}

#[test]
fn the_definition_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn unusable_combinations_exit_with_2() {
    for arguments in [
        "--document a.yaml",
        "--out a",
        "--overlay a.yaml",
        "--overlay a.yaml --out b",
        "--name a",
        "--examples",
        "--runtime 1",
        "--document a.yaml --out b --name 1st",
        "--document a.yaml --out b --runtime no/such/folder",
        "--document a.yaml --document b.yaml --out c",
        "--unknown",
        "a.yaml",
    ] {
        let error = codegen(arguments).expect_err(arguments);
        assert_eq!(error.exit_code(), 2, "{arguments}");
    }
}

#[test]
fn usable_combinations_parse() {
    assert!(!codegen("").unwrap().check);
    assert!(codegen("--check").unwrap().check);
    let all = "--check --document a.yaml --overlay b.yaml --overlay c.yaml --out d --name e --runtime ^1.2";
    assert_eq!(codegen(all).unwrap().overlay.len(), 2);
}

#[test]
fn the_update_command_repeats_the_arguments_without_check() {
    let command = |arguments| codegen(arguments).unwrap().update_command();
    assert_eq!(command("--check"), "cargo xtask codegen");
    assert_eq!(
        command(
            "--check --document a.yaml --overlay b.yaml --overlay it's --out d --name e --runtime ^1 --examples"
        ),
        r"cargo xtask codegen --document a.yaml --overlay b.yaml --overlay 'it'\''s' --out d --name e --runtime '^1' --examples"
    );
}
