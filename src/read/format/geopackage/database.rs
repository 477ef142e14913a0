//! An SQLite database in memory that nothing is written to and that runs nothing of its own.

use std::io::Read;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, MAIN_DB, Params, Row};

use super::super::super::{Progress, ReadError, limits};
use crate::diag::{Diagnostic, Reporter, Severity, refuse};

/// Steps of SQLite's machine between two looks at whether to go on.
const STEPS: i32 = 10_000;

/// How many times is looked before a database is given up: some eight times what the largest
/// layer takes. A hostile one can be a tree without end.
const LOOKS: usize = 10_000;

/// A database that is open for reading.
pub struct Database<'p> {
    connection: Connection,
    progress: &'p Progress,
}

impl<'p> Database<'p> {
    /// Opens the bytes of a database.
    pub fn open(
        bytes: &[u8],
        progress: &'p Progress,
        reporter: &mut Reporter,
    ) -> Result<Self, ReadError> {
        let (head, rest) = bytes.split_at(bytes.len().min(20));
        let mut head = head.to_vec();
        // Bytes 18 and 19 are 2 where changes are kept in a file beside the database
        // (write-ahead log), which there is not in memory: 1 is the plain form.
        let is_logged = head.get(18..20).is_some_and(|versions| versions.contains(&2));
        if is_logged {
            head[18..20].fill(1);
            let message = "The database has a write-ahead log, which is not read.";
            reporter
                .report(Diagnostic::new(Severity::Warning, "database-log", message).hint(
                    "If a file ending in -wal lies beside it, the newest changes are there.",
                ));
        }
        let opened = connect(head.chain(rest), bytes.len(), progress);
        opened
            .map(|connection| Self { connection, progress })
            .map_err(|error| fault(&error, progress))
    }

    /// Asks, and visits each row of the answer.
    pub fn each(
        &self,
        question: &str,
        values: impl Params,
        mut visit: impl FnMut(&Row<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let fault = |error| fault(&error, self.progress);
        let mut statement = self.connection.prepare(question).map_err(fault)?;
        let mut rows = statement.query(values).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            self.progress.go_on()?;
            visit(row)?;
        }
        Ok(())
    }

    /// The columns of a plain table, without generated ones; `None` if there is no such table,
    /// or it is a view or the work of a module of SQLite.
    pub fn columns(&self, table: &str) -> Result<Option<Vec<String>>, ReadError> {
        let mut is_plain = false;
        let question = "SELECT 1 FROM sqlite_schema \
            WHERE type = 'table' AND rootpage > 0 AND name = ?1 COLLATE NOCASE";
        self.each(question, [table], |_| {
            is_plain = true;
            Ok(())
        })?;
        if !is_plain {
            return Ok(None);
        }
        let mut columns = Vec::new();
        self.each(&format!("PRAGMA table_info({})", quoted(table)), [], |row| {
            columns.push(text(row, 1));
            Ok(())
        })?;
        Ok(Some(columns))
    }

    /// The number of rows of a table, up to one more than can be read.
    pub fn count(&self, table: &str) -> Result<usize, ReadError> {
        // Within a limit, rows are counted one by one: counting them all at once would be one
        // step, which cannot be cancelled.
        let most = limits::FEATURES + 1;
        let question =
            format!("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT {most})", quoted(table));
        let mut count = 0;
        self.each(&question, [], |row| {
            count = row.get_ref(0).ok().and_then(|value| value.as_i64().ok()).unwrap_or(0);
            Ok(())
        })?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// What the database is, if it is no GeoPackage.
    pub fn kind(&self) -> Result<&'static str, ReadError> {
        let mut kind = "an SQLite database";
        self.each("SELECT lower(name) FROM sqlite_schema LIMIT 1000", [], |row| {
            match text(row, 0).as_str() {
                "geometry_columns" => kind = "a SpatiaLite database",
                "tiles" => kind = "a set of map pictures (MBTiles)",
                _ => {}
            }
            Ok(())
        })?;
        Ok(kind)
    }
}

fn connect(bytes: impl Read, length: usize, progress: &Progress) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    // Nothing in a sound database is longer than all of it.
    let longest = i32::try_from(length.max(1_000_000)).unwrap_or(i32::MAX);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, longest)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.deserialize_read_exact(MAIN_DB, bytes, length, true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "query_only", true)?;
    let (progress, mut looks) = (progress.clone(), 0);
    let stops = move || {
        looks += 1;
        looks > LOOKS || progress.go_on().is_err()
    };
    connection.progress_handler(STEPS, Some(stops))?;
    Ok(connection)
}

/// A name within a question.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A value of a row as text; empty if it is none.
pub fn text(row: &Row<'_>, at: usize) -> String {
    let bytes = row.get_ref(at).ok().and_then(|value| value.as_bytes_or_null().ok().flatten());
    bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
}

fn fault(error: &rusqlite::Error, progress: &Progress) -> ReadError {
    if let Err(cancelled) = progress.go_on() {
        return cancelled.into();
    }
    if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
        let message = "The database takes too long to read: it seems to have no end.";
        return refuse("limit-exceeded", message, "Ask the publisher for a corrected file.").into();
    }
    let what: String = error.to_string().chars().take(200).collect();
    let message = format!("The database is damaged or locked: {what}.");
    refuse("database-broken", message, "Download it again.").into()
}
