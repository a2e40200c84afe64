import { describe, expect, test } from 'vitest'
import { ROLES, type Actor, type Role } from '../../src/context.js'
import { DomainError } from '../../src/errors.js'
import { authorize, may, organisationsWith, type Resource } from '../../src/people/authorize.js'
import { STEP_UP } from '../../src/people/step-up.data.js'
import { ACTIONS, type Action } from '../../src/people/permissions.data.js'

/**
 * What we promise, apart from the code: a column for each role (platform administrator, school
 * staff, school approver, liaison officer, company administrator, company endorser, scheme coordinator,
 * academic referent, student). P everywhere, S own school, C own company, A own academy, O own record, · no.
 */
const PROMISED = `
  see-student           · S S S · · · · O
  open-record           P · · · · · · · ·
  manage-classes        · S S · · · · · ·
  record-session        · S S S · · C · ·
  confirm-session       · S S S · C C · ·
  record-placement      · S S · · · · · ·
  confirm-placement     · S S · · C · · ·
  contest-fact          · · · · · · · · O
  import-students       · S S · · · · · ·
  export-records        · S S · · · · · ·
  export-scheme         · S S · · · · · ·
  correct-fact          · S S S · · C · ·
  manage-mentors        · S S S C · C · ·
  manage-schemes        · S S · · · C · ·
  see-class             · S S S · · · A ·
  record-contribution   · S S S C · · · ·
  see-indicators        · S S S · · · A ·
  manage-calendar       P · · · · · · A ·
  set-academy-rule      · · · · · · · A ·
  see-template          · S S S C C · · ·
  define-template       · · · · C C · · ·
  propose-template      · · · · C C · · ·
  publish-template      · · · · C C · · ·
  archive-template      · · · · C · · · ·
  see-dossier           · S S S C C · · O
  open-dossier          · S S S · · · · ·
  propose-dossier       · S S · · · · · ·
  assess-dossier        · · · · C C · · ·
  endorse-dossier       · · · · · C · · ·
  stand-in-for-company  · · · S · · · · ·
  ask-company           · · S · C · · · ·
  withdraw-endorsement  · · · · C C · · ·
  approve-dossier       · · S · · · · · ·
  refuse-dossier        · · S · · · · · ·
  revoke-badge          · · S · · · · · ·
  revoke-badges         · · S · · · · · ·
  share-badge           · · · · · · · · O
  give-consent          · · · · · · · · O
  manage-consents       · S S · · · · · ·
  ask-correction        · · · · · · · · O
  correct-identity      · S S · · · · · ·
  see-organisations     P · · · · · · · ·
  manage-leavers        · S S · · · · · ·
  take-data             · · S · · · · · O
  ask-erasure           · S S · · · · · O
  erase-student         · · S · · · · · ·
  second-erasure        · S S · · · · · ·
  manage-organisations  P · · · · · · · ·
  declare-authority     · · · · C · · · ·
  manage-people         P · S · C · · · ·
  see-tokens            P · · · · · · · ·
  manage-tokens         P · · · · · · · ·
  see-keys              P · · · · · · · ·
  manage-keys           P · · · · · · · ·
  see-audit             P · · · · · · · ·
  manage-service        P · · · · · · · ·
  change-settings       P · S · · · · · ·
  announce              P · S · · · · · ·
`

const promised = new Map(
  PROMISED.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([action, ...letters]) => [action, letters] as const),
)

const SCHOOL = 1
const COMPANY = 2
const ME = 7
const ACADEMY = 4
const MINE: Resource = {
  schoolId: SCHOOL,
  companyIds: [COMPANY, 3],
  academyId: ACADEMY,
  studentPersonId: ME,
}
const OTHERS: Resource = {
  schoolId: 11,
  companyIds: [12, 13],
  academyId: 14,
  studentPersonId: 17,
}

const cases = ACTIONS.flatMap((action) =>
  ROLES.map((role, column) => ({ action, role, letter: promised.get(action)?.[column] })),
)

describe('AZ-01 each action, for each role', () => {
  test('is in the table of promises', () => {
    expect([...promised.keys()]).toEqual([...ACTIONS])
    expect(cases.every(({ letter }) => /^[PSCAO·]$/.test(letter ?? ''))).toBe(true)
  })

  test.each(cases)('$action by $role of the same organisation: $letter', (one) => {
    expect(may(actor(one.role), one.action, MINE)).toBe(one.letter !== '·')
  })

  test.each(cases)('$action by $role of another organisation: only P', (one) => {
    expect(may(actor(one.role), one.action, OTHERS)).toBe(one.letter === 'P')
  })

  test.each(cases)('$action by $role on nothing in particular: only P', (one) => {
    expect(may(actor(one.role), one.action, {})).toBe(one.letter === 'P')
  })
})

describe('a refusal', () => {
  test('AZ-02 says “not found” to whom has nothing to do with it', () => {
    expect(codeOf(actor('school-staff'), 'approve-dossier', OTHERS)).toBe('not-found')
    expect(codeOf(actor('student'), 'see-dossier', { ...MINE, studentPersonId: 17 })).toBe(
      'not-found',
    )
    expect(codeOf(actor('student'), 'see-template', { companyIds: [COMPANY] })).toBe('not-found')
  })

  test('says “forbidden” to whom has to do with it', () => {
    expect(codeOf(actor('school-staff'), 'approve-dossier', MINE)).toBe('forbidden')
    expect(codeOf(actor('company-admin'), 'endorse-dossier', MINE)).toBe('forbidden')
    expect(codeOf(actor('student'), 'approve-dossier', MINE)).toBe('forbidden')
    expect(codeOf(actor('platform-admin'), 'see-student', OTHERS)).toBe('forbidden')
  })
})

test('a role in a company gives nothing in a school of the same number', () => {
  const endorser = { ...actor('company-endorser'), assignments: [held('company-endorser', SCHOOL)] }
  expect(may(endorser, 'see-dossier', { schoolId: SCHOOL })).toBe(false)
})

test('nobody without a person owns a record without a person', () => {
  const nobody: Actor = { ...actor('student'), personId: null }
  expect(may(nobody, 'share-badge', { studentPersonId: null })).toBe(false)
})

describe('an API token', () => {
  const byToken = (role: Role): Actor => ({ ...actor(role), via: 'token' })

  test.each([
    ['assess-dossier', 'company-endorser'],
    ['endorse-dossier', 'company-endorser'],
    ['approve-dossier', 'school-approver'],
    ['stand-in-for-company', 'liaison-officer'],
    ['ask-company', 'school-approver'],
    ['withdraw-endorsement', 'company-endorser'],
    ['propose-template', 'company-endorser'],
    ['publish-template', 'company-endorser'],
    ['manage-people', 'platform-admin'],
    ['manage-tokens', 'platform-admin'],
    ['open-record', 'platform-admin'],
  ] as const)('EN-07 never does %s, though it is a %s’s', (action, role) => {
    expect(may(actor(role), action, MINE)).toBe(true)
    expect(may(byToken(role), action, MINE)).toBe(false)
    expect(organisationsWith(byToken(role), action)).toEqual([])
  })

  test('does the rest', () => {
    expect(may(byToken('school-staff'), 'see-dossier', MINE)).toBe(true)
  })
})

describe('the operator at the command line', () => {
  const operator: Actor = { ...actor('student'), assignments: [], personId: null, via: 'operator' }

  test.each(ACTIONS)('does %s only if the platform administrator does, or to import', (action) => {
    const wanted = promised.get(action)?.[0] === 'P' || action === 'import-students'
    expect(may(operator, action, OTHERS)).toBe(wanted)
  })
})

test('a list is filtered by the organisations in which the actor may see its things', () => {
  const both: Actor = {
    ...actor('school-staff'),
    assignments: [
      held('school-staff', SCHOOL),
      held('school-approver', SCHOOL),
      held('liaison-officer', 5),
      held('company-endorser', COMPANY),
    ],
  }
  expect(organisationsWith(both, 'see-dossier')).toEqual([SCHOOL, 5, COMPANY])
  expect(organisationsWith(both, 'import-students')).toEqual([SCHOOL])
  expect(organisationsWith(actor('student'), 'see-dossier')).toEqual([])
})

function actor(role: Role): Actor {
  return {
    personId: ME,
    publicId: 'me',
    assignments: [held(role, organisationOf(role))],
    via: 'session',
    scopes: [],
  }
}

function organisationOf(role: Role): number | null {
  if (role === 'platform-admin') return null
  if (role === 'academic-referent') return ACADEMY
  return role.startsWith('company') || role === 'scheme-coordinator' ? COMPANY : SCHOOL
}

function held(role: Role, organisationId: number | null) {
  return { role, organisationId }
}

function codeOf(who: Actor, action: Action, resource: Resource): string | undefined {
  try {
    authorize(who, action, resource)
    return undefined
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

describe('an act that commits', () => {
  test.each(ACTIONS)('%s asks a person at a page to step up, if it is one', (action) => {
    const [role] = cases.flatMap((one) =>
      one.action === action && one.letter !== '·' ? [one.role] : [],
    )
    const late = { ...actor(role!), mustStepUp: true } as const
    const ask = () => authorize(late, action, MINE)
    if (STEP_UP.includes(action)) expect(ask).toThrow(/Confirm first/)
    else expect(ask).not.toThrow()
    expect(() => authorize(actor(role!), action, MINE)).not.toThrow()
    // What is shown does not depend on it.
    expect(may(late, action, MINE)).toBe(true)
  })

  test('is refused to whoever may not do it, before they are asked who they are', () => {
    const late = { ...actor('school-staff'), mustStepUp: true } as const
    expect(() => authorize(late, 'approve-dossier', MINE)).toThrow(/role/)
  })
})
