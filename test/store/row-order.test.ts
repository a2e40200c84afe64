import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { approve } from '../../src/issuer/approve.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { lockDossiers } from '../../src/issuer/store/dossiers.js'
import { activeSigner, ANNOUNCED_MS, whileTheySign } from '../../src/people/keys.js'
import { OPERATOR } from '../../src/people/operator.js'
import { activateKey, rotateKey } from '../../src/people/rotate-key.js'
import { revokeKey } from '../../src/people/revoke-key.js'
import { listOrganisations } from '../../src/people/store.js'
import { appendAudit, validateAudit } from '../../src/store/audit.js'
import { serverNow } from '../../src/store/clock.js'
import { openDatabase } from '../../src/store/open.js'
import type { Db } from '../../src/store/schema.js'
import { updateMany } from '../../src/store/update-many.js'
import { within } from '../../src/store/within.js'
import { aClassOf } from '../issuer/class-story.js'
import { stepsOf } from '../issuer/steps.js'
import { tell, type Story } from '../issuer/story.js'
import { STORES } from '../support/dialects.js'
import { ALL } from '../support/postgres.js'
import { openWorld, type World } from '../support/world.js'

const SERVER = process.env.TEST_POSTGRES_URL

/** Longer than what waits for nothing takes. */
const A_WHILE = 300

// Only a server has transactions that wait for each other: `npm run test:ci:postgres`.
describe.runIf(SERVER)('of two transactions neither waits for what waits for it', () => {
  let world: World
  let other: World
  let story: Story
  beforeEach(async () => {
    world = await openWorld({ db: await STORES[0]!.open() })
    other = { ...world, db: await openDatabase(SERVER ?? '', 'write', ALL) }
    story = await tell(world)
  }, 120_000)
  afterEach(async () => {
    await world.db.destroy()
    await other.db.destroy()
  })

  const line = (subject: string) => {
    return { at: world.now(), actor: 'test', action: 'test', subject }
  }

  /** Two dossiers whose rows lie in the other order than their ids. */
  async function twoDossiers(): Promise<[number, number]> {
    for (const studentId of await aClassOf(world, story, 2))
      await openDossier(world, story.teacher, { ...story, studentId })
    const rows = await world.db.selectFrom('dossiers').select('id').orderBy('id').execute()
    const [first, second] = rows.map(({ id }) => id) as [number, number]
    await world.db
      .updateTable('dossiers')
      .set({ reopen_reason: 'moved' })
      .where('id', '=', first)
      .execute()
    return [first, second]
  }

  test.each([
    ['held', (db: Db, ids: number[]): Promise<unknown> => lockDossiers(db, ids)],
    [
      'changed',
      (db: Db, ids: number[]): Promise<unknown> => {
        const rows = ids.map((id) => ({ id, set: ['changed'] }))
        return updateMany(db, 'dossiers', { columns: { reopen_reason: 'text' }, rows })
      },
    ],
  ])('rows that are %s are taken in the order of their ids', async (_, take) => {
    const [first, second] = await twoDossiers()
    let taking: Promise<unknown> = Promise.resolve()
    await world.db.transaction().execute(async (trx) => {
      await lockDossiers(trx, [first])
      taking = other.db.transaction().execute((theirs) => take(theirs, [second, first]))
      await pause(A_WHILE)
      // It waits for the first, and does not have the second yet.
      const free = trx.selectFrom('dossiers').select('id').where('id', '=', second)
      expect(await free.forNoKeyUpdate().noWait().execute()).toHaveLength(1)
    })
    await taking
  })

  test.each(['activated', 'revoked'])('a key that is %s waits without the audit', async (how) => {
    const [company] = await listOrganisations(world.db, 'company')
    const { publicKeyMultibase: key } = await activeSigner(world, company!.id)
    const next = await rotateKey(world, OPERATOR, company!)
    world.clock.advance(ANNOUNCED_MS)
    const change = () =>
      how === 'activated'
        ? activateKey(other, { key: next.publicKeyMultibase })
        : revokeKey(other, OPERATOR, { key, since: world.now() })
    let changing: Promise<unknown> = Promise.resolve()
    await whileTheySign(world, [{ key }], async (trx) => {
      changing = change()
      await pause(A_WHILE)
      await appendAudit(trx, line('what was signed'))
    })
    await changing
    const now = await activeSigner(world, company!.id)
    expect(now.publicKeyMultibase).toBe(next.publicKeyMultibase)
    expect(await validateAudit(world.db)).toMatchObject({ sound: true })
  })

  test('a dossier that two open at once, one of them after others', async () => {
    const [one, two] = (await aClassOf(world, story, 2)) as [string, string]
    let opening: Promise<unknown> = Promise.resolve()
    await world.db
      .transaction()
      .execute(async (trx) => {
        const inside = { ...world, db: within(trx) }
        await openDossier(inside, story.teacher, { ...story, studentId: one })
        opening = openDossier(other, story.teacher, { ...story, studentId: two })
        await pause(A_WHILE)
        await openDossier(inside, story.teacher, { ...story, studentId: two })
      })
      .finally(() => opening.catch(() => undefined))
    await expect(opening).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a dossier that is proposed many times at once is proposed once, and else a conflict', async () => {
    const dossier = stepsOf(world, story, await openDossier(world, story.teacher, story))
    const theirs = stepsOf(other, story, (await dossier.row()).public_id)
    const asked = Array.from({ length: 20 }, (_, n) => (n % 2 ? dossier : theirs).propose())
    const answers = await Promise.allSettled(asked)
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'conflict' })
    expect(await dossier.state()).toBe('proposed')
  })

  test('twenty approvals inside transactions of ten connections need no other connection', async () => {
    const students = await aClassOf(world, story, 20)
    const dossiers = []
    for (const studentId of students) {
      const dossierId = await openDossier(world, story.teacher, { ...story, studentId })
      const dossier = stepsOf(world, story, dossierId)
      await dossier.upTo('endorse')
      dossiers.push(await dossier.committed())
    }
    const storeNow = async (db: Db) => {
      await serverNow(db)
      return world.now()
    }
    const approved = dossiers.map((dossier) =>
      world.db
        .transaction()
        .execute((trx) => approve({ ...world, storeNow, db: within(trx) }, story.head, dossier)),
    )
    expect(new Set(await Promise.all(approved)).size).toBe(20)
  }, 60_000)
})
