"""From the start of the process to the first painted frame: the program on the sample library, beside the least that libadwaita
can show. Both run by turns on the same display; the medians are compared.

usage: bench-start.py EMPTY-WINDOW SAMPLE [RUNS]
"""
import json, os, shutil, statistics, subprocess, sys, tempfile, threading, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "driver"))
import desktop

GOAL = 1.5


def run(words, last):
    """Milliseconds from the start to each line of the program, until the last one, and those of the processor."""
    began = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    guard = threading.Timer(20, process.kill)
    guard.start()
    found = {}
    for line in process.stdout:
        what, _, at = line.rpartition(" ")
        found[what.strip()] = int(at) / 1000 - began * 1000
        if what.strip() == last:
            break
    guard.cancel()
    process.terminate()
    process.stdout.close()
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    if last not in found:
        raise SystemExit(f"{words[0]} did not say when it was painted")
    found["processor"] = (usage.ru_utime + usage.ru_stime) * 1000
    return found


def measure(empty, sample, runs):
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "memorandum")
    os.makedirs(folder)
    shutil.copy(sample, os.path.join(folder, "library.memorandum"))
    floor, ours = [], []
    for i in range(runs + 1):
        both = run([empty], "first frame"), run([desktop.PROGRAM], "records")
        # The first of each warms the machine's memory.
        if i > 0:
            floor.append(both[0])
            ours.append(both[1])
    rows = [("empty window, first frame", floor, "first frame"), ("Memorandum, first frame", ours, "first frame"),
            ("Memorandum, with the records", ours, "records"), ("empty window, processor", floor, "processor"),
            ("Memorandum, processor", ours, "processor")]
    medians = {}
    print(f"{'ms':30}{'median':>8}{'least':>8}{'most':>8}")
    for name, samples, what in rows:
        values = [s[what] for s in samples]
        medians[name] = statistics.median(values)
        print(f"{name:30}{medians[name]:8.0f}{min(values):8.0f}{max(values):8.0f}")
    ratio = medians["Memorandum, first frame"] / medians["empty window, first frame"]
    records = medians["Memorandum, with the records"] / medians["empty window, first frame"]
    print(f"first frame: {ratio:.2f} × an empty window (goal {GOAL}); with the records: {records:.2f} ×")
    print(json.dumps({"runs": runs, "milliseconds": {k: round(v, 1) for k, v in medians.items()}, "ratio": round(ratio, 3),
                      "ratio_records": round(records, 3), "goal": GOAL, "met": ratio <= GOAL}))


if __name__ == "__main__":
    if "--inside" in sys.argv:
        measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        words = [*map(os.path.abspath, sys.argv[1:3]), sys.argv[3] if len(sys.argv) > 3 else "7", "--inside"]
        with tempfile.TemporaryDirectory() as home:
            sys.exit(desktop.on_own_desktop(os.path.abspath(__file__), words,
                                            {**desktop.environment_for("en", home), "MEMO_PRINT_FRAMES": "1"}))
