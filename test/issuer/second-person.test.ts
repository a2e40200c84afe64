import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor, Role } from '../../src/context.js'
import { approve } from '../../src/issuer/approve.js'
import { assess } from '../../src/issuer/assess.js'
import { endorse } from '../../src/issuer/endorse.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { seeDossier } from '../../src/issuer/see-dossier.js'
import { seeDossiers } from '../../src/issuer/see-dossiers.js'
import { withdraw } from '../../src/issuer/withdraw.js'
import { assignRole, endRole } from '../../src/people/assign-role.js'
import { OPERATOR } from '../../src/people/operator.js'
import { isSameMailbox } from '../../src/people/second-person.js'
import { runNextJob } from '../../src/worker.js'
import { asActor, refusalOf, somebody } from '../people/people.js'
import { DAY, openWorld, type World } from '../support/world.js'
import { stepsOf } from './steps.js'
import { firstBadge } from './stored.js'
import { tell, type Story } from './story.js'

let world: World
let story: Story
let dossierId: string
let dossier: ReturnType<typeof stepsOf>

beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  dossierId = await openDossier(world, story.teacher, story)
  dossier = stepsOf(world, story, dossierId)
})

const organisationOf = (actor: Actor) => actor.assignments[0]!.organisationId
const person = async (email: string, role: Role, like: Actor) =>
  asActor(world, await somebody(world, email, { role, organisationId: organisationOf(like) }))
const leaves = (actor: Actor, role: Role) => {
  const held = { role, organisationId: organisationOf(actor) }
  return endRole(world, OPERATOR, { ...held, personId: actor.personId! })
}

describe('who assesses and who commits the company are two persons', () => {
  test('each in their function, which alone is signed', async () => {
    await dossier.upTo('propose')
    await assess(world, story.tutor, { ...(await dossier.committed()), function: 'Tutrice' })
    const committed = { ...(await dossier.committed()), function: 'Directrice de site' }
    await endorse(world, story.boss, committed)
    await dossier.approve()
    while (await runNextJob(world));
    const { steps, badgeId } = await seeDossier(world, story.head, dossierId)
    expect(steps.map((step) => [step.step, step.function, step.way])).toEqual([
      ['proposed', undefined, undefined],
      ['assessed', 'Tutrice', undefined],
      ['endorsed', 'Directrice de site', undefined],
      ['approved', undefined, undefined],
    ])
    expect(badgeId).toBeDefined()
    expect(await signed()).toContain('Évaluation : Tutrice. Engagement : Directrice de site.')
    expect(await signed()).not.toMatch(/Camille|Martin/)
  })

  test('EN-01 an account with the same mailbox is the same person', async () => {
    const again = await person('Tutor+atelier@example.org', 'company-endorser', story.boss)
    await dossier.upTo('assess')
    const refusal = await refusalOf(endorse(world, again, await dossier.committed()))
    expect(refusal).toMatchObject({ code: 'forbidden' })
    await dossier.endorse()
    expect(await dossier.state()).toBe('endorsed')
  })

  test.each([
    ['a@example.org', 'A@Example.org', true],
    ['a+x@example.org', 'a@example.org', true],
    ['a@example.org', 'b@example.org', false],
    ['a@example.org', 'a@example.com', false],
    [null, null, false],
  ])('%s and %s: one mailbox? %s', (one, other, same) => {
    expect(isSameMailbox(one, other)).toBe(same)
  })

  test.each(['Mme Martin', 'Camille Martin, tutrice', 'Tutrice de Zoé', 'tuteur 06 12 34 56 78'])(
    'the function “%s” names somebody, and is refused',
    async (position) => {
      await dossier.upTo('propose')
      const input = { ...(await dossier.committed()), function: position }
      const refusal = await refusalOf(assess(world, story.tutor, input))
      expect(refusal.fields).toMatchObject([{ pointer: '/function' }])
    },
  )

  test('EN-01 who committed the company does not approve for the school', async () => {
    await dossier.upTo('endorse')
    await assignRole(world, OPERATOR, {
      personId: story.boss.personId!,
      role: 'school-approver',
      organisationId: organisationOf(story.head),
    })
    const both = { ...story.boss, assignments: story.head.assignments }
    const refusal = await refusalOf(approve(world, both, await dossier.committed()))
    expect(refusal).toMatchObject({ code: 'forbidden' })
  })
})

describe('of a company with one person, the second is the liaison officer of the school', () => {
  let officer: Actor

  beforeEach(async () => {
    officer = await person('officer@example.org', 'liaison-officer', story.head)
    await dossier.upTo('propose')
    world.clock.advance(DAY)
  })
  const committed = async () => ({ ...(await dossier.committed()), function: 'Chargée de liaison' })
  const onlyTheBossStays = async () => {
    await leaves(story.tutor, 'company-endorser')
    await leaves(story.admin, 'company-admin')
  }

  test('who assesses, shown as such in the dossier and in what is signed', async () => {
    await onlyTheBossStays()
    expect((await seeDossiers(world, officer, { page: 1 })).waiting).toMatchObject([
      { publicId: dossierId, move: 'assess' },
    ])
    expect(await seeDossier(world, officer, dossierId)).toMatchObject({
      standsIn: true,
      next: { move: 'assess', why: undefined },
    })
    await assess(world, officer, await committed())
    await dossier.endorse()
    await dossier.approve()
    while (await runNextJob(world));
    const { steps } = await seeDossier(world, story.head, dossierId)
    expect(steps[1]).toMatchObject({ way: 'liaison', organisation: 'Lycée DÉMO des Tilleuls' })
    expect(await signed()).toContain(
      'Évaluation : Chargée de liaison, du lycée, seconde personne d’une entreprise qui n’en a qu’une.',
    )
  })

  test('but never while the company has two', async () => {
    await leaves(story.tutor, 'company-endorser')
    const refusal = await refusalOf(assess(world, officer, await committed()))
    expect(refusal).toMatchObject({ code: 'forbidden' })
    expect((await seeDossiers(world, officer, { page: 1 })).waiting).toEqual([])
  })

  test('never to endorse, never by a token, and never who proposed it', async () => {
    await onlyTheBossStays()
    const program = { ...officer, via: 'token' as const }
    for (const tried of [
      endorse(world, officer, await committed()),
      assess(world, program, await committed()),
    ])
      expect(await refusalOf(tried)).toMatchObject({ code: 'forbidden' })
    const { personId } = officer
    await world.db.updateTable('dossiers').set({ proposed_by_id: personId }).execute()
    expect(await refusalOf(assess(world, officer, await committed()))).toMatchObject({
      code: 'forbidden',
    })
  })

  test('EN-01 who assessed so does not approve', async () => {
    await onlyTheBossStays()
    await assess(world, officer, await committed())
    await dossier.endorse()
    const both = { ...officer, assignments: story.head.assignments }
    expect(await refusalOf(approve(world, both, await dossier.committed()))).toMatchObject({
      code: 'forbidden',
    })
  })
})

test('a dossier that goes back forgets how it was assessed', async () => {
  await dossier.upTo('endorse')
  expect(await dossier.row()).toMatchObject({ assessed_way: 'account', endorsed_way: 'account' })
  await withdraw(world, story.teacher, dossierId)
  expect(await dossier.row()).toMatchObject({ assessed_way: null, endorsed_way: null })
})

async function signed(): Promise<string> {
  return (await firstBadge(world.db)).badge_document ?? ''
}
