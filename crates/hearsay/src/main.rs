//! The command line program: wires the readers of files, the coder and the forms of output together.

mod cli;
mod codebook;
mod desk;
mod explain;
mod gazetteer;
mod messages;
mod output;
mod pool;
mod read;
mod reading;
mod report;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match cli::Cli::parse().command {
        cli::Command::Read(command) => read::run(command),
        cli::Command::Explain(command) => explain::run(command),
        cli::Command::Codebook(command) => codebook::run(command),
        cli::Command::Gazetteer(command) => gazetteer::run(command),
        cli::Command::Init(command) => desk::init(&command),
        cli::Command::Add(command) => desk::add(command),
        cli::Command::Documents(command) => desk::list(command, desk::Listing::Documents),
        cli::Command::Events(command) => desk::list(command, desk::Listing::Events),
        cli::Command::Incidents(command) => desk::list(command, desk::Listing::Incidents),
        cli::Command::Disputes(command) => desk::list(command, desk::Listing::Disputes),
        cli::Command::Truces(command) => desk::list(command, desk::Listing::Truces),
        cli::Command::Sources(command) => desk::sources(command),
        cli::Command::Search(command) => desk::search(command),
        cli::Command::Show(command) => desk::show(&command),
        cli::Command::Status(command) => desk::status(&command),
        cli::Command::Verify(command) => desk::verify(&command),
        cli::Command::Backup(command) => desk::backup(&command),
    }
}
