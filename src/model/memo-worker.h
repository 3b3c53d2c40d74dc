#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs @function in a worker thread. As g_task_run_in_thread(), but for two things: what @function returns is delivered when it
 * returns it, not when it ends; and the task, with its source object and data, is never freed in the worker, where a widget may
 * not end. */
void memo_worker_run (GTask *task, GTaskThreadFunc function);

G_END_DECLS
