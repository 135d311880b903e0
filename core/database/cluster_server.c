/*
 * The embedded server's process.
 *
 * Who starts the server forks a keeper: a small detached process that executes `postgres` as its child, tells when it
 * is gone, and stops it when it has been idle.  The keeper lives as long as the server and no longer.
 */
#include "core/base/interrupt.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/database/cluster_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const int POLL_MS = 2;
static const int START_LIMIT_MS = 60000;
static const int STOP_LIMIT_MS = 60000;
static const long DEFAULT_IDLE_SECONDS = 600;

static int64_t milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void wait_a_little(void) {
  nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
}

/* ---- the lock ------------------------------------------------------------ */

static void close_lock(int *lock) {
  if (*lock >= 0)
    close(*lock);
}

/* One at a time makes, starts or stops the cluster. The lock ends with its file descriptor, also when we are killed. */
static bool take_lock(const struct cluster *cluster, int *lock, struct error *error) {
  if (!cluster_make_directory(cluster, cluster->directory, error))
    return false;
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/lock", cluster->directory);
  *lock = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (*lock < 0)
    return error_errno(error, ERROR_CANNOT_CREATE, "cannot open \"%s\"", path.data);
  struct cluster_owner owner;
  if (geteuid() == 0 && cluster_owner(cluster, &owner, error) && fchown(*lock, owner.uid, owner.gid) != 0)
    return error_errno(error, ERROR_CANNOT_CREATE, "cannot hand over \"%s\"", path.data);
  while (flock(*lock, LOCK_EX) != 0)
    if (errno != EINTR)
      return error_errno(error, ERROR_FAILED, "cannot lock \"%s\"", path.data);
    else if (!interrupt_check(error))
      return false;
  return true;
}

/* ---- processes ----------------------------------------------------------- */

/* Whether any process works in the data directory: a killed server's children live on for a moment. */
static bool any_process(const struct cluster *cluster) {
  DIR *processes = opendir("/proc");
  bool found = false;
  if (processes == NULL)
    return false;
  for (struct dirent *entry; !found && (entry = readdir(processes)) != NULL;) {
    pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
    found = pid > 1 && cluster_is_server(cluster, pid);
  }
  closedir(processes);
  return found;
}

/*
 * PostgreSQL believes a pid file, and the lock of its socket, whose number another program has now, or a killed server
 * that nobody has waited for yet; no process of ours is there, so both are stale.
 */
static void remove_stale_files(const struct cluster *cluster) {
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/postmaster.pid", cluster->data);
  unlink(path.data);
  text_clear(&path);
  text_add_format(&path, "%s/" CLUSTER_SOCKET ".lock", cluster->socket);
  unlink(path.data);
}

/* ---- the keeper ---------------------------------------------------------- */

/* What the keeper tells its starter through the pipe: the server's pid; then, when it ends, END_OF_SERVER. */
static const pid_t END_OF_SERVER = -1;

static void tell(int pipe_end, pid_t pid) {
  ssize_t ignored = write(pipe_end, &pid, sizeof pid);
  (void)ignored;
}

static void execute_server(const struct cluster *cluster) {
  AUTO_TEXT struct text program = {0};
  AUTO_TEXT struct text socket = {0};
  text_add_format(&program, "%s/postgres", cluster->bindir);
  text_add(&socket, "unix_socket_directories=\"");
  for (const char *at = cluster->socket; *at != '\0'; at++) {
    if (*at == '"')
      text_add_char(&socket, '"');
    text_add_char(&socket, *at);
  }
  text_add_char(&socket, '"');
  setenv("LC_ALL", "C.UTF-8", 1);
  execl(program.data, program.data, "-D", cluster->data, "-c", socket.data, (char *)NULL);
  _exit(127);
}

static long idle_seconds(void) {
  const char *given = getenv("RECTRACK_IDLE_SECONDS");
  char *end;
  if (given == NULL || *given == '\0')
    return DEFAULT_IDLE_SECONDS;
  long seconds = strtol(given, &end, 10);
  return *end == '\0' && seconds >= 0 ? seconds : DEFAULT_IDLE_SECONDS;
}

static time_t last_use(const struct cluster *cluster) {
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/used", cluster->directory);
  struct stat status;
  return stat(path.data, &status) == 0 ? status.st_mtime : 0;
}

/* Whether anybody but the one who asks is connected; yes when that can't be told. */
static bool has_clients(const struct cluster *cluster) {
  AUTO_TEXT struct text conninfo = {0};
  cluster_conninfo(cluster, &conninfo);
  PGconn *connection = PQconnectdb(conninfo.data);
  PGresult *result =
      PQexec(connection, "SELECT count(*) > 1 FROM pg_stat_activity WHERE backend_type = 'client backend'");
  bool clients = PQresultStatus(result) != PGRES_TUPLES_OK || *PQgetvalue(result, 0, 0) == 't';
  PQclear(result);
  PQfinish(connection);
  return clients;
}

/* Waits for the server's end; stops it when it was idle. A smart shutdown lets who came in the last moment finish. */
static void keep(const struct cluster *cluster, pid_t server) {
  long idle = idle_seconds();
  int handle = (int)syscall(SYS_pidfd_open, server, 0);
  /* Without a handle (before Linux 5.3, and under valgrind) the server's end is looked for each second. */
  int wait_ms = handle < 0 ? 1000 : idle == 0 ? -1 : (int)(idle > 40 ? idle * 1000 / 4 : 1000);
  for (;;) {
    struct pollfd poll_for = {.fd = handle, .events = POLLIN};
    int ready = poll(&poll_for, 1, wait_ms);
    if (waitpid(server, NULL, WNOHANG) == server)
      break;
    if (ready == 0 && idle > 0 && time(NULL) - last_use(cluster) >= idle && !has_clients(cluster))
      kill(server, SIGTERM);
  }
}

/* Takes away the folder of the socket, empty now, where nobody is about to start the next server. */
static void remove_socket_folder(const struct cluster *cluster) {
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/lock", cluster->directory);
  int lock = open(path.data, O_RDWR | O_CLOEXEC);
  if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
    rmdir(cluster->socket);
  close_lock(&lock);
}

/* Until the pid file tells of the server, or it is gone: only then may others look for it. */
static void wait_until_told_of(const struct cluster *cluster, pid_t server) {
  siginfo_t gone = {0};
  while (cluster_state(cluster, NULL) != CLUSTER_RUNNING &&
         waitid(P_PID, (id_t)server, &gone, WEXITED | WNOHANG | WNOWAIT) == 0 && gone.si_pid != server)
    wait_a_little();
}

/* Becomes the keeper: nothing of the command is left in it but the pipe, and for a while the lock, which outlives a
 * starter that is killed. Doesn't return. */
static void run_keeper(const struct cluster *cluster, const struct cluster_owner *owner, int pipe_end, int lock) {
  enum { PIPE = STDERR_FILENO + 1, LOCK, OTHERS };
  setsid();
  if (fork() != 0)
    _exit(0);
  prctl(PR_SET_NAME, "rectrack-keeper");
  AUTO_TEXT struct text log = {0};
  text_add_format(&log, "%s/log", cluster->directory);
  bool ready = cluster_become(owner);
  int null = open("/dev/null", O_RDONLY);
  int out = open(log.data, O_WRONLY | O_CREAT | O_APPEND, 0600);
  /* First out of the way: one of them may have the number that another is to get. */
  pipe_end = fcntl(pipe_end, F_DUPFD_CLOEXEC, OTHERS);
  lock = fcntl(lock, F_DUPFD_CLOEXEC, OTHERS);
  ready = ready && null >= 0 && out >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
          dup2(out, STDERR_FILENO) >= 0 && dup3(pipe_end, PIPE, O_CLOEXEC) >= 0 && dup3(lock, LOCK, O_CLOEXEC) >= 0;
  close_range(OTHERS, ~0u, 0);
  for (int number = 1; number < NSIG; number++)
    signal(number, SIG_DFL);
  if (!ready || chdir("/") != 0)
    _exit(1);
  umask(077);
  pid_t server = fork();
  if (server == 0)
    execute_server(cluster);
  signal(SIGPIPE, SIG_IGN); /* the starter may have gone */
  tell(PIPE, server);
  wait_until_told_of(cluster, server);
  close(LOCK);
  keep(cluster, server);
  remove_socket_folder(cluster);
  tell(PIPE, END_OF_SERVER);
  _exit(0);
}

/* ---- starting ------------------------------------------------------------ */

/* What the server wrote last: the reason when it doesn't come up. */
static void add_end_of_log(const struct cluster *cluster, struct text *out) {
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/log", cluster->directory);
  FILE *file = fopen(path.data, "re");
  if (file == NULL)
    return;
  char line[512], last[512] = "";
  while (fgets(line, sizeof line, file) != NULL)
    if (strstr(line, "FATAL") != NULL || strstr(line, "HINT") != NULL || last[0] == '\0')
      memcpy(last, line, sizeof last);
  fclose(file);
  last[strcspn(last, "\n")] = '\0';
  text_add(out, last);
}

static bool failed_to_start(const struct cluster *cluster, struct error *error) {
  AUTO_TEXT struct text log = {0};
  add_end_of_log(cluster, &log);
  error_set(error, ERROR_FAILED, "the embedded server didn't start: %s", text_string(&log));
  return error_remedy(error, "Its log is \"%s/log\". RECTRACK_DATA can name another folder.", cluster->directory);
}

static bool accepts(const struct cluster *cluster) {
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/" CLUSTER_SOCKET, cluster->socket);
  if (access(path.data, F_OK) != 0)
    return false;
  AUTO_TEXT struct text conninfo = {0};
  cluster_conninfo(cluster, &conninfo);
  return PQping(conninfo.data) == PQPING_OK;
}

/* Waits until a server accepts connections. `pipe_end` tells of the end of the one that was launched. */
static bool wait_until_ready(const struct cluster *cluster, int pipe_end, struct error *error) {
  for (int64_t end = milliseconds() + START_LIMIT_MS; !accepts(cluster);) {
    struct pollfd poll_for = {.fd = pipe_end, .events = POLLIN};
    pid_t told = 0;
    if (poll(&poll_for, 1, POLL_MS) > 0 && (read(pipe_end, &told, sizeof told) <= 0 || told == END_OF_SERVER))
      pipe_end = -1; /* one that was begun by hand may have been quicker: then that one is waited for */
    if (!interrupt_check(error))
      return false;
    if (milliseconds() > end || (pipe_end < 0 && cluster_state(cluster, NULL) != CLUSTER_RUNNING))
      return failed_to_start(cluster, error);
  }
  return true;
}

static bool launch(struct cluster *cluster, int lock, struct error *error) {
  struct cluster_owner owner;
  int ends[2];
  if (!cluster_owner(cluster, &owner, error) || !cluster_make_directory(cluster, cluster->socket, error))
    return false;
  if (pipe2(ends, O_CLOEXEC) != 0)
    return error_errno(error, ERROR_FAILED, "cannot start the embedded server");
  pid_t first = fork();
  if (first == 0)
    run_keeper(cluster, &owner, ends[1], lock);
  close(ends[1]);
  if (first < 0) {
    close(ends[0]);
    return error_errno(error, ERROR_FAILED, "cannot start the embedded server");
  }
  while (waitpid(first, NULL, 0) < 0 && errno == EINTR)
    ;
  bool ready = wait_until_ready(cluster, ends[0], error);
  close(ends[0]);
  return ready;
}

/* The file whose age tells when the cluster was used last; the owner's, so that the keeper can read it. */
static bool make_used_file(const struct cluster *cluster, struct error *error) {
  struct cluster_owner owner;
  AUTO_TEXT struct text path = {0};
  text_add_format(&path, "%s/used", cluster->directory);
  int file = open(path.data, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 || !cluster_owner(cluster, &owner, error))
    return file >= 0 || error_errno(error, ERROR_CANNOT_CREATE, "cannot make \"%s\"", path.data);
  if (geteuid() == 0 && fchown(file, owner.uid, owner.gid) != 0)
    error_errno(error, ERROR_CANNOT_CREATE, "cannot hand over \"%s\"", path.data);
  close(file);
  cluster_touch(cluster);
  return true;
}

/* A server that is there may be starting, ready, or going: wait for the one or the other. */
static bool join_running(const struct cluster *cluster, bool *joined, struct error *error) {
  for (int64_t end = milliseconds() + START_LIMIT_MS; milliseconds() < end; wait_a_little()) {
    *joined = accepts(cluster);
    if (*joined || cluster_state(cluster, NULL) != CLUSTER_RUNNING)
      return true;
    if (!interrupt_check(error))
      return false;
  }
  error_set(error, ERROR_BUSY, "the embedded server in \"%s\" neither answers nor ends", cluster->directory);
  return error_remedy(error, "Its log is \"%s/log\"; stop it with \"rectrack db stop\".", cluster->directory);
}

static bool doesnt_end(const struct cluster *cluster, struct error *error) {
  error_set(error, ERROR_BUSY, "the embedded server in \"%s\" doesn't end", cluster->directory);
  return error_remedy(error, "Somebody may still be connected (\"rectrack db psql\"); end that and try again.");
}

/* Until no process is in the data directory any more. A server that was begun by hand, past the lock, may just be
 * coming up there: that one is joined. */
static bool wait_until_free(const struct cluster *cluster, bool *joined, struct error *error) {
  for (int64_t end = milliseconds() + STOP_LIMIT_MS; any_process(cluster); wait_a_little()) {
    if (!interrupt_check(error) ||
        (cluster_state(cluster, NULL) == CLUSTER_RUNNING && !join_running(cluster, joined, error)))
      return false;
    if (*joined)
      return true;
    if (milliseconds() > end)
      return doesnt_end(cluster, error);
  }
  return true;
}

bool cluster_start(struct cluster *cluster, bool *created, struct error *error) {
  __attribute__((cleanup(close_lock))) int lock = -1;
  bool joined = false;
  *created = false;
  if (cluster_state(cluster, NULL) != CLUSTER_RUNNING && !cluster_check_way(cluster, error))
    return false;
  if (!take_lock(cluster, &lock, error) || !make_used_file(cluster, error) || !join_running(cluster, &joined, error))
    return false;
  if (joined)
    return true;
  if (!cluster_find_programs(cluster, error))
    return false;
  if (cluster_state(cluster, NULL) == CLUSTER_ABSENT) {
    if (!cluster_create(cluster, error))
      return false;
    *created = true;
  }
  if (!wait_until_free(cluster, &joined, error))
    return false;
  if (joined)
    return true;
  remove_stale_files(cluster);
  return launch(cluster, lock, error);
}

/* ---- stopping ------------------------------------------------------------ */

/* Also when the command was interrupted. */
static bool wait_until_gone(const struct cluster *cluster, struct error *error) {
  for (int64_t end = milliseconds() + STOP_LIMIT_MS; any_process(cluster); wait_a_little())
    if (milliseconds() > end)
      return doesnt_end(cluster, error);
  return true;
}

bool cluster_stop(struct cluster *cluster, struct error *error) {
  __attribute__((cleanup(close_lock))) int lock = -1;
  pid_t server;
  if (cluster_state(cluster, NULL) == CLUSTER_ABSENT)
    return true;
  if (!take_lock(cluster, &lock, error))
    return false;
  if (cluster_state(cluster, &server) != CLUSTER_RUNNING)
    return true;
  if (kill(server, SIGINT) != 0 && errno != ESRCH) {
    error_errno(error, ERROR_NOT_PERMITTED, "cannot stop the embedded server");
    return error_remedy(error, "It belongs to the user \"%s\".", cluster->user);
  }
  if (!wait_until_gone(cluster, error))
    return false;
  rmdir(cluster->socket); /* empty now, and made again at the next start; where others use it, it stays */
  return true;
}
