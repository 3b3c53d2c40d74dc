"""Trash and backups on the command line."""
import json, os, stat, sys, unittest

sys.path.insert(0, os.path.dirname(__file__))
from cli import Library


class Care(Library):
    def add(self, title):
        return self.cli("agreement", "add", "--title", title)["id"]


class Trash(Care):
    def ids(self):
        return [one["id"] for one in self.cli("trash")]

    def test_trash(self):
        one, two, three = (self.add(title) for title in ("One", "Two", "Three"))
        self.words("delete", one, two)
        self.assertEqual(self.ids(), [one, two])
        first = self.cli("trash", "list")[0]
        self.assertEqual((first["type"], first["title"], first["days_left"]), ("agreement", "One", 30))
        self.assertIn("Two", self.words("trash"))
        self.assertIn("30", self.words("trash"))
        self.words("trash", "restore", one)
        self.assertEqual([a["title"] for a in self.cli("agreements")], ["One", "Three"])
        self.assertIn("not in the trash", self.fails("trash", "restore", one))
        self.assertIn("not in the trash", self.fails("trash", "empty", two, three))
        self.assertEqual(self.ids(), [two])
        self.words("undo")
        self.assertEqual(set(self.ids()), {one, two})
        self.assertEqual(self.cli("trash", "empty", two), {"removed": 1})
        self.assertEqual(self.ids(), [one])
        self.assertEqual(self.cli("trash", "empty"), {"removed": 1})
        self.assertEqual(self.ids(), [])
        # What is gone for good is passed over.
        self.words("undo")
        self.assertEqual(self.ids(), [])
        self.assertEqual([a["title"] for a in self.cli("agreements")], ["Three"])
        self.assertEqual(self.cli("check"), {"problems": []})
        self.fails("trash", "restore", "nobody")
        self.fails("delete", "nobody")


class Backups(Care):
    def setUp(self):
        self.home = {"environment": {"XDG_DATA_HOME": os.path.join(self.folder.name, "data")}}

    def test_backups(self):
        self.assertEqual(self.cli("backups", **self.home), [])
        self.add("Before")
        backup = os.path.join(self.folder.name, "copy.memorandum")
        self.words("backup", backup)
        self.add("After")
        # What the window keeps: the same file under a name with a time, in the library's folder.
        self.words("restore", backup, **self.home)
        listed = self.cli("backups", **self.home)
        self.assertEqual([(one["reason"], one["agreements"]) for one in listed], [("restore", 2)])
        self.assertIn("before a restore", self.words("backups", **self.home))
        self.words("restore", listed[0]["name"], **self.home)
        self.assertEqual(len(self.cli("agreements")), 2)
        self.assertEqual(len(self.cli("backups", **self.home)), 2)
        self.assertIn("no backup “2020-01-01”", self.fails("restore", "2020-01-01", **self.home))
        self.assertIn("no backup “nothing.memorandum”", self.fails("restore", "nothing.memorandum", **self.home))

    def test_backup_replaces_nothing(self):
        text = self.write("kept.txt", "kept")
        pipe, link, folder = (os.path.join(self.folder.name, name) for name in ("pipe", "link", "folder"))
        os.mkfifo(pipe)
        os.symlink("nowhere", link)
        os.mkdir(folder)
        self.cli("note", "add", "--title", "Note", "--body", text)
        before = sorted(os.listdir(self.folder.name))
        for path in (text, pipe, link, folder):
            self.assertIn("“%s” is there already." % path, self.fails("backup", path))
        self.assertIn("the library itself", self.fails("backup", self.library))
        self.assertEqual(sorted(os.listdir(self.folder.name)), before)
        with open(text, encoding="utf-8") as file:
            self.assertEqual(file.read(), "kept")
        self.assertTrue(stat.S_ISFIFO(os.stat(pipe).st_mode))

    def test_damage(self):
        library = os.path.join(self.folder.name, "damaged.memorandum")
        for i in range(40):
            self.run_cli("--library", library, "agreement", "add", "--title", "Pact %d" % i)
        with open(library, "r+b") as file:
            file.seek(0, os.SEEK_END)
            end = file.tell()
            for at in range(end - 20 * 4096, end, 4096):
                file.seek(at)
                file.write(b"\xff" * 4096)
        done = self.run_cli("--library", library, "--json", "check", "--repair")
        self.assertEqual(done.returncode, 1, done.stderr)
        answer = json.loads(done.stdout)
        self.assertEqual(len(answer["problems"]), 1)
        saved = self.run_cli("--library", answer["saved"], "--json", "check")
        self.assertEqual(json.loads(saved.stdout), {"problems": []})
        self.assertGreater(answer["records"], 100)
        self.assertIn("damaged", self.run_cli("--library", library, "check").stderr)

    def test_place(self):
        synced = os.path.join(self.folder.name, "Dropbox")
        os.mkdir(synced)
        library = os.path.join(synced, "a.memorandum")
        for path in (self.library, library):
            self.run_cli("--library", path, "body", "add", "--name", "Commission")
        for words in (("check",), ("stats",)):
            self.assertEqual(self.run_cli(*words).stderr, "")
            self.assertIn("Dropbox", self.run_cli("--library", library, *words).stderr)
            self.assertEqual(self.run_cli("--library", library, "--json", *words).stderr, "")


if __name__ == "__main__":
    unittest.main()
