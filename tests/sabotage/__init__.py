"""Planted faults: for every promise to a person, the code is broken on purpose and the tests must say so.

    python -m tests.sabotage                 every fault, in temporary copies of the checkout
    python -m tests.sabotage draft-shown     one fault; --list names them all

A fault is one small change of one file (faults/), with the tests that must fail while it is planted.
"""
