/*
 * A connection to PostgreSQL: parameters, results, transactions with retry, COPY in and out.
 *
 * Thin on purpose: statements come from the catalogue of embedded SQL (core/administration/schema.h: sql_… arrays),
 * values are always parameters in text form, and every server error becomes one `struct error` with a remedy (never a
 * raw message alone): 23xxx ERROR_FAILED, 42501 ERROR_NOT_PERMITTED, 55P03 ERROR_BUSY, 57014 ERROR_INTERRUPTED (after
 * Ctrl-C), 08xxx, 57P0x and a lost socket ERROR_UNREACHABLE, 53100 (disk full) ERROR_CANNOT_WRITE, …
 */
#ifndef RECTRACK_CORE_DATABASE_DB_H
#define RECTRACK_CORE_DATABASE_DB_H

#include "core/base/date.h"
#include "core/base/error.h"
#include "core/database/db_connect.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

/* Opens a connection (core/database/db_connect.h says what is set). ERROR_UNREACHABLE with a remedy;
 * ERROR_NOT_PERMITTED when authentication fails; ERROR_CONFIG for a faulty conninfo. A connection that is lost between
 * statements is made anew; inside a transaction its loss is ERROR_UNREACHABLE. */
bool db_open(struct db **db, const char *conninfo, enum db_server server, struct error *error) __attribute__((nonnull));
/* Whether the server is a standby, which only reads. */
bool db_is_standby(const struct db *db) __attribute__((nonnull));
void db_close(struct db **db);
#define AUTO_DB __attribute__((cleanup(db_close)))

/* Who is told, in a sentence without a full stop, when something is tried again. NULL: nobody. */
typedef void db_talk(void *context, const char *message);
void db_on_retry(struct db *db, db_talk *talk, void *context) __attribute__((nonnull(1)));

/* Whether it is the embedded database, which rectrack makes and upgrades by itself. */
void db_mark_embedded(struct db *db) __attribute__((nonnull));
bool db_is_embedded(const struct db *db) __attribute__((nonnull));

PGconn *db_connection(struct db *db) __attribute__((nonnull));
const char *db_sqlstate(const struct db *db) __attribute__((nonnull)); /* of the last failure, "" when none */
/* True when the last failure was a row whose like is there already, by the unique constraint of that name (23505). */
bool db_is_duplicate(const struct db *db, const char *constraint) __attribute__((nonnull));

/* Parameters of one statement, in order. Text is kept by reference until the statement has run. */
#define DB_PARAMS_MAX 40
struct db_params {
  int count;
  const char *values[DB_PARAMS_MAX];
  char numbers[DB_PARAMS_MAX][32];
};
void db_param_text(struct db_params *params, const char *value); /* NULL is NULL */
void db_param_int(struct db_params *params, int64_t value);
void db_param_bool(struct db_params *params, bool value);
void db_param_day(struct db_params *params, day value);       /* DAY_NONE is NULL */
void db_param_moment(struct db_params *params, moment value); /* MOMENT_NONE is NULL */
void db_param_null(struct db_params *params);

/* Results; all fields in text form. */
#define AUTO_RESULT __attribute__((cleanup(db_result_free)))
void db_result_free(PGresult **result);
int db_rows(const PGresult *result);
const char *db_text(const PGresult *result, int row, int column); /* NULL when NULL; owned by the result */
int64_t db_int(const PGresult *result, int row, int column);      /* 0 when NULL */
bool db_bool(const PGresult *result, int row, int column);
day db_day(const PGresult *result, int row, int column);       /* DAY_NONE when NULL */
moment db_moment(const PGresult *result, int row, int column); /* of a timestamptz; MOMENT_NONE when NULL */

/* Runs one statement; params may be NULL. *result may be NULL when the rows aren't wanted; the caller frees it. */
bool db_query(struct db *db, const char *sql, const struct db_params *params, PGresult **result, struct error *error)
    __attribute__((nonnull(1, 2, 5)));
/* As db_query for a statement whose one parameter is a ledger position: it gives what was known there. */
bool db_query_at(struct db *db, const char *sql, int32_t position, PGresult **result, struct error *error)
    __attribute__((nonnull));
/* As db_query for a statement without rows; *affected (may be NULL) is the number of rows it touched. */
bool db_run(struct db *db, const char *sql, const struct db_params *params, int64_t *affected, struct error *error)
    __attribute__((nonnull(1, 2, 5)));
/* Runs several statements separated by semicolons, without parameters (migrations). */
bool db_script(struct db *db, const char *sql, struct error *error) __attribute__((nonnull));
/* The same on the way out: also after an interrupt. */
bool db_tidy(struct db *db, const char *sql, struct error *error) __attribute__((nonnull));

enum db_mode { DB_WRITE, DB_READ_SNAPSHOT /* REPEATABLE READ READ ONLY */ };
bool db_begin(struct db *db, enum db_mode mode, struct error *error) __attribute__((nonnull));
bool db_commit(struct db *db, struct error *error) __attribute__((nonnull));
void db_rollback(struct db *db) __attribute__((nonnull)); /* harmless outside a transaction; keeps errno and errors */

/*
 * Runs `work` inside a transaction and commits; on 40001 and 40P01 rolls back and tries again, five times at most, with
 * a short random pause.  On any other error rolls back.
 */
typedef bool db_work(struct db *db, void *context, struct error *error);
bool db_transaction(struct db *db, enum db_mode mode, db_work *work, void *context, struct error *error)
    __attribute__((nonnull(1, 3, 5)));

/* True when the last failure was a conflict with another transaction (40001, 40P01), so that trying again may help. */
bool db_is_conflict(const struct db *db) __attribute__((nonnull));
/*
 * For a loop of its own around a transaction that has failed as the `try`th (from 1) and was rolled back: true, after a
 * short random pause, when it failed by a conflict and may be tried again.  After the last try `error` says how often.
 */
bool db_try_again(struct db *db, int try, struct error *error) __attribute__((nonnull));

/* A statement with its parameters (NULL: none). */
struct db_statement {
  const char *sql;
  const struct db_params *params;
};

/*
 * Runs the statements as one transaction in one round trip (libpq's pipeline mode).  *last is the result of the last
 * one that returned rows; the caller frees it.  On error nothing is done.
 */
bool db_pipeline(struct db *db, const struct db_statement *statements, size_t count, PGresult **last,
                 struct error *error) __attribute__((nonnull));

/* What will probably follow questions. */
struct db_ahead {
  const char *const *statements;    /* of db_pipeline, ended by NULL; kept by reference until then */
  void (*meanwhile)(void *context); /* runs while the server looks for the answers */
  void *context;
};
/*
 * For questions after which db_pipeline will probably follow: asks them in one round trip, in a transaction that stays
 * open for it.  While the answers travel and the caller makes up its mind, the server prepares the statements of
 * `ahead`, which db_pipeline knows again by their words.  answers[i] is that of the ith question; the caller frees
 * them, also after an error.  Any other statement in between ends the transaction first, with nothing done.
 */
bool db_ask_ahead(struct db *db, const struct db_statement *questions, size_t count, const struct db_ahead *ahead,
                  PGresult **answers, struct error *error) __attribute__((nonnull));

/*
 * Leaves work behind for the server: `settings`, then a statement, on a connection of its own whose end nobody waits
 * for.  For what may fail without anybody being told, and isn't ours to undo.
 */
void db_leave_behind(struct db *db, const char *settings, const char *sql) __attribute__((nonnull));

/* COPY … FROM STDIN: begin, put any number of times, end. abort (or a failed put/end) leaves the transaction failed. */
bool db_copy_in_begin(struct db *db, const char *sql, struct error *error) __attribute__((nonnull));
bool db_copy_in_put(struct db *db, const void *bytes, size_t length, struct error *error) __attribute__((nonnull));
bool db_copy_in_end(struct db *db, int64_t *rows, struct error *error) __attribute__((nonnull(1, 3)));
/*
 * For a sender that does something else while the server works: offers bytes without waiting.  *taken is false when the
 * server is still busy with those before; then nothing was taken.  With `wait` it waits until the server takes them.
 */
bool db_copy_in_offer(struct db *db, const void *bytes, size_t length, bool wait, bool *taken, struct error *error)
    __attribute__((nonnull));
void db_copy_in_abort(struct db *db, const char *reason) __attribute__((nonnull));

/* COPY … TO STDOUT of a statement with parameters is not possible in PostgreSQL; `sql` may only hold values from fixed
 * tables or numbers formatted by the caller. next gives one message (a row in text form; in binary form the header
 * comes before the first row and the trailer last); *bytes is NULL at the end; valid until the next call. */
bool db_copy_out_begin(struct db *db, const char *sql, struct error *error) __attribute__((nonnull));
bool db_copy_out_next(struct db *db, const char **bytes, size_t *length, struct error *error) __attribute__((nonnull));

#endif
