import type { DemoAccount, Role } from '../context.js'
import { acceptInvitation, invite } from '../people/accept-invitation.js'
import { didOfIssuer, ensureIssuers } from '../issuer/vc-api/keys.js'
import { issueToken } from '../people/issue-token.js'
import { OPERATOR } from '../people/operator.js'
import { BOSS, OWN_COMPANY, OWN_SCHOOL, OWN_STUDENT, TUTOR } from './cast.data.js'
import { known, oneOf, type Player, type Stage } from './stage.js'

/** What somebody needs to try the demo; printed, and kept beside it. */
export type DemoFacts = Readonly<{
  url: string
  accounts: readonly DemoAccount[]
  tokens: Readonly<Record<'admin' | 'school' | 'company' | 'reader' | 'vcApi', string | null>>
  /** What the token of the VC-API signs with, by the curve of the key. */
  vcApi: Readonly<{ dids: Readonly<Record<string, string>> }>
  examples: Readonly<Record<'shared' | 'revoked' | 'expired', string | null>>
}>

/** Known to everybody, for data that is about nobody. */
export const PASSWORD = 'Essayer-Sceau-2026'
const TOKEN_DAYS = 90

/** Passwords for one person of each role, tokens, and the addresses of shared badges. */
export async function handOut(stage: Stage, scopes: readonly string[]): Promise<DemoFacts> {
  const accounts: DemoAccount[] = []
  for (const { role, player } of handed(stage)) accounts.push(await letIn(stage, role, player))
  accounts.push(accountOf('student', ownStudent(stage)))
  const link = (which: 'shared' | 'revoked' | 'expired') => stage.links.get(which) ?? null
  return {
    url: stage.ctx.config.publicUrl,
    accounts,
    tokens: await tokensFor(stage, scopes),
    vcApi: { dids: await didsOf(stage) },
    examples: { shared: link('shared'), revoked: link('revoked'), expired: link('expired') },
  }
}

function handed(stage: Stage): Readonly<{ role: Role; player: Player }>[] {
  const school = known(stage.schools, OWN_SCHOOL)
  const company = known(stage.companies, OWN_COMPANY)
  return [
    { role: 'platform-admin', player: oneOf(stage.admins, 0) },
    { role: 'school-staff', player: oneOf(school.teachers, 0) },
    { role: 'school-approver', player: school.approver },
    { role: 'liaison-officer', player: school.liaison },
    { role: 'company-admin', player: company.admin },
    { role: 'company-endorser', player: oneOf(company.endorsers, TUTOR) },
    { role: 'company-endorser', player: oneOf(company.endorsers, BOSS) },
    { role: 'scheme-coordinator', player: known(stage.around, 'university').player },
    { role: 'scheme-coordinator', player: known(stage.around, 'structure').player },
    { role: 'academic-referent', player: known(stage.around, 'academy').player },
  ]
}

async function didsOf({ ctx, schools }: Stage): Promise<Record<string, string>> {
  const issuers = await ensureIssuers(ctx, known(schools, OWN_SCHOOL).organisation)
  return Object.fromEntries(issuers.map((one) => [one.curve, didOfIssuer(one)]))
}

/** By the link that everybody gets, so that the account is like any other. */
async function letIn({ ctx }: Stage, role: Role, player: Player): Promise<DemoAccount> {
  const link = await invite(ctx, OPERATOR, player.person.id)
  await acceptInvitation(ctx, link.slice(link.lastIndexOf('/') + 1), PASSWORD)
  return accountOf(role, player)
}

/** Who has chosen a password already, when the account was opened. */
function ownStudent(stage: Stage): Player {
  const student = stage.plan.students.find(({ number }) => number === OWN_STUDENT)
  return known(stage.accounts, student ?? oneOf(stage.plan.students, 0))
}

function accountOf(role: Role, { person }: Player): DemoAccount {
  const name = `${person.givenName} ${person.familyName}`
  return { role, name, email: person.email ?? '', password: PASSWORD }
}

async function tokensFor(stage: Stage, scopes: readonly string[]): Promise<DemoFacts['tokens']> {
  const issue = async (
    name: string,
    { person }: Player,
    which: readonly string[],
    organisationId: number | null = null,
  ) => {
    if (which.length === 0) return null
    const input = { name, scopes: which, days: TOKEN_DAYS, ownerId: person.id, organisationId }
    return (await issueToken(stage.ctx, OPERATOR, input)).token
  }
  const admin = oneOf(stage.admins, 0)
  const all = scopes.filter((scope) => !scope.startsWith('vc-api:'))
  const reading = all.filter((scope) => scope.endsWith(':read'))
  return {
    admin: await issue('DÉMO admin', admin, all),
    school: await issue('DÉMO lycée', known(stage.schools, OWN_SCHOOL).approver, all),
    company: await issue('DÉMO entreprise', known(stage.companies, OWN_COMPANY).admin, all),
    reader: await issue('DÉMO lecture', admin, reading),
    vcApi: await issue(
      'DÉMO VC-API',
      admin,
      scopes.filter((scope) => scope.startsWith('vc-api:')),
      known(stage.schools, OWN_SCHOOL).organisation.id,
    ),
  }
}
