import { afterAll, describe, expect, test } from 'vitest'
import type { Apart } from '../../../src/context.js'
import { canonize } from '../../../src/credential/canonical.js'
import { DomainError } from '../../../src/errors.js'
import { openApart, workOf } from '../../../src/verifier/apart/badge-work.js'
import { MAIN_THREAD_WEIGHT, weigh } from '../../../src/verifier/apart/weigh.js'
import { verifyBadge } from '../../../src/verifier/verify-badge.js'
import { AWARDED, school, signedBadge } from '../../support/badges.js'
import { lookupsOf, signedList } from '../../support/lookups.js'
import { signAnything } from '../../support/raw-signature.js'

const LIST = 'https://sceau.example/status/school-1'
const pool = openApart()
afterAll(() => pool.close())

/** Threads that note what they are given. */
const noting = (tasks: unknown[], run: Apart['run'] = pool.run): Apart => ({
  run: (task) => {
    tasks.push(task)
    return run(task)
  },
})
const refusing: Apart = {
  run: async () => {
    throw new DomainError('overloaded', { fr: 'Plein.', en: 'Full.' })
  },
}

/** A badge of our school with so much evidence that it is no ordinary one. */
async function heavyBadge(): Promise<Record<string, unknown>> {
  const { proof: _proof, ...badge } = await signedBadge()
  const evidence = Array.from({ length: 600 }, (_, n) => ({ type: ['Evidence'], name: `n${n}` }))
  return signAnything({ ...badge, evidence }, school)
}

describe('the work of a verification', () => {
  const verify = async (badge: unknown, apart: Apart) =>
    verifyBadge(Buffer.from(typeof badge === 'string' ? badge : JSON.stringify(badge)), {
      lookups: {
        ...lookupsOf({ lists: { [LIST]: await signedList(school, LIST) } }),
        work: workOf(apart),
      },
      now: AWARDED,
      language: 'en',
    })

  test('of an ordinary badge stays in the main thread', async () => {
    const badge = await signedBadge()
    expect(weigh(badge)).toBeLessThan(MAIN_THREAD_WEIGHT)
    const tasks: unknown[] = []
    expect(await verify(badge, noting(tasks))).toMatchObject({ verdict: 'valid' })
    expect(tasks).toEqual([])
  })

  test('TK-14 of a heavy badge is done apart, with the same answer', async () => {
    const heavy = await heavyBadge()
    const tasks: unknown[] = []
    expect(await verify(heavy, noting(tasks))).toMatchObject({ verdict: 'valid' })
    expect(tasks[0]).toMatchObject({ task: 'canonize' })
    const changed = { ...heavy, name: 'Another' }
    expect(await verify(changed, noting([]))).toMatchObject({ verdict: 'invalid' })
  })

  test('TK-14 of many small parts is done apart from where the sum is much', async () => {
    const tasks: unknown[] = []
    const { canonize } = workOf(noting(tasks))
    const { proof: _proof, ...badge } = await signedBadge()
    for (let n = 0; n < 30; n++) await canonize({ ...badge, id: `urn:x:${n}` }, 'sha256')
    expect(tasks.length).toBeGreaterThanOrEqual(7)
  })

  test('that the compiled form declines is done apart, however small', async () => {
    const tasks: unknown[] = []
    const { proof: _proof, ...badge } = await signedBadge()
    const achievement = { ...(badge.credentialSubject as any).achievement, creditsAvailable: 1e-7 }
    const odd = {
      ...badge,
      credentialSubject: { ...(badge.credentialSubject as any), achievement },
    }
    expect(await workOf(noting(tasks)).canonize(odd, 'sha256')).toBe(await canonize(odd))
    expect(tasks).toHaveLength(1)
  })

  test('RL-14 that was stopped is no verdict, neither good nor bad', async () => {
    await expect(verify(await heavyBadge(), refusing)).rejects.toMatchObject({ code: 'overloaded' })
  })

  test('of a document without meaning is told apart as it is here', async () => {
    const heavy = { ...(await heavyBadge()), nonsense: 'x' }
    await expect(canonize(heavy)).rejects.toThrow()
    await expect(workOf(pool).canonize(heavy, 'sha256')).rejects.toThrow('no canonical form')
  })

  test('SV-09 of a large SVG is done apart', async () => {
    const tasks: unknown[] = []
    const svg = `<svg xmlns="http://www.w3.org/2000/svg">${'<g></g>'.repeat(15_000)}</svg>`
    const report = await verify(svg, noting(tasks))
    expect(report.checks[0]).toMatchObject({ name: 'format', code: 'none' })
    expect(tasks).toMatchObject([{ task: 'unbake' }])
  })
})
