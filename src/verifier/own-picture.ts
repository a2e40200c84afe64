import type { Report } from './report.js'

/**
 * The picture of a badge of ours, as a path on this service. That of somebody else's badge is
 * never loaded: it would tell them who verifies it, and could show anything.
 */
export function ownPicture(
  { badge, trusted }: Pick<Report, 'badge' | 'trusted'>,
  publicUrl: string,
): string | undefined {
  const image = badge?.image
  if (!trusted || !image?.startsWith(`${publicUrl}/`)) return undefined
  const path = image.slice(publicUrl.length)
  return /^\/achievements\/[\w-]+\/v\/\d+\/image\.png$/.test(path) ? path : undefined
}
