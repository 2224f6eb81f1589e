"""What Newsroom costs, measured: a generated archive and one file for each measurement. Begin with README.md."""
