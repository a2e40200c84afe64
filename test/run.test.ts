import { afterEach, describe, expect, test, vi } from 'vitest'
import { pino } from 'pino'
import { openDossier } from '../src/issuer/open-dossier.js'
import { run, stopWithParent } from '../src/run.js'
import { stepsOf } from './issuer/steps.js'
import { tell } from './issuer/story.js'
import { openWorld } from './support/world.js'
import { storedBadges } from './issuer/stored.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('a service that npm started', () => {
  test('stops once when the shell between them is gone, and not before', () => {
    vi.useFakeTimers()
    const parent = vi.spyOn(process, 'ppid', 'get').mockReturnValue(4_242)
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
    stopWithParent()
    vi.advanceTimersByTime(5_000)
    expect(kill).not.toHaveBeenCalled()
    parent.mockReturnValue(1)
    vi.advanceTimersByTime(5_000)
    expect(kill.mock.calls).toEqual([[process.pid, 'SIGTERM']])
  })
})

test('RL-29 a service that is told to stop under load finishes what it has accepted, and leaves no badge half done', async () => {
  const said: Record<string, unknown>[] = []
  const log = pino({}, { write: (line: string) => said.push(JSON.parse(line)) })
  const opened = await openWorld({ log })
  const config = { ...opened.config, port: 0 }
  const world = { ...opened, config, close: async () => undefined }
  const story = await tell(world)
  const dossierId = await openDossier(world, story.teacher, story)
  await stepsOf(world, story, dossierId).upTo('approve')
  const asked: Promise<number>[] = []
  const began = performance.now()
  await run(world, async () => {
    const { port } = said.find(({ event }) => event === 'started')!
    const ask = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${String(port)}${path}`)
      await answer.text()
      return answer.status
    }
    expect(await ask('/readyz')).toBe(200)
    for (let n = 0; n < 60; n++) asked.push(ask(n % 2 ? '/sign-in' : '/readyz'))
    // The first of them is answered, the others are in hand.
    await Promise.race(asked)
    process.emit('SIGTERM')
  })
  expect(performance.now() - began).toBeLessThan(10_000)
  const answers = await Promise.allSettled(asked)
  const statuses = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(statuses.length).toBeGreaterThan(0)
  expect(statuses.filter((status) => status !== 200)).toEqual([])
  const badges = await storedBadges(world.db)
  expect(badges).toHaveLength(1)
  for (const badge of badges)
    expect(badge.endorsement_preparation === null || badge.released_at !== null).toBe(true)
  expect(said.at(-1)).toMatchObject({ event: 'stopped' })
  await world.db.destroy()
}, 30_000)
