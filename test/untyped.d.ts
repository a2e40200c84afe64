// Peers that tests compare us with; they ship no types, or types that don't hold.
declare module '@digitalcredentials/vc' {
  export function verifyCredential(options: object): Promise<{ verified: boolean; error?: unknown }>
}
declare module '@digitalcredentials/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { cryptosuite: object })
  }
}
declare module '@digitalcredentials/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object
}
declare module '@digitalcredentials/security-document-loader' {
  export function securityLoader(options?: object): { build(): (url: string) => Promise<object> }
}
declare module '@digitalcredentials/jsonld' {
  const jsonld: { canonize(document: object, options: object): Promise<string> }
  export default jsonld
}
declare module '@digitalbazaar/ecdsa-sd-2023-cryptosuite' {
  export function createSignCryptosuite(options: { mandatoryPointers: readonly string[] }): object
  export function createDiscloseCryptosuite(options: {
    selectivePointers: readonly string[]
  }): object
  export function createVerifyCryptosuite(): object
}
declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export function createSignCryptosuite(): object
  export function createVerifyCryptosuite(): object
}
declare module '@digitalbazaar/ecdsa-jcs-2019-cryptosuite' {
  export function createSignCryptosuite(): object
  export function createVerifyCryptosuite(): object
}
declare module '@digitalbazaar/vc' {
  export function derive(options: {
    verifiableCredential: object
    suite: object
    documentLoader: (url: string) => Promise<object>
  }): Promise<Record<string, unknown>>
}
declare module '@digitalbazaar/ed25519-signature-2020' {
  export class Ed25519Signature2020 {
    constructor(options: { signer: object; date: string })
  }
}
declare module '@digitalbazaar/vc' {
  export function signPresentation(options: {
    presentation: object
    suite: object
    challenge: string
    domain?: string
    documentLoader: (url: string) => Promise<object>
  }): Promise<Record<string, unknown>>
}
