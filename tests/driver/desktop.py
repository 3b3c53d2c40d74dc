"""A display and a session bus of its own for one run of the program, and hands and eyes to use it from outside.

The eyes are AT-SPI, the hands xdotool. Nothing waits for a fixed time: every wait is for something to be seen.
"""
import gettext, os, re, shutil, signal, subprocess, sys, tempfile, time

import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

PROGRAM = os.environ["MEMORANDUM"]
CLI = os.environ["MEMORANDUM_CLI"]
LOCALEDIR = os.environ["MEMO_LOCALEDIR"]
PICTURES = os.environ.get("MEMO_DRIVER_PICTURES", tempfile.gettempdir())
# A factor for everything that waits: a program under sanitizers is slow.
PATIENCE = float(os.environ.get("MEMO_TEST_PATIENCE", 1))
STEP = 20 * PATIENCE
LOCALES = {"en": "en_US.UTF-8", "tr": "tr_TR.UTF-8", "ru": "ru_RU.UTF-8"}


class Missing(AssertionError):
    """What was waited for did not come."""


def on_own_desktop(script, words, environment):
    """Runs the script again on a fresh display with a window manager and a session bus; its exit status."""
    read, write = os.pipe()
    display = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-noreset", "-nolisten", "tcp"],
                               pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    manager = None
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        environment = {**environment, "DISPLAY": ":" + number}
        environment.pop("WAYLAND_DISPLAY", None)
        environment.pop("AT_SPI_BUS_ADDRESS", None)
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return subprocess.run(["dbus-run-session", "--", sys.executable, script, *words], env=environment).returncode
    finally:
        for process in filter(None, (manager, display)):
            process.terminate()
            process.wait()


def environment_for(language, home):
    """What the program needs to run from the build folder in a language, with a home of its own."""
    environment = {**os.environ, "HOME": home, "XDG_RUNTIME_DIR": home, "XDG_DATA_HOME": home + "/data",
                   "XDG_CONFIG_HOME": home + "/config", "XDG_CACHE_HOME": home + "/cache", "LANGUAGE": language,
                   "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GSETTINGS_BACKEND": "memory", "GTK_USE_PORTAL": "0",
                   "ADW_DISABLE_PORTAL": "1", "GTK_A11Y": "atspi", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("LC_MESSAGES", None)
    environment.pop("NO_AT_BRIDGE", None)
    environment.pop("G_DEBUG", None)
    name = LOCALES[language]
    known = os.path.isdir(os.path.join(os.environ.get("LOCPATH", "/nowhere"), name))
    environment["LC_ALL"] = name if known else "C.UTF-8"
    return environment


class Window:
    """The program in a window."""

    def __init__(self, language, words):
        catalogue = gettext.translation("memorandum", LOCALEDIR, [language], fallback=True)
        self.gettext, self.ngettext, self.pgettext = catalogue.gettext, catalogue.ngettext, catalogue.pgettext
        self.process = subprocess.Popen([PROGRAM, *words])
        self.seen = ""
        self.application = self.wait(self.find_application, "the program on the accessibility bus")

    # Waiting.

    def wait(self, condition, what, limit=STEP):
        """The first true answer of the condition."""
        end = time.monotonic() + limit
        context = GLib.MainContext.default()
        while True:
            while context.iteration(False):
                pass
            if self.process.poll() is not None:
                raise Missing(f"the program ended with {self.process.returncode} while waiting for {what}")
            try:
                answer = condition()
            except GLib.Error:
                # What was looked at went away meanwhile.
                answer = None
            if answer:
                return answer
            if time.monotonic() > end:
                raise Missing(f"not seen within {limit} s: {what}")
            time.sleep(0.05)

    # Eyes.

    def find_application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_process_id() == self.process.pid:
                return child
        return None

    def walk(self, top=None):
        """Everything that is visible."""
        stack = [top or self.application]
        while stack:
            node = stack.pop()
            try:
                if node is None or not (node is self.application or node.get_state_set().contains(Atspi.StateType.VISIBLE)):
                    continue
                children = [node.get_child_at_index(i) for i in range(node.get_child_count())]
            except GLib.Error:
                continue
            yield node
            stack.extend(reversed(children))

    def find(self, role=None, name=None, pattern=None, description=None, top=None):
        """The first node of that role whose name is the given one, or matches the pattern."""
        roles = (role,) if isinstance(role, str) else role
        for node in self.walk(top):
            try:
                # Newer AT-SPI says "button" for a push button.
                if roles and {"button": "push button"}.get(node.get_role_name(), node.get_role_name()) not in roles:
                    continue
                said = node.get_name() or ""
                if name is not None and said != name or pattern is not None and not re.search(pattern, said):
                    continue
                if description is None or node.get_description() == description:
                    return node
            except GLib.Error:
                continue
        return None

    def see(self, role=None, name=None, pattern=None, limit=STEP, **more):
        return self.wait(lambda: self.find(role, name, pattern, **more), f"{role or 'anything'} “{name or pattern}”", limit)

    def toast(self, text):
        """What is said for five seconds: to be looked for at once, and only where looking around does not take longer than that."""
        if PATIENCE == 1:
            self.see("label", text)

    def gone(self, role=None, name=None, pattern=None, limit=STEP, **more):
        self.wait(lambda: not self.find(role, name, pattern, **more), f"no {role or 'thing'} “{name or pattern}”", limit)

    def text(self, node):
        return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))

    def describe(self):
        """The tree, for a person who looks at a failure."""
        lines = []

        def show(node, depth):
            try:
                states = node.get_state_set()
                marks = "".join(m for m, s in (("S", Atspi.StateType.SHOWING), ("F", Atspi.StateType.FOCUSED),
                                               ("C", Atspi.StateType.CHECKED), ("E", Atspi.StateType.SENSITIVE)) if states.contains(s))
                lines.append("  " * depth + f"{node.get_role_name()} “{node.get_name()}” {marks}")
                for i in range(node.get_child_count()):
                    child = node.get_child_at_index(i)
                    if child:
                        show(child, depth + 1)
            except GLib.Error:
                pass

        show(self.application, 0)
        return "\n".join(lines)

    def picture(self, name):
        os.makedirs(PICTURES, exist_ok=True)
        path = os.path.join(PICTURES, name)
        if shutil.which("import"):
            subprocess.run(["import", "-window", "root", path + ".png"], check=False)
        elif shutil.which("xwd"):
            subprocess.run(["xwd", "-root", "-silent", "-out", path + ".xwd"], check=False)
        with open(path + ".txt", "w", encoding="utf-8") as file:
            file.write(self.describe())
        return path

    # Hands.

    def xdotool(self, *words):
        return subprocess.run(["xdotool", *map(str, words)], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()

    def press(self, *keys):
        self.xdotool("key", "--clearmodifiers", *keys)

    def type(self, text):
        self.xdotool("type", "--delay", "12", text)

    def write(self, entry, text, layout="us"):
        """Types over what the focused entry has, on the keyboard of the language."""
        self.press("ctrl+a")
        if layout != "us":
            subprocess.run(["setxkbmap", layout], check=True)
        self.type(text)
        self.wait(lambda: self.text(entry) == text, f"“{text}” in “{entry.get_name()}”")
        if layout != "us":
            subprocess.run(["setxkbmap", "us"], check=True)

    def do(self, node, action=0):
        if not Atspi.Action.do_action(node, action):
            raise Missing(f"“{node.get_name()}” would not be pressed")

    def focus(self, node):
        # GTK 4.8 answers with an error, and does it all the same.
        def has():
            if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                return True
            Atspi.Component.grab_focus(node)
            return False

        self.wait(has, f"the focus on “{node.get_name()}”")

    def click(self, node):
        """With the mouse, in the middle of what is in the active window."""
        def place():
            area = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
            return area if area.width > 0 and area.height > 0 else None

        area = self.wait(place, f"the place of “{node.get_name()}”")
        lines = self.xdotool("getactivewindow", "getwindowgeometry", "--shell").splitlines()
        window = dict(line.split("=") for line in lines if "=" in line)
        self.xdotool("mousemove", "--sync", int(window["X"]) + area.x + area.width // 2,
                     int(window["Y"]) + area.y + area.height // 2, "click", 1)

    def quit(self):
        """Ctrl+Q ends it in order: with 0, which a sanitizer that found something does not leave."""
        self.press("ctrl+q")
        try:
            status = self.process.wait(STEP)
        except subprocess.TimeoutExpired:
            raise Missing("Ctrl+Q did not end the program") from None
        if status != 0:
            raise Missing(f"the program ended with {status}")

    def close(self):
        """Whatever state it is in."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
