//! A desk for programs that wait for each answer, as the command line does.

use tokio::runtime::{Builder, Runtime};

use crate::error::{Error, Result};
use crate::open;
use crate::stamp::Stamp;
use crate::store::{Answer, Store};

/// An open desk, and the thread's own runtime to wait on it.
///
/// ```no_run
/// # fn main() -> Result<(), hearsay_store::Error> {
/// # let stamp = hearsay_store::Stamp { who: "ana".into(), when: "2016-02-11T09:00:00Z".parse().unwrap() };
/// let desk = hearsay_store::BlockingDesk::open("desk.sqlite", &stamp)?;
/// let status = desk.ask(|store| store.status())?;
/// # Ok(()) }
/// ```
pub struct BlockingDesk {
    store: Box<dyn Store>,
    runtime: Runtime,
}

impl BlockingDesk {
    /// Makes a desk where `location` says: the address of a PostgreSQL database, else the name of a SQLite file.
    pub fn create(location: &str, stamp: &Stamp) -> Result<Self> {
        let runtime = runtime()?;
        let store = runtime.block_on(open::create(location, stamp))?;
        Ok(Self { store, runtime })
    }

    /// Opens the desk where `location` says.
    pub fn open(location: &str, stamp: &Stamp) -> Result<Self> {
        let runtime = runtime()?;
        let store = runtime.block_on(open::open(location, stamp))?;
        Ok(Self { store, runtime })
    }

    /// Asks the desk, and waits for the answer. What the question speaks of must outlive it: name filters and stamps before.
    /// Not to be called from within an asynchronous task.
    pub fn ask<'a, T>(&'a self, question: impl FnOnce(&'a dyn Store) -> Answer<'a, T>) -> Result<T> {
        self.runtime.block_on(question(&*self.store))
    }

    /// The desk itself, for what takes a [`Store`].
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }
}

impl Drop for BlockingDesk {
    fn drop(&mut self) {
        // Closed connections leave the file whole, without its log beside it. There is nobody left to tell of an error.
        let _ = self.runtime.block_on(self.store.close());
    }
}

fn runtime() -> Result<Runtime> {
    Builder::new_current_thread().enable_all().build().map_err(Error::Runtime)
}
