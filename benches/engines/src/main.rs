//! Runs the encoder's network in one of several engines and prints how fast it goes.
//!
//! usage: engines rten|tract MODEL.onnx THREADS
//!
//! Windows of 32, 128 and 254 word pieces, a word for every 1.3 pieces, each read alone; each thread reads its own.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rten_tensor::NdTensor;
use tract_onnx::prelude::*;

const LENGTHS: [usize; 3] = [32, 128, 254];
const TIME: Duration = Duration::from_secs(8);
const OUTPUT: &str = "arc";

type Run = Box<dyn Fn(&[i32], &[i32]) -> Result<f32> + Send + Sync>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, engine, model, threads] = arguments.as_slice() else { bail!("usage: engines rten|tract MODEL.onnx THREADS") };
    let threads: usize = threads.parse()?;
    let started = Instant::now();
    let open: Box<dyn Fn() -> Result<Run>> = match engine.as_str() {
        "rten" => rten_engine(model)?,
        "tract" => tract_engine(model)?,
        other => bail!("no engine {other}"),
    };
    let opened = started.elapsed();
    for length in LENGTHS {
        let pieces: Vec<i32> = (0..length).map(|n| 1000 + (n as i32 * 7919) % 20000).collect();
        let first: Vec<i32> = (0..(length - 2) * 10 / 13).map(|n| 1 + n as i32 * 13 / 10).collect();
        let runs: Vec<Run> = (0..threads).map(|_| open()).collect::<Result<_>>()?;
        let counts: Vec<Result<usize>> = std::thread::scope(|scope| {
            let workers: Vec<_> = runs.iter().map(|run| scope.spawn(|| work(run, &pieces, &first))).collect();
            workers.into_iter().map(|w| w.join().unwrap_or_else(|_| bail!("a thread stopped"))).collect()
        });
        let total: usize = counts.into_iter().sum::<Result<usize>>()?;
        let rate = (total * length) as f64 / TIME.as_secs_f64();
        println!("{engine} {threads} thread(s), windows of {length}: {rate:.0} pieces a second, {:.0} sentences of 32", rate / 32.0);
    }
    println!("{engine}: opened in {:.2} s, {} MiB at most", opened.as_secs_f64(), peak()?);
    Ok(())
}

/// Reads the same window until the time is up.
fn work(run: &Run, pieces: &[i32], first: &[i32]) -> Result<usize> {
    run(pieces, first)?;
    let started = Instant::now();
    let mut count = 0;
    while started.elapsed() < TIME {
        run(pieces, first)?;
        count += 1;
    }
    Ok(count)
}

fn rten_engine(path: &str) -> Result<Box<dyn Fn() -> Result<Run>>> {
    let mut options = rten::ModelOptions::with_all_ops();
    options.prepack_weights(true);
    let model = Arc::new(options.load(std::fs::read(path)?)?);
    Ok(Box::new(move || {
        let model = model.clone();
        let pool = Arc::new(rten::ThreadPool::with_num_threads(1));
        let ids = [model.node_id("pieces")?, model.node_id("first")?, model.node_id(OUTPUT)?];
        Ok(Box::new(move |pieces, first| {
            let inputs = vec![
                (ids[0], NdTensor::from_data([pieces.len()], pieces.to_vec()).into()),
                (ids[1], NdTensor::from_data([first.len()], first.to_vec()).into()),
            ];
            let run = rten::RunOptions::default().with_thread_pool(Some(pool.clone()));
            let values = model.run(inputs, &[ids[2]], Some(run))?;
            let rten::Value::FloatTensor(tensor) = values.into_iter().next().context("no output")? else { bail!("no scores") };
            tensor.into_data().first().copied().context("no score")
        }))
    }))
}

fn tract_engine(path: &str) -> Result<Box<dyn Fn() -> Result<Run>>> {
    let path = path.to_owned();
    let model = tract_onnx::onnx().model_for_path(&path)?.with_input_names(["pieces", "first"])?.with_outputs_by_name([OUTPUT])?;
    let n = model.symbols.sym("n");
    let m = model.symbols.sym("m");
    let plan = model
        .with_input_fact(0, i32::fact([n]).into())?
        .with_input_fact(1, i32::fact([m]).into())?
        .into_optimized()?
        .into_runnable()?;
    let plan = Arc::new(plan);
    Ok(Box::new(move || {
        let plan = plan.clone();
        Ok(Box::new(move |pieces, first| {
            let outputs = plan.run(tvec!(tensor1(pieces).into(), tensor1(first).into()))?;
            let output = outputs.into_iter().next().context("no output")?;
            output.to_plain_array_view::<f32>()?.iter().next().copied().context("no score")
        }))
    }))
}

/// Highest resident memory so far, in MiB.
fn peak() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|l| l.starts_with("VmHWM")).context("no VmHWM")?;
    Ok(line.split_whitespace().nth(1).context("no figure")?.parse::<u64>()? / 1024)
}
