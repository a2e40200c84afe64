const ADD_TO_PROFILE = 'https://www.linkedin.com/profile/add'

/** What LinkedIn's form for a certification is filled with; nothing of the person. */
export type LinkedInBadge = Readonly<{
  name: string
  /** By its name, or by the number of its own page there, which gives it its logo. */
  organisation: Readonly<{ name: string }> | Readonly<{ id: string }>
  /** ISO 8601. */
  validFrom: string
  validUntil: string | null
  url: string
  /** The short code: shorter than any id, and good on the telephone. */
  code: string | null
}>

/**
 * The link by which its owner adds a badge to a LinkedIn profile: made of values that are there, so that no field of
 * their form is ever filled with “undefined”.
 */
export function linkedInUrl(badge: LinkedInBadge): string {
  const { name, organisation, validFrom, validUntil, url, code } = badge
  const fields: readonly (readonly [string, string])[] = [
    ['startTask', 'CERTIFICATION_NAME'],
    ['name', name],
    'id' in organisation
      ? ['organizationId', organisation.id]
      : ['organizationName', organisation.name],
    ...month('issue', validFrom),
    ...(validUntil === null ? [] : month('expiration', validUntil)),
    ['certUrl', url],
    ...(code === null ? [] : ([['certId', code]] as const)),
  ]
  const query = new URLSearchParams(fields.map(([key, value]) => [key, value]))
  return `${ADD_TO_PROFILE}?${query.toString()}`
}

/** Year and month, without zeros before them; nothing for what is no date. */
function month(which: 'issue' | 'expiration', instant: string): [string, string][] {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])-/.exec(instant) ?? []
  if (year === undefined || number === undefined) return []
  return [
    [`${which}Year`, String(Number(year))],
    [`${which}Month`, String(Number(number))],
  ]
}
