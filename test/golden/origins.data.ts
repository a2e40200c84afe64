/**
 * Where each id, key and digest of a badge comes from, by the path at which it stands (`*` for a
 * number). docs/golden/README.md is written from it.
 */
export const ORIGINS: readonly (readonly [path: RegExp, what: string, from: string])[] = [
  [/^\/id$/, 'the badge', 'random, reserved by `approve`'],
  [/^\/credentialSubject\/id$/, 'its holder, in this badge only', 'random, by `openDossier`'],
  [
    /^(.*\/)?issuer\/id$/,
    'who signs',
    '`didOf`: address of the service and slug of the organisation',
  ],
  [/\/creator\/id$/, 'the company that defined the badge', '`didOf`, as a bare reference'],
  [
    /^\/credentialSubject\/achievement\/id$/,
    'the version of the badge definition',
    '`achievementUrl`: public id of the template, number of the version',
  ],
  [/\/achievement\/image\/id$/, 'its picture', 'the same address'],
  [/^\/endorsement\/\*\/id$/, 'the endorsement of this award', 'random, reserved by `approve`'],
  [
    /\/achievement\/endorsement\/\*\/id$/,
    'the endorsement of the definition',
    'random, by `endorseDefinition`, once a version',
  ],
  [
    /\/endorsement\/\*\/credentialSubject\/id$/,
    'what is endorsed',
    'the id of the badge, or of the version',
  ],
  [
    /^\/evidence\/\*\/id$/,
    'a fact, by its digest',
    '`factDigest`: SHA-256 of the JCS form of the confirmed fact and its salt',
  ],
  [
    /^\/endorsement\/\*\/evidence\/\*\/id$/,
    'the dossier that was endorsed',
    '`dossierDigest`: SHA-256 of the JCS form of template, facts and subject',
  ],
  [
    /\/achievement\/endorsement\/\*\/evidence\/\*\/id$/,
    'the definition that was endorsed',
    '`digestOfDefinition`: SHA-256 of the JCS form of the definition',
  ],
  [/credentialStatus\/id$/, 'its place in the list', 'the address of the list and the place'],
  [
    /credentialStatus\/statusListCredential$/,
    'the signed list of its issuer',
    'public id of the list, opened by `openListOf`',
  ],
  [/credentialStatus\/statusListIndex$/, 'its place', 'random and free, by `reservePlace`'],
  [
    /proof\/\*\/verificationMethod$/,
    'the key that signed',
    'DID of the issuer and its Ed25519 key, made by `createOrganisation`',
  ],
  [
    /proof\/\*\/proofValue$/,
    'the signature',
    '`signCredential`: Ed25519 over the two SHA-256 of eddsa-rdfc-2022',
  ],
]
