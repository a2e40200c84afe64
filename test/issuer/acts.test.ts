import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Role } from '../../src/context.js'
import { ISSUANCE_ACTS, type IssuanceAct } from '../../src/issuer/acts.data.js'
import { openDossier } from '../../src/issuer/open-dossier.js'
import { refuseDossier } from '../../src/issuer/refuse-dossier.js'
import { revokeBadge } from '../../src/issuer/revoke-badge.js'
import { withdraw } from '../../src/issuer/withdraw.js'
import { NEVER_BY_TOKEN, PERMISSIONS } from '../../src/people/permissions.data.js'
import { reviewFact } from '../../src/issuer/review-fact.js'
import { runNextJob } from '../../src/worker.js'
import { openWorld } from '../support/world.js'
import { stepsOf } from './steps.js'
import { tell } from './story.js'

const ACTS: [string, IssuanceAct][] = Object.entries(ISSUANCE_ACTS)

const ROLE_WORDS: Record<Role, string> = {
  'platform-admin': 'platform admin',
  'school-staff': 'school staff',
  'school-approver': 'approver',
  'liaison-officer': 'liaison officer',
  'company-admin': 'company admin',
  'company-endorser': 'company endorser',
  'scheme-coordinator': 'scheme coordinator',
  'academic-referent': 'academic referent',
  student: 'student',
}

function whoIn({ who, notWho }: IssuanceAct): string {
  if (who === 'job') return 'job'
  const roles = Object.keys(PERMISSIONS[who]) as Role[]
  const words = roles.map((role) => ROLE_WORDS[role]).join(', ')
  return notWho ? `${words}; not who ${notWho}` : words
}

test('ARCHITECTURE.md shows the table of the acts as the code has it', () => {
  const text = readFileSync('ARCHITECTURE.md', 'utf8')
  const [, section = ''] = text.split('## How a badge is issued\n')
  const rows = [...section.split('\n## ')[0]!.matchAll(/^\| `.*$/gm)].map(([row]) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  expect(rows).toEqual(
    ACTS.map(([name, act]) => [
      `\`${name}\``,
      whoIn(act),
      `${act.from.join(', ') || '–'} → ${act.to}`,
      `${act.holds}, line \`${act.audit}\``,
    ]),
  )
})

describe('the table of the acts', () => {
  test('begins each act in a state that another one leads to', () => {
    const reached = ACTS.map(([, { to }]) => to)
    for (const [name, { from }] of ACTS)
      expect([name, from.filter((state) => !reached.includes(state))]).toEqual([name, []])
  })

  test('EN-07 lets no token take a step that commits an organisation', () => {
    for (const { who } of [ISSUANCE_ACTS.assess, ISSUANCE_ACTS.endorse, ISSUANCE_ACTS.approve])
      expect(NEVER_BY_TOKEN).toContain(who)
  })

  test('lets nobody of the school commit the company, nor the other way round', () => {
    const reach = (act: IssuanceAct) =>
      act.who === 'job' ? [] : Object.values(PERMISSIONS[act.who])
    for (const act of [ISSUANCE_ACTS.assess, ISSUANCE_ACTS.endorse])
      expect(new Set(reach(act))).toEqual(new Set(['company']))
    for (const act of [ISSUANCE_ACTS.propose, ISSUANCE_ACTS.approve, ISSUANCE_ACTS.revokeBadge])
      expect(new Set(reach(act))).toEqual(new Set(['school']))
  })
})

test('every act goes from where to where the table says, and writes the line that it says', async () => {
  const world = await openWorld()
  const story = await tell(world)
  const seen: [string, string, string, string][] = []
  const lastLine = async () =>
    (await world.db.selectFrom('audit').select('action').orderBy('id', 'desc').executeTakeFirst())
      ?.action ?? ''
  const dossierId = await openDossier(world, story.teacher, story)
  const dossier = stepsOf(world, story, dossierId)
  seen.push(['openDossier', '–', await dossier.state(), await lastLine()])
  const run = async (name: string, act: () => Promise<unknown>) => {
    const before = await dossier.state()
    await act()
    seen.push([name, before, await dossier.state(), await lastLine()])
  }
  const contest = (at: string | null) =>
    world.db.updateTable('placements').set({ contested_at: at }).execute()
  const goBack = () => withdraw(world, story.teacher, dossierId)
  const refuse = async () =>
    refuseDossier(world, story.head, {
      ...(await dossier.committed()),
      reason: 'Une séance manque',
    })

  for (const last of ['propose', 'assess', 'endorse'] as const) {
    await dossier.upTo(last)
    await run('withdraw', goBack)
    await dossier.upTo(last)
    await run('refuseDossier', refuse)
    await run('withdraw', goBack)
    await dossier.upTo(last)
    await contest(world.now().toISOString())
    await run('reopenDossier', () => reviewFact(world, { kind: 'placement', factId: 1 }))
    await contest(null)
  }
  await dossier.upTo('approve')
  await contest(world.now().toISOString())
  await run('voidApproval', () => runNextJob(world))
  await contest(null)
  for (const step of ['propose', 'assess', 'endorse', 'approve'] as const)
    await run(step, dossier[step])
  await run('issueBadge', () => runNextJob(world))
  const { public_id: badgeId } = await world.db
    .selectFrom('badges')
    .select('public_id')
    .executeTakeFirstOrThrow()
  await run('revokeBadge', () =>
    revokeBadge(world, story.head, { badgeId, reason: 'Délivré par erreur' }),
  )

  const promised = ACTS.flatMap(([name, { from, to, audit }]) =>
    (from.length === 0 ? ['–'] : from).map((state) => [name, state, to, audit].join(' ')),
  )
  expect(new Set(seen.map((one) => one.join(' ')))).toEqual(new Set(promised))
})
