"""The first page of the desk: somebody would be sent to what is not theirs, or not to what is."""

from ..fault import Fault

FIRST_PAGE = "tests.newsroom.test_desk_first_page"

FAULTS = (
    Fault(
        name="own-verdict-waits-for-its-proposer",
        promise="permission",
        breaks="A verdict editor is asked to approve what they proposed themselves.",
        file="claims/queues.py",
        old="    return Q(proposed_by=user) | Q(Exists(",
        new="    return Q(Exists(",
        tests=(f"{FIRST_PAGE}.WhatWaitsTests",),
    ),
    Fault(
        name="queue-shown-to-everybody",
        promise="permission",
        breaks="Queues are shown to somebody who may not see their rows.",
        file="newsroom/core/queues.py",
        old="        return sees and (not self.for_doers or self.is_work_of(user))\n",
        new="        return not self.for_doers or self.is_work_of(user)\n",
        tests=(f"{FIRST_PAGE}.WhatWaitsTests",),
    ),
    Fault(
        name="opened-lately-by-somebody-else",
        promise="leak",
        breaks="At a shared computer one person reads what another opened.",
        file="newsroom/recent.py",
        old="    if int(owner) != request.user.pk:\n        return []\n",
        new="",
        tests=(f"{FIRST_PAGE}.OpenedLatelyTests",),
    ),
    Fault(
        name="opened-lately-without-the-right",
        promise="leak",
        breaks="The first page names a claim to somebody who may no longer see claims.",
        file="newsroom/dashboard.py",
        old='        if not (self.user.has_perm(label % "view") or self.user.has_perm(label % "change")):\n'
        "            return model._default_manager.none()\n",
        new="",
        tests=(f"{FIRST_PAGE}.OpenedLatelyTests",),
    ),
)
