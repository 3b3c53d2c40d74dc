#include "import/memo-import-process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <glib/gi18n.h>
#include "base/memo-error.h"
#include "memo-config.h"

#define HELPERS 2
/* Processor time for one file: however busy the machine is, what is no article ends here. The helper sees to that itself. */
#ifdef __SANITIZE_ADDRESS__
#define SECONDS 30
#else
#define SECONDS 5
#endif
/* By the clock: for a helper that is stuck. */
#define TIME_LIMIT (60 * G_USEC_PER_SEC)
#define LARGEST_REPLY (G_GUINT64_CONSTANT (600) * 1024 * 1024)

typedef struct
{
  GSubprocess *process;
  int fd;
  gboolean busy;
} Helper;

static GMutex mutex;
static GCond freed;
static Helper helpers[HELPERS];
static guint holders;

static gboolean
is_there (const char *path)
{
  return path && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR);
}

char *
memo_import_process_find_helper (void)
{
  static const char *const places[] = { ".", "../import", "../src/import", "../../src/import", "src/import" };
  const char *named = g_getenv ("MEMO_IMPORT_HELPER");
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own ? g_path_get_dirname (own) : NULL;
  char *path;

  if (named && *named)
    return g_strdup (named);
  path = g_build_filename (MEMO_LIBEXECDIR, "memorandum-import-helper", NULL);
  if (folder && g_str_has_suffix (folder, "/bin") && is_there (path))
    return path;
  for (guint i = 0; folder && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *near = g_build_filename (folder, places[i], "memorandum-import-helper", NULL);
      if (is_there (near))
        {
          g_free (path);
          return g_steal_pointer (&near);
        }
    }
  if (is_there (path))
    return path;
  g_free (path);
  return NULL;
}

static void
stop (Helper *helper)
{
  if (helper->process)
    {
      close (helper->fd);
      g_subprocess_force_exit (helper->process);
      g_clear_object (&helper->process);
    }
}

static gboolean
start (Helper *helper, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *path = memo_import_process_find_helper ();
  g_autoptr (GError) cause = NULL;
  int ends[2];

  if (!path)
    {
      g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_FAILED,
                           _ ("The program that reads files (memorandum-import-helper) is not installed."));
      return FALSE;
    }
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
    {
      /* Translators: %s is the system's message. */
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_FAILED, _ ("Files cannot be read: %s"), g_strerror (errno));
      return FALSE;
    }
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_take_fd (launcher, ends[1], MEMO_IMPORT_FD);
  helper->process = g_subprocess_launcher_spawn (launcher, &cause, path, NULL);
  if (!helper->process)
    {
      close (ends[0]);
      g_set_error (error, MEMO_ERROR, MEMO_ERROR_FAILED, _ ("Files cannot be read: %s"), cause->message);
      return FALSE;
    }
  helper->fd = ends[0];
  fcntl (helper->fd, F_SETFL, O_NONBLOCK);
  return TRUE;
}

void
memo_import_process_hold (void)
{
  g_mutex_lock (&mutex);
  holders++;
  g_mutex_unlock (&mutex);
}

void
memo_import_process_release (void)
{
  g_mutex_lock (&mutex);
  if (--holders == 0)
    for (guint i = 0; i < HELPERS; i++)
      if (!helpers[i].busy)
        stop (&helpers[i]);
  g_mutex_unlock (&mutex);
}

static Helper *
take (void)
{
  Helper *helper = NULL;

  g_mutex_lock (&mutex);
  while (TRUE)
    {
      for (guint i = 0; i < HELPERS && !helper; i++)
        if (!helpers[i].busy)
          helper = &helpers[i];
      if (helper)
        break;
      g_cond_wait (&freed, &mutex);
    }
  helper->busy = TRUE;
  g_mutex_unlock (&mutex);
  return helper;
}

static void
give_back (Helper *helper)
{
  g_mutex_lock (&mutex);
  helper->busy = FALSE;
  if (holders == 0)
    stop (helper);
  g_cond_signal (&freed);
  g_mutex_unlock (&mutex);
}

typedef struct
{
  Helper *helper;
  gint64 deadline;
  GCancellable *cancellable;
  GPollFD cancel;
  gboolean cancel_polled;
} Talk;

/* FALSE with @error when it is over: cancelled or too late. */
static gboolean
wait_for (Talk *talk, short events, GError **error)
{
  while (TRUE)
    {
      struct pollfd fds[2] = { { talk->helper->fd, events, 0 }, { talk->cancel.fd, POLLIN, 0 } };
      gint64 left = (talk->deadline - g_get_monotonic_time ()) / 1000;
      int n;

      if (g_cancellable_set_error_if_cancelled (talk->cancellable, error))
        return FALSE;
      if (left <= 0)
        {
          g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_LIMIT, _ ("Reading the file took too long."));
          return FALSE;
        }
      n = poll (fds, talk->cancel_polled ? 2 : 1, MIN (left, 1000));
      if (n > 0 && fds[0].revents)
        return TRUE;
    }
}

static void
set_ended (GError **error)
{
  g_set_error_literal (error, MEMO_ERROR, MEMO_ERROR_FORMAT,
                       _ ("The file cannot be read: it is damaged, or needs more memory than is allowed."));
}

static gboolean
send_all (Talk *talk, const void *data, gsize length, GError **error)
{
  const char *at = data;

  while (length > 0)
    {
      gssize n = send (talk->helper->fd, at, MIN (length, 1 << 20), MSG_NOSIGNAL);

      if (n > 0)
        {
          at += n;
          length -= n;
        }
      else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        {
          if (!wait_for (talk, POLLOUT, error))
            return FALSE;
        }
      else if (n < 0 && errno != EINTR)
        {
          set_ended (error);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
receive_all (Talk *talk, void *data, gsize length, GError **error)
{
  char *at = data;

  while (length > 0)
    {
      gssize n = recv (talk->helper->fd, at, length, 0);

      if (n > 0)
        {
          at += n;
          length -= n;
        }
      else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        {
          if (!wait_for (talk, POLLIN, error))
            return FALSE;
        }
      else if (n == 0 || errno != EINTR)
        {
          set_ended (error);
          return FALSE;
        }
    }
  return TRUE;
}

static char *
request_of (const char *name, const MemoImportOptions *options)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  if (name)
    {
      g_autofree char *valid = g_utf8_make_valid (name, -1);
      json_object_set_string_member (object, "name", valid);
    }
  if (options && options->language)
    json_object_set_string_member (object, "language", options->language);
  if (options && options->kind)
    json_object_set_string_member (object, "kind", options->kind);
  if (options && options->format)
    json_object_set_string_member (object, "format", options->format);
  json_object_set_int_member (object, "seconds", SECONDS);
  json_node_take_object (node, object);
  return json_to_string (node, FALSE);
}

/* The helper's reply; memory for it grows with what comes, not with what is announced. */
static char *
receive_body (Talk *talk, gsize length, GError **error)
{
  char *body = g_try_malloc (length + 1);

  if (!body)
    {
      set_ended (error);
      return NULL;
    }
  if (!receive_all (talk, body, length, error))
    {
      g_free (body);
      return NULL;
    }
  body[length] = '\0';
  return body;
}

static JsonObject *
converse (Talk *talk,
          GBytes *bytes,
          const char *name,
          const MemoImportOptions *options,
          gboolean *ret_alive,
          GError **error)
{
  g_autofree char *request = request_of (name, options);
  g_autofree char *body = NULL;
  g_autoptr (JsonParser) parser = NULL;
  MemoImportHeader header = { MEMO_IMPORT_MAGIC, strlen (request), g_bytes_get_size (bytes) };
  JsonNode *root;

  *ret_alive = FALSE;
  if (!send_all (talk, &header, sizeof header, error) || !send_all (talk, request, header.name_length, error) ||
      !send_all (talk, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error) ||
      !receive_all (talk, &header, sizeof header, error))
    return NULL;
  if (header.magic != MEMO_IMPORT_MAGIC || header.length > LARGEST_REPLY)
    {
      set_ended (error);
      return NULL;
    }
  body = receive_body (talk, header.length, error);
  if (!body)
    return NULL;
  *ret_alive = TRUE;
  /* What comes from there is data to check, as the file itself is. */
  if (!g_utf8_validate (body, header.length, NULL))
    {
      set_ended (error);
      return NULL;
    }
  if (header.name_length > 0)
    {
      /* With this it took leave. */
      *ret_alive = header.name_length != 1 + MEMO_ERROR_LIMIT;
      g_set_error_literal (error, MEMO_ERROR, MIN (header.name_length - 1, MEMO_ERROR_LIMIT), body);
      return NULL;
    }
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, body, header.length, NULL) || !(root = json_parser_get_root (parser)) ||
      !JSON_NODE_HOLDS_OBJECT (root))
    {
      set_ended (error);
      return NULL;
    }
  return json_node_dup_object (root);
}

JsonObject *
memo_import_process_parse (GBytes *bytes,
                           const char *name,
                           const MemoImportOptions *options,
                           GCancellable *cancellable,
                           GError **error)
{
  Talk talk = { 0 };
  JsonObject *draft = NULL;
  gboolean alive = FALSE;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  talk.helper = take ();
  if (talk.helper->process || start (talk.helper, error))
    {
      talk.cancellable = cancellable;
      talk.cancel_polled = g_cancellable_make_pollfd (cancellable, &talk.cancel);
      talk.deadline = g_get_monotonic_time () + TIME_LIMIT;
      draft = converse (&talk, bytes, name, options, &alive, error);
      if (talk.cancel_polled)
        g_cancellable_release_fd (cancellable);
      /* After a large file it begins anew: what it freed is not given back to the system. */
      if (!alive || g_bytes_get_size (bytes) > 8 * 1024 * 1024)
        stop (talk.helper);
    }
  give_back (talk.helper);
  return draft;
}
