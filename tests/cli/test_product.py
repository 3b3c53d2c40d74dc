"""Every row of what the two typical source texts contain, through the command line, on the sample articles."""
import json, os, sys, unittest

sys.path.insert(0, os.path.dirname(__file__))
from cli import Library, SAMPLE

ANALYSIS, ANALYSIS_TR, ANALYSIS_RU = "A new chapter", "İki başkent", "Новая глава"
REPORT, EARLIER = "Commission closes", "eighteenth session left"
FURNITURE = ["Facebook", "WhatsApp", "Share", "Paylaş", "Поделиться", "also available", "şu dillerde", "также доступна", "Similar Posts",
             "Benzer Yazılar", "Похожие записи", "cookies", "çerez", "Subscribe", "All rights reserved", "Leave a comment", "Most read",
             "Advertisement", "Read also", "dataLayer", "Tweet"]


class Product(Library):
    sample = True

    def whole(self, title_part):
        return self.cli("show", self.article(title_part)["id"])

    def test_label_headline_summary(self):
        article = self.whole(ANALYSIS)
        self.assertEqual(article["kind"], "analysis")
        self.assertEqual(article["title"], "A new chapter between two capitals: what forty-two signatures say")
        self.assertEqual(len(article["summary"]), 3)
        for point in article["summary"]:
            self.assertNotIn(point, article["text"])
        self.assertIn(ANALYSIS, "".join(a["title"] for a in self.cli("articles", "--kind", "analysis")))
        self.assertNotIn(REPORT, "".join(a["title"] for a in self.cli("articles", "--kind", "analysis")))
        self.assertEqual(self.whole(REPORT)["kind"], "news")

    def test_summary_points_can_be_cited(self):
        article = self.whole(ANALYSIS)
        annotation = self.cli("annotate", article["id"], "--quote", article["summary"][1])
        self.assertEqual(annotation["exact"], article["summary"][1])
        self.assertEqual(annotation["state"], "anchored")
        self.words("undo")

    def test_no_furniture(self):
        for title in (ANALYSIS, ANALYSIS_TR, ANALYSIS_RU, REPORT, EARLIER):
            text = self.words("show", self.article(title)["id"], "--text")
            for word in FURNITURE:
                self.assertNotIn(word, text, title)

    def test_versions(self):
        article = self.whole(ANALYSIS)
        self.assertEqual({v["language"] for v in article["versions"]}, {"tr", "ru"})
        self.assertEqual({self.article(t)["work"] for t in (ANALYSIS, ANALYSIS_TR, ANALYSIS_RU)}, {article["work"]})

    def test_version_by_hand(self):
        page = self.write("el.txt", "Başka bir metin\n\nBu metin, elle eklenen bir Türkçe sürümdür ve iki cümleden oluşur.\n")
        done = self.cli("import", "--version-of", self.article(REPORT)["id"], "--language", "tr", page)
        self.assertEqual({v["language"] for v in self.whole(REPORT)["versions"]}, {"tr"})
        self.assertEqual(done["imported"][0]["language"], "tr")
        self.words("undo")

    def test_package(self):
        package = self.cli("show", self.agreement("42 agreements")["id"])
        self.assertEqual((package["declared"], package["signed"], package["session"]), (42, "2025-11-28", 19))
        self.assertEqual(sorted(p["code"] for p in package["parties"]), ["RU", "VE"])
        self.assertEqual(package["kind"], "package")
        self.assertIn("Commission", package["body"])
        self.assertEqual(package["identified"], 2)

    def test_session_numbers(self):
        for words in ("XIX", "XIXth", "19th", "19"):
            found = [h["title"] for h in self.cli("search", words)]
            self.assertTrue(any("XIX session" in t for t in found), (words, found))

    def test_sectors(self):
        package = self.agreement("42 agreements")["id"]
        counts = {s["names"]["en"]: s["agreements"] for s in self.cli("sectors")}
        for name in ("Health", "Energy", "Education", "Agriculture, forestry and fishing", "Air transport"):
            found = [n for n in counts if n.startswith(name.split(",")[0])]
            self.assertTrue(any(counts[n] for n in found), (name, found))
        ids = lambda *filter: {a["id"] for a in self.cli("agreements", *filter)}
        self.assertIn(package, ids("--sector", "Health"))
        self.assertEqual(ids("--sector", "Health"), ids("--sector", "Sağlık"))
        self.assertEqual(ids("--sector", "Health"), ids("--sector", "Здравоохранение"))
        self.assertEqual(ids("--all-sector", "Health", "--all-sector", "Air transport"), {package})
        self.assertEqual(ids("--sector", "Health", "--sector", "Air transport"), ids("--sector", "Health") | ids("--sector", "Air transport"))
        self.assertNotIn(package, ids("--sector", "Health", "--not-sector", "Air transport"))
        self.assertIn("“sağlık”", self.fails("agreements", "--sector", "Health", "--not-sector", "sağlık"))
        # What is below a sector counts as in it.
        self.assertIn(self.agreement("vaccines")["id"], ids("--sector", "Health"))

    def test_children_and_sources(self):
        for title in ("vaccines", "flights"):
            agreement = self.agreement(title)
            self.assertEqual(agreement["package"], self.agreement("42 agreements")["id"])
            self.assertEqual((agreement["sources"], agreement["independent"]), (2, 1), title) if title == "vaccines" else None
            self.assertEqual(agreement["independent"], 1, title)

    def test_horizon(self):
        package = self.cli("show", self.agreement("42 agreements")["id"])
        self.assertEqual(package["horizon"], "2030")
        entry = next(e for e in self.cli("timeline") if e["id"] == package["id"])
        self.assertEqual((entry["from"], entry["to"]), ("2025-11-28", "2030-12-31"))

    def test_dates_as_written(self):
        entries = {e["title"]: e for e in self.cli("timeline")}
        self.assertEqual(entries["Founding of the commission"]["when"], "2008")
        self.assertEqual(entries["Regular meetings of the commission"]["when"], "2019/..")
        self.assertIsNone(entries["Regular meetings of the commission"]["to"])
        self.assertIn("~", entries["Announcements of the past twenty years"]["when"])
        claims = self.cli("evidence", entries["Regular meetings of the commission"]["id"])
        when = next(c for c in claims if c["field"] == "when")
        self.assertEqual({c["value"] for c in when["claims"]}, {"2019/..", "2008/.."})
        self.assertEqual(sum(len(c["quotes"]) for c in when["claims"]), 2)

    def test_tension_is_flagged(self):
        event = self.cli("event", "add", "--title", "A founding told twice", "--when", "2008")
        for article, quote, value in ((ANALYSIS, "officially established in 2008", "2008"), (REPORT, "19th meeting", "2006")):
            annotation = self.cli("annotate", self.article(article)["id"], "--quote", quote)
            self.cli("evidence", "add", event["id"], annotation["id"], "--field", "when", "--value", value)
        claims = self.cli("evidence", event["id"])
        self.assertFalse(next(c for c in claims if c["field"] == "when")["agree"])

    def test_wording(self):
        claims = self.cli("evidence", self.agreement("42 agreements")["id"])
        summary = next(c for c in claims if c["field"] == "summary")
        quotes = [q["exact"] for c in summary["claims"] for q in c["quotes"]]
        self.assertTrue(any("productive" in q for q in quotes) and any("fruitful" in q for q in quotes))
        self.assertTrue(summary["agree"])
        signed = next(c for c in claims if c["field"] == "signed")
        self.assertTrue(signed["agree"])
        self.assertEqual(sum(len(c["quotes"]) for c in signed["claims"]), 2)

    def test_relative_date(self):
        report = self.whole(REPORT)
        self.assertEqual(report["published"], "2025-11-28")
        annotation = self.cli("annotate", report["id"], "--quote", "this Friday")
        evidence = self.cli("evidence", "add", self.agreement("42 agreements")["id"], annotation["id"], "--field", "signed", "--value",
                            "this Friday")
        self.assertEqual(evidence["value"].split(" ")[0], "2025-11-28")
        self.words("undo")
        self.words("undo")

    def test_status_history(self):
        payments = self.cli("show", self.agreement("Direct payments")["id"])
        self.assertEqual(payments["status"], "under_review")
        self.assertEqual([f["status"] for f in payments["follow_ups"]], ["in_force", "under_review"])
        self.assertEqual(payments["follow_ups"][1]["date"], "2025-11-28")

    def test_statement_under_its_speaker(self):
        said = [a for a in self.cli("annotations") if a.get("speaker") == "Pavel Ordyntsev"]
        self.assertGreaterEqual(len(said), 3)
        self.assertEqual({a["article"] for a in said}, {self.article(REPORT)["id"]})
        listed = self.cli("annotations", "--party", "Pavel Ordyntsev")
        self.assertEqual({a["id"] for a in listed}, {a["id"] for a in said})

    def test_references(self):
        report = self.article(REPORT)
        for title in (ANALYSIS, ANALYSIS_TR, ANALYSIS_RU):
            references = self.whole(title)["references"]
            self.assertEqual([r["label"].strip("[]") for r in references], ["i", "ii"], title)
            for reference in references:
                self.assertEqual(reference["cites"], report["id"], title)
                self.assertEqual(reference["accessed"], "2025-11-29", title)
                self.assertEqual(reference["url"], "https://guayabo.example/2025/11/28/commission-42-agreements")

    def test_plain_text_keeps_what_it_does_not_say(self):
        before = self.whole(ANALYSIS)
        point = self.cli("annotate", before["id"], "--quote", before["summary"][1])["id"]
        text = self.words("show", before["id"], "--text").replace("the", "teh", 1)
        done = self.cli("update", before["id"], self.write("new.txt", text))
        after = self.cli("show", before["id"])
        self.assertEqual((done["orphaned"], self.cli("show", point)["state"]), (0, "anchored"))
        self.assertIn("teh", after["text"])
        for field in ("references", "biographies", "summary", "named_versions", "authors", "outlet", "published", "url", "kind",
                      "title", "language", "work"):
            self.assertEqual(after[field], before[field], field)
        for point in after["summary"]:
            self.assertNotIn(point, after["text"])
        for block in after["blocks"]:
            self.assertLessEqual(block["end"], len(after["text"]))
        self.words("undo")
        self.words("undo")

    def test_author(self):
        article = self.whole(ANALYSIS)
        self.assertEqual(article["authors"], ["Deniz İncesu"])
        self.assertEqual(self.whole(EARLIER)["authors"], ["Deniz İncesu"])
        self.assertIn("senior fellow", article["biographies"][0]["text"])
        self.assertNotIn("senior fellow", article["text"])
        for words in ("incesu", "İNCESU", "ıncesu", "INCESU", "İncesu"):
            found = {h["title"] for h in self.cli("search", words)}
            self.assertIn(article["title"], found, words)

    def test_word_forms(self):
        self.assertIn(self.article(ANALYSIS_RU)["id"], {h["id"] for h in self.cli("search", "соглашение")})
        self.assertIn(self.article(ANALYSIS_TR)["id"], {h["id"] for h in self.cli("search", "anlaşma")})

    def test_context_has_a_lane(self):
        entries = self.cli("timeline")
        context = next(e for e in entries if e["kind"] == "context")
        self.assertNotIn(context["lane"], {e["lane"] for e in entries if e["kind"] != "context"})
        self.assertNotIn(context["id"], {e["id"] for e in self.cli("timeline", "--not-kind", "context")})

    def test_undated_and_single_source(self):
        entries = self.cli("timeline")
        undated = [e for e in entries if e["when"] is None]
        self.assertIn("University programmes and exchange of teachers", {e["title"] for e in undated})
        self.assertEqual(entries[-len(undated):], undated)
        single = {a["title"] for a in self.cli("agreements", "--single-source")}
        self.assertIn("Exchange of energy data", single)
        self.assertNotIn("Joint production of cancer vaccines", single)

    def test_caption_without_a_year(self):
        article = self.whole(ANALYSIS)
        captions = [article["text"][b["start"]:b["end"]] for b in article["blocks"] if b["type"] == "caption"]
        self.assertTrue(any("28 November" in c for c in captions))
        error = self.fails("agreement", "add", "--title", "From a caption", "--signed", "28 November")
        self.assertIn("28 November", error)
        self.assertNotIn("From a caption", {a["title"] for a in self.cli("agreements")})

    def test_typographic_variants(self):
        analysis, report = self.article(ANALYSIS)["id"], self.article(REPORT)["id"]
        self.assertEqual(self.cli("annotate", analysis, "--quote", "'immediately applicable'")["exact"], "‘immediately applicable’")
        self.assertEqual(self.cli("annotate", report, "--quote", '"It was a fruitful meeting,"')["exact"], "“It was a fruitful meeting,”")
        self.words("undo")
        self.words("undo")

    def test_exports(self):
        markdown = self.words("export", "--format", "markdown", "--group", "agreement", "--sector", "Health")
        self.assertIn("develop and produce vaccines", markdown)
        self.assertIn("Guayabo Press", markdown)
        self.assertNotIn("energy data", markdown.split("[^1]:")[0])
        everything = json.loads(self.words("export", "--format", "json"))
        self.assertTrue(everything)
        for name in ("html", "text", "csv"):
            self.assertTrue(self.words("export", "--format", name))
        self.assertIn("vaccine", self.words("export", "--format", "csv", "--records", "annotations"))

    def test_check(self):
        self.assertEqual(self.cli("check")["problems"], [])


if __name__ == "__main__":
    unittest.main()
