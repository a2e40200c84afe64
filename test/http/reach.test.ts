import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApp, pages, routes } from '../../src/app.js'
import type { Actor } from '../../src/context.js'
import { confirmPlacement } from '../../src/mentoring/placements/confirm-placement.js'
import { recordPlacement } from '../../src/mentoring/placements/record-placement.js'
import { issueToken } from '../../src/people/issue-token.js'
import { OPERATOR } from '../../src/people/operator.js'
import { SCOPE_NAMES } from '../../src/people/scopes.data.js'
import { defineTemplate } from '../../src/templates/define-template.js'
import { findVersion } from '../../src/templates/store.js'
import { ADDRESS, aMember, aPlacement, openAcademy, type Academy } from '../mentoring/academy.js'
import { browserOf } from '../mentoring/browser.js'
import { somebody } from '../people/people.js'
import { aDefinition } from '../support/definitions.js'
import { openWorld, type World } from '../support/world.js'
import { hiddenOf } from './dossier-tab.js'
import { writtenIn } from './written.js'

let world: World
let academy: Academy
let api: ReturnType<typeof request>
beforeEach(async () => {
  world = await openWorld()
  academy = await openAcademy(world)
  api = request(createApp(world))
})

async function bearerOf({ personId }: Pick<Actor, 'personId'>): Promise<string> {
  const asked = { name: 'Essai', scopes: [...SCOPE_NAMES], days: 1, organisationId: null }
  return `Bearer ${(await issueToken(world, OPERATOR, { ...asked, ownerId: personId })).token}`
}

const lists = pages.filter(({ access, path }) => access === 'signed-in' && !path.includes(':'))
const reads = routes.filter(({ method, path }) => method === 'get' && path.startsWith('/api/'))

describe('AZ-07 a company’s mentor', () => {
  test('finds who is placed with them, by given name and initial, and nobody else of the class, anywhere', async () => {
    await aMember(world, academy, { id: 'ysoline', givenName: 'Ysoline' })
    await aMember(world, academy, { id: 'zephyrine', givenName: 'Zéphyrine' })
    await aMember(world, academy, { id: 'wilfrid', givenName: 'Wilfrid' })
    const own = await aPlacement(world, academy, 'ysoline')
    const rivals = await recordPlacement(world, academy.teacher, {
      studentId: 'zephyrine',
      companyId: academy.otherCompany.publicId,
      tutorId: academy.otherTutor.publicId,
      ...{ fromDay: '2026-11-02', untilDay: '2026-11-13', daysDone: 9 },
    })
    const tab = await browserOf(world, ADDRESS.tutor)
    const token = await bearerOf(academy.tutor)
    const ids = {
      placements: rivals,
      students: 'zephyrine',
      cohorts: academy.cohortId,
      classes: academy.classId,
    }
    const read: string[] = [(await tab.get(`/placements/${own}`)).text]
    for (const { path } of lists) read.push((await tab.get(path)).text)
    for (const [kind, id] of Object.entries(ids)) {
      const answer = await tab.get(`/${kind}/${id}`)
      expect(answer.status, kind).not.toBe(200)
      read.push(answer.text)
    }
    for (const { path } of reads) {
      const kind = path.split('/')[2] as keyof typeof ids
      const asked = await api
        .get(path.replace('{id}', ids[kind] ?? 'x'))
        .set('Authorization', token)
      read.push(asked.text)
    }
    expect(read.join()).toContain('Ysoline K.')
    expect(read.join()).not.toMatch(/Zéphyrine|zephyrine|Wilfrid|wilfrid|Kerguélen/)
    const confirm = confirmPlacement(world, academy.tutor, rivals)
    await expect(confirm).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('AZ-05 who is of the same class', () => {
  // A parent has no account here: what they are shown is handed to them by the student or the school.
  test('finds nothing at an address of another student, as at one of nobody', async () => {
    await aMember(world, academy, { id: 'ysoline', givenName: 'Ysoline' })
    await aMember(world, academy, { id: 'zephyrine', givenName: 'Zéphyrine' })
    const placement = await aPlacement(world, academy, 'zephyrine')
    const held = { role: 'student', organisationId: academy.school.id } as const
    const account = await somebody(world, 'ysoline@example.org', held)
    await world.db
      .updateTable('students')
      .set({ person_id: account.id })
      .where('public_id', '=', 'ysoline')
      .execute()
    const tab = await browserOf(world, 'ysoline@example.org')
    const token = await bearerOf({ personId: account.id })
    for (const path of [
      ...['/students/zephyrine', `/placements/${placement}`, `/placements/${placement}/agreement`],
      ...[
        `/my-record/placement/${placement}/contest`,
        `/cohorts/${academy.cohortId}`,
        `/classes/${academy.classId}`,
      ],
      `/dossiers/new?student=zephyrine`,
    ]) {
      const nobodys = path.replaceAll(/zephyrine|[\w-]{22}/g, 'nobody')
      const [theirs, none] = [await tab.get(path), await tab.get(nobodys)]
      expect([theirs.status, none.status], path).toEqual([404, 404])
      const bare = (text: string) => text.replaceAll(/(?:href|action|value)="[^"]*"/g, '')
      expect(bare(theirs.text), path).toBe(bare(none.text))
      expect(theirs.text, path).not.toMatch(/Zéphyrine|Kerg/)
    }
    for (const path of [`/api/placements/${placement}`, `/api/cohorts/${academy.cohortId}`]) {
      await api.get(path).set('Authorization', token).expect(404)
    }
    for (const { path } of lists)
      expect((await tab.get(path)).text, path).not.toContain('Zéphyrine')
  })
})

describe('AZ-12 a badge that another company defines', () => {
  test.each(['draft', 'published'] as const)(
    'is not there to be edited, published or archived: %s',
    async (state) => {
      const held = { role: 'company-admin', organisationId: academy.company.id } as const
      const admin = await somebody(world, 'admin@example.org', held)
      const rival = await somebody(world, 'rival@example.org', {
        role: 'company-admin',
        organisationId: academy.otherCompany.id,
      })
      const owner: Actor = {
        ...academy.tutor,
        personId: admin.id,
        publicId: admin.publicId,
        assignments: [held],
      }
      const { versionId } = await defineTemplate(world, owner, {
        companyId: academy.company.id,
        definition: aDefinition,
      })
      const template = await world.db.selectFrom('templates').selectAll().executeTakeFirstOrThrow()
      const id = template.public_id
      const { digest } = (await findVersion(world.db, versionId))!
      const own = await browserOf(world, 'admin@example.org')
      if (state === 'published') await own.send(`/definitions/${id}`, { do: 'publish', digest })
      const kept = async () =>
        JSON.stringify(await world.db.selectFrom('template_versions').selectAll().execute())
      const tab = await browserOf(world, 'rival@example.org')
      const [before, text] = [await writtenIn(world), await kept()]
      const _csrf = hiddenOf((await tab.get('/sign-out')).text, {})['_csrf'] ?? ''
      for (const path of [`/definitions/${id}`, `/definitions/${id}/edit`]) {
        expect((await tab.get(path)).status, path).toBe(404)
        for (const act of ['publish', 'archive', 'new-version', 'delete', 'save'])
          expect(
            (await tab.sendAs(path, { do: act, digest, name: 'Volé', _csrf })).status,
          ).toBeOneOf([400, 404])
      }
      const token = await bearerOf({ personId: rival.id })
      const put = { digest, definition: { ...aDefinition, name: 'Volé' } }
      await api.put(`/api/templates/${id}/draft`).set('Authorization', token).send(put).expect(404)
      await api.post(`/api/templates/${id}/versions`).set('Authorization', token).expect(404)
      // AU-11: nobody deletes by the API, whatever the id: what there is and what there is not say the same.
      for (const any of [id, 'nothing'])
        await api.delete(`/api/templates/${any}`).set('Authorization', token).expect(405)
      // The token’s last use was noted.
      expect({ ...(await writtenIn(world)), api_tokens: 0, audit: 0 }).toEqual({
        ...before,
        api_tokens: 0,
        audit: 0,
      })
      expect(await kept()).toBe(text)
    },
  )
})
