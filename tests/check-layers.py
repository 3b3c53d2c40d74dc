#!/usr/bin/python3
"""The layer rule: which folder of src/ may include which; SQL only in store/, GTK only in ui/; no file above 1,200 lines."""
import pathlib, re, sys

ALLOWED = {
    "base": {"base"},
    "records": {"base", "records"},
    "store": {"base", "records", "store"},
    "model": {"base", "records", "store", "model"},
    "import": {"base", "records", "store", "model", "import"},
    "export": {"base", "records", "store", "model", "export"},
    "cli": {"base", "records", "store", "model", "import", "export", "cli"},
    "ui": {"base", "records", "store", "model", "import", "export", "ui"},
}
top = pathlib.Path(__file__).resolve().parent.parent / "src"
problems = []
for path in sorted(top.rglob("*.[ch]")):
    folder = path.relative_to(top).parts[0]
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    if lines > 1200:
        problems.append(f"{path}: {lines} lines")
    for include in re.findall(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', text, re.M):
        first = include.split("/")[0]
        if first in ALLOWED and first not in ALLOWED[folder]:
            problems.append(f"{path}: {folder}/ may not use {include}")
        if include == "sqlite3.h" and folder != "store":
            problems.append(f"{path}: sqlite3.h outside store/")
        if re.match(r"(gtk|gdk|adwaita|gsk)", include) and folder != "ui":
            problems.append(f"{path}: {include} outside ui/")
    if path.name != "memo-worker.c" and re.search(r"\bg_task_run_in_thread(_sync)? \(\w", text):
        problems.append(f"{path}: a worker thread without memo_worker_run()")
    if folder != "store" and re.search(r'"\s*(SELECT\s.+\sFROM|INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET)\s', text):
        problems.append(f"{path}: SQL outside store/")
print("\n".join(problems) or "every include keeps to the layers")
sys.exit(bool(problems))
