"""The command `policytrail`, of this tree whatever is installed."""

from pipelines.cli.main import main

if __name__ == "__main__":
    main()
