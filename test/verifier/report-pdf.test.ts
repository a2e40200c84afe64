import { createHash } from 'node:crypto'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { shareBadge } from '../../src/issuer/share-badge.js'
import { reportPdf } from '../../src/verifier/report-pdf.js'
import type { Report } from '../../src/verifier/report.js'
import { CANARIES, issue, type Issued } from '../issuer/share-story.js'
import { textOfPdf } from '../support/pdf-text.js'
import { openWorld, type World } from '../support/world.js'

let world: World
let issued: Issued
beforeEach(async () => {
  world = await openWorld()
  issued = await issue(world)
})

const service = () => request(createApp(world))
const reportOf = async (credential: string, language: 'fr' | 'en' = 'fr') =>
  (await service().post('/verifications').set('Accept-Language', language).send({ credential }))
    .body as Report
const around = { service: 'https://sceau.example', timeZone: 'Europe/Paris', compress: false }
const paper = async (report: Report, language: 'fr' | 'en' = 'fr') =>
  textOfPdf(await reportPdf(report, { ...around, language })).replaceAll(/\s+/g, ' ')
const asBytes = (sent: request.Test) =>
  sent.buffer(true).parse((res, done) => {
    const parts: Buffer[] = []
    res.on('data', (part: Buffer) => parts.push(part))
    res.on('end', () => done(null, Buffer.concat(parts)))
  })

describe('a report', () => {
  test('TM-07 shows when it was made, by which version, and the hash of the very bytes', async () => {
    const report = await reportOf(issued.document)
    const hash = createHash('sha256').update(issued.document).digest('hex')
    expect(report).toMatchObject({
      verifiedAt: '2026-11-24T11:00:00Z',
      engine: expect.stringMatching(/^Sceau \d+\.\d+\.\d+/) as string,
      digest: `sha256:${hash}`,
    })
    const text = await paper(report)
    for (const part of ['24 novembre 2026 à 12:00', report.engine, hash])
      expect(text).toContain(part)
  })

  test('on paper says what the page says: the sentence, the badge, each check in words, what it does not tell', async () => {
    const text = await paper(await reportOf(issued.document))
    for (const part of [
      'Ce badge est valide, et nous savons qui l’a délivré.',
      'Préparer et stratifier une pièce composite au contact',
      'Lycée DÉMO des Tilleuls (sceau.example)',
      'La signature – Vérifié',
      'La révocation – Vérifié',
      'Composites du Lac DÉMO (sceau.example) endosse cette attribution',
      'Ce que cela ne dit pas',
      'Ce rapport n’est pas signé',
      'https://sceau.example/verify',
      'page 2 / 2',
    ])
      expect(text).toContain(part)
    for (const canary of [...CANARIES, 'urn:uuid']) expect(text).not.toMatch(canary)
  })

  test('on paper never cuts off the domain behind a stranger’s name, however long that is', async () => {
    const report = await reportOf(issued.document)
    const long = 'Académie de Paris '.repeat(3_000)
    const { badge, endorsements } = report
    const text = await paper({
      ...report,
      trusted: false,
      badge: badge && { ...badge, issuer: { ...badge.issuer, name: long, domain: 'evil.example' } },
      endorsements: endorsements.map((one) => ({
        ...one,
        endorser: { id: 'did:web:evil-too.example', name: long },
      })),
    })
    expect(text).toContain('(evil.example)')
    expect(text.match(/\(evil-too\.example\)/g)?.length).toBeGreaterThan(endorsements.length)
  })

  test('on paper is in English for who reads English', async () => {
    const text = await paper(await reportOf(issued.document, 'en'), 'en')
    expect(text).toContain('This badge is valid, and we know who issued it.')
    expect(text).toContain('Validity – Checked')
    expect(text).not.toContain('Vérifié')
  })

  test('of a revoked badge says so, and what to do', async () => {
    await revokeBadge(world, issued.head, { badgeId: issued.badgeId, reason: 'Par erreur' })
    const text = await paper(await reportOf(issued.document))
    expect(text).toContain('Ce badge n’est pas valide.')
    expect(text).toContain('La révocation – Révoqué')
    expect(text).toContain('Que faire : ne comptez pas sur ce badge.')
  })

  test('of a tampered badge shows nothing that the badge says', async () => {
    const text = await paper(await reportOf(issued.document.replace('seul', 'bien')))
    expect(text).toContain('Rien de ce que dit le badge n’est montré')
    expect(text).not.toContain('Préparer')
    expect(text).toContain('Ne compte pas tant que la signature n’est pas bonne.')
  })

  test('comes as a PDF to a program that asks for one, tagged, never kept', async () => {
    const answer = await asBytes(
      service()
        .post('/verifications')
        .set({ Accept: 'application/pdf', 'Accept-Language': 'fr' })
        .send({ credential: issued.document }),
    ).expect(200)
    expect(answer.get('content-type')).toBe('application/pdf')
    expect(answer.get('cache-control')).toBe('no-store')
    expect(answer.get('content-disposition')).toBe(
      'attachment; filename="rapport-de-verification-2026-11-24.pdf"',
    )
    const pdf = (answer.body as Buffer).toString('latin1')
    for (const part of ['%PDF-1.7', '/StructTreeRoot', '/Lang (fr)']) expect(pdf).toContain(part)
  })

  test('asked for as a PDF of nothing that can be read is still a problem', async () => {
    const answer = await service()
      .post('/verifications')
      .set('Accept', 'application/pdf')
      .send({ url: 'https://nowhere.example/badge' })
      .expect(400)
    expect(answer.get('content-type')).toContain('application/problem+json')
  })
})

describe('the button of an answer', () => {
  const carriedIn = (html: string) => /name="carried" value="([\w-]+)"/.exec(html)?.[1] ?? ''
  const save = (carried: string) =>
    asBytes(service().post('/verify/report').field('carried', carried))

  test('gives the report of the very bytes that were verified: by file, by link', async () => {
    const { url } = await shareBadge(world, issued.student, {
      badgeId: issued.badgeId,
      label: 'CV',
    })
    const answers = [
      await service().post('/verify').attach('file', Buffer.from(issued.document), 'badge.json'),
      await service().post('/verify').type('form').send({ badge: url }),
    ]
    for (const { text } of answers) {
      expect(Buffer.from(carriedIn(text), 'base64url').toString()).toBe(issued.document)
      const answer = await save(carriedIn(text)).expect(200)
      expect(answer.get('content-type')).toBe('application/pdf')
    }
  })

  test('asks for a large file once more, because none was kept', async () => {
    const large = Buffer.from(issued.document.padEnd(400_000))
    const { text } = await service().post('/verify').attach('file', large, 'badge.json')
    expect(text).not.toContain('name="carried"')
    expect(text).toContain('id="field-file"')
    const answer = await asBytes(
      service().post('/verify/report').attach('file', large, 'badge.json'),
    )
    expect(answer.get('content-type')).toBe('application/pdf')
    await service().post('/verify/report').field('other', 'x').expect(400)
  })

  test('is pressed on our page only', async () => {
    await service()
      .post('/verify/report')
      .set('Sec-Fetch-Site', 'cross-site')
      .field('carried', 'e30')
      .expect(403)
  })
})
