import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import express, { type RequestHandler } from 'express'

const FOLDER = fileURLToPath(new URL('../../assets/', import.meta.url))
/** What pages name themselves; the style sheet names the fonts. */
const VERSIONS = {
  'sceau.css': versionOf('sceau.css'),
  'sceau.svg': versionOf('sceau.svg'),
  'docs.js': versionOf('docs.js'),
  'passkeys.js': versionOf('passkeys.js'),
  'verify.js': versionOf('verify.js'),
  'share.js': versionOf('share.js'),
}

/** The address of a file of ours: another one as soon as its content is another. */
export function assetUrl(name: keyof typeof VERSIONS): string {
  return `/assets/${name}?v=${VERSIONS[name]}`
}

/** Serves assets/. What is asked for by its present version may be kept for ever, the rest for an hour. */
export function serveAssets(): RequestHandler {
  const known = new Set<string>(Object.values(VERSIONS))
  return express.static(FOLDER, {
    index: false,
    setHeaders(res) {
      const { v } = res.req.query
      const kept = typeof v === 'string' && known.has(v)
      res.set('cache-control', `public, ${kept ? 'max-age=31536000, immutable' : 'max-age=3600'}`)
    },
  })
}

function versionOf(name: string): string {
  return createHash('sha256')
    .update(readFileSync(`${FOLDER}${name}`))
    .digest('hex')
    .slice(0, 12)
}
