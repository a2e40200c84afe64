// What verifying a badge costs, beside what cryptography alone costs and beside Digital Bazaar's
// library. Ends with 1 on any wrong verdict. See bench/README.md.
import { createHash, sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const { makeBadges, NOW } = await import('./badges.mjs')
const { peerOf } = await import('./peer.mjs')
const { measure, median, ratio } = await import('./rounds.mjs')
const { canonize } = await import('../dist/credential/canonical.js')
const { openApart, workOf } = await import('../dist/verifier/apart/badge-work.js')
const { keysOfController } = await import('../dist/verifier/issuer-documents.js')
const { verifyBadge } = await import('../dist/verifier/verify-badge.js')

const made = await makeBadges()
const { plain, endorsed, served, school } = made
const peer = peerOf(served)
const apart = openApart()
const next = (badges) => {
  const texts = badges.map((badge) => JSON.stringify(badge))
  let at = 0
  return () => texts[at++ % texts.length]
}
const [plainForUs, plainForPeer, endorsedForUs, endorsedForPeer] = [
  next(plain),
  next(plain),
  next(endorsed),
  next(endorsed),
]
const cases = {
  limit: limitOf(await canonize(withoutProof(plain[0]), 'sha256')),
  canonize: () => canonize(withoutProof(JSON.parse(plainForUs())), 'sha256'),
  single: () => ours(plainForUs()),
  endorsed: () => ours(endorsedForUs()),
  peer: () => theirs([JSON.parse(plainForPeer())]),
  peer_endorsed: () => theirs(withEndorsements(JSON.parse(endorsedForPeer()))),
}
await refuseChanged()
const found = await measure(cases, { rounds: 15, batchMs: 150 })
const us = Object.fromEntries([...found].map(([name, values]) => [`${name}_us`, median(values)]))
const between = (over, under) => ratio(found.get(over), found.get(under))

process.env.BENCH_KEYS_DIR = mkdtempSync(join(tmpdir(), 'sceau-bench-'))
const { measureHttp } = await import('./http.mjs')
const http = await measureHttp({ badges: plain, served, school }, peer).finally(() =>
  rmSync(process.env.BENCH_KEYS_DIR, { recursive: true }),
)
report({
  ...us,
  ratio_single_to_limit: between('single', 'limit'),
  ratio_peer_to_single: between('peer', 'single'),
  ratio_endorsed_to_limit: between('endorsed', 'limit'),
  ratio_peer_to_endorsed: between('peer_endorsed', 'endorsed'),
  ...http,
})
// Threads and connections that others left open do not keep the figures waiting.
process.exit(0)

/** The least that anybody can do: two hashes and one signature over the same bytes. */
function limitOf(quads) {
  const options = Buffer.alloc(300, 'a')
  const hash = (data) => createHash('sha256').update(data).digest()
  const both = () => Buffer.concat([hash(options), hash(quads)])
  const signature = sign(null, both(), school.privateKey)
  return () => must(verify(null, both(), school.publicKey, signature))
}

/** JSON in, report out; DID documents and status lists are at hand, and all checks are made. */
async function ours(text) {
  const { verdict } = await verifyBadge(Buffer.from(text), {
    lookups: lookups(),
    now: NOW,
    language: 'fr',
  })
  must(verdict === 'valid')
}

async function theirs(credentials) {
  for (const credential of credentials) must(await peer(credential))
}

function withEndorsements(badge) {
  return [badge, ...badge.endorsement, ...badge.credentialSubject.achievement.endorsement]
}

function lookups() {
  const documents = new Map([...served.values()].map((one) => [one.id, one]))
  return {
    issuerKeys: async (id) => keysOfController(documents.get(id), id),
    statusList: async (url) => ({ outcome: 'found', value: served.get(url) }),
    knows: async () => undefined,
    work: workOf(apart),
  }
}

/** A bench of a verifier that says yes to everything would be fast. */
async function refuseChanged() {
  const changed = { ...plain[0], name: 'Another name' }
  const { verdict } = await verifyBadge(Buffer.from(JSON.stringify(changed)), {
    lookups: lookups(),
    now: NOW,
    language: 'fr',
  })
  must(verdict === 'invalid' && !(await peer(changed)))
}

function must(right) {
  if (!right) throw new Error('A wrong verdict.')
}

function withoutProof({ proof: _proof, ...rest }) {
  return rest
}

function report(figures) {
  const rounded = Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(4))]),
  )
  for (const [name, value] of Object.entries(rounded))
    console.log(`${name.padEnd(28)} ${String(value).padStart(12)}`)
  if (process.argv.includes('--json')) console.log(JSON.stringify(rounded))
}
