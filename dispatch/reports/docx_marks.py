"""What Word has and the library has no word for: page numbers and the mark behind the text."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import quoteattr

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

_GREY: Final = "6B7782"
_PICTURE: Final = """
<w:r {spaces} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>
<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>
<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>
</v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>
</v:shapetype>
<v:shape id="ZhiwangWatermark" type="#_x0000_t136" o:allowincell="f" fillcolor="#eef1f3"
 stroked="f" style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:26pt;rotation:330;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin">
<v:textpath style="font-family:&quot;{face}&quot;;font-size:1pt" string={text}/>
</v:shape></w:pict></w:r>"""  # noqa: E501 - one attribute


def watermark(header: Paragraph, text: str, face: str) -> None:
    """Put a pale slanting text behind every page that has this header."""
    filled = _PICTURE.format(spaces=nsdecls("w"), face=face, text=quoteattr(text))
    header._p.append(parse_xml(filled.strip()))  # noqa: SLF001 - the library's way to raw parts


def field(paragraph: Paragraph, word: str) -> None:
    """Add a number that the reader's program counts: PAGE or NUMPAGES."""
    for kind in ("begin", "", "separate", "1", "end"):
        if kind in {"begin", "separate", "end"}:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:t" if kind else "w:instrText")
            element.text = kind or word
        run = paragraph.add_run()
        run.font.size, run.font.color.rgb = Pt(7.5), RGBColor.from_string(_GREY)
        run._r.append(element)  # noqa: SLF001 - as above
