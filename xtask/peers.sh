#!/usr/bin/env bash
# What other generators make of OpenAPI documents, beside ours. For each tool: of how many documents below DIR it makes
# anything, then of DOCUMENT the lines and public fields that it writes, and three times what `cargo check` of the crate
# alone takes, its dependencies built before and without an incremental cache. Needs GNU time.
#
#     xtask/peers.sh DIR DOCUMENT
set -euo pipefail
folder=$(realpath "$1") document=$(realpath "$2")
cd "$(dirname "$0")/.."
mkdir -p target/peers
peers=$PWD/target/peers
export PATH=$peers/bin:$PATH CARGO_INCREMENTAL=0
cargo build --release --quiet --package xtask
for tool in openapi-to-rust@0.23.0 ploidy@0.15.0 cargo-progenitor@0.15.0; do
  cargo install --quiet --debug --locked --root "$peers" "$tool"
done
ours=${CARGO_TARGET_DIR:-$PWD/target}/release/xtask

# generate TOOL DOCUMENT OUT: makes the crate OUT of the document.
generate() {
  rm -rf "$3"
  case $1 in
    ours) "$ours" codegen --document "$2" --out "$3" --name client ;;
    ploidy) ploidy generate rust "$2" --output "$3" --name client ;;
    progenitor) cargo-progenitor progenitor --input "$2" --output "$3" --name client --version 0.1.0 ;;
    openapi-to-rust)
      openapi-to-rust generate "$2" --output-dir "$3/src/generated" --module-name client &&
        echo 'pub mod generated;' >"$3/src/lib.rs" &&
        printf '[package]\nname = "client"\nversion = "0.1.0"\nedition = "2024"\n' >"$3/Cargo.toml" &&
        sed -n '/\[dependencies\]/,$p' "$3/src/generated/REQUIRED_DEPS.toml" >>"$3/Cargo.toml"
      ;;
  esac >/dev/null 2>&1
}

tools=(ours openapi-to-rust ploidy progenitor)
for tool in "${tools[@]}"; do
  made=0 all=0
  while read -r one; do
    all=$((all + 1))
    if timeout 120 bash -c "$(declare -f generate); ours=$ours; generate $tool '$one' '$peers/one'"; then
      made=$((made + 1))
    fi
  done < <(find "$folder" -name '*.json' -o -name '*.yaml' -o -name '*.yml' | sort)
  echo "$tool makes something of $made of $all documents"
done
for tool in "${tools[@]}"; do
  crate=$peers/$tool
  generate "$tool" "$document" "$crate" || { echo "$tool makes nothing of the document"; continue; }
  grep -q '^\[workspace\]' "$crate/Cargo.toml" || echo '[workspace]' >>"$crate/Cargo.toml"
  sources=$(find "$crate/src" -name '*.rs')
  fields='^ +pub (r#)?[a-z_0-9]+: '
  echo "$tool: $(cat $sources | wc -l) lines, $(cat $sources | grep -cE "$fields") public fields"
  for round in first 1 2 3; do
    touch "$crate/src/lib.rs"
    (cd "$crate" && command time -f "  $round: %U + %S CPU seconds, %M KiB" cargo check --quiet --target-dir "$peers/target")
  done
done
