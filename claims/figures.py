"""The words in which English and Urdu count, date and deny, folded as `fold_key` folds them. Pure, and data only."""

from newsroom.core.hygiene import fold_key


def folded(words: str) -> list[str]:
    return [fold_key(word) for word in words.split()]


def numbered(words: str, first: int = 0) -> dict[str, int]:
    """Each word with its number; words joined by `/` have the same."""
    return {
        fold_key(word): number
        for number, group in enumerate(words.split(), first)
        for word in group.split("/")
    }


NUMBERS = (
    numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty"
    )
    | numbered(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        first=1,
    )
    | {"once": 1, "single": 1, "twice": 2, "both": 2, "thrice": 3, "dozen": 12}
    | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
    | {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
    | numbered(
        "صفر ایک دو/دونوں تین/تینوں چار پانچ چھ/چھہ/چھے سات آٹھ نو دس گیارہ بارہ تیرہ چودہ پندرہ "
        "سولہ سترہ اٹھارہ انیس بیس"
    )
    | numbered(
        "پہلا/پہلی/پہلے دوسرا/دوسری/دوسرے تیسرا/تیسری/تیسرے چوتھا/چوتھی/چوتھے پانچواں/پانچویں چھٹا/چھٹی/چھٹے "
        "ساتواں/ساتویں آٹھواں/آٹھویں نواں/نویں دسواں/دسویں",
        first=1,
    )
    | {fold_key("سو"): 100, fold_key("ہزار"): 1000, fold_key("لاکھ"): 10**5, fold_key("کروڑ"): 10**7}
)

MONTHS = numbered(
    "january/jan/جنوری february/feb/فروری مارچ april/apr/اپریل مئی june/jun/جون july/jul/جولائی august/aug/اگست "
    "september/sept/sep/ستمبر october/oct/اکتوبر november/nov/نومبر december/dec/دسمبر",
    first=1,
)
WEEKDAYS = numbered(
    "monday/پیر tuesday/منگل wednesday/بدھ thursday/جمعرات friday/جمعہ saturday sunday/اتوار",
    first=1,
)

# These mean other things too: they are months only beside a day or a year.
PERHAPS_MONTHS = {"march": 3, "may": 5}

DENIALS = frozenset(
    folded(
        "not no never none nobody nothing nowhere neither nor without cannot deny denies denied denying false "
        "untrue نہیں نہ کبھی بغیر تردید غلط انکار"
    )
)
QUANTITIES = frozenset(
    folded(
        "all every each most many several some few any only entire whole half more less fewer least almost nearly "
        "تمام سب ہر اکثر کئی بعض چند کچھ صرف آدھا آدھے زیادہ کم تقریباً"
    )
)
# Words that two sentences share without having anything in common.
EMPTY = frozenset(
    folded(
        "a an the of in on at to from by for with within into onto over under and or but as is are was were be been "
        "being has have had do does did it its he his she her they their them this that these those there which who "
        "whom whose what when where while after before during about against between than then so if also will would "
        "can could may might must shall should said says say i we our us you your "
        "کا کی کے کو نے سے میں پر تک اور یا کہ جو یہ وہ اس ان ہے ہیں تھا تھی تھے ہو ہوا ہوئی ہوئے گیا گئی گئے کر "
        "دیا دی دیے "
        "بھی ہی تو نے لئے لیے ساتھ بعد کہا"
    )
)
