"""The words of a city's self-assessment and its drafts in bokmål, nynorsk and English."""

from __future__ import annotations

from typing import Final

from nimrights._pages.words import COLUMN

_SAYS: Final = {
    # states
    "unstated": ("ikke vurdert", "ikkje vurdert", "not assessed"),
    "not-started": ("ikke begynt", "ikkje byrja", "not started"),
    "planned": ("planlagt", "planlagt", "planned"),
    "under-way": ("i gang", "i gang", "under way"),
    "in-place": ("på plass", "på plass", "in place"),
    "not-relevant": ("ikke aktuelt", "ikkje aktuelt", "not relevant"),
    # parts, several of them
    "foundation": ("Grunnlag", "Grunnlag", "Foundations"),
    "structure": ("Strukturer", "Strukturar", "Structures"),
    "tool": ("Verktøy", "Verktøy", "Tools"),
    # columns
    "element": ("Element", "Element", "Element"),
    "state": ("Status", "Status", "State"),
    "evidence": ("Dokumentasjon", "Dokumentasjon", "Evidence"),
    "owner": ("Ansvarlig", "Ansvarleg", "Owner"),
    "next_step": ("Neste steg", "Neste steg", "Next step"),
    "deadline": ("Frist", "Frist", "Deadline"),
    "answers": ("Svar på spørsmålene", "Svar på spørsmåla", "Answers to the questions"),
    "number": ("Antall", "Tal", "Number"),
    "change": ("Endring", "Endring", "Change"),
    "before": ("Før", "Før", "Before"),
    "now": ("Nå", "No", "Now"),
    "also": ("Også endret", "Også endra", "Also changed"),
    # progress
    "progress": ("Framdrift: {}, {}", "Framdrift: {}, {}", "Progress: {}, {}"),
    "progress-table": ("Status for hvert element", "Status for kvart element", "State of each element"),
    "counts-table": ("Antall elementer etter status", "Tal element etter status", "Number of elements by state"),
    "picture": ("Framdrift per element, {}, {}", "Framdrift per element, {}, {}", "Progress by element, {}, {}"),
    "no-score": (
        "Tabellen viser hva kommunen selv har ført opp. Den er ikke en vurdering av menneskerettighetene i kommunen.",
        "Tabellen viser kva kommunen sjølv har ført opp. Han er ikkje ei vurdering av menneskerettane i kommunen.",
        (
            "The table shows what the municipality has entered itself. It does not judge human rights in the "
            "municipality."
        ),
    ),
    "kept": (
        "Skrevet før, uten plass i denne versjonen",
        "Skrive før, utan plass i denne versjonen",
        "Written before, without a place in this version",
    ),
    # comparison
    "comparison": ("Endringer: {}, {} til {}", "Endringar: {}, {} til {}", "Changes: {}, {} to {}"),
    "forward": ("framover", "framover", "forward"),
    "back": ("tilbake", "tilbake", "back"),
    "assessed": ("vurdert for første gang", "vurdert for første gong", "assessed for the first time"),
    "changed": ("endret", "endra", "changed"),
    "new": ("nytt element", "nytt element", "new element"),
    "gone": ("ikke med lenger", "ikkje med lenger", "no longer there"),
    "same": ("samme status", "same status", "same state"),
    "unchanged": ("{} elementer er ikke endret.", "{} element er ikkje endra.", "{} elements have not changed."),
    # drafts, both kinds
    "draft": (
        (
            "UTKAST til politisk behandling. Ikke vedtatt. Ingenting her er sagt på vegne av kommunen: det som står "
            "i hakeparentes, fyller kommunen ut, og punktene er forslag som kan strykes."
        ),
        (
            "UTKAST til politisk handsaming. Ikkje vedteke. Ingenting her er sagt på vegner av kommunen: det som "
            "står i hakeparentes, fyller kommunen ut, og punkta er framlegg som kan strykast."
        ),
        (
            "DRAFT for political treatment. Not adopted. Nothing here is said on behalf of the municipality: what "
            "stands in brackets is for the municipality to fill in, and the items are proposals that can be struck."
        ),
    ),
    "framework": (
        (
            "Elementene bygger på rammeverket til EUs byrå for grunnleggende rettigheter (FRA) for "
            "menneskerettighetsbyer, så langt vi har sett det, og på egne tillegg som er merket. Rammeverket binder "
            "ikke norske kommuner, og Norge er ikke bundet av EUs charter om grunnleggende rettigheter."
        ),
        (
            "Elementa byggjer på rammeverket til EUs byrå for grunnleggjande rettar (FRA) for menneskerettsbyar, så "
            "langt vi har sett det, og på eigne tillegg som er merkte. Rammeverket bind ikkje norske kommunar, og "
            "Noreg er ikkje bunde av EU-charteret om grunnleggjande rettar."
        ),
        (
            "The elements build on the framework of the EU Agency for Fundamental Rights (FRA) for human rights "
            "cities, as far as we have seen it, and on additions of our own, which are marked. The framework does "
            "not bind Norwegian municipalities, and Norway is not bound by the EU Charter of Fundamental Rights."
        ),
    ),
    "from-file": (
        "Status og tekst fra kommunens egen vurdering {}.",
        "Status og tekst frå kommunens eiga vurdering {}.",
        "States and texts from the municipality's own assessment of {}.",
    ),
    "chosen-areas": ("Områder som er valgt", "Område som er valde", "Areas that were chosen"),
    "examples": (
        "Eksempler fra andre (ikke bindende)",
        "Døme frå andre (ikkje bindande)",
        "Examples from others (not binding)",
    ),
    "advice": ("Råd fra NIM (ikke bindende)", "Råd frå NIM (ikkje bindande)", "Advice from NIM (not binding)"),
    "sources": ("Kilder", "Kjelder", "Sources"),
    "own": ("vårt eget tillegg", "vårt eige tillegg", "our own addition"),
    "fra": ("fra FRAs rammeverk", "frå rammeverket til FRA", "from FRA's framework"),
    "duties": ("plikter", "plikter", "obligations"),
    # declaration
    "declaration": (
        "Utkast til erklæring om menneskerettigheter: {}",
        "Utkast til erklæring om menneskerettar: {}",
        "Draft declaration on human rights: {}",
    ),
    "background": ("Bakgrunn", "Bakgrunn", "Background"),
    "bound": (
        (
            "Kommunen har plikter etter menneskerettighetene uten noen erklæring. Ansvaret for å respektere og "
            "sikre dem ligger på myndighetene, og kommunen hører med ({}). En erklæring kan gjøre pliktene mer "
            "synlige; den endrer dem ikke."
        ),
        (
            "Kommunen har plikter etter menneskerettane utan noka erklæring. Ansvaret for å respektere og sikre dei "
            "ligg på styresmaktene, og kommunen høyrer med ({}). Ei erklæring kan gjere pliktene meir synlege; ho "
            "endrar dei ikkje."
        ),
        (
            "The municipality has human-rights duties without any declaration. The responsibility to respect and "
            "ensure human rights lies with the authorities, and the municipality is one of them ({}). A declaration "
            "can make the duties more visible; it does not change them."
        ),
    ),
    "article-92": ("Grunnloven § 92", "Grunnlova § 92", "Article 92 of the Constitution"),
    "council-will": (
        "Kommunestyret i {} [tar stilling til om kommunen vil]:",
        "Kommunestyret i {} [tek stilling til om kommunen vil]:",
        "The municipal council of {} [decides whether the municipality will]:",
    ),
    "clauses": ("Punkter til vedtak", "Punkt til vedtak", "Items for decision"),
    "already": (
        "på plass ifølge kommunens egen vurdering {}",
        "på plass ifølgje kommunens eiga vurdering {}",
        "in place according to the municipality's own assessment of {}",
    ),
    "left-out": (
        "Ikke aktuelt ifølge kommunens egen vurdering {}: {}.",
        "Ikkje aktuelt ifølgje kommunens eiga vurdering {}: {}.",
        "Not relevant according to the municipality's own assessment of {}: {}.",
    ),
    "areas-first": ("Områder å begynne med", "Område å byrje med", "Areas to begin with"),
    "choose-areas": (
        "[Kommunestyret kan velge politikkområder å begynne med. Skriv id-ene under areas i filen.]",
        "[Kommunestyret kan velje politikkområde å byrje med. Skriv id-ane under areas i fila.]",
        "[The council may choose policy areas to begin with. Write their ids under areas in the file.]",
    ),
    "follow-up": ("Ansvar og oppfølging", "Ansvar og oppfølging", "Responsibility and follow-up"),
    "who": (
        "Politisk og administrativt ansvar",
        "Politisk og administrativt ansvar",
        "Political and administrative lead",
    ),
    "report-when": ("Rapport til kommunestyret", "Rapport til kommunestyret", "Report to the council"),
    "taking-part": (
        "Slik har innbyggere og organisasjoner medvirket",
        "Slik har innbyggjarar og organisasjonar medverka",
        "How residents and organisations took part",
    ),
    "means": ("Midler", "Midlar", "Resources"),
    "review-when": ("Ny vurdering", "Ny vurdering", "Next review"),
    "fill": ("[fyll ut]", "[fyll ut]", "[fill in]"),
    "fill-often": ("[hvor ofte, og første gang]", "[kor ofte, og første gong]", "[how often, and the first time]"),
    "fill-date": ("[dato]", "[dato]", "[date]"),
    "area-duties": (
        "Plikter på områdene (bindende)",
        "Plikter på områda (bindande)",
        "Obligations in the areas (binding)",
    ),
    "area-duties-about": (
        "Pliktene gjelder uavhengig av planen og erklæringen. Hver av dem viser hvilke bestemmelser den står i.",
        "Pliktene gjeld uavhengig av planen og erklæringa. Kvar av dei viser kva føresegner ho står i.",
        (
            "The obligations hold whatever the plan and the declaration say. Each shows the provisions in which it "
            "stands."
        ),
    ),
    "not-binding": (
        "Rådene binder ikke kommunen.",
        "Råda bind ikkje kommunen.",
        "The advice does not bind the municipality.",
    ),
    # plan
    "plan": (
        "Utkast til handlingsplan for menneskerettigheter: {}",
        "Utkast til handlingsplan for menneskerettar: {}",
        "Draft action plan for human rights: {}",
    ),
    "overview": ("Oversikt", "Oversyn", "Overview"),
    "suggested": (
        "Forslag til tiltak (våre egne, ikke bindende)",
        "Framlegg til tiltak (våre eigne, ikkje bindande)",
        "Suggested measures (our own, not binding)",
    ),
    "own-next": (
        "Neste steg (kommunens egne ord)",
        "Neste steg (kommunens eigne ord)",
        "Next step (the municipality's words)",
    ),
    "all-areas": ("alle områder", "alle område", "all areas"),
    "in-place-list": ("På plass", "På plass", "In place"),
    "not-relevant-list": ("Ikke aktuelt", "Ikkje aktuelt", "Not relevant"),
    "areas": ("Områder", "Område", "Areas"),
    "data": ("Datasett", "Datasett", "Dataset"),
    "as-of": ("per", "per", "as of"),
}


def says(name: str, lang: str) -> str:
    """Give words of a city's pages in *lang*."""
    return _SAYS[name][COLUMN[lang]]
