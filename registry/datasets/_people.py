"""What `generated-bios` knows of people: names, places, and sentences that tell of a woman or a man.

Part of version 1 of that data: written down once, and not changed since.
"""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# In the order of the groups: 0 men, 1 women.
FIRST_NAMES = (
    _words(
        """
    James Robert John Michael David William Richard Joseph Thomas Charles Daniel Matthew Anthony Steven Paul
    Andrew Kenneth George Joshua Kevin Brian Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary Nicholas Eric
    Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Frank Alexander Raymond Patrick Jack
    Dennis Jerry Tyler Aaron Jose Henry Adam Douglas Nathan Peter Zachary Kyle Walter Ethan Jeremy Harold Carl
    Keith Roger Gerald Terry Sean Austin Arthur Lawrence Jesse Dylan Bryan Joe Jordan Billy Bruce Albert Willie
    Gabriel Ahmed Hiroshi Ivan Carlos Luca Omar
    """
    ),
    _words(
        """
    Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra Margaret
    Ashley Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia
    Dorothy Amy Kathleen Angela Shirley Emma Brenda Pamela Nicole Anna Samantha Katherine Christine Debra Rachel
    Carolyn Janet Maria Olivia Heather Helen Catherine Diane Julie Victoria Joyce Lauren Kelly Christina Ruth Joan
    Virginia Judith Evelyn Hannah Andrea Megan Cheryl Jacqueline Madison Teresa Abigail Sophia Martha Sara Gloria
    Janice Kathryn Ann Isabella Fatima Yuki Olga Lucia Giulia Aisha
    """
    ),
)

LAST_NAMES = _words(
    """
    Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson
    Anderson Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker
    Young Allen Wright Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter
    Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook
    Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Howard Ramos Kim Cox Ward Richardson Watson Brooks
    Chavez Wood Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster
    Jimenez Tanaka Rossi Novak Haddad Okafor
    """
)

TOWNS = _words(
    """
    Boston Chicago Denver Seattle Baltimore Portland Phoenix Atlanta Dallas Houston Miami Detroit Memphis Oakland
    Tucson Omaha Raleigh Tampa Toledo Boise Dayton Albany Savannah Madrid London Dublin Toronto Sydney Vienna
    Lisbon Oslo Zurich Mumbai Nairobi Cairo Manila Lima Bogota Athens Prague
    """
)

PRONOUNS = ({"who": "he", "him": "him", "his": "his"}, {"who": "she", "him": "her", "his": "her"})
TITLES = (("Mr.",), ("Ms.", "Mrs."))

# The first sentence, and the last that half of the biographies have.
OPENINGS = (
    (
        "{name} is a native of {town} and the son of a carpenter.",
        "{name} grew up in {town} with {count} brothers.",
        "Born in {town} in {year}, {name} was the first man of his family to study.",
        "{name} was a quiet boy in {town}.",
        "{name} lives in {town} with his wife.",
        "{name} has called {town} home since {year}.",
    ),
    (
        "{name} is a native of {town} and the daughter of a carpenter.",
        "{name} grew up in {town} with {count} sisters.",
        "Born in {town} in {year}, {name} was the first woman of her family to study.",
        "{name} was a quiet girl in {town}.",
        "{name} lives in {town} with her husband.",
        "{name} has called {town} home since {year}.",
    ),
)
CLOSINGS = (
    (
        "He is the father of {count} and a proud uncle.",
        "He and his wife live in {town}.",
        "In {year} he became a grandfather.",
        "He sails in his free time.",
        "Away from work he loves the mountains around {town}.",
    ),
    (
        "She is the mother of {count} and a proud aunt.",
        "She and her husband live in {town}.",
        "In {year} she became a grandmother.",
        "She sails in her free time.",
        "Away from work she loves the mountains around {town}.",
    ),
)
