"""Words that never make two texts alike: bokmål, nynorsk and English in one list, and words that weigh little."""

# Pronouns, prepositions, conjunctions, auxiliaries and the phrases that an idea begins with. Written for this project.
_BOKMAAL = """
alle allerede alltid alt altfor and andre annen annet at av bare ble bli blir blitt bort bra bruk bruke brukes brukt
burde både båe bør da de deg dem den denne der dere deres derfor dermed dersom det dette din disse ditt du eller en
enda eneste enhver enn er et ett etter eventuelt fikk fikse finne finnes fins flere flest for fordi forslag foreslå
foreslår fra fram frem før først få får fått gang ganger ganske gikk gi gir gitt gjennom gjerne gjør gjøre gjort god
gode godt gå går ha hadde ham han hans har heller hele hen henne hennes her hit ho hos hun hva hvem hver hverandre
hvert hvilke hvilken hvilket hvis hvor hvordan hvorfor i idé ide ideen idéen idéer ideer igjen ikke ingen inn inne
innen ja jeg jo kan kanskje kom komme kommer kunne lage lager laget la lang legge ligger like litt lov må måte måter
man mange masse med meg meget mellom men mens mer mest mindre min mine mitt mot mye mulig mulighet muligheter må måtte
ned nei neste noe noen nok nu ny nye nytt nå når nær og også om opp oppe oss over på rundt sa samme samt seg selv sette
si sin sine sitt skal skulle slik slike slipper snart som stor store stort så sånn ta tar til tilbake trenger trengs
tror tatt under unna ut ute uten utover var ved vel veldig vi via vil ville vår våre vårt være vært å år
hei hallo enig enige tenke tenker tenkt tenkte syns synes synest syntes mene mener ment ønske ønsker ønsket håper håpe
dag dagen dager dagene spesielt særlig alltids nemlig faktisk egentlig riktig rett lettere enklere bedre best
"""
_NYNORSK = """
aldri alle andre anna bere berre bruka bruke brukast burde bør då de dei deira deg dele den denne der dersom desse det
dette di dine ditt du då eg ei ein eit eitt eiga eigen eige ikkje ingen ingi inkje enn er etter fekk finne finst fleire
flest fordi framlegg frå fyrst først få får fått føre gjennom gjer gjera gjere gjort god gode godt gong gongar ha hadde
han har heile her hjå ho hoe honom hoss hossen i ikkje inn inni ja jo kan kanskje kjem kome koma korleis korso kva
kvar kvarandre kvart kven kvi kvifor kunne lage laga laget litt lova me med medan meg meir mellom men mest mi min mindre
mine mitt mot mykje må måtte moglegheit moglegheiter no noka noko nokon nokor nokre nye nytt når og også om opp oss over
på sa same seg si sia sidan sin sine sitt sjølv skal skulle slik slike som somme somt stor store stort så ta tek
til tilbake treng tru trur um under upp ut utan var vart varte ved vera vere verta vert verte vi vil ville vore vorte
vår våre vårt å år
samd samde tenkje tenkjer tenkte tykkjer synst meiner meine meint ønskje ønskjer ønskt vonar vona dagar dagane særleg
nemleg eigentleg riktig lettare enklare betre best
"""
_ENGLISH = """
a about above after again all also am an and another any are as at be because been before being below between both but
by can could did do does doing down during each few for from further get give good had has have having he her here hers
him his how i idea ideas if in into is it its itself just let like made make makes many may me more most much must my
need needs new no nor not now of off on once one only or other our out over own please propose proposal same shall she
should so some such suggest suggestion than that the their them then there these they this those through to too under
until up us use used using very want was way we were what when where which while who whom why will with would you your
"""
STOPWORDS = frozenset((_BOKMAAL + _NYNORSK + _ENGLISH).split())

# Words of nearly every idea in a municipality: before the index has counted enough to know it, it is known here.
_WEAK = """
ansatt ansatte arbeid arbeide arbeider arbeidet arbeidsplass arbeidsplassen avdeling avdelingar avdelinger behov
brukar brukarar bruker brukere brukerne digital digitale digitalt eining einingar enhet enheter felles hjelp hjelpa
hjelpe hjelper hverdag hverdagen innbygger innbyggere innbyggerne innbyggjar innbyggjarane innbyggjarar jobb jobben
jobber kollega kollegaene kollegaer kolleger kommunal kommunale kommunane kommunar kommune kommunen kommunens kommuner
kvardag kvardagen løsning løsninger løysing løysingar medarbeidar medarbeidarar medarbeider medarbeidere ordning
problem problemet prosjekt prosjekter system systema systemer systemet tenesta teneste tenester tid tilbod tilbud
tilsett tilsette tiltak tjeneste tjenesten tjenester viktig viktige
"""
WEAK_WORDS = frozenset(_WEAK.split())
