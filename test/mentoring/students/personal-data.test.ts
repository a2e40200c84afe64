import { expect, test } from 'vitest'
import { lint } from '../../../src/credential/lint.js'
import { personalDataOf } from '../../../src/mentoring/students/personal-data.js'
import { buildBadge } from '../../../src/credential/build-credential.js'
import { badgeValues, expected } from '../../support/badges.js'
import { issue } from '../../issuer/share-story.js'
import { openWorld } from '../../support/world.js'

async function isFound(born: string, description: string): Promise<boolean> {
  const world = await openWorld()
  await issue(world)
  const { id } = await world.db
    .updateTable('students')
    .set({ birth_date_sealed: world.vault.seal(born) })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { achievement } = badgeValues()
  const badge = buildBadge(badgeValues({ achievement: { ...achievement, description } }))
  const faults = await lint(badge, expected({ forbidden: await personalDataOf(world, id) }))
  return faults.some((fault) => fault.lint === 'no_personal_data')
}

test.each([
  ['2008-03-04', 'L’élève, né le 4 mars 2008, sait régler sa machine.'],
  ['2008-03-04', 'né le 04 mars 2008'],
  ['2008-03-04', 'né le 4/3/2008'],
  ['2008-03-04', 'né le 04.03.2008'],
  ['2008-03-04', 'dossier 04032008'],
  ['2008-03-04', '2008-03-04'],
  ['2008-03-04', 'born on 4 March 2008'],
  ['2009-08-01', 'née le 1er août 2009'],
  ['2009-08-01', 'née le 1 AOUT 2009'],
  ['2009-08-01', 'née le 01 août 2009'],
])('IS-01 the birth date %s is found in “%s”', async (born, text) => {
  expect(await isFound(born, text)).toBe(true)
})

test.each([
  ['2008-03-04', 'Évalué le 4 mars 2026'],
  ['2008-03-04', 'Évalué le 14 mars 2008'],
  ['2008-03-14', 'Évalué le 4/3/2008'],
])('the birth date %s is not in “%s”', async (born, text) => {
  expect(await isFound(born, text)).toBe(false)
})
