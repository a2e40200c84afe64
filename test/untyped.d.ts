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
