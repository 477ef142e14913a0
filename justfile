# The commands of the project. `just` without a name lists them.

default:
    @just --list

# Open the window
run *arguments:
    cargo run --release -- {{arguments}}

# Everything that must pass
check: format lint core test

# The tests of the README
test:
    cargo test

format:
    cargo fmt --check

lint:
    cargo clippy --all-targets -- -D warnings

# The program to hand out
dist:
    cargo build --profile dist

# The core knows no window
core:
    cargo check --lib --no-default-features

# What it costs
bench:
    cargo bench

# Beside other programs: writes docs/performance.md
peers:
    python3 benches/peers/run.py

# Records how many instructions some commands take
instructions:
    benches/instructions.sh --record

# Licences and advisories of all dependencies (needs cargo-deny)
deny:
    cargo deny check

# Make the bundled data from published files
prepare source:
    cargo run --release -- prepare {{source}} geodata

# The pictures of the README
pictures:
    cargo run --release -- export docs/england.png --select "South East London" --size 1600x1000
    cargo run --release -- export docs/lineage.png --lineage "Central East" --size 1600x1000
