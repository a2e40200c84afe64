import { describe, expect, test } from 'vitest'
import type { Signer } from '../../../src/credential/sign-credential.js'
import { signGeneral } from '../../support/general-signing.js'
import { credential, faults, holder, issuer, presentation, V2, verify, verifyVp } from './world.js'

type Json = Record<string, any>

async function tokenOf(payload: Json, signer: Signer = issuer, header: Json = {}): Promise<string> {
  const parts = [{ alg: 'EdDSA', typ: 'vc+jwt', kid: issuer.id, ...header }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = await signer.sign(Buffer.from(parts))
  return `${parts}.${Buffer.from(signature).toString('base64url')}`
}

async function envelope(token: Promise<string>, changes: Json = {}): Promise<Json> {
  return {
    '@context': V2,
    type: 'EnvelopedVerifiableCredential',
    id: `data:application/vc+jwt,${await token}`,
    ...changes,
  }
}
const judge = async (token: Promise<string>, changes: Json = {}) =>
  faults(await verify(await envelope(token, changes)))

describe('an enveloped credential (VCDM 2.0, 4.13.1)', () => {
  test('verifies by the signature of its token', async () => {
    expect(await judge(tokenOf(credential()))).toEqual([])
    expect(await judge(tokenOf(credential(), holder))).toContain('proof /id')
  })

  test.each<[string, Json, string]>([
    ['@context MUST be present', { '@context': [] }, 'context /@context'],
    [
      'and define its terms',
      { '@context': ['https://www.w3.org/ns/credentials/examples/v2'] },
      'context /@context',
    ],
    ['id MUST be a data: URL', { id: 'eyJhbGciOiJFUzI1NiJ9.e30.AA' }, 'id /id'],
    ['of a token', { id: 'data:text/plain,hello' }, 'id /id'],
    [
      'type MUST be EnvelopedVerifiableCredential',
      { type: 'VerifiableCredential' },
      'issuer /issuer',
    ],
    ['alone', { type: ['EnvelopedVerifiableCredential', 'VerifiableCredential'] }, 'type /type'],
    ['MUST be there', { type: undefined }, 'type /type'],
  ])('%s', async (_, changes, fault) => {
    expect(await judge(tokenOf(credential()), changes)).toContain(fault)
  })

  test('what is in it keeps the rules of the model, and its claims agree', async () => {
    expect(await judge(tokenOf(credential({ credentialSubject: {} })))).toEqual([
      'credential_subject /id',
    ])
    expect(await judge(tokenOf(credential({ unknown: 1 })))).toEqual(['undefined_term /id'])
    expect(await judge(tokenOf({ ...credential(), iss: holder.did }))).toEqual([
      'claims_mismatch /id',
    ])
    expect(await judge(tokenOf(credential(), issuer, { alg: 'none' }))).toEqual(['alg /id'])
  })

  test('that is signed by itself too has two good signatures', async () => {
    expect(await judge(tokenOf(await signGeneral(credential(), issuer)))).toEqual([])
    expect(await judge(tokenOf(await signGeneral(credential(), holder)))).toEqual([
      'issuer_binding /id',
    ])
  })

  test('in a presentation is verified likewise', async () => {
    const held = [await envelope(tokenOf(credential()))]
    const shown = async (verifiableCredential: Json[]) =>
      faults(
        await verifyVp(
          await signGeneral(presentation({ verifiableCredential }), holder, {
            proofPurpose: 'authentication',
          }),
        ),
      )
    expect(await shown(held)).toEqual([])
    expect(await shown([{ ...held[0], type: undefined }])).not.toEqual([])
  })
})

test('an enveloped presentation (VCDM 2.0, 4.13.2) is refused with a reason', async () => {
  const document = {
    '@context': V2,
    type: 'EnvelopedVerifiablePresentation',
    id: 'data:application/vp+jwt,eyJhbGciOiJFUzI1NiJ9.e30.AA',
  }
  expect(faults(await verifyVp(document))).toEqual(['envelope_unsupported /id'])
  expect(faults(await verifyVp({ ...document, '@context': [] }))).toEqual(['context /@context'])
})
