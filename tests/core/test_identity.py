"""uid and number: what an address rests on."""

import uuid
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.identity import FIRST_NUMBER, LAST_NUMBER, next_number, number_of


class NumberTests(TestCase):
    @given(st.uuids())
    def test_a_number_has_ten_digits_and_depends_on_the_uid_alone(self, uid):
        self.assertTrue(FIRST_NUMBER <= number_of(uid) <= LAST_NUMBER)
        self.assertEqual(number_of(uid), number_of(uuid.UUID(str(uid))))

    def test_a_number_stays_the_same_for_ever(self):
        self.assertEqual(number_of(uuid.UUID("00000000-0000-4000-8000-000000000001")), 4777641690)

    def test_after_the_last_number_comes_the_first(self):
        self.assertEqual(next_number(LAST_NUMBER), FIRST_NUMBER)
        self.assertEqual(next_number(FIRST_NUMBER), FIRST_NUMBER + 1)
