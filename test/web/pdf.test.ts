import { describe, expect, test } from 'vitest'
import { makePdf } from '../../src/web/pdf/make-pdf.js'
import { textOfPdf } from '../support/pdf-text.js'

const spec = {
  title: 'Rapport',
  language: 'fr',
  createdAt: new Date('2026-11-24T11:00:00Z'),
  foot: 'Au pied',
  compress: false,
} as const
const NAMES =
  'Ķęstutis Łukasiewicz, Đặng Thị Hồng, Şükrü İğdır, Nœlle Le Goffič, Ștefan, Ώρα, Жанна'
const CHECK = {
  title: 'Les dates',
  tone: 'invalid',
  word: 'Expiré',
  message: 'Ce badge a expiré.',
} as const

describe('a PDF for people', () => {
  test('is tagged, tells its language and its title, and has its fonts inside', async () => {
    const pdf = (await makePdf(spec, (sheet) => sheet.heading(1, 'Titre'))).toString('latin1')
    for (const part of [
      '/StructTreeRoot',
      '/Marked true',
      '/Lang (fr)',
      '/DisplayDocTitle true',
      '<pdfuaid:part>1</pdfuaid:part>',
      '/S /H1',
    ])
      expect(pdf).toContain(part)
    expect(pdf.match(/\/Type \/FontDescriptor/g)?.length).toBe(pdf.match(/\/FontFile2 /g)?.length)
    expect(pdf).not.toContain('/Helvetica')
  })

  test('writes the names of Europe, and each result in a word', async () => {
    const pdf = await makePdf(spec, (sheet) => {
      sheet.paragraph(NAMES)
      sheet.checks([CHECK])
    })
    const text = textOfPdf(pdf)
    expect(text).toContain(NAMES.split(',')[0])
    for (const word of ['Đặng', 'İğdır', 'Goffič', 'Ștefan', 'Ώρα', 'Жанна', 'Les dates – Expiré'])
      expect(text).toContain(word)
    expect(text).toContain('page 1 / 1')
  })

  test('is the same bytes for the same content and instant', async () => {
    const make = () => makePdf(spec, (sheet) => sheet.paragraph(NAMES))
    expect(await make()).toEqual(await make())
  })

  test('bears whatever a stranger wrote: no sign is lost to a crash, none steers the line', async () => {
    const hostile = `\u202Eesrever\u0000\n\ud800 ${'x'.repeat(3_000)} \u{1F600}\u{10FFFF}`
    const text = textOfPdf(
      await makePdf(spec, (sheet) => {
        sheet.heading(2, hostile)
        sheet.verdict('unknown', hostile)
        sheet.facts([[hostile, hostile]])
        sheet.checks([{ ...CHECK, message: hostile }])
        sheet.list([hostile])
      }),
    )
    expect(text).toContain('esrever')
    expect(text).not.toContain('\u202E')
  })

  test('goes over as many pages as it needs, each with its number', async () => {
    const pdf = await makePdf(spec, (sheet) =>
      sheet.checks(Array.from({ length: 60 }, () => CHECK)),
    )
    const pages = Number(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1])
    expect(pages).toBeGreaterThan(2)
    expect(textOfPdf(pdf)).toContain(`page ${pages} / ${pages}`)
  })
})
