//! The command line program: wires the readers of files, the coder and the forms of output together.

mod cli;
mod codebook;
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
    }
}
