"""The main job in the real window, from outside: import, select, highlight, make an agreement of the selection, filter by its
sector, see it on the timeline, export, undo three times, redo. What the window shows is asked of AT-SPI by the words of the
catalogue; what the library holds is asked of memorandum-cli.

usage: test_window.py LANGUAGE
"""
import json, os, re, signal, subprocess, sys, tempfile, time, traceback

import desktop
from desktop import Atspi, Missing

LIMIT = 120 * desktop.PATIENCE
# Article, a passage to highlight, a passage that is an agreement, and the sector's name in the language.
TEXTS = {
    "en": ("report-en.html", "signed 42 agreements this Friday", "a protocol for the joint production of cancer vaccines", "Health"),
    "tr": ("analysis-tr.html", "42 anlaşma imzalanmıştı",
           "iki taraf çeşitli kanser türlerine karşı aşıları birlikte geliştirecek", "Sağlık"),
    "ru": ("analysis-ru.html", "было подписано 42 соглашения",
           "стороны будут совместно разрабатывать и производить вакцины", "Здравоохранение"),
}
LAYOUTS = {"en": "us", "tr": "tr", "ru": "ru"}
OTHER = "An agreement of another sector"


class Scenario:
    def __init__(self, language, home):
        self.article, self.mark, self.passage, self.sector = TEXTS[language]
        self.language = language
        self.library = os.path.join(home, "test.memorandum")
        self.exported = os.path.join(home, "exported.md")
        self.began = time.monotonic()
        self.window = None

    def say(self, what):
        print(f"{time.monotonic() - self.began:6.1f} s  {what}", flush=True)

    def cli(self, *words):
        done = subprocess.run([desktop.CLI, "--library", self.library, "--lang", self.language, "--json", *words], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise AssertionError(f"memorandum-cli {' '.join(words)}: {done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def expect(self, *words, count=None, that=None):
        """Waits until the command line gives that many, or what fits."""
        def fits():
            found = self.cli(*words)
            return (found or [True]) if (count is None or len(found) == count) and (that is None or that(found)) else None

        found = self.window.wait(fits, f"{' '.join(words)}: {count if count is not None else 'what fits'}")
        return [] if found == [True] else found

    def select(self, passage):
        """Selects a passage in the reader as one does with Shift and the arrow keys."""
        w = self.window
        reader = w.wait(self.find_reader, "the article in the reader")
        text = w.text(reader)
        at = text.index(passage)
        w.focus(reader)
        w.press("ctrl+Home")
        w.wait(lambda: Atspi.Text.get_caret_offset(reader) == 0, "the caret at the start")
        w.press(*["Right"] * at)
        w.wait(lambda: Atspi.Text.get_caret_offset(reader) == at, "the caret at the passage")
        w.press(*["shift+Right"] * len(passage))

        def selected():
            if Atspi.Text.get_n_selections(reader) == 0:
                return False
            found = Atspi.Text.get_selection(reader, 0)
            return text[found.start_offset:found.end_offset] == passage

        w.wait(selected, f"“{passage}” selected")

    def find_reader(self):
        node = self.window.find("text", self.title)
        return node if node and Atspi.Text.get_character_count(node) > 100 else None

    def run(self):
        def w_(text):
            return self.window.gettext(text)

        # What was there before: one agreement of another sector.
        self.cli("agreement", "add", "--title", OTHER, "--sector", "Air transport", "--signed", "2024-11-08")
        base = len(self.cli("history"))
        page = os.path.join(os.environ["MEMORANDUM_SAMPLE_ARTICLES"], self.article)

        # Import: the program is started with a page, as a file manager does.
        w = self.window = desktop.Window(self.language, [self.library, page])
        article, = self.expect("articles", count=1)
        self.title = article["title"]
        assert article["language"] == self.language, article
        w.see("label", self.title)
        self.say(f"imported “{self.title}”")

        # Select and highlight.
        self.select(self.mark)
        w.press("h")
        annotation, = self.expect("annotations", count=1)
        assert annotation["exact"] == self.mark and annotation["article"] == article["id"], annotation
        w.see("label", pattern=re.escape(self.mark))  # the card in the margin
        self.say("highlighted")

        # An agreement of a selection.
        self.select(self.passage)
        w.press("a")
        dialog = w.see("frame", w_("New Agreement"))
        w.see("label", self.passage, top=dialog)
        title = w.see("text", w.pgettext("field", "Title"), top=dialog)
        assert w.text(title) == self.passage, w.text(title)
        sector = w.see(("entry", "text"), w.pgettext("field", "Sectors"), top=dialog)
        w.click(sector)
        w.write(sector, self.sector, LAYOUTS[self.language])
        w.see("list item", self.sector, top=dialog)
        w.press("Return")
        w.see("push button", w_("Take “%s” off") % self.sector, top=dialog)
        signed = w.see("text", w.pgettext("field", "Signed"), top=dialog)
        w.press("Tab", "Tab")
        w.write(signed, "28.11.2025")
        w.press("Return")
        w.toast(w_("The agreement was added"))
        w.gone("frame", w_("New Agreement"))
        agreement, = [a for a in self.expect("agreements", count=2) if a["title"] != OTHER]
        assert agreement["title"] == self.passage and agreement["signed"] == "2025-11-28", agreement
        assert agreement["sources"] == 1, agreement
        quotes = [q["exact"] for c in self.cli("evidence", agreement["id"]) for k in c["claims"] for q in k["quotes"]]
        assert self.passage in quotes, quotes
        w.see(name=w_("Undo: %s") % w_("Add agreement"))
        self.say("registered")

        # Filter by its sector: the register then shows one of two.
        w.press("ctrl+2")
        w.see("label", OTHER)
        row = w.see("list item", w_("%s, %u") % (self.sector, 1))
        w.click(row)
        w.see("list item", w_("%s, %u, chosen") % (self.sector, 1))
        w.gone("label", OTHER)
        w.see("label", self.passage)
        w.see(pattern="^" + re.escape(self.of(1, 2)))
        self.say("filtered by its sector")

        # The timeline says what is selected on it.
        w.press("ctrl+3")
        canvas = w.see(description=w_("Arrow keys go from entry to entry, plus and minus zoom, Enter opens."))
        w.click(canvas)
        w.press("Home")
        heard = [w.wait(lambda: canvas.get_name() != w_("Timeline") and canvas.get_name(), "an entry of the timeline")]
        while not heard[-1].startswith(self.passage) and len(heard) < 12:
            w.press("Down" if len(heard) % 2 else "Right")
            w.wait(lambda: canvas.get_name() != heard[-1] or None, "the next entry") if len(heard) < 4 else None
            heard.append(canvas.get_name())
        assert heard[-1].startswith(self.passage) and "2025" in heard[-1], heard
        assert not any(h.startswith(OTHER) for h in heard), heard
        self.say(f"on the timeline: {heard[-1]}")

        # Export of what the filter shows.
        w.press("ctrl+e")
        dialog = w.see("frame", w_("Export"))
        w.do(w.see("push button", pattern=re.escape(w_("_Export…").replace("_", "")), top=dialog))
        chooser = w.wait(self.find_chooser, "the file chooser")
        name = w.wait(lambda: self.find_entry(chooser), "the file chooser's entry")
        w.write(name, self.exported)
        w.press("Return")
        w.toast(w_("Exported to “%s”") % os.path.basename(self.exported))
        w.wait(lambda: os.path.exists(self.exported), "the exported file")
        with open(self.exported, encoding="utf-8") as file:
            text = file.read()
        assert self.passage in text and OTHER not in text, text
        self.say("exported")

        # Three steps back, and forth again.
        for annotations, agreements, articles in ((1, 1, 1), (0, 1, 1), (0, 1, 0)):
            w.press("ctrl+z")
            self.expect("annotations", count=annotations)
            self.expect("agreements", count=agreements)
            self.expect("articles", count=articles)
        w.see(pattern="^" + re.escape(self.of(0, 1)))
        self.say("undone three times")
        for annotations, agreements, articles in ((0, 1, 1), (1, 1, 1), (2, 2, 1)):
            w.press("ctrl+shift+z")
            self.expect("articles", count=articles)
            self.expect("annotations", count=annotations)
            self.expect("agreements", count=agreements)
        w.press("ctrl+2")
        w.see("label", self.passage)
        w.see(pattern="^" + re.escape(self.of(1, 2)))
        assert len([h for h in self.cli("history") if not h["undone"]]) == base + 3, self.cli("history")
        self.say("redone")

        w.quit()
        assert self.cli("check") is not None
        self.say("closed")

    def of(self, shown, all_):
        text = self.window.ngettext("%'u of %'u agreement", "%'u of %'u agreements", all_).replace("'", "")
        return text % (shown, all_)

    def find_chooser(self):
        for i in range(self.window.application.get_child_count()):
            frame = self.window.application.get_child_at_index(i)
            if frame and frame.get_state_set().contains(Atspi.StateType.MODAL) and self.find_entry(frame):
                return frame
        return None

    def find_entry(self, frame):
        for node in self.window.walk(frame):
            if node.get_role_name() in ("text", "entry") and re.search(r"\.md$", self.window.text(node)):
                return node
        return None


def main(language):
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(Missing(f"more than {LIMIT} s")))
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    scenario = Scenario(language, os.environ["HOME"])
    try:
        scenario.run()
        return 0
    except BaseException:
        signal.alarm(0)
        traceback.print_exc()
        if scenario.window:
            try:
                print("picture:", scenario.window.picture(f"window-{language}"), file=sys.stderr)
            except Exception:
                traceback.print_exc()
        return 1
    finally:
        signal.alarm(0)
        if scenario.window:
            scenario.window.close()


if __name__ == "__main__":
    if "--inside" in sys.argv:
        status = main(sys.argv[1])
        sys.stdout.flush()
        os._exit(status)
    with tempfile.TemporaryDirectory() as home:
        sys.exit(desktop.on_own_desktop(os.path.abspath(__file__), [sys.argv[1], "--inside"],
                                        desktop.environment_for(sys.argv[1], home)))
