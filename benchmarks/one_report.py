"""The report alone, in a process of its own: `python -m benchmarks.one_report PROJECT`.

Writes the report of what is published in a project once more, beside the publication.
"""

import sys
import tempfile
from pathlib import Path

import agreement
from project import Project, Run
from publish import manifest, report
from publish.history import current
from publish.publication import REPORT


def main() -> None:
    """Write it.

    Raises:
        SystemExit: nothing is published there.
    """
    project = Project(Path(sys.argv[1]))
    shown = current(project)
    if shown is None or shown.marts_as_of is None:
        raise SystemExit("Nothing is published there.")
    signed = agreement.load(project.agreement_file)
    contents = manifest.Contents(shown.publication_id, "published", (), None, {}, {})
    page = report.Page(signed, Run("benchmark", shown.marts_as_of), contents)
    with tempfile.TemporaryDirectory(dir=project.root) as folder:
        report.write(page, shown.database, Path(folder) / REPORT)


if __name__ == "__main__":
    main()
