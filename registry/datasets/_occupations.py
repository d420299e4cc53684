"""What `generated-bios` writes of: 28 occupations, and sentences that tell an occupation or only its field.

Shares are those of Bias-in-Bios: of all biographies as published with the data, of women among them from the
literature, rounded (De-Arteaga et al. 2019). Written down once, as version 1 of the data, and not changed since.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Occupation:
    """A name, its share of all biographies and of women among its own, both in percent, its field, its sentences.

    In a sentence `{who}` is a pronoun or a name, `{him}` and `{his}` are pronouns; town, count and year are drawn.
    """

    name: str
    share: float
    women: float
    field: str
    sentences: tuple[str, ...]


def _occupation(name: str, share: float, women: float, field: str, sentences: str) -> Occupation:
    return Occupation(name, share, women, field, _lines(sentences))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


# Sentences that fit every occupation of a field.
FIELDS = {
    "medicine": _lines("""
        {who} has {count} years of experience at the hospital of {town}.
        {who} completed {his} residency in {town} in {year}.
        Patients describe {him} as patient and thorough.
        {who} sits on the quality board of a clinic in {town}.
        {who} trains younger colleagues on the wards.
    """),
    "body": _lines("""
        {who} runs a family practice in {town} with a staff of {count}.
        {who} welcomes patients of all ages since {year}.
        {who} is known in {town} for a gentle touch.
        The practice accepts most insurance plans and has {count} chairs.
    """),
    "counsel": _lines("""
        {who} has listened to the people of {town} for {count} years.
        {who} leads a group for grief and loss in {town}.
        Couples come to {him} before they marry.
        {who} wrote {count} essays on forgiveness.
    """),
    "education": _lines("""
        {who} has taught for {count} years in {town}.
        {who} was honoured by {his} students in {year}.
        {who} designs courses that mix lectures and projects.
        The school in {town} gave {him} its award for teaching in {year}.
    """),
    "law": _lines("""
        {who} joined a firm in {town} in {year}.
        {who} handles estate and real property matters.
        {who} has prepared {count} cases for trial.
        {who} volunteers at the legal aid office in {town}.
    """),
    "figures": _lines("""
        {who} works for a bank in {town} since {year}.
        {who} enjoys numbers and clean spreadsheets.
        {who} leads a team of {count} in the systems department.
        {who} helps small companies in {town} with their data.
    """),
    "building": _lines("""
        {who} plans homes and hotels in {town}.
        {who} opened {his} own studio in {year}.
        {who} cares for light, space and honest materials.
        {count} of {his} projects were shown in magazines.
    """),
    "fitness": _lines("""
        {who} helps {count} clients a week to live healthier lives.
        {who} earned {his} certificate in {town} in {year}.
        {who} believes that small habits change the body.
        {who} writes a newsletter on wellness from {town}.
    """),
    "press": _lines("""
        {who} has covered elections and wars for {count} years.
        {his} work has appeared in {count} newspapers.
        {who} travelled from {town} to tell stories of ordinary people.
        {who} won a press award in {year}.
    """),
    "screen": _lines("""
        {who} has appeared in front of the camera since {year}.
        {who} moved to {town} to work in show business.
        {who} has been seen on television in {count} countries.
        {his} latest project opened in {town}.
    """),
    "music": _lines("""
        {who} has released {count} records since {year}.
        {who} performs at festivals in {town} and abroad.
        {his} music mixes old and new sounds.
        {who} shares a studio in {town} with friends.
    """),
    "arts": _lines("""
        {who} has been honoured with {count} prizes for {his} art.
        {his} work is full of colour and memory.
        {who} had a residency for artists in {town} in {year}.
        {who} finds themes in the landscape around {town}.
    """),
}

OCCUPATIONS = (
    _occupation("accountant", 1.42, 36, "figures", """
        {who} prepares tax returns and annual statements.
        {who} audits the books of {count} companies.
        {who} is certified in payroll and bookkeeping.
        {who} explains every ledger and every deduction.
    """),
    _occupation("architect", 2.55, 24, "building", """
        {who} designed a tower of {count} floors in {town}.
        {who} draws facades and site plans.
        {his} museum in {town} was built in {year}.
        {who} is licensed to sign structural drawings.
    """),
    _occupation("attorney", 8.22, 38, "law", """
        {who} argues before the court of appeals.
        {who} was admitted to the bar in {year}.
        {who} represents defendants in {town} as lead counsel.
        {who} is rated among the best litigators of {town}.
    """),
    _occupation("chiropractor", 0.67, 26, "body", """
        {who} adjusts the spine and relieves back pain.
        {who} treats whiplash and stiff necks without drugs.
        {who} aligns the vertebrae by hand.
        {who} lectures on posture and the lower back.
    """),
    _occupation("comedian", 0.71, 21, "screen", """
        {who} tells jokes in clubs from {town} to the coast.
        {his} stand-up special made {count} million people laugh.
        {who} is famous for impressions and punchlines.
        {who} hosts an open mic night in {town}.
    """),
    _occupation("composer", 1.41, 16, "music", """
        {who} wrote {count} string quartets and an opera.
        {his} symphony was premiered by the orchestra of {town}.
        {who} scores films for full orchestra.
        {who} studied counterpoint at the conservatory of {town}.
    """),
    _occupation("dentist", 3.68, 35, "body", """
        {who} fits crowns, bridges and implants.
        {who} whitens teeth and treats gum disease.
        {who} places braces and pulls wisdom teeth.
        {who} fills cavities with hardly any pain.
    """),
    _occupation("dietitian", 1.0, 93, "fitness", """
        {who} writes meal plans for people with diabetes.
        {who} counsels on vitamins, fibre and food allergies.
        {who} manages the nutrition of {count} patients.
        {who} teaches families to read food labels.
    """),
    _occupation("dj", 0.38, 14, "music", """
        {who} spins vinyl in the clubs of {town}.
        {his} house and techno sets last {count} hours.
        {who} mixes on two turntables.
        {who} remixed {count} dance tracks in {year}.
    """),
    _occupation("filmmaker", 1.77, 33, "screen", """
        {who} directed {count} documentaries.
        {his} short film was screened at the festival of {town}.
        {who} writes, shoots and edits features.
        {who} is in post-production with a feature shot in {town}.
    """),
    _occupation("interior_designer", 0.37, 81, "building", """
        {who} chooses fabrics, rugs and wallpaper.
        {who} furnishes living rooms in {town}.
        {who} decorates kitchens with antique lamps.
        {who} matches curtains, cushions and paint.
    """),
    _occupation("journalist", 5.03, 50, "press", """
        {who} writes a column for the daily of {town}.
        {who} reports on politics as a correspondent.
        {who} broke {count} stories on corruption.
        {who} interviews ministers and edits the front page.
    """),
    _occupation("model", 1.89, 83, "screen", """
        {who} walked the runway in {town} for {count} designers.
        {who} posed for the cover of a fashion magazine.
        {who} signed with an agency in {town} in {year}.
        {who} is the face of a perfume.
    """),
    _occupation("nurse", 4.78, 91, "medicine", """
        {who} works the night shift in intensive care.
        {who} takes blood, dresses wounds and comforts families.
        {who} is a registered member of the ward team of {town}.
        {who} coordinates bedside care for {count} patients.
    """),
    _occupation("painter", 1.95, 46, "arts", """
        {his} canvases hang in galleries in {town}.
        {who} works in oil and watercolour.
        {who} exhibited {count} portraits in {year}.
        {who} layers pigment with a palette knife.
    """),
    _occupation("paralegal", 0.45, 85, "law", """
        {who} drafts motions and files documents for the lawyers.
        {who} assists {count} partners with discovery.
        {who} keeps the calendar of hearings and summarizes depositions.
        {who} has a certificate in legal assistance from {town}.
    """),
    _occupation("pastor", 0.64, 24, "counsel", """
        {who} preaches every Sunday in {town}.
        {who} leads a church of {count} families.
        {who} teaches scripture and baptizes.
        {who} studied at the seminary of {town}.
    """),
    _occupation("personal_trainer", 0.36, 46, "fitness", """
        {who} plans weight lifting for athletes in {town}.
        {who} coaches squats, sprints and push-ups.
        {who} runs a gym in {town} with {count} machines.
        {who} prepares runners for the marathon.
    """),
    _occupation("photographer", 6.13, 36, "press", """
        {who} shoots weddings and portraits in {town}.
        {his} pictures are printed from large negatives.
        {who} carries {count} lenses and a tripod.
        {who} lights and retouches every image.
    """),
    _occupation("physician", 10.35, 50, "medicine", """
        {who} practises internal medicine in {town}.
        {who} diagnoses and prescribes for {count} patients a week.
        {who} graduated from medical school in {town} in {year}.
        {who} is board certified in family medicine.
    """),
    _occupation("poet", 1.77, 49, "arts", """
        {his} poems were collected in {count} volumes.
        {who} writes sonnets and free verse.
        {who} read {his} verses at the book fair of {town}.
        {who} edits a journal of poetry in {town}.
    """),
    _occupation("professor", 29.8, 45, "education", """
        {his} research has been cited {count} hundred times.
        {who} holds a chair at the university of {town}.
        {who} received {his} doctorate in {town} in {year}.
        {who} has published {count} papers in scholarly journals.
    """),
    _occupation("psychologist", 4.64, 62, "counsel", """
        {who} treats anxiety and trauma with cognitive therapy.
        {who} assesses children with attention deficits.
        {who} is licensed for psychotherapy in {town}.
        {who} runs {count} studies on memory and mood.
    """),
    _occupation("rapper", 0.35, 10, "music", """
        {who} dropped a mixtape of {count} tracks.
        {his} rhymes tell of the streets of {town}.
        {who} battles other emcees with freestyle verses.
        {his} flow and hip hop beats made {town} famous.
    """),
    _occupation("software_engineer", 1.74, 16, "figures", """
        {who} writes code in {count} programming languages.
        {who} maintains an open source library.
        {who} builds web servers and fixes bugs.
        {who} shipped an app used in {town}.
    """),
    _occupation("surgeon", 3.43, 15, "medicine", """
        {who} performs {count} operations a week.
        {who} replaces knees and hips.
        {who} operates on hearts in {town}.
        {who} is skilled in minimally invasive procedures.
    """),
    _occupation("teacher", 4.09, 60, "education", """
        {who} teaches fourth grade in {town}.
        {who} has a classroom of {count} children.
        {who} helps pupils with reading and homework.
        {who} meets parents after elementary school.
    """),
    _occupation("yoga_teacher", 0.42, 85, "fitness", """
        {who} leads vinyasa and meditation classes in {town}.
        {who} learned breathing and asanas in {count} retreats.
        {who} teaches the downward dog to beginners.
        {who} opens each class on the mat with a mantra.
    """),
)  # fmt: skip
