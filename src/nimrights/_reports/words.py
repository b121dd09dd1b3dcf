"""The words of a municipality's report in bokmål, nynorsk and English."""

from __future__ import annotations

from typing import Final

from nimrights._pages.words import COLUMN

#: the counties of 2024 by number, with their official names (Kartverket, January 2024)
COUNTIES: Final = {
    "03": "Oslo",
    "11": "Rogaland",
    "15": "Møre og Romsdal",
    "18": "Nordland – Nordlánnda",
    "31": "Østfold",
    "32": "Akershus",
    "33": "Buskerud",
    "34": "Innlandet",
    "39": "Vestfold",
    "40": "Telemark",
    "42": "Agder",
    "46": "Vestland",
    "50": "Trøndelag – Trööndelage",
    "55": "Troms – Romsa – Tromssa",
    "56": "Finnmark – Finnmárku – Finmarkku",
}

_SAYS: Final = {
    "title": ("Menneskerettigheter i {}: oversikt", "Menneskerettar i {}: oversyn", "Human rights in {}: overview"),
    # who it is
    "number": ("Kommunenummer", "Kommunenummer", "Municipality number"),
    "county": ("Fylke", "Fylke", "County"),
    "names": ("Navn", "Namn", "Names"),
    "sami": ("Samisk språkområde", "Samisk språkområde", "Sami language area"),
    "since": ("siden", "sidan", "since"),
    "outside": (
        "utenfor forvaltningsområdet for samiske språk",
        "utanfor forvaltningsområdet for samiske språk",
        "outside the administrative area for Sami languages",
    ),
    "data": ("Data", "Data", "Data"),
    "version": ("versjon {}, per {}", "versjon {}, per {}", "version {}, as of {}"),
    # how to read
    "reading": ("Slik leses oversikten", "Slik les ein oversynet", "How to read this"),
    "binds": (
        (
            "En plikt binder. Hver plikt viser hvor den står, og hvilken rettslig kraft bestemmelsen har. Det som "
            "står bak den, er bestemmelser av høyere rang eller av allmenn art."
        ),
        (
            "Ei plikt bind. Kvar plikt viser kvar ho står, og kva rettsleg kraft føresegna har. Det som står bak "
            "henne, er føresegner av høgare rang eller av allmenn art."
        ),
        (
            "An obligation binds. Each shows where it stands and the legal force of the provision. What stands "
            "behind it are provisions of higher rank or of a general kind."
        ),
    ),
    "advises": (
        (
            "En anbefaling eller et råd binder ikke. Her står de anbefalingene til Norge som nevner kommunene eller "
            "gjelder tjenester som kommunene utfører: {} av {} i datasettet. De er rettet til staten, ikke til "
            "denne kommunen."
        ),
        (
            "Ei tilråding eller eit råd bind ikkje. Her står dei tilrådingane til Noreg som nemner kommunane eller "
            "gjeld tenester som kommunane utfører: {} av {} i datasettet. Dei er retta til staten, ikkje til denne "
            "kommunen."
        ),
        (
            "A recommendation or a piece of advice does not bind. Shown are the recommendations to Norway that name "
            "municipalities or concern services that municipalities deliver: {} of {} in the dataset. They are "
            "addressed to the State, not to this municipality."
        ),
    ),
    "incomplete": (
        "Oversikten viser det datasettet har. At noe ikke står her, betyr ikke at det ikke finnes.",
        "Oversynet viser det datasettet har. At noko ikkje står her, tyder ikkje at det ikkje finst.",
        "The overview shows what the dataset holds. That something is not here does not mean that it does not exist.",
    ),
    "own-words": (
        "Plikter og anbefalinger er gjengitt med våre ord.",
        "Plikter og tilrådingar er attgjevne med våre ord.",
        "Obligations and recommendations are told in our own words.",
    ),
    # overview
    "overview": ("Områdene i tall", "Områda i tal", "The areas in figures"),
    "area": ("Politikkområde", "Politikkområde", "Policy area"),
    "duties": ("Plikter (bindende)", "Plikter (bindande)", "Obligations (binding)"),
    "recommendations": (
        "Anbefalinger (ikke bindende)",
        "Tilrådingar (ikkje bindande)",
        "Recommendations (not binding)",
    ),
    "by-area": (
        "Plikter, og anbefalinger som gjelder kommunale tjenester, etter område",
        "Plikter, og tilrådingar som gjeld kommunale tenester, etter område",
        "Obligations, and recommendations that concern municipal services, by area",
    ),
    "by-area-picture": (
        "Anbefalinger som gjelder kommunale tjenester, etter område",
        "Tilrådingar som gjeld kommunale tenester, etter område",
        "Recommendations that concern municipal services, by area",
    ),
    "several": (
        (
            "En plikt eller en anbefaling kan høre til flere områder, eller ingen. "
            "Til sammen er det {} plikter og {} anbefalinger."
        ),
        (
            "Ei plikt eller ei tilråding kan høyre til fleire område, eller ingen. "
            "Til saman er det {} plikter og {} tilrådingar."
        ),
        (
            "An obligation or a recommendation may belong to several areas, or to none. "
            "In all there are {} obligations and {} recommendations."
        ),
    ),
    "by-year": (
        "Anbefalinger som gjelder kommunale tjenester, etter år og organ",
        "Tilrådingar som gjeld kommunale tenester, etter år og organ",
        "Recommendations that concern municipal services, by year and body",
    ),
    "figures": ("Anbefalingene i tall", "Tilrådingane i tal", "The recommendations in figures"),
    "year": ("År", "År", "Year"),
    "sum": ("I alt", "I alt", "Total"),
    "undated": ("uten dato", "utan dato", "no date"),
    "unnamed": ("organ ikke nevnt", "organ ikkje nemnt", "body not named"),
    "others": ("andre", "andre", "others"),
    "others-are": ("Andre: {}.", "Andre: {}.", "Others: {}."),
    "bars": (
        "Liggende stolper. {} {} i alt; flest på {} ({}). Tallene står i tabellen nedenfor.",
        "Liggjande stolpar. {} {} i alt; flest på {} ({}). Tala står i tabellen nedanfor.",
        "Lying bars. {} {} in all; most for {} ({}). The figures stand in the table below.",
    ),
    "items": ("anbefalinger", "tilrådingar", "recommendations"),
    "placed": ("plasseringer av anbefalinger", "plasseringar av tilrådingar", "placings of recommendations"),
    # those that only some have
    "some": (
        "Plikter som bare noen kommuner har",
        "Plikter som berre nokre kommunar har",
        "Obligations that only some municipalities have",
    ),
    "applies": ("Disse gjelder {}", "Desse gjeld {}", "These apply to {}"),
    "none-applies": (
        "Datasettet har ingen plikter som bare gjelder kommuner av samme slag som {}.",
        "Datasettet har ingen plikter som berre gjeld kommunar av same slag som {}.",
        "The dataset holds no obligations that apply only to municipalities of the same kind as {}.",
    ),
    "depends": (
        "Disse gjelder hvis kommunen gjør eller eier noe bestemt",
        "Desse gjeld viss kommunen gjer eller eig noko bestemt",
        "These apply if the municipality does or owns something in particular",
    ),
    "depends-about": (
        "Datasettet vet ikke hva kommunen gjør eller eier; det må kommunen selv ta stilling til.",
        "Datasettet veit ikkje kva kommunen gjer eller eig; det må kommunen sjølv ta stilling til.",
        "The dataset does not know what the municipality does or owns; that is for the municipality to judge.",
    ),
    "if": ("Gjelder bare", "Gjeld berre", "Applies only to"),
    # areas
    "areas": (
        "Plikter og anbefalinger etter område",
        "Plikter og tilrådingar etter område",
        "Obligations and recommendations by area",
    ),
    "no-area": ("Uten politikkområde", "Utan politikkområde", "Without a policy area"),
    "shared": ("står under {}", "står under {}", "stands under {}"),
    "no-recommendations": (
        "Datasettet har ingen anbefalinger om kommunale tjenester på dette området.",
        "Datasettet har ingen tilrådingar om kommunale tenester på dette området.",
        "The dataset holds no recommendations on municipal services in this area.",
    ),
    "uncertain": ("Usikkert", "Usikkert", "Uncertain"),
    # advice and city
    "advice": ("Råd fra NIM (ikke bindende)", "Råd frå NIM (ikkje bindande)", "Advice from NIM (not binding)"),
    "advice-about": (
        "Norges institusjon for menneskerettigheter (NIM) gir råd til alle kommuner. Rådene binder ikke.",
        "Noregs institusjon for menneskerettar (NIM) gir råd til alle kommunar. Råda bind ikkje.",
        "The Norwegian National Human Rights Institution (NIM) advises all municipalities. The advice does not bind.",
    ),
    "city": ("Menneskerettighetsby", "Menneskerettsby", "Human rights city"),
    "city-table": ("Elementene i rammeverket", "Elementa i rammeverket", "The elements of the framework"),
    "element": ("Element", "Element", "Element"),
    "part": ("Del", "Del", "Part"),
    "origin": ("Opphav", "Opphav", "Origin"),
    # sources
    "sources": ("Kilder", "Kjelder", "Sources"),
    "laws": ("Lover og konvensjoner", "Lover og konvensjonar", "Statutes and conventions"),
    "read-in": (
        "Sider der plikter, anbefalinger og råd er lest ({})",
        "Sider der plikter, tilrådingar og råd er lesne ({})",
        "Pages where obligations, recommendations and advice were read ({})",
    ),
    "read": ("lest {}", "lese {}", "read {}"),
}


#: category in the Sami language area, as the regulation names it -> in English
_SAMI: Final = {
    "språkutviklingskommune": "language development municipality",
    "språkvitaliseringskommune": "language revitalisation municipality",
    "språkstimuleringskommune": "language stimulation municipality",
}


def sami_category(name: str, lang: str) -> str:
    """Give the name of a category in *lang*; in English with the Norwegian name beside it."""
    return f"{_SAMI[name]} ({name})" if lang == "en" and name in _SAMI else name


def says(name: str, lang: str) -> str:
    """Give words of a report in *lang*."""
    return _SAYS[name][COLUMN[lang]]
