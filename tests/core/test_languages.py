"""Which way a language is written."""

from unittest import TestCase

from newsroom.core.languages import direction


class DirectionTests(TestCase):
    def test_the_script_decides_before_the_language(self):
        for tag, way in {
            "en": "ltr",
            "ur": "rtl",
            "ur-PK": "rtl",
            "ur-Latn": "ltr",
            "az": "ltr",
            "az-Arab-IR": "rtl",
            "AR": "rtl",
            "": "ltr",
        }.items():
            with self.subTest(tag=tag):
                self.assertEqual(direction(tag), way)
