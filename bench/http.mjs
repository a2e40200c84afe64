// The same question over HTTP, on this machine: the service, the peer behind Express, and Express alone.
import autocannon from 'autocannon'
import express from 'express'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createApp } from '../dist/app.js'
import { loadConfig } from '../dist/config.js'
import { openContext } from '../dist/open-context.js'
import { startServer } from '../dist/serve.js'
import { NOW, signed } from './badges.mjs'
import { median, ratio } from './rounds.mjs'

const CONNECTIONS = 20
const SECONDS = 3
const ROUNDS = 3
/** Runs in the thread of the client. */
const VERIFY_BODY = fileURLToPath(new URL('./is-right.cjs', import.meta.url))
const FLOOD_MS = 6_000

/** @returns figures; throws when one answer of the run was not the right one */
export async function measureHttp({ badges, served, school }, peer) {
  const service = await openService(served)
  const bodies = badges.map((credential) => JSON.stringify({ credential }))
  const servers = {
    ours: { port: service.port, right: ({ verdict }) => verdict === 'valid' },
    peer: await listen(async ({ credential }) => ({ verified: await peer(credential) })),
    trivial: await listen(async ({ credential }) => ({ verified: credential !== undefined })),
  }
  const found = Object.fromEntries(Object.keys(servers).map((name) => [name, []]))
  try {
    for (const name of Object.keys(servers)) await fire(servers[name], bodies, 1)
    for (let round = 0; round < ROUNDS; round++)
      for (const name of Object.keys(servers))
        found[name].push(await fire(servers[name], bodies, SECONDS))
    const flood = await underFlood(service.port, await heavyBadge(badges[0], school))
    return { ...figuresOf(found), ...flood }
  } finally {
    await Promise.all([servers.peer.stop(), servers.trivial.stop(), service.stop()])
  }
}

function figuresOf(found) {
  const rates = (name) => found[name].map(({ requests }) => requests.average)
  return {
    http_per_s: median(rates('ours')),
    http_p50_ms: median(found.ours.map(({ latency }) => latency.p50)),
    http_p99_ms: median(found.ours.map(({ latency }) => latency.p99)),
    http_peer_per_s: median(rates('peer')),
    http_trivial_per_s: median(rates('trivial')),
    http_ratio_peer: ratio(rates('ours'), rates('peer')),
    http_ratio_trivial: ratio(rates('ours'), rates('trivial')),
  }
}

/** The real application on a store in memory; its way out answers from what is served. */
async function openService(served) {
  const env = {
    NODE_ENV: 'test',
    DATABASE_URL: 'sqlite::memory:',
    KEYS_DIR: process.env.BENCH_KEYS_DIR,
    LOG_LEVEL: 'silent',
    // What is measured is verifying, not being refused.
    VERIFICATIONS_PER_MINUTE: '1000000',
  }
  const ctx = await openContext(loadConfig(env), { now: () => NOW })
  const fetchText = async (url) => {
    const found = served.get(url)
    return found
      ? {
          outcome: 'found',
          body: Buffer.from(JSON.stringify(found)),
          contentType: 'application/json',
        }
      : { outcome: 'missing', reason: '404' }
  }
  const { port, stop } = await startServer(createApp({ ...ctx, outside: { fetchText } }), 0)
  return {
    port,
    async stop() {
      await stop()
      await ctx.close()
    },
  }
}

async function listen(answer) {
  const app = express()
  app.use(express.json({ limit: '2mb' }))
  app.post('/verifications', async (req, res) => void res.json(await answer(req.body)))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: server.address().port,
    right: ({ verified }) => verified === true,
    stop: async () => void server.close(),
  }
}

async function fire({ port, right }, bodies, seconds) {
  const url = `http://127.0.0.1:${port}/verifications`
  const headers = { 'content-type': 'application/json' }
  const ask = async (body) => (await fetch(url, { method: 'POST', headers, body })).text()
  const first = await ask(bodies[0])
  if (!right(JSON.parse(first))) throw new Error(`A wrong answer: ${first.slice(0, 300)}`)
  const result = await autocannon({
    url,
    requests: bodies.map((body) => ({ method: 'POST', headers, body })),
    connections: CONNECTIONS,
    duration: seconds,
    timeout: 30,
    verifyBody: VERIFY_BODY,
    workers: 1,
  })
  if (result.mismatches + result.non2xx + result.errors > 0)
    throw new Error(`${result.mismatches + result.non2xx + result.errors} answers were wrong.`)
  return result
}

/** As many values as a badge may have, nearly. */
async function heavyBadge(badge, school) {
  const { proof: _proof, ...document } = structuredClone(badge)
  const small = await signed(document, school)
  small.credentialSubject.achievement.tag = Array.from({ length: 9_000 }, (_, n) => `t${n}`)
  return JSON.stringify(small)
}

/** TK-14: how fast the service says that it is alive while the costliest badges come in. */
async function underFlood(port, heavy) {
  const answers = new Map()
  const until = performance.now() + FLOOD_MS
  const attack = async () => {
    while (performance.now() < until) {
      const answer = await fetch(`http://127.0.0.1:${port}/verifications`, {
        method: 'POST',
        headers: { 'content-type': 'application/vc' },
        body: heavy,
      })
      await answer.arrayBuffer()
      answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1)
      // 16 that each wait this long are 50 a second.
      await new Promise((resolve) => setTimeout(resolve, 320))
    }
  }
  const alive = []
  const ask = async () => {
    while (performance.now() < until) {
      const start = performance.now()
      await (await fetch(`http://127.0.0.1:${port}/healthz`)).arrayBuffer()
      alive.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  await Promise.all([ask(), ...Array.from({ length: 16 }, attack)])
  if ([...answers.keys()].some((status) => status !== 200 && status !== 503))
    throw new Error(`A costly badge was answered ${[...answers.keys()].join(', ')}.`)
  alive.sort((a, b) => a - b)
  return {
    flood_healthz_p50_ms: median(alive),
    flood_healthz_p99_ms: alive[Math.floor(alive.length * 0.99)],
    flood_answered: answers.get(200) ?? 0,
    flood_refused: answers.get(503) ?? 0,
  }
}
