import { makePdf } from '../../web/pdf/make-pdf.js'
import type { Sheet } from '../../web/pdf/sheet.js'
import { sayIn, type Say } from '../../web/say.js'
import type { Language, Words } from '../../words.js'
import { schoolYearLabel } from '../school-year.js'
import type { Block } from './block.js'
import { blocksOf } from './blocks.js'
import { referencesOf } from './references.data.js'
import { schoolTables } from './school-tables.js'
import type { IndicatorsView } from './see-indicators.js'
import { countedLine, departmentWords, SUPPRESSION } from './views/around.js'

const TITLE: Words = {
  fr: 'Rapport pour le comité de pilotage',
  en: 'Report for the steering committee',
}

type Around = Readonly<{ language: Language; timeZone: string; now: Date; compress?: boolean }>

/** The indicators on paper: the same figures and definitions as the page, read out in the same order. */
export function indicatorsPdf(view: IndicatorsView, around: Around): Promise<Buffer> {
  const { language, timeZone, now, compress } = around
  const say = sayIn(language, timeZone)
  const { place, department } = view
  const where =
    department === undefined ? place.name : `${place.name}, ${say(departmentWords(department))}`
  const subject = `${where}, ${say(view.scheme.words)}, ${schoolYearLabel(view.year)}`
  const spec = {
    title: `${say(TITLE)} – ${subject}`,
    language,
    createdAt: now,
    foot: `${say(TITLE)} · ${subject} · ${say.day(view.today)}`,
    ...(compress === undefined ? {} : { compress }),
  }
  return makePdf(spec, (sheet) => {
    sheet.heading(1, say(TITLE))
    sheet.paragraph(subject, { font: 'bold' })
    sheet.paragraph(countedLine(view, say))
    sheet.paragraph(say(SUPPRESSION))
    for (const block of blocksOf(view, say)) writeBlock(sheet, block)
    writeSchools(sheet, view, say)
    writeReferences(sheet, view, say)
  })
}

/** Without the name of the place: folders of files are read by others. */
export function reportFileName({ year, today }: IndicatorsView, language: Language): string {
  const name = { fr: 'rapport-comite-de-pilotage', en: 'steering-committee-report' }[language]
  return `${name}-${schoolYearLabel(year)}-${today}.pdf`
}

function writeBlock(sheet: Sheet, { title, sentence, figures, more, head, definitions }: Block) {
  sheet.heading(2, title)
  sheet.paragraph(sentence)
  if (figures.length > 0) {
    const second = more && head[2]
    sheet.facts(
      figures.map(({ label, text }, at) => [
        label,
        second === undefined ? text : `${text} (${second.toLowerCase()} : ${more?.[at] ?? ''})`,
      ]),
    )
  }
  sheet.list(definitions.map(({ term, text }) => `${term} : ${text}`))
}

function writeSchools(sheet: Sheet, view: IndicatorsView, say: Say): void {
  for (const { caption, head, rows } of schoolTables(view, say)) {
    sheet.heading(2, caption)
    sheet.facts(
      rows.map(({ name, cells }) => [
        name,
        cells.map(({ text }, at) => `${head[at + 1] ?? ''} : ${text}`).join(' · '),
      ]),
    )
  }
}

function writeReferences(sheet: Sheet, { scheme }: IndicatorsView, say: Say): void {
  const references = referencesOf(scheme.code)
  if (references.length === 0) return
  sheet.heading(2, say({ fr: 'Repères nationaux', en: 'National reference figures' }))
  sheet.list(references.map(({ words, source }) => `${say(words)} (${source})`))
}
