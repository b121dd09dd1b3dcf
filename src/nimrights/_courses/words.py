"""The words of the course's quizzes and pages in bokmål, nynorsk and English."""

from __future__ import annotations

from typing import Final

from nimrights._pages.words import COLUMN, word
from nimrights.dataset import Dataset
from nimrights.models import Module

_SAYS: Final = {
    "course": (
        "Menneskerettigheter i kommunen",
        "Menneskerettar i kommunen",
        "Human rights in the municipality",
    ),
    "read": ("Les", "Les", "Read"),
    "quiz": ("Spørsmål", "Spørsmål", "Questions"),
    "question": ("Spørsmål {} av {}", "Spørsmål {} av {}", "Question {} of {}"),
    "questions": ("{} spørsmål", "{} spørsmål", "{} questions"),
    "one": ("Velg ett svar.", "Vel eitt svar.", "Choose one answer."),
    "several": ("Velg ett eller flere svar.", "Vel eitt eller fleire svar.", "Choose one or more answers."),
    "check": ("Sjekk svaret", "Sjekk svaret", "Check the answer"),
    "again": ("Prøv på nytt", "Prøv på nytt", "Try again"),
    "right": ("Riktig.", "Rett.", "Right."),
    "partly": (
        "Delvis riktig: Ikke alle riktige svar, eller ikke bare de.",
        "Delvis rett: Ikkje alle rette svar, eller ikkje berre dei.",
        "Partly right: not all of the right answers, or not only those.",
    ),
    "wrong": ("Ikke riktig.", "Ikkje rett.", "Not right."),
    "answer-right": ("Riktig svar", "Rett svar", "Right answer"),
    "answer-wrong": ("Feil svar", "Feil svar", "Wrong answer"),
    "chosen": ("valgt", "vald", "chosen"),
    "missed": ("Riktig svar", "Rett svar", "The right answer"),
    "count": ("{} av {} riktige.", "{} av {} rette.", "{} of {} right."),
    "result": ("Resultat", "Resultat", "Result"),
    "recorded": (
        "Resultatet er meldt til læringsplattformen.",
        "Resultatet er meldt til læringsplattforma.",
        "The result was reported to the learning platform.",
    ),
    "not-recorded": (
        "Resultatet er ikke lagret: Siden er ikke åpnet i en læringsplattform.",
        "Resultatet er ikkje lagra: Sida er ikkje opna i ei læringsplattform.",
        "The result was not saved: this page was not opened in a learning platform.",
    ),
    "failed": (
        "Læringsplattformen tok ikke imot resultatet.",
        "Læringsplattforma tok ikkje imot resultatet.",
        "The learning platform did not accept the result.",
    ),
    "pass-mark": (
        "Bestått er {} % riktige svar eller mer. Du kan prøve så mange ganger du vil.",
        "Greidd er {} % rette svar eller meir. Du kan prøve så mange gonger du vil.",
        "The pass mark is {}% right answers. You may try as often as you like.",
    ),
    "no-script": (
        "Siden trenger JavaScript for å rette svarene. Uten det står alle forklaringene her.",
        "Sida treng JavaScript for å rette svara. Utan det står alle forklaringane her.",
        "This page needs JavaScript to mark the answers. Without it, all explanations are shown here.",
    ),
    "how": (
        "Skriv nummeret på svaret og trykk Enter. Er flere svar riktige: 1, 3. Slutt med q eller Ctrl-D.",
        "Skriv nummeret på svaret og trykk Enter. Er fleire svar rette: 1, 3. Slutt med q eller Ctrl-D.",
        "Type the number of the answer and press Enter. If several are right: 1, 3. Stop with q or Ctrl-D.",
    ),
    "prompt": ("Svar", "Svar", "Answer"),
    "ask-one": ("Skriv ett tall fra 1 til {}.", "Skriv eitt tal frå 1 til {}.", "Type one number from 1 to {}."),
    "ask-several": (
        "Skriv ett eller flere tall fra 1 til {}, med komma imellom.",
        "Skriv eitt eller fleire tal frå 1 til {}, med komma imellom.",
        "Type one or more numbers from 1 to {}, with commas between them.",
    ),
    "ended": ("Slutt etter {} av {} spørsmål.", "Slutt etter {} av {} spørsmål.", "Stopped after {} of {} questions."),
    "force-note": (
        "Ved hver bestemmelse står dens rettslige kraft. En anbefaling eller et råd binder ikke.",
        "Ved kvar føresegn står den rettslege krafta. Ei tilråding eller eit råd bind ikkje.",
        "Each provision is shown with its legal force. A recommendation or advice does not bind.",
    ),
    "invented": (
        "Situasjonene og personene er oppdiktet.",
        "Situasjonane og personane er oppdikta.",
        "The situations and the people are invented.",
    ),
    "foot": (
        "Datasett {}, per {}. Teksten kan brukes videre etter CC BY 4.0.",
        "Datasett {}, per {}. Teksten kan brukast vidare etter CC BY 4.0.",
        "Dataset {}, as of {}. The text may be reused under CC BY 4.0.",
    ),
    "no-course": (
        "Denne versjonen av dataene har ikke noe kurs.",
        "Denne versjonen av dataa har ikkje noko kurs.",
        "This version of the data has no course.",
    ),
}


def says(name: str, lang: str, *values: object) -> str:
    """Give a text of the course in *lang*, with *values* in their places."""
    return _SAYS[name][COLUMN[lang]].format(*values)


def closing(dataset: Dataset, lang: str) -> str:
    """Give the foot of a document: that it is no legal advice, and from which data it comes."""
    advice = word("legal-advice", lang)
    return f"{advice} {says('force-note', lang)} {says('foot', lang, dataset.version, dataset.as_of)}"


def numbered(module: Module, lang: str) -> str:
    """Give the name of a module with its place in the course."""
    return f"{module.order}. {module.label[lang]}"
