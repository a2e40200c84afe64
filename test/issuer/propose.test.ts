import { beforeEach, expect, test } from 'vitest'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { refusalOf } from '../people/people.js'
import { openWorld, type World } from '../support/world.js'
import { writtenIn } from '../http/written.js'
import { stepsOf } from './steps.js'
import { tell, type Story } from './story.js'

let world: World
let story: Story
let steps: ReturnType<typeof stepsOf>
beforeEach(async () => {
  world = await openWorld()
  story = await tell(world)
  steps = stepsOf(world, story, await openDossier(world, story.teacher, story))
})

const rename = (names: { given_name?: string; family_name?: string }) =>
  world.db.updateTable('students').set(names).execute()

test.each([
  ['a word of the badge', { family_name: 'Moule' }],
  ['a word of the diploma that it complements', { family_name: 'Bac' }],
  ['a word of the company’s name, whatever its capitals', { family_name: 'LAC' }],
  ['a word of the lycée’s name', { family_name: 'Tilleuls' }],
  ['the month of a session', { given_name: 'Octobre' }],
])(
  'a student whose name is %s: told when it is proposed, not when it is signed',
  async (_, names) => {
    await rename(names)
    const before = await writtenIn(world)
    const { code, words } = await refusalOf(steps.propose())
    expect(code).toBe('rule-refused')
    expect(words.fr).toContain('Demandez à l’entreprise une version du badge sans ce mot')
    expect(await writtenIn(world)).toEqual(before)
    expect(await steps.state()).toBe('open')
  },
)

test('a student whose name is only a part of a word is proposed as any other', async () => {
  await rename({ family_name: 'Compo' })
  await steps.propose()
  expect(await steps.state()).toBe('proposed')
})
