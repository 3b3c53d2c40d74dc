"""What the tests of the command line share: a library in a temporary folder, and the program on it."""
import json, os, shutil, subprocess, tempfile, unittest

CLI = os.environ["MEMORANDUM_CLI"]
SAMPLE = os.environ["MEMORANDUM_SAMPLE_ARTICLES"]
MAKE_SAMPLE = os.path.join(SAMPLE, "make-sample")


class Library(unittest.TestCase):
    """Each test class has one library; sample = True fills it as the sample library is filled."""

    sample = False

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.library = os.path.join(cls.folder.name, "test.memorandum")
        if cls.sample:
            subprocess.run(["/usr/bin/python3", MAKE_SAMPLE, CLI, SAMPLE, cls.library], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def run_cli(cls, *words, stdin=None, environment=None, program=CLI, **process):
        return subprocess.run([program, "--library", cls.library, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              input=stdin, env={**os.environ, **(environment or {})}, **process)

    @classmethod
    def bound(cls):
        """Words for run_cli() so that permissions bind the program: root may do everything, so root runs a copy as nobody."""
        if os.getuid() != 0:
            return {}
        place = os.path.join(cls.folder.name, "bound")
        program = os.path.join(place, "memorandum-cli")
        if not os.path.exists(place):
            os.chmod(cls.folder.name, 0o755)
            os.mkdir(place)
            shutil.copy(CLI, program)
            for path in (place, program):
                os.chmod(path, 0o755)
        return {"program": program, "user": 65534, "group": 65534, "extra_groups": [], "cwd": place,
                "environment": {"HOME": place, "GCOV_PREFIX": "/nonexistent"}}

    def cli(self, *words, **more):
        """The JSON answer of a command that must succeed."""
        done = self.run_cli("--json", *words, **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def words(self, *words, **more):
        """The words for people of a command that must succeed."""
        done = self.run_cli(*words, **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def fails(self, *words, status=1, **more):
        """What standard error says of a command that must fail."""
        done = self.run_cli(*words, **more)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertTrue(done.stderr.startswith("memorandum-cli: "), done.stderr)
        return done.stderr

    def write(self, name, text, encoding="utf-8"):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding=encoding) as file:
            file.write(text)
        return path

    def article(self, title_part):
        return next(a for a in self.cli("articles") if title_part in a["title"])

    def agreement(self, title_part):
        return next(a for a in self.cli("agreements") if title_part in a["title"])
