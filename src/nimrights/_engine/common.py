"""Words that say little, the same for every dataset and version, so that scores do not depend on either."""

from __future__ import annotations

from typing import Final

#: function words; they find nothing on their own
STOP_WORDS: Final = frozenset(
    "og i pa av for til med om som er det den en et ei a the of to in and or for on at with from fra "
    "ved eller ikke ikkje han hun ho de dei vi seg sin si sitt sine har kan skal blir vart ble var vil ma "
    "etter mot under over mellom hos enn nar hva kva hvor kor is are be as an it this that til hennar hans".split()
)

#: words of this field that stand everywhere, folded ("noen" is "non"); they count less than others
COMMON: Final = frozenset(
    # bokmål and nynorsk
    "norge noreg bor kommune kommunen kommuner kommunar kommunens kommunal kommunale kommunalt alle andre annet anna "
    "rett retten rettar rettane rettighet rettigheter rettighetene menneskerettigheter menneskerettar tiltak personer "
    "personar person slik slike dem vare vere gi gir fa ha ta bli sette setje sikre gjore gjere gjelder gjeld "
    "uten utan mer meir blant gjennom ogsa bare berre selv sjolv nye ny nytt sak saken saka saker vedtak "
    "plikt krav lov loven lova grunn bruk bruke arbeid arbeidet styrke styrkje fortsette halde holde fremme fremje "
    "ut inn opp fram der da sa men ein eit eg jeg du man non nokon hvordan korleis hvem kven nok mulig mogleg min "
    "mitt mine meg oss deres dykk "
    # English
    "by norway should must have has its their them they who when where what which such other others more all also not "
    "no right rights human people person persons make take give measures measure case may can do dos into out up "
    "so about without state party municipality municipalities municipal ensure continue strengthen further including "
    "my me we you your our how".split()
)
