"""The ledger: an act and its line stand or fall together."""

import json
import uuid

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.test import TestCase

from newsroom.core import ledger
from newsroom.core.models import LedgerEntry
from tests.guards import GuardedTransactionTestCase


class RecordTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.sana = get_user_model().objects.create_user("sana")
        cls.bilal = get_user_model().objects.create_user("bilal")

    def test_an_entry_names_actor_act_and_object_and_stays_when_they_are_renamed(self):
        ledger.record("person.invite", self.bilal, by=self.sana, role="Reporter")
        get_user_model().objects.filter(pk=self.sana.pk).update(username="s.haider")
        entry = LedgerEntry.objects.about(self.bilal).get()
        self.assertEqual((entry.actor, entry.verb, entry.object_kind), ("sana", "person.invite", "core.user"))
        self.assertEqual(json.loads(entry.payload), {"role": "Reporter"})

    def test_an_act_of_a_program_is_recorded_as_the_machine(self):
        self.assertEqual(ledger.record("import.start", self.bilal, by=None).actor, "machine")

    def test_the_payload_has_one_form_whatever_the_order_of_its_words(self):
        one = ledger.record("x", self.bilal, by=None, b=1, a="ا")
        other = ledger.record("x", self.bilal, by=None, a="ا", b=1)
        self.assertEqual(one.payload, other.payload)
        self.assertEqual(one.payload, '{"a":"ا","b":1}')

    def test_the_hash_is_over_everything_the_entry_says(self):
        entry = ledger.record("x", self.bilal, by=self.sana, n=1)
        entry.refresh_from_db()
        self.assertEqual(entry.hash, ledger.entry_hash(entry))
        for field, value in {
            "verb": "y",
            "actor": "bilal",
            "payload": "{}",
            "object_uid": uuid.uuid4(),
            "actor_uid": None,
            "object_kind": "core.user2",
        }.items():
            with self.subTest(field=field):
                changed = LedgerEntry.objects.get(pk=entry.pk)
                setattr(changed, field, value)
                self.assertNotEqual(ledger.entry_hash(changed), entry.hash)


class ImmutabilityTests(TestCase):
    def test_a_line_is_never_changed_nor_deleted(self):
        someone = get_user_model().objects.create_user("sana")
        entry = ledger.record("person.invite", someone, by=None, role="Reporter")
        lines = LedgerEntry.objects.filter(pk=entry.pk)
        for changed in (
            {"verb": "x"},
            {"actor": "x"},
            {"payload": "{}"},
            {"hash": "0" * 64},
            {"object_uid": uuid.uuid4()},
        ):
            with self.subTest(**changed), self.assertRaises(IntegrityError), transaction.atomic():
                lines.update(**changed)
        with self.assertRaises(IntegrityError), transaction.atomic():
            lines._raw_delete("default")


class TransactionTests(GuardedTransactionTestCase):
    def test_an_act_outside_a_transaction_is_refused(self):
        sana = get_user_model().objects.create_user("sana")
        with self.assertRaisesMessage(ledger.OutsideTransaction, "person.invite"):
            ledger.record("person.invite", sana, by=None)
        self.assertFalse(LedgerEntry.objects.about(sana).exists())

    def test_a_line_goes_with_its_act_when_the_act_fails(self):
        sana = get_user_model().objects.create_user("sana")
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            ledger.record("person.invite", sana, by=None)
            raise ZeroDivisionError
        self.assertFalse(LedgerEntry.objects.about(sana).exists())
