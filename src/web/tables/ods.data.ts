export const ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet'

const OASIS = 'urn:oasis:names:tc:opendocument:xmlns'
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
const NAMESPACES = [
  ['office', 'office'],
  ['table', 'table'],
  ['text', 'text'],
  ['style', 'style'],
  ['number', 'datastyle'],
  ['fo', 'xsl-fo-compatible'],
]
  .map(([prefix, name]) => `xmlns:${prefix}="${OASIS}:${name}:1.0"`)
  .join(' ')

export const MANIFEST = `${HEAD}
<manifest:manifest xmlns:manifest="${OASIS}:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${ODS_TYPE}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>`

export const STYLES = `${HEAD}
<office:document-styles ${NAMESPACES} office:version="1.3"/>`

const column = (kind: string, width: string) =>
  `<style:style style:name="column-${kind}" style:family="table-column"><style:table-column-properties style:column-width="${width}"/></style:style>`

/** Until the first sheet: how heads, days and durations look, and how wide a column of each kind is. */
export const CONTENT_START = `${HEAD}
<office:document-content ${NAMESPACES} office:version="1.3"><office:automatic-styles><number:date-style style:name="day-format"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style><number:time-style style:name="minutes-format" number:truncate-on-overflow="false"><number:hours/><number:text>:</number:text><number:minutes number:style="long"/></number:time-style>${[
  column('text', '5cm'),
  column('number', '2.5cm'),
  column('day', '2.8cm'),
  column('minutes', '2.5cm'),
].join(
  '',
)}<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="day" style:family="table-cell" style:data-style-name="day-format"/><style:style style:name="minutes" style:family="table-cell" style:data-style-name="minutes-format"/></office:automatic-styles><office:body><office:spreadsheet>`

export const CONTENT_END = '</office:spreadsheet></office:body></office:document-content>'
