#!/usr/bin/python3
"""Catalogues: POTFILES names every file with words; msgfmt accepts each catalogue; nothing untranslated, nothing fuzzy."""
import pathlib, re, subprocess, sys, tempfile

top = pathlib.Path(__file__).resolve().parent.parent
problems = []
listed = [l.strip() for l in (top / "po/POTFILES.in").read_text().splitlines() if l.strip() and not l.startswith("#")]
for name in listed:
    if not (top / name).exists():
        problems.append(f"POTFILES.in names {name}, which is not there")
for path in sorted([*top.glob("src/**/*.c"), *top.glob("src/**/*.ui"), *top.glob("data/*.desktop.in"), *top.glob("data/*.metainfo.xml.in")]):
    text = path.read_text(encoding="utf-8")
    words = re.search(r'\b(_|N_|C_|NC_|ngettext|g_dngettext)\s*\(\s*"', text) if path.suffix == ".c" else \
        re.search(r'translatable="(yes|true)"|<(summary|description)>|^(_?Name|Comment)=', text, re.M)
    name = str(path.relative_to(top))
    if words and name not in listed:
        problems.append(f"POTFILES.in lacks {name}")

with tempfile.TemporaryDirectory() as tmp:
    pot = pathlib.Path(tmp) / "memorandum.pot"
    subprocess.run(["xgettext", "--from-code=UTF-8", "--add-comments=Translators", "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2",
                    "--keyword=NC_:1c,2", "--keyword=ngettext:1,2", "-o", str(pot), "-f", "po/POTFILES.in"],
                   cwd=top, check=True, env={"PATH": "/usr/bin:/bin", "GETTEXTDATADIR": "/usr/share/gettext",
                                             "XDG_DATA_DIRS": "/usr/share"}, stderr=subprocess.DEVNULL)
    for language in (top / "po/LINGUAS").read_text().split():
        po = top / "po" / f"{language}.po"
        checked = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(po)], capture_output=True, text=True)
        if checked.returncode:
            problems.append(checked.stderr)
        merged = pathlib.Path(tmp) / f"{language}.po"
        subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", str(merged), str(po), str(pot)], check=True)
        for what in ("--untranslated", "--only-fuzzy"):
            out = subprocess.run(["msgattrib", what, "--no-obsolete", str(merged)], capture_output=True, text=True).stdout
            bad = [m for m in re.findall(r'^msgid (.+(?:\n".*")*)', out, re.M) if m != '""']
            if bad:
                problems.append(f"{language}: {len(bad)} {what[2:]}: " + "; ".join(bad[:5]))
print("\n".join(problems) or "catalogues are complete")
sys.exit(bool(problems))
