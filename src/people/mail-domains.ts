import providers from 'email-providers'

/** Where anybody gets an address, and what the list of others lacks. */
const FOR_ANYBODY: ReadonlySet<string> = new Set([
  ...providers,
  'bbox.fr',
  'caramail.fr',
  'cegetel.net',
  'fastmail.com',
  'mailo.com',
  'nordnet.fr',
  'numericable.fr',
  'tele2.fr',
  'tuta.com',
  'tuta.io',
  'tutanota.com',
])
/** Of an academy, as a lycée’s staff have: no company’s. */
const OF_A_SCHOOL = /^(?:.+\.)?(?:ac-[a-z-]+\.fr|education\.gouv\.fr)$/

/** What stands after the @, unless it says nothing of the company that somebody works for. */
export function ownDomainOf(email: string): string | undefined {
  return ownOrNone(email.trim().toLowerCase().split('@').at(-1) ?? '')
}

/** The host of a website, without `www.`; undefined for what is no address. */
export function hostOf(website: string | null): string | undefined {
  if (website === null || !URL.canParse(website)) return undefined
  return ownOrNone(new URL(website).hostname.replace(/^www\./, ''))
}

function ownOrNone(domain: string): string | undefined {
  return domain === '' || FOR_ANYBODY.has(domain) || OF_A_SCHOOL.test(domain) ? undefined : domain
}
