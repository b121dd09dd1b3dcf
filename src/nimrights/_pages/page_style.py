"""The looks of a page: one style sheet, for a screen and for paper."""

from __future__ import annotations

from typing import Final

STYLE: Final = """\
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 56rem; padding: 1rem 1.25rem 3rem; color: #1a1a1a; background: #ffffff;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2rem 0 .5rem; }
h1 { font-size: 1.9rem; margin-top: 1rem; }
h2 { font-size: 1.45rem; border-bottom: 2px solid #0b4f8a; padding-bottom: .2rem; }
h3 { font-size: 1.18rem; }
h4 { font-size: 1rem; }
p, ul, dl { margin: .6rem 0; }
a { color: #0b4f8a; }
a:focus-visible, summary:focus-visible, .wide:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
.skip { position: absolute; left: -999rem; background: #ffffff; padding: .5rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; }
nav { background: #f2f6fa; border: 1px solid #c9d6e2; border-radius: .4rem; padding: .25rem 1.25rem .75rem; }
nav h2 { border: 0; margin: .75rem 0 .25rem; font-size: 1.1rem; }
nav ul { margin: .2rem 0; padding-left: 1.1rem; }
nav ul ul { columns: 17rem; column-gap: 1.5rem; }
nav li { break-inside: avoid; margin: 0; padding: .1rem 0; }
section { margin: 0; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .2rem 1.25rem; }
dt { font-weight: 600; }
dd { margin: 0; }
.draft { border: 2px solid #8a5a00; background: #fff6e0; padding: .6rem .9rem; border-radius: .3rem; }
.note { border-left: 4px solid #6b7680; background: #f5f5f5; padding: .5rem .9rem; }
.about, .small { font-size: .9rem; color: #454545; }
ul.binding, ul.advice { list-style: none; padding-left: 0; }
ul.binding > li, ul.advice > li { margin: .55rem 0; padding: .1rem 0 .1rem .9rem; }
ul.binding > li { border-left: 4px solid #0b4f8a; }
ul.advice > li { border-left: 4px dotted #8a5a00; }
ul.tasks { list-style: "☐  "; }
li { margin: .2rem 0; }
details { margin: .5rem 0; border: 1px solid #d5d5d5; border-radius: .3rem; padding: .1rem .9rem; }
summary { cursor: pointer; font-weight: 600; padding: .4rem 0; }
.wide { overflow-x: auto; margin: .8rem 0; }
table { border-collapse: collapse; font-size: .93rem; min-width: 60%; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border-bottom: 1px solid #d5d5d5; padding: .3rem .9rem .3rem 0; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid #6b7680; }
tbody th { font-weight: 400; }
td.number { text-align: right; font-variant-numeric: tabular-nums; padding-right: 1.6rem; }
figure { margin: 1rem 0; }
figure svg { max-width: 100%; height: auto; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, h2, h3 { break-after: avoid; }
  ul.binding > li, ul.advice > li, tr, figure { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  a { color: inherit; }
}
"""
