"""``python -m publish`` is the ``thalweg`` command."""

from publish.cli import main

if __name__ == "__main__":
    main()
