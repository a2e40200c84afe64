import { isObject, listOf, textOf, type Json } from '../../credential/values.js'

/**
 * Where to ask for what bears an id: the same place, always over https, since only there somebody
 * proves to be that host. Many badges of that age name themselves by http.
 *
 * @returns undefined for an id that is no address
 */
export function addressOf(id: string | undefined): string | undefined {
  if (id === undefined || !/^https?:\/\//i.test(id) || !URL.canParse(id)) return undefined
  const url = new URL(id)
  url.protocol = 'https:'
  return url.username === '' && url.password === '' && url.hash === '' ? url.href : undefined
}

/**
 * Whether an issuer answers for what is hosted at an address: it starts as its profile says, stands at
 * a host that the profile names, or at the profile's own when it says nothing.
 *
 * @param profile as it stands at its own address; one that a badge brings along could allow anything
 * @see https://www.imsglobal.org/spec/ob/v2p0/ HostedBadge Verification
 */
export function isInScope(id: string | undefined, profile: Json): boolean {
  const address = addressOf(id)
  if (address === undefined) return false
  const scope = isObject(profile.verification) ? profile.verification : {}
  const beginnings = listOf(scope.startsWith)
  const hosts = listOf(scope.allowedOrigins)
  const { host } = new URL(address)
  if (beginnings.length === 0 && hosts.length === 0) return host === hostOf(profile.id)
  return (
    (beginnings.length === 0 || beginnings.some((one) => startsAt(address, one))) &&
    (hosts.length === 0 || hosts.some((one) => host === hostOf(one)))
  )
}

/** By their parsed forms, so that neither `..` nor a longer host name leaves the place. */
function startsAt(address: string, beginning: unknown): boolean {
  const start = addressOf(textOf(beginning))
  return (
    start !== undefined &&
    new URL(start).host === new URL(address).host &&
    address.startsWith(start) &&
    // An escaped slash is one name to us and may be a way out to the server.
    !/%(?:2f|5c)/i.test(address.slice(start.length))
  )
}

/** The host of an address, or of what the standard calls an origin: a bare host name. */
function hostOf(value: unknown): string | undefined {
  const text = textOf(value) ?? ''
  const address = addressOf(/^https?:\/\//i.test(text) ? text : `https://${text}/`)
  return address === undefined ? undefined : new URL(address).host
}
