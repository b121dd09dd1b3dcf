"""What the section of an assessment says, in bokmål, nynorsk and English."""

from __future__ import annotations

from typing import Final

from nimrights._pages.words import COLUMN

_SAYS: Final = {
    "title": ("Menneskerettigheter i saken", "Menneskerettar i saka", "Human rights in the case"),
    "case": ("Saken", "Saka", "The case"),
    "draft": (
        "Utkast fra et program. Det viser hva saken kan berøre. Det konkluderer ikke; det gjør den som utreder saken.",
        (
            "Utkast frå eit program. Det viser kva saka kan kome inn på. "
            "Det konkluderer ikkje; det gjer den som greier ut saka."
        ),
        (
            "A draft from a program. It shows what the case may touch. "
            "It does not conclude; the person who prepares the case does."
        ),
    ),
    "draft-short": (
        "Utkast fra et program; det konkluderer ikke.",
        "Utkast frå eit program; det konkluderer ikkje.",
        "A draft from a program; it does not conclude.",
    ),
    "touched": ("Områder og rettigheter", "Område og rettar", "Areas and rights"),
    "areas": (
        "Politikkområder som saken berører",
        "Politikkområde som saka kjem inn på",
        "Policy areas that the case touches",
    ),
    "area": ("Område", "Område", "Area"),
    "how": ("Hvordan funnet", "Korleis funne", "How found"),
    "evidence": ("Det i saken som talte for det", "Det i saka som talde for det", "What in the case spoke for it"),
    "proposed": ("foreslått, sannsynlighet {}", "føreslått, sannsyn {}", "proposed, probability {}"),
    "added": ("lagt til av saksbehandler", "lagt til av saksbehandlar", "added by the case officer"),
    "struck": ("Strøket av saksbehandler", "Stroke av saksbehandlar", "Struck by the case officer"),
    "over": ("over {}", "over {}", "over {}"),
    "nothing": ("Ingen områder er funnet.", "Ingen område er funne.", "No area was found."),
    "rights": (
        "Rettigheter som pliktene verner, med antall plikter",
        "Rettar som pliktene vernar, med talet på plikter",
        "Rights that the obligations protect, with the number of obligations",
    ),
    "rights-short": ("Rettigheter", "Rettar", "Rights"),
    "and-more": ("og {} til", "og {} til", "and {} more"),
    "duty": ("Plikt", "Plikt", "Obligation"),
    "basis": ("Bestemmelser", "Føresegner", "Provisions"),
    "near": (
        "Plikter nærmest ordlyden i saken ({} av {}, forkortet)",
        "Plikter nærmast ordlyden i saka ({} av {}, forkorta)",
        "Obligations nearest to the wording of the case ({} of {}, shortened)",
    ),
    "duties-of": ("Plikter: {}", "Plikter: {}", "Obligations: {}"),
    "questions": ("Spørsmål til saken", "Spørsmål til saka", "Questions for the case"),
    "order": (
        "Spørsmålene står i rekkefølge, hvert med bestemmelsene det bygger på. {} av {} er besvart.",
        "Spørsmåla står i rekkjefølgje, kvart med føresegnene det byggjer på. {} av {} er svara på.",
        "The questions stand in order, each with the provisions that it rests on. {} of {} are answered.",
    ),
    "open": ("Ubesvarte spørsmål", "Spørsmål utan svar", "Open questions"),
    "open-short": (
        "{} av {} (nr. {} i full form).",
        "{} av {} (nr. {} i full form).",
        "{} of {} (no. {} in the full form).",
    ),
    "none-open": ("ingen av {}.", "ingen av {}.", "none of {}."),
    "number": ("Nr.", "Nr.", "No."),
    "question": ("Spørsmål", "Spørsmål", "Question"),
    "answer": ("Svar", "Svar", "Answer"),
    "blank": ("Ikke besvart", "Ikkje svara på", "Not answered"),
    "of-area": ("Mer om {}", "Meir om {}", "More on {}"),
    "of-area-why": (
        "Spørsmål fra pliktene på området.",
        "Spørsmål frå pliktene på området.",
        "Questions from the area's obligations.",
    ),
    "not-asked": (
        "Svar på spørsmål som ikke lenger stilles",
        "Svar på spørsmål som ikkje lenger blir stilte",
        "Answers to questions that are no longer asked",
    ),
    "advice": (
        "Anbefalinger (ikke bindende)",
        "Tilrådingar (ikkje bindande)",
        "Recommendations (not binding)",
    ),
    "advice-why": (
        "Anbefalinger fra FN og Europarådet til Norge. De binder ikke kommunen, men kan vise hva en bør se etter.",
        "Tilrådingar frå FN og Europarådet til Noreg. Dei bind ikkje kommunen, men kan vise kva ein bør sjå etter.",
        (
            "Recommendations of the UN and the Council of Europe to Norway. "
            "They do not bind the municipality, but may show what to look for."
        ),
    ),
    "advice-short": (
        "Anbefalinger på områdene: {}. De er ikke bindende.",
        "Tilrådingar på områda: {}. Dei er ikkje bindande.",
        "Recommendations on the areas: {}. They are not binding.",
    ),
    "advice-none": ("Ingen i datasettet.", "Ingen i datasettet.", "None in the dataset."),
    "advice-rest": (
        "{} av {} er vist, de som er nærmest kommunen og nyest først.",
        "{} av {} er viste, dei som er nærmast kommunen og nyast først.",
        "{} of {} are shown, those nearest to municipalities and newest first.",
    ),
    "kept": ("Tatt vare på fra tidligere", "Teke vare på frå før", "Kept from before"),
    "sources": ("Kilder", "Kjelder", "Sources"),
    "law": ("Rettsregler", "Rettsreglar", "Law"),
    "data": ("Data {} per {}, nimrights {}.", "Data {} per {}, nimrights {}.", "Data {} as of {}, nimrights {}."),
}  # fmt: skip


def says(name: str, lang: str) -> str:
    """Give a word of the section in *lang*."""
    return _SAYS[name][COLUMN[lang]]
