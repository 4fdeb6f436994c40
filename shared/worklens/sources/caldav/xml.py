"""The little XML that CalDAV needs: three questions, and answers of status 207 (RFC 4918, section 13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

import msgspec

DAV = "DAV: "
CALDAV = "urn:ietf:params:xml:ns:caldav "
SERVER = "http://calendarserver.org/ns/ "
OK = 200

_NAMES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/"'
_START = '<?xml version="1.0" encoding="utf-8"?>'

WHAT = (  # a place is: whose, and which calendars with what in them
    f"{_START}<d:propfind {_NAMES}><d:prop><d:current-user-principal/><d:resourcetype/><d:displayname/>"
    "<d:sync-token/><s:getctag/><c:calendar-home-set/><c:supported-calendar-component-set/>"
    "</d:prop></d:propfind>"
).encode()
_MEMBER = "<d:prop><d:getetag/><d:getcontenttype/></d:prop>"
MEMBERS = f"{_START}<d:propfind {_NAMES}>{_MEMBER}</d:propfind>".encode()


def changes_since(token: str) -> bytes:
    """The question for what changed since a sync token; since "" all there is."""
    return (
        f"{_START}<d:sync-collection {_NAMES}><d:sync-token>{escape(token)}</d:sync-token>"
        f"<d:sync-level>1</d:sync-level>{_MEMBER}</d:sync-collection>"
    ).encode()


def contents_of(hrefs: Sequence[str]) -> bytes:
    """The question for the contents of these members."""
    wanted = "".join(f"<d:href>{escape(href)}</d:href>" for href in hrefs)
    return (
        f"{_START}<c:calendar-multiget {_NAMES}><d:prop><d:getetag/><c:calendar-data/></d:prop>"
        f"{wanted}</c:calendar-multiget>"
    ).encode()


class Node:
    """An element: its name (namespace, space, local name), attributes, text and children."""

    __slots__ = ("attributes", "children", "name", "texts")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        """Empty."""
        self.name, self.attributes = name, attributes
        self.children: list[Node] = []
        self.texts: list[str] = []

    @property
    def text(self) -> str:
        """Its own text, without space around it."""
        return "".join(self.texts).strip()

    def all(self, name: str) -> Iterator[Node]:
        """The children of this name."""
        return (child for child in self.children if child.name == name)

    def value(self, name: str) -> str:
        """The text of the first child of this name; "" where there is none."""
        return next((child.text for child in self.all(name)), "")


class Answer(NamedTuple):
    """What was said of one address: the status of the whole, and the properties that are there."""

    href: str
    status: int
    properties: dict[str, Node]

    @property
    def path(self) -> str:
        """Its path with no escapes, since servers don't always escape the same."""
        return path_of(self.href)

    def text(self, name: str) -> str:
        """A property's text; "" where it isn't there."""
        node = self.properties.get(name)
        return node.text if node else ""

    def kinds(self, name: str) -> set[str]:
        """The names of the elements within a property."""
        node = self.properties.get(name)
        return {child.name for child in node.children} if node else set()

    def hrefs(self, name: str) -> list[str]:
        """The addresses within a property."""
        node = self.properties.get(name)
        return [child.text for child in node.all(f"{DAV}href") if child.text] if node else []


class Multistatus(NamedTuple):
    """An answer of status 207, with its sync token where it has one."""

    answers: list[Answer]
    token: str


def path_of(href: str) -> str:
    """The path of an address, without escapes and without the host."""
    try:
        return unquote(urlsplit(href.strip()).path)
    except ValueError:
        return ""


def multistatus(body: bytes) -> Multistatus:
    """The answer. Raises msgspec.DecodeError for what is no XML, ValidationError for another document."""
    root = parsed(body)
    if root.name != f"{DAV}multistatus":
        raise msgspec.ValidationError("Expected `multistatus`")
    answers = [_answer(node) for node in root.all(f"{DAV}response")]
    return Multistatus([answer for answer in answers if answer.href], root.value(f"{DAV}sync-token"))


def _answer(node: Node) -> Answer:
    properties: dict[str, Node] = {}
    for stat in node.all(f"{DAV}propstat"):
        if _status(stat.value(f"{DAV}status")) == OK:
            properties |= {found.name: found for prop in stat.all(f"{DAV}prop") for found in prop.children}
    return Answer(node.value(f"{DAV}href"), _status(node.value(f"{DAV}status")), properties)


def _status(line: str) -> int:
    """The number of ``HTTP/1.1 200 OK``; 200 where nothing is said."""
    words = line.split()
    number = words[1] if len(words) > 1 else ""
    return int(number) if number.isascii() and number.isdigit() else OK


def parsed(body: bytes) -> Node:
    """The document's first element. Raises msgspec.DecodeError for what is no XML, or defines entities of its own."""
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = builder.refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        raise msgspec.DecodeError("not an XML document") from None
    return builder.top.children[0]


class _Builder:
    def __init__(self) -> None:
        self.top = Node("", {})
        self.open = [self.top]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        node = Node(name, attributes)
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, name: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        self.open[-1].texts.append(text)

    def refuse(self, *_: object) -> None:
        """A definition of entities, which can explode: no CalDAV server sends one."""
        raise msgspec.DecodeError("an XML document with definitions of its own")
