import { z } from 'zod'

const MINUTE_MS = 60_000

/** Where signing keys can be kept: encrypted files in KEYS_DIR, or a token behind a PKCS#11 module. */
export const KEY_PROVIDERS = ['files', 'pkcs11'] as const

const Env = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:|postgres(ql)?:\/\/)/, 'must start with sqlite: or postgres://')
    .optional(),
  KEYS_DIR: z.string().min(1).optional(),
  KEYS_PASSPHRASE: z.string().min(12, 'must have at least 12 characters').optional(),
  KEYS_PASSPHRASE_FILE: z.string().min(1).optional(),
  KEYS_PASSPHRASE_BEFORE_FILE: z.string().min(1).optional(),
  KEY_PROVIDER: z.enum(KEY_PROVIDERS).default('files'),
  PKCS11_MODULE: z.string().min(1).optional(),
  PKCS11_TOKEN: z.string().min(1).max(32, 'must have at most 32 characters').optional(),
  PKCS11_PIN_FILE: z.string().min(1).optional(),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone such as Europe/Paris')
    .default('Europe/Paris'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  TRUST_PROXY: z.string().optional(),
  ALLOWED_HOSTS: z.string().default('').transform(readHosts),
  TRUST_LISTS: z.string().default('').transform(readTrustLists),
  VC_API: z.enum(['on', 'off']).optional(),
  ENDORSE_BY_LINK: z.enum(['on', 'off']).default('on'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp://… or smtps://…' }).optional(),
  MAIL_FROM: z.email().optional(),
  REQUIRE_PASSKEYS: z.enum(['on', 'off']).optional(),
  OIDC_PROVIDERS: z.string().default('').transform(readProviders),
  VERIFICATIONS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).optional(),
})

/** Settings that have a default for trying things out, but that production must choose itself. */
const REQUIRED_IN_PRODUCTION = ['PUBLIC_URL'] as const

export type Config = Readonly<{
  production: boolean
  port: number
  /** Origin of every issued identifier, without a final slash; it can never change afterwards. */
  publicUrl: string
  dataDir: string
  /** `sqlite:FILE` or `postgres://…` */
  databaseUrl: string
  keysDir: string
  /** Where the passphrase of the keys comes from; neither: a key file beside the keys. */
  keysPassphrase: string | undefined
  keysPassphraseFile: string | undefined
  /** While the passphrase changes: the one before, which still opens. */
  keysPassphraseBeforeFile: string | undefined
  /** Who makes new keys; each key stays where it was made. */
  keyProvider: (typeof KEY_PROVIDERS)[number]
  /** The token whose keys can sign; undefined: there is none. */
  pkcs11: Pkcs11Settings | undefined
  /** School days and ages are reckoned in it (IANA name). */
  timeZone: string
  logLevel: string
  /** Addresses of proxies whose X-Forwarded-For is believed (Express `trust proxy`); none by default. */
  trustProxy: string | undefined
  /** Names other than that of `publicUrl` under which it answers: what a proxy passes on as Host. */
  allowedHosts: readonly string[]
  /** From one address: two a second are a class of 35 that tries three badges each in a minute. */
  verificationsPerMinute: number
  /** Fictional data, sample accounts shown on the sign-in page. Refused in production. */
  demo: boolean
  /**
   * Whether only a passkey lets a person commit anybody. Off: a password that was typed lately does as well, for
   * demos and trials whose accounts have no device.
   */
  requirePasskeys: boolean
  /** Who else may say who somebody is, by OpenID Connect. */
  signInProviders: readonly SignInProvider[]
  /** Signed lists of issuers that this service believes. */
  trustLists: readonly TrustSource[]
  /** Whether somebody without an account may commit a company by a link and a code. */
  endorseByLink: boolean
  /** Whether the W3C VC-API is there, for other software and test suites. */
  vcApi: boolean
  /** The server that takes our mail, `smtp://user:password@host:587`; undefined: mail is off, and kept. */
  smtpUrl: string | undefined
  /** The address that mail comes from. */
  mailFrom: string | undefined
  /** Which variables are given that a setting of a page could say otherwise: they count before it. */
  given: Readonly<Record<'REQUIRE_PASSKEYS' | 'VERIFICATIONS_PER_MINUTE', boolean>>
  limits: typeof LIMITS
}>

/** What the rules of a provider ask of whoever comes from it: people/providers/rules.ts. */
export const PROVIDER_KINDS = ['generic', 'proconnect', 'educonnect'] as const

const Provider = z.strictObject({
  /** In addresses, and so in the redirect URI that the provider knows. */
  id: z.string().regex(/^[a-z][a-z\d-]{0,30}$/),
  name: z.string().trim().min(1).max(60),
  issuer: z.url({ protocol: /^https$/ }),
  clientId: z.string().min(1).max(300),
  /** The secret is in this file, or in this variable of the environment; neither: a public client. */
  secretFile: z.string().min(1).optional(),
  secretEnv: z.string().min(1).optional(),
  secretBy: z.enum(['basic', 'post']).default('basic'),
  scopes: z.array(z.string().regex(/^[!#-[\]-~]+$/)).default(['openid']),
  kind: z.enum(PROVIDER_KINDS).default('generic'),
  /** How sure the provider must be (`acr_values`, one of them apart by spaces): 'eidas1 eidas2'. */
  acr: z.string().min(1).max(200).optional(),
  /** The algorithm that signs the answer of /userinfo, where it is a JWT. */
  userinfoAlg: z.enum(['RS256', 'ES256']).optional(),
})
export type SignInProvider = Readonly<
  Omit<z.output<typeof Provider>, 'secretEnv'> & { secret?: string | undefined }
>

/** The PKCS#11 module (a shared library), the label of the token, and the file that holds its user PIN. */
export type Pkcs11Settings = Readonly<{ module: string; token: string; pinFile: string }>

/** Where a list of issuers is (https, or a file), and the key that must have signed it. */
export type TrustSource = Readonly<{ source: string; key: string }>

/** Verifications from one address in a minute; a demo is tried by programs too. */
const VERIFICATIONS = 120
const DEMO_VERIFICATIONS = 1_200

export const LIMITS = {
  /** Idle time after which a session ends. SECURITY: staff 30 min, students 2 h. */
  staffIdleMs: 30 * MINUTE_MS,
  studentIdleMs: 120 * MINUTE_MS,
  /** A session ends after 12 hours whatever happens. */
  sessionMs: 12 * 60 * MINUTE_MS,
  /** What a person has shown lets them commit for so long. SECURITY: 5 min. */
  stepUpMs: 5 * MINUTE_MS,
  /** A passkey answers a challenge within so long: time to find a telephone. */
  challengeMs: 5 * MINUTE_MS,
  /** Who was sent to a provider comes back, and says that it is them, within so long. */
  providerMs: 10 * MINUTE_MS,
  /** An API token lives at most 90 days. */
  tokenDays: 90,
  /** An assessment waits this long for the company's endorsement, an endorsement for the school's approval. */
  approvalDays: 14,
  /** Bytes of a form or of a JSON body. */
  bodyBytes: 256 * 1024,
  /** Bytes of an uploaded file. */
  uploadBytes: 2 * 1024 * 1024,
  /** Bytes of a class list (SIECLE XML of a whole school). */
  importBytes: 8 * 1024 * 1024,
} as const

/**
 * Reads the settings. The environment is an argument: main.ts and cli.ts alone read the real one.
 *
 * @throws {Error} naming every wrong or missing setting at once, never its value.
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  demo = false,
): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Env.safeParse(given)
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  if (given.SMTP_URL && !given.MAIL_FROM) faults.push('MAIL_FROM: required with SMTP_URL')
  faults.push(...missingOfPkcs11(given))
  if (parsed.success) faults.push(...missingSecrets(parsed.data.OIDC_PROVIDERS, given))
  if (given.NODE_ENV === 'production') {
    if (demo) faults.push('NODE_ENV: the demo is refused in production')
    for (const name of REQUIRED_IN_PRODUCTION) {
      if (!given[name]) faults.push(`${name}: required in production`)
    }
  }
  if (!parsed.success || faults.length > 0) {
    throw new Error(`Wrong settings:\n- ${faults.join('\n- ')}`)
  }
  return toConfig(parsed.data, demo, given)
}

const PKCS11 = ['PKCS11_MODULE', 'PKCS11_TOKEN', 'PKCS11_PIN_FILE'] as const

/** The three belong together; who makes keys in a token needs them. */
function missingOfPkcs11(given: Readonly<Record<string, string | undefined>>): string[] {
  const needed = given.KEY_PROVIDER === 'pkcs11' || PKCS11.some((name) => given[name])
  const missing = needed ? PKCS11.filter((name) => !given[name]) : []
  return missing.map((name) => `${name}: required with KEY_PROVIDER=pkcs11 and other PKCS11_…`)
}

function toPkcs11(env: z.infer<typeof Env>): Pkcs11Settings | undefined {
  const { PKCS11_MODULE: module, PKCS11_TOKEN: token, PKCS11_PIN_FILE: pinFile } = env
  return module && token && pinFile ? { module, token, pinFile } : undefined
}

function toConfig(
  env: z.infer<typeof Env>,
  demo: boolean,
  given: Readonly<Record<string, string | undefined>>,
): Config {
  return Object.freeze({
    production: env.NODE_ENV === 'production',
    port: env.PORT,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL ?? `sqlite:${env.DATA_DIR}/sceau.sqlite`,
    keysDir: env.KEYS_DIR ?? (demo ? `${env.DATA_DIR}/keys` : 'keys'),
    keysPassphrase: env.KEYS_PASSPHRASE,
    keysPassphraseFile: env.KEYS_PASSPHRASE_FILE,
    keysPassphraseBeforeFile: env.KEYS_PASSPHRASE_BEFORE_FILE,
    keyProvider: env.KEY_PROVIDER,
    pkcs11: toPkcs11(env),
    timeZone: env.TIME_ZONE,
    logLevel: env.LOG_LEVEL,
    trustProxy: env.TRUST_PROXY,
    allowedHosts: env.ALLOWED_HOSTS,
    // Nor is anybody of a demo known elsewhere.
    signInProviders: (demo ? [] : env.OIDC_PROVIDERS).map(({ secretEnv, ...said }) => ({
      ...said,
      secret: secretEnv && given[secretEnv],
    })),
    trustLists: env.TRUST_LISTS,
    verificationsPerMinute:
      env.VERIFICATIONS_PER_MINUTE ?? (demo ? DEMO_VERIFICATIONS : VERIFICATIONS),
    demo,
    requirePasskeys: env.REQUIRE_PASSKEYS === undefined ? !demo : env.REQUIRE_PASSKEYS === 'on',
    vcApi: env.VC_API === undefined ? demo : env.VC_API === 'on',
    endorseByLink: env.ENDORSE_BY_LINK === 'on',
    // Nobody of a demo has a letter box.
    smtpUrl: demo ? undefined : env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    given: givenOf(given),
    limits: LIMITS,
  })
}

function givenOf(given: Readonly<Record<string, string | undefined>>): Config['given'] {
  return {
    REQUIRE_PASSKEYS: given.REQUIRE_PASSKEYS !== undefined,
    VERIFICATIONS_PER_MINUTE: given.VERIFICATIONS_PER_MINUTE !== undefined,
  }
}

const HOST_NAME = /^[a-z\d](?:[a-z\d._-]*[a-z\d])?$/

/** Reads `sceau.lan, sceau-1`. */
function readHosts(text: string, context: z.RefinementCtx): string[] {
  const hosts = text
    .split(',')
    .flatMap((one) => (one.trim() === '' ? [] : [one.trim().toLowerCase()]))
  if (!hosts.every((host) => HOST_NAME.test(host))) {
    const message = 'must be names of hosts, without a port, with commas between them'
    context.addIssue({ code: 'custom', message })
  }
  return hosts
}

/** Reads a JSON array of providers. Its faults name the place, never a value. */
function readProviders(text: string, context: z.RefinementCtx): z.output<typeof Provider>[] {
  const parsed = z
    .array(Provider)
    .max(10)
    .safeParse(text.trim() === '' ? [] : toJson(text))
  const faults = parsed.success
    ? new Set(parsed.data.map(({ id }) => id)).size < parsed.data.length
      ? ['one id stands there twice']
      : parsed.data.some(({ scopes }) => !scopes.includes('openid'))
        ? ['scopes must have openid']
        : []
    : parsed.error.issues.map(({ path, message }) => `[${path.join('.')}] ${message}`)
  for (const message of faults) context.addIssue({ code: 'custom', message })
  return parsed.data ?? []
}

function missingSecrets(
  providers: readonly z.output<typeof Provider>[],
  given: Readonly<Record<string, string | undefined>>,
): string[] {
  return providers.flatMap(({ id, secretEnv }) =>
    secretEnv !== undefined && !given[secretEnv]
      ? [`${secretEnv}: required by OIDC_PROVIDERS for ${id}`]
      : [],
  )
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Lists that are asked for at most. */
const MAX_TRUST_LISTS = 10
const TRUST_LIST = /^((?:https:\/\/|(?!\w+:\/\/))[^\s#]+)#(z[1-9A-HJ-NP-Za-km-z]{40,72})$/

/** Reads `https://host/list#z6Mk…, /etc/sceau/list#z6Mk…`. */
function readTrustLists(text: string, context: z.RefinementCtx): TrustSource[] {
  const entries = text.split(',').flatMap((entry) => (entry.trim() === '' ? [] : [entry.trim()]))
  const lists = entries.flatMap((entry) => {
    const [, source, key] = TRUST_LIST.exec(entry) ?? []
    return source === undefined || key === undefined ? [] : [{ source, key }]
  })
  const message =
    lists.length < entries.length
      ? 'each must be an https address or a file, then # and the public key of its publisher (z…)'
      : new Set(lists.map(({ source }) => source)).size < lists.length
        ? 'one list stands there twice'
        : lists.length > MAX_TRUST_LISTS
          ? `must not be more than ${MAX_TRUST_LISTS}`
          : undefined
  if (message !== undefined) context.addIssue({ code: 'custom', message })
  return lists
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
