//! Voices: which documents carry on one text.

use std::collections::BTreeMap;

use sqlx::any::AnyRow;

use super::{seq_of, shown};
use crate::audit::{self, Action};
use crate::database::{Database, Statement, get};
use crate::error::Result;
use crate::record::Neighbour;
use crate::stamp::Stamp;

/// The documents that share a band, in the order in which they came.
pub(crate) async fn neighbours(database: &Database, bands: &[i64]) -> Result<Vec<Neighbour>> {
    let mut connection = database.reader().await?;
    let mut found = BTreeMap::new();
    for band in bands {
        let statement = "SELECT d.seq, d.id, d.voice, d.signature FROM band b JOIN document d ON d.seq = b.document \
                         WHERE b.band = $1 AND d.signature IS NOT NULL";
        for row in Statement::new(statement).bind(band).rows(&mut connection).await? {
            found.insert(get::<i64>(&row, "seq")?, neighbour(&row)?);
        }
    }
    Ok(found.into_values().collect())
}

fn neighbour(row: &AnyRow) -> Result<Neighbour> {
    Ok(Neighbour { id: get(row, "id")?, voice: get(row, "voice")?, signature: get(row, "signature")? })
}

/// Says that `document` carries on the text of `voice`; its incidents are to be linked anew.
pub(crate) async fn set(database: &Database, document: &str, voice: &str, stamp: &Stamp) -> Result<()> {
    let mut transaction = database.write().await?;
    let seq = seq_of(&mut transaction, document).await?;
    seq_of(&mut transaction, voice).await?;
    let statement = Statement::new("UPDATE document SET voice = $2 WHERE seq = $1 AND voice <> $2").bind(&seq).bind(&voice.to_owned());
    if statement.run(&mut transaction).await? > 0 {
        shown::unlink(&mut transaction, seq).await?;
        audit::append(&mut transaction, stamp, Action::Voice, document, &format!("voice={voice}")).await?;
    }
    Ok(transaction.commit().await?)
}
