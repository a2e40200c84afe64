/**
 * What may stand where in a badge: each class of the OB 3.0 data model with its terms, and the
 * class of what each term holds: a name in capitals is a class or a vocabulary; 'text' is a string,
 * 'number', 'flag' and 'number-or-text' are what they say; 'instant', 'day', 'language' and 'jws' are
 * texts of that form. The guard reads it to check what others made, the model to say what is right.
 *
 * @see https://www.imsglobal.org/spec/ob/v3p0/ section B
 */
export type Shape = Readonly<{
  /** One of these must be among the types; none: the class has no type. */
  types: readonly string[]
  /** Other types that may stand beside it. */
  alsoTypes?: readonly string[]
  required: readonly string[]
  /** Required by the standard of today; older badges do without. */
  requiredNow?: readonly string[]
  /** Its type is one text, not a list. */
  oneType?: true
  terms: Readonly<Record<string, string>>
}>

const CREDENTIAL = {
  id: 'text',
  type: 'types',
  '@context': 'context',
  name: 'text',
  description: 'text',
  image: 'Image',
  awardedDate: 'instant',
  issuer: 'Profile',
  validFrom: 'instant',
  validUntil: 'instant',
  // VCDM 1.1
  issuanceDate: 'instant',
  expirationDate: 'instant',
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
    requiredNow: ['id', 'validFrom'],
    terms: {
      ...CREDENTIAL,
      credentialSubject: 'AchievementSubject',
      endorsement: 'EndorsementCredential',
      endorsementJwt: 'jws',
    },
  },
  EndorsementCredential: {
    types: ['EndorsementCredential'],
    alsoTypes: ['VerifiableCredential'],
    required: ['@context', 'type', 'issuer', 'credentialSubject', 'proof'],
    requiredNow: ['id', 'name', 'validFrom'],
    terms: { ...CREDENTIAL, credentialSubject: 'EndorsementSubject' },
  },
  AchievementSubject: {
    types: ['AchievementSubject'],
    alsoTypes: ['Profile'],
    required: ['type', 'achievement'],
    terms: {
      id: 'text',
      type: 'types',
      activityEndDate: 'instant',
      activityStartDate: 'instant',
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
      achievementType: 'AchievementType',
      creator: 'Profile',
      creditsAvailable: 'number',
      criteria: 'Criteria',
      description: 'text',
      endorsement: 'EndorsementCredential',
      endorsementJwt: 'jws',
      fieldOfStudy: 'text',
      humanCode: 'text',
      image: 'Image',
      inLanguage: 'language',
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
      targetType: 'TargetType',
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
    oneType: true,
    required: ['type', 'hashed', 'identityHash', 'identityType'],
    terms: {
      type: 'types',
      hashed: 'flag',
      identityHash: 'text',
      identityType: 'IdentifierType',
      salt: 'text',
    },
  },
  IdentifierEntry: {
    types: ['IdentifierEntry'],
    oneType: true,
    required: ['type', 'identifier', 'identifierType'],
    terms: { type: 'types', identifier: 'text', identifierType: 'IdentifierType' },
  },
  Image: {
    types: ['Image'],
    oneType: true,
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
      endorsementJwt: 'jws',
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
      dateOfBirth: 'day',
    },
  },
  Address: {
    types: ['Address'],
    oneType: true,
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
    oneType: true,
    required: ['type', 'latitude', 'longitude'],
    terms: { type: 'types', latitude: 'number', longitude: 'number' },
  },
  Related: {
    types: ['Related'],
    required: ['id', 'type'],
    terms: { id: 'text', type: 'types', inLanguage: 'language', version: 'text' },
  },
  Result: {
    types: ['Result'],
    required: ['type'],
    terms: {
      type: 'types',
      achievedLevel: 'text',
      alignment: 'Alignment',
      resultDescription: 'text',
      status: 'ResultStatus',
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
      resultType: 'ResultType',
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
    oneType: true,
    required: ['id', 'type'],
    terms: { id: 'text', type: 'types' },
  },
  CredentialStatus: {
    types: ['BitstringStatusListEntry', '1EdTechRevocationList'],
    oneType: true,
    required: ['type'],
    terms: {
      id: 'text',
      type: 'types',
      statusPurpose: 'text',
      statusListIndex: 'number-or-text',
      statusListCredential: 'text',
      statusSize: 'number',
      statusMessage: 'StatusMessage',
      statusReference: 'text',
    },
  },
  StatusMessage: {
    types: [],
    required: ['status'],
    terms: { id: 'text', status: 'text', message: 'text' },
  },
  RefreshService: {
    types: ['1EdTechCredentialRefresh'],
    oneType: true,
    required: ['id', 'type'],
    terms: { id: 'text', type: 'types' },
  },
  TermsOfUse: {
    types: [],
    oneType: true,
    required: ['type'],
    terms: { id: 'text', type: 'types' },
  },
  Proof: {
    types: ['DataIntegrityProof', 'Ed25519Signature2020'],
    oneType: true,
    required: ['type'],
    terms: {
      id: 'text',
      type: 'types',
      cryptosuite: 'text',
      created: 'instant',
      expires: 'instant',
      verificationMethod: 'text',
      proofPurpose: 'text',
      proofValue: 'text',
      domain: 'text',
      challenge: 'text',
      nonce: 'text',
      // A chain of proofs: it has a meaning, and no suite of ours follows it.
      previousProof: 'text',
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

/** Terms that may hold several values; of any other, two would be two statements, of which a reader sees one. */
const LISTS = new Set([
  'proof',
  'credentialSchema',
  'evidence',
  'endorsement',
  'endorsementJwt',
  'identifier',
  'otherIdentifier',
  'alignment',
  'related',
  'result',
  'resultDescription',
  'rubricCriterionLevel',
  'tag',
  'termsOfUse',
  'allowedValue',
  // Not in the standard, but others write it: revocation and suspension of one badge.
  'credentialStatus',
  'statusPurpose',
  'statusMessage',
  'statusReference',
])

/** Whether a term may hold several values of a kind: a result has many descriptions, and names one. */
export function isList(term: string, kind: string): boolean {
  const isName = kind === 'text' && (term === 'identifier' || term === 'resultDescription')
  return LISTS.has(term) && !isName
}

/**
 * The vocabularies of the standard, section B; all but the last may be extended by `ext:…`.
 */
export const VOCABULARIES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  AchievementType:
    words(`Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree
    Award Badge BachelorDegree Certificate CertificateOfCompletion Certification CommunityService
    Competency Course CoCurricular Degree Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment
    JourneymanCertificate LearningProgram License Membership ProfessionalDoctorate
    QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ResearchDoctorate
    SecondarySchoolDiploma`),
  TargetType: words(`ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion
    CFRubricCriterionLevel CTDL`),
  ResultType: words(`GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore
    Result RubricCriterion RubricCriterionLevel RubricScore ScaledScore Status`),
  IdentifierType: words(`name sourcedId systemId productId userName accountId emailAddress
    nationalIdentityNumber isbn issn lisSourcedId oneRosterSourcedId sisSourcedId ltiContextId
    ltiDeploymentId ltiToolId ltiPlatformId ltiUserId identifier`),
  ResultStatus: words('Completed Enrolled Failed InProgress OnHold Provisional Withdrew'),
}

function words(text: string): [string, ...string[]] {
  const [first = '', ...rest] = text.split(/\s+/)
  return [first, ...rest]
}

/** Terms that only some contexts know: elsewhere they mean nothing, so they are undefined. */
export const LEGACY_ONLY: readonly string[] = ['issuanceDate', 'expirationDate']
