import type { Context } from '../context.js'
import { listOrganisations } from '../people/store.js'
import { valueOf, valuesOfSchools } from '../settings/read.js'

/** Whom to write to, as whoever keeps the service and the schools have set it; '' where they have not. */
export type Contacts = Readonly<{
  operator: string
  contact: string
  /** Data protection officer of the service. */
  officer: string
  /** Those of schools, by name of school. */
  officers: readonly Readonly<{ school: string; address: string }>[]
}>

export async function seeContacts(ctx: Context): Promise<Contacts> {
  const ofSchools = await valuesOfSchools(ctx, 'dpo-contact')
  const schools = ofSchools.size === 0 ? [] : await listOrganisations(ctx.db)
  return {
    operator: await valueOf(ctx, 'operator-name'),
    contact: await valueOf(ctx, 'operator-contact'),
    officer: await valueOf(ctx, 'dpo-contact'),
    officers: schools.flatMap(({ publicId, name }) => {
      const address = ofSchools.get(publicId)
      return typeof address === 'string' ? [{ school: name, address }] : []
    }),
  }
}
