#!/usr/bin/python3
"""build-aux/sanitized-run: what it makes of tests that fail, leak, do both, or whose helper does."""
import pathlib, subprocess, sys, tempfile

PROGRAM = r"""
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>

static int fast;

static void
act (const char *what)
{
  void *volatile memory = NULL;

  if (strcmp (what, "leak") == 0 || (fast && strcmp (what, "seem") == 0))
    memory = malloc (10);
  else if (strcmp (what, "use") == 0)
    {
      memory = malloc (10);
      free (memory);
      *(volatile char *) memory = 1;
    }
  else if (strcmp (what, "abort") == 0)
    abort ();
  memory = NULL;
}

int
main (int argc, char **argv)
{
  int status = 0;

  fast = strstr (getenv ("ASAN_OPTIONS"), "fast_unwind_on_malloc=1") != NULL;
  if (fork () == 0)
    {
      act (argv[1]);
      exit (0);
    }
  wait (&status);
  act (argv[2]);
  /* As a test does: a helper that does not end well is an error. Its own error it would not have a second time. */
  return status != 0 ? 1 : fast ? atoi (argv[3]) : 0;
}
"""
# What the helper does, what the test does, what the test returns; what comes of it.
CASES = [
    ("-", "-", "0", 0),
    ("-", "-", "3", 3),
    ("-", "leak", "0", 86),
    ("leak", "-", "0", 1),
    ("-", "seem", "0", 0),
    ("seem", "-", "0", 0),
    ("seem", "-", "3", 3),
    ("-", "seem", "3", 3),
    ("seem", "abort", "0", 134),
    ("use", "-", "0", 86),
    ("-", "use", "0", 86),
]
top = pathlib.Path(__file__).resolve().parent.parent
problems = []
with tempfile.TemporaryDirectory() as tmp:
    program = pathlib.Path(tmp) / "program"
    subprocess.run(["cc", "-g", "-fsanitize=address", "-x", "c", "-", "-o", program], input=PROGRAM, text=True, check=True)
    for *words, expected in CASES:
        result = subprocess.run([top / "build-aux/sanitized-run", program, *words], capture_output=True, text=True)
        if result.returncode != expected:
            problems.append(f"{words}: {result.returncode} instead of {expected}")
        if (result.returncode not in (0, 3, 134)) != ("Sanitizer" in result.stderr) and "seem" not in words:
            problems.append(f"{words}: shows {result.stderr!r}")
print("\n".join(problems) or "what fails under the sanitizers fails")
sys.exit(bool(problems))
