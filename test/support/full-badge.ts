import { OUR_CONTEXTS } from '../../src/credential/contexts.js'
import { OB_EXTENSIONS } from '../../src/credential/contexts.js'

const id = (n: number) => `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const image = {
  id: 'https://images.example.org/1.png',
  type: 'Image',
  caption: 'Un « sceau »\tbleu',
}
const alignment = (n: number) => ({
  type: ['Alignment'],
  targetName: `Compétence ${n}`,
  targetUrl: `https://framework.example.org/c/${n}`,
  targetType: 'ceterms:Credential',
})

/** A badge that says something in nearly every place of the data model. Unsigned. */
export function fullBadge(endorsements: readonly object[] = []): Record<string, any> {
  return {
    '@context': [...OUR_CONTEXTS, OB_EXTENSIONS],
    id: id(1),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Badge \\ complet',
    image,
    awardedDate: '2026-05-01T00:00:00Z',
    issuer: {
      id: 'did:web:lycee.example',
      type: ['Profile'],
      name: 'Lycée d’essai DÉMO',
      otherIdentifier: [
        { type: 'IdentifierEntry', identifier: '0000000A', identifierType: 'ext:UAI' },
      ],
      address: {
        type: ['Address'],
        addressLocality: 'Ville',
        geo: { type: 'GeoCoordinates', latitude: 48.5, longitude: -2 },
      },
      parentOrg: { id: 'https://academie.example/', type: ['Profile'], name: 'Académie' },
    },
    validFrom: '2026-05-01T00:00:00Z',
    validUntil: '2031-05-01T00:00:00Z',
    credentialSubject: {
      id: id(2),
      type: ['AchievementSubject'],
      creditsEarned: 2.5,
      identifier: [
        { type: 'IdentityObject', hashed: true, identityHash: 'sha256$ab', identityType: 'name' },
      ],
      result: [
        { type: ['Result'], resultDescription: id(4), value: '12', alignment: [alignment(3)] },
      ],
      achievement: {
        id: id(3),
        type: ['Achievement'],
        achievementType: 'Competency',
        alignment: [alignment(1), alignment(2)],
        creator: { id: 'did:web:entreprise.example', type: ['Profile'], name: 'Entreprise' },
        creditsAvailable: 3,
        criteria: { narrative: 'Ligne 1\nLigne 2' },
        description: 'Description 😀',
        name: 'Composites',
        resultDescription: [
          {
            id: id(4),
            type: ['ResultDescription'],
            name: 'Niveau',
            resultType: 'Result',
            allowedValue: ['A', 'B', 'C'],
            rubricCriterionLevel: [{ id: id(5), type: ['RubricCriterionLevel'], name: 'A' }],
          },
        ],
        tag: ['composites', 'atelier'],
        ...(endorsements.length > 0 && { endorsement: endorsements }),
      },
    },
    credentialStatus: {
      id: 'https://lycee.example/status/1#94',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '94',
      statusListCredential: 'https://lycee.example/status/1',
    },
    credentialSchema: [
      { id: 'https://schemas.example.org/1.json', type: '1EdTechJsonSchemaValidator2019' },
    ],
    evidence: [
      { type: ['Evidence'], id: id(6), name: 'Stage', genre: 'PFMP' },
      { type: ['Evidence'], name: 'Mentorat' },
    ],
    refreshService: { id: 'https://lycee.example/refresh/1', type: '1EdTechCredentialRefresh' },
    termsOfUse: [{ id: 'https://lycee.example/terms', type: 'ext:Terms' }],
  }
}
