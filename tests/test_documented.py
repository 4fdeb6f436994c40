"""What a user or an operator can set, see or be told of is described, and what the pages say is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from deploy import costs
from worklens.warehouse import schema

ROOT = Path(__file__).resolve().parent.parent
TERRAFORM, PLAYBOOKS = ROOT / "terraform", ROOT / "docs" / "operations"
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#([^)]*))?\)")
PAGES = [*sorted(PLAYBOOKS.glob("*.md")), *sorted(TERRAFORM.glob("*.md")), ROOT / "docs" / "storage.md"]


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(kind: str, folder: Path = TERRAFORM) -> dict[str, str]:
    """The blocks of a kind in a folder's Terraform files, by name, in the order in which they stand."""
    files = "\n".join(text(path) for path in sorted(folder.glob("*.tf")))
    return dict(re.findall(rf'^{kind} "(\w+)" {{\n(.*?)^}}', files, re.MULTILINE | re.DOTALL))


def settings_read() -> set[str]:
    """Every variable of ours that the package, the functions or the deployment read."""
    paths = [
        *ROOT.glob("shared/worklens/**/*.py"),
        *ROOT.glob("functions/*/main.py"),
        *ROOT.glob("deploy/*.sh"),
    ]
    return {name for path in paths for name in re.findall(r"\bWORKLENS_[A-Z][A-Z_]*[A-Z]\b", text(path))}


@pytest.mark.parametrize("name", sorted(settings_read()))
def test_every_setting_is_documented(name: str) -> None:
    """On some page under docs, or in CONTRIBUTING where it is for us."""
    pages = [
        *ROOT.glob("docs/**/*.md"),
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        TERRAFORM / "README.md",
    ]

    assert any(f"`{name}" in text(page) for page in pages)


def test_every_column_is_described() -> None:
    """With at least a sentence, which BigQuery shows."""
    bare = [
        f"{table}.{column.name}"
        for table, columns in schema.tables().items()
        for column in columns
        if not re.search(r"\w.*\.$", column.description)
    ]

    assert bare == []


@pytest.mark.parametrize("kind", ["variable", "output"])
@pytest.mark.parametrize("folder", ["", "modules/stage", "modules/views"])
def test_variables_and_outputs_are_described_and_in_order(kind: str, folder: str) -> None:
    """One looks them up by name; those of the root stand in its README with the same words."""
    found = blocks(kind, TERRAFORM / folder)
    descriptions = {
        name: re.search(r'^  description = "(.+)"$', body, re.MULTILINE) for name, body in found.items()
    }

    assert list(found) == sorted(found)
    assert [name for name, said in descriptions.items() if not said] == []
    if not folder:
        readme = text(TERRAFORM / "README.md")
        missing = [name for name, said in descriptions.items() if said and said[1] not in readme]
        assert missing == []
        assert [name for name in found if f"| `{name}` |" not in readme] == []


def test_every_file_of_the_root_is_explained() -> None:
    """In the table of what each makes."""
    readme = text(TERRAFORM / "README.md")

    assert [path.name for path in TERRAFORM.glob("*.tf") if f"`{path.name}`" not in readme] == []


def test_the_diagram_shows_the_topology() -> None:
    """Each topic and each function, as topology.json has them."""
    diagram = text(TERRAFORM / "README.md").partition("```mermaid\n")[2].partition("```")[0]
    topology = msgspec.json.decode(text(TERRAFORM / "topology.json"))

    assert set(re.findall(r"\[\[([\w-]+)\]\]", diagram)) == set(topology["topics"])
    assert set(topology["functions"]) <= set(re.findall(r"[\w-]+", diagram))


def test_the_costs_are_those_that_are_reckoned() -> None:
    """The README's table is what ``python -m deploy.costs`` prints, and a person pays less than a dollar."""
    assert costs.table() in text(TERRAFORM / "README.md")
    assert costs.total(1) < 1


def test_what_is_free_is_taken_off_once() -> None:
    """Below the free amount nothing is paid, above it only the rest."""
    price = costs.Price("apples", 0.5, 10)

    assert [costs.cost(price, amount) for amount in (0, 10, 14)] == [0, 0, 2]


def alerts() -> list[str]:
    """The alerts' names, read off the file that makes them; the budget tells by itself."""
    listed = text(TERRAFORM / "observability.tf").partition("  alerts = {\n")[2].partition("\n  }\n}")[0]
    return [*re.findall(r"^    ([a-z-]+) = \{$", listed, re.MULTILINE), "budget"]


def test_the_alerts_are_found() -> None:
    """Else the next test would look at nothing."""
    assert len(alerts()) == 7


@pytest.mark.parametrize("name", alerts())
def test_every_alert_has_a_playbook(name: str) -> None:
    """What it means, where to look first, how to mend it, and how to do the work again; and no more than a mail holds."""
    page = text(PLAYBOOKS / f"{name}.md")

    assert re.findall(r"^## (.+)$", page, re.MULTILINE)[:4] == ["Meaning", "First look", "Fix", "Replay"]
    assert len(page.encode()) < 8192
    assert f"({name}.md)" in text(PLAYBOOKS / "README.md")


def links() -> Iterator[tuple[str, str, str]]:
    """Each relative link of the operators' pages: page, target and anchor."""
    for page in PAGES:
        for target, anchor in LINK.findall(text(page)):
            yield str(page.relative_to(ROOT)), target, anchor


@pytest.mark.parametrize(("page", "target", "anchor"), sorted(set(links())))
def test_a_link_leads_somewhere(page: str, target: str, anchor: str) -> None:
    """To a file that is there, and to a heading in it."""
    path = (ROOT / page).parent / target

    assert path.exists()
    if anchor:
        headings = re.findall(r"^#+ (.+)$", text(path), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}


def test_every_page_for_operators_is_in_the_index() -> None:
    """What isn't listed isn't found at night."""
    index = text(PLAYBOOKS / "README.md")

    assert [
        page.name
        for page in PLAYBOOKS.glob("*.md")
        if page.name != "README.md" and f"({page.name})" not in index
    ] == []
