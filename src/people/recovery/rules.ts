import type { Assignment, Role } from '../../context.js'

/** A request waits so long for its two people; the link that they give lives so long. SECURITY: 48 h. */
export const ASKED_HOURS = 48
export const LINK_HOURS = 24

/** An organisation in which the one who asks holds a role. */
export type Concerned = Readonly<{
  id: number | null
  kind: 'lycee' | 'company' | 'other'
  /** Of a company: what those of its others who can sign in are there. */
  others?: readonly Role[]
}>

/** Who confirms, and the companies for which they are liaison officer. */
export type Confirmer = Readonly<{
  assignments: readonly Assignment[]
  liaisonOf: readonly number[]
}>

/** In which two functions two people confirm, by kind of organisation: nobody gets in because one person says so. */
type Pair = readonly [Role, Role]

const PAIRS: Readonly<Record<Concerned['kind'], readonly Pair[]>> = {
  lycee: [
    ['school-approver', 'school-approver'],
    ['school-approver', 'school-staff'],
    ['school-approver', 'liaison-officer'],
  ],
  company: [
    ['company-admin', 'liaison-officer'],
    ['company-admin', 'platform-admin'],
    // Of a company without another administrator who can sign in.
    ['company-endorser', 'liaison-officer'],
    ['company-endorser', 'platform-admin'],
    // Of a company in which nobody else can.
    ['liaison-officer', 'platform-admin'],
  ],
  other: [['platform-admin', 'platform-admin']],
}

/** Nobody from outside speaks for a company that has somebody to speak for it. */
function pairsOf({ kind, others = [] }: Concerned): readonly Pair[] {
  if (kind !== 'company') return PAIRS[kind]
  const inside = (['company-admin', 'company-endorser'] as const).find((role) =>
    others.includes(role),
  )
  return PAIRS.company.filter(([first]) => first === (inside ?? 'liaison-officer'))
}

/** Whether somebody has a function, in each organisation concerned, in which they may be one of the two. */
export function mayBeOne(concerned: readonly Concerned[], who: Confirmer): boolean {
  return concerned.every((one) => {
    const roles = pairsOf(one).flat()
    return functionsIn(one, who).some((role) => roles.includes(role))
  })
}

/** Whether two people are enough, in each organisation concerned. */
export function areEnough(
  concerned: readonly Concerned[],
  first: Confirmer,
  second: Confirmer,
): boolean {
  return concerned.every((one) => {
    const [ofFirst, ofSecond] = [functionsIn(one, first), functionsIn(one, second)]
    return pairsOf(one).some(
      ([a, b]) =>
        (ofFirst.includes(a) && ofSecond.includes(b)) ||
        (ofFirst.includes(b) && ofSecond.includes(a)),
    )
  })
}

function functionsIn({ id, kind }: Concerned, { assignments, liaisonOf }: Confirmer): Role[] {
  const held = assignments.flatMap(({ role, organisationId }) =>
    role === 'platform-admin' || (id !== null && organisationId === id) ? role : [],
  )
  const isLiaison = kind === 'company' && id !== null && liaisonOf.includes(id)
  return isLiaison ? [...held, 'liaison-officer'] : held
}

/** Whether somebody may be one of two for anybody at all. */
export function mayConfirmSomebody(assignments: readonly Assignment[]): boolean {
  const roles = Object.values(PAIRS).flat(2)
  return assignments.some(({ role }) => roles.includes(role))
}
