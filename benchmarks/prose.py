"""The generated archive's language: word lists and sentence patterns of our own, drawn from with a seeded Random.

Nobody in it exists. Names are made of syllables, so that an archive of any size has a long tail of rare words, as a
real one has.
"""

from random import Random


def listed(words: str, between: str = "|") -> list[str]:
    """The words of a list that is written as one text."""
    return words.split(between)


TOWN_BEGINS = listed(
    "Kar Mel Tor Vash Ned Bal Osh Rin Dal Sul Har Zel Qor Lam Ev Dur Pash Tam Gil Nur Ber Ash Cor Fen Jul",
    " ",
)
TOWN_ENDS = listed(
    "meth ava ington abad oran ek una pur ista grad ford elo mand heim ari by ost wick anza ille mere", " "
)
GIVEN_NAMES = listed(
    "Adira Bram Celeste Dario Edda Farid Greta Hamza Ilse Jonas Kamila Leon Mariam Nadir Oriel Petra Qasim Rosa "
    "Stefan Tahira Ulla Viktor Wanda Xenia Yusuf Zora Anwar Britta Cyril Dunya Émile Frieda Gustav Hania Ivo",
    " ",
)
NAME_BEGINS = listed(
    "Ab Bren Cast Dov Ell Farq Gren Hol Ish Jast Kell Lor Mard Nov Orl Pel Quen Rast Siv Tham", " "
)
NAME_ENDS = listed(
    "ani berg colm dahl ero feld gard haus iqi jar koff lund mora nik owitz pour quist rassi son tal", " "
)

WORDS = {
    "body": listed(
        "the water board|the transport ministry|the port authority|the district council|the power company|the health "
        "service|the teachers' union|the river commission|the grain exchange|the border police|the fire brigade|the "
        "housing fund|the audit office|the weather service|the railway company|the mine inspectorate|the court of "
        "accounts|the fishing cooperative|the postal bank|the highway agency"
    ),
    "thing": listed(
        "bridge|reservoir|hospital wing|tram line|pumping station|school|grain silo|harbour basin|bypass|solar field|"
        "waste plant|airfield|dam|substation|market hall|pipeline|rail depot|lighthouse|cable|sea wall"
    ),
    "matter": listed(
        "repair of the sluices|price of bread|number of night trains|safety of the old tunnels|state of the wells|"
        "shortage of nurses|sale of the shipyard|rise in rents|closing of rural post offices|"
        "quality of the drinking water|"
        "budget for road salt|delay of the timetable|wages of dock workers|loss of topsoil|cost of the census"
    ),
    "act": listed(
        "opened|closed|inspected|bought|repaired|handed over|inherited|insured|drained|surveyed|rebuilt|evacuated|"
        "mortgaged|extended|mothballed"
    ),
    "said": listed("said|told reporters|wrote in a letter|repeated|admitted|insisted|confirmed|explained"),
    "who": listed(
        "a spokesman for {body}|the mayor of {town}|{person}, who chairs the inquiry,|an engineer on the site|"
        "two members of the council|a witness from {town}|the lawyer of the residents|{person} of the residents' league"
    ),
    "day": listed("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"),
    "month": listed("January|February|March|April|May|June|July|August|September|October|November|December"),
    "unit": listed(
        "tonnes of grain|cubic metres of water|households|passengers|hectares|working days|lorries|beds"
    ),
    "quantity": listed("half|a third|a quarter|twice|nearly all|less than a tenth|more than two thirds"),
    "section": listed(
        "World|Home|Politics|Business|Courts|Health|Science|Transport|Farming|Energy|Schools|Sea and Ports|Weather|"
        "Housing|Opinion|Culture|Sport|Letters|Technology|Regions"
    ),
}

SENTENCES = (
    "{body} {act} the {thing} in {town} on {day}, {n} weeks after the first tender failed.",
    "{who} {said} that the {matter} had been discussed {n} times since {month} without a decision.",
    "The plan foresees {n} {unit} by {year}, but {quantity} of them depend on money that has not been voted.",
    "Residents of {town} have waited {n} months for an answer, and some no longer expect one.",
    "“We were told about the {matter} on {day}, and by {day} it was in the paper,” {who} {said}.",
    "According to the minutes, {body} paid {n} million for the {thing} and sold it again in {year}.",
    "In {town}, {quantity} of the shops stayed closed while {body} looked for the cause.",
    "{person} {said} the figures of {year} and those of {year} cannot be compared, because the method changed.",
    "The {thing} was built in {year} for {n} thousand people; today it serves more than {quantity} again as many.",
    "A second report, which {body} has not released, is said to run to {n}0 pages.",
    "{who} {said} there was no reason to worry, though the {matter} would remain on the agenda.",
    "Heavy rain in {month} had already damaged the road between {town} and {town}.",
    "By {day} evening {n} volunteers had carried sand to the {thing}, and the water was falling.",
    "It is the {nth} time in {n} years that {body} has changed its mind about the {thing}.",
    "Nobody at {body} would say who had signed the contract or why it was signed on a {day}.",
    "The court in {town} will hear {n} of the cases together, beginning in {month}.",
    "{person}, a teacher from {town}, counted {n} buses in an hour where there used to be {n}.",
    "Exports fell by {n} per cent in {month}, while imports of the same goods rose by {n}.",
    "That is {quantity} of what was promised when {person} took office in {year}.",
    "The letter, dated {n} {month}, asks {body} to stop work on the {thing} at once.",
    "Opponents point to {town}, where a similar {thing} was {act} after {n} days.",
    "For the farmers upstream, the {matter} decides whether {n} {unit} can be sold this season.",
    "{body} declined to comment; a message left with {person} on {day} was not returned.",
    "Work is to begin in {month} and to take {n} weeks, weather permitting.",
    "Asked whether the {thing} was safe, {who} {said} that it had passed {n} inspections.",
    "The money comes from a fund that was set up in {year} and has not been audited since.",
    "In the harbour, {n} ships were waiting, three more than the day before.",
    "{person} and {person} have both {said}, on different occasions, that the vote was unanimous.",
    "What remains of the old {thing} stands behind a fence, {n} metres from the new one.",
    "Whether the {matter} will be settled before the elections in {year} is anybody's guess.",
)

CLAIMS = (
    "{body} {act} {n} {unit} in {town} within {n} days",
    "the {thing} in {town} has cost {n} million since {year}",
    "{n} per cent of the people of {town} were against the {thing} in {year}",
    "no {thing} in the province is older than the one in {town}",
    "{person} signed the contract for the {thing} on {n} {month} {year}",
    "the number of night trains to {town} fell from {n}0 to {n} in {year}",
    "{body} has not published its accounts for {town} since {month} {year}",
    "rents in {town} rose by {n} per cent between {month} and {month} {year}",
    "{quantity} of the wells around {town} were dry in {month} {year}",
    "the {thing} in {town} is the {nth} to be {act} in one week",
    "{person} of {town} voted against the {matter} {n} times",
    "{n} {unit} were lost in {town} in {month} {year}",
)

HEADLINES = (
    "{town} waits {n} weeks for answers on its {thing}",
    "Council of {town} puts off vote on {matter}",
    "{n} {unit} at stake as {town} argues over {thing}",
    "{person} to lead inquiry into {thing} in {town}",
    "In {town}, {matter} divides a street of {n} houses",
    "{town} and {town} share one {thing}, and one bill of {n} million",
    "After {n} years, {town} gets its {thing} back",
    "What {town} learned from the {month} floods of {year}",
    "{thing} of {town} {act} for the {nth} time",
    "No agreement on {matter}, says {person}",
)

FINDINGS = (
    "The register of {body} gives another number for {town} than the one that was printed.",
    "Two records of {month} {year} and a letter of {person} bear this out.",
    "The minutes of {day} show that the vote on the {thing} was taken {n} weeks later.",
    "{body} counted it in {year}, and nothing that happened since changes the count.",
    "The statement leaves out that {quantity} of it was decided in {town} already.",
    "What there is does not settle it: the papers on the {thing} are missing.",
)

EVIDENCE = (
    "Minutes of {body}, {n} {month} {year}",
    "Register of {town}, entry {n}0{n}",
    "Letter of {person}, {month} {year}",
    "Annual report of {body}, {year}",
    "Survey of the {thing} in {town}, {year}",
)

MADE = frozenset({"n", "nth", "year", "town", "person"})


class Pen:
    """Writes in the archive's language with one source of chance: the same Random writes the same words."""

    def __init__(self, chance: Random):
        self.chance = chance

    def __getitem__(self, name: str) -> str:
        """The word for a place in a pattern."""
        return getattr(self, name)() if name in MADE else self.write(WORDS[name])

    def write(self, patterns: tuple[str, ...] | list[str]) -> str:
        """One of the patterns with its places filled in."""
        return self.chance.choice(patterns).format_map(self)

    def sentence(self, patterns: tuple[str, ...] = SENTENCES) -> str:
        """The same, beginning with a capital."""
        return capital(self.write(patterns))

    def n(self) -> str:
        return str(self.chance.randint(2, 49))

    def nth(self) -> str:
        number = self.chance.randint(2, 49)
        ending = "th" if 4 <= number <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"

    def year(self) -> str:
        return str(self.chance.randint(1961, 2023))

    def town(self) -> str:
        return self.chance.choice(TOWN_BEGINS) + self.chance.choice(TOWN_ENDS)

    def person(self) -> str:
        surname = self.chance.choice(NAME_BEGINS) + self.chance.choice(NAME_ENDS)
        return f"{self.chance.choice(GIVEN_NAMES)} {surname}"


def capital(words: str) -> str:
    """The words with the first letter large, unless they begin with a quotation mark."""
    return words[:1].upper() + words[1:]
