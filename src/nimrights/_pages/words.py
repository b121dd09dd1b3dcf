"""The words of the interface in bokmål, nynorsk and English."""

from __future__ import annotations

from typing import Final

from nimrights.vocabulary import LANGUAGES

_WORDS: Final = {
    "force": ("Rettslig kraft", "Rettsleg kraft", "Legal force"),
    "not-in-force": ("vedtatt, ikke i kraft", "vedteke, ikkje i kraft", "adopted, not in force"),
    "articles": ("Bestemmelser i datasettet", "Føresegner i datasettet", "Provisions in the dataset"),
    "paragraph": ("avsnitt", "avsnitt", "para."),
    "operative": ("Plikten står i", "Plikta står i", "The duty stands in"),
    "behind": ("bak den", "bak henne", "behind it"),
    "doubt": ("Usikkert", "Usikkert", "Uncertain"),
    "repeats": ("Gjentar", "Tek opp att", "Repeats"),
    "repeated": ("Gjentatt i", "Teken opp att i", "Repeated in"),
    "later": ("Senere", "Seinare", "Later"),
    "reviewed": ("Gjennomlest", "Gjennomlesen", "Reviewed"),
    "retired-code": ("utgått", "utgått", "ended"),
    "addressee": ("Rettet til", "Retta til", "Addressed to"),
    "measures": ("Tiltak", "Tiltak", "Measures"),
    "sample": ("Utvalg", "Utval", "Sample"),
    "publisher": ("Utgiver", "Utgivar", "Publisher"),
    "themes": ("Temaer", "Tema", "Themes"),
    "number": ("Nummer", "Nummer", "Number"),
    "note": ("Merknad", "Merknad", "Note"),
    "binding": ("bindende", "bindande", "binding"),
    "not-binding": ("ikke bindende", "ikkje bindande", "not binding"),
    "since": ("fra", "frå", "from"),
    "provisions": ("Rettsgrunnlag", "Rettsgrunnlag", "Legal basis"),
    "rights": ("Rettigheter", "Rettar", "Rights"),
    "areas": ("Politikkområder", "Politikkområde", "Policy areas"),
    "obligations": ("Plikter", "Plikter", "Obligations"),
    "recommendations": ("Anbefalinger", "Tilrådingar", "Recommendations"),
    "questions": ("Spørsmål i saken", "Spørsmål i saka", "Questions in a case"),
    "applies": ("Gjelder", "Gjeld", "Applies to"),
    "duty": ("Pliktens art", "Kva slags plikt", "Kind of duty"),
    "source": ("Kilde", "Kjelde", "Source"),
    "document": ("Dokument", "Dokument", "Document"),
    "body": ("Organ", "Organ", "Body"),
    "date": ("Dato", "Dato", "Date"),
    "position": ("Norges svar", "Svaret frå Noreg", "Norway's position"),
    "municipal": ("Betydning for kommuner", "Kva det har å seie for kommunar", "Relevance for municipalities"),
    "states": ("Stater", "Statar", "States"),
    "stated": ("Anbefalinger i dokumentet", "Tilrådingar i dokumentet", "Recommendations in the document"),
    "held": ("av dem i datasettet", "av dei i datasettet", "of them in the dataset"),
    "text-seen": ("Lest", "Lese", "Read"),
    "citing": ("Vist til av", "Vist til av", "Cited by"),
    "because": ("fordi", "fordi", "because of"),
    "more": ("til; se", "til; sjå", "more; see"),
    "also-named": ("Navn", "Namn", "Names"),
    "sami": ("Samisk språkområde", "Samisk språkområde", "Sami language area"),
    "court": ("Domstol", "Domstol", "Court"),
    "part": ("Del", "Del", "Part"),
    "always": ("alltid", "alltid", "always"),
    "where": (
        "der saken berører noe av dette",
        "der saka rører ved noko av dette",
        "where the case touches any of these",
    ),
    "answers": ("Svar", "Svar", "Answers"),
    "right": ("riktig", "rett", "right"),
    "wrong": ("feil", "feil", "wrong"),
    "module": ("Modul", "Modul", "Module"),
    "decisions": ("Avgjørelser", "Avgjerder", "Decisions"),
    "audiences": ("For", "For", "For"),
    "goals": ("Mål", "Mål", "Goals"),
    "exercises": ("Spørsmål", "Spørsmål", "Questions"),
    "self-assessment": ("Egenvurdering", "Eigenvurdering", "Self-assessment"),
    "next": ("Mulige neste steg", "Moglege neste steg", "Possible next steps"),
    "advice": ("Råd", "Råd", "Advice"),
    "examples": ("Eksempler", "Døme", "Examples"),
    "origin": ("Opphav", "Opphav", "Origin"),
    "legal-advice": (
        "Ikke juridisk rådgivning, og ikke fra NIM.",
        "Ikkje juridisk rådgiving, og ikkje frå NIM.",
        "Not legal advice, and not from NIM.",
    ),
    "did-you-mean": ("Mente du", "Meinte du", "Did you mean"),
    "nothing": ("Fant ingenting.", "Fann ingenting.", "Found nothing."),
    "no-area": (
        "Ingen politikkområder med kjent menneskerettslig tilknytning.",
        "Ingen politikkområde med kjend menneskerettsleg tilknyting.",
        "No policy area with a known human-rights link.",
    ),
    "contents": ("Innhold", "Innhald", "Contents"),
    "skip": ("Gå til innholdet", "Gå til innhaldet", "Skip to the content"),
}
#: place of a language in a row of words
COLUMN: Final[dict[str, int]] = {lang: place for place, lang in enumerate(LANGUAGES)}


def word(name: str, lang: str) -> str:
    """Give a word of the interface in *lang*."""
    return _WORDS[name][COLUMN[lang]]
