import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app.js'
import { issueToken } from '../../../src/people/issue-token.js'
import { OPERATOR } from '../../../src/people/operator.js'
import { makeServiceKey } from '../../../src/people/service-keys.js'
import { forgetOnSchedule } from '../../../src/web/idempotency.js'
import { runNextJob } from '../../../src/worker.js'
import { openTab } from '../../http/dossier-tab.js'
import { DAY, openWorld, type World } from '../../support/world.js'
import { aClassOf, ineOf } from '../class-story.js'
import { tell, type Story } from '../story.js'

const CLASS = 3
let world: World
let story: Story
let app: ReturnType<typeof createApp>
let students: string[]
let template: string
let cohort: string
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  await makeServiceKey(world)
  students = await aClassOf(world, story, CLASS)
  app = createApp(world)
  template = (await world.db.selectFrom('templates').selectAll().executeTakeFirstOrThrow())
    .public_id
  cohort = (await world.db.selectFrom('cohorts').selectAll().executeTakeFirstOrThrow()).public_id
})

const as = (name: 'teacher' | 'tutor' | 'boss' | 'head') =>
  openTab(app).signIn(`${name}@example.org`)
const work = async () => {
  while (await runNextJob(world));
}
const states = async () =>
  (await world.db.selectFrom('dossiers').select('state').execute()).map(({ state }) => state)
const unescaped = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"')
const valuesIn = (text: string) =>
  [...text.matchAll(/type="checkbox" name="rows" value="([^"]+)"/g)].map(([, value]) => value!)
const field = (text: string, name: string) =>
  unescaped(new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '')

/** Ticks the first rows that are ready, all of them if nothing is said, and sends the form. */
async function batch(
  tab: Awaited<ReturnType<typeof as>>,
  path: string,
  fields: Record<string, string> = {},
  first = CLASS,
) {
  const { text } = await tab.get(path)
  const form = {
    _csrf: field(text, '_csrf'),
    key: field(text, 'key'),
    rows: valuesIn(text).slice(0, first),
    ...fields,
  }
  const answer = await tab.post(path, form as never)
  return { text, form, answer, id: answer.get('Location')?.split('/').at(-1) ?? '' }
}

async function proposed(): Promise<string> {
  const path = `/batches/new?act=propose&cohort=${cohort}&badge=${template}.1`
  const { id } = await batch(await as('teacher'), path)
  await work()
  return id
}

const said = {
  function: 'Tuteur',
  comment: 'Un travail soigné, du moule au démoulage.',
  entitled: 'yes',
}

describe('without script', () => {
  test('a class goes from its facts to its badges, by a page for each of four persons', async () => {
    const teacher = await as('teacher')
    expect((await teacher.get('/dossiers')).text).toContain('href="/batches"')
    const start = await teacher.get('/batches/new?act=propose')
    expect(start.text).toContain(`cohort=${cohort}`)
    expect((await teacher.get(`/batches/new?act=propose&cohort=${cohort}`)).text).toContain(
      `badge=${template}.1`,
    )
    await proposed()
    expect(await states()).toEqual(Array(CLASS).fill('proposed'))

    const seen = await batch(await as('tutor'), '/batches/new?act=assess', said)
    expect(seen.text).toContain('2 h de mentorat, 9 jours en entreprise')
    expect(seen.text).not.toMatch(/Kergu|Tréhor/)
    await work()
    await batch(await as('boss'), '/batches/new?act=endorse', said)
    await work()
    const head = await as('head')
    const { id } = await batch(head, '/batches/new?act=approve')
    expect((await head.get(`/batches/${id}`)).text).toContain('0 sur 3')
    await work()
    expect(await states()).toEqual(Array(CLASS).fill('issued'))
    const { text } = await head.get(`/batches/${id}`)
    expect(text).toContain('3 sur 3')
    expect(text).toContain('Terminé')
    expect(text).toContain('href="/badges/')
  })

  test('says why a row is not ready, and sends only those that are', async () => {
    await world.db
      .updateTable('placements')
      .set({ contested_at: world.now().toISOString() })
      .where('public_id', '=', 'placements-2-0')
      .execute()
    const path = `/batches/new?act=propose&cohort=${cohort}&badge=${template}.1`
    const { text, form } = await batch(await as('teacher'), path)
    expect(form.rows).toHaveLength(CLASS - 1)
    expect(text).toContain('Incomplet')
    expect(text).toContain('Il manque encore')
  })

  test('a form sent twice is one batch', async () => {
    const teacher = await as('teacher')
    const path = `/batches/new?act=propose&cohort=${cohort}&badge=${template}.1`
    const { form, id } = await batch(teacher, path)
    const again = await teacher.post(path, form as never)
    expect(again.get('Location')).toBe(`/batches/${id}`)
    expect(await world.db.selectFrom('batches').selectAll().execute()).toHaveLength(1)
  })

  test('a form sent again with other rows is refused, and comes back ready to be sent', async () => {
    const teacher = await as('teacher')
    const path = `/batches/new?act=propose&cohort=${cohort}&badge=${template}.1`
    const { text, form } = await batch(teacher, path, {}, 1)
    const [, second, third] = valuesIn(text)
    const back = { ...form, rows: [second!, third!] }
    const refused = await teacher.post(path, back as never)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('a déjà lancé un lot')
    expect(refused.text).not.toContain('Le lot est lancé')
    await work()
    expect(await states()).toEqual(['proposed'])
    const again = await teacher.post(path, { ...back, key: field(refused.text, 'key') } as never)
    expect(again.status).toBe(303)
    await work()
    expect(await states()).toEqual(Array(CLASS).fill('proposed'))
  })

  test('who endorses without saying that they may begins nothing', async () => {
    await proposed()
    await batch(await as('tutor'), '/batches/new?act=assess', said)
    await work()
    const { entitled: _, ...rest } = said
    const { answer } = await batch(await as('boss'), '/batches/new?act=endorse', rest)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('en droit d’engager')
    expect(await states()).toEqual(Array(CLASS).fill('assessed'))
  })

  test('pauses, goes on and cancels', async () => {
    const path = `/batches/new?act=propose&cohort=${cohort}&badge=${template}.1`
    const teacher = await as('teacher')
    const { id } = await batch(teacher, path)
    await teacher.send(`/batches/${id}`, { do: 'pause' })
    expect((await teacher.get(`/batches/${id}`)).text).toContain('En pause')
    await teacher.send(`/batches/${id}`, { do: 'resume' })
    await teacher.send(`/batches/${id}`, { do: 'cancel' })
    await work()
    expect((await teacher.get(`/batches/${id}`)).text).toContain('Annulé')
    expect(await states()).toEqual([])
  })
})

describe('the files of a batch', () => {
  test('are a receipt without a name, and a table with names that is a line of the audit', async () => {
    const id = await proposed()
    const teacher = await as('teacher')
    const receipt = await teacher.get(`/batches/${id}/receipt.json`)
    expect(receipt.headers['content-disposition']).toContain('attachment')
    expect(receipt.body).toMatchObject({ type: 'SceauBatchReceipt', counts: { done: CLASS } })
    expect(receipt.text).not.toMatch(/Zoé|Kergu|Éli|Tréhor/)
    const { text } = await teacher.get(`/batches/${id}`)
    const rows = await teacher.post(`/batches/${id}/rows.csv`, { _csrf: field(text, '_csrf') })
    expect(rows.status).toBe(200)
    expect(rows.text).toContain('"Zoé Kerguélen"')
    const lines = await world.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'batch.exported')
      .execute()
    expect(lines).toMatchObject([{ subject: id, actor: story.teacher.publicId }])
    const boss = await as('boss')
    expect((await boss.get(`/batches/${id}/receipt.json`)).status).toBe(404)
    expect((await teacher.post(`/batches/${id}/rows.csv`, {})).status).toBe(403)
  })
})

describe('a CSV', () => {
  async function upload(name: 'teacher' | 'boss' | 'head', act: string, csv: string | Buffer) {
    const session = await as(name)
    const { text } = await session.get('/batches/csv')
    return {
      session,
      answer: await session.file('/batches/csv', { _csrf: field(text, '_csrf'), act }, csv),
    }
  }

  test('is previewed by outcome, then begun: by public id or INE, in Windows-1252', async () => {
    const csv = `INE;Élève;Badge\r\n;${students[0]};${template}\r\n${ineOf(2)};;${template}\r\n`
    const { session, answer } = await upload('teacher', 'propose', Buffer.from(csv, 'latin1'))
    expect(answer.text).toContain('Prêt : 2'.replace(' :', '\u00a0:'))
    expect(await world.db.selectFrom('batches').selectAll().execute()).toEqual([])
    const fields = {
      _csrf: field(answer.text, '_csrf'),
      key: field(answer.text, 'key'),
      sealed: field(answer.text, 'sealed'),
    }
    const begun = await session.post('/batches/csv', fields)
    expect(begun.status).toBe(303)
    await work()
    expect(await states()).toEqual(['proposed', 'proposed'])
    const stolen = await (await as('head')).post('/batches/csv', fields)
    expect(stolen.status).toBe(403)
  })

  test('names the row, column, shape and cure of what is wrong, and leaves it out only when told', async () => {
    const csv = `ine,badge,commentaire\n${ineOf(2)},${template},\n999999999ZZ,${template},\n${ineOf(3)},nothing,\n${ineOf(2)},${template},\n`
    const { session, answer } = await upload('teacher', 'propose', csv)
    expect(answer.text).toContain('Aucun élève pour qui')
    expect(answer.text).toContain('999999999AA')
    expect(answer.text).toContain('Aucun badge en usage')
    expect(answer.text).toContain('déjà dans une ligne plus haut')
    expect(answer.text).not.toContain('999999999ZZ')
    const fields = {
      _csrf: field(answer.text, '_csrf'),
      key: field(answer.text, 'key'),
      sealed: field(answer.text, 'sealed'),
    }
    const refused = await session.post('/batches/csv', fields)
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('cochez pour les laisser de côté')
    expect(refused.text).toContain('Aucun badge en usage')
    const begun = await session.post('/batches/csv', { ...fields, leaveOut: 'yes' })
    expect(begun.status).toBe(303)
    await work()
    expect(await states()).toEqual(['proposed'])
  })

  test('gives each student a comment of their own, which names nobody', async () => {
    await proposed()
    await batch(await as('tutor'), '/batches/new?act=assess', said)
    await work()
    const own = [
      `${students[0]};${template};Directrice;Zoé a fait un moule très propre, seule.`,
      `${students[1]};${template};Directrice;"Un moule propre ; et ""fini"", dit l’atelier."`,
      `${students[2]};${template};Directrice;Court`,
    ]
    const csv = `élève;badge;fonction;commentaire\n${own.join('\n')}`
    const { session, answer } = await upload('boss', 'endorse', csv)
    expect(answer.text).toContain('retirez du commentaire son nom')
    expect(answer.text).toContain('de 20 à 1 000 caractères'.replace('1 000', '1000'))
    const fields = {
      _csrf: field(answer.text, '_csrf'),
      key: field(answer.text, 'key'),
      sealed: field(answer.text, 'sealed'),
    }
    await session.post('/batches/csv', { ...fields, leaveOut: 'yes', entitled: 'yes' })
    await work()
    const kept = await world.db.selectFrom('dossiers').selectAll().orderBy('student_id').execute()
    expect(kept.map((one) => one.endorsement_comment)).toEqual([
      null,
      'Un moule propre ; et "fini", dit l’atelier.',
      null,
    ])
  })

  test('of unknown or missing columns is refused by their names', async () => {
    const unknown = await upload('teacher', 'propose', `élève;badge;couleur\na;b;c\n`)
    expect(unknown.answer.text).toContain('« couleur »'.replaceAll(' ', '\u00a0'))
    const missing = await upload('teacher', 'propose', `élève;version\na;1\n`)
    expect(missing.answer.text).toContain('Il manque la colonne')
  })
})

describe('the API', () => {
  async function token(personId: number | null): Promise<string> {
    const made = await issueToken(world, OPERATOR, {
      name: 'Essai',
      scopes: ['dossiers:read', 'dossiers:write', 'badges:write'],
      days: 30,
      ownerId: personId,
      organisationId: null,
    })
    return `Bearer ${made.token}`
  }

  test('opens and proposes for many; a second send with its key is the same batch', async () => {
    const bearer = await token(story.teacher.personId)
    const rows = students.map((studentId) => ({ studentId, templateId: template, version: 1 }))
    const send = () =>
      request(app)
        .post('/api/batches')
        .set('Authorization', bearer)
        .set('Idempotency-Key', 'class-2pc')
        .send({ rows })
    const first = await send().expect(202)
    expect(first.body).toMatchObject({ act: 'propose', counts: { open: CLASS }, receipt: null })
    expect((await send().expect(202)).body.id).toBe(first.body.id)
    await work()
    const { body } = await request(app)
      .get(`/api/batches/${first.body.id}`)
      .set('Authorization', bearer)
      .expect(200)
    expect(body).toMatchObject({ state: 'finished', receipt: { counts: { done: CLASS } } })
    await request(app)
      .post(`/api/batches/${first.body.id}/steering`)
      .set('Authorization', bearer)
      .send({ steering: 'cancel' })
      .expect(409)
  })

  test('a key is not forgotten with its answer: other rows are refused, the same get their batch', async () => {
    const bearer = await token(story.teacher.personId)
    const send = (of: string[]) =>
      request(app)
        .post('/api/batches')
        .set('Authorization', bearer)
        .set('Idempotency-Key', 'class-2pc')
        .send({ rows: of.map((studentId) => ({ studentId, templateId: template, version: 1 })) })
    const [first, ...others] = students
    const { body } = await send([first!]).expect(202)
    world.clock.advance(3 * DAY)
    await forgetOnSchedule(world)
    expect(await world.db.selectFrom('kept_answers').selectAll().execute()).toEqual([])
    const refused = await send(others).expect(409)
    expect(refused.body).toMatchObject({ type: '/problems/conflict' })
    expect(await world.db.selectFrom('batches').selectAll().execute()).toHaveLength(1)
    world.clock.advance(3 * DAY)
    await forgetOnSchedule(world)
    expect((await send([first!]).expect(202)).body.id).toBe(body.id)
  })

  test('a student of others is not there, and nothing is begun', async () => {
    const bearer = await token(story.boss.personId)
    const rows = [{ studentId: students[0], templateId: template, version: 1 }]
    const answer = await request(app)
      .post('/api/batches')
      .set('Authorization', bearer)
      .send({ rows })
    expect([403, 404]).toContain(answer.status)
    expect(await world.db.selectFrom('batches').selectAll().execute()).toEqual([])
  })
})
