//! The schema's versions. Each is a numbered file that is never changed once it was released; a desk remembers which it
//! has had, with their digests.

use super::{Database, Dialect, Opening, Statement, get};
use crate::audit;
use crate::digest::sha256;
use crate::error::{Error, Result};
use crate::stamp::Stamp;

/// One step from a version of the schema to the next.
struct Migration {
    version: i64,
    name: &'static str,
    /// What both databases are told.
    common: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    name: "desk",
    common: include_str!("../../migrations/0001_desk.sql"),
    sqlite: include_str!("../../migrations/0001_desk.sqlite.sql"),
    postgres: include_str!("../../migrations/0001_desk.postgres.sql"),
}];

const MIGRATION_TABLE: &str =
    "CREATE TABLE migration (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, applied TEXT NOT NULL)";

/// Makes the schema, or brings an older one up to date, in one transaction.
pub(super) async fn migrate(database: &Database, opening: Opening, stamp: &Stamp) -> Result<()> {
    let location = || database.location.clone();
    let mut transaction = database.write().await?;
    let known = Statement::new(database.dialect.count_tables()).bind(&"migration".to_owned()).row(&mut transaction).await?;
    let any = known.map(|row| get::<i64>(&row, "n")).transpose()?.unwrap_or(0) > 0;
    match (opening, any) {
        (Opening::Create, true) => return Err(Error::Exists { location: location() }),
        (Opening::Open, false) => return Err(Error::NoDesk { location: location() }),
        (Opening::Create, false) => drop(Statement::new(MIGRATION_TABLE).run(&mut transaction).await?),
        (Opening::Open, true) => {}
    }
    let applied = Statement::new("SELECT version, digest FROM migration ORDER BY version").rows(&mut transaction).await?;
    for row in &applied {
        let version: i64 = get(row, "version")?;
        let Some(migration) = MIGRATIONS.iter().find(|migration| migration.version == version) else {
            return Err(Error::Newer { location: location(), found: version, known: MIGRATIONS.last().map_or(0, |last| last.version) });
        };
        if get::<String>(row, "digest")? != digest(migration, database.dialect) {
            return Err(Error::Location { location: location(), reason: format!("version {version} of its schema is not this program's") });
        }
    }
    for migration in MIGRATIONS.get(applied.len()..).unwrap_or_default() {
        sqlx::raw_sql(migration.common).execute(&mut *transaction).await?;
        sqlx::raw_sql(migration.of(database.dialect)).execute(&mut *transaction).await?;
        Statement::new("INSERT INTO migration (version, name, digest, applied) VALUES ($1, $2, $3, $4)")
            .bind(&migration.version)
            .bind(&migration.name.to_owned())
            .bind(&digest(migration, database.dialect))
            .bind(&stamp.when)
            .run(&mut transaction)
            .await?;
        audit::append(&mut transaction, stamp, audit::Action::Migrate, &migration.version.to_string(), migration.name).await?;
    }
    Ok(transaction.commit().await?)
}

impl Migration {
    fn of(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }
}

fn digest(migration: &Migration, dialect: Dialect) -> String {
    sha256(format!("{}\n{}", migration.common, migration.of(dialect)).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_count_from_one() {
        assert!(MIGRATIONS.iter().map(|migration| migration.version).eq(1..=MIGRATIONS.len() as i64));
    }
}
