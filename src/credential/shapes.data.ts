import { ED25519_2020 } from './contexts.js'

/**
 * What may stand where in a badge: each class of the OB 3.0 data model with its terms, and the
 * class of what each term holds. 'text' is a string, 'number', 'flag' and 'number-or-text' are
 * what they say; another name is a class.
 *
 * @see https://www.imsglobal.org/spec/ob/v3p0/ section B
 */
export type Shape = Readonly<{
  /** One of these must be among the types; none: the class has no type. */
  types: readonly string[]
  /** Other types that may stand beside it. */
  alsoTypes?: readonly string[]
  required: readonly string[]
  terms: Readonly<Record<string, string>>
}>

const CREDENTIAL = {
  id: 'text',
  type: 'types',
  '@context': 'context',
  name: 'text',
  description: 'text',
  image: 'Image',
  awardedDate: 'text',
  issuer: 'Profile',
  validFrom: 'text',
  validUntil: 'text',
  // VCDM 1.1
  issuanceDate: 'text',
  expirationDate: 'text',
  proof: 'Proof',
  credentialSchema: 'CredentialSchema',
  credentialStatus: 'CredentialStatus',
  refreshService: 'RefreshService',
  termsOfUse: 'TermsOfUse',
  evidence: 'Evidence',
} as const

export const SHAPES: Readonly<Record<string, Shape>> = {
  AchievementCredential: {
    types: ['OpenBadgeCredential', 'AchievementCredential'],
    alsoTypes: ['VerifiableCredential'],
    required: ['@context', 'type', 'issuer', 'credentialSubject'],
    terms: {
      ...CREDENTIAL,
      credentialSubject: 'AchievementSubject',
      endorsement: 'EndorsementCredential',
      endorsementJwt: 'text',
    },
  },
  EndorsementCredential: {
    types: ['EndorsementCredential'],
    alsoTypes: ['VerifiableCredential'],
    required: ['@context', 'type', 'issuer', 'credentialSubject', 'proof'],
    terms: { ...CREDENTIAL, credentialSubject: 'EndorsementSubject' },
  },
  AchievementSubject: {
    types: ['AchievementSubject'],
    alsoTypes: ['Profile'],
    required: ['type', 'achievement'],
    terms: {
      id: 'text',
      type: 'types',
      activityEndDate: 'text',
      activityStartDate: 'text',
      creditsEarned: 'number',
      achievement: 'Achievement',
      identifier: 'IdentityObject',
      image: 'Image',
      licenseNumber: 'text',
      narrative: 'text',
      result: 'Result',
      role: 'text',
      source: 'Profile',
      term: 'text',
      familyName: 'text',
      givenName: 'text',
      additionalName: 'text',
      name: 'text',
    },
  },
  Achievement: {
    types: ['Achievement'],
    required: ['id', 'type', 'criteria', 'description', 'name'],
    terms: {
      id: 'text',
      type: 'types',
      alignment: 'Alignment',
      achievementType: 'text',
      creator: 'Profile',
      creditsAvailable: 'number',
      criteria: 'Criteria',
      description: 'text',
      endorsement: 'EndorsementCredential',
      endorsementJwt: 'text',
      fieldOfStudy: 'text',
      humanCode: 'text',
      image: 'Image',
      inLanguage: 'text',
      name: 'text',
      otherIdentifier: 'IdentifierEntry',
      related: 'Related',
      resultDescription: 'ResultDescription',
      specialization: 'text',
      tag: 'text',
      version: 'text',
    },
  },
  Alignment: {
    types: ['Alignment'],
    required: ['type', 'targetName', 'targetUrl'],
    terms: {
      type: 'types',
      targetCode: 'text',
      targetDescription: 'text',
      targetName: 'text',
      targetFramework: 'text',
      targetType: 'text',
      targetUrl: 'text',
    },
  },
  Criteria: { types: [], required: [], terms: { id: 'text', narrative: 'text' } },
  Evidence: {
    types: ['Evidence'],
    required: ['type'],
    terms: {
      id: 'text',
      type: 'types',
      narrative: 'text',
      name: 'text',
      description: 'text',
      genre: 'text',
      audience: 'text',
    },
  },
  EndorsementSubject: {
    types: ['EndorsementSubject'],
    required: ['id', 'type'],
    terms: { id: 'text', type: 'types', endorsementComment: 'text' },
  },
  IdentityObject: {
    types: ['IdentityObject'],
    required: ['type', 'hashed', 'identityHash', 'identityType'],
    terms: {
      type: 'types',
      hashed: 'flag',
      identityHash: 'text',
      identityType: 'text',
      salt: 'text',
    },
  },
  IdentifierEntry: {
    types: ['IdentifierEntry'],
    required: ['type', 'identifier', 'identifierType'],
    terms: { type: 'types', identifier: 'text', identifierType: 'text' },
  },
  Image: {
    types: ['Image'],
    required: ['id', 'type'],
    terms: { id: 'text', type: 'types', caption: 'text' },
  },
  Profile: {
    types: ['Profile'],
    alsoTypes: ['AchievementSubject'],
    required: ['id', 'type'],
    terms: {
      id: 'text',
      type: 'types',
      name: 'text',
      url: 'text',
      phone: 'text',
      description: 'text',
      endorsement: 'EndorsementCredential',
      endorsementJwt: 'text',
      image: 'Image',
      email: 'text',
      address: 'Address',
      otherIdentifier: 'IdentifierEntry',
      official: 'text',
      parentOrg: 'Profile',
      familyName: 'text',
      givenName: 'text',
      additionalName: 'text',
      patronymicName: 'text',
      honorificPrefix: 'text',
      honorificSuffix: 'text',
      familyNamePrefix: 'text',
      dateOfBirth: 'text',
    },
  },
  Address: {
    types: ['Address'],
    required: ['type'],
    terms: {
      type: 'types',
      addressCountry: 'text',
      addressCountryCode: 'text',
      addressRegion: 'text',
      addressLocality: 'text',
      streetAddress: 'text',
      postOfficeBoxNumber: 'text',
      postalCode: 'text',
      geo: 'GeoCoordinates',
    },
  },
  GeoCoordinates: {
    types: ['GeoCoordinates'],
    required: ['type', 'latitude', 'longitude'],
    terms: { type: 'types', latitude: 'number', longitude: 'number' },
  },
  Related: {
    types: ['Related'],
    required: ['id', 'type'],
    terms: { id: 'text', type: 'types', inLanguage: 'text', version: 'text' },
  },
  Result: {
    types: ['Result'],
    required: ['type'],
    terms: {
      type: 'types',
      achievedLevel: 'text',
      alignment: 'Alignment',
      resultDescription: 'text',
      status: 'text',
      value: 'text',
    },
  },
  ResultDescription: {
    types: ['ResultDescription'],
    required: ['id', 'type', 'name', 'resultType'],
    terms: {
      id: 'text',
      type: 'types',
      alignment: 'Alignment',
      allowedValue: 'text',
      name: 'text',
      requiredLevel: 'text',
      requiredValue: 'text',
      resultType: 'text',
      rubricCriterionLevel: 'RubricCriterionLevel',
      valueMax: 'text',
      valueMin: 'text',
    },
  },
  RubricCriterionLevel: {
    types: ['RubricCriterionLevel'],
    required: ['id', 'type', 'name'],
    terms: {
      id: 'text',
      type: 'types',
      alignment: 'Alignment',
      description: 'text',
      level: 'text',
      name: 'text',
      points: 'text',
    },
  },
  CredentialSchema: {
    types: ['1EdTechJsonSchemaValidator2019'],
    required: ['id', 'type'],
    terms: { id: 'text', type: 'types' },
  },
  CredentialStatus: {
    types: ['BitstringStatusListEntry', '1EdTechRevocationList'],
    required: ['type'],
    terms: {
      id: 'text',
      type: 'types',
      statusPurpose: 'text',
      statusListIndex: 'number-or-text',
      statusListCredential: 'text',
    },
  },
  RefreshService: {
    types: ['1EdTechCredentialRefresh'],
    required: ['id', 'type'],
    terms: { id: 'text', type: 'types' },
  },
  TermsOfUse: { types: [], required: ['type'], terms: { id: 'text', type: 'types' } },
  Proof: {
    types: ['DataIntegrityProof', 'Ed25519Signature2020'],
    required: ['type'],
    terms: {
      id: 'text',
      type: 'types',
      cryptosuite: 'text',
      created: 'text',
      expires: 'text',
      verificationMethod: 'text',
      proofPurpose: 'text',
      proofValue: 'text',
      domain: 'text',
      challenge: 'text',
      nonce: 'text',
    },
  },
  StatusList: {
    types: ['BitstringStatusListCredential'],
    alsoTypes: ['VerifiableCredential'],
    required: ['@context', 'type', 'issuer', 'credentialSubject', 'proof'],
    terms: { ...CREDENTIAL, credentialSubject: 'StatusListSubject' },
  },
  StatusListSubject: {
    types: ['BitstringStatusList'],
    required: ['type', 'statusPurpose', 'encodedList'],
    terms: { id: 'text', type: 'types', statusPurpose: 'text', encodedList: 'text', ttl: 'number' },
  },
}

/** Terms that only some contexts know: elsewhere they mean nothing, so they are undefined. */
export const LEGACY_ONLY: readonly string[] = ['issuanceDate', 'expirationDate']
export const LEGACY_PROOF_CONTEXT = ED25519_2020
