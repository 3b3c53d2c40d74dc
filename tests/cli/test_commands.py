"""The contract of the command line: errors, undo, formats, languages."""
import csv, io, json, os, signal, subprocess, sys, time, unittest

sys.path.insert(0, os.path.dirname(__file__))
from cli import CLI, Library

PLAIN = """Analysis
The river treaty after ten years
by Ada Kaya
12 March 2024

The two ministries signed the protocol on 3 May 2014 in Ankara. It was the first of five agreements on water.

A second paragraph says that the agreements are still in force.
"""


class Commands(Library):
    def imported(self, text=PLAIN, name="river.txt"):
        return self.cli("import", self.write(name, text))["imported"][0]["id"]

    def test_annotate_and_offsets(self):
        article = self.imported()
        annotation = self.cli("annotate", article, "--quote", "first of five agreements", "--comment", "Five?", "--tag", "water",
                              "--sector", "Water", "--color", "green")
        text = self.cli("show", article)["text"]
        self.assertEqual(text[annotation["start"]:annotation["end"]], "first of five agreements")
        self.assertTrue(annotation["prefix"].endswith("It was the "))
        self.assertEqual((annotation["tags"], annotation["color"]), (["water"], "green"))

    def test_update_keeps_annotations(self):
        article = self.imported(name="update.txt")
        self.cli("annotate", article, "--quote", "first of five agreements")
        self.cli("annotate", article, "--quote", "A second paragraph says")
        changed = PLAIN.replace("A second paragraph says that the agreements are still in force.", "Nothing more is known.")
        changed = changed.replace("The two ministries", "After long talks the two ministries")
        result = self.cli("update", article, self.write("changed.txt", changed))
        self.assertEqual((result["anchored"] + result["moved"], result["orphaned"]), (1, 1))

    def test_unknown_values_of_a_filter(self):
        for option, values in (("status", ["Foo", ""]), ("kind", ["Foo"]), ("language", ["Foolish", "Tr kish"])):
            for value in values:
                self.assertIn(f"“{value}”", self.fails("agreements", "--" + option, value))
        pact = self.cli("agreement", "add", "--title", "Suspended pact", "--status", "suspended", "--kind", "protocol")["id"]
        for words in (["--status", "Suspended"], ["--status", "suspended", "--kind", "Protocol"]):
            self.assertIn(pact, {a["id"] for a in self.cli("agreements", *words)})
        self.cli("articles", "--language", "Turkish", "--language", "und", "--kind", "news")

    def test_evidence_of_nothing(self):
        self.assertIn("There is no record “zzz” in the library.", self.fails("evidence", "zzz"))

    def test_blank_title(self):
        for title in ("", "   ", "\t\u00a0"):
            self.fails("agreement", "add", "--title", title)

    def test_columns(self):
        self.cli("agreement", "add", "--title", "Column one", "--status", "in_force", "--signed", "2020-08-10")
        self.cli("agreement", "add", "--title", "Column two")
        lines = [l for l in self.words("--lang", "tr", "agreements").splitlines() if "Column" in l]
        self.assertEqual(len({l.index("Column") for l in lines}), 1, lines)
        lines = [l for l in self.words("--lang", "ru", "timeline").splitlines() if "Column" in l]
        self.assertEqual(len({l.index("Column") for l in lines}), 1, lines)

    def test_undo_redo_history(self):
        article = self.imported(name="undo.txt")
        self.cli("annotate", article, "--quote", "the two ministries".replace("the", "The"))
        self.cli("agreement", "add", "--title", "Water protocol", "--signed", "3 May 2014", "--party", "TR", "--sector", "Water")
        self.words("undo")
        self.assertNotIn("Water protocol", {a["title"] for a in self.cli("agreements")})
        self.words("redo")
        self.assertIn("Water protocol", {a["title"] for a in self.cli("agreements")})
        for _ in range(3):
            self.words("undo")
        self.assertNotIn(article, {a["id"] for a in self.cli("articles")})
        self.assertTrue(all(h["undone"] for h in self.cli("history")[:3]))
        for _ in range(3):
            self.words("redo")
        self.assertIn(article, {a["id"] for a in self.cli("articles")})
        self.fails("redo")

    def test_bad_values(self):
        before = len(self.cli("agreements"))
        self.assertIn("2025-02-30", self.fails("agreement", "add", "--title", "x", "--signed", "2025-02-30"))
        self.assertIn("Nonsense", self.fails("agreement", "add", "--title", "x", "--sector", "Nonsense"))
        self.assertIn("many", self.fails("agreement", "add", "--title", "x", "--declared", "many"))
        self.assertIn("liked", self.fails("agreement", "add", "--title", "x", "--status", "liked"))
        self.fails("agreement", "add", status=2)
        self.fails("nonsense", status=2)
        self.fails("show", "00000000-0000-0000-0000-000000000000")
        self.fails("agreements", "--sector", "Nonsense")
        self.fails("agreements", "--from", "someday")
        self.assertEqual(len(self.cli("agreements")), before)

    def test_one_bad_file_does_not_stop_the_rest(self):
        good = self.write("good.txt", PLAIN)
        done = self.run_cli("--json", "import", good, os.path.join(self.folder.name, "missing.html"), good)
        self.assertEqual(done.returncode, 1)
        answer = json.loads(done.stdout)
        self.assertEqual((len(answer["imported"]), len(answer["failed"])), (2, 1))
        self.assertIn("missing.html", answer["failed"][0]["file"])

    def test_not_a_library(self):
        for name, content in (("text.memorandum", "no library at all " * 100), ("empty-dir.memorandum", None)):
            path = os.path.join(self.folder.name, name)
            if content is None:
                os.mkdir(path)
            else:
                self.write(name, content)
            done = self.run_cli("--library", path, "articles")
            self.assertEqual(done.returncode, 1)
            self.assertIn("memorandum-cli: ", done.stderr)
        with open(os.path.join(self.folder.name, "text.memorandum")) as file:
            self.assertEqual(file.read(), "no library at all " * 100)

    def test_export_is_safe(self):
        self.cli("agreement", "add", "--title", "=HYPERLINK(\"x\")", "--signed", "1897-05-15?")
        rows = list(csv.DictReader(io.StringIO(self.words("export", "--format", "csv").lstrip("\ufeff"))))
        title = next(r for r in rows if "HYPERLINK" in "".join(v for v in r.values() if v))
        self.assertTrue(any(v.startswith("'=") for v in title.values() if v))
        self.assertIn("1897-05-15?", title.values())
        target = os.path.join(self.folder.name, "no", "such", "folder.md")
        self.fails("export", "--format", "markdown", "-o", target)
        self.assertFalse(os.path.exists(target))
        kept = self.write("kept.md", "kept")
        self.words("export", "--format", "markdown", "-o", kept)
        with open(kept, encoding="utf-8") as file:
            self.assertNotEqual(file.read(), "kept")

    def test_export_is_ended(self):
        """A signal while it is written: nothing stays behind, and what was there before does."""
        body = self.write("large.md", "word " * 1000000)
        library = os.path.join(self.folder.name, "large.memorandum")
        for i in range(6):
            self.words("--library", library, "note", "add", "--title", f"Note {i}", "--body", body)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            target = os.path.join(self.folder.name, f"ended-{number}")
            os.mkdir(target)
            with open(os.path.join(target, "kept.json"), "w") as file:
                file.write("kept")
            export = subprocess.Popen([CLI, "--library", library, "export", "--format", "json", "-o", os.path.join(target, "kept.json")],
                                      stderr=subprocess.PIPE, text=True, preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
            while export.poll() is None and len(os.listdir(target)) == 1:
                time.sleep(0.0005)
            export.send_signal(number)
            error = export.communicate(timeout=60)[1]
            self.assertEqual(export.returncode, 128 + number, error)
            self.assertTrue(error.startswith("memorandum-cli: "), error)
            self.assertEqual(os.listdir(target), ["kept.json"])
            with open(os.path.join(target, "kept.json")) as file:
                self.assertEqual(file.read(), "kept")

    def test_library_is_not_overwritten(self):
        article = self.imported(name="kept.txt")
        link = os.path.join(self.folder.name, "link.memorandum")
        os.symlink(self.library, link)
        for path in (self.library, link):
            self.fails("export", "--format", "csv", "-o", path)
            self.fails("backup", path)
            self.fails("restore", path)
        self.assertIn(article, {a["id"] for a in self.cli("articles")})

    def test_full_output(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([CLI, "--library", self.library, "--json", "stats"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr.startswith("memorandum-cli: "), done.stderr)

    def test_plain_locale(self):
        environment = {"LC_ALL": "C", "LANGUAGE": ""}
        done = self.cli("agreement", "add", "--title", "Su anlaşması", "--party", "Türkiye", environment=environment)
        self.assertEqual((done["title"], done["parties"][0]["code"]), ("Su anlaşması", "TR"))

    def test_written_dates_in_three_languages(self):
        for written, edtf in (("28 November 2025", "2025-11-28"), ("28 Kasım 2025", "2025-11-28"), ("28 ноября 2025 г.", "2025-11-28"),
                              ("Kasım 2025", "2025-11"), ("since 2019", "2019/.."), ("1984~", "1984~"), ("198X", "198X")):
            record = self.cli("agreement", "add", "--title", f"Dated {written}", "--signed", written)
            self.assertEqual(record["signed"], edtf, written)

    def test_parties_in_three_languages(self):
        record = self.cli("agreement", "add", "--title", "Parties", "--party", "Türkiye", "--party", "Венесуэла", "--party", "Rusya",
                          "--party", "A company of its own")
        self.assertEqual(sorted(p["code"] or "" for p in record["parties"]), ["", "RU", "TR", "VE"])

    def test_language_of_words(self):
        self.assertNotEqual(self.words("--lang", "ru", "--help"), self.words("--lang", "tr", "--help"))
        self.assertNotEqual(self.words("--lang", "ru", "sectors"), self.words("--lang", "en", "sectors"))
        self.assertNotEqual(self.words("--lang", "tr", "sectors"), self.words("--lang", "en", "sectors"))

    def test_notes(self):
        body = self.write("note.md", "# Head\n\nWords on соглашениями.\n")
        note = self.cli("note", "add", "--title", "A note", "--body", body)
        self.assertIn(note["id"], {n["id"] for n in self.cli("notes")})
        self.assertIn(note["id"], {h["id"] for h in self.cli("search", "соглашение")})
        self.cli("note", "add", "--title", "From standard input", "--body", "-", stdin="text")

    def test_backup_and_restore(self):
        backup = os.path.join(self.folder.name, "backup.memorandum")
        self.words("backup", backup)
        titles = {a["title"] for a in self.cli("agreements")}
        self.cli("agreement", "add", "--title", "After the backup")
        self.words("restore", backup)
        self.assertEqual({a["title"] for a in self.cli("agreements")}, titles)
        self.assertEqual(self.cli("check")["problems"], [])

    def test_read_only_place(self):
        folder = os.path.join(self.folder.name, "locked")
        os.mkdir(folder)
        os.chmod(folder, 0o555)
        said = self.fails("--library", os.path.join(folder, "x.memorandum"), "agreement", "add", "--title", "X", **self.bound())
        self.assertIn("locked", said)
        self.assertIn("cannot be written", said)
        self.assertEqual(os.listdir(folder), [])
        os.chmod(folder, 0o755)

    def test_missing_folder(self):
        path = os.path.join(self.folder.name, "no", "such", "x.memorandum")
        self.assertIn("No such file or directory", self.fails("--library", path, "agreement", "add", "--title", "X"))
        self.assertFalse(os.path.exists(os.path.dirname(path)))

    def test_unreadable_file_is_named_once(self):
        path = self.write("locked.txt", PLAIN)
        os.chmod(path, 0)
        library = os.path.join(self.folder.name, "open.memorandum")
        self.cli("--library", library, "note", "add", "--title", "X", "--body", self.write("x.txt", "X"))
        os.chmod(library, 0o666)
        said = self.fails("--library", library, "import", path, **self.bound())
        self.assertIn("The file cannot be read: Permission denied\n", said)
        os.chmod(path, 0o644)

    def test_title_is_one_line(self):
        title = "Oil\tand\n gas of one line"
        added = self.cli("agreement", "add", "--title", title)
        self.assertEqual(added["title"], "Oil and gas of one line")
        self.assertEqual(self.words("agreements", "--text", "line").count("Oil and gas of one line"), 1)
        self.assertEqual(self.cli("agreement", "edit", added["id"], "--title", "Gas\nand\toil")["title"], "Gas and oil")

    def test_edit_several(self):
        one, two, three = (self.cli("agreement", "add", "--title", t, "--party", "RU", "--party", "VE", "--sector", s, "--tag", "draft")["id"]
                           for t, s in (("Several one", "Health"), ("Several two", "Energy"), ("Several three", "Health")))
        before = [self.cli("show", i) for i in (one, two, three)]
        steps = len(self.cli("history"))
        edited = self.cli("agreement", "edit", one, two, one, three, "--status", "In force", "--add-party", "Türkiye", "--add-sector", "Education",
                          "--add-tag", "a", "--remove-party", "Россия", "--remove-sector", "health", "--remove-tag", "draft")
        self.assertEqual([a["id"] for a in edited], [one, two, three])
        self.assertEqual([[p["code"] for p in a["parties"]] for a in edited], [["VE", "TR"]] * 3)
        self.assertEqual([[s["name"] for s in a["sectors"]] for a in edited], [["Education"], ["Energy", "Education"], ["Education"]])
        self.assertEqual([(a["status"], a["tags"], a["title"]) for a in edited],
                         [("in_force", ["a"], t) for t in ("Several one", "Several two", "Several three")])
        history = self.cli("history")
        self.assertEqual((len(history), history[0]["name"]), (steps + 1, "Edit agreements"))
        # Nothing to change is no step; lines for people.
        lines = self.words("agreement", "edit", one, two, "--status", "in_force", "--add-tag", "a").splitlines()
        self.assertEqual(lines, [f"{one}  Several one", f"{two}  Several two", "0 agreements were changed"])
        self.assertEqual(len(self.cli("history")), steps + 1)
        self.words("undo")
        self.assertEqual([self.cli("show", i)["parties"] for i in (one, two, three)], [a["parties"] for a in before])
        self.assertEqual([self.cli("show", i)["status"] for i in (one, two, three)], [None] * 3)

    def test_edit_several_or_none(self):
        one, two = (self.cli("agreement", "add", "--title", t, "--tag", "x")["id"] for t in ("None one", "None two"))
        article = self.imported(name="several.txt")
        for wrong in ("zzz", article):
            self.assertIn(f"“{wrong}”", self.fails("agreement", "edit", one, two, wrong, "--status", "signed"))
        self.assertIn("“Atlantis”", self.fails("agreement", "edit", one, two, "--remove-party", "Atlantis", "--status", "signed"))
        for option in ("--title", "--summary", "--declared"):
            self.fails("agreement", "edit", one, two, option, "3", status=2)
        self.fails("agreement", "edit", status=2)
        self.assertIn("no field to change", self.fails("agreement", "edit", one, status=2))
        self.assertIn("no field to change", self.fails("agreement", "edit", one, two, status=2))
        self.assertEqual([self.cli("show", i)["status"] for i in (one, two)], [None, None])
        # One alone: an object, and what only one can have.
        edited = self.cli("agreement", "edit", one, "--title", "None 1", "--add-tag", "y")
        self.assertEqual((edited["title"], edited["tags"]), ("None 1", ["x", "y"]))

    def test_mistyped_library(self):
        path = os.path.join(self.folder.name, "typo.memorandum")
        for words in (("agreements",), ("articles",), ("search", "x"), ("stats",), ("check",), ("undo",), ("show", "x")):
            self.assertIn(f"There is no library “{path}”.", self.fails("--library", path, *words), words)
            self.assertFalse(os.path.exists(path), words)
        self.cli("--library", path, "agreement", "add", "--title", "X")
        self.assertEqual(len(self.cli("--library", path, "agreements")), 1)
        own = {"XDG_DATA_HOME": os.path.join(self.folder.name, "data")}
        done = subprocess.run([CLI, "agreements"], stderr=subprocess.PIPE, text=True, env={**os.environ, **own})
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_read_only_library_can_be_read(self):
        article = self.imported(name="read-only.txt")
        path = os.path.join(self.folder.name, "read-only.memorandum")
        self.words("backup", path)
        os.chmod(path, 0o444)
        with open(path, "rb") as file:
            before = file.read()
        self.assertIn(article, {a["id"] for a in self.cli("--library", path, "articles", **self.bound())})
        self.fails("--library", path, "undo", **self.bound())
        self.fails("--library", path, "agreement", "add", "--title", "Not kept", **self.bound())
        with open(path, "rb") as file:
            self.assertEqual(file.read(), before)


if __name__ == "__main__":
    unittest.main()
