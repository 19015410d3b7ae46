"""The third parties of the story: organisations that do not exist, whose names say so, in several scripts."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from stories.rng import Rng

GOVERNMENT, UN, REGIONAL, BANK = "Member States", "UN organizations", "Regional organizations", "Development banks"
ACADEMIA, PRIVATE, FOUNDATION, SOCIETY = "Academia", "Private sector", "Foundations", "Civil society"
TYPES = (GOVERNMENT, UN, REGIONAL, BANK, ACADEMIA, PRIVATE, FOUNDATION, SOCIETY)
MEMBERSHIPS = ("Member State", "Sector Member", "Associate", "Academia Member")


class Tongue(NamedTuple):
    """A language to name organisations in: made-up places (a head and a tail), countries, patterns by type of party."""

    heads: tuple[str, ...]
    tails: tuple[str, ...]
    countries: tuple[str, ...]
    patterns: dict[str, tuple[str, ...]]


ENGLISH = Tongue(
    ("Alta", "Nor", "Bright", "Kestrel", "East", "Wind", "Silver", "Lake", "Amber", "Thorn", "Fair", "Stone"),
    ("vera", "haven", "mere", "moor", "acre", "holm", "minster", "wick", "ford", "dale"),
    ("GB", "KE", "AU", "CA", "GH", "NZ"),
    {
        GOVERNMENT: ("Example Ministry of Communications of {}", "Illustrative Agency for Meteorology of {}"),
        UN: ("Illustrative United Programme for {}", "Example International Fund, {} Office"),
        REGIONAL: ("Illustrative Telecommunity of {}", "Example Union of Regulators of {}"),
        BANK: ("Illustrative Development Bank of {}", "{} Example Reconstruction Fund"),
        ACADEMIA: ("Example University of {}", "Illustrative Institute of Technology, {}"),
        PRIVATE: ("Example Networks {} Ltd", "{} Illustrative Consulting LLP", "Sample Systems of {} Inc."),
        FOUNDATION: ("The {} Example Foundation", "Illustrative Trust for {}"),
        SOCIETY: ("Example Alliance for an Open {}", "{} Illustrative Network of Women in Technology"),
    },
)
FRENCH = Tongue(
    ("Val", "Brise", "Mont", "Clair", "Beau", "Fort", "Roche", "Haute"),
    ("fontaine", "rivière", "bruyère", "lumière", "forêt", "pré", "chênaie"),
    ("FR", "SN", "CH", "CI", "BE", "CM"),
    {
        GOVERNMENT: ("Ministère exemple du numérique de {}", "Agence fictive de la météorologie de {}"),
        REGIONAL: ("Communauté fictive des États de {}",),
        BANK: ("Banque exemple de développement de {}",),
        ACADEMIA: ("Université d'Exemple de {}", "École fictive des hautes études, {}"),
        PRIVATE: ("Exemple Télécom {} S.A.", "Société fictive d'ingénierie de {} SàRL"),
        FOUNDATION: ("Fondation Exemple {}",),
        SOCIETY: ("Réseau fictif des usagers de {}",),
    },
)
SPANISH = Tongue(
    ("Peña ", "Río ", "Villa ", "Puerto ", "Monte "),
    ("Sereno", "Añoranza", "Ilusión", "Cañaveral", "Azul", "Lejano"),
    ("ES", "CO", "MX", "UY", "PE"),
    {
        GOVERNMENT: ("Ministerio Ejemplo de Tecnologías de {}",),
        ACADEMIA: ("Universidad Ejemplo de {}",),
        PRIVATE: ("Consultoría Ejemplo {} S. de R.L.", "Redes Ficticias de {} S.A."),
        FOUNDATION: ("Fundación Ejemplo para la Salud, {}",),
        SOCIETY: ("Asociación Ficticia de Radios de {}",),
    },
)
GERMAN = Tongue(
    ("Schön", "Grün", "Weißen", "Mühl", "Über", "König"),
    ("fließ", "brück", "tal", "au", "höhe"),
    ("DE", "AT", "CH"),
    {
        ACADEMIA: ("Muster-Universität {}", "Beispielinstitut für Geodäsie {}"),
        PRIVATE: ("Muster & Söhne Datentechnik {} GmbH", "Beispiel Satellitenbetrieb {} AG"),
        FOUNDATION: ("Musterstiftung {}",),
    },
)
CYRILLIC = Tongue(
    ("Бело", "Светло", "Ново", "Ясно", "Верхне"),
    ("речье", "горье", "озёрск", "полье", "борье"),
    ("KZ", "UZ", "KG", "BY"),
    {
        GOVERNMENT: ("Примерное министерство связи, {}",),
        ACADEMIA: ("Примерный университет, {}",),
        PRIVATE: ("ООО «Пример-Связь {}»",),  # noqa: RUF001 - it is Cyrillic
    },
)
ARABIC = Tongue(
    ("وادي ", "مرسى ", "عين ", "جبل ", "سهل "),
    ("النور", "الأمل", "الزهور", "السلام", "الياسمين"),
    ("EG", "AE", "MA", "JO"),
    {
        GOVERNMENT: ("الوزارة المثالية للاتصالات في {}",),
        ACADEMIA: ("جامعة المثال في {}",),
        PRIVATE: ("شركة المثال للتقنية، {}",),
        BANK: ("صندوق المثال للتنمية، {}",),
    },
)
CHINESE = Tongue(
    ("云", "青", "长", "明", "白", "金"),
    ("海市", "禾省", "桥市", "湖区", "山市"),
    ("CN", "SG"),
    {
        GOVERNMENT: ("{}示例信息化管理局",),
        ACADEMIA: ("{}示例大学",),
        PRIVATE: ("{}示例科技有限公司",),
        UN: ("{}示例国际合作中心",),
    },
)
TONGUES = ((ENGLISH, 9), (FRENCH, 5), (SPANISH, 4), (GERMAN, 2), (CYRILLIC, 2), (ARABIC, 2), (CHINESE, 2))

MEMBERSHIP = {GOVERNMENT: "Member State", ACADEMIA: "Academia Member"}


@dataclass(slots=True, eq=False)
class Party:
    """A third party, by the reference under which the story registers it."""

    ref: str
    number: int
    name: str
    type: str
    country: str
    membership: str | None
    known: int = 0

    def registration(self, rng: Rng) -> dict[str, Any]:
        """Return the members of the command that registers it."""
        given: dict[str, Any] = {"name": self.name, "ref": self.ref, "party_type": self.type, "country": self.country}
        if self.membership:
            given["membership"] = self.membership
        if rng.chance(35):
            given["identifiers"] = [{"scheme": "VENDOR", "id": str(400_000 + self.number)}]
        if rng.chance(20):
            given["aliases"] = [self.acronym]
        return given

    @property
    def acronym(self) -> str:
        """A short name that no other party of the story has."""
        letters = "".join(word[0] for word in self.name.split() if word[0].isupper())
        return f"{letters[:5] or 'EX'}-{self.number:03}"


def invent(number: int, kind: str, rng: Rng, taken: dict[str, int]) -> Party:
    """Return the party with a number: of this type, under a name that is not `taken`."""
    tongue = rng.weighted([(tongue, weight) for tongue, weight in TONGUES if kind in tongue.patterns])
    place = rng.pick(tongue.heads) + rng.pick(tongue.tails)
    name = rng.pick(tongue.patterns[kind]).format(place)
    taken[name] = taken.get(name, 0) + 1
    if taken[name] > 1:
        name = f"{name} ({taken[name]})"
    membership = MEMBERSHIP.get(kind)
    if membership is None and kind in (PRIVATE, REGIONAL):
        membership = rng.weighted([("Sector Member", 3), ("Associate", 2), ("none", 5)])
    return Party(f"P{number:05}", number, name, kind, rng.pick(tongue.countries), membership)
