import type { AchievementValues } from '../credential/build-credential.js'
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
    criteria: definition.criteria,
    version: String(number),
    image: `${address}/image.png`,
    imageCaption: definition.name,
    creator,
    language: definition.language,
    alignments: definition.alignments.map(({ name, url, framework, code }) => ({
      name,
      url,
      framework,
      code,
      type: `ext:${framework}`,
    })),
    endorsements: [],
  }
}
