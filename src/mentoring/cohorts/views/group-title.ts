import type { Link } from '../../../web/components/links.js'
import type { Say } from '../../../web/say.js'
import { schemeOf } from '../../schemes/index.js'
import { schoolYearLabel } from '../../school-year.js'
import type { AnyCohort } from '../store.js'

/** « 2PC, entrée en 2026-2027 »; other schemes' groups have a name of their own. */
export function groupTitle(say: Say, { title, entryYear }: AnyCohort): string {
  if (entryYear === null) return say.text(title)
  const year = schoolYearLabel(entryYear)
  return say({ fr: `${title}, entrée en ${year}`, en: `${title}, entered in ${year}` })
}

/** The address of a group of whatever scheme. */
export function groupHref({ scheme, publicId }: Pick<AnyCohort, 'scheme' | 'publicId'>): string {
  return `${schemeOf(scheme).group.page}/${publicId}`
}

/** The way to a group, the group last. */
export function wayTo(say: Say, group: AnyCohort): Link[] {
  const list =
    group.classId === null
      ? { href: '/schemes', title: say({ fr: 'Dispositifs', en: 'Schemes' }) }
      : { href: '/cohorts', title: say({ fr: 'Cohortes', en: 'Cohorts' }) }
  return [list, { href: groupHref(group), title: groupTitle(say, group) }]
}
