import type { Express } from 'express'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { correctPlacement } from '../../src/mentoring/placements/correct-placement.js'
import { issueToken } from '../../src/people/issue-token.js'
import { assignRole, endRole } from '../../src/people/assign-role.js'
import { OPERATOR } from '../../src/people/operator.js'
import { editDraft } from '../../src/templates/edit-draft.js'
import { findVersion } from '../../src/templates/store.js'
import { runNextJob } from '../../src/worker.js'
import { hiddenOf, openTab } from '../http/dossier-tab.js'
import { writtenIn } from '../http/written.js'
import { refusalOf } from '../people/people.js'
import { aDefinition } from '../support/definitions.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell, type Story } from './story.js'

const COMMENT = 'L’élève a préparé son moule et stratifié une pièce conforme, sous nos yeux.'
const FIELDS = { function: 'Tuteur', comment: COMMENT, entitled: 'yes' }
/** Each step that commits somebody: who takes it in this story, and what was done before. */
const STEPS = [
  ['assess', 'tutor', 'propose'],
  ['endorse', 'boss', 'assess'],
  ['approve', 'head', 'endorse'],
] as const
type Who = (typeof STEPS)[number][1]

let world: World
let story: Story
let app: Express
let dossier: ReturnType<typeof stepsOf>
let at: string
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  app = createApp(world)
  const id = await openDossier(world, story.teacher, story)
  dossier = stepsOf(world, story, id)
  at = `/dossiers/${id}`
})

const as = (who: Who | 'teacher') => openTab(app).signIn(`${who}@example.org`)

/** The form of a step as its person was shown it, to be sent later. */
async function formOf(who: Who, act: string) {
  const tab = await as(who)
  const form = hiddenOf((await tab.get(at)).text, { act })
  return { send: () => tab.post(at, { ...form, ...FIELDS, act }) }
}

/** All that is written, but who read the dossier. */
async function kept() {
  const { record_readings: _readings, ...rows } = await writtenIn(world)
  return rows
}

async function refused(send: () => Promise<request.Response>, status: number) {
  const before = await kept()
  const state = await dossier.state()
  const answer = await send()
  expect(answer.status).toBe(status)
  expect(await kept()).toEqual(before)
  expect(await dossier.state()).toBe(state)
  return answer.text
}

describe('EN-01 the person of the step before', () => {
  test('who proposed does not approve', async () => {
    await dossier.upTo('endorse')
    const { personId } = story.head
    await world.db.updateTable('dossiers').set({ proposed_by_id: personId }).execute()
    const head = await as('head')
    const { _csrf = '' } = hiddenOf((await head.get('/sign-out')).text, {})
    const { digest } = await dossier.committed()
    const text = await refused(() => head.post(at, { _csrf, digest, act: 'approve' }), 403)
    expect(text).toContain('Une autre personne doit le faire')
  })
})

describe('EN-03 what is committed to changes after somebody has committed', () => {
  test('the text of the badge can’t: a published version is not edited, and a touched one voids it all', async () => {
    await dossier.upTo('approve')
    const version = (await findVersion(world.db, story.versionId))!
    const edit = editDraft(world, story.admin, {
      versionId: story.versionId,
      digest: version.digest,
      definition: { ...aDefinition, description: 'Un tout autre texte pour ce badge-ci.' },
    })
    expect((await refusalOf(edit)).code).toBe('conflict')
    await world.db
      .updateTable('template_versions')
      .set({ definition: JSON.stringify({ ...version.definition, description: 'Autre.' }) })
      .where('id', '=', story.versionId)
      .execute()
    while (await runNextJob(world));
    expect(await dossier.row()).toMatchObject({ state: 'open', ...NOBODY })
    expect(await world.db.selectFrom('badges').select('id').execute()).toEqual([])
  })

  test.each(['assess', 'endorse'] as const)(
    'a fact that is corrected after %s voids every commitment: all persons start again',
    async (last) => {
      await dossier.upTo(last)
      const [, who] = STEPS.find(([, , done]) => done === last)!
      const act = last === 'assess' ? 'endorse' : 'approve'
      const form = await formOf(who, act)
      const placement = await world.db
        .selectFrom('placements')
        .selectAll()
        .executeTakeFirstOrThrow()
      await correctPlacement(world, story.teacher, {
        ...CORRECTION,
        placementId: placement.public_id,
        version: placement.version,
      })
      while (await runNextJob(world));
      expect(await dossier.row()).toMatchObject({ state: 'open', ...NOBODY })
      await refused(form.send, 409)
    },
  )
})

const NOBODY = {
  digest: null,
  proposed_by_id: null,
  assessed_by_id: null,
  endorsed_by_id: null,
  endorsement_comment: null,
  approved_by_id: null,
}
const CORRECTION = {
  fromDay: '2026-11-02',
  untilDay: '2026-11-13',
  daysDone: 8,
  reason: 'Un jour compté en trop',
}

describe.each(STEPS)('%s', (act, who, before) => {
  test('EN-04 over another digest than that of the dossier is a conflict', async () => {
    await dossier.upTo(before)
    const tab = await as(who)
    const form = hiddenOf((await tab.get(at)).text, { act })
    const other = { ...form, ...FIELDS, act, digest: 'd'.repeat(64) }
    expect(await refused(() => tab.post(at, other), 409)).toContain('Le dossier a changé')
  })

  test('EN-06 by who left yesterday is refused: there is nothing here for them any more', async () => {
    await dossier.upTo(before)
    const form = await formOf(who, act)
    await leave(who)
    await refused(form.send, 404)
  })

  test('EN-07 by a token is refused, by the page as by the API', async () => {
    await dossier.upTo(before)
    const { digest } = await dossier.committed()
    const input = { name: 'Essai', scopes: ['dossiers:write'], days: 3, organisationId: null }
    const { token } = await issueToken(world, OPERATOR, { ...input, ownerId: story[who].personId })
    const bearer = (path: string) => request(app).post(path).set('Authorization', `Bearer ${token}`)
    await refused(
      () =>
        bearer(at)
          .type('form')
          .send({ ...FIELDS, act, digest }),
      403,
    )
    await refused(() => bearer(`/api${at}/${act}`).send({ ...FIELDS, digest }), 404)
  })

  test('EN-08 after 14 days is gone; on the last of them it is not', async () => {
    await dossier.upTo(before)
    world.clock.advance(14 * DAY + 1)
    const form = await lateForm(who)
    expect(await refused(() => form(act), 410)).toContain('14 jours')
    world.clock.advance(-1)
    expect((await form(act)).status).toBe(303)
  })
})

test.each([
  ['endorse', 'boss', 'assess', 'company-admin'],
  ['approve', 'head', 'endorse', 'school-staff'],
] as const)(
  'EN-06 to %s is forbidden to who left that function yesterday and stays in the house',
  async (act, who, before, role) => {
    await dossier.upTo(before)
    const form = await formOf(who, act)
    const { organisationId } = story[who].assignments[0]!
    await assignRole(world, OPERATOR, { personId: story[who].personId!, role, organisationId })
    await leave(who)
    await refused(form.send, 403)
  },
)

/** What somebody sends who signed in today and has had the digest for long. */
async function lateForm(who: Who) {
  const tab = await as(who)
  const { _csrf = '' } = hiddenOf((await tab.get('/sign-out')).text, {})
  const { digest } = await dossier.committed()
  return (act: string) => tab.post(at, { ...FIELDS, _csrf, digest, act })
}

async function leave(who: Who): Promise<void> {
  const { personId, assignments } = story[who]
  const { role, organisationId } = assignments[0]!
  await endRole(world, OPERATOR, { personId: personId!, role, organisationId })
}
