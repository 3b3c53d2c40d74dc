"""Two libraries into one, duplicates, and walking through the history."""
import hashlib, os, shutil, sqlite3, sys, unittest

sys.path.insert(0, os.path.dirname(__file__))
from cli import Library


class Merge(Library):
    def setUp(self):
        type(self).library = self.place(self.id() + ".memorandum")

    def place(self, name):
        return os.path.join(self.folder.name, name)

    def digest(self, path):
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()

    def other(self, name):
        """A copy of the library, and the command line on it."""
        path = self.place(name)
        shutil.copy(self.library, path)
        return path

    def on(self, path, *arguments):
        mine, type(self).library = self.library, path
        try:
            return self.cli(*arguments)
        finally:
            type(self).library = mine

    def test_merge(self):
        pact = self.cli("agreement", "add", "--title", "Trade pact", "--party", "TR")["id"]
        path = self.other("other.memorandum")
        self.cli("agreement", "edit", pact, "--title", "Ours")
        self.on(path, "agreement", "edit", pact, "--title", "Theirs")
        note = self.on(path, "note", "add", "--title", "Note", "--body", self.write("body.md", "Text"))["id"]
        digest = self.digest(path)
        dry = self.cli("merge", path, "--dry-run")
        self.assertEqual((dry["dry_run"], dry["added"], dry["changed"]), (True, {"note": 1}, {"agreement": 1}))
        self.assertEqual(self.cli("show", pact)["title"], "Ours")
        done = self.cli("merge", path)
        self.assertEqual([(d["field"], d["kept"], d["set_aside"]) for d in done["decisions"]], [("title", "Theirs", "Ours")])
        shown = self.cli("show", pact)
        self.assertEqual(shown["title"], "Theirs")
        self.assertEqual([(e["field"], e["value"]) for e in shown["earlier"]], [("title", "Ours")])
        self.assertEqual(self.cli("show", note)["title"], "Note")
        self.words("earlier", "use", pact, str(shown["earlier"][0]["number"]))
        self.assertEqual(self.cli("show", pact)["title"], "Ours")
        self.words("undo")
        self.fails("earlier", "use", pact, "99")
        again = self.cli("merge", path)
        self.assertEqual((again["added"], again["changed"], again["decided"]), ({}, {}, 0))
        self.assertEqual(self.digest(path), digest)
        self.words("undo")
        self.assertEqual(self.cli("show", pact)["title"], "Ours")
        self.assertNotIn("earlier", self.cli("show", pact))
        self.fails("show", note)

    def test_names(self):
        package = self.cli("agreement", "add", "--title", "The package", "--kind", "package")["id"]
        pact = self.cli("agreement", "add", "--title", "Pact", "--party", "TR", "--sector", "Water")["id"]
        path = self.other("names.memorandum")
        self.cli("agreement", "edit", pact, "--party", "RU", "--sector", "Health", "--package", package)
        self.on(path, "agreement", "edit", pact, "--party", "VE", "--sector", "Energy")
        russia = self.cli("show", pact)["parties"][0]["id"]
        for words in (self.words("merge", path, "--dry-run"), self.words("merge", path)):
            lines = [l for l in words.splitlines() if "not “" in l]
            self.assertIn("“Venezuela, Russia”, not “Russia”", "".join(lines))
            self.assertNotRegex("".join(lines), "[0-9a-f]{8}-[0-9a-f]{4}-")
        earlier = {e["field"]: e for e in self.cli("show", pact)["earlier"]}
        self.assertEqual(earlier["parties"]["words"], "Russia")
        self.assertEqual(russia, earlier["parties"]["value"])

    def test_refused(self):
        self.cli("agreement", "add", "--title", "Pact")
        self.assertIn("itself", self.fails("merge", self.library))
        self.assertIn("no-such", self.fails("merge", self.place("no-such.memorandum")))
        self.fails("merge", self.write("text.txt", "no library"))
        path = self.other("newer.memorandum")
        db = sqlite3.connect(path)
        db.execute("PRAGMA user_version = 999")
        db.commit()
        db.close()
        self.assertIn("newer", self.fails("merge", path))

    def test_duplicates(self):
        one = self.cli("agreement", "add", "--title", "Water pact", "--party", "TR", "--signed", "2020-05")["id"]
        two = self.cli("agreement", "add", "--title", "Water Pact", "--party", "TR", "--signed", "2020-05-01", "--tag", "x")["id"]
        found = self.cli("duplicates")
        self.assertEqual([{d["one"]["id"], d["other"]["id"]} for d in found], [{one, two}])
        kept = self.cli("duplicates", "merge", two, one, "--take", "signed")
        self.assertEqual((kept["id"], kept["title"], kept["signed"], kept["tags"]), (one, "Water pact", "2020-05-01", ["x"]))
        self.assertEqual(self.cli("duplicates"), [])
        self.words("undo")
        self.assertEqual(len(self.cli("duplicates")), 1)
        self.words("duplicates", "apart", one, two)
        self.assertEqual(self.cli("duplicates"), [])
        self.fails("duplicates", "merge", one, one)

    def test_history(self):
        for i in range(4):
            self.cli("agreement", "add", "--title", f"Pact {i}")
        ids = [h["id"] for h in self.cli("history")]
        self.words("undo", "2")
        self.assertEqual(len(self.cli("agreements")), 2)
        self.words("redo", "--to", str(ids[0]))
        self.assertEqual(len(self.cli("agreements")), 4)
        self.words("undo", "--to", str(ids[-1]))
        self.assertEqual(len(self.cli("agreements")), 1)
        self.words("undo", "--to", "0")
        self.assertEqual(self.cli("agreements"), [])
        self.fails("undo")
        self.assertTrue(self.words("redo", "1000").endswith("4 steps were done again\n"))
        self.fails("redo", "1000")
        self.assertTrue(self.words("undo", "1000").endswith("4 steps were undone\n"))
        self.fails("undo", "1000")
        self.fails("redo", "--to", "99999")
        self.words("redo", "4")
        self.assertEqual(len(self.cli("agreements")), 4)


if __name__ == "__main__":
    unittest.main()
