// What issuing a badge costs, beside what cryptography alone costs and beside Digital Bazaar's library. Ends with 1 when one of
// them signs anything else than the others. See bench/README.md.
import { spawnSync } from 'node:child_process'
import { hash, sign } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { canonize } from '../dist/credential/canonical.js'
import { checkProofs } from '../dist/credential/check-proof.js'
import { toBase58 } from '../dist/credential/multibase.js'
import { BadgeStencil } from '../dist/credential/stencil/badge-stencil.js'
import { signCredential } from '../dist/credential/sign-credential.js'
import { NOW, school } from './badges.mjs'
import { prepareBadges } from './issue-badges.mjs'
import { peerIssuer } from './peer.mjs'
import { measure, median, ratio, workedUs } from './rounds.mjs'

/** Badges that take turns: what is measured is never the same one again. */
const DIFFERENT = 200
/** Of them, those that the peer signs before anything is measured; it takes 15 ms for one. */
const COMPARED = 20

/** How many badges are stored when the cost of one more is taken the second time: `--stored 20000`. */
const STORED = Number(process.argv[process.argv.indexOf('--stored') + 1]) || 1_000_000

const signer = {
  id: school.methodId,
  controller: school.did,
  publicKeyMultibase: school.method.publicKeyMultibase,
  sign: async (bytes) => sign(null, bytes, school.privateKey),
}
const prepared = await prepareBadges(DIFFERENT)
const hashed = await Promise.all(prepared.map(bytesOf))
const peer = peerIssuer(signer)
const stencil = await BadgeStencil.cut(prepared[0])
must(stencil !== undefined)

/** Each signs one badge, the next one each time, and gives the `proofValue`. */
const cases = {
  limit: inTurns(hashed, async ({ options, document }) => {
    const both = Buffer.concat([sha256(options), sha256(document)])
    return sign(null, both, school.privateKey)
  }),
  peer: inTurns(prepared, async ({ text }) => peer(JSON.parse(text), NOW)),
  single: inTurns(prepared, async (one) => signCredential(one, signer, NOW)),
  template: inTurns(prepared, async (one) => signCredential(one, signer, NOW, stencil)),
}
await assertAllSignTheSame()
const found = await measure(cases, { rounds: 15, batchMs: 60, clock: workedUs })
const us = Object.fromEntries([...found].map(([name, values]) => [`${name}_us`, median(values)]))
const between = (over, under) => ratio(found.get(over), found.get(under))
report({
  ...us,
  ratio_single_to_limit: between('single', 'limit'),
  ratio_template_to_limit: between('template', 'limit'),
  ratio_peer_to_single: between('peer', 'single'),
  ratio_peer_to_template: between('peer', 'template'),
  ...measureBatch(STORED),
})

/** In a process of its own: what is measured here before takes memory. */
function measureBatch(stored) {
  const file = fileURLToPath(new URL('issue-batch.mjs', import.meta.url))
  const stdio = ['ignore', 'pipe', 'inherit']
  // As `npm start` has it.
  const args = ['--max-semi-space-size=2', '--heap-growing-percent=30', file, String(stored)]
  const { status, stdout } = spawnSync(process.execPath, args, { stdio })
  if (status !== 0) throw new Error('The batch failed.')
  return JSON.parse(String(stdout).trim().split('\n').at(-1))
}

function inTurns(all, run) {
  let at = 0
  return (n = at++) => run(all[n % all.length])
}

/** What is hashed for a badge, as bytes: its canonical N-Quads and those of the options of its proof. */
async function bytesOf(one) {
  const credential = JSON.parse(one.text)
  const [proof] = JSON.parse(await signCredential(one, signer, NOW)).proof
  const parts = [{ ...optionsOf(proof), '@context': credential['@context'] }, credential]
  const [first, second] = await Promise.all(parts.map((part) => canonize(part)))
  return { options: Buffer.from(first), document: Buffer.from(second) }
}

function optionsOf({ proofValue: _value, ...options }) {
  return options
}

function sha256(bytes) {
  return hash('sha256', bytes, 'buffer')
}

/** A bench of a signer that signs something else would be fast. */
async function assertAllSignTheSame() {
  for (let n = 0; n < DIFFERENT; n++) {
    const ours = await cases.single(n)
    const badge = JSON.parse(ours)
    const { proof, ...unsigned } = badge
    const results = await checkProofs(badge, () => school.method.publicKeyMultibase, NOW)
    must(results.length === 1 && results.every(({ result }) => result === 'pass'))
    must(JSON.stringify(unsigned) === prepared[n].text)
    must(proof[0].proofValue === `z${toBase58(await cases.limit(n))}`)
    must(stencil.hashOf(prepared[n].bytes) !== undefined)
    must((await cases.template(n)) === ours)
    if (n < COMPARED) must(isSame([(await cases.peer(n)).proof].flat(), proof))
  }
}

function isSame(one, other) {
  const sorted = (proofs) => proofs.map((proof) => Object.entries(proof).sort())
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function must(right) {
  if (!right) throw new Error('Something else was signed.')
}

function report(figures) {
  const rounded = Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(4))]),
  )
  for (const [name, value] of Object.entries(rounded))
    console.log(`${name.padEnd(28)} ${String(value).padStart(12)}`)
  if (process.argv.includes('--json')) console.log(JSON.stringify(rounded))
}
