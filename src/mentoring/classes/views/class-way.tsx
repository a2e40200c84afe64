import type { FormState } from '../../../web/components/form.js'
import type { Link } from '../../../web/components/links.js'
import type { Say } from '../../../web/say.js'
import { formStateOf, type Asked } from '../../views/frame.js'

type OfClass = Readonly<{ public_id: string; name: string }>

/** The way to a page under that of a class. */
export function wayTo(say: Say, { public_id, name }: OfClass): Link[] {
  return [
    { href: '/classes', title: say({ fr: 'Classes P-TECH', en: 'P-TECH classes' }) },
    { href: `/classes/${public_id}`, title: name },
  ]
}

/** The state of one of several forms of a page: what was refused stands in the form that was sent. */
export function stateFor(asked: Asked, act: string): FormState {
  const isSent = asked.problem?.values['act'] === act
  return formStateOf(isSent ? asked : { ...asked, problem: undefined })
}
