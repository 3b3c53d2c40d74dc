"""Rows 1 and 2: from the start of the process to the first painted frame with the library's records in it (rows of the list on
the screen), and to the one that knows the whole library, and the memory that is held then; beside the least that libadwaita can
show. Both run by turns on the same display; the medians are compared. The first run of each is not counted: the library is one that
was open before.

usage: bench-start.py EMPTY-WINDOW GENERATE-LIBRARY [RUNS]
"""
import json, os, shutil, signal, statistics, subprocess, sys, tempfile, threading, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "driver"))
import desktop

SIZES = ["1000", os.environ.get("MEMO_BENCH_SIZE", "S")]
START, MEMORY = 1.3, 60
LIMIT = 60


def memory_of(pid):
    """Megabytes: what is in memory, and what is there for this process alone."""
    found = {}
    with open(f"/proc/{pid}/smaps_rollup") as lines:
        for line in lines:
            words = line.split()
            if words[0] in ("Rss:", "Private_Clean:", "Private_Dirty:"):
                found[words[0][:-1]] = int(words[1]) / 1024
    return {"rss": found["Rss"], "private": found["Private_Clean"] + found["Private_Dirty"]}


def run(words, last):
    """Milliseconds from the start to each line of the program, until the last one; the processor's; memory a second later."""
    began = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    guard = threading.Timer(LIMIT, os.kill, (process.pid, signal.SIGKILL))
    guard.start()
    found = {}
    for line in process.stdout:
        what, _, at = line.rpartition(" ")
        found[what.strip()] = int(at) / 1000 - began * 1000
        if what.strip() == last:
            break
    if last in found:
        time.sleep(1)
        found.update(memory_of(process.pid))
    guard.cancel()
    # Popen's own terminate() might collect the process, and its times with it.
    os.kill(process.pid, signal.SIGTERM)
    process.stdout.close()
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    if last not in found:
        raise SystemExit(f"{words[0]} did not say “{last}” within {LIMIT} s, only {found}")
    found["processor"] = (usage.ru_utime + usage.ru_stime) * 1000
    return found


def row_of(number, what, size, unit, figure, floor, target=None, met=None, **more):
    row = {"row": number, "what": what, "size": size, "unit": unit, "figure": round(figure, 1), "floor": round(floor, 1),
           "ratio": round(figure / floor, 3), **more}
    if target:
        row.update(target=target, met=met)
    print(f"{number:3}  {what:64.64} {size:10} {figure:12.1f} {unit:3} {floor:12.1f} {figure / floor:9.2f}  {target or '':10} "
          f"{'' if met is None else 'met' if met else 'MISSED'}")
    return row


def measure(empty, generate, runs):
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "memorandum")
    os.makedirs(folder)
    rows = []
    for size in SIZES:
        path = subprocess.run([generate, "--size", size, "--seed", "1", "--cache", os.environ["MEMO_BENCH_CACHE"]],
                              check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        shutil.copy(path, os.path.join(folder, "library.memorandum"))
        floor, ours = [], []
        for i in range(runs + 1):
            both = run([empty], "first frame"), run([desktop.PROGRAM], "library")
            # The first of each warms the machine's memory.
            if i > 0:
                floor.append(both[0])
                ours.append(both[1])

        def median(samples, what):
            return statistics.median(s[what] for s in samples)

        base, frame, records = median(floor, "first frame"), median(ours, "first frame"), median(ours, "records")
        rows.append(row_of(1, "start to the first frame", size, "ms", frame, base, most=max(s["first frame"] for s in ours)))
        rows.append(row_of(1, "start to the first frame with records", size, "ms", records, base, f"≤ {START} ×",
                           records <= START * base, most=max(s["records"] for s in ours)))
        rows.append(row_of(1, "start to the whole library", size, "ms", median(ours, "library"), base,
                           most=max(s["library"] for s in ours)))
        rows.append(row_of(1, "processor until then and a second after", size, "ms", median(ours, "processor"),
                           median(floor, "processor")))
        for what, name in (("rss", "memory after that"), ("private", "memory after that, not shared")):
            figure, base = median(ours, what), median(floor, what)
            rows.append(row_of(2, name, size, "MB", figure, base, f"≤ {MEMORY} more", figure - base <= MEMORY))
    print(json.dumps({"bench": "start", "rows": rows, "load": os.getloadavg()[0]}, ensure_ascii=False))


if __name__ == "__main__":
    if "--inside" in sys.argv:
        measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        words = [*map(os.path.abspath, sys.argv[1:3]), sys.argv[3] if len(sys.argv) > 3 else "7", "--inside"]
        with tempfile.TemporaryDirectory() as home:
            sys.exit(desktop.on_own_desktop(os.path.abspath(__file__), words,
                                            {**desktop.environment_for("en", home), "MEMO_PRINT_FRAMES": "1"}))
