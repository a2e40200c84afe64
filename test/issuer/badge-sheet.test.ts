import { beforeEach, describe, expect, test } from 'vitest'
import { badgeSheet } from '../../src/issuer/badge-sheet.js'
import { holdBadge } from '../../src/issuer/hold-badge.js'
import { seeMyBadge, seeMyBadgeNow } from '../../src/issuer/my-badges.js'
import { seePublicBadge, type PublicBadge } from '../../src/issuer/public-badge.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { COMPLEMENTS_SENTENCE } from '../../src/templates/definition.js'
import { aDefinition } from '../support/definitions.js'
import { textOfPdf } from '../support/pdf-text.js'
import { openWorld, type World } from '../support/world.js'
import { CANARIES, issue, type Issued } from './share-story.js'
import { alterDocuments } from './stored.js'

let world: World
let issued: Issued
let url: string
beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
  url = await share()
})

const share = async (wanted: { life?: string; shows?: string } = {}) =>
  (await shareBadge(world, issued.student, { badgeId: issued.badgeId, label: 'CV', ...wanted })).url
const see = (language: 'fr' | 'en' = 'fr') =>
  seePublicBadge(world, url.split('/b/')[1] ?? '', language)
const pdfOf = async (badge: Parameters<typeof badgeSheet>[1], language: 'fr' | 'en' = 'fr') =>
  (await badgeSheet(world, badge, language, { compress: false })).bytes
const textOf = (pdf: Buffer) => textOfPdf(pdf).replaceAll(/[\s\u00a0]+/g, ' ')
const paper = async (language: 'fr' | 'en' = 'fr') =>
  textOf(await pdfOf(await see(language), language))

/** What is asked of each: the tree of tags in reading order, an alternative for each figure, no glyph that is none. */
function assertSound(pdf: Buffer): void {
  const source = pdf.toString('latin1')
  expect(source.match(/\/Type \/FontDescriptor/g)?.length).toBe(
    source.match(/\/FontFile2 /g)?.length,
  )
  // The glyph with the number 0 is the box of a letter that the font has not.
  const shown = [...source.matchAll(/\[([^\]]*)\] TJ/g)].flatMap(([, text]) =>
    [...text!.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex]) => hex!.match(/.{4}/g) ?? []),
  )
  expect(shown.length).toBeGreaterThan(100)
  expect(shown).not.toContain('0000')
  expect(textOfPdf(pdf)).not.toContain('\ufffd')
  expect(textOfPdf(pdf)).toContain('page 1 / 1')
  const figures = source.match(/\/S \/Figure[^>]*>>/g) ?? []
  for (const figure of figures) expect(figure).toMatch(/\/Alt [(<]/)
}

describe('a badge on a sheet of paper', () => {
  test('says how it stands and when, what it is, by whom, for what, and how it is verified', async () => {
    const text = await paper()
    const { links } = await seeMyBadge(world, issued.student, issued.badgeId)
    for (const part of [
      'État au 24 novembre 2026 à 12:00 : valide',
      'Préparer et stratifier une pièce composite au contact',
      'Délivré par Lycée DÉMO des Tilleuls',
      'Endossé par Composites du Lac DÉMO',
      'Novembre 2026',
      'Critères',
      'L’élève prépare seul son poste',
      'Mentorat de projet, octobre 2026 (2 séances)',
      COMPLEMENTS_SENTENCE.slice(0, 40),
      url,
      `code ${links[0]?.code}`,
      'https://sceau.example/verify',
      'Ce lien s’ouvre jusqu’au 26 mai 2027',
      'n’est pas signée',
    ])
      expect(text).toContain(part)
    expect(text).not.toMatch(/\*\*|RÉVOQUÉ|EXPIRÉ/)
  })

  test('is tagged, with its language, its title, its fonts and words for its figures', async () => {
    const pdf = await pdfOf(await see())
    assertSound(pdf)
    const source = pdf.toString('latin1')
    for (const part of ['/StructTreeRoot', '/Marked true', '/Lang (fr)', '/DisplayDocTitle true'])
      expect(source).toContain(part)
    const roles = [...source.matchAll(/\/S \/(\w+)/g)].map(([, role]) => role)
    expect(roles).toEqual(expect.arrayContaining(['Document', 'Figure', 'H1', 'H2', 'P', 'L']))
    expect(roles.filter((role) => role === 'Figure')).toHaveLength(2)
    expect(roles.filter((role) => role === 'H1')).toHaveLength(1)
    expect(source).toContain('<pdfuaid:part>1</pdfuaid:part>')
  })

  test('is in English for who reads English, and the same bytes for the same instant', async () => {
    const text = await paper('en')
    expect(text).toContain('State on 24 November 2026')
    expect(text).toContain('Issued by')
    expect(text).not.toContain('Délivré')
    expect(await pdfOf(await see())).toEqual(await pdfOf(await see()))
  })

  test('writes the names of Europe in letters, on one page, however much is said', async () => {
    const names = 'Kılıç, Ďurčanský, Nguyễn, Ḱaplan, Ķęstutis, Ștefan, Đặng, Goffič'
    const seen = await see()
    if (!seen.shown) throw new Error('Nothing is shown.')
    const shown = {
      ...seen.shown,
      name: `${'Stratifier et démouler '.repeat(5)}`.trim(),
      companies: names.split(', '),
      description: 'Une description très longue. '.repeat(40),
      criteria: '- **Un critère** [lié](https://x.example/).\n'.repeat(80),
      evidence: Array.from({ length: 12 }, (_, n) => ({
        name: `Mentorat de projet du mois ${n}`,
        description: '',
      })),
    }
    const pdf = await pdfOf({ ...seen, shown })
    assertSound(pdf)
    for (const name of names.split(', ')) expect(textOf(pdf)).toContain(name)
    expect(textOf(pdf)).toContain(COMPLEMENTS_SENTENCE.slice(0, 40))
    // The description and the criteria are cut, each where its room ends.
    expect(textOf(pdf)).toContain('…')
    expect(textOf(pdf)).toContain('· Un critère lié.')
  })

  test.each([
    ['revoked', 'Révoqué le 24 novembre 2026', 'RÉVOQUÉ'],
    ['suspended', 'Suspendu depuis le 24 novembre 2026', 'SUSPENDU'],
  ])('of a %s badge says so, over its picture too', async (state, sentence, stamp) => {
    const { badgeId, head } = issued
    if (state === 'revoked') await revokeBadge(world, head, { badgeId, reason: 'Par erreur' })
    else await holdBadge(world, head, { badgeId, reason: 'error', note: '' })
    const text = await paper()
    expect(text).toContain(`État au 24 novembre 2026 à 12:00 : ${sentence}`)
    expect(text).toContain(stamp)
    expect(text).not.toContain(': valide')
  })

  test('of an expired badge says so', async () => {
    world = await openWorld()
    issued = await issue(world, { ...aDefinition, validityMonths: 12 })
    url = await share({ life: 'unlimited' })
    expect(await paper()).toContain('valable jusqu’au 24 novembre 2027')
    world.clock.at = new Date('2027-11-25T11:00:00Z')
    const text = await paper()
    expect(text).toContain('Expiré le 24 novembre 2027')
    expect(text).toContain('EXPIRÉ')
  })

  test('of a badge whose signature is not good shows nothing that it says', async () => {
    await alterDocuments(world.db, issued.document.replace('seul', 'très bien'))
    const text = await paper()
    expect(text).toContain('n’est pas valide')
    expect(text).not.toContain('Préparer')
    expect(text).toContain('page 1 / 1')
  })

  test('of the badge alone leaves the evidence out', async () => {
    url = await share({ shows: 'badge' })
    const text = await paper()
    expect(text).toContain('Critères')
    expect(text).not.toMatch(/Mentorat|preuves/)
  })

  test('of one’s own badge leads to no link, and says how it is verified all the same', async () => {
    const badge = await seeMyBadgeNow(world, issued.student, issued.badgeId, 'fr')
    const pdf = await pdfOf(badge)
    assertSound(pdf)
    expect(textOf(pdf)).toContain('Cette feuille ne mène à aucun lien')
    expect(textOf(pdf)).not.toContain('/b/')
    expect(pdf.toString('latin1').match(/\/S \/Figure/g)).toHaveLength(1)
  })

  test('SH-03 never names the student', async () => {
    const badges: (PublicBadge | Awaited<ReturnType<typeof seeMyBadgeNow>>)[] = [
      await see(),
      await see('en'),
      await seeMyBadgeNow(world, issued.student, issued.badgeId, 'fr'),
    ]
    for (const badge of badges) {
      const pdf = await pdfOf(badge)
      for (const canary of [...CANARIES, 'Camille', 'student@example.org', 'urn:uuid']) {
        expect(textOf(pdf)).not.toMatch(canary)
        expect(pdf.toString('latin1')).not.toMatch(canary)
      }
    }
  })
})
