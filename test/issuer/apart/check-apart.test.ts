import { beforeEach, describe, expect, test } from 'vitest'
import type { Apart } from '../../../src/context.js'
import { lookupsIn, type Question } from '../../../src/issuer/apart/asked.js'
import { checkSigned, openCheckers, WORTH_A_THREAD } from '../../../src/issuer/apart/check-apart.js'
import check, { type CheckTask } from '../../../src/issuer/apart/check-worker.js'
import { openDossier } from '../../../src/issuer/open-dossier.js'
import { lookupsOf } from '../../../src/issuer/own-lookups.js'
import { publishStatusList } from '../../../src/issuer/status.js'
import { getList } from '../../../src/issuer/store/status-lists.js'
import { runNextJob } from '../../../src/worker.js'
import { openWorld, type World } from '../../support/world.js'
import { stepsOf } from '../steps.js'
import { firstBadge } from '../stored.js'
import { tell } from '../story.js'

let world: World
/** A badge that was released. */
let document: string
let tasks: CheckTask[]
beforeEach(async () => {
  world = await openWorld()
  const story = await tell(world)
  const dossierId = await openDossier(world, story.teacher, story)
  await stepsOf(world, story, dossierId).upTo('approve')
  while (await runNextJob(world));
  document = (await firstBadge(world.db)).badge_document ?? ''
  tasks = []
  const checkers: Apart = {
    run: async (task) => {
      // As a thread has it: a copy.
      tasks.push(structuredClone(task) as CheckTask)
      return structuredClone(await check(structuredClone(task) as CheckTask))
    },
  }
  world = { ...world, checkers }
})

const look = (documents: readonly string[], questions: Question[] = []) =>
  checkSigned(world, documents, () => lookupsOf(world), questions)
const many = (count = WORTH_A_THREAD) => Array.from({ length: count }, () => document)
const forged = () => document.replace('"validFrom":"2026', '"validFrom":"2025')

describe('our own verifier looks at', () => {
  test(`fewer than ${WORTH_A_THREAD} badges here`, async () => {
    const badges = [...many(WORTH_A_THREAD - 2), forged()]
    expect(badges).toHaveLength(WORTH_A_THREAD - 1)
    expect((await look(badges)).map((doubt) => doubt?.why)).toEqual([
      ...Array<undefined>(WORTH_A_THREAD - 2).fill(undefined),
      expect.stringContaining('proof'),
    ])
    expect(tasks).toEqual([])
  })

  test('more of them in a thread, which finds the same, each at its place', async () => {
    const badges = many(120)
    badges[3] = forged()
    badges[119] = 'no badge at all'
    const doubts = await look(badges)
    expect(doubts).toHaveLength(120)
    expect(doubts.flatMap((doubt, at) => (doubt ? [at] : []))).toEqual([3, 119])
    expect(doubts[3]).toEqual({ why: expect.stringContaining('proof'), isForGood: false })
    const [first] = await look([forged()])
    expect(doubts[3]).toEqual(first)
  })

  test('badges of a thread with answers from the store, each question asked once', async () => {
    const questions: Question[] = []
    expect(await look(many(120), questions)).toEqual(Array(120).fill(undefined))
    expect(new Set(questions.map((question) => JSON.stringify(question))).size).toBe(
      questions.length,
    )
    expect(new Set(questions.map(({ name }) => name))).toEqual(
      new Set(['issuerKeys', 'statusList', 'knows']),
    )
    expect(tasks.at(-1)!.answers.map(({ question }) => question)).toEqual(questions)
  })

  test('the next of a series at once, with answers of now to what was asked about the first', async () => {
    const questions: Question[] = []
    await look(many(), questions)
    const asked = [...questions]
    tasks = []
    await revoke()
    const doubts = await look(many(), questions)
    expect(tasks).toHaveLength(1)
    expect(tasks[0]!.answers.map(({ question }) => question)).toEqual(asked)
    expect(questions).toEqual(asked)
    expect(doubts).toEqual(
      Array(WORTH_A_THREAD).fill({ why: expect.stringContaining('revoked'), isForGood: true }),
    )
  })

  test('a revoked badge: the doubt is for good', async () => {
    await revoke()
    expect(await look(many())).toEqual(
      Array(WORTH_A_THREAD).fill({ why: expect.stringContaining('revoked'), isForGood: true }),
    )
  })

  test('nothing, where the thread does not answer: no badge is believed', async () => {
    const run = async () => {
      throw new Error('the thread has ended')
    }
    await expect(
      checkSigned({ ...world, checkers: { run } }, many(), () => lookupsOf(world), []),
    ).rejects.toThrow('the thread has ended')
  })
})

async function revoke() {
  const badge = await firstBadge(world.db)
  await world.db
    .updateTable('status_entries')
    .set({ revoked_at: world.now().toISOString() })
    .where('id', '=', badge.status_entry_id)
    .execute()
  const lists = await world.db
    .updateTable('status_lists')
    .set((of) => ({ revision: of('revision', '+', 1) }))
    .returning('id')
    .execute()
  for (const { id } of lists) await publishStatusList(world, await getList(world.db, id))
}

test('what nobody has answered is a question, and no answer', async () => {
  const { lookups, open } = lookupsIn([])
  await expect(lookups.issuerKeys('did:web:sceau.example')).rejects.toThrow('Nobody has answered')
  expect(open).toEqual([{ name: 'issuerKeys', args: ['did:web:sceau.example'] }])
})

test('a thread ends when it is closed', async () => {
  const pool = openCheckers()
  await pool.close()
})
