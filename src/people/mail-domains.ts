/** Where anybody gets an address: it says nothing of whom somebody works for. */
const FOR_ANYBODY: ReadonlySet<string> = new Set([
  'aol.com',
  'bbox.fr',
  'free.fr',
  'gmail.com',
  'gmx.fr',
  'googlemail.com',
  'hotmail.com',
  'hotmail.fr',
  'icloud.com',
  'laposte.net',
  'live.com',
  'live.fr',
  'mailo.com',
  'me.com',
  'msn.com',
  'neuf.fr',
  'numericable.fr',
  'orange.fr',
  'outlook.com',
  'outlook.fr',
  'proton.me',
  'protonmail.com',
  'sfr.fr',
  'wanadoo.fr',
  'yahoo.com',
  'yahoo.fr',
])

/** What stands after the @, unless anybody gets an address there. */
export function ownDomainOf(email: string): string | undefined {
  const domain = email.trim().toLowerCase().split('@').at(-1) ?? ''
  return domain === '' || FOR_ANYBODY.has(domain) ? undefined : domain
}

/** The host of a website, without `www.`; undefined for what is no address. */
export function hostOf(website: string | null): string | undefined {
  if (website === null || !URL.canParse(website)) return undefined
  const host = new URL(website).hostname.replace(/^www\./, '')
  return host === '' || FOR_ANYBODY.has(host) ? undefined : host
}
