import type { VNode } from 'preact'
import { Select, type FormState } from '../../web/components/form.js'
import { ROLE_FACTS, STAFF_ROLES } from '../roles.data.js'
import type { Organisation } from '../store.js'

/** Where the visitor may give roles; `platform`: those of the platform, too. */
export type Reach = Readonly<{ organisations: readonly Organisation[]; platform: boolean }>

/** Which role, where: only what the visitor may give is offered. */
export function RoleFields({ state, reach }: { state: FormState; reach: Reach }): VNode {
  const { say } = state
  const kinds = new Set(reach.organisations.map(({ kind }) => kind))
  const roles = STAFF_ROLES.filter((role) => {
    const held = ROLE_FACTS[role].kinds
    return held.length === 0 ? reach.platform : held.some((kind) => kinds.has(kind))
  })
  const platform = {
    value: '',
    label: say({ fr: 'La plateforme elle-même', en: 'The platform itself' }),
  }
  return (
    <>
      <Select
        state={state}
        name="role"
        label={say({ fr: 'Rôle', en: 'Role' })}
        options={roles.map((role) => ({ value: role, label: say(ROLE_FACTS[role].words) }))}
      />
      <Select
        state={state}
        name="organisation"
        label={say({ fr: 'Où', en: 'Where' })}
        options={[
          ...reach.organisations.map(({ publicId, name }) => ({ value: publicId, label: name })),
          ...(reach.platform ? [platform] : []),
        ]}
      />
    </>
  )
}
