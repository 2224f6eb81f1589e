"""What scripts/build_seeds.py is made of."""
