import type { AchievementValues } from '../credential/build-credential.js'
import { COMPLEMENTS_SENTENCE, type Definition } from './definition.js'
import { FRAMEWORKS } from './frameworks.js'
import type { Version } from './store.js'

/** The address of a version: its id in every badge, so it never changes. */
export function achievementUrl(
  publicUrl: string,
  { templatePublicId, number }: Pick<Version, 'templatePublicId' | 'number'>,
): string {
  return `${publicUrl}/achievements/${templatePublicId}/v/${number}`
}

/** A version in the words of Open Badges. @param creator the DID of the company that defined it */
export function achievementValues(
  publicUrl: string,
  version: Version,
  creator: string,
): AchievementValues {
  const { definition, number } = version
  const address = achievementUrl(publicUrl, version)
  return {
    id: address,
    name: definition.name,
    description: definition.description,
    criteria: `${definition.criteria}\n\n${complementsInWords(definition)}`,
    version: String(number),
    image: `${address}/image.png`,
    imageCaption: definition.name,
    creator,
    language: definition.language,
    alignments: [...diplomaOf(definition), ...definition.alignments].map(
      ({ name, url, framework, code }) => ({
        name,
        url,
        framework,
        code,
        type: `ext:${framework}`,
      }),
    ),
    endorsements: [],
  }
}

/** OB-03: whoever reads the badge, wherever, reads what it stands beside and what it is not. */
function complementsInWords({ complements: { label, rncp, cfd } }: Definition): string {
  const codes = [rncp, cfd && `code de formation ${cfd}`].filter(Boolean).join(', ')
  return `Diplôme complété : ${label} (${codes}). ${COMPLEMENTS_SENTENCE}`
}

/** OB-03: the diploma by its numbers, where the definition does not align to them already. */
function diplomaOf({ complements, alignments }: Definition) {
  const numbers = [
    ['RNCP', complements.rncp],
    ['CFD', complements.cfd],
  ] as const
  return numbers.flatMap(([framework, code]) =>
    code === null || alignments.some((one) => one.framework === framework && one.code === code)
      ? []
      : [{ framework, code, name: complements.label, url: FRAMEWORKS[framework].urlOf(code) }],
  )
}
