// Writes docs/examples: badges with every verdict, and what a resolver must serve for them. Run after a
// build. Keys are made anew each time, live in memory, and are thrown away: nothing can be signed later.
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SIGNED = new Date('2026-06-15T09:00:00Z')
const SCHOOL = { did: 'did:web:lycee-demo.example', name: 'Lycée DÉMO des Tilleuls' }
const STRANGER = { did: 'did:web:inconnu-demo.example', name: 'Lycée DÉMO inconnu' }
const ABSENT = { did: 'did:web:absent-demo.example', name: 'Lycée DÉMO absent' }
const COMPANY = { did: 'did:web:composites-demo.example', name: 'Composites du Lac DÉMO' }
const ENTRIES = 131_072
const DIGEST = '5c'.repeat(32)
/** Each badge has its own place in the school's list, and its endorsement the same in the company's. */
const PLACES = {
  valid: 94_567,
  expired: 31_337,
  revoked: 1_203,
  stranger: 58_111,
  absent: 120_450,
  impostor: 6_421,
  unlisted: 88_002,
  withdrawn: 77_003,
}

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128" width="128" height="128">' +
  '<path d="M64 8l48 28v56l-48 28-48-28V36z" fill="#0b6b6b"/>' +
  '<circle cx="64" cy="64" r="30" fill="none" stroke="#fff" stroke-width="6"/></svg>'

/**
 * @param tools functions of src/credential, and `toPng(svg)`
 * @returns the content of each file by its name
 */
export async function makeFixtures(tools) {
  const maker = new Maker(tools)
  const files = new Map()
  const add = (name, document) => files.set(name, `${JSON.stringify(document, null, 2)}\n`)
  const badge = (changes) => maker.badge(changes)

  const valid = await badge({})
  add('valid.json', valid)
  files.set('valid.png', tools.bakePng(await tools.toPng(PICTURE), JSON.stringify(valid)))
  files.set('valid.svg', `${tools.bakeSvg(PICTURE, JSON.stringify(valid))}\n`)
  add(
    'expired.json',
    await badge({
      position: PLACES.expired,
      validFrom: '2024-06-15T00:00:00Z',
      validUntil: '2025-06-15T00:00:00Z',
    }),
  )
  add('revoked.json', await badge({ position: PLACES.revoked }))
  add('tampered.json', {
    ...valid,
    credentialSubject: {
      ...valid.credentialSubject,
      achievement: { ...valid.credentialSubject.achievement, name: 'Diriger un atelier composite' },
    },
  })
  add('unknown-issuer.json', await badge({ position: PLACES.stranger, issuer: STRANGER }))
  add(
    'unreachable-issuer.json',
    await badge({ position: PLACES.absent, issuer: ABSENT, list: listOf(SCHOOL) }),
  )
  add('impostor.json', await badge({ position: PLACES.impostor, signer: STRANGER }))
  add(
    'unreachable-list.json',
    await badge({ position: PLACES.unlisted, list: `${origin(SCHOOL)}/status/absent` }),
  )
  add('withdrawn-endorsement.json', await badge({ position: PLACES.withdrawn }))

  const served = {}
  const serve = (url, name, document) => {
    served[url] = name
    add(name, document)
  }
  for (const [name, one] of [
    ['school', SCHOOL],
    ['company', COMPANY],
    ['stranger', STRANGER],
  ]) {
    const revoked = one === SCHOOL ? [PLACES.revoked] : one === COMPANY ? [PLACES.withdrawn] : []
    serve(`${origin(one)}/.well-known/did.json`, `served/did-${name}.json`, maker.didDocument(one))
    serve(listOf(one), `served/status-list-${name}.json`, await maker.list(one, revoked))
  }
  add('index.json', { clock: SIGNED.toISOString(), known: { [SCHOOL.did]: SCHOOL.name }, served })
  return files
}

const origin = ({ did }) => `https://${did.slice('did:web:'.length)}`
const listOf = (organisation) => `${origin(organisation)}/status/1`

/** Holds the keys of one run. */
class Maker {
  #tools
  #signers = new Map()

  constructor(tools) {
    this.#tools = tools
  }

  async badge({
    issuer = SCHOOL,
    signer = issuer,
    list = listOf(issuer),
    position = PLACES.valid,
    validFrom = '2026-06-15T00:00:00Z',
    validUntil = '2031-06-15T00:00:00Z',
  }) {
    const number = String(100_000_000_000 + position)
    const id = `urn:uuid:7d9f3c1e-5a0b-4f6e-9c55-${number}`
    const endorsement = await this.#endorsement(id, { position, validFrom })
    const credential = this.#tools.buildBadge({
      id,
      subject: `urn:uuid:0c4f6c0e-38f4-4d53-8a77-${number}`,
      issuer: { id: issuer.did, name: issuer.name, url: origin(issuer) },
      achievement: achievement(),
      evidence: [
        {
          digest: 'b7'.repeat(32),
          name: 'Mentorat de projet',
          description: 'Confirmé par un mentor de l’entreprise',
        },
      ],
      endorsements: [endorsement],
      status: { list, position },
      validFrom,
      validUntil,
    })
    return this.#sign('AchievementCredential', credential, { signer, issuer, list, validFrom })
  }

  #endorsement(target, { position, validFrom }) {
    const list = listOf(COMPANY)
    const credential = this.#tools.buildEndorsement({
      id: `urn:uuid:4b0f3a58-6f0e-4b1c-8a3f-${100_000_000_000 + position}`,
      issuer: { id: COMPANY.did, name: COMPANY.name },
      target,
      name: 'Endossement d’une attribution',
      comment: 'Nous avons vu cette compétence à l’œuvre dans notre atelier.',
      evidence: [{ digest: DIGEST, name: 'Dossier', description: 'Les faits, par leur empreinte' }],
      status: { list, position },
      validFrom,
    })
    const parties = { signer: COMPANY, issuer: COMPANY, list, validFrom }
    return this.#sign('EndorsementCredential', credential, parties)
  }

  async #sign(kind, credential, { signer, issuer, list, validFrom }) {
    const prepared = await this.#tools.prepareCredential(credential, {
      kind,
      issuer: issuer.did,
      service: origin(COMPANY),
      reserved: {
        id: credential.id,
        subject: credential.credentialSubject.id,
        position: Number(credential.credentialStatus.statusListIndex),
      },
      now: new Date(Date.parse(validFrom) + 9 * 3_600_000),
      forbidden: [],
      statusList: list,
      statusEntries: ENTRIES,
      approvals: ['endorser', 'approver'].map((by) => ({ by, digest: DIGEST })),
      digest: DIGEST,
    })
    return this.#signed(prepared, this.#signerOf(signer), Date.parse(validFrom) + 9 * 3_600_000)
  }

  list(organisation, revoked) {
    const list = this.#tools.buildStatusList({
      id: listOf(organisation),
      issuer: organisation.did,
      entries: ENTRIES,
      revoked,
      validFrom: '2026-06-15T00:00:00Z',
      validUntil: '2026-06-22T00:00:00Z',
    })
    const prepared = this.#tools.prepareStatusList(list)
    return this.#signed(prepared, this.#signerOf(organisation), SIGNED.getTime())
  }

  async #signed(prepared, signer, at) {
    return JSON.parse(await this.#tools.signCredential(prepared, signer, new Date(at)))
  }

  didDocument({ did }) {
    const { publicKeyMultibase } = this.#signerOf({ did })
    return this.#tools.didDocument(did, [{ publicKeyMultibase, retiredAt: null, revokedAt: null }])
  }

  #signerOf({ did }) {
    const made = this.#signers.get(did) ?? this.#makeSigner(did)
    this.#signers.set(did, made)
    return made
  }

  #makeSigner(did) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
    const publicKeyMultibase = this.#tools.toMultikey(raw)
    return {
      id: `${did}#${publicKeyMultibase}`,
      controller: did,
      publicKeyMultibase,
      sign: async (bytes) => sign(null, bytes, privateKey),
    }
  }
}

function achievement() {
  const id = `${origin(COMPANY)}/achievements/stratifier/v/1`
  return {
    id,
    name: 'Préparer et stratifier une pièce composite au contact',
    description: 'Préparer un moule, découper les renforts et stratifier une pièce conforme.',
    criteria: 'L’élève prépare **seul** son poste, puis stratifie une pièce conforme au plan.',
    version: '1',
    image: `${id}/image.png`,
    imageCaption: 'Un hexagone et un cercle',
    creator: COMPANY.did,
    language: 'fr',
    alignments: [],
    endorsements: [],
  }
}

async function write(folder) {
  const { format, resolveConfig } = await import('prettier')
  const sharp = (await import('sharp')).default
  const credential = (name) => import(`../dist/credential/${name}.js`)
  const files = await makeFixtures({
    ...(await credential('build-credential')),
    ...(await credential('prepare-credential')),
    ...(await credential('sign-credential')),
    ...(await credential('did')),
    ...(await credential('multikey')),
    ...(await credential('bake-png')),
    ...(await credential('bake-svg')),
    toPng: (svg) => sharp(Buffer.from(svg)).png().toBuffer(),
  })
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(`${folder}/served`, { recursive: true })
  const style = { ...(await resolveConfig('package.json')), parser: 'json' }
  for (const [name, content] of files) {
    const text = name.endsWith('.json') ? await format(content, style) : content
    writeFileSync(`${folder}/${name}`, text)
  }
  console.log(`${files.size} files in docs/examples`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await write('docs/examples')
