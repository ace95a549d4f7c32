//! The binary: everything is behind the door of the command line.

fn main() -> std::process::ExitCode {
    tieuchi::cli::run()
}
