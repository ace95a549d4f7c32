//! The binary: everything is behind the door of the command line.

/// Checking and scoring make and drop many small things; this allocator does both in less time than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    tieuchi::cli::run()
}
