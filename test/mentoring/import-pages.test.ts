import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import type { Role } from '../../src/context.js'
import { findPersonByEmail, insertAssignment, type Organisation } from '../../src/people/store.js'
import { runNextJob } from '../../src/worker.js'
import { aLycee, PASSWORD, somebody } from '../people/people.js'
import { writtenIn } from '../http/written.js'
import { csvOf, pixRows } from '../support/csv.js'
import { demoIne, demoList, demoStudents, planted, siecleXml, zipOf } from '../support/siecle.js'
import { MINUTE, openWorld, type World } from '../support/world.js'

let world: World
let app: ReturnType<typeof createApp>
let school: Pick<Organisation, 'id' | 'publicId'>

beforeEach(async () => {
  world = await openWorld()
  app = createApp(world)
  school = await aLycee(world, 'Lycée DÉMO des Tilleuls')
})

type Tab = Awaited<ReturnType<typeof tabOf>>

/** A browser in which somebody is signed in. */
async function tabOf(email: string, role: Role = 'school-staff', organisationId = school.id) {
  await somebody(world, email, { role, organisationId })
  const cookies = new Map<string, string>()
  const keep = (answer: request.Response) => {
    for (const cookie of answer.get('Set-Cookie') ?? []) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string]
      cookies.set(name, value)
    }
    return answer
  }
  const cookie = () => [...cookies].map((pair) => pair.join('=')).join('; ')
  const get = async (path: string) => keep(await request(app).get(path).set('Cookie', cookie()))
  const post = (path: string) =>
    request(app).post(path).set('Cookie', cookie()).set('Sec-Fetch-Site', 'same-origin')
  const hidden = async (path: string) => {
    const { text } = await get(path)
    const found = text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)
    return Object.fromEntries([...found].map(([, name, value]) => [name!, value!]))
  }
  keep(await post('/sign-in').type('form').send({ email, password: PASSWORD }))
  return {
    get,
    /** Gives a file on the page of the import. */
    async give(file: Uint8Array | undefined, fields: Record<string, string> = {}) {
      const sent = post('/import')
      const all = { ...(await hidden('/import')), schoolYear: '2026', ...fields }
      for (const [name, value] of Object.entries(all)) void sent.field(name, value)
      return keep(await (file ? sent.attach('file', Buffer.from(file), 'liste.xml') : sent))
    },
    async confirm(path: string, fields: Record<string, string> = {}) {
      const csrf = { _csrf: (await hidden(path))._csrf ?? '' }
      return keep(
        await post(path)
          .type('form')
          .send({ ...csrf, ...fields }),
      )
    },
  }
}

const previewOf = async (tab: Tab, file: Uint8Array) => {
  const { headers, text } = await tab.give(file)
  expect(headers.location, text).toMatch(/^\/import\/[\w-]{22}$/)
  return headers.location!
}
const countOf = async (table: 'students' | 'pending_imports') =>
  (await world.db.selectFrom(table).select('id').execute()).length

test('a teacher signs in, gives the zip of SIECLE, reads the preview, imports, and keeps the receipt', async () => {
  const tab = await tabOf('teacher@example.org')
  const start = await tab.get('/import')
  expect(start.text).toContain('Importer une liste de classe')
  expect(start.text).toMatch(/<option (?=[^>]*selected)[^>]*value="2026"/)
  const content = siecleXml(demoList({ students: planted() }))
  const preview = await previewOf(tab, zipOf({ name: 'ElevesSansAdresses.xml', content }))

  const { text } = await tab.get(preview)
  expect(text).toMatch(
    /Nouveaux<\/dt><dd><strong>26<[\s\S]*Ignorés<\/dt><dd><strong>1<\/strong> \(sortis/,
  )
  expect(text).toMatch(/Refusés<\/dt><dd><strong>3</)
  expect(text).toContain('n° 10, ligne 99')
  expect(text).toContain('<code>999999999AA</code>')
  expect(text).not.toContain(demoIne(29))

  const refused = await tab.confirm(preview)
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Lignes refusées\u00a0: 3. Rien n’est importé.')
  expect(await countOf('students')).toBe(0)

  const done = await tab.confirm(preview, { leaveOutRefused: 'yes' })
  expect(done.headers.location).toMatch(/^\/imports\/[\w-]{22}$/)
  const receipt = await tab.get(done.headers.location!)
  expect(receipt.text).toContain('La liste est importée.')
  expect(receipt.text).toContain('n° 10, ligne 99')
  expect(await countOf('students')).toBe(26)
  expect(await countOf('pending_imports')).toBe(0)
  expect((await tab.get('/import')).text).toContain(done.headers.location)
})

test('who left or is missing is shown by name to the school, before and after', async () => {
  const tab = await tabOf('teacher@example.org')
  await tab.confirm(await previewOf(tab, siecleXml(demoList())))
  const moved = demoStudents(2).map((one) => ({ ...one, division: '2PD' }))
  const shorter = siecleXml(demoList({ students: moved }))
  const preview = await previewOf(tab, shorter)
  expect((await tab.get(preview)).text).toMatch(/Inès MUÑOZ DÉMO[\s\S]*absent de la liste/)
  const { headers } = await tab.confirm(preview)
  expect((await tab.get(headers.location!)).text).toContain('Inès MUÑOZ DÉMO')
})

describe('the list between preview and import', () => {
  let tab: Tab
  let preview: string
  beforeEach(async () => {
    tab = await tabOf('teacher@example.org')
    preview = await previewOf(tab, siecleXml(demoList()))
  })

  test('is sealed, and has what is kept of the file alone', async () => {
    const [row] = await world.db.selectFrom('pending_imports').selectAll().execute()
    expect(JSON.stringify(row)).not.toMatch(/Anaïs|DÉMO|000000001AA/)
    expect(world.vault.open(row!.list_sealed)).toContain('Anaïs')
  })

  test('is for the person who gave it: to a colleague it is not there', async () => {
    const colleague = await tabOf('colleague@example.org')
    expect((await colleague.get(preview)).status).toBe(410)
    expect((await colleague.confirm(preview)).status).not.toBe(303)
    expect(await countOf('students')).toBe(0)
  })

  test('is imported once, however often the button is pressed', async () => {
    expect((await tab.confirm(preview)).status).toBe(303)
    const again = await tab.get(preview)
    expect(again.status).toBe(410)
    expect(again.text).toContain('Choisissez de nouveau le fichier')
    expect(await countOf('students')).toBe(3)
  })

  test('is over after thirty minutes, and a job deletes it', async () => {
    world.clock.advance(29 * MINUTE)
    expect(await runNextJob(world)).toBe(false)
    expect((await tab.get(preview)).status).toBe(200)
    world.clock.advance(MINUTE)
    expect((await tab.get(preview)).status).toBe(410)
    expect(await runNextJob(world)).toBe(true)
    expect(await countOf('pending_imports')).toBe(0)
  })

  test('is replaced by the next file that the same person gives', async () => {
    await previewOf(tab, siecleXml(demoList({ students: demoStudents(2) })))
    expect(await countOf('pending_imports')).toBe(1)
    expect((await tab.get(preview)).status).toBe(410)
  })

  test('does not outlive the rights of who gave it', async () => {
    await world.db.updateTable('role_assignments').set({ until_day: '2026-11-23' }).execute()
    expect((await tab.get(preview)).status).toBe(404)
  })
})

describe('the form comes back, with the words beside the field', () => {
  test.each([
    ['no file', undefined, 400, 'Choisissez le fichier de la liste.'],
    [
      'a file that is no list',
      Buffer.from('%PDF-1.7'),
      415,
      'n’est pas une liste d’élèves de SIECLE',
    ],
    [
      'the list of another school',
      siecleXml(demoList({ uai: '9990002Y' })),
      400,
      'autre établissement',
    ],
    ['a DOCTYPE', Buffer.from('<!DOCTYPE a><a/>'), 400, 'déclaration DOCTYPE'],
  ])('for %s', async (_, file, status, said) => {
    const tab = await tabOf('teacher@example.org')
    const answer = await tab.give(file)
    expect(answer.status).toBe(status)
    expect(answer.text).toMatch(new RegExp(`id="error-file">[^<]*${said}`))
    expect(answer.text).toMatch(/<option (?=[^>]*selected)[^>]*value="2026"/)
    expect(answer.text).toContain('<title>Erreur\u00a0: ')
  })

  test('for the list of another year, beside the year', async () => {
    const tab = await tabOf('teacher@example.org')
    const answer = await tab.give(siecleXml(demoList()), { schoolYear: '2025' })
    expect(answer.text).toMatch(/id="error-schoolYear">Cette liste est de l’année 2026-2027/)
    expect(answer.text).toMatch(/<option (?=[^>]*selected)[^>]*value="2025"/)
  })

  test.each([
    [
      'an unbalanced quote',
      (text: string) => text.replace('000000002BB', '"000000002BB'),
      /ligne 3/,
    ],
    ['a NUL', (text: string) => text.replace('000000002BB', '0000\0'), /\(ligne 3\)/],
  ])('CS-03 of %s, with the line, and nothing is kept of it', async (_, broken, said) => {
    const text = Buffer.from(csvOf(pixRows(demoStudents(3)), { newline: '\n' })).toString()
    const tab = await tabOf('teacher@example.org')
    const before = await writtenIn(world)
    const answer = await tab.give(Buffer.from(broken(text)))
    expect(answer.status).toBe(400)
    expect(/id="error-file">([^<]*)/.exec(answer.text)?.[1]).toMatch(said)
    expect(await writtenIn(world)).toEqual(before)
  })

  test('CS-07 a file of 10 MB is refused', async () => {
    const tab = await tabOf('teacher@example.org')
    expect((await tab.give(new Uint8Array(10 << 20).fill(0x20))).status).toBe(413)
  })
})

describe('whom the pages are for', () => {
  test.each(['/import', '/import/x', '/imports/x'])('%s asks to sign in', async (path) => {
    await request(app).get(path).expect(401)
  })

  test('not for who has no school to import to', async () => {
    const student = await tabOf('student@example.org', 'student')
    expect((await student.get('/import')).status).toBe(404)
  })

  test('MT-01 a stranger’s school is not there, in the form nor as a receipt', async () => {
    const teacher = await tabOf('teacher@example.org')
    const done = await teacher.confirm(await previewOf(teacher, siecleXml(demoList())))
    const other = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const stranger = await tabOf('stranger@example.org', 'school-approver', other.id)
    expect((await stranger.get('/import')).text).not.toContain('Tilleuls')
    const list = siecleXml(demoList())
    expect((await stranger.give(list, { schoolId: school.publicId })).status).toBe(404)
    expect((await stranger.get(done.headers.location!)).status).toBe(404)
  })

  test('who works in two schools chooses', async () => {
    const other = await aLycee(world, 'Lycée DÉMO des Érables', '9990002Y')
    const tab = await tabOf('both@example.org')
    const person = await findPersonByEmail(world.db, 'both@example.org')
    await insertAssignment(world.db, {
      person_id: person!.id,
      role: 'school-staff',
      organisation_id: other.id,
      from_day: '2026-09-01',
    })
    const { text } = await tab.get('/import')
    expect(text).toMatch(/<select id="field-schoolId"[\s\S]*Tilleuls[\s\S]*Érables/)
    const file = siecleXml(demoList({ uai: '9990002Y' }))
    expect((await tab.give(file, { schoolId: other.publicId })).status).toBe(303)
  })
})

test('the pages are complete in English', async () => {
  const tab = await tabOf('teacher@example.org')
  const preview = await previewOf(tab, siecleXml(demoList({ students: planted() })))
  for (const path of ['/import', preview]) {
    const { text } = await tab.get(`${path}?lang=en`)
    expect(text).toContain('<html lang="en">')
    expect(text).not.toMatch(/Importer|élève|année|ligne|fichier|Refusés|Année/)
  }
})

test('a hundred and twenty refused rows are read page by page', async () => {
  const tab = await tabOf('teacher@example.org')
  const students = [...demoStudents(120, { division: '' }), ...demoStudents(121).slice(120)]
  const preview = await previewOf(tab, siecleXml(demoList({ students })))
  expect((await tab.get(preview)).text).toContain('Page 1 sur 3')
  const last = (await tab.get(`${preview}?page=3`)).text
  expect(last).toContain('n° 120, ligne')
  expect(last).not.toContain('n° 100, ligne')
})

test('a list that is imported already offers no button: nothing would change', async () => {
  const tab = await tabOf('teacher@example.org')
  const list = siecleXml(demoList())
  await tab.confirm(await previewOf(tab, list))
  const { text } = await tab.get(await previewOf(tab, list))
  expect(text).toContain('Cette liste est déjà importée\u00a0: rien ne changerait.')
  expect(text).not.toContain('Importer ces 3 élèves')
})
