"""HTML blocks: the visible text of a page as lines in page order, each with where it stands.

Everything that tells an article from what surrounds it is read from these blocks: how long they
are, how much of them is links, what stands beside them. Class names are evidence among others,
since outlets name their elements as they like.

>>> from index.ingest.pages.html_tree import parse_tree
>>> page = parse_tree("<div>Harga <b>beras</b> turun.<p><a href=x>Panen raya</a></p></div>")
>>> [(block.text, block.link_chars) for block in read_blocks(page).blocks]
[('Harga beras turun.', 0), ('Panen raya', 10)]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from index.ingest.pages.html_class_names import ClassNames, join_class_names, read_class_names

HREF_CHARS_MOST = 300
"""Characters of an address that are read."""

BLOCK_TAGS = frozenset(
    "html head body p div section article header footer li ul ol h1 h2 h3 h4 h5 h6 blockquote tr "
    "table tbody thead td th figure figcaption pre dl dt dd center main aside nav form address "
    "details summary fieldset hgroup dialog".split()
)
"""Tags before and after which a line ends, and which hold other lines."""
_LINE_ENDS = frozenset({"br", "hr"})
_UNSEEN = frozenset(
    "title script style noscript template iframe object embed svg canvas video audio select option "
    "datalist map math button ins".split()
)
"""Tags whose content no reader sees as text. The head is none of them: where nobody closed it, the
parser leaves a whole page in it."""
_CONTROLS = frozenset({"input", "textarea"})
"""Tags in which readers write: what stands around them is a form, whatever its tag is."""
_ASIDE = frozenset("nav aside form figure figcaption menu footer dialog".split())
"""Tags whose content is no text of an article, unless they hold most of the page."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_POST = re.compile(
    r"//(?:\w+\.)?(?:(?:twitter|x)\.com/\w+/status|instagram\.com/(?:p|reel|tv)/|"
    r"tiktok\.com/@[\w.]+/video|facebook\.com/[\w.]+/(?:posts|videos)|threads\.net/@[\w.]+/post)",
    re.IGNORECASE,
)
"""An address of a post of a social network."""
_PERSON_PATH = re.compile(
    r"/(?:authors?|penulis|reporters?|redaksi|profiles?|kontributor|wartawan|jurnalis|editor|by)/"
    r"[\w.@%-]*[a-z]",
    re.IGNORECASE,
)
"""The address of the page of a writer or an editor."""
_TAG_PATH = re.compile(r"/(?:tags?|topi[ck]s?|label)(?:-\w{1,20})?/[^/]", re.IGNORECASE)
"""The address of the page of a tag."""
_FOLDED = re.compile(r"[\W_]+")


@dataclass(slots=True, eq=False)
class Node:
    """A block element: the blocks in it are those from `start` to `stop`.

    Attributes:
        tag: its tag.
        parent: the block element around it.
        element: its element in the tree.
        start: the number of the first block in it.
        stop: the number behind its last block.
        is_aside: whether its tag or class says that it holds no text of an article.
        is_noise: whether its class says that it belongs to the site.
        is_tags: whether its class, or that of an element around it, says that it lists tags.
    """

    tag: str
    parent: "Node | None"
    element: HtmlElement
    start: int
    stop: int = 0
    is_aside: bool = False
    is_noise: bool = False
    is_tags: bool = False

    def chain(self) -> Iterator["Node"]:
        """Yield the node and the nodes around it, the innermost first."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True, eq=False)
class Block:
    """A line of a page.

    Attributes:
        text: its text, with single spaces.
        link_chars: how many characters of it are links.
        node: the block element that it stands in.
        is_heading: whether it stands in a heading.
    """

    text: str
    link_chars: int
    node: Node
    is_heading: bool


@dataclass(slots=True)
class Blocks:
    """The blocks of a page, and what stands between them without being text.

    Attributes:
        blocks: the lines.
        nodes: the block elements, outer ones first.
        images: before which block an image stands, with the element that holds it.
        controls: the same for fields in which readers write.
        posts: the same for links to a post of a social network.
        hidden: texts that were cut from inside a block by their class, with its number.
        people: elements whose class names a writer, with the number of their block.
        profiles: the same for links to the page of a writer.
        tags: the same for links to the page of a tag, and for those in a list of tags.
    """

    blocks: list[Block] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    images: list[tuple[int, Node]] = field(default_factory=list)
    controls: list[Node] = field(default_factory=list)
    posts: list[Node] = field(default_factory=list)
    hidden: list[tuple[int, str]] = field(default_factory=list)
    people: list[tuple[int, HtmlElement]] = field(default_factory=list)
    profiles: list[tuple[int, HtmlElement]] = field(default_factory=list)
    tags: list[tuple[int, HtmlElement]] = field(default_factory=list)


def read_blocks(root: HtmlElement) -> Blocks:
    """Return the blocks of a tree."""
    return _Walker(root).walk()


def fold_words(text: str) -> str:
    """Return the letters and digits of a text, without case, to compare what is written twice."""
    return _FOLDED.sub("", text.casefold())


def read_visible_text(element: HtmlElement) -> str:
    """Return the text in an element without scripts and styles; spaces separate its parts."""
    texts = element.xpath(".//text()[not(parent::script or parent::style)]")
    return " ".join(str(text) for text in texts) if isinstance(texts, list) else ""


class _Walker:
    """Walks a tree once, and gathers its blocks."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._found = Blocks()
        self._node = self._open(root, read_class_names(""))
        self._pieces: list[str] = []
        self._links: list[HtmlElement] = []
        self._link_chars = 0

    def walk(self) -> Blocks:
        """Return the blocks."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        self._add(self._root.text)
        next(walk, None)
        for event, element in walk:
            if element is self._root:
                break
            if event == "end":
                self._end(element)
            elif not self._start(element):
                walk.skip_subtree()
        self._end_line()
        for node in self._node.chain():
            node.stop = len(self._found.blocks)
        return self._found

    def _start(self, element: HtmlElement) -> bool:
        """Enter an element; return False if what is in it is not read."""
        tag = element.tag
        if tag in BLOCK_TAGS or tag in _LINE_ENDS:
            self._end_line()
        if tag in _UNSEEN or _is_unseen(element):
            return False
        names = read_class_names(join_class_names(element))
        if names.is_person:
            self._found.people.append((len(self._found.blocks), element))
        if tag in BLOCK_TAGS:
            self._node = self._open(element, names)
        elif tag == "a":
            self._links.append(element)
            self._sort_link(element)
        elif tag == "img":
            self._found.images.append((len(self._found.blocks) + bool(self._pieces), self._node))
        elif tag in _CONTROLS:
            self._control(element)
            return False
        elif (names.is_noise or names.is_field) and self._is_cut_inside(element, names):
            return False
        self._add(element.text)
        return True

    def _end(self, element: HtmlElement) -> None:
        if element.tag in BLOCK_TAGS:
            self._end_line()
            if self._node.element is element and self._node.parent is not None:
                self._node.stop = len(self._found.blocks)
                self._node = self._node.parent
        elif self._links and self._links[-1] is element:
            self._links.pop()
        self._add(element.tail)

    def _open(self, element: HtmlElement, names: ClassNames) -> Node:
        parent = self._node if self._found.nodes else None
        node = Node(str(element.tag), parent, element, len(self._found.blocks))
        node.is_noise = names.is_noise
        node.is_tags = names.is_tags or (parent is not None and parent.is_tags)
        node.is_aside = names.is_noise or names.is_field or element.tag in _ASIDE
        self._found.nodes.append(node)
        return node

    def _sort_link(self, link: HtmlElement) -> None:
        href, number = link.get("href", "")[:HREF_CHARS_MOST], len(self._found.blocks)
        if _POST.search(href):
            self._found.posts.append(self._node)
        elif _PERSON_PATH.search(href):
            self._found.profiles.append((number, link))
        elif self._node.is_tags or _TAG_PATH.search(href):
            self._found.tags.append((number, link))

    def _control(self, element: HtmlElement) -> None:
        if element.get("type", "").lower() != "hidden":
            self._found.controls.append(self._node)

    def _is_cut_inside(self, element: HtmlElement, names: ClassNames) -> bool:
        """Cut an element inside a line; what belongs to the site is kept for whoever asks."""
        if names.is_noise and (text := " ".join(read_visible_text(element).split())):
            self._found.hidden.append((len(self._found.blocks), text))
        return True

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)
            if self._links:
                self._link_chars += len(" ".join(text.split()))

    def _end_line(self) -> None:
        text = " ".join("".join(self._pieces).split()) if self._pieces else ""
        if text:
            is_heading = any(node.tag in _HEADINGS for node in self._around())
            block = Block(text, min(self._link_chars, len(text)), self._node, is_heading)
            self._found.blocks.append(block)
        self._pieces.clear()
        self._link_chars = 0

    def _around(self) -> Iterator[Node]:
        """Yield the innermost two nodes: a heading may hold one more element."""
        yield self._node
        if self._node.parent is not None:
            yield self._node.parent


def _is_unseen(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (
        style is not None and "display:none" in style.replace(" ", "").lower()
    )
