"""Runs the programs of the benchmark and puts their figures side by side.

usage: report.py BUILD-FOLDER [--runs N] [--only NAME,NAME] [--json FILE]

With more than one run each figure, floor and ratio is the median of the runs.
"""
import argparse, json, os, re, statistics, subprocess, sys


def programs_of(build):
    """name -> command and environment, as the build knows them."""
    listed = json.loads(subprocess.run(["meson", "introspect", "--benchmarks", build], check=True, stdout=subprocess.PIPE).stdout)
    return {b["name"]: (b["cmd"], b["env"]) for b in listed if "bench" in b["suite"] or any(":bench" in s for s in b["suite"])}


def run(build, command, environment):
    """The object that ends the output; None when there is none."""
    done = subprocess.run(command, env={**os.environ, **environment}, cwd=build, stdout=subprocess.PIPE, text=True)
    start = ("\n" + done.stdout).rfind("\n{")
    if done.returncode != 0 or start < 0:
        print(f"{' '.join(command)}: ended with {done.returncode} and without figures", file=sys.stderr)
        return None
    return json.loads(done.stdout[start:])


def key_of(row):
    return row["row"], re.sub(r" \(clock [0-9.,]+, processor [0-9.,]+\)$", "", row["what"]), row["size"]


def limit_of(target):
    """What is compared, and with what: "≤ 2 ×", "≤ 60 more", "≤ 16"."""
    number, _, kind = target.removeprefix("≤ ").partition(" ")
    return {"×": "ratio", "more": "more"}.get(kind, "figure"), float(number)


def merge(rows):
    """One row from those of several runs."""
    merged = dict(rows[0])
    for name, value in rows[0].items():
        if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool) and name != "row"):
            merged[name] = statistics.median(r[name] for r in rows if name in r)
    if "target" in merged:
        what, limit = limit_of(merged["target"])
        value = merged["figure"] - merged["floor"] if what == "more" else merged[what]
        merged["met"] = value <= limit
    merged["what"] = key_of(merged)[1]
    if "clock" in merged:
        merged["what"] += f" (clock {merged['clock']:.1f}, processor {merged['processor']:.1f})"
    return merged


def number(value):
    return "" if value is None else f"{value:,.3f}" if value < 10 else f"{value:,.1f}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--only")
    parser.add_argument("--json")
    arguments = parser.parse_args()
    programs = programs_of(arguments.build)
    wanted = arguments.only.split(",") if arguments.only else sorted(programs)
    found, loads, failed = {}, [], False
    for _ in range(arguments.runs):
        for name in wanted:
            result = run(arguments.build, *programs[name])
            failed = failed or result is None
            loads.append(os.getloadavg()[0])
            for row in result.get("rows", []) if result else []:
                found.setdefault(key_of(row), []).append(row)
    rows = [merge(found[key]) for key in sorted(found, key=lambda key: key[0])]
    print(f"{'row':>3}  {'what':64} {'size':10} {'figure':>12}     {'floor':>12} {'ratio':>8}  target")
    for row in rows:
        print(f"{row['row']:3}  {row['what']:64.64} {row['size']:10} {number(row['figure']):>12} {row['unit']:3} "
              f"{number(row.get('floor')):>12} {number(row.get('ratio')):>8}  {row.get('target', ''):10} "
              f"{'' if 'met' not in row else 'met' if row['met'] else 'MISSED'}")
    print(f"runs: {arguments.runs}; load: {min(loads):.1f} to {max(loads):.1f}")
    report = json.dumps({"runs": arguments.runs, "load": loads, "rows": rows}, ensure_ascii=False)
    if arguments.json:
        with open(arguments.json, "w") as file:
            file.write(report + "\n")
    print(report)
    return failed


if __name__ == "__main__":
    sys.exit(main())
