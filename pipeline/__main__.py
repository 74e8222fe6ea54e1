"""`python -m pipeline` is the same as the command `etam`."""

from pipeline.faces.cli import main

if __name__ == "__main__":
    main()
