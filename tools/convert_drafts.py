"""Convert the gathered drafts into the dataset's sources, once, and report what was left out.

    python tools/convert_drafts.py SOURCES LABELS DATASETS

SOURCES holds the drafts with their provenance, LABELS the labels and translations written for
the conversion. After it the TOML files are the source of truth: running this again overwrites
them, so it is kept to show how they were made, not to be used on edited data.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import toml_lines

CHECKED = "2026-11-22"
MRL = "LOV-1999-05-21-30"
PUBLISHERS = {
    "nhri.no": "Norges institusjon for menneskerettigheter (NIM)", "lovdata.no": "Lovdata",
    "regjeringen.no": "Regjeringen", "sivilombudet.no": "Sivilombudet", "stortinget.no": "Stortinget",
    "bufdir.no": "Barne-, ungdoms- og familiedirektoratet", "udir.no": "Utdanningsdirektoratet",
    "helsetilsynet.no": "Helsetilsynet", "helsedirektoratet.no": "Helsedirektoratet",
    "statsforvalteren.no": "Statsforvalteren", "ldo.no": "Likestillings- og diskrimineringsombudet",
    "ks.no": "KS", "sprakradet.no": "Språkrådet", "sametinget.no": "Sametinget",
    "ohchr.org": "OHCHR", "coe.int": "Council of Europe", "juridika.no": "Juridika",
}  # fmt: skip


def read(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()] if path.suffix == ".jsonl" else json.loads(text)


def slug(text: str) -> str:
    text = text.lower().translate(str.maketrans({"æ": "ae", "ø": "o", "å": "a"}))
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


#: rights whose draft id is that of an area
RIGHT_IDS = {name: f"right-to-{name}" for name in ("education", "housing", "water-sanitation")}


def rights_of(draft: dict[str, Any]) -> list[str]:
    return [RIGHT_IDS.get(name, name) for name in draft["rights"]]


class Sources:
    """The sources table: one key for each address."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.key_of: dict[str, str] = {}

    def add(self, url: str, key: str | None = None, **facts: Any) -> str:
        if url in self.key_of:
            row = self.rows[self.key_of[url]]
            row.update({k: v for k, v in facts.items() if v and not row.get(k)})
            return self.key_of[url]
        parts = urlsplit(url)
        host = parts.netloc.removeprefix("www.") or "print"
        if key is None:
            tail = slug(parts.path.rstrip("/").rsplit("/", 1)[-1] + "-" + parts.query)[:60].strip("-")
            key = f"{slug(host.rsplit('.', 1)[0])}-{tail}".strip("-")
        base, n = f"src-{key}" if not key.startswith("lovdata-") else key, 2
        key = base
        while key in self.rows:
            key, n = f"{base}-{n}", n + 1
        domain = ".".join(host.split(".")[-2:])
        copy = re.fullmatch(r"https://github\.com/(\S+) \((.+)\)", url)
        self.rows[key] = {
            "title": None, "publisher": PUBLISHERS.get(domain, host), "url": url, "published": None,
            **facts, "retrieved": CHECKED,
        }  # fmt: skip
        if copy:  # a copy of the document in a public repository
            self.rows[key] |= {"publisher": f"{copy[1]}: {copy[2]}", "url": f"https://github.com/{copy[1]}"}
        self.key_of[url] = key
        return key


class Conversion:
    def __init__(self, drafts: Path, labels: Path, out: Path) -> None:
        self.drafts, self.labels, self.out = drafts, labels, out
        self.sources = Sources()
        self.left_out: list[str] = []
        self.counts: Counter[str] = Counter()
        statutes = read(drafts / "taxonomies/statutes.json")
        self.statutes = {s["lovdata_id"]: s for s in statutes["statutes"]}
        self.statute_ids = {k: self.statute_id(s) for k, s in self.statutes.items()}
        self.areas = [read(p) for p in sorted((drafts / "areas").glob("*.json"))]
        self.recommendations = read(drafts / "un/recommendations.jsonl")
        for key, statute in self.statutes.items():
            self.sources.add(statute["lovdata_url"], f"lovdata-{key[4:]}", title=statute["title"])

    @staticmethod
    def statute_id(statute: dict[str, Any]) -> str:
        """The abbreviation that Lovdata gives, else the short title; the year where two acts share it."""
        if statute["lovdata_id"] == "LOV-1814-05-17":
            return "grl"
        name = slug(statute["abbreviation"] or statute["short_title"] or statute["title"])
        return f"{name}-2025" if name in ("barnelova", "forvaltningsloven", "arkivlova") else name

    def write(self, name: str, text: str) -> None:
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.rstrip("\n") + "\n", encoding="utf-8")

    # instruments -----------------------------------------------------------------------------

    def instruments(self) -> None:
        titles = read(self.labels / "instruments.json")
        provision_labels = read(self.labels / "provision_labels.json")
        section_labels = read(self.labels / "section_labels.json")
        used_articles = {
            (p["instrument"], p["article"]) for a in self.areas for o in a["obligations"] for p in o["provisions"]
        }
        for right in read(self.labels / "rights.json").values():
            used_articles |= {(p.rpartition("-")[0], p.rpartition("-")[2]) for p in right["provisions"]}
        used_sections = sorted(
            {(s["lovdata"], s["section"]) for a in self.areas for o in a["obligations"] for s in o["statutes"]}
        )
        headings = self.treaty_headings()
        for key, row in titles.items():
            statute = self.statutes.get(row.get("lovdata", ""))
            values: dict[str, Any] = {
                "type": row["type"], "title": row["title"], "label": row["label"], "abbreviation": row.get("abbreviation"), "aliases": row["aliases"],
                "unit": row["unit"], "number": row.get("lovdata") or row.get("number"),
                "url": row.get("url") or (statute and statute["lovdata_url"]),
                "eli": statute and statute["eli_uri"], "replaced_by": row.get("replaced_by"),
                "force": row["force"],
                "provenance": [
                    {"source": self.sources.add(p["url"]), "locator": p["locator"], "verification": p["verification"], "checked": CHECKED, "note": p.get("note")}
                    for p in row["provenance"]
                ],
            }  # fmt: skip
            provisions: dict[str, dict[str, Any]] = {}
            for instrument, article in sorted(used_articles):
                if instrument == key:
                    label = provision_labels[f"{key}-{article}"]
                    doubt = label.get("confidence") == "medium"
                    provisions[article] = {
                        "label": label["label"], "aliases": label["aliases"],
                        "heading": headings.get((key, article)),
                        "provenance": [values["provenance"][0] | {"locator": f"article {article}", "note": "the label could not be checked against the text of the article"}] if doubt else None,
                    }  # fmt: skip
            for lovdata, section in used_sections:
                if self.statute_ids[lovdata] == key:
                    known = {s["section"].replace(" ", "").lower(): s for s in self.statutes[lovdata]["sections"]}
                    entry = known.get(section.replace(" ", "").lower())
                    if entry is None:
                        self.left_out.append(f"section {lovdata} § {section}: not among the statute's sections")
                        continue
                    provisions[entry["section"]] = {
                        "label": section_labels[f"{key}-{section.replace(' ', '').lower()}"], "heading": entry["heading"],
                        "url": f"https://lovdata.no/lov/{lovdata[4:]}/§{entry['section'].replace(' ', '')}",
                    }  # fmt: skip

            def order(number: str) -> list[Any]:
                return [int(p) if p.isdigit() else p for p in re.findall(r"\d+|[a-zA-Z]+", number)]

            provisions = dict(
                sorted(provisions.items(), key=lambda kv: [(isinstance(x, str), x) for x in order(kv[0])])
            )
            text = "\n".join(toml_lines.record(values)) + "\n\n" + toml_lines.tables(provisions, "provisions.")
            self.write(f"instruments/{key}.toml", text)
            self.counts["instruments"] += 1
            self.counts["provisions"] += len(provisions)
        cited = {self.statute_ids[k] for k, _ in used_sections}
        for key in sorted(set(self.statute_ids.values()) - set(titles)):
            self.left_out.append(f"statute {key}: no obligation cites it")
        assert cited <= set(titles), cited - set(titles)

    def treaty_headings(self) -> dict[tuple[str, str], str]:
        starts = {
            "Konvensjon om beskyttelse av menneskerett": "echr",
            "Protokoll til Konvensjonen om beskyttelse": "echr-p1",
            "Konvensjon om rettighetene til mennesker": "crpd",
        }
        found = {}
        for text in read(self.drafts / "taxonomies/treaty_articles.json")["instruments"]:
            for start, key in starts.items():
                if text["instrument"].startswith(start):
                    found |= {(key, a["article"]): a["heading"] for a in text["articles"] if a["heading"]}
        return found

    # rights, vocabularies ----------------------------------------------------------------------

    def rights(self) -> None:
        rows = {}
        mrl = self.sources.add(self.statutes[MRL]["lovdata_url"])
        for key, right in sorted(read(self.labels / "rights.json").items()):
            rows[RIGHT_IDS.get(key, key)] = {
                "label": right["label"], "description": right["description"], "aliases": right["aliases"],
                "provisions": right["provisions"], "basis": "own-reading",
                "provenance": [{"source": mrl, "locator": "§ 2 and annexes", "verification": "primary", "checked": CHECKED,
                                "note": right.get("note")}],
            }  # fmt: skip
        self.write("rights.toml", toml_lines.tables(rows))
        self.counts["rights"] = len(rows)

    def terms(self) -> None:
        vocab, more = read(self.labels / "vocab.json"), read(self.labels / "vocab_documents.json")
        names = {"groups": "group", "measure_types": "measure", "municipal": "municipal", "verification": "verification",
                 "duty": "duty", "force": "force", "position": "position"}  # fmt: skip
        tables: dict[str, dict[str, Any]] = {}
        for name, prefix in names.items():
            for key, row in vocab[name].items():
                label = row.get("label", row)
                tables.setdefault(prefix, {})[key] = {
                    "label": {k: label[k] for k in ("nb", "nn", "en")},
                    "definition": row.get("definition"),
                }
        for name, rows in more.items():
            for key, label in rows.items():
                tables.setdefault(name, {})[key] = {"label": label}
        for row in read(self.labels / "applies.json"):
            tables.setdefault("applies", {})[row["id"]] = {"label": row["label"]}
        self.write("terms.toml", "\n".join(toml_lines.tables(rows, f"{name}.") for name, rows in tables.items()))
        self.counts["terms"] = sum(map(len, tables.values()))
        bodies = {
            key: {
                "label": b["label"],
                "abbreviation": b["abbreviation"],
                "organisation": b["organisation"],
                "type": b["kind"],
            }
            for key, b in sorted(vocab["bodies"].items())
        }
        self.write("bodies.toml", toml_lines.tables(bodies))
        self.counts["bodies"] = len(bodies)

    # areas ---------------------------------------------------------------------------------------

    def area_files(self) -> None:
        applies = {row["value"]: row["id"] for row in read(self.labels / "applies.json")}
        questions_nn = read(self.labels / "questions_nn_1.json") | read(self.labels / "questions_nn_2.json")
        fixes = read(self.labels / "question_fixes.json")
        kostra_source = self.sources.add(
            "https://lovdata.no/dokument/SF/forskrift/2019-10-18-1412", title="KOSTRA-forskriften"
        )
        los_source = self.sources.add("https://psi.norge.no/los/all.rdf", title="Los")
        decisions = {d["id"]: d for d in read(self.labels / "decisions.json")}
        for area in self.areas:
            provenance = [{"source": los_source, "locator": "concepts by address", "verification": "secondary", "checked": CHECKED,
                           "note": "read in a copy harvested 2023-04-18"}] if area["los"] else []  # fmt: skip
            if area["kostra"]:
                provenance.append(
                    {"source": kostra_source, "locator": "vedlegg 2", "verification": "primary", "checked": CHECKED}
                )
            head = {
                "label": area["label"], "description": area["description"], "synonyms": area["synonyms"],
                "los": area["los"], "kostra": [k["code"] for k in area["kostra"]], "sdg": area["sdg"], "groups": area["groups"],
                "decisions": [d for d, row in decisions.items() if area["id"] in row["areas"]],
                "provenance": provenance or [{"source": self.sources.add(area["obligations"][0]["sources"][0]), "locator": "provisions cited by the obligations", "verification": "primary", "checked": CHECKED}],
            }  # fmt: skip
            rows = {}
            for o in area["obligations"]:
                questions = {
                    "nb": list(o["questions"]["nb"]),
                    "nn": list(questions_nn[o["id"]]),
                    "en": list(o["questions"]["en"]),
                }
                for fix in fixes.get(o["id"], []):
                    questions[fix["lang"]][fix["index"]] = fix["text"]
                rows[o["id"].partition("/")[2]] = {
                    "statement": o["statement"], "rights": rights_of(o), "duty": o["duty"],
                    "legal_basis": [{"provision": f"{p['instrument']}-{p['article']}", "paragraph": p["paragraph"]} for p in o["provisions"]]
                    + [{"provision": f"{self.statute_ids[s['lovdata']]}-{s['section'].replace(' ', '').lower()}"} for s in o["statutes"]],
                    "questions": questions, "applies_to": applies[o["applies_to"]],
                    "basis": "read-in-source" if o["basis"] == "seen_in_source" else "own-reading",
                    "provenance": [self.obligation_source(o, url) for url in o["sources"]],
                }  # fmt: skip
            self.write(
                f"areas/{area['id']}.toml",
                "\n".join(toml_lines.record(head)) + "\n\n" + toml_lines.tables(rows, "obligations."),
            )
            self.counts["areas"] += 1
            self.counts["obligations"] += len(rows)

    def obligation_source(self, obligation: dict[str, Any], url: str) -> dict[str, Any]:
        law = re.search(r"lovdata\.no/dokument/NL/lov/(\S+)$", url)
        verification, locator = "secondary", "page"
        if law:
            number = f"LOV-{law[1]}"
            sections = [s["section"] for s in obligation["statutes"] if s["lovdata"] == number]
            articles = [f"{p['instrument']} {p['article']}" for p in obligation["provisions"]]
            grl = [p["article"] for p in obligation["provisions"] if p["instrument"] == "grl"]
            if number == "LOV-1814-05-17" and grl:
                verification, locator = "primary", ", ".join(f"§ {a}" for a in grl)
            elif number == MRL:
                verification, locator = (
                    "primary",
                    "annexes: " + ", ".join(a for a in articles if not a.startswith("grl")),
                )
            elif sections:
                verification, locator = "primary", ", ".join(f"§ {s}" for s in sections)
            else:
                locator = "the act"
        return {"source": self.sources.add(url), "locator": locator, "verification": verification, "checked": CHECKED}

    # documents, decisions, recommendations ---------------------------------------------------------

    def documents(self) -> None:
        rows = {}
        self.document_of: dict[str, str] = {}
        for d in read(self.labels / "documents.json"):
            if d.get("symbol"):
                self.document_of[d["symbol"]] = d["id"]
            rows[d["id"]] = {
                "symbol": d["symbol"], "label": d["label"], "body": d["body"], "type": d["type"], "date": d["date"], "date_of": d["date_of"],
                "stated": d["stated"], "text_seen": d["text_seen"], "note": d["note"],
                "provenance": [{"source": self.sources.add(u, title=d["label"]["en"]), "locator": "the document" if d["text_seen"] != "none" else "named there",
                                "verification": "primary" if d["text_seen"] != "none" else "secondary", "checked": CHECKED} for u in d["source_urls"]],
            }  # fmt: skip
        self.write("documents.toml", toml_lines.tables(rows))
        self.counts["documents"] = len(rows)
        for row in read(self.labels / "documents_left_out.json"):
            self.left_out.append(f"document {row['id']}: {row['reason']}")
        decisions = {}
        for d in read(self.labels / "decisions.json"):
            decisions[d["id"]] = {
                "label": d["label"], "court": d["court"], "date": d["date"], "summary": d["summary"], "provisions": d["provisions"], "basis": "read-in-source",
                "provenance": [{"source": self.sources.add(u), "locator": "page", "verification": d["verification"], "checked": CHECKED, "note": d.get("note")} for u in d["source_urls"]],
            }  # fmt: skip
        self.write("decisions.toml", toml_lines.tables(decisions))
        self.counts["decisions"] = len(decisions)

    def recommendation_files(self) -> None:
        titles_nn, fixes = read(self.labels / "titles_nn.json"), read(self.labels / "title_fixes.json")
        files: dict[str, dict[str, Any]] = {}
        serial = 0
        self.final_ids: dict[str, str] = {}
        ignored: Counter[str] = Counter()
        for r in self.recommendations:
            draft, paragraph = r["id"], r.get("paragraph")
            document = self.document_of.get(r.get("document", ""))
            if draft.startswith(("UPR1-", "UPR2-")):
                key = draft.lower()
            elif document == "crpd-c-nor-co-1":
                key = "crpd1-" + re.sub(r"[()]", "", paragraph)
            elif draft.startswith("NIM-"):
                key = draft.lower()
            else:
                serial += 1
                key = f"rec-{serial:03}"
            self.final_ids[draft] = key
            title = {"nb": r["title_nb"], "nn": titles_nn[draft], "en": r["title_en"]} | fixes.get(draft, {})
            stem = document or ("register" if draft.startswith("NIM-") or r.get("register_page") else "other")
            files.setdefault(stem, {})[key] = {
                "title": title, "summary": {k: r[f"summary_{k}"] for k in ("nb", "nn", "en")},
                "body": r.get("body"), "document": document, "paragraph": paragraph, "date": r.get("date"),
                "states": r.get("recommending_states"), "position": r.get("position"), "position_note": r.get("position_basis"),
                "areas": r.get("areas"), "rights": rights_of(r), "groups": r.get("groups"), "measures": r["measure_types"], "municipal": r["municipal"],
                "ministries": r.get("ministries") or r.get("responsible_ministries"), "basis": "own-reading",
                "provenance": [self.recommendation_source(r)],
            }  # fmt: skip
            for field in ("populations", "page_themes", "measures_stated", "merged", "body_note"):
                ignored[field] += field in r
        for stem, rows in sorted(files.items()):
            self.write(f"recommendations/{stem}.toml", toml_lines.tables(rows))
        self.counts["recommendations"] = sum(map(len, files.values()))
        self.left_out += [
            f"field {name} of {n} drafts: the register's own tags or the drafts' bookkeeping"
            for name, n in ignored.items()
        ]

    def recommendation_source(self, r: dict[str, Any]) -> dict[str, Any]:
        documents = {d["symbol"]: d for d in read(self.labels / "documents.json") if d.get("symbol")}
        url, document = r["source_url"], documents.get(r.get("document", ""))
        if r["verification"] == "primary" and document:
            url = document["source_urls"][0]
        note = "French version of the document" if r.get("document") == "CRPD/C/NOR/CO/1" else None
        locator = f"para. {r['paragraph']}" if r.get("paragraph") else r.get("page_title") or "page"
        return {"source": self.sources.add(url, title=r.get("page_title")), "locator": locator,
                "verification": r["verification"], "checked": CHECKED, "note": note}  # fmt: skip

    # flat lists ------------------------------------------------------------------------------------

    def flat_lists(self) -> None:
        kommuner = read(self.drafts / "taxonomies/kommuner.json")
        klass = self.sources.add("https://data.ssb.no/api/klass/v1/classifications/131/codesAt.json?date=2026-01-01",
                                 title="Standard for kommuneinndeling (SSB Klass 131)", publisher="Statistisk sentralbyrå")  # fmt: skip
        area = self.sources.add(
            "https://lovdata.no/dokument/SF/forskrift/2005-06-17-657", title="Forskrift til samelovens språkregler, § 1"
        )
        with (self.out / "municipalities.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(
                [
                    "id",
                    "label",
                    "names",
                    "languages",
                    "county",
                    "organisation_number",
                    "number_2023",
                    "sami_category",
                    "sami_since",
                    "source",
                    "sami_source",
                ]
            )
            for k in kommuner["kommuner"]:
                sami = k.get("sami_language_area") or {}
                writer.writerow([
                    k["kommunenummer"], k["name_ssb_2026"], "|".join(n["name"] for n in k["names"]), "|".join(n["lang"] or "" for n in k["names"]),
                    k["fylkesnummer"], k.get("organisasjonsnummer") or "", k.get("kommunenummer_2023") or "", sami.get("category", ""), sami.get("category_from", ""),
                    klass, area if sami else "",
                ])  # fmt: skip
                self.counts["municipalities"] += 1
        kostra = read(self.drafts / "taxonomies/kostra.json")
        with (self.out / "kostra.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["code", "label_nb", "valid_to", "replaced_by"])
            for f in kostra["functions"]:
                writer.writerow([f["code"], f["label_nb"], "", ""])
            for f in kostra["retired"]:
                writer.writerow([f["code"], f["label"], f["valid_to"] or "unknown", "|".join(f["replaced_by"] or [])])
        los = read(self.drafts / "taxonomies/los.json")
        self.write("los.csv", "uri\n" + "\n".join(sorted(c["uri"] for c in los["concepts"])))

    def run(self) -> None:
        self.documents()
        self.instruments()
        self.rights()
        self.terms()
        self.area_files()
        self.recommendation_files()
        self.flat_lists()
        self.write("sources.toml", toml_lines.tables(dict(sorted(self.sources.rows.items()))))
        self.counts["sources"] = len(self.sources.rows)
        report = [
            "# Conversion of the drafts\n", "What `tools/convert_drafts.py` made of the gathered drafts on 2026-11-22, and what it left out.\n",
            "## Counts\n", *(f"- {name}: {n}" for name, n in sorted(self.counts.items())),
            "\n## Left out\n", *(f"- {line}" for line in self.left_out),
            "\n## Ids\n",
            "Recommendations of the UPR keep cycle and paragraph (`upr2-131.45`), those of CRPD/C/NOR/CO/1 the paragraph (`crpd1-8a`),",
            "those of NIM's register the page and number (`nim-pre-trial-detention-1`); the others have a serial number:\n",
            ", ".join(f"{d} → {k}" for d, k in self.final_ids.items() if k.startswith("rec-")) + ".",
        ]  # fmt: skip
        self.write("CONVERSION.md", "\n".join(report))
        print("\n".join(report[: 14 + len(self.counts)]))


if __name__ == "__main__":
    Conversion(*map(Path, sys.argv[1:4])).run()
