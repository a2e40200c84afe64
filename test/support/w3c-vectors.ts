import { readdirSync, readFileSync } from 'node:fs'
import jsonld from 'jsonld'
import { loadContext } from '../../src/credential/contexts.js'
import type { Canonize } from '../../src/credential/suites/suite.js'

type Json = Record<string, any>
const FOLDER = 'test/fixtures/w3c-vectors'

const dated = (id: string) => ({ '@id': id, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' })
const link = (id: string) => ({ '@id': id, '@type': '@id' })
const CITIZENSHIP = 'https://w3id.org/citizenship#'
const named = (namespace: string, ...terms: string[]) =>
  Object.fromEntries(terms.map((term) => [term, `${namespace}${term}`]))

/** What the vectors need of two vocabularies; that it means the same, their hashes say. */
const CONTEXTS: Json = {
  'https://www.w3.org/ns/credentials/examples/v2': {
    '@vocab': 'https://www.w3.org/ns/credentials/examples#',
  },
  'https://w3id.org/citizenship/v4rc1': {
    ...named(
      CITIZENSHIP,
      ...['birthCountry', 'commuterClassification', 'lprCategory', 'lprNumber'],
      ...['EmployablePerson', 'EmploymentAuthorizationDocument', 'PermanentResident'],
      ...['EmploymentAuthorizationDocumentCredential', 'PermanentResidentCard'],
      'PermanentResidentCardCredential',
    ),
    ...named(
      'https://schema.org/',
      ...['additionalName', 'familyName', 'gender', 'givenName', 'identifier', 'Person'],
    ),
    birthDate: dated('https://schema.org/birthDate'),
    residentSince: dated(`${CITIZENSHIP}residentSince`),
    image: link('https://schema.org/image'),
    employmentAuthorizationDocument: link(`${CITIZENSHIP}employmentAuthorizationDocument`),
    permanentResidentCard: link(`${CITIZENSHIP}permanentResidentCard`),
  },
}

export const canonizeVector: Canonize = (document, digest) =>
  jsonld.canonize(document, {
    canonizeOptions: {
      algorithm: 'RDFC-1.0',
      format: 'application/n-quads',
      messageDigestAlgorithm: digest,
    },
    documentLoader: async (url) =>
      CONTEXTS[url]
        ? { contextUrl: null, documentUrl: url, document: { '@context': CONTEXTS[url] } }
        : loadContext(url),
    safe: true,
    base: null,
  })

/** The signed documents of the vectors, by the names of their files. */
export const VECTORS: Record<string, Json> = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [
      file.replace('.json', ''),
      JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Json,
    ]),
)
