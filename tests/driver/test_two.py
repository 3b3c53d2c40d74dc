"""Two at once: what the command line writes is seen in the open window, the window's undo works after it, and a second start
raises the window that is there.
"""
import os, signal, subprocess, sys, tempfile, time, traceback

import desktop
from desktop import Missing

LIMIT = 90 * desktop.PATIENCE
SOON = 2 * desktop.PATIENCE  # s, with what it takes to look at the window; the poll alone takes half a second at most


def cli(library, *words):
    return subprocess.run([desktop.CLI, "--library", library, *words], check=True, text=True, stdout=subprocess.PIPE).stdout


def run(library, keep):
    cli(library, "agreement", "add", "--title", "The first agreement")
    w = desktop.Window("en", [library])
    keep.append(w)
    w.press("ctrl+2")
    w.see("label", "The first agreement")

    # Another process adds and edits.
    for title in ("Added from outside", "Added once more"):
        cli(library, "agreement", "add", "--title", title)
        began = time.monotonic()
        w.see("label", title, limit=SOON)
        print(f"“{title}” seen after {time.monotonic() - began:.2f} s", flush=True)

    # The newest action is the other process's: undone from here, and seen there.
    w.press("ctrl+z")
    w.gone("label", "Added once more")
    assert "Added once more" not in cli(library, "agreements")
    w.press("ctrl+shift+z")
    w.see("label", "Added once more")

    # A second start.
    window = w.xdotool("getactivewindow")
    w.xdotool("windowminimize", "--sync", window)
    again = subprocess.run([desktop.PROGRAM], timeout=desktop.STEP)
    assert again.returncode == 0, again.returncode
    w.wait(lambda: w.xdotool("getactivewindow") == window, "the first window in front")
    assert len([n for n in w.walk() if n.get_role_name() == "frame"]) == 1
    w.see("label", "The first agreement")
    w.quit()


def main():
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(Missing(f"more than {LIMIT} s")))
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    keep = []
    try:
        run(os.path.join(os.environ["HOME"], "test.memorandum"), keep)
        return 0
    except BaseException:
        signal.alarm(0)
        traceback.print_exc()
        for window in keep:
            print("picture:", window.picture("two"), file=sys.stderr)
        return 1
    finally:
        signal.alarm(0)
        for window in keep:
            window.close()


if __name__ == "__main__":
    if "--inside" in sys.argv:
        status = main()
        sys.stdout.flush()
        os._exit(status)
    with tempfile.TemporaryDirectory() as home:
        sys.exit(desktop.on_own_desktop(os.path.abspath(__file__), ["--inside"], desktop.environment_for("en", home)))
